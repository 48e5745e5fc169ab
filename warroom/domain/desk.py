"""The desk: what we did with each mention. It grows with every act, so it has one owner and is mutated.

The owner is the `Board`; nobody else calls `apply`. Everything here can be rebuilt from the log.
"""

from collections import Counter, deque
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from .events import Act, ActUndone, MentionActed, MentionAssigned, MentionPinned, Recorded
from .mention import Kept, Segment, reference
from .sentence import Refused, say

UNDO_DEPTH = 500
"""How many acts back an undo still finds its act, over all consoles (each offers its own last 20)."""


class Mark(Struct, frozen=True):
    """What was done with one mention. `event` is the act that set it so; `owner` are initials."""

    state: Act = "new"
    owner: str = ""
    pinned: bool = False
    by: str = ""
    at: datetime | None = None
    event: str = ""
    row: int = 0
    segment: Segment | None = None


UNMARKED = Mark()


class Desk:
    """The marks of every mention that was ever acted on, and the counts that screens ask for."""

    def __init__(self) -> None:
        self._marks: dict[str, Mark] = {}
        self._before: dict[str, tuple[str, Mark | None]] = {}
        self._order: deque[str] = deque()
        self._states: Counter[tuple[Segment | None, Act]] = Counter()
        self._last_answer: dict[Segment | None, datetime] = {}

    def mark(self, key: str) -> Mark:
        """What was done with the mention of this key; unmarked where nothing was."""
        return self._marks.get(key, UNMARKED)

    def __iter__(self) -> Iterator[tuple[str, Mark]]:
        return iter(self._marks.items())

    def handled(self, segment: Segment | None) -> int:
        """Mentions of a segment that are no longer new."""
        return sum(self._states[segment, act] for act in ("reply", "escalate", "ignore", "close"))

    def answered(self, segment: Segment | None) -> int:
        """Mentions of a segment that somebody replied to."""
        return self._states[segment, "reply"] + self._states[segment, "close"]

    def last_answer(self, segment: Segment | None) -> datetime | None:
        return self._last_answer.get(segment)

    def can_undo(self, event: str) -> bool:
        """Whether this act is the latest on its mention and still in reach."""
        known = self._before.get(event)
        return known is not None and self.mark(known[0]).event == event

    def apply(self, recorded: Recorded) -> None:
        """Fold one act on a mention."""
        data = recorded.data
        kind = type(data)
        if kind is MentionActed:
            assert isinstance(data, MentionActed)
            ref = data.mention
            old = self._marks.get(ref.key, UNMARKED)
            new = Mark(
                data.act,
                old.owner,
                old.pinned,
                recorded.actor,
                recorded.at,
                recorded.id,
                ref.row,
                ref.segment,
            )
            if data.act == "reply":
                self._last_answer[ref.segment] = recorded.at
            self._set(ref.key, recorded.id, old, new)
        elif isinstance(data, MentionAssigned):
            ref = data.mention
            old = self._marks.get(ref.key, UNMARKED)
            new = Mark(
                old.state,
                data.owner,
                old.pinned,
                recorded.actor,
                recorded.at,
                recorded.id,
                ref.row,
                ref.segment,
            )
            self._set(ref.key, recorded.id, old, new)
        elif isinstance(data, MentionPinned):
            ref = data.mention
            old = self._marks.get(ref.key, UNMARKED)
            new = Mark(
                old.state,
                old.owner,
                data.pinned,
                recorded.actor,
                recorded.at,
                recorded.id,
                ref.row,
                ref.segment,
            )
            self._set(ref.key, recorded.id, old, new)
        elif isinstance(data, ActUndone):
            known = self._before.pop(data.event, None)
            if known is None or self.mark(known[0]).event != data.event:
                return
            key, before = known
            after = self._marks[key]
            self._states[after.segment, after.state] -= 1
            if before is None:
                del self._marks[key]
            else:
                self._marks[key] = before
                self._states[before.segment, before.state] += 1

    def _set(self, key: str, event: str, old: Mark, new: Mark) -> None:
        self._marks[key] = new
        if old is not UNMARKED:
            self._states[old.segment, old.state] -= 1
        self._states[new.segment, new.state] += 1
        self._before[event] = (key, None if old is UNMARKED else old)
        self._order.append(event)
        if len(self._order) > UNDO_DEPTH:
            self._before.pop(self._order.popleft(), None)


# --- decisions -----------------------------------------------------------------------------------------


def act_on(desk: Desk, kept: Kept, act: Act) -> MentionActed:
    """Reply, escalate, ignore or close. The same act once more returns the mention to new."""
    again = desk.mark(kept.mention.key).state == act
    return MentionActed(mention=reference(kept), act="new" if again else act)


def assign(kept: Kept, owner: str) -> MentionAssigned:
    """Give a mention to somebody, by initials; empty takes the owner away."""
    return MentionAssigned(mention=reference(kept), owner=owner.strip())


def pin(desk: Desk, kept: Kept) -> MentionPinned:
    """Pin a mention to the timeline, or take the pin out."""
    return MentionPinned(mention=reference(kept), pinned=not desk.mark(kept.mention.key).pinned)


def undo(desk: Desk, act: Recorded) -> ActUndone:
    """Take back an act on a mention, if nobody has acted on that mention since."""
    data = act.data
    if not isinstance(data, MentionActed | MentionAssigned | MentionPinned):
        raise Refused(say("Only acts on mentions can be undone."))
    if not desk.can_undo(act.id):
        raise Refused(say("Somebody has acted on this mention since; it cannot be undone."))
    return ActUndone(event=act.id, mention=data.mention)
