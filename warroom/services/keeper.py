"""What the program notices by itself: deadlines that pass, late steps whose backup is called, waves, crises to be.

The process that runs the feeds of a room asks once a second and records; every other console asks the same, to know
what is usual, and reads the rest in the log.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from warroom.domain.board import Board, Unheard
from warroom.domain.events import AlarmLevel, AnyEvent, CrisisProposed, SpikeOver, SpikeSeen
from warroom.domain.ledger import missed
from warroom.domain.newcomer import Newcomer
from warroom.domain.steps import escalations, overdue
from warroom.domain.triage.alarm import Alarm, AlarmState, Proposal, bin_for
from warroom.services.compared import Compared, Counts

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
        self._all: Compared | None = None
        """All that are no newcomers, together."""
        self._new: dict[str, tuple[datetime, Compared]] = {}
        """Each newcomer, and since when it is one."""
        self._dangers: list[str] = []
        """Who told of a danger since the last full minute."""

    @property
    def state(self) -> AlarmState | None:
        """What the alarm saw last; None until it has seen what was stored before."""
        return self._all.state if self._all is not None else None

    @property
    def of_new(self) -> dict[str, AlarmState]:
        """The same of each source that is new, compared with itself."""
        return {feed: state for feed, (_, one) in self._new.items() if (state := one.state) is not None}

    def begin_again(self) -> None:
        """Others are compared from now on: what was stored before says what is usual of them."""
        self._all = None
        self._new.clear()

    def notice(
        self,
        board: Board,
        now: datetime,
        *,
        hears: bool,
        whole: bool,
        missing: Collection[str] = (),
        apart: Mapping[str, Newcomer] | None = None,
        dangers: Sequence[str] = (),
    ) -> list[AnyEvent]:
        """The events that are due now; empty most of the time.

        From stale data (not `hears`) neither a wave nor calm is claimed. Where one of several feeds is missing (not
        `whole`) more than usual is more than usual all the same, but less may only be what is not heard. While one of
        those that are compared is among the `missing`, nothing is learnt. What came from feeds that are new is counted
        `apart`, each compared with itself. `dangers` are the authors who told of a danger since the last call, one for
        each mention.
        """
        events = deadlines(board, now)
        self.look(board, now, missing=missing, blind=not whole or not hears, apart=apart, dangers=dangers)
        seen = self._seen()
        if hears and seen is not None:
            events += _waves(board, seen, self._proposes, now, whole=whole)
        return events

    def look(
        self,
        board: Board,
        now: datetime,
        *,
        missing: Collection[str] = (),
        blind: bool = False,
        apart: Mapping[str, Newcomer] | None = None,
        dangers: Sequence[str] = (),
    ) -> None:
        """Tell the alarms of every minute that is full. `missing`: who hears nothing, beside those of whom the log says
        so; what is usual of them waits. `blind`: nothing at all is usual now."""
        apart, missing = apart or {}, {*missing, *misses(board, now)}
        full = int(now.timestamp() // 60) - 1
        self._dangers += dangers
        if self._all is None:
            self._all = self._begin(board, full, apart)
        others = Counts(board.pulse, [one.pulse for one in apart.values()])
        if self._all.look(others, full, blind=blind or bool(missing - apart.keys()), dangers=self._dangers):
            self._dangers.clear()
        if self._all.state is not None:  # before that the shape of their day is not known
            self._look_at_new(board, full, apart, missing if not blind else apart)

    def _look_at_new(self, board: Board, full: int, apart: Mapping[str, Newcomer], missing: Collection[str]) -> None:
        assert self._all is not None
        known, self._new = self._new, {}
        for feed, newcomer in apart.items():
            since, one = known.get(feed, (None, None))
            if one is None or since != newcomer.since:
                first = _minute(newcomer.since) + 1
                one = Compared(self._all.alarm.beside(), first, _minutes_of(board, first, full, only=feed))
            one.look(Counts(newcomer.pulse), full, blind=feed in missing)
            self._new[feed] = newcomer.since, one

    def _begin(self, board: Board, full: int, apart: Mapping[str, Newcomer]) -> Compared:
        oldest = board.pulse.first
        first = full if oldest is None else min(oldest, full)
        minutes = min(COMPARED, full - first + 1)
        hours, lately = minutes / 60, sum(board.pulse.series(full, minutes))
        lately -= sum(sum(one.pulse.series(full, minutes)) for one in apart.values())
        per_hour = self._expected * 60 if self._expected is not None else lately / hours
        quiet = self._expected is not None or hours >= 1
        alarm = Alarm(None if self._expected is None else per_hour, bin_minutes=bin_for(per_hour) if quiet else 1)
        return Compared(alarm, first, _minutes_of(board, first, full, without=apart))

    def _seen(self) -> "Seen | None":
        """The worst that is seen: of all together where a newcomer sees no more than they do. None while one of them
        still looks at what was stored before: a wave that is on there is not over."""
        state = self.state
        if state is None or len(self.of_new) < len(self._new):
            return None
        seen = [Seen("", None, state), *(Seen(feed, self._new[feed][0], of) for feed, of in self.of_new.items())]
        return max(seen, key=lambda one: LEVELS.index(None if one.state.level == "calm" else one.state.level))

    @property
    def _proposes(self) -> Proposal | None:
        """Why somebody asks whether this is a crisis."""
        states = [self.state, *self.of_new.values()]
        return next((state.proposal for state in states if state is not None and state.proposal is not None), None)


class Seen(NamedTuple):
    """What an alarm sees: of which feed that is new since when, or of all the others (no feed)."""

    feed: str
    since: datetime | None
    state: AlarmState


def misses(board: Board, now: datetime) -> set[str]:
    """The feeds that by the log hear nothing and are still waited for."""
    return {feed for feed, lost in board.blind.items() if now - lost.since <= MISSED}


def _minutes_of(
    board: Board, first: int, last: int, *, only: str | None = None, without: Collection[str] = ()
) -> set[int]:
    """The minutes in which one of the feeds heard nothing, within these: `only` this one, or all `without` some."""
    upto = datetime.fromtimestamp(last * 60, UTC)
    gaps = [*board.gaps, *(Unheard(feed, lost.since, upto) for feed, lost in board.blind.items())]
    found: set[int] = set()
    for feed, since, until in gaps:
        if feed in without or (only is not None and feed != only):
            continue
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


def _waves(board: Board, seen: Seen, proposal: Proposal | None, now: datetime, *, whole: bool) -> list[AnyEvent]:
    """What the alarms say that the log does not know yet. There is one wave at a time, which is over when it is nowhere
    any more."""
    events: list[AnyEvent] = []
    state = seen.state
    rate = state.count / max(1, state.minutes) if seen.feed else board.pulse.rate(state.minute + 1)
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
                feed=seen.feed,
                new_since=seen.since,
            )
        )
    elif level is None and before is not None and whole:
        events.append(SpikeOver(rate10=round(rate * 10)))
    if proposal is not None and _is_asked(board, now):
        events.append(CrisisProposed(reason=proposal))
    return events


def _is_asked(board: Board, now: datetime) -> bool:
    if board.incident is not None or board.proposal is not None:
        return False
    denied = board.denied_at
    return denied is None or (board.spike is None and now - denied >= ASKED_AGAIN)
