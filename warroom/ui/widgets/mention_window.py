"""The window on the mentions: which rows are listed, which of them are on screen, which one is selected.

It holds numbers only, so nothing is read or painted here. Two rules keep the reader's place. While nothing is
selected the list flows: it begins with the newest row. As soon as something is selected the list ends at the row
that was the newest then (`upto`); what comes later is held above and only counted. It stands still as well while
the sources are lost (`hold`), so that what is caught up afterwards does not wash away what was on screen.
In a flood the list that flows shows one row of several (`stride`); as soon as somebody reads, it shows all.

A list in an order of its own (`Order`) keeps the same two rules: while it stands still it is the list that it was, and
of a newer answer to the same question it is only counted what would stand above now.
"""

from bisect import bisect_left
from collections.abc import Hashable, Sequence


class Order:
    """Rows in an order of their own, and the place of each.

    `asked` is the question that it answers: the answer to another one is another list. `names` says what each row
    stands for, where that may be another row in a newer answer: it is the same thing all the same.
    """

    __slots__ = ("_places", "asked", "names", "rows")

    def __init__(self, rows: Sequence[int], asked: Hashable = None, names: Sequence[Hashable] | None = None) -> None:
        self.rows = tuple(rows)
        self.asked = asked
        self.names: Sequence[Hashable] = self.rows if names is None else tuple(names)
        self._places = {row: place for place, row in enumerate(self.rows)}

    def place(self, row: int) -> int | None:
        """Where a row stands, from 0; None where it does not."""
        return self._places.get(row)

    def ahead(self, newer: "Order", place: int) -> int:
        """How much of a newer order stands before what is at `place` here, and does not stand before it here."""
        found: dict[Hashable, int] = {}
        for at, name in enumerate(newer.names):
            found.setdefault(name, at)
        until = next((found[name] for name in self.names[place:] if name in found), len(newer.names))
        return len(set(newer.names[:until]).difference(self.names[:place]))


