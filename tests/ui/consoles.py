"""The real console on a real room in a temporary folder, driven by Pilot; or the demo at a fixed moment."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from warroom.services.demo import STARTS, open_demo
from warroom.services.intake import running
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
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause(0.05)

    def lines(self) -> list[str]:
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip)[:width] for strip in strips][:height]

    def text(self) -> str:
        return "\n".join(self.lines())

    async def until(self, holds: str, *, gone: bool = False) -> None:
        """Wait until some words are on the screen (or are gone)."""
        for _ in range(100):
            if (holds in self.text()) is not gone:
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"{holds!r} {'still' if gone else 'not'} in\n{self.text()}")


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
) -> AsyncIterator[Console]:
    """The demo, its clock standing still at 14:25:41, 23 minutes after the declaration, or so much `later`."""
    words = Words(lang, ZoneInfo("Europe/Madrid"))
    async with AsyncExitStack() as stack:
        shown = await stack.enter_async_context(
            open_demo(folder, words, real=lambda: MOMENT + later, speed=1, seed=7, calm=calm, starts=STARTS + later)
        )
        reader = stack.enter_context(MentionReader(folder / MENTIONS))
        await stack.enter_async_context(running(shown.intake))
        session = LiveSession(
            shown.room, shown.intake, reader, words, shown.desk, mode="demo", organisation=shown.organisation
        )
        muster = Muster(plan=shown.plan, roles=shown.roles, people=shown.people, zone=str(words.zone))
        app = WarroomApp(session, muster=muster, theme=theme, keys=keys, ascii=ascii)
        async with app.run_test(size=size) as pilot:
            console = Console(app, pilot, shown.room)
            await pilot.pause(0.3)
            while not console.screen._is_complete:
                await pilot.pause(0.05)
            yield console
