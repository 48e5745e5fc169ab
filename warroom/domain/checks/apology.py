"""A1–A4: the six parts of an apology, of which responsibility and repair weigh most (playbook 4e).

Lewicki, Polin and Lount 2016: 755 people in two studies. Asking for forgiveness weighed least.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from warroom.domain.sentence import Sentence, say

from .finding import Case, Finding
from .holding import found
from .image import OWNING, said, tagged
from .lists import Lists
from .text import Span, Text

Part: TypeAlias = Literal["regret", "explanation", "responsibility", "no-repeat", "repair", "forgiveness"]
PARTS: tuple[Part, ...] = get_args(Part)
NAMES: Mapping[Part, Sentence] = {
    "regret": say("that you are sorry"),
    "explanation": say("what went wrong"),
    "responsibility": say("that it is yours to answer for"),
    "no-repeat": say("that it will not happen again"),
    "repair": say("how you make it good"),
    "forgiveness": say("a request for forgiveness"),
}
LEWICKI = "Lewicki, Polin and Lount 2016"
_LISTS: Mapping[Part, tuple[str, ...]] = {
    "regret": ("sorry",),
    "explanation": ("went_wrong",),
    "responsibility": ("responsibility",),
    "no-repeat": ("no_repeat", "corrective"),
    "repair": ("compensate", "amends"),
    "forgiveness": ("forgiveness",),
}
_NOT_AFFIRMED: frozenset[Part] = frozenset({"explanation", "no-repeat"})
"""Parts that are said with a "not": "we did not check", "this will not happen again"."""
_BEFORE_BUT = 80
"""Characters between the apology and the "but" that takes it back."""


class Apology(Struct, frozen=True):
    """The parts that a text has, each with its first words."""

    parts: Mapping[Part, Span]

    @property
    def n(self) -> int:
        return len(self.parts)

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in PARTS if part not in self.parts)


def score(text: Text, lang: str, lists: Lists) -> Apology:
    """Which of the six parts a text has."""
    spans = {part: _first(part, text, lang, lists) for part in PARTS}
    return Apology({part: span for part, span in spans.items() if span is not None})


def _first(part: Part, text: Text, lang: str, lists: Lists) -> Span | None:
    found: list[Span] = []
    for name in _LISTS[part]:
        if part in _NOT_AFFIRMED:
            hit = lists.pattern(name, lang).search(text.flat)
            found += [Span(hit.start(), hit.end())] if hit is not None else []
        else:
            found += said(name, text, lang, lists)[:1]
    return min(found, key=lambda span: span.start, default=None)


def a1_responsibility(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """An apology that takes no responsibility."""
    if "responsibility" not in score(text, case.lang, lists).parts:
        reason = say("An apology says whose fault it was: “we failed”, “it was our mistake”.")
        yield found("A1", "B", "accountability", reason, LEWICKI, asks=True)


def a2_repair(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """An apology that repairs nothing."""
    if "repair" not in score(text, case.lang, lists).parts:
        reason = say("Say how you make it good: a refund, a replacement, help.")
        yield found("A2", "W", "accountability", reason, LEWICKI, asks=True)


def a3_non_apology(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """ "If anyone was offended", "mistakes were made", and a "but" right after the apology."""
    source = f"{LEWICKI}; own inference"
    for hit in lists.pattern("non_apology", case.lang).finditer(text.flat):
        words = text.raw[hit.start() : hit.end()]
        reason = say("“{words}” apologises for nothing. Say what you did, and to whom.", words=words)
        yield found("A3", "W", "accountability", reason, source, Span(hit.start(), hit.end()))
    for span in _buts(text, case.lang, lists):
        words = text.raw[span.start : span.end]
        reason = say("“{words}” after the apology takes it back. Begin a new thought, or leave it out.", words=words)
        yield found("A3", "W", "accountability", reason, source, span)


def _buts(text: Text, lang: str, lists: Lists) -> Iterator[Span]:
    """The first "but" after each apology, in its sentence or at the head of the next."""
    but, enough = lists.pattern("but", lang), lists.pattern("not_enough", lang)
    for sorry in said("sorry", text, lang, lists):
        sentence = text.sentence_at(sorry.start)
        hit = but.search(text.flat, sorry.end, min(sentence.end, sorry.end + _BEFORE_BUT))
        if hit is None and sentence.end - sorry.end <= _BEFORE_BUT:
            blank = _BLANK.match(text.flat, sentence.end)
            hit = but.match(text.flat, blank.end()) if blank is not None else None
        if hit is not None and enough.match(text.flat, hit.start()) is None:
            yield Span(hit.start(), hit.end())


_BLANK = re.compile(r"\s{0,8}")


def a4_score(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """How many of the six parts it has. Told of an apology, and of a full text that apologises in so many words."""
    if case.purpose != "apology" and not tagged(text, case.lang, lists, OWNING):
        return
    apology = score(text, case.lang, lists)
    if not apology.missing:
        reason = say("Apology: all six parts.")
    elif apology.missing == ("forgiveness",):
        reason = say("Apology: five of six parts. A request for forgiveness is the one to drop when short.")
    else:
        reason = say("Apology: {n} of 6 parts. Missing: {parts}.", n=apology.n, parts=_listed(apology.missing))
    yield found("A4", "I", "accountability", reason, LEWICKI)


def _listed(parts: tuple[Part, ...]) -> Sentence:
    """The names one after the other, as one sentence within the sentence."""
    first, *rest = (NAMES[part] for part in parts)
    listed = first
    for name in rest:
        listed = say("{some}; {more}", some=listed, more=name)
    return listed
