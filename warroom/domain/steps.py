"""What happens to the plan's steps in a crisis: who owns them, what is ticked, what is late.

Decisions return an event or raise `Refused`; deadlines are whole minutes after the declaration, so that they
follow it if its time is corrected.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

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
from .plan import Plan, Proof, Roles, Step
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


BACK_WITHIN = 15
"""Minutes in which a step is due that comes back with a spike."""


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


def seat(plan: Plan, roles: Roles, severity: int, types: tuple[str, ...] = ()) -> dict[str, StepState]:
    """The plan's steps at the declaration, owners named. Steps for a higher severity or for a certain type of crisis
    are not needed yet."""
    return {
        step.id: StepState(
            step=step,
            owner=roles.get(step.owner, ""),
            backup=_backup(step, roles),
            due=step.due,
        )
        for step in plan.steps
        if step.is_needed(severity, types)
    }


def _backup(step: Step, roles: Roles) -> str:
    """Who steps in: the holder of the backup's role; nobody where that is the owner themselves."""
    who = roles.get(step.backup or "", "")
    return "" if who == roles.get(step.owner) else who


def joined(steps: Steps, plan: Plan, roles: Roles, severity: int, types: tuple[str, ...] = ()) -> dict[str, StepState]:
    """The steps after a change of severity or type: those that are newly needed join, none is taken away."""
    seated = seat(plan, roles, severity, types)
    return {step.id: known for step in plan.steps if (known := steps.get(step.id) or seated.get(step.id)) is not None}


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


# --- folds ---------------------------------------------------------------------------------------------


def ticked(state: StepState, event: ItemTicked) -> StepState:
    lines = state.ticked | {event.item} if event.done else state.ticked - {event.item}
    return replace(state, ticked=lines)


def done(state: StepState, at: datetime, declared_at: datetime, by: str, reason: str = "") -> StepState:
    """The first to finish a step is who did it; a later finish changes nothing. A step that comes back is open again
    with its next deadline, if there is one."""
    if not state.is_open:
        return state
    state = replace(state, proof_told=False)
    if state.step.comes_back:
        round = Round(at, by, state.due, reason, state.ticked, state.seen, state.overdue_told)
        state = replace(state, rounds=(*state.rounds, round))
        minutes = max(0, ceil((at - declared_at) / timedelta(minutes=1)))  # a clock may have been set back
        due = state.step.next_due(minutes, state.due)
        if due is not None:
            return _due_again(state, due)
    return replace(state, done_at=at, done_by=by, done_reason=reason)


def returned(state: StepState) -> StepState:
    """The step is open again. Of one that comes back, the round is that was done last. What finished it by itself does
    not do so a second time."""
    if state.rounds and state.skipped is None:
        *rounds, last = state.rounds
        state = replace(
            state,
            rounds=tuple(rounds),
            due=last.due,
            ticked=last.ticked,
            seen=last.seen,
            overdue_told=last.overdue_told,
        )
    seen = state.seen - {state.step.proof}
    return replace(state, done_at=None, done_by="", done_reason="", skipped=None, seen=seen)


def spiked(steps: Steps, minutes: int) -> dict[str, StepState]:
    """The steps after a new spike, so many minutes after the declaration: who comes back with it is due soon."""

    def called(state: StepState) -> StepState:
        due = minutes + BACK_WITHIN
        if not state.step.spike or not state.rounds or state.skipped is not None:
            return state
        return state if state.is_open and state.due <= due else _due_again(state, due)

    return {id: called(state) for id, state in steps.items()}


def _due_again(state: StepState, due: int) -> StepState:
    return replace(
        state,
        due=due,
        ticked=frozenset(),
        overdue_told=False,
        escalated_to="",
        done_at=None,
        done_by="",
        done_reason="",
        seen=frozenset(),
    )


def held_by(steps: Steps, role: str, holder: str) -> dict[str, StepState]:
    """The steps after a role has a new holder: the open ones of that role are theirs."""

    def given(state: StepState) -> StepState:
        if not state.is_open:
            return state
        owner = holder if state.step.owner == role else state.owner
        backup = holder if state.step.backup == role else state.backup
        return replace(state, owner=owner, backup="" if backup == owner else backup)

    return {id: given(state) for id, state in steps.items()}
