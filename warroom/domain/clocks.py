"""The clocks of regulators: each has a start of its own (awareness, classification), stages, and an end by name.

What applies is for counsel to say; the program only keeps count of the hours.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from .events import AnyClockEvent, ClockExcluded, ClockMet, ClockStarted
from .plan import Plan, Regulator, Stage
from .sentence import Refused, say


class ClockState(Struct, frozen=True, kw_only=True):
    """A clock that somebody touched. `met` is stage → when and with which reference."""

    id: str
    started_at: datetime | None = None
    started_by: str = ""
    met: Mapping[str, tuple[datetime, str, str]] = {}
    """Stage → (when, by whom, reference)."""
    excluded: str | None = None
    excluded_by: str = ""

    @property
    def is_open(self) -> bool:
        return self.excluded is None


Clocks = Mapping[str, ClockState]


class Running(Struct, frozen=True, kw_only=True):
    """The next stage of a clock that runs, counted from `start`. Times are aware UTC."""

    regulator: Regulator
    stage: Stage
    start: datetime
    due_at: datetime


def due_at(stage: Stage, started_at: datetime) -> datetime:
    """When a stage ends. Business days leave out Saturdays and Sundays (UTC days); holidays are counsel's to know."""
    if stage.business_days is None:
        return started_at + timedelta(hours=stage.hours or 0)
    at, left = started_at, stage.business_days
    while left:
        at += timedelta(days=1)
        left -= at.weekday() < 5
    return at


def applying(plan: Plan, types: tuple[str, ...]) -> list[Regulator]:
    """The clocks that may apply to a crisis of these types; while the type is unknown, all of them."""
    return [
        clock for clock in plan.regulators if not clock.types or not types or any(type in clock.types for type in types)
    ]


def running(plan: Plan, clocks: Clocks) -> list[Running]:
    """The next stage of every clock that was started and neither met nor excluded, the nearest first."""
    found = []
    for regulator in plan.regulators:
        state = clocks.get(regulator.id)
        if state is None or state.started_at is None or not state.is_open:
            continue
        stage = next((stage for stage in regulator.stages if stage.id not in state.met), None)
        if stage is not None:
            start = state.started_at
            found.append(Running(regulator=regulator, stage=stage, start=start, due_at=due_at(stage, start)))
    return sorted(found, key=lambda clock: clock.due_at)


def undecided(plan: Plan, clocks: Clocks, types: tuple[str, ...]) -> list[Regulator]:
    """The clocks that may apply and of which nobody has said anything yet."""
    return [clock for clock in applying(plan, types) if clock.id not in clocks]


# --- decisions -----------------------------------------------------------------------------------------


def start_clock(plan: Plan, clocks: Clocks, clock: str, started_at: datetime, now: datetime) -> ClockStarted:
    """Say when the moment was that the law counts from; a clock may be started anew with a better time."""
    _known(plan, clock)
    if started_at > now + timedelta(minutes=1):
        raise Refused(say("A clock cannot start in the future."))
    return ClockStarted(clock=clock, started_at=started_at)


def meet_clock(plan: Plan, clocks: Clocks, clock: str, stage: str, reference: str = "") -> ClockMet:
    """What this stage asks for was done."""
    known = _known(plan, clock)
    state = clocks.get(clock)
    if all(one.id != stage for one in known.stages):
        raise Refused(say("This clock has no stage {stage}.", stage=stage))
    if state is None or state.started_at is None:
        raise Refused(say("This clock has not been started: say from when it counts."))
    if stage in state.met:
        raise Refused(say("This stage is met already."))
    return ClockMet(clock=clock, stage=stage, reference=reference.strip())


def exclude_clock(plan: Plan, clock: str, reason: str) -> ClockExcluded:
    """It does not apply; the log says who said so and why."""
    _known(plan, clock)
    if not reason.strip():
        raise Refused(say("Say why this clock does not apply; it is logged with your name."))
    return ClockExcluded(clock=clock, reason=reason.strip())


def _known(plan: Plan, clock: str) -> Regulator:
    for regulator in plan.regulators:
        if regulator.id == clock:
            return regulator
    raise Refused(say("The plan has no clock {clock}.", clock=clock))


# --- folds ---------------------------------------------------------------------------------------------


def touched(clocks: Clocks, event: AnyClockEvent, by: str, at: datetime) -> dict[str, ClockState]:
    state = clocks.get(event.clock) or ClockState(id=event.clock)
    if isinstance(event, ClockStarted):
        state = replace(state, started_at=event.started_at, started_by=by, excluded=None, excluded_by="")
    elif isinstance(event, ClockMet):
        # The first to meet a stage is who met it.
        state = replace(state, met={event.stage: (at, by, event.reference), **state.met})
    else:
        state = replace(state, excluded=event.reason, excluded_by=by)
    return {**clocks, state.id: state}
