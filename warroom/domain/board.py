"""The board: everything a screen may ask. Incidents, the desk, the timeline and the pulse, folded from the log.

It is the one owner of what grows: `apply` mutates it. Live, replay and export each have a board of their own and
fill it with the same call; the same events give the same board.
"""

from collections import deque
from datetime import datetime, timedelta
from functools import reduce
from typing import NamedTuple, assert_never

from .desk import Desk
from .events import (
    ROOM,
    Act,
    ActUndone,
    AnyEvent,
    AuthorPinned,
    CrisisDenied,
    CrisisProposed,
    FeedAdded,
    FeedBack,
    FeedGap,
    FeedLost,
    IncidentDeclared,
    LabelsLoaded,
    LearningSwitched,
    MentionActed,
    MentionAssigned,
    MentionGuided,
    MentionLabelled,
    MentionPinned,
    MentionRanked,
    NarrativeMerged,
    NarrativeSplit,
    NarrativeUndone,
    Recorded,
    SpikeOver,
    SpikeSeen,
    StatementRevised,
)
from .fold import apply, begin
from .incident import Incident
from .newcomer import is_new
from .pulse import Pulse
from .triage.labels import Labels
from .triage.narratives import Grouping, merge, split

BEFORE = timedelta(minutes=30)
"""What was noted in calm from this long before the first mention on belongs to the story of the crisis."""
MOST_GAPS = 1_000
"""Times in which a feed heard nothing that are remembered, the newest."""

_MENTION_ACTS = frozenset(
    {
        MentionActed,
        MentionAssigned,
        MentionPinned,
        MentionGuided,
        MentionLabelled,
        MentionRanked,
        AuthorPinned,
        ActUndone,
    }
)


class Unheard(NamedTuple):
    """From when to when a feed heard nothing or missed something."""

    feed: str
    since: datetime
    until: datetime


class Line(NamedTuple):
    """An event in its place in the log, as the timeline shows it."""

    pos: int
    recorded: Recorded


