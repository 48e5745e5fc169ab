"""The effect of a statement: shares before and after, and no claim where the numbers are small."""

from datetime import UTC, datetime, timedelta

from warroom.domain.effect import effect
from warroom.domain.mention import Segment
from warroom.domain.pulse import Pulse

OUT = datetime(2026, 3, 10, 14, 0, 30, tzinfo=UTC)
MINUTE = int(OUT.timestamp() // 60)


def heard(before: tuple[int, int], after: tuple[int, int]) -> Pulse:
    """`(against, for)` a minute in the half hours around the minute of the statement."""
    pulse = Pulse()
    for offset in range(1, 31):
        for minute, (against, pro) in ((MINUTE - offset, before), (MINUTE + offset, after)):
            pulse.count(minute, Segment.HATE, against)
            pulse.count(minute, Segment.LIKE, pro)
    pulse.count(MINUTE, Segment.LOVE, 1_000)
    return pulse


def test_the_share_of_those_against_us_is_read_on_both_sides_without_the_minute_itself() -> None:
    found = effect(heard((8, 2), (4, 6)), OUT, 15, OUT + timedelta(minutes=16))
    assert found is not None
    assert (found.n_before, found.n_after) == (150, 150)
    assert (found.against("before"), found.against("after")) == (0.8, 0.4)
    assert found.verdict == "moved"


def test_a_small_difference_is_no_visible_change() -> None:
    found = effect(heard((5, 5), (5, 6)), OUT, 30, OUT + timedelta(hours=1))
    assert found is not None
    assert found.verdict == "no visible change"


def test_few_mentions_say_nothing_however_far_apart() -> None:
    found = effect(heard((1, 0), (0, 1)), OUT, 15, OUT + timedelta(hours=1))
    assert found is not None
    assert (found.n_before, found.verdict) == (15, "too few")


def test_nothing_is_read_before_the_minutes_are_full() -> None:
    pulse = heard((5, 5), (5, 5))
    assert effect(pulse, OUT, 15, OUT + timedelta(minutes=15, seconds=59)) is None
    assert effect(pulse, OUT, 60, OUT + timedelta(minutes=59)) is None


def test_silence_is_not_a_division_by_zero() -> None:
    found = effect(Pulse(), OUT, 60, OUT + timedelta(hours=2))
    assert found is not None
    assert (found.before, found.after, found.verdict, found.against("after")) == ({}, {}, "too few", 0.0)