class MentionWindow:
    """Rows go up with time; an index counts from the newest listed row downwards (in an order of its own, from its
    first), and `top` is the first on screen."""

    def __init__(self) -> None:
        self.upto = 0
        self.top = 0
        self.height = 1
        self.cursor: int | None = None
        self.held = 0
        self.found: Sequence[int] | Order | None = None
        self.still = False
        self.stride = 1
        self._skipped = 0
        self._places: dict[int, tuple[int | None, int]] = {}
        """Height → what was selected and on top, when the window last had it."""

    def __len__(self) -> int:
        match self.found:
            case None:
                return self.upto // self.stride
            case Order() as order:
                return len(order.rows)
            case found:
                return len(found) - self._skipped

    def row(self, index: int) -> int:
        """The row at an index of the list."""
        match self.found:
            case None:
                return self.upto - index * self.stride
            case Order() as order:
                return order.rows[index]
            case found:
                return found[self._skipped + index]

    def index(self, row: int) -> int | None:
        """Where a row is listed; None where it is not."""
        match self.found:
            case None:
                place, between = divmod(self.upto - row, self.stride)
                return place if 1 <= row <= self.upto and not between else None
            case Order() as order:
                return order.place(row)
            case found:
                place = bisect_left(found, -row, key=lambda found: -found)
                listed = place < len(found) and found[place] == row
                return place - self._skipped if listed and place >= self._skipped else None

    @property
    def selected(self) -> int | None:
        """The index of the selection; None while the list flows."""
        return None if self.cursor is None else self.index(self.cursor)

    @property
    def shown(self) -> range:
        """The indexes on screen."""
        return range(self.top, min(len(self), self.top + self.height))

    def look(
        self, last: int, found: Sequence[int] | Order | None, *, one_in: int = 1, instead: int | None = None
    ) -> None:
        """There are `last` rows now, or a search or filter lists these, newest first or in an order of their own. The
        reader's place stays. While the list flows it shows one row of `one_in`.

        Where the selected row is not listed any more, `instead`, which stands for it there, takes its place, else the
        nearest row on screen that is listed. Where none is, it is another list altogether, and it starts at its top.
        So does a list that has become shorter (a replay that went back).
        """
        if self._stands_still(last, found):
            return
        anchors = self._anchors(instead) if found is not self.found else []
        if last < self.upto:
            self.flow()
        self.found = found
        if self.cursor is not None:
            self._settle()
        if anchors and self.cursor is not None:
            self._anchor(anchors)
        flows = (self.cursor is None and not self.still) or isinstance(found, Order)
        if flows:
            self.stride = one_in if found is None else 1
            self.upto = last - last % self.stride
            self._settle()
        self.held = 0 if flows else last - self.upto if found is None else self._skipped
        self._clamp()

    def _stands_still(self, last: int, found: Sequence[int] | Order | None) -> bool:
        """Whether an order stays as it is, and a newer answer to its question is only counted."""
        shown = self.found
        if not isinstance(found, Order) or not isinstance(shown, Order) or found.asked != shown.asked:
            return False
        if last < self.upto or (self.cursor is None and not self.still):
            return False
        self.held = shown.ahead(found, self.selected or 0) if found is not shown else 0
        return True

    def _settle(self) -> None:
        """Leave out what is newer than the list may show."""
        match self.found:
            case None | Order():
                self._skipped = 0
            case found:
                self._skipped = bisect_left(found, -self.upto, key=lambda row: -row)

    def _anchors(self, instead: int | None) -> list[tuple[int, int]]:
        """The selected row and then its neighbours on screen, nearest first, each with the line it stands in."""
        selected = self.selected
        if selected is None:
            return []
        near = sorted({selected, *self.shown}, key=lambda index: (abs(index - selected), -index))
        anchors = [(self.row(index), index - self.top) for index in near]
        if instead is not None:
            anchors.insert(1, (instead, selected - self.top))
        return anchors

    def _anchor(self, anchors: Sequence[tuple[int, int]]) -> None:
        for row, line in anchors:
            index = self.index(row)
            if index is not None:
                self.cursor, self.top = row, index - line
                return
        self.flow()

    def flow(self) -> None:
        """Nothing is selected: begin with the newest."""
        self.cursor, self.top, self.still = None, 0, False

    def hold(self, last: int, *, deaf: bool, settling: bool) -> None:
        """Stand still while nothing is heard (`deaf`), while what was missed comes in (`settling`), and then, where
        something did, until the reader has seen it."""
        self.still = deaf or (self.still and (settling or last > self.upto))

    def shift(self, lines: int) -> None:
        """The list begins so many lines lower on the screen now (or higher): its rows stay where they were, but the
        selected one, which stays in sight."""
        selected = self.selected
        if selected is not None:
            seen = selected in self.shown
            self.top += lines
            if seen:
                self._reveal(selected)
            self._clamp()

    def go(self, index: int) -> None:
        """Select the row at an index, or the nearest end of the list, and bring it on screen."""
        self._places.clear()
        if len(self):
            index = min(max(index, 0), len(self) - 1)
            line = index - self.top
            self.cursor = self.row(index)
            if self.stride > 1:
                self.top, self.stride = index * self.stride - line, 1
                index = self.upto - self.cursor
            self._reveal(index)
            self._clamp()

    def scroll(self, lines: int) -> None:
        """Move the screen and leave the selection; a list that flowed is held from now on."""
        if self.cursor is None and lines > 0 and len(self):
            self.go(0)
        self.top += lines
        self._places.clear()
        self._clamp()

    def resize(self, height: int) -> None:
        """There are `height` lines now; what is selected stays on screen, and a height that was there before finds
        everything in the line where it stood."""
        if height != self.height:
            self._places[self.height] = (self.cursor, self.top)
            self.height = max(1, height)
            selected, (cursor, top) = self.selected, self._places.get(self.height, (None, 0))
            if selected is not None:
                self.top = top if cursor == self.cursor else self.top
                self._reveal(selected)
            self._clamp()

    def _reveal(self, index: int) -> None:
        self.top = min(max(self.top, index - self.height + 1), index)

    def _clamp(self) -> None:
        self.top = min(max(0, self.top), max(0, len(self) - self.height))
