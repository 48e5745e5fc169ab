"""Choices whose state is seen by its sign and not by its colour alone: `( ) (•)` one of several, `[ ] [x]` yes or no,
any of a list; `▌` stands before the one that has the keys. Textual paints the same dot in two colours."""

from typing import TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Checkbox, RadioButton, RadioSet, SelectionList

Value = TypeVar("Value")


class Choice(RadioButton):
    """One of several."""

    @property
    def _button(self) -> Content:
        held = self.has_class("-selected") and isinstance(self.parent, Widget) and self.parent.has_focus
        return _sign("(•)" if self.value else "( )", self.value, held=held)


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

    @property
    def _button(self) -> Content:
        return _sign("[x]" if self.value else "[ ]", self.value, held=self.has_focus)


class TickList(SelectionList[Value]):
    """Any of a list."""

    def _get_left_gutter_width(self) -> int:
        return len("▌[x] ")

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        index = self.scroll_offset.y + y
        if index >= self.option_count:
            return strip
        _, sign, _, blank, *line = strip
        ticked = self.get_option_at_index(index).value in self.selected
        ground = blank.style or Style()
        ink = ground + Style(color=sign.style.color if ticked and sign.style else None, bold=ticked)
        mark = "▌" if self.has_focus and index == self.highlighted else " "
        return Strip([Segment(f"{mark}{'[x]' if ticked else '[ ]'}", ink), blank, *line])


def _sign(sign: str, on: bool, *, held: bool) -> Content:
    return Content.assemble(("▌" if held else " ", "bold $warning"), (sign, "bold $success" if on else ""))
