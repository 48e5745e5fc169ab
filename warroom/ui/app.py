"""The application: themes, the console screen, the palette. It owns nothing of the room."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.filter import LineFilter
from textual.screen import Screen

from warroom.ui.palette import commands
from warroom.ui.plain_signs import PlainSigns
from warroom.ui.scene import Muster
from warroom.ui.screens.console import ConsoleScreen
from warroom.ui.session import Session
from warroom.ui.theme import DARK, THEMES, defaults
from warroom.ui.views.feed import FeedView


class WarroomApp(App[int]):
    """warroom on a terminal. `muster` is what a declaration starts with; None in a recording."""

    CSS_PATH = Path(__file__).parent / "warroom.tcss"
    TITLE = "warroom"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "screen.leave", "Quit", show=False, priority=True)]

    def __init__(
        self,
        session: Session,
        *,
        muster: Muster | None = None,
        theme: str = DARK.name,
        motion: bool = True,
        ascii: bool = False,
    ) -> None:
        super().__init__()
        self.session = session
        self.muster = muster
        self.motion = motion
        self._last_filters: list[LineFilter] = [PlainSigns()] if ascii else []
        if not motion:
            self.animation_level = "none"
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *self._last_filters]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return defaults(self.theme)

    def on_mount(self) -> None:
        self.push_screen(ConsoleScreen(self.session, self.muster, motion=self.motion))

    def action_command_palette(self) -> None:
        """Textual's own asks in English."""
        if not isinstance(self.screen, CommandPalette):
            asks = self.session.words.t("What do you want to do?")
            self.push_screen(CommandPalette(id="--command-palette", placeholder=asks))

    def action_unfilter(self, field: str) -> None:
        """A click on a filter's chip takes it off."""
        self.screen.query_one(FeedView).unfilter(field)

    def action_use_theme(self, name: str) -> None:
        self.theme = name

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: every act, in the reader's language."""
        yield from commands(self, screen, self.session.words)
