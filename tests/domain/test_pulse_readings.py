"""The pulse: counts, rate, what is usual, spikes that begin and end where a person would say so."""

from datetime import UTC, datetime, timedelta

from tests.scenario import Scenario
from warroom.domain.events import SpikeOver, SpikeSeen
from warroom.domain.mention import Segment
from warroom.domain.pulse import Pulse
from warroom.services.keeper import notice

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


def test_nothing_is_a_spike_before_there_is_something_to_compare_with() -> None:
    assert steady(500, 6).spike(NOW) is None
    assert steady(2, 60).spike(NOW) is None


def test_a_jump_is_a_spike_and_says_by_how_much() -> None:
    pulse = steady(2, 60, NOW - 5)
    for minute in range(NOW - 5, NOW):
        pulse.count(minute, Segment.HATE, 20)
    spike = pulse.spike(NOW)
    assert spike is not None
    assert (spike.rate, spike.usual) == (20, 2)


def test_a_few_more_mentions_are_no_spike() -> None:
    pulse = steady(0, 60, NOW - 5)
    for minute in range(NOW - 5, NOW):
        pulse.count(minute, Segment.HATE, 2)
    assert pulse.spike(NOW) is None


def test_trends_are_told_only_when_they_are_more_than_noise() -> None:
    pulse = steady(10, 10)
    for minute in range(NOW - 20, NOW - 10):
        pulse.count(minute, Segment.DISLIKE, 5)
    assert pulse.trend(NOW, Segment.DISLIKE) == 1
    assert pulse.trend(NOW, Segment.LOVE) == 0
    assert steady(5, 20).trend(NOW, Segment.DISLIKE) == 0


def test_a_spike_is_told_once_and_over_once_and_never_from_stale_data() -> None:
    scenario = Scenario()
    board = scenario.board
    start = datetime.fromtimestamp(NOW * 60, UTC)
    told = []
    for minute in range(180):
        rate = 30 if 60 <= minute < 100 else 2
        board.pulse.count(NOW + minute, Segment.HATE, rate)
        now = start + timedelta(minutes=minute + 1)
        assert not notice(board, now, hears=False, whole=False)
        for event in notice(board, now, hears=True, whole=True):
            told.append(type(event))
            scenario.given(event)
    assert told == [SpikeSeen, SpikeOver]


def test_where_one_of_several_feeds_is_missing_more_is_more_and_less_is_not_called_calm() -> None:
    scenario = Scenario()
    board = scenario.board
    start = datetime.fromtimestamp(NOW * 60, UTC)
    told = []
    for minute in range(180):
        board.pulse.count(NOW + minute, Segment.HATE, 30 if 60 <= minute < 100 else 2)
        for event in notice(board, start + timedelta(minutes=minute + 1), hears=True, whole=False):
            told.append(type(event))
            scenario.given(event)
    assert told == [SpikeSeen]
