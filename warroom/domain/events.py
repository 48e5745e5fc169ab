"""Every event of warroom, in one file: the table of contents of the program.

An event is a fact that was written before it was shown and never changes. Its `typ` is a stable word; a field
that is added later gets a default, and a default never changes, because stored bytes leave defaults out.
`Recorded` is the envelope in which an event is kept: its canonical JSON bytes are what is stored and hashed.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Literal, TypeAlias, get_args

import msgspec
from msgspec import Raw, Struct

from .mention import MentionRef, Segment
from .plan import Criterion, Plan
from .sentence import Sentence
from .triage.label import Judgement

Mode: TypeAlias = Literal["live", "drill", "demo"]
Act: TypeAlias = Literal["new", "reply", "escalate", "ignore", "close"]
StatementKind: TypeAlias = Literal["first-word", "holding", "full", "update", "apology", "reply"]
FactStatus: TypeAlias = Literal["confirmed", "unconfirmed", "contested", "retracted"]
Risk: TypeAlias = Literal["low", "medium", "high"]
Cluster: TypeAlias = Literal["victim", "accidental", "preventable", "unknown"]
"""How much blame people give us for such a crisis (Coombs 2007); nobody has to know it at once."""
History: TypeAlias = Literal["clean", "similar", "unknown"]
"""Clean, with a good or neutral name; or a similar crisis before, or a poor name (Coombs 2007)."""
Outcome: TypeAlias = Literal["let-stand", "thank", "correct", "repair", "answer", "monitor", "escalate"]
"""What the reply guide ends in (playbook 4h)."""
Rank: TypeAlias = Literal["P1", "P2", "P3", "P4"]
"""How soon a mention is to be read (triage design, section 4)."""
AlarmLevel: TypeAlias = Literal["amber", "red"]

ROOM = "room"
"""The incident id of events that belong to no incident: feeds and triage in calm."""


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The base of every event: `typ` is its kept name, `kind` the kind of thing it is about.

    Neither events nor their envelopes can hold a cycle, so the collector of cycles need not walk a log of a million.
    """

    typ: ClassVar[str]
    kind: ClassVar[str]

    @property
    def about(self) -> str:
        """The id of the thing it is about, within its kind; empty where the incident itself is meant."""
        return ""


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody of the team as recorded at the declaration. `initials` sign the timeline."""

    initials: str
    name: str
    title: str = ""
    spokesperson: bool = False
    speaks_at: tuple[int, ...] = ()
    """The severities at which this is the right voice; empty: at every one."""
    expert: bool = False
    """Can stand beside a spokesperson where the text is technical."""
    trained: bool = True
    """Has had media training within the time that the organisation asks for."""
    available: bool = True


# --- the incident --------------------------------------------------------------------------------------


class IncidentDeclared(Event, frozen=True, kw_only=True):
    """The clocks start at `declared_at`. The plan is recorded whole."""

    typ = "incident.declared"
    kind = "incident"
    title: str
    severity: int
    lead: str
    objectives: tuple[str, ...]
    declared_at: datetime
    plan: Plan
    roles: dict[str, str]
    """Role of the plan → initials."""
    people: tuple[Person, ...]
    first_mention_at: datetime | None = None
    zone: str = "UTC"
    """IANA name of the zone of those who declared: replay and export show this zone."""
    mode: Mode = "live"
    organisation: str = ""
    gate: str = "full"
    proofs: Literal["alone", "verified"] = "alone"
    """Whether a step's proof finishes it alone, as it did in older logs, or only with all that the step verifies."""


class SeverityChanged(Event, frozen=True, kw_only=True):
    typ = "incident.severity_changed"
    kind = "incident"
    severity: int
    reason: str = ""


class TimesCorrected(Event, frozen=True, kw_only=True):
    """It was declared, or first heard of, at another time than was recorded; what is None stays as it was."""

    typ = "incident.times_corrected"
    kind = "incident"
    declared_at: datetime | None = None
    first_mention_at: datetime | None = None
    reason: str = ""


