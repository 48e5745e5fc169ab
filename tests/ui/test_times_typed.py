"""Times as people type them into the tables of a crisis."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from warroom.domain.sentence import Refused
from warroom.services.words import Words
from warroom.ui.dialogs.table import time_of

NOW = datetime(2026, 3, 10, 13, 25, tzinfo=UTC)
MADRID = Words("en", ZoneInfo("Europe/Madrid"))


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14:02", datetime(2026, 3, 10, 13, 2, tzinfo=UTC)),
        ("23:30", datetime(2026, 3, 9, 22, 30, tzinfo=UTC)),
        ("2026-03-08 09:15", datetime(2026, 3, 8, 8, 15, tzinfo=UTC)),
        ("2026-03-08T09:15Z", datetime(2026, 3, 8, 9, 15, tzinfo=UTC)),
    ],
)
def test_a_time_of_day_is_the_last_one_and_a_date_is_a_date(typed: str, at: datetime) -> None:
    assert time_of(typed, MADRID, NOW) == at


@pytest.mark.parametrize("typed", ["", "whenever", "25:99", "\x1b[2J"])
def test_what_names_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        time_of(typed, MADRID, NOW)
