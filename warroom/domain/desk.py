"""The desk: what we did with each mention. It grows with every act, so it has one owner and is mutated.

The owner is the `Board`; nobody else calls `apply`. Everything here can be rebuilt from the log.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from .events import (
    Act,
    ActUndone,
    AuthorPinned,
    MentionActed,
    MentionAssigned,
    MentionEvent,
    MentionGuided,
    MentionLabelled,
    MentionPinned,
    MentionRanked,
    Outcome,
    Rank,
    Recorded,
)
from .mention import Kept, MentionRef, Segment, reference
from .sentence import Refused, say
from .triage.priority import RANKS

UNDO_DEPTH = 20_000
"""How many acts back an undo still finds its act, over all consoles. Each console offers its own last 20, and one of
them may be about a thousand copies."""


class Mark(Struct, frozen=True, gc=False):
    """What was done with one mention. `event` is the act that set it so; `owner` are initials."""

    state: Act = "new"
    owner: str = ""
    pinned: bool = False
    by: str = ""
    at: datetime | None = None
    event: str = ""
    row: int = 0
    segment: Segment | None = None
    outcome: Outcome | None = None
    """What the reply guide ended in; "monitor" stays visible."""
    why: str = ""
    said: Segment | None = None
    """The segment by the operator's own key; None where nobody said anything."""
    rank: Rank | None = None
    """How soon it is to be read by the operator's word, whatever its points."""
    ranked_by: str = ""
    """Whose word that is."""

    @property
    def watched(self) -> bool:
        """To be watched only, by the reply guide."""
        return self.outcome == "monitor"


UNMARKED = Mark()


class Change(NamedTuple):
    """An act that can be taken back: its id, the mention's key, and what was true before it."""

    event: str
    key: str
    before: Mark
    last_answer: datetime | None
    thread: str = ""
    """The conversation in which it was a reply."""


class Desk:
    """The marks of every mention that was ever acted on, and the counts that screens ask for."""

    def __init__(self) -> None:
        self._marks: dict[str, Mark] = {}
        self._acts: defaultdict[str, list[Recorded]] = defaultdict(list)
        self._undoable: OrderedDict[str, Change] = OrderedDict()
        """By the id of the act."""
        self._ranked: dict[str, Mark] = {}
        self._states: defaultdict[tuple[Segment | None, Act], int] = defaultdict(int)
        self._last_answer: dict[Segment | None, datetime] = {}
        self._replies: dict[str, dict[str, str]] = {}
        """By conversation, what we replied: the id of the act and the text."""

    def mark(self, key: str) -> Mark:
        """What was done with the mention of this key; unmarked where nothing was."""
        return self._marks.get(key, UNMARKED)

    def __iter__(self) -> Iterator[tuple[str, Mark]]:
        return iter(self._marks.items())

    @property
    def ranked(self) -> Mapping[str, Mark]:
        """The mentions of which somebody said how soon they are to be read, by key; who was spoken of last, last."""
        return self._ranked

    def handled(self, segment: Segment | None) -> int:
        """Mentions of a segment that are no longer new."""
        return sum(self._states[segment, act] for act in ("reply", "escalate", "ignore", "close"))

    def answered(self, segment: Segment | None) -> int:
        """Mentions of a segment that somebody replied to."""
        return self._states[segment, "reply"] + self._states[segment, "close"]

    def last_answer(self, segment: Segment | None) -> datetime | None:
        return self._last_answer.get(segment)

    def replies(self, conversation: str) -> tuple[str, ...]:
        """What we have replied in a conversation, the oldest first."""
        return tuple(self._replies.get(conversation, {}).values())

    def acts(self, key: str) -> tuple[Recorded, ...]:
        """What was done with a mention, the oldest first, also what was taken back since."""
        return tuple(self._acts.get(key, ()))

    def can_undo(self, event: str) -> bool:
        """Whether this act is the latest on its mention and still in reach."""
        return self._latest(event) is not None

    def apply(self, recorded: Recorded) -> None:
        """Fold one act on a mention."""
        data = recorded.data
        if isinstance(data, ActUndone | MentionEvent):
            self._acts[data.mention.key].append(recorded)
        if isinstance(data, ActUndone):
            self._take_back(data.event)
            return
        if not isinstance(data, MentionEvent):
            return
        old = self._marks.get(data.mention.key, UNMARKED)
        match data:
            case MentionActed():
                thread = data.thread if data.text else ""
                self._set(recorded, data.mention, old, replace(old, state=data.act), thread=thread)
                if data.act == "reply":
                    self._last_answer[data.mention.segment] = recorded.at
                if data.text:
                    self._replies.setdefault(data.thread, {})[recorded.id] = data.text
            case MentionAssigned():
                self._set(recorded, data.mention, old, replace(old, owner=data.owner))
            case MentionPinned():
                self._set(recorded, data.mention, old, replace(old, pinned=data.pinned))
            case MentionGuided():
                self._set(recorded, data.mention, old, replace(old, outcome=data.outcome, why=data.reason))
            case MentionLabelled(judgement="left"):
                pass  # Who only looks changes nothing: an act before it can still be taken back.
            case MentionLabelled():
                self._set(recorded, replace(data.mention, segment=data.segment), old, replace(old, said=data.segment))
            case MentionRanked():
                self._ranked.pop(data.mention.key, None)
                by = recorded.actor if data.rank is not None else ""
                self._set(recorded, data.mention, old, replace(old, rank=data.rank, ranked_by=by))
            case AuthorPinned():
                self._set(recorded, data.mention, old, old)

    def _set(self, act: Recorded, ref: MentionRef, old: Mark, changed: Mark, *, thread: str = "") -> None:
        new = replace(changed, by=act.actor, at=act.at, event=act.id, row=ref.row, segment=ref.segment)
        self._marks[ref.key] = new
        self._remember_rank(ref.key, new)
        self._undoable[act.id] = Change(act.id, ref.key, old, self._last_answer.get(ref.segment), thread)
        if len(self._undoable) > UNDO_DEPTH:
            self._undoable.popitem(last=False)
        states = self._states
        if old is not UNMARKED:
            states[old.segment, old.state] -= 1
        states[new.segment, new.state] += 1

    def _remember_rank(self, key: str, mark: Mark) -> None:
        if mark.rank is not None:
            self._ranked[key] = mark
        else:
            self._ranked.pop(key, None)

    def _take_back(self, event: str) -> None:
        known = self._latest(event)
        if known is None:
            return
        del self._undoable[event]
        _, key, before, last_answer, thread = known
        self._replies.get(thread, {}).pop(event, None)
        after = self._marks[key]
        self._states[after.segment, after.state] -= 1
        if self._last_answer.get(after.segment) == after.at:
            if last_answer is None:
                del self._last_answer[after.segment]
            else:
                self._last_answer[after.segment] = last_answer
        self._remember_rank(key, before)
        if before is UNMARKED:
            del self._marks[key]
        else:
            self._marks[key] = before
            self._states[before.segment, before.state] += 1

    def _latest(self, event: str) -> Change | None:
        """The act with what it changed, while it is in reach and nothing was done with its mention since."""
        known = self._undoable.get(event)
        return known if known is not None and self.mark(known.key).event == event else None


