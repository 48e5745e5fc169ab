"""Choices whose state is seen by its sign and not by its colour alone: `( ) (•)` one of several, `[ ] [x]` yes or no,
any of a list; `▌` stands before the one that has the keys. Textual paints the same dot in two colours.

They have the keys of forms everywhere. Of several that exclude each other, the arrow keys choose: what the cursor is
on is what holds. Where each may be on or off, Space ticks. Enter goes on to the next field. What stands beside a box is
text and never markup: people write [brackets] into their objectives and facts.
"""

from typing import ClassVar, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Checkbox, RadioButton, RadioSet, SelectionList

Value = TypeVar("Value")


class GoOn(Message):
    """Enter in a field that has no line to type: the form goes on, as it does from a line."""


class Choice(RadioButton):
    """One of several."""

    def __init__(self, label: str, *, value: bool = False, id: str | None = None, compact: bool = False) -> None:
        super().__init__(Content(label), value, id=id, compact=compact)

    @property
    def _button(self) -> Content:
        held = self.has_class("-selected") and isinstance(self.parent, Widget) and self.parent.has_focus
        return _sign("(•)" if self.value else "( )", self.value, held=held)


class ChoiceSet(RadioSet, inherit_bindings=False):
    """Choices of which one holds. With Textual's own keys the cursor may be on one while another holds, and a tired
    person who goes on believes that they have chosen it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right", "choose(1)", "Next", show=False),
        Binding("up,left", "choose(-1)", "Previous", show=False),
        Binding("space", "choose(0)", "Choose", show=False),
        Binding("enter", "go_on", "Go on", show=False),
    ]

    def on_mount(self) -> None:
        # Textual's own set-up comes after this.
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """The cursor begins at the one that holds; Textual's begins at the first."""
        for _ in range(max(0, self.pressed_index)):
            self.action_next_button()

    def action_choose(self, direction: int) -> None:
        """The next one or the one before; at the ends nothing. Where none holds yet, any key takes the first."""
        open_ones = [choice for choice in self.query(Choice) if not choice.disabled]
        held = self.pressed_button
        if held not in open_ones:
            chosen = open_ones[:1]
        else:
            place = open_ones.index(held) + direction
            chosen = open_ones[place : place + 1] if place >= 0 else []
        for choice in chosen:
            choice.value = True

    def action_go_on(self) -> None:
        self.post_message(GoOn())

    def press(self, choice: Choice) -> None:
        """Mark one of them, also from within a handler: Textual tells the set nothing of what is marked there."""
        with self.prevent(RadioButton.Changed):
            for other in self.query(Choice):
                other.value = other is choice
        self._pressed_button = choice


class Tick(Checkbox, inherit_bindings=False):
    """Yes or no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_button", "Tick", show=False),
        Binding("enter", "go_on", "Go on", show=False),
    ]

    def __init__(self, label: str, *, value: bool = False, id: str | None = None, compact: bool = False) -> None:
        super().__init__(Content(label), value, id=id, compact=compact)

    def action_go_on(self) -> None:
        self.post_message(GoOn())

    @property
    def _button(self) -> Content:
        return _sign("[x]" if self.value else "[ ]", self.value, held=self.has_focus)


class TickList(SelectionList[Value]):
    """Any of a list: what is shown, its value, whether it is ticked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", "Go on", show=False)]

    def __init__(self, *ticks: tuple[str, Value, bool], id: str | None = None, compact: bool = False) -> None:
        super().__init__(*((Content(label), value, on) for label, value, on in ticks), id=id, compact=compact)

    def action_go_on(self) -> None:
        self.post_message(GoOn())

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
