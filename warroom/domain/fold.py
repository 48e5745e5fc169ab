"""The fold of a crisis: `apply(incident, recorded)`. Live, replay, export and a second console run this same one."""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from . import aftermath, clocks, freeze, ledger
from . import stance as stances
from .aftermath import Lesson
from .events import (
    ActionEvent,
    ActUndone,
    AnyIncidentEvent,
    AnyStepEvent,
    AvailabilityChanged,
    ClockEvent,
    CrisisDenied,
    CrisisProposed,
    FactEvent,
    FeedEvent,
    FreezeEvent,
    IncidentDeclared,
    LabelsLoaded,
    LeadChanged,
    LearningSwitched,
    LessonNoted,
    MentionEvent,
    NarrativeEvent,
    NoteAdded,
    ObjectivesConfirmed,
    PromiseEvent,
    QuestionEvent,
    Recorded,
    Reopened,
    SeatNamed,
    SeatTaken,
    SeverityChanged,
    ShiftHandedOver,
    SpikeOver,
    SpikeSeen,
    StanceChosen,
    StatementEvent,
    StatementPublished,
    StepEvent,
    StoodDown,
    TimesCorrected,
    TitleCorrected,
    UnknownEvent,
)
from .incident import Incident, SeverityMark
from .networks import STAFF
from .plan import Proof
from .statement_fold import publication, written
from .step_fold import done, held_by, joined, seat, spiked, stepped
from .steps import StepState

UPDATES = frozenset({"update", "full", "apology"})
"""The purposes of a text that tell people more, after the first word and the holding statement."""


def begin(inc: str, event: IncidentDeclared, by: str, at: datetime) -> Incident:
    """The incident that a declaration starts."""
    incident = Incident(
        id=inc,
        title=event.title,
        mode=event.mode,
        lead=event.lead,
        declared_at=event.declared_at,
        first_mention_at=event.first_mention_at,
        zone=event.zone,
        organisation=event.organisation,
        plan=event.plan,
        roles=event.roles,
        people=event.people,
        severities=(SeverityMark(at, event.severity, by),),
        objectives=event.objectives,
        steps=seat(event.plan, event.roles, event.severity),
        proofs=event.proofs,
    )
    return _proved(incident, "declared", at, by)


def apply(incident: Incident, recorded: Recorded) -> Incident:
    """The incident after one more event of its own."""
    event, at, by = recorded.data, recorded.at, recorded.actor
    match event:
        case MentionEvent() | ActUndone():  # by far the most, and nothing of a crisis follows from them
            return incident
        case StepEvent():
            return _step(incident, event, at, by)
        case SeatNamed():
            seated = _seated(incident, event.role, event.holder)
            return replace(seated, lead=event.holder) if event.role == "lead" else seated
        case SeatTaken():
            return replace(incident, seats={**incident.seats, event.role: at})
        case FreezeEvent():
            return replace(incident, freeze=freeze.settled(incident.freeze, event, by, at))
        case ClockEvent():
            return replace(incident, clocks=clocks.touched(incident.clocks, event, by, at))
        case StatementEvent():
            after = replace(incident, statements=written(incident.statements, event, by, at, incident.roles))
            return _published(after, event, at, by) if isinstance(event, StatementPublished) else after
        case FactEvent():
            return replace(incident, facts=ledger.stated(incident.facts, event, by, at))
        case PromiseEvent():
            return replace(incident, promises=ledger.promised(incident.promises, event, by, at))
        case QuestionEvent():
            return replace(incident, questions=aftermath.asked(incident.questions, event, by, at))
        case ActionEvent():
            return replace(incident, actions=aftermath.agreed(incident.actions, event, by, at))
        case LessonNoted():
            lesson = Lesson(side=event.side, text=event.text, at=at, by=by)
            return replace(incident, lessons=(*incident.lessons, lesson))
        case SpikeSeen():
            back = spiked(incident.steps, incident.minutes(at))
            return replace(incident, spiked_at=at, calmed_at=None, steps=back)
        case SpikeOver():
            return replace(incident, calmed_at=at)
        case CrisisProposed() | CrisisDenied() | LearningSwitched() | LabelsLoaded() | NarrativeEvent() | FeedEvent():
            return incident
        case NoteAdded() | UnknownEvent():
            return incident
        case _:  # the events of the crisis itself: the type checker names any other that comes to be left here
            return _itself(incident, event, at, by)