class Board:
    """What is known at a position of the log (`pos`) and a row of the mention store (`row`)."""

    def __init__(self) -> None:
        self.pos = 0
        self.row = 0
        self.incidents: dict[str, Incident] = {}
        self.current: str | None = None
        self.desk = Desk()
        self.pulse = Pulse()
        self.timelines: dict[str, list[Line]] = {}
        self.rankings: dict[str, list[Recorded]] = {}
        """By incident, every word on how soon a mention is read, also those that were taken back: by them the weights
        can be judged."""
        self.taken_back: set[str] = set()
        """The ids of those."""
        self.blind: dict[str, FeedLost] = {}
        self.gaps: deque[Unheard] = deque(maxlen=MOST_GAPS)
        """What was counted then is not all."""
        self.added: dict[str, datetime] = {}
        """Since when the feeds are heard that came beside others."""
        self.spike: SpikeSeen | None = None
        self.spike_at: datetime | None = None
        """When it began."""
        self.proposal: CrisisProposed | None = None
        """What the program asks and nobody has answered yet."""
        self.denied_at: datetime | None = None
        """When somebody said that this wave is no crisis, or that it is over."""
        self.labels = Labels()
        self.grouping = Grouping()
        """What the operator merged and split of the narratives."""
        self.regrouped: dict[str, NarrativeMerged | NarrativeSplit] = {}
        """By which events it came about, by their ids; what was taken back is not among them."""
        self._told: set[str] = set()
        """Acts on mentions that stand in a timeline: who takes one back says so there too."""

    @property
    def incident(self) -> Incident | None:
        """The open crisis, or in a replay the one that is replayed; None in calm."""
        return self.incidents.get(self.current) if self.current is not None else None

    @property
    def timeline(self) -> list[Line]:
        """The timeline of the current incident, in the order of the log."""
        return self.timelines.get(self.current or ROOM, [])

    def ended_at(self, incident: Incident) -> datetime:
        """When a crisis was stood down; while it is open, its last entry."""
        lines = self.timelines.get(incident.id, ())
        return incident.closed_at or (lines[-1].recorded.at if lines else incident.declared_at)

    def new_at(self, now: datetime) -> dict[str, datetime]:
        """The feeds that are new, and since when each is heard."""
        return {feed: since for feed, since in self.added.items() if is_new(since, now)}

    def apply(self, pos: int, recorded: Recorded) -> None:
        """Fold one event of the log. Events come in log order, each once; a repeated one changes nothing."""
        if pos <= self.pos:
            return
        self.pos = pos
        if type(recorded.data) in _MENTION_ACTS:
            if not self._mark(recorded):
                return
        else:
            self._notice(recorded)
        self._fold(recorded)
        self._tell(Line(pos, recorded))

    def _mark(self, recorded: Recorded) -> bool:
        """Fold an act on a mention; whether the timeline tells of it."""
        data = recorded.data
        was = self.desk.mark(data.about).state
        self.desk.apply(recorded)
        self.labels.apply(recorded)
        if isinstance(data, MentionRanked):
            self.rankings.setdefault(recorded.inc, []).append(recorded)
        elif isinstance(data, ActUndone):
            self.taken_back.add(data.event)
        if not (_is_told(data) or self._takes_back(data, was)):
            return False
        self._told.add(recorded.id)
        return True

    def _notice(self, recorded: Recorded) -> None:
        """Fold what is of the room as a whole: feeds, waves, what is learnt and grouped, a crisis that begins."""
        match recorded.data:
            case FeedLost() as lost:
                self.blind[lost.feed] = lost
            case FeedBack() as back:
                self.blind.pop(back.feed, None)
                self.gaps.append(Unheard(back.feed, back.blind_since, recorded.at))
            case FeedGap() as gap:
                self.gaps.append(Unheard(gap.feed, gap.since, gap.until))
            case FeedAdded() as added:
                self.added[added.feed] = added.since
            case SpikeOver():
                self.spike = self.spike_at = self.proposal = self.denied_at = None
            case SpikeSeen() as spike:
                self.spike, self.spike_at = spike, self.spike_at or recorded.at
            case CrisisProposed() as proposal:
                self.proposal = proposal
            case CrisisDenied():
                self.proposal, self.denied_at = None, recorded.at
            case LearningSwitched() | LabelsLoaded():
                self.labels.apply(recorded)
            case NarrativeMerged() | NarrativeSplit() as said:
                self.regrouped[recorded.id] = said
                self.grouping = _grouped(self.grouping, said)
            case NarrativeUndone() as undone:
                if self.regrouped.pop(undone.event, None) is not None:
                    self.grouping = reduce(_grouped, self.regrouped.values(), Grouping())
            case IncidentDeclared() as declared:
                self._begin(recorded, declared)
            case _:
                pass

    def _begin(self, recorded: Recorded, declared: IncidentDeclared) -> None:
        """A crisis is open from now on; what was noted just before is part of its story."""
        inc = recorded.inc
        self.proposal = self.denied_at = None
        self.incidents[inc] = begin(inc, declared, recorded.actor, recorded.at)
        self.current = inc
        since = (declared.first_mention_at or declared.declared_at) - BEFORE
        self.timelines[inc] = [line for line in self.timelines.get(ROOM, []) if line.recorded.at >= since]
        self.rankings[inc] = [said for said in self.rankings.get(ROOM, []) if said.at >= since]

    def _fold(self, recorded: Recorded) -> None:
        incident = self.incidents.get(recorded.inc)
        if incident is None or isinstance(recorded.data, IncidentDeclared):
            return
        after = self.incidents[recorded.inc] = apply(incident, recorded)
        if after.is_open == incident.is_open:
            return
        self.current = recorded.inc if after.is_open else self._still_open()
        if not after.is_open:  # who says that it is over is not asked at once whether it is a crisis
            self.proposal, self.denied_at = None, recorded.at

    def _tell(self, line: Line) -> None:
        lines, data = self.timelines.setdefault(line.recorded.inc, []), line.recorded.data
        if isinstance(data, StatementRevised) and lines and _same_draft(lines[-1].recorded, data):
            lines[-1] = line
        else:
            lines.append(line)

    def _takes_back(self, data: AnyEvent, was: Act) -> bool:
        """Whether an act on a mention takes back what the timeline tells."""
        if isinstance(data, ActUndone):
            return data.event in self._told
        return isinstance(data, MentionActed) and data.act == "new" and was == "escalate"

    def _still_open(self) -> str | None:
        return next((id for id, incident in self.incidents.items() if incident.is_open), None)


def _grouped(grouping: Grouping, said: NarrativeMerged | NarrativeSplit) -> Grouping:
    match said:
        case NarrativeMerged():
            return merge(grouping, said.narrative, said.other)
        case NarrativeSplit():
            return split(grouping, said.group)
        case _:
            assert_never(said)


def _is_told(act: object) -> bool:
    """Of the acts on mentions the timeline tells what was pinned, passed upwards, left alone on purpose, or said
    although a check held it."""
    if isinstance(act, MentionActed):
        return act.act == "escalate" or bool(act.overridden)
    return isinstance(act, MentionPinned) or (isinstance(act, MentionGuided) and act.outcome == "monitor")


def _same_draft(last: Recorded, data: StatementRevised) -> bool:
    """Autosaves of one revision are one line: the timeline shows the last of them."""
    before = last.data
    return (
        isinstance(before, StatementRevised) and before.statement == data.statement and before.revision == data.revision
    )
