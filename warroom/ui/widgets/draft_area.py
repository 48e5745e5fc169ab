"""A text that somebody writes. What is pasted into it may be written against us, and is marked as it comes in."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from warroom.domain.text import harmless


class DraftArea(TextArea):
    """A text area whose pastes go through the gate; no line of them is cut. Everything is chosen, and both ends are
    reached, with the keys of every other program; Textual's own Ctrl+A is the beginning of a line, as Home is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+a", "select_all", show=False),
        Binding("ctrl+home", "edge(False)", show=False),
        Binding("ctrl+end", "edge(True)", show=False),
    ]

    def action_edge(self, end: bool) -> None:
        self.move_cursor(self.document.end if end else (0, 0))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        await super()._on_paste(events.Paste(harmless(event.text)))

    def point(self, start: int, end: int) -> None:
        """Select the words between two positions of the text."""
        self.selection = Selection(place_of(self.text, start), place_of(self.text, end))


def place_of(text: str, index: int) -> tuple[int, int]:
    """Row and column of a position in a text."""
    return text.count("\n", 0, index), index - (text.rfind("\n", 0, index) + 1)


def index_of(text: str, place: tuple[int, int]) -> int:
    """The position of a row and a column."""
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: place[0]]) + place[1]
