"""C3 and C4: words and sentences that people outside understand, and somebody who does what is done (playbook 4f)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from warroom.domain.sentence import say

from .finding import Case, Finding
from .holding import found
from .lists import Lists, matching
from .reading import SOURCES, counts, grade, perspicuity, words_in
from .text import Span, Text

_BE = r"(?:was|were|is|are|been|being|be)\s+(?:(?:not|also|already|since|then|never|being)\s+)?"
_ACTOR = {
    "en": re.compile(
        r"[^.;:!?\n]{0,60}(?<!\w)by (?!\d|the end|now|then|phone|e-?mail|post|text|noon|midnight|today|tomorrow"
        r"|mon|tue|wed|thu|fri|sat|sun)"
    ),
    "es": re.compile(r"[^.;:!?\n]{0,60}(?<!\w)por (?:el|la|los|las|un|una|nuestr\w+|su|personal|tecnicos|parte de) "),
}
"""Who did it, named in the same clause. "By 18:00" and "por correo" name nobody."""


def c3_reading_level(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Harder than the sixth or seventh year of school; in Spanish, below "normal" on the INFLESZ scale."""
    counted = counts(text, case.lang)
    if counted.words < lists.measure.fewest_words:
        return
    level = grade(counted) if case.lang == "en" else perspicuity(counted)
    if case.lang == "en" and level >= lists.measure.hardest_grade:
        reason = say(
            "It reads like school year {level}; people under stress need {limit} or less. Split this sentence first.",
            level=round(level),
            limit=round(lists.measure.hardest_grade) - 1,
        )
    elif case.lang == "es" and level < lists.measure.lowest_inflesz:
        reason = say(
            "It reads hard: {level} on the INFLESZ scale, where {limit} is normal. Split this sentence first.",
            level=round(level),
            limit=round(lists.measure.lowest_inflesz),
        )
    else:
        return
    longest = max(text.sentences, key=lambda span: len(words_in(text.flat, span)))
    yield found("C3", "W", "pertinence", reason, SOURCES[case.lang], longest)


def c4_jargon_and_nobody(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Words of the office and the plant; and a passive that hides who decided, did, or got it wrong."""
    for hit in lists.pattern("jargon", case.lang).finditer(text.flat):
        words = text.raw[hit.start() : hit.end()]
        reason = say("“{words}” is a word of ours: say it as people outside would.", words=words)
        yield found("C4", "W", "voice", reason, "plainlanguage.gov; Comisión Europea", Span(hit.start(), hit.end()))
    for hit in _passive(lists.lines("passive", case.lang), case.lang).finditer(text.flat):
        if _ACTOR[case.lang].match(text.flat, hit.end()) is None:
            words = text.raw[hit.start() : hit.end()]
            reason = say("“{words}”: by whom? Say who did it, or who does it now.", words=words)
            yield found("C4", "W", "voice", reason, "plainlanguage.gov; Comisión Europea", Span(hit.start(), hit.end()))


@lru_cache(maxsize=8)
def _passive(lines: tuple[str, ...], lang: str) -> re.Pattern[str]:
    """Whole phrases, and in English a single word after a form of "to be"."""
    alone = [line for line in lines if lang == "en" and " " not in line]
    phrases = matching(tuple(line for line in lines if line not in alone)).pattern
    return re.compile(rf"{phrases}|(?<!\w){_BE}(?:{'|'.join(alone)})(?!\w)" if alone else phrases)
