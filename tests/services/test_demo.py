"""The demo is signed by whoever comes in."""

from pathlib import Path
from zoneinfo import ZoneInfo

from tests.ui.consoles import MOMENT
from warroom.domain.incident import add_note
from warroom.services.demo import open_demo
from warroom.services.scenario import load_scenario
from warroom.services.words import Words
from warroom.verbs.flags import Flags
from warroom.verbs.setting import settle

WORDS = Words("en", ZoneInfo("Europe/Madrid"))


async def test_who_comes_in_under_other_initials_sits_in_the_place_of_the_lead(tmp_path: Path) -> None:
    async with open_demo(tmp_path, WORDS, real=lambda: MOMENT, speed=1, seed=7, calm=False, actor="ZZ") as demo:
        incident = demo.room.incident
        assert incident is not None
        assert incident.lead == incident.roles["lead"] == demo.roles["lead"] == "ZZ"
        await demo.room.do(lambda board: add_note("hello", now=MOMENT))
        signed = [line.recorded.actor for line in demo.room.board.timeline]
        assert signed[-1] == "ZZ"
        assert "AM" not in signed


def test_who_has_the_initials_of_one_of_the_people_is_that_one() -> None:
    scenario = load_scenario("nordavena", "en")
    assert scenario.played_by("PG") is scenario
    assert scenario.played_by("") is scenario


def test_nobody_signs_who_was_not_named(tmp_path: Path) -> None:
    assert settle(Flags(data_dir=str(tmp_path)), {"USER": "jo"}).signs == ""
    assert settle(Flags(data_dir=str(tmp_path), actor="ZZ"), {}).signs == "ZZ"
    assert settle(Flags(data_dir=str(tmp_path)), {"WARROOM_AS": "YY"}).signs == "YY"
