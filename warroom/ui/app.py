"""The application: themes, the console screen, the palette. It owns nothing of the room."""

import asyncio
import sys
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from warroom.domain.sentence import Refused, say
from warroom.services.keymap import key_of
from warroom.services.keytable import MAIN, VIEWS
from warroom.store.errors import StoreError
from warroom.ui.coach import Coach
from warroom.ui.keyname import key_name
from warroom.ui.keys import keymap
from warroom.ui.messages import Act
from warroom.ui.palette import Offers
from warroom.ui.plain_signs import PlainSigns
from warroom.ui.scene import Muster
from warroom.ui.screens.console import ConsoleScreen
from warroom.ui.session import Session
from warroom.ui.theme import THEMES, as_seen, best_for, defaults

if TYPE_CHECKING:
    from warroom.ui.dialogs.left import Left

PATIENCE = 10.0
"""Seconds that an application has to leave when somebody ends us from outside."""


class WarroomApp(App[int]):
    """warroom on a terminal. `muster` is what a declaration starts with; None in a recording."""

    CSS_PATH = Path(__file__).parent / "warroom.tcss"
    TITLE = "warroom"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Offers}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "screen.leave", "Quit", show=False, priority=True)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-broad")]  # noqa: RUF012 - typed by the base class
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 - typed by the base class
    """For what is not the console's own screen: dialogs, the palette."""
    places = MAIN | VIEWS
    """Where the palette can act while no dialog is open."""

    def __init__(
        self,
        session: Session,
        *,
        muster: Muster | None = None,
        theme: str = "",
        motion: bool = True,
        ascii: bool = False,
        keys: Mapping[str, str] | None = None,
        coach: Coach | None = None,
    ) -> None:
        """`keys` are keys of one's own by action id; the config has judged them. `coach` says what to try. Without a
        `theme` it is the one that the terminal shows best."""
        super().__init__()
        self.session = session
        self.keys = keys or {}
        self.left: dict[Hashable, Left] = {}
        """What was typed in dialogs that were left without doing anything, by what is asked there."""
        self.set_keymap(keymap(self.keys))
        self.muster = muster
        self.motion = motion
        self._coach = coach
        self._console: ConsoleScreen | None = None
        self._last_filters: list[LineFilter] = [PlainSigns()] if ascii else []
        if not motion:
            self.animation_level = "none"
        for known in THEMES:
            self.register_theme(as_seen(known, self.console.color_system))
        self.theme = theme or best_for(self.console.color_system)
        self._coloured = self.get_css_variables()
        """What the sheets were read with."""
        self.stylesheet.set_variables(self._coloured)

    def get_driver_class(self) -> type[Driver]:
        driver = super().get_driver_class()
        if sys.platform == "win32":
            return driver
        from warroom.ui.terminal import ours

        return ours(driver)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *self._last_filters]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return defaults(self.theme, self.console.color_system)

    def refresh_css(self, animate: bool = True) -> None:
        """Textual reads every sheet a second time as it begins, for a theme that they were read with."""
        if (coloured := self.get_css_variables()) != self._coloured:
            self._coloured = coloured
            super().refresh_css(animate)

    def on_mount(self) -> None:
        self._console = ConsoleScreen(self.session, self.muster, self.keys, motion=self.motion, coach=self._coach)
        self.push_screen(self._console)

    async def run_to_the_end(self) -> int | None:
        """Run; what was typed last is written also where somebody ends us from outside."""
        running = asyncio.get_running_loop().create_task(self.run_async())
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            # Cancelled while it starts, Textual waits for ever for widgets that never began: it is asked to leave.
            self.exit()
            await asyncio.wait([running], timeout=PATIENCE)
            running.cancel()
            return None
        finally:
            await self.save_last()

    async def save_last(self) -> None:
        """Write what nobody was asked about; where that cannot be, nobody is left to be told."""
        last = self._console.last_words() if self._console is not None else None
        if last is not None:
            decide, crisis = last
            with suppress(Refused, StoreError):
                await self.session.do(decide, inc=crisis)

    def action_command_palette(self) -> None:
        """Textual's own asks in English."""
        if not isinstance(self.screen, CommandPalette):
            asks = self.session.words.t("What do you want to do?")
            self.push_screen(CommandPalette(id="--command-palette", placeholder=asks))

    def on_act(self, message: Act) -> None:
        """A dialog hands in what somebody decided there: the console below it writes."""
        message.stop()
        for below in reversed(self.screen_stack):
            if isinstance(below, ConsoleScreen):
                below.on_act(message)
                return

    def action_unfilter(self, field: str, value: str) -> None:
        """A click on a filter's chip takes it off."""
        from warroom.ui.views.feed import FeedView

        self.screen.query_one(FeedView).unfilter(field, value)

    def action_use_theme(self, name: str) -> None:
        self.theme = name

    def action_help(self) -> None:
        """The keys that work where one is."""
        from warroom.ui.dialogs.help import HelpDialog

        if not isinstance(self.screen, HelpDialog | CommandPalette):
            recorded = self.session_of(self.screen).scene().read_only
            bindings = list(self.screen.active_bindings.values())
            self.push_screen(HelpDialog(self.session.words, bindings, recorded=recorded))

    def action_help_quit(self) -> None:
        """Ctrl+C ends nothing; Textual says so in English."""
        if isinstance(self.screen, ConsoleScreen):
            key = key_name(key_of("console.quit", self.keys), self.session.words)
            told = say("Nothing was ended. {key} leaves warroom.", key=key)
            if self.screen.session.scene().read_only:
                told = say("Nothing was ended. {key} leaves the recording.", key=key)
            self.screen.tell(told)

    def session_of(self, screen: Screen[Any]) -> Session:
        """What a console shows: the room, or a recording that was opened over it."""
        return screen.session if isinstance(screen, ConsoleScreen) else self.session
