"""The pulse: mentions a minute by segment. The one mutable accumulator of the domain; what is usual the alarm knows.

Minutes are whole minutes since the epoch, UTC. The minute that is under way is never judged: it is not full yet.
"""

from collections.abc import Iterable
from heapq import nsmallest

from .mention import SEGMENTS, Segment

KEPT = 7 * 24 * 60
"""Minutes kept one by one; totals are kept for ever."""
SLACK = 60
"""Minutes more than that before the oldest go, so that they go by the hour."""
WINDOW = 5
"""Minutes over which the rate is the mean."""


class Pulse:
    """Counts by minute and segment. `None` as segment is a mention that has not been read yet."""

    def __init__(self) -> None:
        self._minutes: dict[int, list[int]] = {}
        self._totals = [0] * (len(SEGMENTS) + 1)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pulse) and self._minutes == other._minutes and self._totals == other._totals

    def count(self, minute: int, segment: Segment | None, n: int = 1) -> None:
        """Count `n` mentions written in a minute; negative `n` takes them back."""
        place = len(SEGMENTS) if segment is None else SEGMENTS.index(segment)
        self._totals[place] += n
        row = self._minutes.get(minute)
        if row is None:
            if len(self._minutes) >= KEPT + SLACK:
                self._forget()
            row = self._minutes[minute] = [0] * (len(SEGMENTS) + 1)
        row[place] += n

    def count_anew(self, counts: Iterable[tuple[int, Segment | None, int]]) -> None:
        """Forget every count, and take these: minute, segment, number."""
        self._minutes.clear()
        self._totals = [0] * (len(SEGMENTS) + 1)
        for minute, segment, n in counts:
            self.count(minute, segment, n)

    def _forget(self) -> None:
        """Let the oldest minutes go. By their number and not by their age: the time of a mention is what its author
        says, and one that claims to come from next year must not push out all that is true."""
        for minute in nsmallest(len(self._minutes) - KEPT, self._minutes):
            del self._minutes[minute]

    @property
    def total(self) -> int:
        return sum(self._totals)

    def of(self, segment: Segment | None) -> int:
        """All mentions of a segment, for ever."""
        return self._totals[len(SEGMENTS) if segment is None else SEGMENTS.index(segment)]

    def at(self, minute: int) -> int:
        """Mentions in a minute."""
        return sum(self._minutes.get(minute, ()))

    def series(self, now: int, minutes: int, segment: Segment | None = None) -> list[int]:
        """Mentions in each of the last `minutes` minutes, the one under way last. Of all segments, or of one."""
        span = range(now - minutes + 1, now + 1)
        if segment is None:
            return [self.at(minute) for minute in span]
        place = SEGMENTS.index(segment)
        return [row[place] if (row := self._minutes.get(minute)) else 0 for minute in span]

    def by_segment(self, now: int, minutes: int) -> dict[Segment, int]:
        """Mentions of each segment in the last `minutes` minutes."""
        rows = [row for minute in range(now - minutes + 1, now + 1) if (row := self._minutes.get(minute))]
        return {segment: sum(row[place] for row in rows) for place, segment in enumerate(SEGMENTS)}

    def rate(self, now: int) -> float:
        """Mentions a minute: the mean of the last five full minutes."""
        return sum(self.series(now - 1, WINDOW)) / WINDOW

    def trend(self, now: int, segment: Segment) -> int:
        """1 rising, −1 falling, 0 neither: ten full minutes against the ten before, by more than a fifth."""
        recent = sum(self.series(now - 1, 10, segment))
        before = sum(self.series(now - 11, 10, segment))
        if recent > before * 1.2 and recent - before >= 2:
            return 1
        return -1 if recent < before * 0.8 and before - recent >= 2 else 0

    @property
    def first(self) -> int | None:
        """The oldest minute that is known; None where none is."""
        return min(self._minutes, default=None)
