"""A recorded event as a line of the timeline: its kind, its glyph, what it says, who. Used by screen and report."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct

from warroom.domain.checks.names import named
from warroom.domain.events import (
    Act,
    ActionAgreed,
    ActionDone,
    ActUndone,
    AuthorPinned,
    AvailabilityChanged,
    CheckAnswered,
    CheckOverridden,
    ClockExcluded,
    ClockMet,
    ClockStarted,
    Cluster,
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
    MentionActed,
    MentionAssigned,
    MentionGuided,
    MentionLabelled,
    MentionPinned,
    MentionRanked,
    NarrativeMerged,
    NarrativeSplit,
    NarrativeUndone,
    NoteAdded,
    ObjectivesConfirmed,
    Outcome,
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
    Risk,
    RumourAnswered,
    SeatNamed,
    SeatTaken,
    SeverityChanged,
    ShiftHandedOver,
    SpikeOver,
    SpikeSeen,
    StanceChosen,
    StatementApproved,
    StatementKind,
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
    UnknownEvent,
)
from warroom.domain.incident import Incident
from warroom.domain.mention import SEGMENT_NAMES
from warroom.domain.networks import network_name, network_names
from warroom.domain.plan import Criterion
from warroom.domain.sentence import Localized, Param, Sentence, listed, say, say_n
from warroom.domain.steps import StepState
from warroom.domain.triage.alarm import AlarmState, sentence
from warroom.services.room import zone_of

Glyph: TypeAlias = Literal["◌", "▲", "◆", "✓", "✎", "¶", "◇", "!", "★", "–"]

AUTO = "auto"
"""The actor of what the program notices by itself."""


class Entry(Struct, frozen=True, kw_only=True):
    """One line: `at` is when it happened, `recorded_at` when it was written down (a back-dated note differs)."""

    id: str
    at: datetime
    recorded_at: datetime
    glyph: Glyph
    kind: str
    text: Sentence
    who: str
    corrects: str | None = None


PURPOSES: dict[StatementKind, Sentence] = {
    "first-word": say("First word"),
    "holding": say("Holding statement"),
    "full": say("Full statement"),
    "update": say("Update"),
    "apology": say("Apology"),
    "reply": say("A reply"),
}
"""What each purpose of a statement is called."""


ACTED: dict[Act, Sentence] = {
    "new": say("Back to new: {author} “{text}”"),
    "reply": say("Reply: {author} “{text}”"),
    "escalate": say("Escalated: {author} “{text}”"),
    "ignore": say("Ignored: {author} “{text}”"),
    "close": say("Closed: {author} “{text}”"),
}
"""What was done with a mention."""


CLUSTERS: dict[Cluster, Sentence] = {
    "victim": say("we are victims too"),
    "accidental": say("an accident"),
    "preventable": say("it could have been prevented"),
    "unknown": say("not known yet"),
}
"""What each cluster of Coombs's table is called."""


OUTCOMES: dict[Outcome, Sentence] = {
    "let-stand": say("let it stand"),
    "thank": say("thank, or share"),
    "correct": say("correct with facts"),
    "repair": say("repair it"),
    "answer": say("answer"),
    "monitor": say("monitor only"),
    "escalate": say("pass it upwards"),
}
"""What each outcome of the reply guide is called."""


OPEN: dict[Criterion, Sentence] = {
    "stance": say("the kind of crisis"),
    "freeze": say("the freeze list"),
    "objectives": say("the objectives"),
    "seats": say("the seats"),
    "facts": say("a confirmed fact with its source"),
    "questions": say("the top questions"),
    "rumours": say("an answer to every rumour"),
    "audiences": say("an answer to every audience"),
    "first-word": say("the first word"),
    "holding": say("the holding statement"),
    "links": say("the links"),
    "answered": say("answers to the top questions"),
    "promises": say("a promise that is overdue"),
    "clocks": say("whether a clock applies"),
    "regulators": say("a clock that runs"),
    "handover": say("the brief, confirmed"),
    "quiet": say("calm for long enough"),
    "final-word": say("a last word"),
    "thawed": say("what is still frozen"),
    "actions": say("an action with owner and day"),
}
"""What is still open where a criterion is not met."""


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