class TitleCorrected(Event, frozen=True, kw_only=True):
    """What is happening, in other words than it was declared with. The short name of the crisis stays."""

    typ = "incident.title_corrected"
    kind = "incident"
    title: str


class ObjectivesConfirmed(Event, frozen=True, kw_only=True):
    """Somebody put their name (the event's actor) to the objectives; the editor's send opens."""

    typ = "incident.objectives_confirmed"
    kind = "incident"
    objectives: tuple[str, ...]


class LeadChanged(Event, frozen=True, kw_only=True):
    typ = "incident.lead_changed"
    kind = "incident"
    lead: str


class ShiftHandedOver(Event, frozen=True, kw_only=True):
    """The incoming lead (the event's actor) has read the brief and takes over. `brief` is its SHA-256 in hex."""

    typ = "incident.handed_over"
    kind = "incident"
    lead: str
    brief: str


class StanceChosen(Event, frozen=True, kw_only=True):
    """What kind of crisis it is, and what follows from it. `types` are ids of the plan's own types of crisis."""

    typ = "incident.stance_chosen"
    kind = "incident"
    cluster: Cluster = "unknown"
    cause: str = ""
    """A row of the table in data/checks/scct.json ("rumour", "human-error"); empty where nobody knows."""
    history: History = "unknown"
    types: tuple[str, ...] = ()
    reason: str = ""
    turned_down: str = ""
    """The options that were refused."""


class AvailabilityChanged(Event, frozen=True, kw_only=True):
    """Somebody of the team can, or cannot, be reached to speak or to approve."""

    typ = "incident.availability_changed"
    kind = "incident"
    who: str
    available: bool


class StoodDown(Event, frozen=True, kw_only=True):
    typ = "incident.stood_down"
    kind = "incident"
    reason: str


class Reopened(Event, frozen=True, kw_only=True):
    typ = "incident.reopened"
    kind = "incident"
    reason: str


# --- the plan's steps ----------------------------------------------------------------------------------


class StepEvent(Event, frozen=True, kw_only=True):
    kind = "step"
    step: str

    @property
    def about(self) -> str:
        return self.step


class ItemTicked(StepEvent, frozen=True, kw_only=True):
    typ = "step.ticked"
    item: str
    done: bool = True


class StepDone(StepEvent, frozen=True, kw_only=True):
    """`reason` is given where the program could see that something was still missing."""

    typ = "step.done"
    reason: str = ""


class StepProved(StepEvent, frozen=True, kw_only=True):
    """Recorded once by the program: what finishes the step has happened, and these criteria are still open."""

    typ = "step.proved"
    missing: tuple[Criterion, ...]


class StepSkipped(StepEvent, frozen=True, kw_only=True):
    """Not needed, with a reason; it is shown so in the log."""

    typ = "step.skipped"
    reason: str


class StepReturned(StepEvent, frozen=True, kw_only=True):
    """Done or not needed was wrong: the step is open again."""

    typ = "step.returned"


class StepAssigned(StepEvent, frozen=True, kw_only=True):
    typ = "step.assigned"
    owner: str
    backup: str | None = None


class DeadlineMoved(StepEvent, frozen=True, kw_only=True):
    """`due` is in minutes after the declaration."""

    typ = "step.deadline_moved"
    due: int


class StepOverdue(StepEvent, frozen=True, kw_only=True):
    """Recorded by the program once, when a step's deadline passes."""

    typ = "step.overdue"
    due_at: datetime


class StepEscalated(StepEvent, frozen=True, kw_only=True):
    """Recorded by the program once, when a step has been late for the plan's time: `to` are the initials called."""

    typ = "step.escalated"
    to: str


# --- the seats -----------------------------------------------------------------------------------------


