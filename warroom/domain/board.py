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
        data = recorded.data
        kind = type(data)
        if kind in _MENTION_ACTS:
            was = self.desk.mark(data.about).state
            self.desk.apply(recorded)
            self.labels.apply(recorded)
            if isinstance(data, MentionRanked):
                self.rankings.setdefault(recorded.inc, []).append(recorded)
            elif isinstance(data, ActUndone):
                self.taken_back.add(data.event)
            if not (_is_told(data) or self._takes_back(data, was)):
                return
            self._told.add(recorded.id)
        elif kind is FeedLost:
            assert isinstance(data, FeedLost)
            self.blind[data.feed] = data
        elif kind is FeedBack:
            assert isinstance(data, FeedBack)
            self.blind.pop(data.feed, None)
            self.gaps.append(Unheard(data.feed, data.blind_since, recorded.at))
        elif kind is FeedGap:
            assert isinstance(data, FeedGap)
            self.gaps.append(Unheard(data.feed, data.since, data.until))
        elif kind is FeedAdded:
            assert isinstance(data, FeedAdded)
            self.added[data.feed] = data.since
        elif kind is SpikeOver:
            self.spike = self.spike_at = self.proposal = self.denied_at = None
        elif isinstance(data, SpikeSeen):
            self.spike, self.spike_at = data, self.spike_at or recorded.at
        elif isinstance(data, CrisisProposed):
            self.proposal = data
        elif kind is CrisisDenied:
            self.proposal, self.denied_at = None, recorded.at
        elif isinstance(data, LearningSwitched | LabelsLoaded):
            self.labels.apply(recorded)
        elif isinstance(data, NarrativeMerged | NarrativeSplit):
            self.regrouped[recorded.id] = data
            self.grouping = _grouped(self.grouping, data)
        elif isinstance(data, NarrativeUndone):
            if self.regrouped.pop(data.event, None) is not None:
                self.grouping = reduce(_grouped, self.regrouped.values(), Grouping())
        elif kind is IncidentDeclared:
            assert isinstance(data, IncidentDeclared)
            self.proposal = self.denied_at = None
            self.incidents[recorded.inc] = begin(recorded.inc, data, recorded.actor, recorded.at)
            self.current = recorded.inc
            since = (data.first_mention_at or data.declared_at) - BEFORE
            self.timelines[recorded.inc] = [line for line in self.timelines.get(ROOM, []) if line.recorded.at >= since]
            self.rankings[recorded.inc] = [said for said in self.rankings.get(ROOM, []) if said.at >= since]
        incident = self.incidents.get(recorded.inc)
        if incident is not None and kind is not IncidentDeclared:
            after = apply(incident, recorded)
            self.incidents[recorded.inc] = after
            if after.is_open != incident.is_open:
                self.current = recorded.inc if after.is_open else self._still_open()
                if not after.is_open:  # who says that it is over is not asked at once whether it is a crisis
                    self.proposal, self.denied_at = None, recorded.at
        lines = self.timelines.setdefault(recorded.inc, [])
        if isinstance(data, StatementRevised) and lines and _same_draft(lines[-1].recorded, data):
            lines[-1] = Line(pos, recorded)
        else:
            lines.append(Line(pos, recorded))

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
