"""Choices whose state is seen by its sign and not by its colour alone: one of several, yes or no, any of a list."""

from typing import TypeVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import Checkbox, RadioButton, RadioSet, SelectionList

Value = TypeVar("Value")


class Choice(RadioButton):
    """One of several. Textual paints the same dot in two colours."""

    def watch_value(self) -> None:
        _sign(self, "●")
        super().watch_value()

    def on_mount(self) -> None:
        _sign(self, "●")


class ChoiceSet(RadioSet):
    """Choices of which one holds. The arrows start from it; Textual starts at the first, and a tired person who counts
    keys from what is marked would choose another one."""

    def on_mount(self) -> None:
        # Textual's own set-up comes after this.
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        for _ in range(max(0, self.pressed_index)):
            self.action_next_button()

    def press(self, choice: Choice) -> None:
        """Mark one of them, also from within a handler: Textual tells the set nothing of what is marked there."""
        with self.prevent(RadioButton.Changed):
            for other in self.query(Choice):
                other.value = other is choice
        self._pressed_button = choice


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
