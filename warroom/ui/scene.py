"""A scene: everything a view may look at, in one value that is handed down. Views never reach up for more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from warroom.domain.events import CrisisProposed, Person, SpikeSeen
from warroom.domain.humanity import Gauge
from warroom.domain.mention import Kept
from warroom.domain.plan import Plan
from warroom.domain.sentence import Sentence, say
from warroom.domain.triage.alarm import AlarmState, sentence
from warroom.services.desk import Desk
from warroom.services.entries.noticed import recorded, wave
from warroom.services.learning import Learning
from warroom.services.sorting import Sorting
from warroom.services.weighing import Weighing
from warroom.store.windows import MentionReader
from warroom.ui.flow import Flow
from warroom.ui.known import Known

CLOCK_BEHIND = timedelta(minutes=1)
"""A clock that is behind the log by more makes countdowns wrong, and that is said."""
LOOKED_BACK = 50
"""Entries of the log that are looked at for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What a drill adds to a room. `report` are its lines as of now; `outside` is what the real sources cry out
    meanwhile, None while they are calm."""

    title: str
    brief: str
    ends: datetime
    report: Callable[[], Sequence[str]]
    outside: Callable[[], Sentence | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene(Known):
    """All that a view may show.

    A dialog stays open longer than a look: what it decides, it decides by `clock()`, the time of the key, and not by
    `now`, the time at which it was opened.
    """

    clock: Callable[[], datetime]
    reader: MentionReader
    trouble: Sentence | None = None
    """Why the store cannot be written now."""
    doubt: Sentence | None = None
    """Why the log cannot be believed as a whole."""
    flow: Flow | None = None
    """How fast mentions come in; None in a recording."""
    desk: Desk
    """What judges statements."""
    sorting: Sorting
    """What is known of mentions."""
    weighing: Weighing
    """How soon they are to be read."""
    """What is known of mentions beyond their segments."""
    learning: Learning
    """What texts are read by."""
    practice: Practice | None = None
    """The drill that this is."""
    drill_takes: timedelta | None = None
    """How long the shortest drill takes; None where none can be started from here."""
    alarm: AlarmState | None = None
    """What is usual and what is not; None while what was stored before is looked at, and in a recording."""
    alarms_of_new: Mapping[str, AlarmState] = field(default_factory=dict)
    """The same of each source that is new, compared with itself."""
    humanity: Gauge | None = None
    """In calm: how much of our own posts talks of more than selling; None where no account of ours is known."""

    @property
    def minute(self) -> int:
        """Whole minutes since the epoch, as the pulse counts them. Nothing heard: rates stand where they were."""
        return int(self.heard_until.timestamp() // 60)

    @property
    def alert_line(self) -> float | None:
        """Mentions a minute of all sources above which there is more than usual; in a wave, where it began. What those
        usually bring that are new belongs to neither."""
        spike, new = self.board.spike, sum(map(_usually, self.alarms_of_new.values()))
        if spike is not None and spike.line10 and not spike.feed:
            return spike.line10 / 10 + new
        if self.alarm is None or self.alarm.learning or self.alarm.line is None:
            return None
        return self.alarm.line + new

    @property
    def newcomers(self) -> dict[str, Sentence]:
        """Of each source that is new: since when, and what it is compared with."""
        told: dict[str, Sentence] = {}
        for feed, since in self.board.new_at(self.now).items():
            state = self.alarms_of_new.get(feed)
            if state is not None and not state.warm:
                told[feed] = say("new since {time}, learning what is usual", time=since)
            else:
                told[feed] = say("new since {time}, compared with itself", time=since)
        return told

    @property
    def behind(self) -> datetime | None:
        """When the log was written last, where the clock shows an earlier time: it was set back, or another console's
        is ahead."""
        lines = self.board.timeline[-LOOKED_BACK:] if self.replay is None else []
        latest = max((line.recorded.at for line in lines), default=self.now)
        return latest if latest - self.now > CLOCK_BEHIND else None

    @property
    def heard_until(self) -> datetime:
        """The moment up to which what is shown of the networks holds."""
        return self.stale_since or self.now

    @property
    def spike(self) -> SpikeSeen | None:
        """What is unusual now; None where nobody can say."""
        return self.board.spike if self.stale_since is None else None

    @property
    def proposal(self) -> CrisisProposed | None:
        """The question whether this is a crisis, where nobody has answered it; None where nobody can say."""
        return self.board.proposal if self.stale_since is None else None

    @property
    def denied(self) -> bool:
        """Somebody said that what is unusual now is no crisis."""
        return self.board.denied_at is not None and self.board.proposal is None

    @property
    def wave(self) -> Sentence | None:
        """What is unusual now, with its numbers: as the alarm sees it, elsewhere as it was recorded."""
        spike = self.spike
        if spike is None:
            return None
        alarm = self.alarms_of_new.get(spike.feed) if spike.feed else self.alarm
        if spike.level is None or alarm is None or alarm.level == "calm":
            return wave(spike)
        told, since = sentence(alarm), self.board.spike_at or self.now
        if spike.feed and spike.level == "red":
            return say("Spike at {feed} since {time}: {told}", feed=spike.feed, time=since, told=told)
        if spike.feed:
            return say(
                "More than usual at {feed} since {time}: {told}",
                feed=spike.feed,
                time=since,
                told=told,
            )
        if spike.level == "red":
            return say("Spike since {time}: {told}", time=since, told=told)
        return say("More than usual since {time}: {told}", time=since, told=told)

    @property
    def wave_in_brief(self) -> Sentence | None:
        """The same where there is little room: without the time since when."""
        spike = self.spike
        if spike is None or spike.level is None:
            return self.wave
        alarm = self.alarms_of_new.get(spike.feed) if spike.feed else self.alarm
        told = sentence(alarm if alarm is not None and alarm.level != "calm" else recorded(spike, spike.level))
        if spike.feed and spike.level == "red":
            return say("Spike at {feed}: {told}", feed=spike.feed, told=told)
        if spike.feed:
            return say("More than usual at {feed}: {told}", feed=spike.feed, told=told)
        return say("Spike: {told}", told=told) if spike.level == "red" else say("More than usual: {told}", told=told)

    @property
    def settling(self) -> bool:
        """A feed is back, and what it had missed is only coming in."""
        return any(health.back_since is not None for health in self.health)

    def one_in(self, lines: int) -> int:
        """Of how many mentions a list of so many lines shows one while it flows."""
        return self.flow.one_in(lines) if self.flow is not None else 1

    def shown(self, kept: Kept) -> Kept:
        """A mention as it counts: where somebody said something of it or of a copy, there; else as it was read."""
        said = self.sorting.said(kept, self.board)
        if said is None or said is kept.segment:
            return kept
        return Kept(kept.row, kept.mention, said, kept.question)

    def unsure(self, kept: Kept) -> bool:
        """Whether the reading could as well be another one, and nobody has said which it is."""
        return self.sorting.said(kept, self.board) is None and self.sorting.reading(kept).unsure

    def caught_up(self, after: int) -> int:
        """How many of the mentions after a row came in because feeds were blind before."""
        return sum(health.caught_up for health in self.health if health.caught_up_at > after)


def _usually(state: AlarmState) -> float:
    """Mentions a minute that a source usually brings; before that is known, those that it brings."""
    return (state.expected if state.warm else state.count) / max(1, state.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Muster:
    """What a declaration starts with: the plan, who holds which role, the people, the zone (IANA)."""

    plan: Plan
    roles: Mapping[str, str]
    people: Sequence[Person]
    zone: str
