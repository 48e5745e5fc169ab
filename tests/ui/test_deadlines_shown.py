"""What people were told to expect: counted up once it is late, said in the banner and the timeline; and for a moment
after how long we spoke."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.scenario import START
from tests.ui.live import live_console
from warroom.domain.events import Place, PromiseMade, PromiseMissed, StatementPublished
from warroom.ui.spoken import Spoken


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_missed_deadline_counts_up_and_stands_in_the_banner(tmp_path: Path, size: tuple[int, int]) -> None:
    async with live_console(tmp_path, size) as (console, clock, _):
        clock.pass_minutes(18.2)
        await console.until("Promised for 14:17, 3 min ago: First word")
        assert "4 Statement" in next(line for line in console.lines() if "Promised for" in line)
        assert ("+03:12 late" if size[0] < 100 else "late: first word") in console.text()
        await console.press("5")
        await console.until("Overdue: First word")


async def test_a_missed_promise_is_told_in_the_timeline_once_for_each_date(tmp_path: Path) -> None:
    async with live_console(tmp_path, sources=["news"]) as (console, clock, _):
        promise = PromiseMade(promise="P1", text="Refunds start", due_at=START + timedelta(minutes=5))
        await console.room.do(lambda board: promise)
        clock.pass_minutes(8)
        await console.until("Promised for 14:07, 3 min ago: Refunds start")
        await console.click("Refunds start")
        await console.until("k Kept")
        await console.press("escape")
        await console.click("4 Statement", nth=1)
        await console.until("Checks")
        await console.press("5")
        await console.until("Promised for 14:07 and still open: Refunds start")
        assert "late: Freeze scheduled posts" in console.text()
        assert "()" not in console.text(), "nobody owns it"
        await console.pilot.pause(1.2)
        told = [line.recorded.data for line in console.room.board.timeline]
        assert [type(data) for data in told].count(PromiseMissed) == 1


def test_after_how_long_is_said_for_ten_seconds_and_only_of_what_goes_out_now() -> None:
    from tests.scenario import declared

    scenario = declared()
    spoken = Spoken()
    assert spoken.look(scenario.incident, 0.0) is None
    scenario.minutes(12).given(
        StatementPublished(
            statement="S1",
            revision=1,
            digest="d",
            published_at=START + timedelta(minutes=12),
            places=(Place("web", ""),),
            purpose="first-word",
        )
    )
    assert spoken.look(scenario.incident, 5.0) == START + timedelta(minutes=12)
    assert spoken.look(scenario.incident, 14.9) is not None
    assert spoken.look(scenario.incident, 15.1) is None
    assert Spoken().look(scenario.incident, 0.0) is None


async def test_the_room_names_the_keys_that_lead_to_the_objectives_from_there(tmp_path: Path) -> None:
    async with live_console(tmp_path) as (console, _, _sources):
        incident = console.room.incident
        assert incident is not None
        console.room.board.incidents[incident.id] = replace(incident, objectives=())
        console.screen.look()
        await console.until("No objective yet: press 3 o.")
        await console.press("3")
        await console.until("No objective yet: press o.")
        await console.press("1", "3", "o")
        await console.until("Objectives on the table")
