"""The clock of the golden hour in digits that are read from across the room; with --ascii in plain ones, because big
digits are drawn with lines and corners."""

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Digits

from warroom.ui.plain_signs import PlainSigns


class BigClock(Digits):
    """Digits, three rows high."""

    def render(self) -> VisualType:
        if any(isinstance(one, PlainSigns) for one in self.get_line_filters()):
            return Content(f"\n  {self.value}").stylize("bold")
        return super().render()
