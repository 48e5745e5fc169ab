"""Is the volume abnormal? Amber, red, and when to ask whether this is a crisis (triage design, section 6).

    alarm = Alarm(expected_per_hour=None)
    state = alarm.update(minute, count, negatives, hard)      once for each minute, in order
    alarm.beside()                                            the alarm of a source that is new beside these

Three series are watched: all mentions, the negative ones, and those of a gate topic (threat, injury, breach …). The
share of negatives is told but never alarms. A minute that is not told is missing, not zero, and teaches nothing.
"""

from collections import deque
from collections.abc import Collection
from typing import Literal, TypeAlias

from msgspec import Struct

from warroom.domain.sentence import Sentence, Share, say, say_n

from .baseline import Baseline, Measure
from .fresh import Fresh

Level: TypeAlias = Literal["calm", "amber", "red"]
Proposal: TypeAlias = Literal["volume", "topic"]
"""Why a crisis is proposed: mentions and negatives are both far above the usual, or three authors name a gate topic."""

AMBER, RED = Measure(8.0, 5.0), Measure(12.0, 6.0)
OFF_FACTOR, OFF_MINUTES = 1.5, 30
"""A wave is over when as many minutes hold no more than so many times what is expected; at the earliest after the
quarter of an hour that the sentence speaks of, because its beginning is short beside those minutes."""
HISTORY = 24 * 60
"""Minutes of history before which nothing is red, unless somebody said what is usual."""
WARM = 60
"""Minutes of history before which nothing is amber either."""
LEARNING_FACTOR = 2.0
"""Until there are 24 hours, only what would be red and is that many times what is expected is amber: the morning of a
first day always looks like a wave."""
EARLY, EARLY_FACTOR = 2 * 60, 3.0
"""Minutes of its own after which a source that is new may be red before its first day is over, and how many times what
is expected that takes. It is amber before it is red."""
TOLD = 15
"""Minutes that the sentence speaks of."""
TOGETHER = 30
"""Minutes within which mentions and negatives turn red to be one wave."""
GATE_AUTHORS, GATE_MINUTES = 3, 15
QUIET_PER_HOUR = 30.0
"""Mentions an hour below which a brand is watched in bins of five minutes."""


class AlarmState(Struct, frozen=True, kw_only=True):
    """What is seen at the end of a minute. Counts are of the last `minutes`: 15, and less where less is known."""

    minute: int
    level: Level = "calm"
    learning: bool = False
    """There are no 24 hours of history and nobody said what is usual: nothing is red yet, or not easily."""
    warm: bool = True
    """There is so much history that anything is said at all."""
    frozen: bool = False
    """A source was silent in this minute: it can raise an alarm, but changes nothing of what is usual."""
    minutes: int = TOLD
    count: int = 0
    expected: float = 0.0
    negative: float | None = None
    """Share of negatives in those minutes, 0 to 1; None where there is no mention."""
    usual_negative: float | None = None
    """None before a day of them is known."""
    proposal: Proposal | None = None
    line: float | None = None
    """Mentions a minute, over some minutes, from which the alarm is amber at this hour; None before anything is
    known."""

    @property
    def factor(self) -> float | None:
        """How many times what is expected; None where nothing is known."""
        return self.count / self.expected if self.expected else None