def entry(recorded: Recorded, incident: Incident | None) -> Entry:
    """The timeline's line for an event. `incident` gives steps and checklists their names."""
    data = recorded.data
    glyph, text = _line(recorded, incident)
    note = isinstance(data, NoteAdded)
    return Entry(
        id=recorded.id,
        at=data.happened_at if isinstance(data, NoteAdded) else recorded.at,
        recorded_at=recorded.at,
        glyph=glyph,
        kind=data.kind,
        text=text,
        who=recorded.actor,
        corrects=data.corrects if note and isinstance(data, NoteAdded) else None,
    )


def _times(event: TimesCorrected) -> Sentence:
    """The times that hold now; the old ones stand in their own lines."""
    at, first, why = event.declared_at, event.first_mention_at, event.reason
    if at is not None and first is not None:
        return say("Times corrected: declared {at}, first mention {first}: {reason}", at=at, first=first, reason=why)
    if at is not None:
        return say("Time of the declaration corrected to {at}: {reason}", at=at, reason=why)
    return say("Time of the first mention corrected to {at}: {reason}", at=first or "", reason=why)


def _line(recorded: Recorded, incident: Incident | None) -> tuple[Glyph, Sentence]:
    event = recorded.data
    match event:
        case NoteAdded():
            return "✎", say("{text}", text=event.text)
        case IncidentDeclared():
            return "◆", say(
                "Declared: {title}. Severity {severity} of 4; lead {lead}",
                title=event.title,
                severity=event.severity,
                lead=_name(incident, event.lead),
            )
        case SeverityChanged():
            if event.reason:
                return "◆", say(
                    "Severity is now {severity} of 4: {reason}", severity=event.severity, reason=event.reason
                )
            return "◆", say("Severity is now {severity} of 4", severity=event.severity)
        case TimesCorrected():
            return "◆", _times(event)
        case ObjectivesConfirmed():
            return "✓", say("Objectives confirmed: {objectives}", objectives=" · ".join(event.objectives))
        case LeadChanged():
            return "◆", say("Lead is now {lead}", lead=_name(incident, event.lead))
        case ShiftHandedOver():
            return "◆", say("Shift handed over: {lead} has read the brief and leads", lead=_name(incident, event.lead))
        case StanceChosen():
            if event.reason:
                return "◆", say(
                    "Kind of crisis: {cluster} ({reason})", cluster=CLUSTERS[event.cluster], reason=event.reason
                )
            return "◆", say("Kind of crisis: {cluster}", cluster=CLUSTERS[event.cluster])
        case AvailabilityChanged():
            who = _name(incident, event.who)
            return "✓", say("{who} is available", who=who) if event.available else say(
                "{who} is not available", who=who
            )
        case StoodDown():
            return "◆", say("Stood down: {reason}", reason=event.reason)
        case Reopened():
            return "◆", say("Opened again: {reason}", reason=event.reason)
        case ItemTicked():
            step, item = _step(incident, event.step), _item(incident, event.step, event.item)
            if event.done:
                return "✓", say("Ticked: {item} ({step})", item=item, step=step)
            return "–", say("Tick taken back: {item} ({step})", item=item, step=step)
        case StepDone():
            if event.reason:
                step = _step(incident, event.step)
                return "✓", say("Done: {step}, although something is missing: {reason}", step=step, reason=event.reason)
            time = _time(incident, event.step, recorded.at)
            if time:
                return "✓", say("Done: {step}, round {n}", step=_step(incident, event.step), n=time)
            return "✓", say("Done: {step}", step=_step(incident, event.step))
        case StepProved():
            missing = listed([OPEN[criterion] for criterion in event.missing])
            return "!", say(
                "{step} is not done yet; still open: {what}", step=_step(incident, event.step), what=missing
            )
        case StepSkipped():
            return "–", say("Not needed: {step} ({reason})", step=_step(incident, event.step), reason=event.reason)
        case StepReturned():
            return "–", say("Open again: {step}", step=_step(incident, event.step))
        case StepAssigned(owner=""):
            return "✓", say("{step}: nobody owns it now", step=_step(incident, event.step))
        case StepAssigned():
            return "✓", say(
                "{step}: {owner} owns it", step=_step(incident, event.step), owner=_name(incident, event.owner)
            )
        case DeadlineMoved():
            return "✓", say(
                "{step}: due {time} after the declaration",
                step=_step(incident, event.step),
                time=timedelta(minutes=event.due),
            )
        case StepOverdue():
            return "!", say(
                "Overdue: {step} (due {due})", step=_step(incident, event.step), due=_moment(incident, event.due_at)
            )
        case StepEscalated():
            return "▲", say(
                "{step} is late: {who} is called", step=_step(incident, event.step), who=_name(incident, event.to)
            )
        case SeatNamed():
            return "✓", say("{role}: {who}", role=_role(incident, event.role), who=_name(incident, event.holder))
        case SeatTaken():
            return "✓", say("{role}: here", role=_role(incident, event.role))
        case FreezeListed():
            return "✎", say("On the freeze list: {item} {text}", item=event.item, text=event.text)
        case FreezeHeld():
            return "✓", say("Held: {text}", text=_frozen(incident, event.item))
        case FreezeReleased():
            if event.reason:
                return "!", say("Released: {text} ({reason})", text=_frozen(incident, event.item), reason=event.reason)
            return "✓", say("Released: {text}", text=_frozen(incident, event.item))
        case ClockStarted():
            return "◆", say(
                "{clock}: counts from {at}", clock=_clock(incident, event.clock), at=_moment(incident, event.started_at)
            )
        case ClockMet():
            clock, stage = _clock(incident, event.clock), _stage(incident, event.clock, event.stage)
            return "✓", say("{clock}: {stage} met {reference}", clock=clock, stage=stage, reference=event.reference)
        case ClockExcluded():
            return "–", say(
                "{clock}: does not apply ({reason})", clock=_clock(incident, event.clock), reason=event.reason
            )
        case StatementRevised():
            if event.parents:
                return "¶", say(
                    "{purpose} v{revision}: two texts brought together",
                    purpose=_called(event.purpose, event.statement),
                    revision=event.revision,
                )
            called = _called(event.purpose, event.statement)
            return "¶", say("{purpose} v{revision} drafted", purpose=called, revision=event.revision)
        case StatementSubmitted():
            purpose = _purpose(incident, event.statement)
            if event.to:
                return "¶", say(
                    "{purpose} v{revision} sent to {who} to approve",
                    purpose=purpose,
                    revision=event.revision,
                    who=" · ".join(_name(incident, who) for who in (event.to, *event.others)),
                )
            return "¶", say("{purpose} v{revision} sent to approve", purpose=purpose, revision=event.revision)
        case CheckAnswered():
            return "¶", say("Check {check} answered with yes", check=named(event.check))
        case CheckOverridden():
            return "!", say("Check {check} overridden: {reason}", check=named(event.check), reason=event.reason)
        case StatementApproved():
            purpose = _purpose(incident, event.statement)
            if event.emergency:
                return "!", say(
                    "{purpose} v{revision} goes out as approved in calm, the approver being silent: {reason}",
                    purpose=purpose,
                    revision=event.revision,
                    reason=event.emergency,
                )
            if event.solo:
                return "¶", say(
                    "{purpose} v{revision} self-approved: {reason}",
                    purpose=purpose,
                    revision=event.revision,
                    reason=event.solo,
                )
            if event.roles or event.stood_in:
                return "¶", say(
                    "{purpose} v{revision} approved, {how}",
                    purpose=purpose,
                    revision=event.revision,
                    how=approved_as(incident, event.roles, event.stood_in),
                )
            return "¶", say("{purpose} v{revision} approved", purpose=purpose, revision=event.revision)
        case StatementSentBack():
            return "¶", say(
                "{purpose} v{revision} sent back: {reason}",
                purpose=_purpose(incident, event.statement),
                revision=event.revision,
                reason=event.reason,
            )
        case StatementPublished():
            return "¶", say(
                "Published: {purpose} v{revision} on {networks}",
                purpose=_called(event.purpose, event.statement),
                revision=event.revision,
                networks=network_names([place.network for place in event.places]),
            )
        case LinkAdded():
            name = network_name(event.network)
            if event.was:
                told = say(
                    "Link corrected for {network}: {url} (was {was})", network=name, url=event.url, was=event.was
                )
                return "¶", told
            return "¶", say("Link added for {network}: {url}", network=name, url=event.url)
        case FactRecorded():
            if event.rumour:
                return "✎", say("Rumour {fact}: {text}", fact=event.fact, text=event.text)
            text = say("Fact {fact}, {status}: {text}", fact=event.fact, status=STATUSES[event.status], text=event.text)
            return "✎", text
        case FactStatusChanged():
            glyph: Glyph = "!" if event.status == "retracted" else "✎"
            status = STATUSES[event.status]
            if event.reason:
                return glyph, say(
                    "Fact {fact} is now {status}: {reason}", fact=event.fact, status=status, reason=event.reason
                )
            return glyph, say("Fact {fact} is now {status}", fact=event.fact, status=status)
        case RumourAnswered():
            return "✎", say("Rumour {fact}, we answer: {answer}", fact=event.fact, answer=event.answer)
        case PromiseMade():
            return "◇", say("Promised for {due}: {text}", due=_moment(incident, event.due_at), text=event.text)
        case PromiseAssigned():
            return "◇", say(
                "{owner} sees to it: {text}",
                owner=_name(incident, event.owner),
                text=_promise(incident, event.promise),
            )
        case PromiseMoved():
            return "◇", say(
                "Promise moved to {due}: {text} ({reason})",
                due=_moment(incident, event.due_at),
                text=_promise(incident, event.promise),
                reason=event.reason,
            )
        case PromiseKept():
            return "◇", say("Promise kept: {text}", text=_promise(incident, event.promise))
        case PromiseMissed():
            return "!", say(
                "Promised for {time} and still open: {text}",
                time=_moment(incident, event.due_at),
                text=_promise(incident, event.promise),
            )
        case PromiseBroken():
            return "!", say(
                "Promise not kept: {text} ({reason})", text=_promise(incident, event.promise), reason=event.reason
            )
        case QuestionNoted():
            return "✎", say("People ask ({question}): {text}", question=event.question, text=event.text)
        case QuestionAnswered():
            if event.statement:
                return "✓", say("Question {question} answered in public", question=event.question)
            return "–", say("Question {question} is no longer asked", question=event.question)
        case ActionAgreed():
            return "✎", say(
                "Action {action}: {text} ({owner}, {day})",
                action=event.action,
                text=event.text,
                owner=_name(incident, event.owner),
                day=event.due_on,
            )
        case ActionDone():
            return "✓", say("Action {action} done", action=event.action)
        case LessonNoted():
            if event.side == "why":
                return "✎", say("Why it went so: {text}", text=event.text)
            return "✎", say("What changes: {text}", text=event.text)
        case MentionGuided():
            return "✓", say(
                "{author}: {outcome} ({reason})",
                author=event.mention.author,
                outcome=OUTCOMES[event.outcome],
                reason=event.reason,
            )
        case MentionActed():
            if event.overridden:
                return "!", say(
                    "Reply to {author} although {checks} held it: {reason}",
                    author=event.mention.author,
                    checks=", ".join(event.overridden),
                    reason=event.reason,
                )
            params = {"author": event.mention.author, "text": event.mention.excerpt}
            return "▲" if event.act == "escalate" else "✓", Sentence(ACTED[event.act].id, params)
        case MentionAssigned():
            return "✓", say(
                "{author}: {owner} answers", author=event.mention.author, owner=_name(incident, event.owner)
            )
        case MentionPinned():
            author, words = event.mention.author, event.mention.excerpt
            if event.pinned:
                network = network_name(event.mention.network)
                return "★", say("{author} on {network}: “{text}”", author=author, network=network, text=words)
            return "–", say("No longer pinned: {author} “{text}”", author=author, text=words)
        case MentionLabelled():
            author, segment = event.mention.author, SEGMENT_NAMES[event.segment]
            if event.judgement == "corrected":
                return "✓", say("{author}: this is {segment}", author=author, segment=segment)
            if event.judgement == "confirmed":
                return "✓", say("{author}: this is {segment}, as it was read", author=author, segment=segment)
            return "✓", say("{author}: left as {segment}", author=author, segment=segment)
        case MentionRanked():
            author = event.mention.author
            if event.rank is None:
                return "–", say("{author}: to be read by its points again", author=author)
            return "✓", say(
                "{author}: to be read as {rank}, not as {before}", author=author, rank=event.rank, before=event.before
            )
        case AuthorPinned():
            if event.segment is None:
                return "–", say("{author} stands where the texts say", author=event.mention.author)
            return "✓", say(
                "{author} counts as {segment}", author=event.mention.author, segment=SEGMENT_NAMES[event.segment]
            )
        case LearningSwitched():
            if event.on:
                return "✎", say("Learning is on")
            return "✎", say("Learning is off: texts are read by the word lists alone")
        case LabelsLoaded():
            return "✎", say("What was said in {former} counts here too, with less weight", former=event.former)
        case NarrativeMerged():
            return "✎", say("Two stories are one")
        case NarrativeSplit():
            return "✎", say("A story of its own")
        case NarrativeUndone():
            return "–", say("The stories are as they were before")
        case CrisisProposed():
            if event.reason == "topic":
                return "▲", say("Is this a crisis? Several people tell of a danger.")
            return "▲", say("Is this a crisis? Mentions and negative ones are far beyond the usual.")
        case CrisisDenied():
            return "–", say("Not a crisis: {reason}", reason=event.reason)
        case ActUndone():
            return "–", say("Undone: {author} “{text}”", author=event.mention.author, text=event.mention.excerpt)
        case SpikeSeen():
            return "▲", wave(event)
        case SpikeOver():
            n = round(event.rate10 / 10)
            return "▲", say_n("Spike over: {n} mention a minute", "Spike over: {n} mentions a minute", n)
        case FeedLost():
            return "▲", say(
                "Feed lost: {feed} since {since}. {reason}", feed=event.feed, since=event.since, reason=event.why
            )
        case FeedBack():
            return "▲", say_n(
                "Feed back: {feed}; {n} mention caught up",
                "Feed back: {feed}; {n} mentions caught up",
                event.caught_up,
                feed=event.feed,
            )
        case FeedGap():
            return "!", say(
                "Feed {feed} missed mentions from {since} to {until}: {reason}",
                feed=event.feed,
                since=event.since,
                until=event.until,
                reason=event.why,
            )
        case FeedAdded():
            return "◌", say(
                "New source: {feed}, heard since {since}; for a day it is compared with itself",
                feed=event.feed,
                since=event.since,
            )
        case UnknownEvent():
            return "◌", say("An event of a newer warroom: {name}", name=event.name)
        case _:
            assert_never(event)


