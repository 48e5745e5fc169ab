"""The lexicon from its files: one `word<TAB>value` a line, cue lists one entry a line, `//` starts a comment."""

from collections.abc import Iterator
from functools import cache
from math import nan
from pathlib import Path

from warroom.domain.sentence import Sentence, say
from warroom.domain.triage.lexicon import Lexicon
from warroom.domain.triage.words import normal

HOME = Path(__file__).resolve().parent.parent / "data" / "lexicon"
HIGHEST = 4.0


class LexiconError(Exception):
    """Files of words that cannot be used; every problem at once, each with its line."""

    def __init__(self, problems: tuple[Sentence, ...]) -> None:
        super().__init__(problems[0].id)
        self.problems = problems


@cache
def load_lexicon(*extra: Path) -> Lexicon:
    """The lexicon of the program, and words of the organisation's own on top. Raises `LexiconError`.

    A later file overrules an earlier one, so 0 in a file of one's own silences a word.
    """
    values: dict[str, float] = {}
    problems: list[Sentence] = []
    for path in (*(HOME / f"{name}.tsv" for name in ("en", "es", "emoji", "emoticons")), *extra):
        try:
            lines = list(_lines(path))
        except (OSError, UnicodeDecodeError):
            problems.append(say("{file} cannot be read.", file=str(path)))
            continue
        for number, line in lines:
            word, worth = _entry(line)
            if word and abs(worth) <= HIGHEST:
                values[normal(word) if word[0].isalpha() or word[0] == "#" else word] = worth
            else:
                problems.append(
                    say(
                        "{file}:{line}: write a word, a tab and a value from −4 to 4.", file=str(path), line=str(number)
                    )
                )
    if problems:
        raise LexiconError(tuple(problems))
    hostile, advocate = _cues("hostile-cues"), _cues("advocate-cues")
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
    )


@cache
def load_empty() -> frozenset[str]:
    """Words that name no subject, in their normal form: what narratives are not named by."""
    return _cues("empty-words")[0]


def _entry(line: str) -> tuple[str, float]:
    """A word and its value. No word where blanks stand in it, because a text is read word by word."""
    word, _, value = line.partition("\t")
    word = word.strip()
    try:
        return ("" if " " in word else word), float(value)
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
