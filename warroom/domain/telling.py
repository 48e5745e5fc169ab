"""What the operator decides of narratives: two are one story, or a group of copies tells one of its own."""

from collections.abc import Container, Sequence

from .events import NarrativeMerged, NarrativeSplit, NarrativeUndone, Recorded
from .sentence import Refused, say
from .triage.narratives import Narrative


def merge(known: Sequence[Narrative], one: str, other: str) -> NarrativeMerged:
    """Put two narratives together; the larger one keeps its place."""
    order = [narrative.id for narrative in known]
    if one not in order or other not in order:
        raise Refused(say("This narrative has gone quiet; look again."))
    if one == other:
        raise Refused(say("Choose another narrative than the marked one."))
    first, second = sorted((one, other), key=order.index)
    return NarrativeMerged(narrative=first, other=second)


def split(known: Sequence[Narrative], narrative: str, group: str) -> NarrativeSplit:
    """Take a group of copies out of a narrative."""
    found = next((one for one in known if one.id == narrative), None)
    if found is None or group not in found.groups:
        raise Refused(say("This narrative has gone quiet; look again."))
    if len(found.groups) == 1:
        raise Refused(say("It stands alone already."))
    return NarrativeSplit(narrative=narrative, group=group)


def take_back(standing: Container[str], said: Recorded) -> NarrativeUndone:
    """Take back what was said of narratives; `standing` are the ids of what still holds."""
    data = said.data
    if not isinstance(data, NarrativeMerged | NarrativeSplit) or said.id not in standing:
        raise Refused(say("That was taken back already."))
    return NarrativeUndone(narrative=data.narrative, event=said.id)