# --- decisions -----------------------------------------------------------------------------------------


def act_on(desk: Desk, kept: Kept, act: Act, *, seen: bool = False) -> MentionActed:
    """Reply, escalate, ignore or close. The same act once more returns the mention to new. Who has `seen` this mention
    alone lets its segment stand, and says so by the act."""
    again = desk.mark(kept.mention.key).state == act
    left = kept.segment if seen and not again else None
    return MentionActed(mention=reference(kept), act="new" if again else act, left=left)


def assign(kept: Kept, owner: str) -> MentionAssigned:
    """Give a mention to somebody, by initials; empty takes the owner away."""
    return MentionAssigned(mention=reference(kept), owner=owner.strip())


def pin(desk: Desk, kept: Kept) -> MentionPinned:
    """Pin a mention to the timeline, or take the pin out."""
    return MentionPinned(mention=reference(kept), pinned=not desk.mark(kept.mention.key).pinned)


def act_on_all(desk: Desk, kepts: Sequence[Kept], act: Act) -> list[MentionActed]:
    """One act on several mentions: those that have it already are left as they are, unless all have it; then all
    return to new. A copy that came later does not reopen those that were answered."""
    having = [desk.mark(kept.mention.key).state == act for kept in kepts]
    again = all(having)
    seen = len(kepts) == 1
    return [act_on(desk, kept, act, seen=seen) for kept, has in zip(kepts, having, strict=True) if again or not has]


def pin_all(desk: Desk, kepts: Sequence[Kept]) -> list[MentionPinned]:
    """Pin several mentions, or, where all of them are, take the pins out."""
    pinned = [desk.mark(kept.mention.key).pinned for kept in kepts]
    again = all(pinned)
    return [pin(desk, kept) for kept, is_pinned in zip(kepts, pinned, strict=True) if again or not is_pinned]


def read_sooner(kept: Kept, now: Rank, points: Rank, worth: int, *, sooner: bool) -> MentionRanked:
    """One rank up or down from the one it is read at `now`. `points` is the rank that its points (`worth`) give, to
    which the word goes back where they agree."""
    place = RANKS.index(now) + (-1 if sooner else 1)
    if place < 0:
        raise Refused(say("It is read first already: {rank}.", rank=now))
    if place == len(RANKS):
        raise Refused(say("It is read last already: {rank}.", rank=now))
    rank = RANKS[place]
    return MentionRanked(mention=reference(kept), rank=None if rank == points else rank, points=worth, before=now)


def undo(desk: Desk, act: Recorded) -> ActUndone:
    """Take back an act on a mention, if nobody has acted on that mention since."""
    data = act.data
    if not isinstance(data, MentionEvent):
        raise Refused(say("Only acts on mentions can be undone."))
    if not desk.can_undo(act.id):
        raise Refused(say("Somebody has acted on this mention since; it cannot be undone."))
    return ActUndone(event=act.id, mention=data.mention)


def undo_all(desk: Desk, acts: Sequence[Recorded]) -> list[ActUndone]:
    """Take back acts that were done together, the last first: several of them may be about one mention."""
    undone: dict[str, list[ActUndone]] = {}
    for act in reversed(acts):
        before = undone.setdefault(act.data.about, [])
        if before and isinstance(act.data, MentionEvent):
            before.append(ActUndone(event=act.id, mention=act.data.mention))
        else:
            before.append(undo(desk, act))
    return [taken for of_one in undone.values() for taken in of_one]
