"""A recorded event as a line of the timeline: its kind, its glyph, what it says, who. Used by screen and report.

What it says is in the modules beside this one, one for each noun.
"""

from datetime import datetime

from msgspec import Struct

from warroom.domain.events import (
    ActionEvent,
    ActUndone,
    AnyEvent,
    ClockEvent,
    CrisisDenied,
    CrisisProposed,
    FactEvent,
    FeedEvent,
    FreezeEvent,
    LabelsLoaded,
    LearningSwitched,
    LessonNoted,
    MentionEvent,
    NarrativeEvent,
    NoteAdded,
    PromiseEvent,
    QuestionEvent,
    Recorded,
    SeatEvent,
    SpikeOver,
    SpikeSeen,
    StatementEvent,
    StepEvent,
    UnknownEvent,
)
from warroom.domain.incident import Incident
from warroom.domain.sentence import Sentence, say
from warroom.services.entries.aftermath import action, lesson, question
from warroom.services.entries.crisis import crisis
from warroom.services.entries.glyph import Glyph, Told
from warroom.services.entries.ledger import fact, promise
from warroom.services.entries.mentions import learning, mention, narrative
from warroom.services.entries.noticed import feed, wave_line
from warroom.services.entries.plan import clock, frozen, seat, step
from warroom.services.entries.statements import statement


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


def entry(recorded: Recorded, incident: Incident | None) -> Entry:
    """The timeline's line for an event. `incident` gives steps and checklists their names."""
    data = recorded.data
    glyph, text = _told(recorded.data, recorded.at, incident)
    note = data if isinstance(data, NoteAdded) else None
    return Entry(
        id=recorded.id,
        at=note.happened_at if note is not None else recorded.at,
        recorded_at=recorded.at,
        glyph=glyph,
        kind=data.kind,
        text=text,
        who=recorded.actor,
        corrects=note.corrects if note is not None else None,
    )


def _told(event: AnyEvent, at: datetime, incident: Incident | None) -> Told:
    """What a line says of an event that was recorded `at`; each noun has a module of its own for it."""
    match event:
        case NoteAdded():
            return "✎", say("{text}", text=event.text)
        case StepEvent():
            return step(event, incident, at)
        case SeatEvent():
            return seat(event, incident)
        case FreezeEvent():
            return frozen(event, incident)
        case ClockEvent():
            return clock(event, incident)
        case StatementEvent():
            return statement(event, incident)
        case FactEvent():
            return fact(event)
        case PromiseEvent():
            return promise(event, incident)
        case QuestionEvent():
            return question(event)
        case ActionEvent():
            return action(event, incident)
        case LessonNoted():
            return lesson(event)
        case MentionEvent() | ActUndone():
            return mention(event, incident)
        case LearningSwitched() | LabelsLoaded():
            return learning(event)
        case NarrativeEvent():
            return narrative(event)
        case SpikeSeen() | SpikeOver() | CrisisProposed() | CrisisDenied():
            return wave_line(event)
        case FeedEvent():
            return feed(event)
        case UnknownEvent():
            return "◌", say("An event of a newer warroom: {name}", name=event.name)
        case _:  # the events of the crisis itself: the type checker names any other that comes to be left here
            return crisis(event, incident)
