"""What is compared with itself, minute after minute: one alarm, and the counts that it is told of.

First it takes in what was stored before, a part at a time; then it is live, and told of each minute once that is full.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from warroom.domain.mention import Segment
from warroom.domain.pulse import Pulse
from warroom.domain.triage.alarm import TOLD, Alarm, AlarmState

AT_ONCE = 200
"""Minutes of history that are taken in at once: some milliseconds. A week takes a minute."""
SLEPT = 5
"""Minutes that passed unseen (the machine slept) after which they are missing and not quiet."""
NOBODY_LISTENED = 6 * 60
"""Minutes without a single mention, in what was stored before, that say nothing of what is usual."""


class Counts(NamedTuple):
    """What is compared: a pulse, without those that are counted apart."""

    pulse: Pulse
    apart: Sequence[Pulse] = ()

    def at(self, minute: int) -> tuple[int, int]:
        """Mentions and negative ones that were written in a minute."""
        count = self.pulse.at(minute) - sum(pulse.at(minute) for pulse in self.apart)
        return count, _against(self.pulse, minute) - sum(_against(pulse, minute) for pulse in self.apart)


def _against(pulse: Pulse, minute: int) -> int:
    return sum(pulse.series(minute, 1, segment)[0] for segment in (Segment.DISLIKE, Segment.HATE))


class Compared:
    """`first` is the minute that is told first: what was written before is no part of it. In the minutes of `gaps`
    somebody was not heard."""

    def __init__(self, alarm: Alarm, first: int, gaps: Collection[int] = ()) -> None:
        self.alarm = alarm
        self._first = self._next = first
        """`_next`: the minute that is to be told next."""
        self._gaps = gaps
        self._counted: dict[int, tuple[int, int]] = {}
        """Of the last minutes, how many mentions, and negative ones, the alarm was told of: many come late."""
        self._live = False
        self._silent_until = 0

    @property
    def state(self) -> AlarmState | None:
        """What the alarm saw last; None until it has seen what was stored before."""
        return self.alarm.state if self._live else None

    def look(self, counts: Counts, full: int, *, blind: bool, dangers: Sequence[str] = ()) -> bool:
        """Tell the alarm of every minute up to `full`; whether it was told of the dangers."""
        if not self._live:
            self._look_back(counts, full)
            return False
        if full >= self._next + SLEPT or full < self._next - SLEPT:
            self._next, self._first = full, min(self._first, full)
            self._count(counts, full - 1)  # what was written before is no news
        told = False
        while self._next <= full:
            count, negatives = self._count(counts, self._next)
            self.alarm.update(self._next, count, negatives, () if told else dangers, blind=blind)
            self._next += 1
            told = True
        return told

    def _look_back(self, counts: Counts, full: int) -> None:
        """Take in a part of what was stored before."""
        for _ in range(AT_ONCE):
            if self._next > full:
                self._live = True
                return
            count, negatives = self._count(counts, self._next)
            if not count and self._next > self._silent_until:
                self._silent_until = heard = self._heard_next(counts, full)
                if heard - self._next >= NOBODY_LISTENED:
                    self._next = heard
                    continue
            self.alarm.update(self._next, count, negatives, blind=self._next in self._gaps)
            self._next += 1

    def _heard_next(self, counts: Counts, full: int) -> int:
        """The next minute in which there is a mention, or the one that is under way."""
        minutes = range(self._next + 1, full + 1)
        return next((minute for minute in minutes if counts.pulse.at(minute)), full + 1)

    def _count(self, counts: Counts, minute: int) -> tuple[int, int]:
        """Mentions and negative ones that came since the minute before and were written in the last quarter of an
        hour: what comes later still is caught up, and is no wave."""
        all_told = against = 0
        for at in range(max(self._first, minute - TOLD + 1), minute + 1):
            count, negatives = counts.at(at)
            told = self._counted.get(at, (0, 0))
            all_told += max(0, count - told[0])
            against += max(0, negatives - told[1])
            self._counted[at] = max(count, told[0]), max(negatives, told[1])
        self._counted = {at: told for at, told in self._counted.items() if at > minute - TOLD}
        return all_told, against