class SeatEvent(Event, frozen=True, kw_only=True):
    kind = "seat"
    role: str

    @property
    def about(self) -> str:
        return self.role


class SeatNamed(SeatEvent, frozen=True, kw_only=True):
    """Somebody is given a role of the plan; whoever held it before does so no longer."""

    typ = "seat.named"
    holder: str


class SeatTaken(SeatEvent, frozen=True, kw_only=True):
    """Who holds the role (the event's actor) has said "here"."""

    typ = "seat.taken"


# --- what is frozen ------------------------------------------------------------------------------------


class FreezeEvent(Event, frozen=True, kw_only=True):
    kind = "freeze"
    item: str

    @property
    def about(self) -> str:
        return self.item


class FreezeListed(FreezeEvent, frozen=True, kw_only=True):
    """Something that would go out by itself: a scheduled post, an ad. `goes_out_at` is when, if that is known."""

    typ = "freeze.listed"
    text: str
    place: str = ""
    goes_out_at: datetime | None = None


class FreezeHeld(FreezeEvent, frozen=True, kw_only=True):
    typ = "freeze.held"


class FreezeReleased(FreezeEvent, frozen=True, kw_only=True):
    """It may go out, by the actor's name."""

    typ = "freeze.released"
    reason: str = ""


# --- the clocks of regulators ---------------------------------------------------------------------------


class ClockEvent(Event, frozen=True, kw_only=True):
    """About a clock of the plan, by its id: it has a start of its own, not the declaration."""

    kind = "clock"
    clock: str

    @property
    def about(self) -> str:
        return self.clock


class ClockStarted(ClockEvent, frozen=True, kw_only=True):
    typ = "clock.started"
    started_at: datetime


class ClockMet(ClockEvent, frozen=True, kw_only=True):
    """One stage of it was met; `reference` is the authority's own number or a link."""

    typ = "clock.met"
    stage: str
    reference: str = ""


class ClockExcluded(ClockEvent, frozen=True, kw_only=True):
    """It does not apply, by the actor's name."""

    typ = "clock.excluded"
    reason: str


# --- statements ----------------------------------------------------------------------------------------


class StatementEvent(Event, frozen=True, kw_only=True):
    kind = "statement"
    statement: str

    @property
    def about(self) -> str:
        return self.statement


class StatementRevised(StatementEvent, frozen=True, kw_only=True):
    """The whole text as it now stands. `base` is the digest of what was edited (None for the first)."""

    typ = "statement.revised"
    revision: int
    text: str
    purpose: StatementKind
    lang: str
    networks: tuple[str, ...] = ()
    spokesperson: str = ""
    question: str = ""
    """Which question of which audience this answers (playbook T1)."""
    facts: tuple[str, ...] = ()
    objective: str = ""
    """The objective that this text serves, in the words in which it was confirmed."""
    audiences: tuple[Segment, ...] = ()
    """The audiences that this text speaks to."""
    corrects: str = ""
    """The published statement that this one corrects, by its id."""
    template: str = ""
    """The text approved in calm that it began with, by its id."""
    base: str | None = None
    parents: tuple[str, ...] = ()
    """The digests of the two texts that this one brings together again, where two people edited at once."""


class StatementSubmitted(StatementEvent, frozen=True, kw_only=True):
    """`to` are the initials of who is asked first, `others` of who else has to approve it."""

    typ = "statement.submitted"
    revision: int
    digest: str
    to: str = ""
    others: tuple[str, ...] = ()


class CheckAnswered(StatementEvent, frozen=True, kw_only=True):
    """A person said yes where a rule cannot decide; holds for this text only."""

    typ = "statement.check_answered"
    check: str
    digest: str


class CheckOverridden(StatementEvent, frozen=True, kw_only=True):
    """Somebody let a blocking check pass, by name (the actor) and with a reason; holds for this text only."""

    typ = "statement.check_overridden"
    check: str
    digest: str
    reason: str


