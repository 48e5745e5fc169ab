"""What the mouse means on the mention feed: where in a line it is, and which rows are passed over with the button held.
Pure: cells and indexes in, meanings out."""

from collections.abc import Iterable
from typing import Literal

from rich.segment import Segment as Cell

from warroom.ui.widgets.mention_row import FOLDED, UNFOLDED

SIGN = 1
"""Cells from the bar of the selection to the sign of the state, on which a click checks a row."""

Spot = Literal["row", "sign", "folded", "unfolded"]


def spot_of(cells: Iterable[Cell], x: int, *, boxed: bool) -> Spot:
    """What of a row is under the pointer."""
    if x - boxed <= SIGN:
        return "sign"
    for cell in cells:
        if (x := x - cell.cell_length) < 0:
            return "folded" if cell.text[:1] == FOLDED else "unfolded" if cell.text[:1] == UNFOLDED else "row"
    return "row"


def is_on_note(cells: list[Cell], x: int) -> bool:
    """Whether this is the note of an edge, which stands before its last cell."""
    end = sum(cell.cell_length for cell in cells[:-1])
    return bool(cells[-2].text.strip()) and end - cells[-2].cell_length <= x < end


class Drag:
    """Rows passed over with the button held. A press that stays on its row is none."""

    def __init__(self) -> None:
        self._from: int | None = None
        self._to: int | None = None

    def begin(self, index: int | None) -> None:
        self._from, self._to = index, None

    def over(self, index: int | None) -> range:
        """The rows from where it began to here; none while it is still there, nor where it has been looked at."""
        if self._from is None or index is None or index == (self._from if self._to is None else self._to):
            return range(0)
        self._to = index
        return range(min(self._from, index), max(self._from, index) + 1)

    def end(self) -> bool:
        """Let go: whether more than one row was passed over."""
        self._from, moved = None, self._to is not None
        self._to = None
        return moved