def wave(event: SpikeSeen) -> Sentence:
    """What was beyond the usual, in one sentence with its numbers."""
    if event.level is None:
        times = round(event.rate10 / max(event.usual10, 1))
        return say_n(
            "Spike: {n} mention a minute, {times}× the usual",
            "Spike: {n} mentions a minute, {times}× the usual",
            round(event.rate10 / 10),
            times=times,
        )
    told = sentence(
        AlarmState(
            minute=0,
            level=event.level,
            minutes=event.minutes,
            count=event.count,
            expected=event.expected10 / 10,
            negative=None if event.negative is None else event.negative / 100,
            usual_negative=None if event.usual_negative is None else event.usual_negative / 100,
        )
    )
    feed, since = event.feed, event.new_since
    if feed and since is not None:
        if event.level == "red":
            return say("Spike at {feed}, new since {since}: {told}", feed=feed, since=since, told=told)
        return say("More than usual at {feed}, new since {since}: {told}", feed=feed, since=since, told=told)
    return say("Spike: {told}", told=told) if event.level == "red" else say("More than usual: {told}", told=told)


RISKS: dict[Risk, Sentence] = {"low": say("low risk"), "medium": say("some risk"), "high": say("high risk")}
STATUSES: dict[str, Sentence] = {
    "confirmed": say("confirmed"),
    "unconfirmed": say("not confirmed"),
    "contested": say("contested"),
    "retracted": say("retracted"),
}


