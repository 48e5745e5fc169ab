"""The fold of the plan's steps: which there are, whose they are, what is ticked and done, what comes back."""

from datetime import datetime, timedelta
from math import ceil
from typing import assert_never

from msgspec.structs import replace

from .events import (
    AnyStepEvent,
    DeadlineMoved,
    ItemTicked,
    StepAssigned,
    StepDone,
    StepEscalated,
    StepOverdue,
    StepProved,
    StepReturned,
    StepSkipped,
)
from .plan import Plan, Roles, Step
from .steps import Round, Steps, StepState

BACK_WITHIN = 15
"""Minutes in which a step is due that comes back with a spike."""


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


def stepped(state: StepState, event: AnyStepEvent, declared_at: datetime, at: datetime, by: str) -> StepState:
    """A step after one more event of its own."""
    match event:
        case ItemTicked():
            return _ticked(state, event)
        case StepDone():
            return done(state, at, declared_at, by, event.reason)
        case StepProved():
            return replace(state, proof_told=True)
        case StepSkipped():
            return replace(state, skipped=event.reason, done_by=by)
        case StepReturned():
            return _returned(state)
        case StepAssigned():
            backup = state.backup if event.backup is None else event.backup
            return replace(state, owner=event.owner, backup=backup)
        case DeadlineMoved():
            return replace(state, due=event.due, overdue_told=False)
        case StepOverdue():
            return replace(state, overdue_told=True)
        case StepEscalated():
            return replace(state, escalated_to=event.to)
        case _:
            assert_never(event)


def _ticked(state: StepState, event: ItemTicked) -> StepState:
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


def _returned(state: StepState) -> StepState:
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
    return replace(state, done_at=None, done_by="", done_reason="", skipped=None, seen=seen, proved_at=None)


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
        proved_at=None,
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
