"""The clock of the golden hour in digits that are read from across the room; with --ascii in plain ones, because big
digits are drawn with lines and corners."""

from textual.renderables.digits import Digits as Drawn
from textual.widgets import Digits

from warroom.ui.line import Part
from warroom.ui.plain_signs import PlainSigns
from warroom.ui.widgets.action_line import Fitted


class BigClock(Digits):
    """Digits, three rows high. Parts, because the base class lays out a table for them, each second."""

    def on_mount(self) -> None:
        self.auto_links = False

    def render(self) -> Fitted:
        if any(isinstance(one, PlainSigns) for one in self.get_line_filters()):
            return Fitted([Part("\n"), Part(f"  {self.value}", "bold")])
        return Fitted([Part(piece.text) for piece in Drawn(self.value).render(self.styles.text_style)])