class StatementApproved(StatementEvent, frozen=True, kw_only=True):
    """`solo` is the typed reason where the author approved alone; `emergency` the reason where a text approved in calm
    went out because the approver was silent past their time. `roles` are those in which the actor approved, `stood_in`
    those of them that somebody else holds who could not be reached, or wrote the text."""

    typ = "statement.approved"
    revision: int
    digest: str
    solo: str = ""
    emergency: str = ""
    roles: tuple[str, ...] = ()
    stood_in: tuple[str, ...] = ()


class StatementSentBack(StatementEvent, frozen=True, kw_only=True):
    typ = "statement.sent_back"
    revision: int
    digest: str
    reason: str


class Place(Struct, frozen=True, omit_defaults=True):
    """Where a statement was published. The link may be filled in later."""

    network: str
    url: str | None = None


class StatementPublished(StatementEvent, frozen=True, kw_only=True):
    typ = "statement.published"
    revision: int
    digest: str
    purpose: StatementKind
    places: tuple[Place, ...]
    published_at: datetime


class LinkAdded(StatementEvent, frozen=True, kw_only=True):
    """`digest` is the text that was published there, where the statement went out in more than one version; `was` is
    the link that this one corrects."""

    typ = "statement.link_added"
    network: str
    url: str
    digest: str = ""
    was: str = ""


# --- the ledger ----------------------------------------------------------------------------------------


class FactEvent(Event, frozen=True, kw_only=True):
    kind = "fact"
    fact: str

    @property
    def about(self) -> str:
        return self.fact


class FactRecorded(FactEvent, frozen=True, kw_only=True):
    """A rumour is a row of its own kind: `channel` is where it goes round, `risk` what it could do."""

    typ = "fact.recorded"
    text: str
    status: FactStatus
    source: str = ""
    rumour: bool = False
    channel: str = ""
    risk: Risk = "medium"


class FactStatusChanged(FactEvent, frozen=True, kw_only=True):
    typ = "fact.status_changed"
    status: FactStatus
    reason: str = ""
    source: str = ""


class RumourAnswered(FactEvent, frozen=True, kw_only=True):
    """What we say to a rumour, everywhere the same."""

    typ = "fact.rumour_answered"
    answer: str


class PromiseEvent(Event, frozen=True, kw_only=True):
    kind = "promise"
    promise: str

    @property
    def about(self) -> str:
        return self.promise


class PromiseMade(PromiseEvent, frozen=True, kw_only=True):
    typ = "promise.made"
    text: str
    due_at: datetime
    statement: str = ""
    owner: str = ""


class PromiseAssigned(PromiseEvent, frozen=True, kw_only=True):
    typ = "promise.assigned"
    owner: str


class PromiseMoved(PromiseEvent, frozen=True, kw_only=True):
    """It has a new date, and people were told."""

    typ = "promise.moved"
    due_at: datetime
    reason: str


class PromiseKept(PromiseEvent, frozen=True, kw_only=True):
    typ = "promise.kept"
    reason: str = ""


class PromiseMissed(PromiseEvent, frozen=True, kw_only=True):
    """Recorded by the program once for each date, when it passes and the promise is still open."""

    typ = "promise.missed"
    due_at: datetime


class PromiseBroken(PromiseEvent, frozen=True, kw_only=True):
    typ = "promise.broken"
    reason: str = ""


# --- what people ask, what we learn ----------------------------------------------------------------------


class QuestionEvent(Event, frozen=True, kw_only=True):
    kind = "question"
    question: str

    @property
    def about(self) -> str:
        return self.question


class QuestionNoted(QuestionEvent, frozen=True, kw_only=True):
    """One of the top questions, and whose it is (None: everybody's)."""

    typ = "question.noted"
    text: str
    audience: Segment | None = None


class QuestionAnswered(QuestionEvent, frozen=True, kw_only=True):
    """A published statement answered it, or it is no longer asked (`statement` empty)."""

    typ = "question.answered"
    statement: str = ""


