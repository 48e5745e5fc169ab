"""The pulse: counts by minute and segment, the rate, the trend."""

from warroom.domain.mention import Segment
from warroom.domain.pulse import Pulse

NOW = 30_000_000


def steady(per_minute: int, minutes: int, upto: int = NOW) -> Pulse:
    pulse = Pulse()
    for minute in range(upto - minutes, upto):
        pulse.count(minute, Segment.DISLIKE, per_minute)
    return pulse


def test_the_rate_is_of_full_minutes_only() -> None:
    pulse = steady(4, 30)
    pulse.count(NOW, Segment.HATE, 500)
    assert pulse.rate(NOW) == 4
    assert pulse.at(NOW) == 500


def test_counts_are_kept_by_segment_and_can_be_taken_back() -> None:
    pulse = Pulse()
    pulse.count(NOW, Segment.LOVE, 3)
    pulse.count(NOW, Segment.LOVE, -1)
    pulse.count(NOW, None, 2)
    assert (pulse.of(Segment.LOVE), pulse.of(None), pulse.total) == (2, 2, 4)
    assert pulse.series(NOW, 3, Segment.LOVE) == [0, 0, 2]
    assert pulse.by_segment(NOW, 5)[Segment.LOVE] == 2


def test_trends_are_told_only_when_they_are_more_than_noise() -> None:
    pulse = steady(10, 10)
    for minute in range(NOW - 20, NOW - 10):
        pulse.count(minute, Segment.DISLIKE, 5)
    assert pulse.trend(NOW, Segment.DISLIKE) == 1
    assert pulse.trend(NOW, Segment.LOVE) == 0
    assert steady(5, 20).trend(NOW, Segment.DISLIKE) == 0
