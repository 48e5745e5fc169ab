"""C11: the text speaks as the voice sheet of the organisation says (playbook 4f; advice, step 2).

Spanish knows two ways to speak to one reader: usted, or tú (vos); to several, Spain adds vosotros. "Ustedes" is
plural and neutral: in America there is no other. English knows one way, and nothing is judged there.
"""

import re
from collections.abc import Iterator

from warroom.domain.sentence import say

from .finding import Case, Finding
from .guiding import opens
from .holding import found
from .lists import Lists, matching
from .text import Span, Text

SOURCE = "voice sheet; advice, step 2"
_OTHER = {"formal": "informal", "informal": "formal"}
_VOSOTROS = re.compile(r"(?<!\w)\w+(?:áis|éis)(?!\w)", re.IGNORECASE)
"""Only its accent tells a verb of vosotros from other words, so it is looked for in the text as written."""
_TEA = frozenset("éÉ")


def c11_voice(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Words that are not ours, thoughts that we do not say, and the other way of speaking to people."""
    for hit in matching(case.voice.forbidden).finditer(text.flat):
        words = text.raw[hit.start() : hit.end()]
        reason = say("“{words}” is not a word of ours (voice sheet).", words=words)
        yield found("C11", "W", "voice", reason, SOURCE, Span(hit.start(), hit.end()))
    for hit in matching(case.voice.never).finditer(text.flat):
        words = text.raw[hit.start() : hit.end()]
        reason = say("“{words}”: we never say that (voice sheet).", words=words)
        yield found("C11", "W", "voice", reason, SOURCE, Span(hit.start(), hit.end()))
    if case.lang == "es" and case.voice.address:
        span = min(_spoken(text, _OTHER[case.voice.address], lists), key=lambda span: span.start, default=None)
        if span is not None:
            words = text.words(span)
            reason = (
                say("“{words}” speaks to people informally; our voice sheet says usted.", words=words)
                if case.voice.address == "formal"
                else say("“{words}” speaks to people formally; our voice sheet says tú.", words=words)
            )
            yield found("C11", "W", "voice", reason, SOURCE, span)


def _spoken(text: Text, address: str, lists: Lists) -> Iterator[Span]:
    """Where a text speaks to its readers in this way."""
    for hit in lists.pattern(address, "es").finditer(text.flat):
        if not _TEA & set(text.raw[hit.start() : hit.end()]) or hit[0] not in ("te",):
            yield Span(hit.start(), hit.end())
    for hit in lists.pattern(f"{address}_imperative", "es").finditer(text.flat):
        if opens(text, hit.start()):
            yield Span(hit.start(), hit.end())
    if address == "informal":
        for hit in _VOSOTROS.finditer(text.raw):
            yield Span(hit.start(), hit.end())
