"""A text alone on the screen, for terminals that refuse the clipboard: nothing beside it that could be selected too."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from warroom.domain.text import plain
from warroom.services.words import Words
from warroom.ui.dialogs.over import OverScreen
from warroom.ui.line import Part
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.text_block import TextBlock


class TextAloneScreen(OverScreen[None]):
    """Esc, Enter or q closes it. Lines begin in the first column, so that a selection takes nothing else."""

    DEFAULT_CSS = """
    TextAloneScreen { align: left top; background: $background; }
    TextAloneScreen VerticalScroll { height: 1fr; scrollbar-size-vertical: 0; }
    TextAloneScreen #how { dock: bottom; height: 1; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "leave", "Close")]

    def __init__(self, words: Words, text: str) -> None:
        super().__init__()
        self._words = words
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=True):
            yield Static(content_of([Part(plain(self._text))]))
        how = self._words.t("Select it with the mouse, in most terminals with Shift held. Esc closes.")
        told = TextBlock(id="how")
        told.show([Part(how, "$muted", "screen.leave")])
        yield told

    def action_leave(self) -> None:
        self.dismiss(None)
