"""What happens to the plan's steps in a crisis: who owns them, what is ticked, what is late. How their events become
them is in `step_fold`.

Decisions return an event or raise `Refused`; deadlines are whole minutes after the declaration, so that they
follow it if its time is corrected.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from .events import (
    DeadlineMoved,
    ItemTicked,
    StepAssigned,
    StepDone,
    StepEscalated,
    StepEvent,
    StepOverdue,
    StepReturned,
    StepSkipped,
)
from .initials import must_be_initials
from .plan import Proof, Step
from .sentence import Refused, Sentence, say, say_n

NOW_WITHIN = timedelta(minutes=15)
"""A step counts as *now* from this long before its deadline (console design: "now, next")."""


class Standing(StrEnum):
    LATE = "late"
    NOW = "now"
    NEXT = "next"
    DONE = "done"
    NOT_NEEDED = "not needed"


class Deadline(NamedTuple):
    """A deadline that a step had, in minutes after the declaration, and when it was done; None where it is open."""

    due: int
    done_at: datetime | None


class Round(Struct, frozen=True):
    """One time that a step was done which comes back; `due` is in minutes after the declaration."""

    at: datetime
    by: str
    due: int
    reason: str = ""
    ticked: frozenset[str] = frozenset()
    seen: frozenset[Proof] = frozenset()
    overdue_told: bool = False
    """How the step stood when it was done, for whoever takes it back."""

    def due_at(self, declared_at: datetime) -> datetime:
        return declared_at + timedelta(minutes=self.due)


class StepState(Struct, frozen=True, kw_only=True):
    """A step as it stands. `due` is in minutes after the declaration; `by` are initials. A step that comes back is open
    as long as a deadline follows."""

    step: Step
    owner: str
    backup: str = ""
    due: int
    ticked: frozenset[str] = frozenset()
    done_at: datetime | None = None
    done_by: str = ""
    skipped: str | None = None
    overdue_told: bool = False
    escalated_to: str = ""
    done_reason: str = ""
    """Given where somebody completed the step although the program saw that something was missing."""
    rounds: tuple[Round, ...] = ()
    """The times that it was done, of a step that comes back."""
    seen: frozenset[Proof] = frozenset()
    """What has happened since it is open, in this round."""
    proved_at: datetime | None = None
    """When what finishes it happened, where it still waits for something that it verifies."""
    proof_told: bool = False
    """Whether it was told that the step waits for something although its proof has come."""

    @property
    def id(self) -> str:
        return self.step.id

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.skipped is None

    @property
    def last(self) -> tuple[datetime, str] | None:
        """When and by whom it was done, of a step that comes back the last time."""
        if self.rounds:
            return self.rounds[-1].at, self.rounds[-1].by
        return None if self.done_at is None else (self.done_at, self.done_by)

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline that it has had, in their order; of a step that comes back, each round's own. One that was not
        needed is none."""
        had = [Deadline(round.due, round.at) for round in self.rounds]
        if self.is_open or (self.done_at is not None and not self.rounds):
            had.append(Deadline(self.due, self.done_at))
        return tuple(had)

    @property
    def open_items(self) -> int:
        return sum(item.id not in self.ticked for item in self.step.items)

    @property
    def is_proved(self) -> bool:
        """Whether what finishes it has happened; an open step then waits for something that it verifies."""
        return self.step.proof in self.seen

    def is_settled(self, declared_at: datetime, now: datetime) -> bool:
        """Whether nothing is to be done for it now."""
        return self.standing(declared_at, now) in (Standing.DONE, Standing.NOT_NEEDED)

    def due_at(self, declared_at: datetime) -> datetime:
        return declared_at + timedelta(minutes=self.due)

    def is_late(self, declared_at: datetime, now: datetime) -> bool:
        return self.is_open and now > self.due_at(declared_at)

    def standing(self, declared_at: datetime, now: datetime) -> Standing:
        if self.skipped is not None:
            return Standing.NOT_NEEDED
        if self.done_at is not None:
            return Standing.DONE
        if self.is_late(declared_at, now):
            return Standing.LATE
        if self.due_at(declared_at) - now <= NOW_WITHIN or self.ticked:
            return Standing.NOW
        return Standing.DONE if self.rounds else Standing.NEXT


Steps = Mapping[str, StepState]


def action_order(steps: Steps, declared_at: datetime, now: datetime) -> list[StepState]:
    """Late first, then now, next, done, not needed; within each by deadline (console design, Room)."""
    rank = {standing: place for place, standing in enumerate(Standing)}
    return sorted(steps.values(), key=lambda state: (rank[state.standing(declared_at, now)], state.due, state.id))


# --- decisions -----------------------------------------------------------------------------------------


