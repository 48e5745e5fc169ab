"""The pulse keeps what is true, whatever time a mention claims, and no more than a week of minutes."""

from warroom.domain.mention import Segment
from warroom.domain.pulse import KEPT, SLACK, Pulse

NOW = 30_000_000


def test_a_mention_dated_years_ahead_does_not_blind_the_pulse() -> None:
    pulse = Pulse()
    for minute in range(NOW - 60, NOW - 5):
        pulse.count(minute, Segment.DISLIKE, 2)
    pulse.count(NOW + 40_000_000, Segment.HATE)
    for minute in range(NOW - 5, NOW):
        pulse.count(minute, Segment.HATE, 40)
    assert pulse.rate(NOW) == 40


def test_the_oldest_minutes_go_and_their_mentions_stay_in_the_totals() -> None:
    pulse = Pulse()
    minutes = 2 * KEPT
    for minute in range(NOW - minutes, NOW):
        pulse.count(minute, Segment.LIKE)
    kept = sum(pulse.series(NOW - 1, minutes))
    assert KEPT <= kept <= KEPT + SLACK
    assert pulse.series(NOW - 1, KEPT) == [1] * KEPT
    assert pulse.of(Segment.LIKE) == minutes


def test_the_order_in_which_mentions_come_in_does_not_matter() -> None:
    minutes = [NOW + offset for offset in (0, -500, 3, -2, -90, 1)]
    forwards, backwards = Pulse(), Pulse()
    for minute in minutes:
        forwards.count(minute, Segment.HATE)
    for minute in reversed(minutes):
        backwards.count(minute, Segment.HATE)
    assert forwards == backwards
