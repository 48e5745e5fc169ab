"""C10: what is said now does not quietly contradict what is out: a number, a date, a cause (playbook 4f).

A figure that grows and says so ("now 15", "ya son 15") is news, and so is one that falls and says what is left. The
rest is a correction, and has to be marked as one, so that the old text can be linked. What a later text has already
corrected is no longer compared with; of several texts, the last that spoke of a thing counts.
"""

import re
from collections.abc import Iterator

from warroom.domain.sentence import Sentence, say

from .claims import Cause, Claims, Count, When, claims_of
from .finding import Case, Finding, Said
from .holding import found
from .lists import Lists
from .text import Span, Text

SOURCE = "Coombs, be consistent"
_FIRST_LINE = re.compile(r"[^\n]{0,60}")
_ALSO = re.compile(r"(?<!\w)(?:also|too|as well|second|another|more|tambien|ademas|otro|otros|segundo|mas)(?!\w)")


def c10_contradicts(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Another number, date or cause than a published text, and not marked as its correction."""
    corrected = {before.corrects for before in case.said if before.corrects}
    standing = [said for said in case.said if said.id not in corrected and said.lang[:2] == case.lang]
    if not standing:
        return
    now = claims_of(text.raw, case.lang, lists)
    before = [(said, claims_of(said.text, case.lang, lists)) for said in reversed(standing)]
    told: set[Span] = set()
    for span, words, said in (
        *_other_counts(now, before, case, lists),
        *_other_lots(now, before),
        *_other_times(now, before),
        *_other_causes(now, before),
    ):
        if said.id != case.corrects and span not in told:
            told.add(span)
            yield found("C10", "W", "accountability", _reason(text, span, words, said), SOURCE, span)


def _reason(text: Text, span: Span, before: str, said: Said) -> Sentence:
    return say(
        "“{words}”, and at {time} we said “{before}”. Mark this as a correction of {id}, or say that it is newer.",
        words=text.words(span),
        before=before,
        time=said.at,
        id=said.id,
    )


Published = list[tuple[Said, Claims]]
Contradiction = tuple[Span, str, Said]


def _other_counts(now: Claims, published: Published, case: Case, lists: Lists) -> Iterator[Contradiction]:
    first = _FIRST_LINE.match(now.text.flat)
    change, remaining = lists.pattern("change", case.lang), lists.pattern("remaining", case.lang)
    headed = first is not None and change.search(first[0]) is not None
    for count in now.counts:
        for said, claims in published:
            same = [other for other in claims.counts if other.of == count.of and other.place == count.place]
            if not same:
                continue
            if not any(other.value == count.value for other in same):
                words = now.text.flat[count.sentence.start : count.sentence.end]
                most = max(other.value for other in same)
                grows = count.value > most and (headed or change.search(words) is not None)
                falls = count.value < most and remaining.search(words) is not None
                if not (grows or falls):
                    yield count.span, claims.text.words(_nearest(same, count).span), said
            break


def _nearest(same: list[Count], count: Count) -> Count:
    return min(same, key=lambda other: abs(other.value - count.value))


def _other_lots(now: Claims, published: Published) -> Iterator[Contradiction]:
    """A lot that nobody has named yet, and none of those that were: a slip of the pen can make people ill."""
    names = {name for name, _ in now.lots}
    for said, claims in published:
        before = {name for name, _ in claims.lots}
        if names and before and not names & before:
            _, span = now.lots[0]
            sentence = now.text.sentence_at(span.start)
            if _ALSO.search(now.text.flat, sentence.start, sentence.end) is None:
                yield span, claims.text.words(claims.lots[0][1]), said
        if before:
            return


def _other_times(now: Claims, published: Published) -> Iterator[Contradiction]:
    """Two sentences that speak of the same give it another day or hour."""
    for when in now.times:
        for said, claims in published:
            alike = [other for other in claims.times if _same_matter(when, other)]
            if alike:
                if all(other.value != when.value for other in alike):
                    yield when.span, claims.text.words(alike[0].span), said
                break


def _same_matter(one: When, other: When) -> bool:
    both = one.about & other.about
    fewest = min(len(one.about), len(other.about))
    ids = not one.ids or not other.ids or bool(one.ids & other.ids)
    return one.kind == other.kind and ids and len(both) >= 2 and len(both) * 2 >= fewest


def _other_causes(now: Claims, published: Published) -> Iterator[Contradiction]:
    for cause in now.causes:
        for said, claims in published:
            known = [other for other in claims.causes if other.what and _of_the_same(cause, other)]
            if known:
                if not any(_agree(cause, other) for other in known):
                    yield cause.span, claims.text.words(known[0].span), said
                break


def _of_the_same(one: Cause, other: Cause) -> bool:
    return one.of == other.of if one.of is None or other.of is None else bool(one.of & other.of)


def _agree(one: Cause, other: Cause) -> bool:
    """The same is said to have done it, or of two different things one is denied. What was known stays known."""
    if not one.what:
        return other.denied
    alike = bool(one.what & other.what)
    return alike == (one.denied == other.denied) if alike else one.denied or other.denied
