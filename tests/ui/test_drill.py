"""A drill on the screen: it cannot be taken for the real thing, it ends with its report, and what is real is told."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.ui.consoles import MOMENT, Console, demo_console
from warroom.domain.sentence import Sentence, say
from warroom.services.drill import open_drill
from warroom.services.exercise import load_exercise
from warroom.services.intake import running
from warroom.services.room import MENTIONS, open_room
from warroom.services.scorecard import card, told
from warroom.services.words import Words
from warroom.store.steady import SteadyReader
from warroom.ui.app import WarroomApp
from warroom.ui.scene import Muster, Practice
from warroom.ui.session import DRILL, LiveSession
from warroom.verbs.flags import Flags
from warroom.verbs.screens import desk_of
from warroom.verbs.setting import settle

Cry = Callable[[], Sentence | None]


@asynccontextmanager
async def drill_console(
    folder: Path, size: tuple[int, int], lang: str, *, gone: timedelta = timedelta(0), cry: Cry = lambda: None
) -> AsyncIterator[Console]:
    """A drill, its clock standing still so long after its beginning."""
    words, hands = Words(lang, ZoneInfo("Europe/Madrid")), [MOMENT]
    async with AsyncExitStack() as stack:
        exercise = load_exercise("lumbria", lang)
        under = await stack.enter_async_context(
            open_drill(folder, exercise, words, real=lambda: hands[0], speed=1, actor="QQ")
        )
        hands[0] += gone
        await stack.enter_async_context(running(under.intake))
        reader = stack.enter_context(SteadyReader(folder / MENTIONS))
        practice = Practice(
            title=words.name(exercise.script.title),
            brief=words.name(exercise.script.brief),
            ends=under.ends,
            report=lambda: told(card(under.room.board, exercise, under.begun, under.room.clock()), words),
            outside=cry,
        )
        session = LiveSession(
            under.room, under.intake, reader, words, under.desk, mode="drill", organisation="Lumbria", practice=practice
        )
        app = WarroomApp(
            session, muster=Muster(plan=under.plan, roles=under.roles, people=under.people, zone="Europe/Madrid")
        )
        async with app.run_test(size=size) as pilot:
            console = Console(app, pilot, under.room)
            await console.begun()
            yield console


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
@pytest.mark.parametrize(
    ("lang", "chip", "brief"), [("en", "▞▞ DRILL ▞▞", "payday"), ("es", "▞▞ SIMULACRO ▞▞", "cobro")]
)
async def test_a_drill_says_what_it_is_and_ends_with_its_report(
    tmp_path: Path, size: tuple[int, int], lang: str, chip: str, brief: str
) -> None:
    async with drill_console(tmp_path, size, lang, gone=timedelta(minutes=20)) as console:
        await console.until(chip)
        assert brief in console.text()
        assert "40 min" in console.text()
        await console.press("q")
        await console.until("DRILL ·" if lang == "en" else "SIMULACRO ·")
        await console.press(*["enter"] * 5)
        assert console.app.return_value is None
        assert console.app.is_running


async def test_a_crisis_of_a_drill_is_marked_as_one_wherever_it_is_kept(tmp_path: Path) -> None:
    async with drill_console(tmp_path, (120, 36), "en") as console:
        await console.press("d", *"down", "tab")
        await console.press("tab", "tab", "tab", "tab", "enter")
        await console.until("Golden hour")
        incident = console.room.board.incident
        assert incident is not None
        assert (incident.id, incident.mode, incident.lead) == ("drill", "drill", "QQ")
        assert "▞▞ DRILL ▞▞" in console.text()


async def test_when_the_time_is_up_it_is_said_and_the_drill_goes_on(tmp_path: Path) -> None:
    async with drill_console(tmp_path, (120, 36), "en", gone=timedelta(minutes=60)) as console:
        await console.until("Time is up.")
        assert console.app.is_running


async def test_what_is_real_is_told_in_the_drill(tmp_path: Path) -> None:
    cry = say("Spike: {rate} mentions a minute", rate=40)
    async with drill_console(tmp_path, (120, 36), "en", cry=lambda: cry) as console:
        await console.until("NOT THE DRILL")
        assert "Spike: 40 mentions a minute" in console.text()


async def test_the_drill_is_a_key_away_in_calm_and_nowhere_else(tmp_path: Path) -> None:
    setting = settle(Flags(data_dir=str(tmp_path)), {})
    async with open_room(tmp_path, clock=lambda: MOMENT, actor="QQ") as room:
        from warroom.domain.triage.triage import Triage
        from warroom.services.intake import Intake
        from warroom.services.lexicon import load_lexicon

        intake = Intake(room, [], Triage(load_lexicon()), clock=lambda: MOMENT)
        async with running(intake):
            with SteadyReader(tmp_path / MENTIONS) as reader:
                session = LiveSession(
                    room,
                    intake,
                    reader,
                    setting.words,
                    desk_of(setting),
                    organisation="",
                    drill_takes=timedelta(minutes=10),
                )
                app = WarroomApp(session)
                async with app.run_test(size=(120, 36)) as pilot:
                    console = Console(app, pilot, room)
                    await console.begun()
                    await console.until("Start a drill (10 min)")
                    await console.press("s")
                assert app.return_value == DRILL
    async with demo_console(tmp_path / "demo", calm=True) as console:
        await console.until("Declare a crisis")
        assert "Start a drill" not in console.text()
        await console.press("s")
        assert console.app.is_running