class ActionEvent(Event, frozen=True, kw_only=True):
    kind = "action"
    action: str

    @property
    def about(self) -> str:
        return self.action


class ActionAgreed(ActionEvent, frozen=True, kw_only=True):
    """Something to do after the crisis, with an owner and a day (ISO date)."""

    typ = "action.agreed"
    text: str
    owner: str
    due_on: str


class ActionDone(ActionEvent, frozen=True, kw_only=True):
    typ = "action.done"


class LessonNoted(Event, frozen=True, kw_only=True):
    """A line of the look back: why something went as it did, or what changes."""

    typ = "lesson.noted"
    kind = "lesson"
    side: Literal["why", "change"]
    text: str


# --- notes ---------------------------------------------------------------------------------------------


class NoteAdded(Event, frozen=True, kw_only=True):
    """`happened_at` is what the note is about; when it was recorded is the envelope's `at`.

    `corrects` is the id of the entry that this note corrects; the old one stays as it was.
    """

    typ = "note.added"
    kind = "note"
    text: str
    happened_at: datetime
    corrects: str | None = None


# --- acts on mentions ----------------------------------------------------------------------------------


class MentionEvent(Event, frozen=True, kw_only=True):
    kind = "mention"
    mention: MentionRef

    @property
    def about(self) -> str:
        return self.mention.key


class MentionActed(MentionEvent, frozen=True, kw_only=True):
    """With `text` it records what we replied, in the conversation `thread`. `overridden` are the checks that held
    that text, passed by the actor's name and for this `reason`.

    `left` is the segment that the operator saw and let stand when they acted on this mention alone: a label of its
    own, of little weight. None where nobody looked at the mention itself."""

    typ = "mention.acted"
    act: Act
    text: str = ""
    thread: str = ""
    overridden: tuple[str, ...] = ()
    reason: str = ""
    left: Segment | None = None


class MentionAssigned(MentionEvent, frozen=True, kw_only=True):
    typ = "mention.assigned"
    owner: str


class MentionPinned(MentionEvent, frozen=True, kw_only=True):
    typ = "mention.pinned"
    pinned: bool = True


class MentionGuided(MentionEvent, frozen=True, kw_only=True):
    """What the reply guide was answered, in order, and what follows. To monitor only is a choice with a reason."""

    typ = "mention.guided"
    answers: tuple[str, ...]
    outcome: Outcome
    reason: str = ""


class MentionLabelled(MentionEvent, frozen=True, kw_only=True):
    """The operator says in which segment a mention is; triage learns from it.

    `group` is the key of the first of its near-copies, to all of which it applies ("": to this mention alone).
    `text` is what was read, where the excerpt of the reference is not the whole of it."""

    typ = "mention.labelled"
    segment: Segment
    judgement: Judgement
    group: str = ""
    text: str = ""


class MentionRanked(MentionEvent, frozen=True, kw_only=True):
    """The operator reads it sooner or later than its points say. `points` and `before` are what stood there, kept so
    that the weights can be judged later; `rank` None goes back to the points."""

    typ = "mention.ranked"
    rank: Rank | None
    points: int
    before: Rank


class AuthorPinned(MentionEvent, frozen=True, kw_only=True):
    """The operator says where the author of a mention stands, whatever they write; None takes it back. `author` is
    the name by which triage counts authors."""

    typ = "author.pinned"
    author: str
    segment: Segment | None


class LearningSwitched(Event, frozen=True, kw_only=True):
    """Texts are read with what was learnt, or by the calibrated lexicon alone."""

    typ = "learning.switched"
    kind = "learning"
    on: bool


class LabelsLoaded(Event, frozen=True, kw_only=True):
    """The labels of a former incident of this log count here too, with less weight. `former` is its id."""

    typ = "learning.loaded"
    kind = "learning"
    former: str


