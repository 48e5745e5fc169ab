"""What the operator says of a mention by a key: one step up or down, that it was read right, where its author stands.

Decisions: each returns an event or raises `Refused`. `seen` is the segment that is shown, `group` the key of the first
of its copies.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from warroom.domain.events import AnyEvent, AuthorPinned, LabelsLoaded, LearningSwitched, MentionLabelled
from warroom.domain.mention import SEGMENT_NAMES, SEGMENTS, Kept, Segment, reference
from warroom.domain.sentence import Refused, say

from .label import LONGEST, Judgement
from .labels import Labels

One = TypeVar("One")


def step(kept: Kept, seen: Segment | None, by: int, *, group: str = "") -> MentionLabelled:
    """So many steps towards love, or towards hate where `by` is negative. What nobody has read yet starts in the
    middle."""
    start = seen or Segment.NEUTRAL
    place = SEGMENTS.index(start) + by
    if not 0 <= place < len(SEGMENTS):
        raise Refused(say("It is at {segment} already: there is no step beyond.", segment=SEGMENT_NAMES[start]))
    return _labelled(kept, seen, SEGMENTS[place], "corrected", group)


def confirm(kept: Kept, seen: Segment | None, said: Segment | None, *, group: str = "") -> MentionLabelled:
    """It was read right. `said` is what a person has said of it before; that needs nobody to confirm it."""
    if said is not None:
        raise Refused(say("Somebody has said so already: {segment}.", segment=SEGMENT_NAMES[said]))
    if seen is None:
        raise Refused(say("It has not been read yet."))
    return _labelled(kept, seen, seen, "confirmed", group)


def leave(labels: Labels, kept: Kept, seen: Segment | None, said: Segment | None, by: str) -> MentionLabelled | None:
    """Somebody looked at a mention and changed nothing: that counts once for each mention and person, and where nobody
    said anything by a key. None where it teaches nothing."""
    if seen is None or said is not None or labels.was_left(kept.mention.key, by):
        return None
    return _labelled(kept, seen, seen, "left", "")


def pin_author(labels: Labels, kept: Kept, author: str, seen: Segment | None) -> AuthorPinned:
    """The author stands where this mention does, whatever they write; the same again takes it back."""
    if not author:
        raise Refused(say("Nobody is named as its author."))
    if seen is None:
        raise Refused(say("It has not been read yet."))
    again = labels.pins().get(author) is seen
    return AuthorPinned(mention=reference(kept), author=author, segment=None if again else seen)


def switch_learning(labels: Labels, inc: str | None, on: bool, *, default: bool = True) -> LearningSwitched:
    """Read with what was learnt, or by the word lists alone."""
    if labels.learning(inc, default) is on:
        raise Refused(say("Learning is on already.") if on else say("Learning is off already."))
    return LearningSwitched(on=on)


def load_labels(labels: Labels, inc: str | None, former: str) -> LabelsLoaded:
    """What was said in a former incident counts in this one, with less weight."""
    if former == inc:
        raise Refused(say("What is said in this crisis counts here already."))
    if former in labels.loaded(inc):
        raise Refused(say("It was loaded already."))
    if not labels.count(former):
        raise Refused(say("Nothing was said there that could be learnt."))
    return LabelsLoaded(former=former)


def each(them: Iterable[One], name: Callable[[One], str], decide: Callable[[One], AnyEvent]) -> list[AnyEvent]:
    """One event for each name (copies have one together), as far as it can be decided. Refused where nothing can."""
    events: dict[str, AnyEvent] = {}
    refused: Refused | None = None
    for one in them:
        if name(one) in events:
            continue
        try:
            events[name(one)] = decide(one)
        except Refused as no:
            refused = refused or no
    if refused is not None and not events:
        raise refused
    return list(events.values())


def _labelled(kept: Kept, seen: Segment | None, segment: Segment, judgement: Judgement, group: str) -> MentionLabelled:
    ref = reference(Kept(kept.row, kept.mention, seen, kept.question))
    words = kept.mention.words
    return MentionLabelled(
        mention=ref,
        segment=segment,
        judgement=judgement,
        group=group if group != ref.key else "",
        text="" if words == ref.excerpt else words[:LONGEST],
    )
