"""An incident: a declared crisis, folded from its events.

`apply(incident, recorded)` is the one fold: live, replay, export and a second console run this same function.
Decisions return an event or raise `Refused` with a sentence for a person.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, assert_never
from unicodedata import combining, normalize

from msgspec import Struct
from msgspec.structs import replace

from . import aftermath, clocks, freeze, ledger, steps
from . import stance as stances
from . import statement as statements
from .aftermath import Action, Lesson, Question
from .clocks import ClockState
from .events import (
    ROOM,
    ActionAgreed,
    ActionDone,
    ActUndone,
    AvailabilityChanged,
    CheckAnswered,
    CheckOverridden,
    ClockExcluded,
    ClockMet,
    ClockStarted,
    CrisisDenied,
    CrisisProposed,
    DeadlineMoved,
    FactRecorded,
    FactStatusChanged,
    FeedAdded,
    FeedBack,
    FeedGap,
    FeedLost,
    FreezeHeld,
    FreezeListed,
    FreezeReleased,
    IncidentDeclared,
    ItemTicked,
    LabelsLoaded,
    LeadChanged,
    LearningSwitched,
    LessonNoted,
    LinkAdded,
    MentionEvent,
    Mode,
    NarrativeMerged,
    NarrativeSplit,
    NarrativeUndone,
    NoteAdded,
    ObjectivesConfirmed,
    Person,
    PromiseAssigned,
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseMissed,
    PromiseMoved,
    QuestionAnswered,
    QuestionNoted,
    Recorded,
    Reopened,
    RumourAnswered,
    SeatNamed,
    SeatTaken,
    SeverityChanged,
    ShiftHandedOver,
    SpikeOver,
    SpikeSeen,
    StanceChosen,
    StatementApproved,
    StatementPublished,
    StatementRevised,
    StatementSentBack,
    StatementSubmitted,
    StepAssigned,
    StepDone,
    StepEscalated,
    StepOverdue,
    StepProved,
    StepReturned,
    StepSkipped,
    StoodDown,
    TimesCorrected,
    TitleCorrected,
    UnknownEvent,
)
from .freeze import Frozen
from .initials import must_be_initials
from .ledger import Fact, Promise
from .networks import STAFF
from .plan import Plan, Proof
from .sentence import Refused, Sentence, say
from .stance import Stance
from .statement import Approval, Override, Publication, Statement, Submission
from .steps import StepState

HIGHEST = 4
UNREAL = (ROOM, "demo", "drill")
"""The names of the room and of the crises of demo and drill, which have rooms of their own: no real one has them."""
UPDATES = frozenset({"update", "full", "apology"})
"""The purposes of a text that tell people more, after the first word and the holding statement."""


class SeverityMark(Struct, frozen=True):
    at: datetime
    severity: int
    by: str
    reason: str = ""


class Deadline(Struct, frozen=True):
    """The next thing the public waits for. `start` is when its clock began."""

    name: Sentence
    at: datetime
    start: datetime


class Incident(Struct, frozen=True, kw_only=True):
    """A crisis as it stands. Times are aware UTC; people are initials; `zone` is an IANA name."""

    id: str
    title: str
    mode: Mode
    lead: str
    declared_at: datetime
    first_mention_at: datetime | None
    zone: str
    organisation: str
    plan: Plan
    roles: Mapping[str, str]
    people: tuple[Person, ...]
    severities: tuple[SeverityMark, ...]
    objectives: tuple[str, ...]
    objectives_by: str = ""
    objectives_at: datetime | None = None
    steps: Mapping[str, StepState]
    proofs: Literal["alone", "verified"] = "alone"
    """Whether a step's proof finishes it alone, or only with all that the step verifies."""
    statements: Mapping[str, Statement] = {}
    facts: Mapping[str, Fact] = {}
    promises: Mapping[str, Promise] = {}
    questions: Mapping[str, Question] = {}
    freeze: Mapping[str, Frozen] = {}
    clocks: Mapping[str, ClockState] = {}
    seats: Mapping[str, datetime] = {}
    """Role → when its holder said "here"."""
    stance: Stance | None = None
    actions: Mapping[str, Action] = {}
    lessons: tuple[Lesson, ...] = ()
    publications: tuple[Publication, ...] = ()
    spiked_at: datetime | None = None
    """When the last spike of this crisis began, and when it was over."""
    calmed_at: datetime | None = None
    handed_over_at: datetime | None = None
    closed_at: datetime | None = None
    closed_reason: str = ""

    @property
    def severity(self) -> int:
        return self.severities[-1].severity

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def types(self) -> tuple[str, ...]:
        """The types of crisis that were chosen; none is known at first."""
        return self.stance.types if self.stance is not None else ()

    @property
    def objectives_due(self) -> bool:
        """Whether the objectives have to be read again: never confirmed, or not since the last spike (advice, 1)."""
        if self.objectives_at is None:
            return True
        return self.spiked_at is not None and self.spiked_at > self.objectives_at

    @property
    def spoken(self) -> tuple[Publication, ...]:
        """Our words in public, the oldest first; what went only to our own people or to a journalist is none."""
        return tuple(out for out in self.publications if out.is_public)

    @property
    def first_word_at(self) -> datetime | None:
        return next((out.published_at for out in self.publications if out.is_public), None)

    @property
    def holding_at(self) -> datetime | None:
        """When the holding statement (or a full one in its place) was out."""
        return next((out.published_at for out in self.spoken if out.purpose in ("holding", "full")), None)

    @property
    def last_word_at(self) -> datetime | None:
        return next((out.published_at for out in reversed(self.publications) if out.is_public), None)

    @property
    def open_promises(self) -> list[Promise]:
        return sorted((p for p in self.promises.values() if p.is_open), key=lambda promise: promise.due_at)

    @property
    def statement(self) -> Statement | None:
        """The statement on the desk: the newest, and where that one is wholly out, the newest that still waits.

        An older text that went out on some of its networks waits no more: the newer one has taken its place.
        """
        newest_first = tuple(self.statements.values())[::-1]
        newest = next(iter(newest_first), None)
        if newest is None or not newest.is_wholly_out:
            return newest
        return next((one for one in newest_first if not one.is_published), newest)

    def person(self, initials: str) -> Person | None:
        return next((person for person in self.people if person.initials == initials), None)

    def minutes(self, at: datetime) -> int:
        """Whole minutes from the declaration, negative before it."""
        return int((at - self.declared_at).total_seconds() // 60)

    def late_steps(self, now: datetime) -> list[StepState]:
        return [state for state in self.steps.values() if state.is_late(self.declared_at, now)]


# --- decisions -----------------------------------------------------------------------------------------


def declare(
    *,
    title: str,
    severity: int,
    lead: str,
    objectives: Sequence[str],
    plan: Plan,
    roles: Mapping[str, str],
    people: Sequence[Person],
    now: datetime,
    zone: str,
    first_mention_at: datetime | None = None,
    mode: Mode = "live",
    organisation: str = "",
    open_incident: Incident | None = None,
) -> IncidentDeclared:
    """Start the clocks and load the plan. Tells no one outside."""
    if open_incident is not None:
        raise Refused(say("A crisis is already open: {title}. Stand it down first.", title=open_incident.title))
    if not title.strip():
        raise Refused(say("Say in one sentence what is happening."))
    if not 1 <= severity <= HIGHEST:
        raise Refused(say("Severity goes from 1 to 4."))
    if not lead.strip():
        raise Refused(say("Say who leads, by initials."))
    must_be_initials(lead)
    return IncidentDeclared(
        title=" ".join(title.split()),
        severity=severity,
        lead=lead.strip(),
        objectives=tuple(objective.strip() for objective in objectives if objective.strip()),
        declared_at=now,
        plan=plan,
        roles={**roles, "lead": lead.strip()},
        people=tuple(people),
        first_mention_at=first_mention_at,
        zone=zone,
        mode=mode,
        organisation=organisation,
        proofs="verified",
    )


def change_severity(incident: Incident, severity: int, reason: str = "") -> SeverityChanged:
    """Raise or lower; lowering needs a reason."""
    _must_be_open(incident)
    if not 1 <= severity <= HIGHEST:
        raise Refused(say("Severity goes from 1 to 4."))
    if severity == incident.severity:
        raise Refused(say("Severity is {severity} already.", severity=severity))
    if severity < incident.severity and not reason.strip():
        raise Refused(say("Lowering the severity needs a reason."))
    return SeverityChanged(severity=severity, reason=reason.strip())


def correct_title(incident: Incident, title: str) -> TitleCorrected:
    """Say in other words what is happening. The log keeps what it was declared with."""
    _must_be_open(incident)
    told = " ".join(title.split())
    if not told:
        raise Refused(say("Say in one sentence what is happening."))
    if told == incident.title:
        raise Refused(say("Nothing is different: write what is happening."))
    return TitleCorrected(title=told)


def confirm_objectives(incident: Incident, objectives: Sequence[str]) -> ObjectivesConfirmed:
    """Put one's name to one to three objectives; from then on statements can be sent."""
    _must_be_open(incident)
    kept = tuple(objective.strip() for objective in objectives if objective.strip())
    if not 1 <= len(kept) <= 3:
        raise Refused(say("Confirm one, two or three objectives."))
    return ObjectivesConfirmed(objectives=kept)


def must_know_objectives(incident: Incident) -> None:
    """The objectives lock: nothing is sent before the objectives are confirmed by name (advice, step 1)."""
    if incident.objectives_at is None:
        raise Refused(say("First confirm the objectives, by name: they are what every statement serves."))


def stand_down(incident: Incident, reason: str) -> StoodDown:
    _must_be_open(incident)
    if not reason.strip():
        raise Refused(say("Say why the crisis is over."))
    return StoodDown(reason=reason.strip())


def reopen(incident: Incident, reason: str, *, open_incident: Incident | None = None) -> Reopened:
    if incident.is_open:
        raise Refused(say("This crisis is open already."))
    if open_incident is not None:
        raise Refused(say("A crisis is already open: {title}. Stand it down first.", title=open_incident.title))
    if not reason.strip():
        raise Refused(say("Say why the crisis is opened again."))
    return Reopened(reason=reason.strip())


def add_note(
    text: str, *, now: datetime, happened_at: datetime | None = None, corrects: str | None = None
) -> NoteAdded:
    """Write a line into the timeline. A correction is a new line that points to the old one."""
    if not text.strip():
        raise Refused(say("The note is empty."))
    happened = happened_at or now
    if happened > now + timedelta(minutes=1):
        raise Refused(say("A note cannot lie in the future."))
    return NoteAdded(text=text.strip(), happened_at=happened, corrects=corrects)


def _must_be_open(incident: Incident) -> None:
    if not incident.is_open:
        raise Refused(say("This crisis was stood down. Open it again first."))


def incident_id(title: str, taken: Collection[str], *, mode: Mode = "live") -> str:
    """A short name for the command line: `[a-z0-9-]{1,32}`, from the title's telling words, never a taken one."""
    bare = "".join(c for c in normalize("NFKD", title.casefold()) if not combining(c))
    words = re.findall(r"[a-z0-9]+", bare)
    telling = [word for word in words if len(word) > 3 or word.isdigit()] or words or ["crisis"]
    name = ""
    for word in telling:
        if name and len(name) + len(word) > 27:
            break
        name = f"{name}-{word}".strip("-")[:28]
    name = mode if mode != "live" else "crisis" if name in UNREAL else name
    number = 2
    while (unique := name if number == 2 and name not in taken else f"{name}-{number}") in taken:
        number += 1
    return unique


# --- readings ------------------------------------------------------------------------------------------


SOON = timedelta(hours=24)
"""A regulator's clock stands among the deadlines from this long before its end."""


def next_deadline(incident: Incident, now: datetime | None = None) -> Deadline | None:
    """The nearest deadline: first word, holding statement, then updates and what was promised.

    With `now` also the clocks of regulators that end within a day: they are no public word, but they are the law.
    """
    start, plan = incident.declared_at, incident.plan
    waiting: list[Deadline] = []
    if incident.first_word_at is None:
        waiting.append(Deadline(say("First word"), start + timedelta(minutes=plan.first_word), start))
    elif incident.holding_at is None:
        waiting.append(Deadline(say("Holding statement"), start + timedelta(minutes=plan.holding), start))
    elif (update := update_due(incident)) is not None:
        waiting.append(update)
    own = waiting[0].at if waiting else None
    # A promise for the same minute is the same deadline, and the statement is its better name.
    waiting += [
        Deadline(say("Next word promised"), promise.due_at, promise.made_at)
        for promise in incident.open_promises
        if own is None or abs((promise.due_at - own).total_seconds()) > 60
    ]
    if now is not None:
        waiting += [
            Deadline(
                say("{clock}: {stage}", clock=clock.regulator.name, stage=clock.stage.name), clock.due_at, clock.start
            )
            for clock in clocks.running(plan, incident.clocks)
            if clock.due_at - now <= SOON
        ]
    return min(waiting, key=lambda deadline: deadline.at, default=None)


def update_due(incident: Incident) -> Deadline | None:
    """When people have to hear from us again: every `cadence` minutes after the holding statement (which is itself
    the word after the first one), until `slower_after`; from then on what was announced counts (playbook 4i)."""
    last, plan = incident.last_word_at, incident.plan
    if last is None or incident.holding_at is None:
        return None
    at = last + timedelta(minutes=plan.cadence)
    if at > incident.declared_at + timedelta(minutes=plan.slower_after):
        return None
    return Deadline(say("Update"), at, last)


def silent_since(incident: Incident) -> datetime:
    """When the organisation last spoke; before its first word, the first mention, else the declaration."""
    return incident.last_word_at or incident.first_mention_at or incident.declared_at


# --- the fold ------------------------------------------------------------------------------------------


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
        steps=steps.seat(event.plan, event.roles, event.severity),
        proofs=event.proofs,
    )
    return _proved(incident, "declared", at, by)