class NarrativeEvent(Event, frozen=True, kw_only=True):
    """About a narrative, by the key of the first mention of its first group."""

    kind = "narrative"
    narrative: str

    @property
    def about(self) -> str:
        return self.narrative


class NarrativeMerged(NarrativeEvent, frozen=True, kw_only=True):
    """Two narratives are one story: `other` belongs to `narrative`. What each was called then is told of them."""

    typ = "narrative.merged"
    other: str
    told: str = ""
    other_told: str = ""


class NarrativeSplit(NarrativeEvent, frozen=True, kw_only=True):
    """A group of copies is a story of its own, whatever it shares with `narrative`. `told` is how it begins."""

    typ = "narrative.split"
    group: str
    told: str = ""


class NarrativeUndone(NarrativeEvent, frozen=True, kw_only=True):
    """Takes back that two narratives were put together, or that a group was taken out: `event` is that event's id."""

    typ = "narrative.undone"
    event: str


class ActUndone(Event, frozen=True, kw_only=True):
    """Takes back one act on a mention: `event` is that act's id."""

    typ = "mention.undone"
    kind = "mention"
    event: str
    mention: MentionRef

    @property
    def about(self) -> str:
        return self.mention.key


# --- what the program itself notices -------------------------------------------------------------------


class SpikeSeen(Event, frozen=True, kw_only=True):
    """Mentions a minute in the last full minutes against what is usual, both times ten (whole numbers)."""

    typ = "pulse.spike"
    kind = "pulse"
    rate10: int
    usual10: int
    line10: int = 0
    """Where the alert began, times ten."""
    level: AlarmLevel | None = None
    """How far beyond the usual; None in a log of before there were levels."""
    minutes: int = 15
    """Of the last quarter of an hour those that were known, where there is a level."""
    count: int = 0
    """Mentions in them."""
    expected10: int = 0
    """How many were expected in them, times ten."""
    negative: int | None = None
    """Percent of them that dislike or hate."""
    usual_negative: int | None = None
    feed: str = ""
    """The source in which it was seen, where that is new and compared with itself; empty: all the others together."""
    new_since: datetime | None = None
    """Since when that source is heard."""


class CrisisProposed(Event, frozen=True, kw_only=True):
    """The program asks whether this is a crisis; a person answers by declaring it or by `CrisisDenied`. `reason` is
    "volume" (mentions and negatives are both far beyond the usual) or "topic" (several authors tell of a
    danger)."""

    typ = "crisis.proposed"
    kind = "crisis"
    reason: Literal["volume", "topic"]


class CrisisDenied(Event, frozen=True, kw_only=True):
    """Not a crisis, by the actor's name and for a reason; it is not asked again for this wave."""

    typ = "crisis.denied"
    kind = "crisis"
    reason: str


class SpikeOver(Event, frozen=True, kw_only=True):
    typ = "pulse.spike_over"
    kind = "pulse"
    rate10: int


class FeedEvent(Event, frozen=True, kw_only=True):
    kind = "feed"
    feed: str

    @property
    def about(self) -> str:
        return self.feed


def _why(reason: str, values: Mapping[str, str | int | float], sayings: tuple[str, ...]) -> Sentence:
    return Sentence(reason, {name: Sentence(str(told)) if name in sayings else told for name, told in values.items()})


class FeedLost(FeedEvent, frozen=True, kw_only=True):
    """A feed is blind since `since`. `reason` is plain and free of secrets; `fatal` needs a person."""

    typ = "feed.lost"
    since: datetime
    reason: str
    values: Mapping[str, str | int | float] = {}
    sayings: tuple[str, ...] = ()
    """Which of the values are sentences of their own."""
    fatal: bool = False

    @property
    def why(self) -> Sentence:
        """The reason, for the reader's own language."""
        return _why(self.reason, self.values, self.sayings)


class FeedBack(FeedEvent, frozen=True, kw_only=True):
    typ = "feed.back"
    blind_since: datetime
    caught_up: int = 0


