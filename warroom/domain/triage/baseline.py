"""What is usual for one series of counts, and how far the newest counts are from it (triage design, section 6).

Usual is a level that follows the last hours times a profile of the day that is learnt over days. Two measures look for
what is not usual: a running sum that finds a steady rise (CUSUM) and the chance of the last bins (tail).
"""

from collections import deque
from math import log, sqrt
from typing import NamedTuple

HALF_LIFE = 6 * 60
"""Minutes after which a count weighs half in the level."""
DAYS = 7
"""Days after which an hour weighs half in the profile."""
LEAST_PROFILE, MOST_PROFILE = 0.1, 6.0
PSEUDO = 20.0
"""Mentions that an hour of the day is given beforehand, so that a few of them make no profile."""
LEAST_RATE = 0.02
"""Mentions a minute below which nothing is expected: after days of silence a single one is no wave."""
HIGHEST_SUM = 24.0
CLIPPED = 4.0
"""Spreads above what is expected from which on a count teaches no more: a wave must not become usual at once."""
LATER = 30
"""Minutes after which a bin teaches."""
FIRST_HOUR = 60
"""Minutes at the beginning that teach in full: nothing is known that they could be too far from."""


class Measure(NamedTuple):
    """How unusual the newest bins are: the running sum, and the tail as a power of ten."""

    sum: float
    tail: float


class Baseline:
    """One series in bins of some minutes. `per_minute` is what somebody says is usual; None where nobody does."""

    def __init__(self, bin_minutes: int, per_minute: float | None = None, *, half_life: int = HALF_LIFE) -> None:
        self._bin, self._said = bin_minutes, per_minute is not None
        self._decay = 0.5 ** (bin_minutes / half_life)
        self._day_decay = 0.5 ** (bin_minutes / (DAYS * 60))
        full = 1 / (1 - self._decay)
        self._exposure = full if per_minute is not None else 0.0
        self._events = full * per_minute * bin_minutes if per_minute is not None else 0.0
        self._in_hour = [0.0] * 24
        self._bins_of_hour = [0.0] * 24
        self._phi = 1.0
        self._sum = 0.0
        self._last: deque[tuple[int, float, float]] = deque()
        """(bin, count, expected) of the bins that a window can hold."""
        self._to_learn: deque[tuple[int, float]] = deque()
        """(hour, count) of the bins that are not half an hour old."""
        self.minutes = 0
        """Minutes of history."""

    @property
    def known(self) -> bool:
        """Whether anything can be said of what is usual."""
        return self._exposure > 0

    def level(self) -> float:
        """Mentions in a bin of an average hour."""
        return self._events / self._exposure if self._exposure else 0.0

    def profile(self, hour: int) -> float:
        """How an hour of the day (UTC) compares with the average one."""
        bins = sum(self._bins_of_hour)
        if not bins:
            return 1.0
        usual = sum(self._in_hour) / bins * self._bins_of_hour[hour]
        found = (self._in_hour[hour] + PSEUDO) / (usual + PSEUDO)
        return min(MOST_PROFILE, max(LEAST_PROFILE, found))

    def expected(self, hour: int) -> float:
        """Mentions that a bin of this hour usually holds."""
        return max(LEAST_RATE * self._bin, self.level() * self.profile(hour))

    def margin(self) -> float:
        """How many times what is expected may be usual as well: 1 where enough is known."""
        return 1.0

    def judge(self, number: int, hour: int, count: float) -> Measure:
        """Take the newest bin in and say how unusual it has become. Bins that are missing are not zero: no window
        counts them."""
        expected, phi = self.expected(hour), self._spread(hour)
        self._sum = min(HIGHEST_SUM, max(0.0, self._sum + (count * log(2) - expected * self.margin()) / phi))
        self._last.append((number, count, expected))
        windows = (1, 5, 15) if self._bin == 1 else (1, 3, 6)
        while self._last[0][0] <= number - 30 // self._bin:
            self._last.popleft()
        return Measure(self._sum, max(self._tail(number, bins, phi) for bins in windows))

    def _spread(self, hour: int) -> float:
        """How much more counts spread than by chance: where they do, by more in the busy hours."""
        return 1 + max(0.0, self._phi - 1) * self.profile(hour)

    def _tail(self, number: int, bins: int, phi: float) -> float:
        counted, expected = self.within(number, bins)
        x, usual = counted / phi, (expected * self.margin() + 0.5) / phi
        return (x * log(x / usual) - x + usual) / log(10) if x > usual else 0.0

    def within(self, number: int, bins: int) -> tuple[float, float]:
        """Mentions counted and expected in the last bins, as far as they are known."""
        last = [(count, expected) for at, count, expected in self._last if at > number - bins]
        return sum(count for count, _ in last), sum(expected for _, expected in last)

    def known_within(self, number: int, bins: int) -> int:
        """Of how many minutes of the last bins that is."""
        return self._bin * sum(at > number - bins for at, _, _ in self._last)

    def line(self, hour: int, tail: float) -> float:
        """Mentions a minute, kept up for some minutes, that are as unusual as a tail says."""
        bins, phi = (5 if self._bin == 1 else 3), self._spread(hour)
        usual = (bins * self.expected(hour) * self.margin() + 0.5) / phi
        low, high = usual, usual + 1
        while (high * log(high / usual) - high + usual) / log(10) < tail:
            low, high = high, high * 2
        while high - low > 0.01:
            middle = (low + high) / 2
            far = (middle * log(middle / usual) - middle + usual) / log(10) >= tail
            low, high = (low, middle) if far else (middle, high)
        return high * phi / (bins * self._bin)

    def learn(self, hour: int, count: float) -> None:
        """Let a bin change what is usual, half an hour later: the beginning of a wave must not hide the rest of it."""
        self._to_learn.append((hour, count))
        self.minutes += self._bin
        if len(self._to_learn) > LATER // self._bin or (self.minutes <= FIRST_HOUR and not self._said):
            self._take_in(*self._to_learn.popleft())

    def _take_in(self, hour: int, count: float) -> None:
        profile, expected = self.profile(hour), self.expected(hour)
        if self.minutes > FIRST_HOUR or self._said:
            count = min(count, expected + CLIPPED * sqrt(max(1.0, self._phi) * expected) + 2)
            off = (count - expected) ** 2 / expected
            self._phi = self._decay * self._phi + (1 - self._decay) * off
        self._events = self._decay * self._events + count
        self._exposure = self._decay * self._exposure + profile
        self._in_hour[hour] = self._day_decay * self._in_hour[hour] + count
        self._bins_of_hour[hour] = self._day_decay * self._bins_of_hour[hour] + 1

    def calm_down(self) -> None:
        """The wave is over: the running sum begins anew."""
        self._sum = 0.0

    def forget_windows(self) -> None:
        """The clock was set back: what is usual stays, the last bins are no longer the last."""
        self._last.clear()
        self._sum = 0.0
