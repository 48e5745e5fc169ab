"""The clock of the golden hour in digits that are read from across the room; with --ascii in plain ones, because big
digits are drawn with lines and corners."""

from functools import cache

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.renderables.digits import Digits as Drawn
from textual.widgets import Digits

from warroom.ui.line import Part
from warroom.ui.plain_signs import PlainSigns
from warroom.ui.widgets.action_line import Fitted

WIDE = 5
"""Signs up to which each has three cells. In more, "1:36:19", what parts them has one, for the words beside it."""


class BigClock(Digits):
    """Digits, three rows high. Parts, because the base class lays out a table for them, each second."""

    def on_mount(self) -> None:
        self.auto_links = False

    def render(self) -> Fitted:
        if any(isinstance(one, PlainSigns) for one in self.get_line_filters()):
            return Fitted([Part("\n"), Part(f"  {self.value}", "bold")])
        rows = zip(*self._signs(), strict=True)
        return Fitted([part for row in rows for part in (Part("".join(row)), Part("\n"))])

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return sum(len(rows[0]) for rows in self._signs())

    def _signs(self) -> list[list[str]]:
        narrow = ": " if len(self.value) > WIDE else ""
        return [_drawn(sign, narrow=sign in narrow) for sign in self.value]


@cache
def _drawn(sign: str, *, narrow: bool) -> list[str]:
    """The three rows of one sign."""
    pieces = Drawn(sign).render(Style(bold=True))
    rows = [piece.text for piece in pieces if isinstance(piece, Segment) and piece.text != "\n"]
    return [row[1:2] for row in rows] if narrow else rows
