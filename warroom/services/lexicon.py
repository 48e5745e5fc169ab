"""The lexicon from its files: one `word<TAB>value` a line, cue lists one entry a line, `//` starts a comment.

Where an entry has several words, the value is theirs together, and takes the place of the values of each.
"""

from collections.abc import Iterator
from functools import cache
from math import nan
from pathlib import Path

from warroom.domain.sentence import say
from warroom.domain.triage.lexicon import Lexicon
from warroom.domain.triage.tokens import is_address, tokens
from warroom.domain.triage.words import normal

from .yamlfile import ConfigError, Problem

HOME = Path(__file__).resolve().parent.parent / "data" / "lexicon"
FILES = ("en", "es", "emoji", "emoticons", "phrases.en", "phrases.es")
HIGHEST = 4.0
LONGEST = 6
"""Words of a phrase."""


@cache
def load_lexicon(*extra: Path) -> Lexicon:
    """The lexicon of the program, and words of the organisation's own on top. Raises `ConfigError`.

    A later file overrules an earlier one, so 0 in a file of one's own silences a word.
    """
    values: dict[str, float] = {}
    phrases: dict[str, float] = {}
    problems: list[Problem] = []
    for name in FILES:  # tested to be in their normal form: as they are read at every start, they are not looked at
        for _, line in _lines(HOME / f"{name}.tsv"):
            word, _, value = line.partition("\t")
            (phrases if " " in word else values)[word] = float(value)
    for path in extra:
        own, wrong = read_words(path)
        problems += wrong
        for word, worth in own.items():
            (phrases if " " in word else values)[word] = worth
    if problems:
        raise ConfigError(problems)
    hostile, advocate = _cues("hostile-cues"), _cues("advocate-cues")
    irony, courtesy = _cues("irony"), _cues("courtesy")
    return Lexicon(
        values=values,
        negators=_cues("negators")[0],
        intensifiers=_cues("intensifiers")[0],
        diminishers=_cues("diminishers")[0],
        contrast=_cues("contrast")[0],
        hostile=hostile[0],
        advocate=advocate[0],
        hostile_phrases=hostile[1],
        advocate_phrases=advocate[1],
        phrases=phrases,
        irony=irony[0] | frozenset(irony[1]),
        between=_cues("between")[0],
        courtesy=courtesy[0] | frozenset(courtesy[1]),
        asking=_cues("asking")[0],
        mocking=_cues("mocking")[0],
        swearing=_cues("swearing")[0],
        fillers=_cues("fillers")[0],
        empty=load_empty(),
        owed=_cues("owed")[0],
    )


@cache
def load_empty() -> frozenset[str]:
    """Words that name no subject, in their normal form: narratives are not named by them, and they teach little."""
    return _cues("empty-words")[0]


def read_words(path: Path) -> tuple[dict[str, float], list[Problem]]:
    """The words and phrases of a file of one's own, and everything that is wrong with it, each with its line."""
    words: dict[str, float] = {}
    try:
        lines = list(_lines(path))
    except (OSError, UnicodeDecodeError):
        return words, [Problem(path.name, 0, "", say("{file} cannot be read.", file=str(path)))]
    problems = []
    for number, line in lines:
        word, worth = _entry(line)
        if word and abs(worth) <= HIGHEST:
            words[word] = worth
        else:
            wrong = say("write a word or a few, a tab and a value from −4 to 4.")
            problems.append(Problem(path.name, number, "", wrong))
    return words, problems


def _entry(line: str) -> tuple[str, float]:
    """A word, or up to six, in their normal form, and their value. No word where a text could never hold it."""
    written, _, value = line.partition("\t")
    found = tokens(written)
    if len(found) == 1:
        known = found[0][0] != "@" and not is_address(found[0])
    else:
        known = len(found) <= LONGEST and all(word[0].isalpha() for word in found)
    word = " ".join(normal(one) if one[0].isalpha() or one[0] == "#" else one for one in found)
    try:
        return word if known else "", float(value)
    except ValueError:
        return word, nan


def _cues(name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Single words, and phrases, in their normal form."""
    entries = [" ".join(map(normal, line.split())) for _, line in _lines(HOME / f"{name}.txt")]
    return frozenset(entry for entry in entries if " " not in entry), tuple(entry for entry in entries if " " in entry)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if line.strip() and not line.startswith("//"):
            yield number, line