class Alarm:
    """The series of one query. `bin_minutes` is 1, or 5 for quiet brands."""

    def __init__(
        self,
        expected_per_hour: float | None = None,
        bin_minutes: int = 1,
        *,
        fresh: tuple[Fresh, Fresh, Fresh] | None = None,
    ) -> None:
        """`fresh`: what is usual of a source that is new, which `beside` makes."""
        self._bin = bin_minutes
        self._told = expected_per_hour is not None
        self._new = fresh is not None
        per_minute = expected_per_hour / 60 if expected_per_hour is not None else None
        learnt = (Baseline(bin_minutes, per_minute), Baseline(bin_minutes), Baseline(bin_minutes))
        self._series: tuple[Baseline, Baseline, Baseline] = fresh or learnt
        self._levels: list[Level] = ["calm", "calm", "calm"]
        self._red_at: list[int | None] = [None, None, None]
        self._raised_at = [0, 0, 0]
        self._open: list[int] | None = None
        """Counts of the bin under way, then whether it teaches."""
        self._gate: deque[tuple[int, str]] = deque()
        self._minute: int | None = None
        self.state = AlarmState(minute=0, learning=not self._told, warm=self._told)

    def beside(self) -> "Alarm":
        """An alarm for a source that is new beside those that are watched here: compared with itself, in the shape of
        their day once they know one."""
        volume, negatives, hard = self._series
        if volume.minutes < HISTORY:
            return Alarm(fresh=(Fresh(), Fresh(), Fresh()))
        return Alarm(fresh=(Fresh(volume), Fresh(negatives), Fresh(hard)))

    def update(
        self, minute: int, count: int, negatives: int = 0, hard: Collection[str] = (), *, blind: bool = False
    ) -> AlarmState:
        """Take in a full minute (since the epoch, UTC). `hard` are the authors of its mentions of a gate topic, one by
        one. `blind`: a source was silent for a fault, so the counts are not what they usually are."""
        if self._minute is not None and minute <= self._minute:
            if self._minute - minute < TOLD:
                return self.state  # told twice, or a clock that trembles
            for series in self._series:
                series.forget_windows()
            self._gate.clear()
            self._open = None
        last, self._minute = self._minute, minute
        for author in hard:
            self._gate.append((minute, author))
        while self._gate and self._gate[0][0] <= minute - GATE_MINUTES:
            self._gate.popleft()
        if self._open is not None and last is not None and last // self._bin != minute // self._bin:
            self._open = None  # the bin was never full: some of its minutes are missing
        if self._open is None:
            self._open = [0, 0, 0, 0, 0]
        for place, n in enumerate((count, negatives, len(hard), int(blind), 1)):
            self._open[place] += n
        if minute % self._bin == self._bin - 1:
            self._close(minute, self._open)
            self._open = None
        self.state = self._seen(minute, blind)
        return self.state

    def _close(self, minute: int, found: list[int]) -> None:
        """A bin is full: judge it by what was usual before it, then learn from it."""
        number, hour = minute // self._bin, minute // 60 % 24
        whole = found[4] == self._bin
        for place, series in enumerate(self._series):
            first = not series.known
            measure = series.judge(number, hour, found[place])
            if not first:
                self._levels[place] = self._level(place, series, number, measure)
            if self._levels[place] == "red":
                self._red_at[place] = minute
            if whole and not found[3] and not (self._new and self._levels[place] == "red"):
                series.learn(hour, found[place])  # who is new follows closely, and would call a wave usual in an hour

    def _level(self, place: int, series: Baseline, number: int, measure: Measure) -> Level:
        before = self._levels[place]
        minute = (number + 1) * self._bin - 1
        if before == "calm":
            self._raised_at[place] = minute
        elif minute - self._raised_at[place] >= TOLD:
            counted, expected = series.within(number, OFF_MINUTES // self._bin)
            if counted <= OFF_FACTOR * expected and measure.tail < RED.tail:
                series.calm_down()
                return "calm"
        history = self._series[0].minutes
        red = measure.sum >= RED.sum or measure.tail >= RED.tail
        if not self._told and history < HISTORY:
            return self._early(before, series, number) if red and history >= WARM else before
        if red:
            return "red"
        if before == "calm" and (measure.sum >= AMBER.sum or measure.tail >= AMBER.tail):
            return "amber"
        return before

    def _early(self, before: Level, series: Baseline, number: int) -> Level:
        """The level of what would be red if more were known."""
        windows = (5, TOLD, OFF_MINUTES) if self._new else (TOLD,)
        within = [series.within(number, minutes // self._bin) for minutes in windows]
        if before == "amber" and self._new and self._series[0].minutes >= EARLY:
            return "red" if any(counted >= EARLY_FACTOR * expected for counted, expected in within) else before
        far = any(counted >= LEARNING_FACTOR * expected for counted, expected in within)
        return "amber" if before == "calm" and far else before

    def _seen(self, minute: int, blind: bool) -> AlarmState:
        volume, negatives, _ = self._series
        number, bins = minute // self._bin, TOLD // self._bin
        if self._open is not None:
            number -= 1
        count, expected = volume.within(number, bins)
        against, _ = negatives.within(number, bins)
        return AlarmState(
            minute=minute,
            level=_higher(self._levels[0], self._levels[2]),
            learning=not self._told and volume.minutes < HISTORY,
            warm=self._told or volume.minutes >= WARM,
            frozen=blind,
            minutes=volume.known_within(number, bins) or TOLD,
            count=round(count),
            expected=expected,
            negative=against / count if count else None,
            usual_negative=self._usual_negative(),
            proposal=self._proposal(minute),
            line=volume.line(minute // 60 % 24, AMBER.tail) if volume.known else None,
        )

    def _usual_negative(self) -> float | None:
        """A day says it; a shorter time may be the wave itself."""
        volume, negatives, _ = self._series
        if negatives.minutes < HISTORY or not volume.level():
            return None
        return min(1.0, negatives.level() / volume.level())

    def _proposal(self, minute: int) -> Proposal | None:
        if len({author for _, author in self._gate}) >= GATE_AUTHORS:
            return "topic"
        reds = self._red_at[:2]
        recent = [at for at in reds if at is not None and minute - at <= TOGETHER]
        return "volume" if len(recent) == 2 and "red" in self._levels[:2] else None


def bin_for(expected_per_hour: float) -> int:
    """Minutes of a bin for a brand of this volume."""
    return 5 if expected_per_hour < QUIET_PER_HOUR else 1


def _higher(one: Level, other: Level) -> Level:
    order: tuple[Level, ...] = ("calm", "amber", "red")
    return max(one, other, key=order.index)


def sentence(state: AlarmState) -> Sentence:
    """The state as a person reads it: "31 mentions in 15 min, expected 9 (×3.4); 74% negative, usual 38%"."""
    if state.frozen and state.level == "calm":
        return say("A source is silent: what is usual stands still until it is heard again.")
    if state.level != "calm" and state.count <= state.expected:  # the wave is not called over yet
        return say_n(
            "by now {n} mention in {minutes} min, expected {expected}",
            "by now {n} mentions in {minutes} min, expected {expected}",
            state.count,
            minutes=state.minutes,
            expected=_near(state.expected),
        )
    if state.negative is not None and state.usual_negative is None and state.factor is not None:
        return say_n(
            "{n} mention in {minutes} min, expected {expected} (×{factor}); {negative} negative",
            "{n} mentions in {minutes} min, expected {expected} (×{factor}); {negative} negative",
            state.count,
            minutes=state.minutes,
            expected=_near(state.expected),
            factor=_times(state.factor),
            negative=Share(state.negative),
        )
    if state.negative is None or state.usual_negative is None or state.factor is None:
        return say_n(
            "{n} mention in {minutes} min, expected {expected}",
            "{n} mentions in {minutes} min, expected {expected}",
            state.count,
            minutes=state.minutes,
            expected=_near(state.expected),
        )
    return say_n(
        "{n} mention in {minutes} min, expected {expected} (×{factor}); {negative} negative, usual {usual}",
        "{n} mentions in {minutes} min, expected {expected} (×{factor}); {negative} negative, usual {usual}",
        state.count,
        minutes=state.minutes,
        expected=_near(state.expected),
        factor=_times(state.factor),
        negative=Share(state.negative),
        usual=Share(state.usual_negative),
    )


def _times(factor: float) -> float | int:
    """A tenth tells something of small ones only."""
    return round(factor) if factor >= 20 else round(factor, 1)


def _near(expected: float) -> float | int:
    """A whole number, but for the smallest."""
    return round(expected) if expected >= 2 else round(expected, 1)