def approved_as(incident: Incident | None, roles: Sequence[str], stood_in: Sequence[str]) -> Sentence:
    """In which roles of their own somebody approved, and in whose place."""
    own = listed([_role(incident, role) for role in roles if role not in stood_in])
    others = listed([_role(incident, role) for role in stood_in])
    if not stood_in:
        return say("as {roles}", roles=own)
    if not own:
        return say("in the place of {who}", who=others)
    return say("as {roles} and in the place of {who}", roles=own, who=others)


def _step(incident: Incident | None, step: str) -> Localized | str:
    known = incident.plan.step(step) if incident is not None else None
    return known.name if known is not None else step


def _time(incident: Incident | None, step: str, at: datetime) -> int:
    """Which time it was that a step was done which comes back; 0 for one that does not."""
    state = incident.steps.get(step) if incident is not None else None
    rounds = state.rounds if state is not None else ()
    return next((number for number, round in enumerate(rounds, 1) if round.at == at), 0)


def _item(incident: Incident | None, step: str, item: str) -> Localized | str:
    known = incident.plan.step(step) if incident is not None else None
    return next((line.name for line in known.items if line.id == item), item) if known is not None else item


def _role(incident: Incident | None, role: str) -> Localized | str:
    return incident.plan.roles.get(role, role) if incident is not None else role


