"""I1 and I2: what takes an apology back, and a correction that nobody has to do by any day (playbook 4d)."""

from collections.abc import Iterator
from datetime import UTC

from warroom.domain.sentence import say

from .finding import Case, Finding
from .holding import found
from .image import EVADING, said, tagged
from .lists import Lists
from .text import Span, Text, flat
from .times import told

BENOIT = "Benoit, Typology of image repair strategies"
NEAR = 2
"""Sentences between an apology and what takes it back."""


def i1_evasion_near_apology(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Evading or minimising within two sentences of an apology."""
    tags = tagged(text, case.lang, lists, (*EVADING, "minimise"))
    apologies = said("sorry", text, case.lang, lists) if tags else ()
    if not apologies:
        return
    sorry = {text.sentence_number(span.start) for span in apologies}
    for tag in tags:
        here = text.sentence_number(tag.span.start)
        if not sorry.isdisjoint(range(here - NEAR, here + NEAR + 1)):
            reason = say(
                "“{words}” stands beside the apology and takes it back. Leave it out, or say it elsewhere as a fact.",
                words=text.raw[tag.span.start : tag.span.end],
            )
            yield found("I1", "W", "accountability", reason, BENOIT, tag.span)


def i2_correction_without_owner(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """A correction that is announced without who does it, or by when, in its own sentence or the next."""
    announced = said("corrective", text, case.lang, lists)
    if not announced:
        return
    for span in announced:
        number = text.sentence_number(span.start)
        after = text.sentences[min(number + 1, len(text.sentences) - 1)]
        if not _has_owner_or_date(text, Span(text.sentences[number].start, after.end), case, lists):
            reason = say(
                "“{words}” has neither a name nor a date: say who does it, or by when.",
                words=text.raw[span.start : span.end],
            )
            yield found("I2", "W", "accountability", reason, BENOIT, span)


def _has_owner_or_date(text: Text, span: Span, case: Case, lists: Lists) -> bool:
    words = text.flat[span.start : span.end]
    if any(lists.pattern(name, case.lang).search(words) for name in ("owner", "starting")):
        return True
    if told(words, case.lang, case.now.astimezone(UTC)) is not None:
        return True
    return any(flat(person.name) in words for person in case.people if person.name.strip())
