"""The coach of the demo: one line that says what to try next, until it has been tried."""

from datetime import UTC
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.ui.consoles import MOMENT, Console
from warroom.services.demo import open_demo
from warroom.services.intake import running
from warroom.services.room import MENTIONS
from warroom.services.words import LANGUAGES, Words
from warroom.store.windows import MentionReader
from warroom.ui.app import WarroomApp
from warroom.ui.coach import LESSONS, Coach
from warroom.ui.scene import Muster
from warroom.ui.session import LiveSession


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_lesson_fits_the_narrowest_usual_screen(lang: str) -> None:
    coach = Coach()
    for lesson in LESSONS:
        assert coach.lesson == lesson
        assert cell_len(f" 1/6  {coach.told({}, Words(lang, UTC))}") <= 80
        coach.saw(lesson.sign)
    assert coach.lesson == LESSONS[-1]


def test_a_lesson_names_the_key_that_it_has_here() -> None:
    assert "then b marks it" in Coach().told({"feed.reply": "b"}, Words("en", UTC))


async def test_the_lessons_go_on_as_they_are_tried(tmp_path: Path) -> None:
    words = Words("en", UTC)
    async with (
        open_demo(tmp_path, words, real=lambda: MOMENT, speed=1, seed=7, calm=False) as shown,
        running(shown.intake),
    ):
        with MentionReader(tmp_path / MENTIONS) as reader:
            session = LiveSession(
                shown.room, shown.intake, reader, words, shown.desk, mode="demo", organisation=shown.organisation
            )
            muster = Muster(plan=shown.plan, roles=shown.roles, people=shown.people, zone="UTC")
            app = WarroomApp(session, muster=muster, coach=Coach())
            async with app.run_test(size=(100, 30)) as pilot:
                console = Console(app, pilot, shown.room)
                await console.begun()
                await console.until("1/6  ↓ picks a mention")
                await console.press("down", "r")
                await console.until("2/6  u takes it back.")
                await console.press("u")
                await console.until("3/6  3: a step of the plan is late.")
                await console.press("3", "space")
                await console.until("4/6  4, then p")
                await console.press("4", "p")
                await console.until("Nothing is posted for you")
                await console.press("escape")
                await console.until("5/6  6: how many speak")
                await console.press("6")
                await console.until("6/6  ? keys, Ctrl+P everything else.")