def _clock(incident: Incident | None, clock: str) -> Localized | str:
    known = incident.plan.regulators if incident is not None else ()
    return next((regulator.name for regulator in known if regulator.id == clock), clock)


def _stage(incident: Incident | None, clock: str, stage: str) -> Localized | str:
    known = incident.plan.regulators if incident is not None else ()
    stages = next((regulator.stages for regulator in known if regulator.id == clock), ())
    return next((one.name for one in stages if one.id == stage), stage)


def _frozen(incident: Incident | None, item: str) -> str:
    known = incident.freeze.get(item) if incident is not None else None
    return known.text if known is not None else item


def _name(incident: Incident | None, initials: str) -> str:
    person = incident.person(initials) if incident is not None else None
    return person.name if person is not None else initials


def _called(purpose: StatementKind, statement: str) -> Sentence:
    """A statement as the log calls it: there may be several of a kind."""
    return say("{kind} {statement}", kind=PURPOSES[purpose], statement=statement)


def _purpose(incident: Incident | None, statement: str) -> Param:
    known = incident.statements.get(statement) if incident is not None else None
    return _called(known.head.purpose, statement) if known is not None else say("Statement")


def _moment(incident: Incident | None, at: datetime) -> Param:
    """Hours and minutes, with the day where that is not the day of the declaration."""
    if incident is None:
        return at
    zone = zone_of(incident)
    day = at.astimezone(zone).date()
    return at if day == incident.declared_at.astimezone(zone).date() else say("{day} {time}", day=day, time=at)


def _promise(incident: Incident | None, promise: str) -> str:
    known = incident.promises.get(promise) if incident is not None else None
    # The sentence goes on behind it.
    return known.text.rstrip(".") if known is not None else promise
