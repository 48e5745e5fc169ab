"""What is usual for a series that is some hours old: its own last hour or two, in the day that others have.

A source is connected at any time of the day, often on the day of the crisis. What it brings can be compared with
nothing but itself, and a morning looks like a wave to who was connected at night. So two things are expected, the mean
of its own last minutes and the same in the shape of the others' day, and what is more than both is unusual. Few
mentions say little of what is usual: the fewer, the wider the margin.
"""

from math import sqrt

from .baseline import Baseline

LAST = 60
"""Minutes after which a count weighs half: a day in the others' shape is not sure, so what is usual follows closely."""
DOUBT = 1.5
"""Spreads of the mean that it may be wrong by."""


class Fresh(Baseline):
    """One series of a source that is new, in bins of a minute. `hours_of` is the same series of those that were there
    before; None where their day is not known."""

    def __init__(self, hours_of: Baseline | None = None) -> None:
        super().__init__(1, half_life=LAST)
        self._hours_of = hours_of
        self._weight = 0.0
        """What the counts weigh all together, without the shape of the day."""

    def profile(self, hour: int) -> float:
        return self._hours_of.profile(hour) if self._hours_of is not None else 1.0

    def expected(self, hour: int) -> float:
        mean = self._events / self._weight if self._weight else 0.0
        return max(super().expected(hour), mean)

    def margin(self) -> float:
        return 1 + DOUBT / sqrt(1 + self._events)

    def _spread(self, hour: int) -> float:
        return max(1.0, self._phi)

    def _take_in(self, hour: int, count: float) -> None:
        super()._take_in(hour, count)
        self._weight = self._decay * self._weight + 1
