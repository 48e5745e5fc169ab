"""Times as the clock on the wall shows them, in the nights in which it is put forward and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.domain.checks.text import flat
from warroom.domain.checks.times import told
from warroom.domain.walltime import following, last, moments

MADRID = ZoneInfo("Europe/Madrid")
ZONES = [ZoneInfo(name) for name in ("Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "UTC")]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_hour_that_comes_again_is_two_moments_and_the_one_left_out_is_one() -> None:
    autumn, spring = at("2026-10-24T22:30").astimezone(MADRID), at("2026-03-28T23:30").astimezone(MADRID)
    assert moments(autumn, 2, 30) == (at("2026-10-25T00:30"), at("2026-10-25T01:30"))
    assert moments(spring, 2, 30) == (at("2026-03-29T01:30"),)
    assert moments(spring, 3, 30) == (at("2026-03-29T01:30"),)


@pytest.mark.parametrize(
    ("now", "hour", "minute", "before", "after"),
    [
        ("2026-10-25T00:50", 2, 40, "2026-10-25T00:40", "2026-10-25T01:40"),
        ("2026-10-25T01:10", 2, 40, "2026-10-25T00:40", "2026-10-25T01:40"),
        ("2026-10-25T01:50", 2, 40, "2026-10-25T01:40", "2026-10-26T01:40"),
        ("2026-03-29T01:20", 1, 50, "2026-03-29T00:50", "2026-03-29T23:50"),
        ("2026-03-29T00:50", 3, 10, "2026-03-28T02:10", "2026-03-29T01:10"),
    ],
)
def test_a_time_of_day_is_the_last_or_the_next_by_what_has_gone_by(
    now: str, hour: int, minute: int, before: str, after: str
) -> None:
    local = at(now).astimezone(MADRID)
    assert last(local, hour, minute) == at(before)
    assert following(local, hour, minute) == at(after)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - the zone is put on below
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.integers(0, 59),
)
def test_what_is_meant_is_never_farther_than_a_day_and_an_hour(
    now: datetime, zone: ZoneInfo, hour: int, minute: int
) -> None:
    local = now.replace(tzinfo=UTC).astimezone(zone)
    before, after = last(local, hour, minute), following(local, hour, minute)
    assert before <= local.astimezone(UTC) <= after
    assert after - before <= timedelta(hours=50)


@pytest.mark.parametrize(
    ("now", "said", "due"),
    [
        ("2026-10-25T00:50", "we update you at 02:10", "2026-10-25T01:10"),
        ("2026-10-25T00:50", "we update you at 03:10", "2026-10-25T02:10"),
        ("2026-03-29T00:50", "we update you at 03:10", "2026-03-29T01:10"),
        ("2026-03-28T22:50", "we update you at 00:15", "2026-03-28T23:15"),
        ("2026-03-28T22:50", "we update you at midnight", "2026-03-28T23:00"),
    ],
)
def test_a_promise_is_due_when_the_clock_of_the_readers_will_show_it(now: str, said: str, due: str) -> None:
    found = told(flat(said), "en", at(now).astimezone(MADRID))
    assert found is not None
    assert found[0] == at(due)