def _itself(incident: Incident, event: AnyIncidentEvent, at: datetime, by: str) -> Incident:
    match event:
        case IncidentDeclared():
            return incident
        case SeverityChanged():
            return replace(
                incident,
                severities=(*incident.severities, SeverityMark(at, event.severity, by, event.reason)),
                steps=joined(incident.steps, incident.plan, incident.roles, event.severity, incident.types),
            )
        case TimesCorrected():
            return corrected(incident, event, at)
        case TitleCorrected():
            return replace(incident, title=event.title)
        case StanceChosen():
            return replace(
                incident,
                stance=stances.chosen(event, by, at),
                steps=joined(incident.steps, incident.plan, incident.roles, incident.severity, event.types),
            )
        case AvailabilityChanged():
            people = tuple(
                replace(person, available=event.available) if person.initials == event.who else person
                for person in incident.people
            )
            return replace(incident, people=people)
        case ObjectivesConfirmed():
            confirmed = replace(incident, objectives=event.objectives, objectives_by=by, objectives_at=at)
            return _proved(confirmed, "objectives", at, by)
        case LeadChanged():
            return replace(_seated(incident, "lead", event.lead), lead=event.lead)
        case ShiftHandedOver():
            after = replace(_seated(incident, "lead", event.lead), lead=event.lead, handed_over_at=at)
            return _proved(replace(after, seats={**after.seats, "lead": at}), "handover", at, by)
        case StoodDown():
            return replace(_proved(incident, "stand_down", at, by), closed_at=at, closed_reason=event.reason)
        case Reopened():
            return replace(incident, closed_at=None, closed_reason="")
        case _:
            assert_never(event)


def _step(incident: Incident, event: AnyStepEvent, at: datetime, by: str) -> Incident:
    state = incident.steps.get(event.step)
    if state is None:
        return incident
    after = stepped(state, event, incident.declared_at, at, by)
    return replace(incident, steps={**incident.steps, event.step: after})


def corrected(incident: Incident, event: TimesCorrected, at: datetime) -> Incident:
    """The incident after the correction: deadlines in minutes after the declaration go with it, and so does the step
    that the declaration itself was."""
    declared = event.declared_at or incident.declared_at

    def after(state: StepState) -> StepState:
        if state.step.proof == "declared" and state.done_at is not None:
            state = replace(state, done_at=declared)
        return state if state.is_late(declared, at) else replace(state, overdue_told=False)

    return replace(
        incident,
        declared_at=declared,
        first_mention_at=event.first_mention_at or incident.first_mention_at,
        steps={id: after(state) for id, state in incident.steps.items()},
    )


def _seated(incident: Incident, role: str, holder: str) -> Incident:
    """A role has a new holder: its open steps are theirs, and they have not said "here" yet."""
    return replace(
        incident,
        roles={**incident.roles, role: holder},
        seats={known: at for known, at in incident.seats.items() if known != role},
        steps=held_by(incident.steps, role, holder),
    )


def _published(incident: Incident, event: StatementPublished, at: datetime, by: str) -> Incident:
    out = publication(event, by)
    incident = replace(incident, publications=(*incident.publications, out))
    if any(place.network == STAFF for place in out.places):
        incident = _proved(incident, "staff", at, by)
    if not out.is_public:
        return incident
    incident = _proved(incident, "first_word", at, by)
    if event.purpose in ("holding", "full"):
        incident = _proved(incident, "holding", at, by)
    if event.purpose == "full":
        incident = _proved(incident, "full", at, by)
    if event.purpose in UPDATES:
        incident = _proved(incident, "update", at, by)
    return incident


def _proved(incident: Incident, proof: Proof, at: datetime, by: str) -> Incident:
    """Note in the open steps what the program has seen happen. It finishes those that wait for nothing else; of those
    that verify something it is written in the log when they are done (`criteria.proven`)."""

    def after(state: StepState) -> StepState:
        if not state.is_open:
            return state
        if state.step.proof == proof and (incident.proofs == "alone" or not state.step.verify):
            return done(state, at, incident.declared_at, by)
        first = state.proved_at is None and state.step.proof == proof
        return replace(state, seen=state.seen | {proof}, proved_at=at if first else state.proved_at)

    return replace(incident, steps={id: after(state) for id, state in incident.steps.items()})