class FeedAdded(FeedEvent, frozen=True, kw_only=True):
    """A feed is heard since `since` and so is new beside the others: for a day it is compared with itself, and what it
    brings is no part of what is usual of them. One that was not heard for a day is new again."""

    typ = "feed.added"
    since: datetime


class FeedGap(FeedEvent, frozen=True, kw_only=True):
    """Mentions were certainly or probably missed between two times, and cannot be fetched."""

    typ = "feed.gap"
    since: datetime
    until: datetime
    reason: str
    values: Mapping[str, str | int | float] = {}
    sayings: tuple[str, ...] = ()

    @property
    def why(self) -> Sentence:
        """The reason, for the reader's own language."""
        return _why(self.reason, self.values, self.sayings)


class UnknownEvent(Event, frozen=True, kw_only=True):
    """An event of a newer program: kept and shown, never dropped."""

    typ = "unknown"
    kind = "unknown"
    name: str
    body: bytes


AnyIncidentEvent: TypeAlias = (
    IncidentDeclared
    | SeverityChanged
    | TimesCorrected
    | TitleCorrected
    | ObjectivesConfirmed
    | LeadChanged
    | ShiftHandedOver
    | StanceChosen
    | AvailabilityChanged
    | StoodDown
    | Reopened
)
AnyStepEvent: TypeAlias = (
    ItemTicked
    | StepDone
    | StepProved
    | StepSkipped
    | StepReturned
    | StepAssigned
    | DeadlineMoved
    | StepOverdue
    | StepEscalated
)
AnySeatEvent: TypeAlias = SeatNamed | SeatTaken
AnyFreezeEvent: TypeAlias = FreezeListed | FreezeHeld | FreezeReleased
AnyClockEvent: TypeAlias = ClockStarted | ClockMet | ClockExcluded
AnyStatementEvent: TypeAlias = (
    StatementRevised
    | StatementSubmitted
    | CheckAnswered
    | CheckOverridden
    | StatementApproved
    | StatementSentBack
    | StatementPublished
    | LinkAdded
)
AnyFactEvent: TypeAlias = FactRecorded | FactStatusChanged | RumourAnswered
AnyPromiseEvent: TypeAlias = PromiseMade | PromiseAssigned | PromiseMoved | PromiseKept | PromiseMissed | PromiseBroken
AnyQuestionEvent: TypeAlias = QuestionNoted | QuestionAnswered
AnyActionEvent: TypeAlias = ActionAgreed | ActionDone
AnyMentionEvent: TypeAlias = (
    MentionActed
    | MentionAssigned
    | MentionPinned
    | MentionGuided
    | MentionLabelled
    | MentionRanked
    | AuthorPinned
    | ActUndone
)
AnyLearningEvent: TypeAlias = LearningSwitched | LabelsLoaded
AnyNarrativeEvent: TypeAlias = NarrativeMerged | NarrativeSplit | NarrativeUndone
AnyWaveEvent: TypeAlias = SpikeSeen | SpikeOver | CrisisProposed | CrisisDenied
AnyFeedEvent: TypeAlias = FeedLost | FeedBack | FeedGap | FeedAdded
"""The events of each noun: a `match` over them ends in `assert_never`."""

AnyEvent: TypeAlias = (
    AnyIncidentEvent
    | AnyStepEvent
    | AnySeatEvent
    | AnyFreezeEvent
    | AnyClockEvent
    | AnyStatementEvent
    | AnyFactEvent
    | AnyPromiseEvent
    | AnyQuestionEvent
    | AnyActionEvent
    | AnyMentionEvent
    | AnyLearningEvent
    | AnyNarrativeEvent
    | AnyWaveEvent
    | AnyFeedEvent
    | LessonNoted
    | NoteAdded
    | UnknownEvent
)
"""Every event there is."""


# --- the envelope --------------------------------------------------------------------------------------