def apply(incident: Incident, recorded: Recorded) -> Incident:
    """The incident after one more event of its own."""
    event, at, by = recorded.data, recorded.at, recorded.actor
    match event:
        case MentionEvent() | ActUndone():
            return incident
        case StepDone():
            start = incident.declared_at
            return _step(incident, event.step, lambda state: steps.done(state, at, start, by, event.reason))
        case StepProved():
            return _step(incident, event.step, lambda state: replace(state, proof_told=True))
        case ItemTicked():
            return _step(incident, event.step, lambda state: steps.ticked(state, event))
        case StepSkipped():
            return _step(incident, event.step, lambda state: replace(state, skipped=event.reason, done_by=by))
        case StepReturned():
            return _step(incident, event.step, steps.returned)
        case StepAssigned():
            return _step(
                incident,
                event.step,
                lambda state: replace(
                    state, owner=event.owner, backup=state.backup if event.backup is None else event.backup
                ),
            )
        case DeadlineMoved():
            return _step(incident, event.step, lambda state: replace(state, due=event.due, overdue_told=False))
        case StepOverdue():
            return _step(incident, event.step, lambda state: replace(state, overdue_told=True))
        case StepEscalated():
            return _step(incident, event.step, lambda state: replace(state, escalated_to=event.to))
        case SeatNamed():
            seated = _seated(incident, event.role, event.holder)
            return replace(seated, lead=event.holder) if event.role == "lead" else seated
        case SeatTaken():
            return replace(incident, seats={**incident.seats, event.role: at})
        case FreezeListed():
            return replace(incident, freeze=freeze.listed(incident.freeze, event, by, at))
        case FreezeHeld() | FreezeReleased():
            return replace(incident, freeze=freeze.settled(incident.freeze, event, by, at))
        case ClockStarted() | ClockMet() | ClockExcluded():
            return replace(incident, clocks=clocks.touched(incident.clocks, event, by, at))
        case StatementRevised():
            known = incident.statements.get(event.statement)
            return _put(incident, statements.revised(known, event, by, at))
        case StatementSubmitted():
            sent = Submission(
                revision=event.revision, digest=event.digest, by=by, to=event.to, at=at, others=event.others
            )
            return _statement(incident, event.statement, lambda s: replace(s, submissions=(*s.submissions, sent)))
        case CheckAnswered():
            answer = (event.check, event.digest)
            return _statement(incident, event.statement, lambda s: replace(s, answers=s.answers | {answer}))
        case CheckOverridden():
            passed = Override(check=event.check, digest=event.digest, by=by, reason=event.reason, at=at)
            return _statement(incident, event.statement, lambda s: replace(s, overrides=(*s.overrides, passed)))
        case StatementApproved():
            yes = Approval(
                revision=event.revision,
                digest=event.digest,
                by=by,
                at=at,
                solo=event.solo,
                emergency=event.emergency,
                roles=event.roles,
                stood_in=event.stood_in,
            )
            return _statement(incident, event.statement, lambda s: replace(s, approvals=(*s.approvals, yes)))
        case StatementSentBack():
            return _statement(incident, event.statement, lambda s: replace(s, sent_back=(*s.sent_back, event)))
        case StatementPublished():
            return _published(incident, event, at, by)
        case LinkAdded():
            return _statement(incident, event.statement, lambda s: statements.linked(s, event))
        case SeverityChanged():
            return replace(
                incident,
                severities=(*incident.severities, SeverityMark(at, event.severity, by, event.reason)),
                steps=steps.joined(incident.steps, incident.plan, incident.roles, event.severity, incident.types),
            )
        case TimesCorrected():
            return corrected(incident, event, at)
        case TitleCorrected():
            return replace(incident, title=event.title)
        case StanceChosen():
            return replace(
                incident,
                stance=stances.chosen(event, by, at),
                steps=steps.joined(incident.steps, incident.plan, incident.roles, incident.severity, event.types),
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
        case FactRecorded() | FactStatusChanged() | RumourAnswered():
            return replace(incident, facts=ledger.stated(incident.facts, event, by, at))
        case PromiseMade() | PromiseAssigned() | PromiseMoved() | PromiseMissed() | PromiseKept() | PromiseBroken():
            return replace(incident, promises=ledger.promised(incident.promises, event, by, at))
        case QuestionNoted() | QuestionAnswered():
            return replace(incident, questions=aftermath.asked(incident.questions, event, by, at))
        case ActionAgreed() | ActionDone():
            return replace(incident, actions=aftermath.agreed(incident.actions, event, by, at))
        case LessonNoted():
            lesson = Lesson(side=event.side, text=event.text, at=at, by=by)
            return replace(incident, lessons=(*incident.lessons, lesson))
        case SpikeSeen():
            back = steps.spiked(incident.steps, incident.minutes(at))
            return replace(incident, spiked_at=at, calmed_at=None, steps=back)
        case SpikeOver():
            return replace(incident, calmed_at=at)
        case FeedLost() | FeedBack() | CrisisProposed() | CrisisDenied() | LearningSwitched() | LabelsLoaded():
            return incident
        case NarrativeMerged() | NarrativeSplit() | NarrativeUndone():
            return incident
        case NoteAdded() | FeedGap() | FeedAdded() | IncidentDeclared() | UnknownEvent():
            return incident
        case _:
            assert_never(event)


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


def _step(incident: Incident, step: str, change: Callable[[StepState], StepState]) -> Incident:
    state = incident.steps.get(step)
    if state is None:
        return incident
    return replace(incident, steps={**incident.steps, step: change(state)})


def _seated(incident: Incident, role: str, holder: str) -> Incident:
    """A role has a new holder: its open steps are theirs, and they have not said "here" yet."""
    return replace(
        incident,
        roles={**incident.roles, role: holder},
        seats={known: at for known, at in incident.seats.items() if known != role},
        steps=steps.held_by(incident.steps, role, holder),
    )


def _put(incident: Incident, statement: Statement) -> Incident:
    return replace(incident, statements={**incident.statements, statement.id: statement})


def _statement(incident: Incident, id: str, change: Callable[[Statement], Statement]) -> Incident:
    known = incident.statements.get(id)
    return incident if known is None else _put(incident, change(known))


def _published(incident: Incident, event: StatementPublished, at: datetime, by: str) -> Incident:
    out = Publication(
        revision=event.revision,
        digest=event.digest,
        purpose=event.purpose,
        places=event.places,
        published_at=event.published_at,
        by=by,
    )
    incident = _statement(incident, event.statement, lambda s: replace(s, publications=(*s.publications, out)))
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
            return steps.done(state, at, incident.declared_at, by)
        return replace(state, seen=state.seen | {proof})

    return replace(incident, steps={id: after(state) for id, state in incident.steps.items()})
