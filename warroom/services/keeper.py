"""What the program notices by itself: deadlines that pass, late steps whose backup is called, waves, crises to be.

The process that runs the feeds of a room asks once a second and records; every other console asks the same, to know
what is usual, and reads the rest in the log.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from warroom.domain.board import Board
from warroom.domain.events import AlarmLevel, AnyEvent, CrisisProposed, SpikeOver, SpikeSeen
from warroom.domain.ledger import missed
from warroom.domain.mention import Segment
from warroom.domain.pulse import Pulse
from warroom.domain.steps import escalations, overdue
from warroom.domain.triage.alarm import TOLD, Alarm, AlarmState, bin_for

AT_ONCE = 200
"""Minutes of history that are taken in at once: some milliseconds. A week takes a minute."""
SLEPT = 5
"""Minutes that passed unseen (the machine slept) after which they are missing and not quiet."""
NOBODY_LISTENED = 6 * 60
"""Minutes without a single mention, in what was stored before, that say nothing of what is usual."""
COMPARED = 24 * 60
"""Minutes that say whether a brand is quiet."""
ASKED_AGAIN = timedelta(hours=1)
"""After "not a crisis" the same is not asked for so long; within one wave not at all."""
MISSED = timedelta(hours=24)
"""How long a feed that hears nothing is missed: until then what is usual waits for it, and later it goes on without."""
LEVELS: tuple[AlarmLevel | None, ...] = (None, "amber", "red")


class Keeper:
    """Watches one room. `expected_per_minute` is what somebody says is usual; None lets the program learn it."""

    def __init__(self, expected_per_minute: float | None = None) -> None:
        self._expected = expected_per_minute
        self._alarm: Alarm | None = None
        self._next = 0
        """The minute that is to be told next."""
        self._counted: dict[int, tuple[int, int]] = {}
        """Of the last minutes, how many mentions, and negative ones, the alarm was told of: many come late."""
        self._dangers: list[str] = []
        """Who told of a danger since the last full minute."""
        self._live = False
        self._silent_until = 0
        self._apart: Sequence[Pulse] = ()
        self._gaps: set[int] = set()
        """The minutes in which somebody was not heard, of what was stored before."""

    @property
    def state(self) -> AlarmState | None:
        """What the alarm saw last; None until it has seen what was stored before."""
        return self._alarm.state if self._alarm is not None and self._live else None

    def begin_again(self) -> None:
        """Others are compared from now on: what was stored before says what is usual of them."""
        self._alarm, self._live, self._silent_until = None, False, 0
        self._counted.clear()

    def notice(
        self,
        board: Board,
        now: datetime,
        *,
        hears: bool,
        whole: bool,
        missed: bool = False,
        apart: Sequence[Pulse] = (),
        dangers: Sequence[str] = (),
    ) -> list[AnyEvent]:
        """The events that are due now; empty most of the time.

        From stale data (not `hears`) neither a wave nor calm is claimed. Where one of several feeds is missing (not
        `whole`) more than usual is more than usual all the same, but less may only be what is not heard. While one is
        `missed`, nothing is learnt. What came from feeds that are too new to say what is usual is counted `apart`, and
        compared with nothing. `dangers` are the authors who told of a danger since the last call, one for each mention.
        """
        events = deadlines(board, now)
        self._apart = apart
        self.look(board, now, blind=missed or not whole or not hears, dangers=dangers)
        state = self.state
        if hears and state is not None:
            events += _waves(board, state, now, whole=whole)
        return events

    def look(self, board: Board, now: datetime, *, blind: bool = False, dangers: Sequence[str] = ()) -> None:
        """Tell the alarm of every minute that is full. `blind`: less is heard, or more, than is compared with; what the
        log says of that is known."""
        blind = blind or misses(board, now)
        full = int(now.timestamp() // 60) - 1
        self._dangers += dangers
        if self._alarm is None:
            self._begin(board, full)
        assert self._alarm is not None
        if not self._live:
            self._look_back(board, full, self._alarm)
            return
        if full >= self._next + SLEPT or full < self._next - SLEPT:
            self._next = full
            self._count(board, full - 1)  # what was written before is no news
        while self._next <= full:
            count, negatives = self._count(board, self._next)
            self._alarm.update(self._next, count, negatives, self._dangers, blind=blind)
            self._dangers.clear()
            self._next += 1

    def _begin(self, board: Board, full: int) -> None:
        first = board.pulse.first
        self._next = full if first is None else min(first, full)
        self._gaps = _minutes_of(board, self._next, full)
        hours = min(COMPARED, full - self._next + 1) / 60
        lately = sum(board.pulse.series(full, min(COMPARED, full - self._next + 1)))
        per_hour = self._expected * 60 if self._expected is not None else lately / hours
        quiet = self._expected is not None or hours >= 1
        self._alarm = Alarm(None if self._expected is None else per_hour, bin_minutes=bin_for(per_hour) if quiet else 1)

    def _look_back(self, board: Board, full: int, alarm: Alarm) -> None:
        """Take in a part of what was stored before."""
        for _ in range(AT_ONCE):
            if self._next > full:
                self._live = True
                return
            count, negatives = self._count(board, self._next)
            if not count and self._next > self._silent_until:
                self._silent_until = heard = self._heard_next(board, full)
                if heard - self._next >= NOBODY_LISTENED:
                    self._next = heard
                    continue
            alarm.update(self._next, count, negatives, blind=self._next in self._gaps)
            self._next += 1

    def _heard_next(self, board: Board, full: int) -> int:
        """The next minute in which there is a mention, or the one that is under way."""
        minutes = range(self._next + 1, full + 1)
        return next((minute for minute in minutes if board.pulse.at(minute)), full + 1)

    def _count(self, board: Board, minute: int) -> tuple[int, int]:
        """Mentions and negative ones that came since the minute before and were written in the last quarter of an
        hour: what comes later still is caught up, and is no wave."""
        all_told = against = 0
        for at in range(minute - TOLD + 1, minute + 1):
            count = board.pulse.at(at) - sum(pulse.at(at) for pulse in self._apart)
            negatives = _against(board.pulse, at) - sum(_against(pulse, at) for pulse in self._apart)
            told = self._counted.get(at, (0, 0))
            all_told += max(0, count - told[0])
            against += max(0, negatives - told[1])
            self._counted[at] = max(count, told[0]), max(negatives, told[1])
        self._counted = {at: told for at, told in self._counted.items() if at > minute - TOLD}
        return all_told, against


def _against(pulse: Pulse, minute: int) -> int:
    return sum(pulse.series(minute, 1, segment)[0] for segment in (Segment.DISLIKE, Segment.HATE))


def misses(board: Board, now: datetime) -> bool:
    """Whether by the log a feed hears nothing that is still waited for."""
    return any(now - lost.since <= MISSED for lost in board.blind.values())


def _minutes_of(board: Board, first: int, last: int) -> set[int]:
    """The minutes in which one of the feeds heard nothing, within these."""
    gaps = [*board.gaps, *((lost.since, datetime.fromtimestamp(last * 60, UTC)) for lost in board.blind.values())]
    found: set[int] = set()
    for since, until in gaps:
        ends = min(until, since + MISSED)
        found.update(range(max(first, _minute(since)), min(last, _minute(ends)) + 1))
    return found


def _minute(at: datetime) -> int:
    return int(at.timestamp() // 60)


def deadlines(board: Board, now: datetime) -> list[AnyEvent]:
    """Steps whose deadline has passed, and those so late that somebody else is called."""
    incident = board.incident
    if incident is None or not incident.is_open:
        return []
    after = timedelta(minutes=incident.plan.escalate_after)
    return [
        *overdue(incident.steps, incident.declared_at, now),
        *missed(incident.promises, now),
        *escalations(incident.steps, incident.declared_at, now, after),
    ]


def _waves(board: Board, state: AlarmState, now: datetime, *, whole: bool) -> list[AnyEvent]:
    """What the alarm says that the log does not know yet."""
    events: list[AnyEvent] = []
    rate = board.pulse.rate(state.minute + 1)
    before = None if board.spike is None else board.spike.level or "amber"
    level = None if state.level == "calm" else state.level
    if LEVELS.index(level) > LEVELS.index(before) and level is not None:
        events.append(
            SpikeSeen(
                rate10=round(rate * 10),
                usual10=round(state.expected / max(1, state.minutes) * 10),
                line10=round((state.line or 0) * 10),
                level=level,
                minutes=state.minutes,
                count=state.count,
                expected10=round(state.expected * 10),
                negative=None if state.negative is None else round(state.negative * 100),
                usual_negative=None if state.usual_negative is None else round(state.usual_negative * 100),
            )
        )
    elif level is None and before is not None and whole:
        events.append(SpikeOver(rate10=round(rate * 10)))
    if state.proposal is not None and _is_asked(board, now):
        events.append(CrisisProposed(reason=state.proposal))
    return events


def _is_asked(board: Board, now: datetime) -> bool:
    if board.incident is not None or board.proposal is not None:
        return False
    denied = board.denied_at
    return denied is None or (board.spike is None and now - denied >= ASKED_AGAIN)
