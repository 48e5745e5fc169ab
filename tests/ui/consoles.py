"""The real console on a real room in a temporary folder, driven by Pilot; or the demo at a fixed moment."""

import asyncio
import atexit
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from time import monotonic
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.pilot import Pilot

from tests.patience import PATIENCE
from tests.ui.rest import press, rest, send
from warroom.domain.incident import Incident
from warroom.domain.statement import Statement
from warroom.services.demo import STARTS, live_through, open_demo
from warroom.services.intake import running
from warroom.services.keeper import Keeper
from warroom.services.room import MENTIONS, Room
from warroom.services.words import Words
from warroom.store.windows import MentionReader
from warroom.ui.app import WarroomApp
from warroom.ui.scene import Muster
from warroom.ui.screens.console import ConsoleScreen
from warroom.ui.session import LiveSession

MOMENT = datetime(2026, 3, 10, 13, 25, 41, tzinfo=UTC)


@dataclass
class Console:
    """A console under way. `text()` is what stands on the screen, line by line."""

    app: WarroomApp
    pilot: Pilot[int]
    room: Room

    @property
    def screen(self) -> ConsoleScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ConsoleScreen))

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)

    async def press_on(self, *keys: str, until: str) -> None:
        """Press keys while something is under way that does not end yet, until some words are on the screen."""
        for key in keys:
            send(self.pilot, key)
            await asyncio.sleep(0.1)
        deadline = monotonic() + PATIENCE
        while until not in self.text():
            assert monotonic() < deadline, f"{until!r} not in\n{self.text()}"
            await asyncio.sleep(0.02)

    def lines(self) -> list[str]:
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip)[:width] for strip in strips][:height]

    def text(self) -> str:
        return "\n".join(self.lines())

    async def begun(self) -> None:
        """Wait until every view is there; who presses keys before that is not what most tests are about."""
        await self.so(lambda: self.screen._is_complete)

    async def settled(self) -> None:
        """Wait until what was done has had its whole effect on the screen."""
        await rest(self.app)

    async def until(self, *holds: str, gone: bool = False) -> None:
        """Wait until some words are on the screen, all at once (or are gone, all of them)."""
        deadline = monotonic() + PATIENCE
        while True:
            await rest(self.app)
            text = self.text()
            if all((words in text) is not gone for words in holds):
                return
            if monotonic() > deadline:
                raise AssertionError(f"{holds!r} {'still' if gone else 'not'} in\n{text}")
            await asyncio.sleep(0.02)

    async def so(self, holds: Callable[[], object]) -> None:
        """Wait until something is so that the screen does not say."""
        deadline = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < deadline, "It is not so, however long one waits"
            await asyncio.sleep(0.02)
            await rest(self.app)
        await rest(self.app)

    async def sorted_out(self) -> None:
        """Wait until every mention was looked through and its narratives are told: what is counted stays the same."""

        def known() -> bool:
            sorting = self.screen.session.scene().sorting
            through = sorting.upto == self.room.board.row and not sorting.may_look_back
            return through and bool(sorting.stories.narratives or sorting.stories.alone)

        await self.so(known)
        self.screen.look()
        await self.settled()

    def place(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Column and row of the first place (or a later one) where some words stand."""
        y, line = [(y, line) for y, line in enumerate(self.lines()) if words in line][nth]
        return cell_len(line[: line.index(words)]), y

    async def click(self, words: str, *, nth: int = 0, times: int = 1, at: int = 0) -> None:
        """Click on words, or so many cells from where they begin, once they are there and stand still."""
        await self.until(words)
        x, y = self.place(words, nth)
        await self.pilot.click(offset=(x + at, y), times=times)
        await rest(self.app)


_LIVED: dict[tuple[str, timedelta], tuple[Path, Keeper]] = {}
"""By language and length, what the demos of this process began with: the same each time, and long to make."""


async def lived_before(folder: Path, words: Words, later: timedelta) -> Keeper:
    """Fill a folder with what the demo has lived through when its person comes in."""
    key = words.lang, later
    if key not in _LIVED:
        made = Path(mkdtemp())
        atexit.register(rmtree, made, ignore_errors=True)
        _LIVED[key] = made, await live_through(made, words, MOMENT - STARTS, STARTS + later)
    made, keeper = _LIVED[key]
    copytree(made, folder, dirs_exist_ok=True)
    return deepcopy(keeper)


@asynccontextmanager
async def demo_console(
    folder: Path,
    size: tuple[int, int] = (120, 36),
    *,
    lang: str = "en",
    calm: bool = False,
    theme: str = "warroom-dark",
    later: timedelta = timedelta(0),
    keys: Mapping[str, str] | None = None,
    ascii: bool = False,
    at_once: Sequence[str] = (),
) -> AsyncIterator[Console]:
    """The demo, its clock standing still at 14:25:41, 23 minutes after the declaration, or so much `later`. The keys
    of `at_once` are pressed before the console is whole."""
    words = Words(lang, ZoneInfo("Europe/Madrid"), plain=ascii)
    lived = None if calm else await lived_before(folder, words, later)
    async with AsyncExitStack() as stack:
        demo = open_demo(
            folder,
            words,
            real=lambda: MOMENT + later,
            speed=1,
            seed=7,
            calm=calm,
            starts=STARTS + later,
            lived=lived,
        )
        shown = await stack.enter_async_context(demo)
        reader = stack.enter_context(MentionReader(folder / MENTIONS))
        await stack.enter_async_context(running(shown.intake))
        session = LiveSession(
            shown.room, shown.intake, reader, words, shown.desk, mode="demo", organisation=shown.organisation
        )
        muster = Muster(plan=shown.plan, roles=shown.roles, people=shown.people, zone=str(words.zone))
        app = WarroomApp(session, muster=muster, theme=theme, keys=keys, ascii=ascii)
        async with app.run_test(size=size) as pilot:
            console = Console(app, pilot, shown.room)
            for key in at_once:
                send(pilot, key)
            if not at_once:
                await console.begun()
            yield console


def incident_of(console: Console) -> Incident:
    """The open crisis."""
    assert console.room.incident is not None
    return console.room.incident


def statement_of(console: Console) -> Statement:
    """Its current statement."""
    statement = incident_of(console).statement
    assert statement is not None
    return statement
