"""The mentions that a timeline holds on to. Pure: lines of the log to references."""

from collections.abc import Iterable

from .board import Line
from .events import ActUndone, MentionActed, MentionPinned
from .mention import MentionRef


def pinned_mentions(lines: Iterable[Line]) -> list[MentionRef]:
    """The mentions that the timeline holds on to: pinned, or passed upwards; not where that was taken back."""
    told = list(lines)
    undone = {line.recorded.data.event for line in told if isinstance(line.recorded.data, ActUndone)}
    pinned: dict[str, MentionRef] = {}
    upwards: dict[str, MentionRef] = {}
    for data in (line.recorded.data for line in told if line.recorded.id not in undone):
        match data:
            case MentionPinned(pinned=True):
                pinned[data.mention.key] = data.mention
            case MentionPinned():
                pinned.pop(data.mention.key, None)
            case MentionActed(act="escalate"):
                upwards[data.mention.key] = data.mention
            case MentionActed(act="new"):
                upwards.pop(data.mention.key, None)
            case _:
                pass
    return list((pinned | upwards).values())