def tick_item(steps: Steps, step: str, item: str) -> ItemTicked:
    """Tick a line of the checklist, or take the tick back."""
    state = _open(steps, step)
    if all(known.id != item for known in state.step.items):
        raise Refused(say("This step has no such line on its checklist."))
    return ItemTicked(step=step, item=item, done=item not in state.ticked)


def finish_step(
    steps: Steps, step: str, *, missing: Sequence[Sentence] = (), items_open_ok: bool = False, reason: str = ""
) -> StepDone:
    """Complete a step. Where the program sees that something is `missing`, that needs a reason; open lines on the
    checklist must be accepted explicitly."""
    state = _open(steps, step)
    if missing and not reason.strip():
        raise Refused(
            say_n(
                "It is not done yet: {first}. Say why it is done all the same.",
                "It is not done yet: {first}; and {n} things in all. Say why it is done all the same.",
                len(missing),
                first=missing[0],
            )
        )
    if state.open_items and not items_open_ok:
        raise Refused(
            say_n(
                "{n} line of the checklist is still open.",
                "{n} lines of the checklist are still open.",
                state.open_items,
            )
        )
    return StepDone(step=step, reason=reason.strip() if missing else "")


def skip_step(steps: Steps, step: str, reason: str) -> StepSkipped:
    """Mark a step as not needed; the log will show the reason."""
    _open(steps, step)
    if not reason.strip():
        raise Refused(say("Say why this step is not needed."))
    return StepSkipped(step=step, reason=reason.strip())


def return_step(steps: Steps, step: str) -> StepReturned:
    """Open a step again that was done or not needed."""
    if _known(steps, step).is_open:
        raise Refused(say("This step is open already."))
    return StepReturned(step=step)


def assign_step(steps: Steps, step: str, owner: str, backup: str | None = None) -> StepAssigned:
    """Give a step an owner, by initials."""
    _known(steps, step)
    if not owner.strip():
        raise Refused(say("Say who owns the step, by initials."))
    must_be_initials(owner)
    must_be_initials(backup or "")
    return StepAssigned(step=step, owner=owner.strip(), backup=backup)


def move_deadline(steps: Steps, step: str, due: int) -> DeadlineMoved:
    """Move a deadline to `due` minutes after the declaration."""
    _open(steps, step)
    if due < 0:
        raise Refused(say("A deadline cannot lie before the declaration."))
    return DeadlineMoved(step=step, due=due)


def undo_step(
    steps: Steps, before: StepState, act: StepEvent
) -> ItemTicked | StepDone | StepSkipped | StepReturned | StepAssigned | DeadlineMoved:
    """Take back an act on a step, if nobody has touched since what it changed. `before` is the step before the act."""
    state = _known(steps, act.step)
    match act:
        case ItemTicked() if (act.item in state.ticked) == act.done:
            return ItemTicked(step=act.step, item=act.item, done=not act.done)
        case StepDone() if state.done_at is not None or len(state.rounds) > len(before.rounds):
            return StepReturned(step=act.step)
        case StepSkipped() if state.skipped is not None:
            return StepReturned(step=act.step)
        case StepReturned() if state.is_open and before.skipped is not None:
            return StepSkipped(step=act.step, reason=before.skipped)
        case StepReturned() if state.is_open:
            return StepDone(step=act.step, reason=before.done_reason)
        case StepAssigned() if state.owner == act.owner:
            return StepAssigned(step=act.step, owner=before.owner, backup=before.backup)
        case DeadlineMoved() if state.due == act.due:
            return DeadlineMoved(step=act.step, due=before.due)
        case _:
            raise Refused(say("Somebody has changed this step since; it cannot be undone."))


def overdue(steps: Steps, declared_at: datetime, now: datetime) -> list[StepOverdue]:
    """The steps whose deadline has just passed, each told once."""
    return [
        StepOverdue(step=state.id, due_at=state.due_at(declared_at))
        for state in steps.values()
        if state.is_late(declared_at, now) and not state.overdue_told
    ]


def escalations(steps: Steps, declared_at: datetime, now: datetime, after: timedelta) -> list[StepEscalated]:
    """The steps that have been late for the plan's time: their backup is called, each once."""
    return [
        StepEscalated(step=state.id, to=state.backup)
        for state in steps.values()
        if state.is_late(declared_at, now - after) and state.overdue_told and not state.escalated_to and state.backup
    ]


def _known(steps: Steps, step: str) -> StepState:
    state = steps.get(step)
    if state is None:
        raise Refused(say("The plan has no step {step}.", step=step))
    return state


def _open(steps: Steps, step: str) -> StepState:
    state = _known(steps, step)
    if state.done_at is not None:
        raise Refused(say("This step is done already, by {who}.", who=state.done_by))
    if state.skipped is not None:
        raise Refused(say("This step was marked as not needed: {reason}", reason=state.skipped))
    return state
