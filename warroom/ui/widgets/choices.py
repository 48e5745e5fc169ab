"""Choices whose state is seen by its sign and not by its colour alone: one of several, yes or no, any of a list."""

from typing import TypeVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import Checkbox, RadioButton, SelectionList

Value = TypeVar("Value")


class Choice(RadioButton):
    """One of several. Textual paints the same dot in two colours."""

    def watch_value(self) -> None:
        _sign(self, "●")
        super().watch_value()

    def on_mount(self) -> None:
        _sign(self, "●")


class Tick(Checkbox):
    """Yes or no."""

    def watch_value(self) -> None:
        _sign(self, "X")
        super().watch_value()

    def on_mount(self) -> None:
        _sign(self, "X")


class TickList(SelectionList[Value]):
    """Any of a list."""

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        index = self.scroll_offset.y + y
        if index >= self.option_count or self.get_option_at_index(index).value in self.selected:
            return strip
        parts = list(strip)
        if len(parts) > 1 and parts[1].text == Checkbox.BUTTON_INNER:
            parts[1] = Segment(" ", parts[1].style, parts[1].control)
        return Strip(parts)


def _sign(button: Checkbox | RadioButton, sign: str) -> None:
    button.BUTTON_INNER = sign if button.value else " "
    button.refresh(layout=True)
