"""The plan in the timeline: steps, seats, what is frozen, the clocks of regulators."""

from datetime import datetime, timedelta
from typing import assert_never

from warroom.domain.events import (
    AnyClockEvent,
    AnyFreezeEvent,
    AnySeatEvent,
    AnyStepEvent,
    ClockExcluded,
    ClockMet,
    ClockStarted,
    DeadlineMoved,
    FreezeHeld,
    FreezeListed,
    FreezeReleased,
    ItemTicked,
    SeatNamed,
    SeatTaken,
    StepAssigned,
    StepDone,
    StepEscalated,
    StepOverdue,
    StepProved,
    StepReturned,
    StepSkipped,
)
from warroom.domain.incident import Incident
from warroom.domain.names import OPEN
from warroom.domain.sentence import Sentence, listed, say, say_n
from warroom.domain.steps import StepState
from warroom.services.entries import called
from warroom.services.entries.glyph import Told


def step(event: AnyStepEvent, incident: Incident | None, at: datetime) -> Told:
    """`at` is when it was recorded."""
    match event:
        case ItemTicked():
            step, item = called.step(incident, event.step), called.item(incident, event.step, event.item)
            if event.done:
                return "✓", say("Ticked: {item} ({step})", item=item, step=step)
            return "–", say("Tick taken back: {item} ({step})", item=item, step=step)
        case StepDone():
            if event.reason:
                step = called.step(incident, event.step)
                return "✓", say("Done: {step}, although something is missing: {reason}", step=step, reason=event.reason)
            time = called.round_of(incident, event.step, at)
            if time:
                return "✓", say("Done: {step}, round {n}", step=called.step(incident, event.step), n=time)
            return "✓", say("Done: {step}", step=called.step(incident, event.step))
        case StepProved():
            missing = listed([OPEN[criterion] for criterion in event.missing])
            return "!", say(
                "{step} is not done yet; still open: {what}", step=called.step(incident, event.step), what=missing
            )
        case StepSkipped():
            return "–", say(
                "Not needed: {step} ({reason})", step=called.step(incident, event.step), reason=event.reason
            )
        case StepReturned():
            return "–", say("Open again: {step}", step=called.step(incident, event.step))
        case StepAssigned(owner=""):
            return "✓", say("{step}: nobody owns it now", step=called.step(incident, event.step))
        case StepAssigned():
            return "✓", say(
                "{step}: {owner} owns it",
                step=called.step(incident, event.step),
                owner=called.person(incident, event.owner),
            )
        case DeadlineMoved():
            return "✓", say(
                "{step}: due {time} after the declaration",
                step=called.step(incident, event.step),
                time=timedelta(minutes=event.due),
            )
        case StepOverdue():
            return "!", say(
                "Overdue: {step} (due {due})",
                step=called.step(incident, event.step),
                due=called.moment(incident, event.due_at),
            )
        case StepEscalated():
            return "▲", say(
                "{step} is late: {who} is called",
                step=called.step(incident, event.step),
                who=called.person(incident, event.to),
            )
        case _:
            assert_never(event)


def times_done(state: StepState) -> Sentence:
    """How often a step was done that comes back, and when and by whom the last time."""
    last = state.rounds[-1]
    return say_n(
        "done {n} time, last {time} by {who}",
        "done {n} times, last {time} by {who}",
        len(state.rounds),
        time=last.at,
        who=last.by,
    )


def seat(event: AnySeatEvent, incident: Incident | None) -> Told:
    match event:
        case SeatNamed():
            return "✓", say(
                "{role}: {who}", role=called.role(incident, event.role), who=called.person(incident, event.holder)
            )
        case SeatTaken():
            return "✓", say("{role}: here", role=called.role(incident, event.role))
        case _:
            assert_never(event)


def frozen(event: AnyFreezeEvent, incident: Incident | None) -> Told:
    match event:
        case FreezeListed():
            return "✎", say("On the freeze list: {item} {text}", item=event.item, text=event.text)
        case FreezeHeld():
            return "✓", say("Held: {text}", text=called.frozen(incident, event.item))
        case FreezeReleased():
            if event.reason:
                return "!", say(
                    "Released: {text} ({reason})", text=called.frozen(incident, event.item), reason=event.reason
                )
            return "✓", say("Released: {text}", text=called.frozen(incident, event.item))
        case _:
            assert_never(event)


def clock(event: AnyClockEvent, incident: Incident | None) -> Told:
    match event:
        case ClockStarted():
            return "◆", say(
                "{clock}: counts from {at}",
                clock=called.clock(incident, event.clock),
                at=called.moment(incident, event.started_at),
            )
        case ClockMet():
            clock, stage = called.clock(incident, event.clock), called.stage(incident, event.clock, event.stage)
            return "✓", say("{clock}: {stage} met {reference}", clock=clock, stage=stage, reference=event.reference)
        case ClockExcluded():
            return "–", say(
                "{clock}: does not apply ({reason})", clock=called.clock(incident, event.clock), reason=event.reason
            )
        case _:
            assert_never(event)
