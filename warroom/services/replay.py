"""Replay: an incident again, exactly, on another clock. The same board, filled by the same `apply`.

Events come in log order and mentions in row order; `after_mention` says how the two interleave, with no clock
involved. The clock only says how far to go: `tick(dt)` adds to it, and nothing here ever sleeps.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta

from warroom.domain.board import Board
from warroom.domain.events import (
    ROOM,
    ActUndone,
    LabelsLoaded,
    MentionActed,
    MentionEvent,
    MentionGuided,
    MentionLabelled,
    MentionPinned,
    Recorded,
    StatementRevised,
)
from warroom.domain.incident import Incident
from warroom.services.entries.entry import entry
from warroom.store.windows import MentionReader

SPEEDS = (1, 2, 4, 8, 16, 60)


class Replay:
    """A recorded incident with a playhead. `board` is what was known at `at` (aware UTC)."""

    def __init__(self, log: Sequence[tuple[int, Recorded]], reader: MentionReader, inc: str, *, speed: int = 1) -> None:
        self.inc = inc
        self.speed = speed
        self.playing = False
        self._reader = reader
        self._log = [line for line in log if line[1].inc in (inc, ROOM)]
        self._lent = _lent(log, inc)
        self._times = _rising([recorded.at for _, recorded in self._log])
        own = [place for place, (_, recorded) in enumerate(self._log) if recorded.inc == inc]
        if not own:
            raise LookupError(inc)
        self._first, self._last = own[0], own[-1]
        self._marks = sorted({self._times[place] for place in own if _is_mark(self._log[place][1])})
        self.board = self._fresh()
        self._place = 0
        """How many events of the log have been applied."""
        final = Board()
        for pos, recorded in self._log:
            final.apply(pos, recorded)
        self.final: Incident = final.incidents[inc]
        self._signs = [
            (self._times[place], entry(self._log[place][1], self.final).glyph)
            for place in own
            if _is_mark(self._log[place][1])
        ]
        self.start, self.end = self._span()
        self.at = self.start
        self.seek(self.start)

    def _span(self) -> tuple[datetime, datetime]:
        """From the first mention or the first event to the last event, or, while it is open, the last mention."""
        start = self._times[self._first]
        first = self.final.first_mention_at
        if first is not None:
            start = min(start, first)
        end = self._times[self._last]
        last_row = self._reader.last_row()
        if self.final.is_open and last_row:
            newest = self._reader.get(last_row)
            if newest is not None:
                end = max(end, newest.mention.received_at)
        return start, end

    @property
    def marks(self) -> Sequence[datetime]:
        """The times of the incident's own events, for the bar and for next and previous."""
        return self._marks

    @property
    def signs(self) -> Sequence[tuple[datetime, str]]:
        """The incident's own events with the sign of what each is, as the timeline shows it."""
        return self._signs

    @property
    def over(self) -> bool:
        return self.at >= self.end

    def tick(self, dt: float) -> bool:
        """Go on by `dt` seconds of real time, at the speed set. False once the end is reached."""
        if not self.playing:
            return False
        self.seek(self.at + timedelta(seconds=dt * self.speed))
        if self.over:
            self.playing = False
        return self.playing

    def seek(self, at: datetime) -> None:
        """Go to a moment; before the start or after the end is the start or the end."""
        at = min(max(at, self.start), self.end)
        place = bisect_right(self._times, at)
        if at >= self.end:
            place = max(place, self._last + 1)
        if place < self._place:
            self.board = self._fresh()
            self._place = 0
        for pos, recorded in self._log[self._place : place]:
            self.board.apply(pos, recorded)
        self._place = place
        self.board.current = self.inc if self.inc in self.board.incidents else None
        self._show_mentions(self._row_at(at))
        self.at = at

    def next_mark(self) -> None:
        """To the next event of the incident."""
        place = bisect_right(self._marks, self.at)
        self.seek(self._marks[place] if place < len(self._marks) else self.end)

    def previous_mark(self) -> None:
        """To the event before."""
        place = bisect_left(self._marks, self.at)
        self.seek(self._marks[place - 1] if place else self.start)

    def faster(self) -> None:
        self.speed = next((speed for speed in SPEEDS if speed > self.speed), SPEEDS[-1])

    def slower(self) -> None:
        self.speed = next((speed for speed in reversed(SPEEDS) if speed < self.speed), SPEEDS[0])

    def _fresh(self) -> Board:
        """A board on which nothing has happened yet. It knows what was said in the former incidents, which counts as
        soon as they are loaded."""
        board = Board()
        for recorded in self._lent:
            board.labels.apply(recorded)
        return board

    def _row_at(self, at: datetime) -> int:
        """The highest mention row that was in at this moment: what the events around it say, then the clock."""
        low = self._log[self._place - 1][1].after_mention if self._place else 0
        high = self._reader.last_row()
        if self._place < len(self._log):
            high = min(high, self._log[self._place][1].after_mention)
        elif not self.final.is_open and self._place > self._last:
            high = max(low, self._log[self._last][1].after_mention)
        if at >= self.end:
            return high if self.final.is_open or self._place > self._last else low
        while low < high:
            middle = (low + high + 1) // 2
            kept = self._reader.upto(middle)
            if kept is None or kept.mention.received_at <= at:
                low = middle
            else:
                high = middle - 1
        return low

    def _show_mentions(self, row: int) -> None:
        board = self.board
        if row < board.row:
            fresh = self._fresh()
            for pos, recorded in self._log[: self._place]:
                fresh.apply(pos, recorded)
            fresh.current = board.current
            self.board = board = fresh
        if row > board.row:
            for minute, segment, n in self._reader.minute_counts(board.row, row):
                board.pulse.count(minute, segment, n)
            board.row = row


def _lent(log: Sequence[tuple[int, Recorded]], inc: str) -> list[Recorded]:
    """What was said of the mentions of those former incidents whose labels were loaded, and what of it was taken back,
    wherever that was."""
    formers = {
        recorded.data.former
        for _, recorded in log
        if isinstance(recorded.data, LabelsLoaded) and recorded.inc in (inc, ROOM)
    } - {inc, ROOM}
    said = {
        recorded.id: recorded
        for _, recorded in log
        if recorded.inc in formers and isinstance(recorded.data, MentionActed | MentionLabelled)
    }
    undone = [
        recorded
        for _, recorded in log
        if isinstance(recorded.data, ActUndone) and recorded.data.event in said and recorded.inc not in (inc, ROOM)
    ]
    return [*said.values(), *undone]


def _rising(times: Sequence[datetime]) -> list[datetime]:
    """Times in log order as a clock that never goes back: order is the log's, a clock may have jumped."""
    risen: list[datetime] = []
    latest: datetime | None = None
    for at in times:
        latest = at if latest is None else max(latest, at)
        risen.append(latest)
    return risen


def _is_mark(recorded: Recorded) -> bool:
    data = recorded.data
    told = isinstance(data, MentionPinned | MentionGuided) or not isinstance(data, MentionEvent)
    return told and not isinstance(data, StatementRevised)