VERSION = 1
FIRST = "0" * 64
"""`prev` of a writer's first event."""
MAX_BYTES = 64 * 1024
"""An event's body may not be larger (team mode puts it on a wire)."""


class Recorded(Struct, frozen=True, kw_only=True, gc=False):
    """An event in its envelope, as it stands in the log.

    `wr` is the writer, `ws` counts its events from 1, `prev` is the SHA-256 of its previous body. `at` is the
    writer's clock, for display only: the order is the log's own position. `after_mention` is the highest row of
    the mention store at that moment, 0 for none: mentions and events interleave by it, with no clock involved.
    """

    v: int = VERSION
    id: str
    inc: str
    agg: str
    actor: str
    wr: str
    ws: int
    prev: str
    at: datetime
    after_mention: int = 0
    data: AnyEvent


class Draft(Struct, frozen=True, kw_only=True):
    """An event on its way to the log; the journal adds id, writer, number and chain."""

    inc: str
    actor: str
    at: datetime
    data: AnyEvent
    after_mention: int = 0


def aggregate(event: Event) -> str:
    """What the event is about, as `kind/id` or only the kind."""
    return f"{event.kind}/{event.about}" if event.about else event.kind


KINDS: dict[str, type[Event]] = {cls.typ: cls for cls in get_args(AnyEvent) if cls is not UnknownEvent}
"""Every known event by its kept name."""


@cache
def _rows() -> dict[str, type[Recorded]]:
    """One envelope class per event, tagged with its `typ`: msgspec then decodes a body in one pass."""
    rows: dict[str, Any] = {
        typ: msgspec.defstruct(
            f"{cls.__name__}Recorded",
            [("data", cls)],
            bases=(Recorded,),
            frozen=True,
            kw_only=True,
            tag_field="typ",
            tag=typ,
        )
        for typ, cls in KINDS.items()
    }
    return rows


class _Foreign(Struct, frozen=True, kw_only=True):
    """The envelope alone, for bodies of a newer program. Anything may be missing."""

    typ: str
    id: str
    inc: str
    at: datetime
    wr: str = ""
    ws: int = 0
    prev: str = ""
    v: int = VERSION
    agg: str = ""
    actor: str = ""
    after_mention: int = 0
    data: Raw = Raw(b"{}")


_encoder = msgspec.json.Encoder(order="sorted")


@cache
def _decoder() -> msgspec.json.Decoder[Recorded]:
    rows = tuple(_rows().values())
    union: Any = rows[0]
    for row in rows[1:]:
        union = union | row
    return msgspec.json.Decoder(union)


def encode(recorded: Recorded) -> bytes:
    """The canonical JSON bytes of an event: sorted keys, no spaces, UTF-8. These are stored and hashed."""
    if isinstance(recorded.data, UnknownEvent):
        return recorded.data.body
    row = _rows()[recorded.data.typ]
    if not isinstance(recorded, row):
        recorded = row(**{name: getattr(recorded, name) for name in Recorded.__struct_fields__})
    return _encoder.encode(recorded)


def decode(body: bytes) -> Recorded:
    """The event in a body. An unknown `typ`, or a higher `v` that does not fit, becomes an `UnknownEvent`.

    Raises `ValueError` where not even the envelope can be read.
    """
    try:
        recorded = _decoder().decode(body)
        if recorded.v <= VERSION:
            return recorded
    except msgspec.ValidationError:
        pass
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
    try:
        foreign = msgspec.json.decode(body, type=_Foreign)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
    return Recorded(
        v=foreign.v,
        id=foreign.id,
        inc=foreign.inc,
        agg=foreign.agg,
        actor=foreign.actor,
        wr=foreign.wr,
        ws=foreign.ws,
        prev=foreign.prev,
        at=foreign.at,
        after_mention=foreign.after_mention,
        data=UnknownEvent(name=foreign.typ, body=body),
    )


ACTS = get_args(Act)
