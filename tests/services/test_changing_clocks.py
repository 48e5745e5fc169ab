"""A crisis in the night in which the clocks are changed, and over midnight: countdowns come from UTC, what is shown has
the zone that was in force then."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.scenario import DECLARED, Scenario
from warroom.domain.deadlines import next_deadline
from warroom.domain.incident import add_note
from warroom.domain.silence import silent_since
from warroom.services.report.log import markdown
from warroom.services.words import Words
from warroom.ui.dialogs.note import dated
from warroom.ui.present import countdown
from warroom.ui.views.plan import due_minutes

MADRID = Words("en", ZoneInfo("Europe/Madrid"))
SPRING, AUTUMN = datetime(2026, 3, 29, 0, 50, tzinfo=UTC), datetime(2026, 10, 25, 0, 50, tzinfo=UTC)


def declared_at(at: datetime) -> Scenario:
    """A crisis declared at this moment."""
    scenario = Scenario()
    scenario.now = at
    event = replace(DECLARED, declared_at=at, first_mention_at=at - timedelta(minutes=10), zone="Europe/Madrid")
    return scenario.given(event)


@pytest.mark.parametrize(("at", "shown"), [(SPRING, "03:50"), (AUTUMN, "02:50")])
def test_a_change_of_the_clocks_alters_no_countdown(at: datetime, shown: str) -> None:
    scenario = declared_at(at)
    incident = replace(scenario.incident, plan=replace(scenario.incident.plan, first_word=60))
    later = at + timedelta(minutes=30)
    deadline = next_deadline(incident, later)
    assert deadline is not None
    assert countdown(deadline.at - later) == "00:30:00"
    assert MADRID.clock(deadline.at) == shown
    assert MADRID.span(later - silent_since(incident)) == "40 min"


def test_the_log_shows_the_zone_in_force_then_and_counts_the_minutes_that_went_by() -> None:
    scenario = declared_at(AUTUMN)
    for minutes in (5, 20, 75):
        scenario.now = AUTUMN + timedelta(minutes=minutes)
        scenario.given(add_note(f"after {minutes}", now=scenario.now))
    text = markdown(scenario.board, scenario.incident, MADRID)
    assert "02:50:00 +02:00 · +00 min" in text
    assert "02:55:00 +02:00 · +05 min · ✎ after 5" in text
    assert "02:10:00 +01:00 · +20 min · ✎ after 20" in text
    assert "03:05:00 +01:00 · +75 min · ✎ after 75" in text
    assert "the clock went back" not in text
    assert text.index("after 5 ") < text.index("after 20") < text.index("after 75")


@pytest.mark.parametrize(
    ("at", "typed", "minutes"),
    [(SPRING, "03:30", 40), (AUTUMN, "02:20", 30), (AUTUMN, "03:20", 90), (SPRING, "00:10", 1280)],
)
def test_a_deadline_typed_as_a_time_is_so_many_minutes_as_go_by(at: datetime, typed: str, minutes: int) -> None:
    incident = declared_at(at).incident
    state = next(iter(incident.steps.values()))
    assert due_minutes(typed, state, incident, MADRID) == minutes


def test_a_note_of_before_finds_its_own_hour() -> None:
    now = AUTUMN + timedelta(minutes=20)  # 02:10 for the second time
    assert dated("02:40 they called", now, MADRID) == ("they called", AUTUMN - timedelta(minutes=10))
    assert dated("02:05 they called", now, MADRID) == ("they called", AUTUMN + timedelta(minutes=15))
    assert dated("23:59 late", SPRING, MADRID) == ("late", datetime(2026, 3, 28, 22, 59, tzinfo=UTC))


def test_a_crisis_over_midnight_has_a_heading_for_each_day() -> None:
    scenario = declared_at(datetime(2026, 6, 9, 21, 50, tzinfo=UTC))  # 23:50
    scenario.now += timedelta(minutes=20)
    scenario.given(add_note("after midnight", now=scenario.now))
    text = markdown(scenario.board, scenario.incident, MADRID)
    assert (
        text.index("**Tue 9 Jun 2026**") < text.index("**Wed 10 Jun 2026**") < text.index("00:10:00 +02:00 · +20 min")
    )
