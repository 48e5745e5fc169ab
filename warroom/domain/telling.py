"""What the operator decides of narratives: two are one story, or a group of copies tells one of its own."""

from collections.abc import Sequence

from .events import NarrativeMerged, NarrativeSplit
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
    return NarrativeSplit(narrative=narrative, group=group)
