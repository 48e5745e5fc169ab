"""Pages of mentions: what the list reads, 128 rows at a time, and keeps until the store has changed."""

from collections.abc import Sequence
from typing import Protocol

from warroom.domain.mention import Kept

PAGE = 128
PAGES = 8
"""Pages kept; a screen needs two."""


class MentionSource(Protocol):
    """Where the mentions are: rows from 1 on, with holes only where some were lost (a recovered room). It is asked
    while a screen is painted, so it is quick."""

    def version(self) -> int:
        """A number that changes when a mention came or changed."""
        ...

    def page(self, first: int, last: int) -> Sequence[Kept]:
        """The mentions of the rows `first` to `last`, both included, ascending, as far as there are any."""
        ...

    def get(self, row: int) -> Kept | None:
        """The mention at a row."""
        ...


class MentionPages:
    """Mentions by row. Rows side by side are read as a page; scattered ones, of a search, one by one."""

    def __init__(self) -> None:
        self._source: MentionSource | None = None
        self._version = 0
        self._pages: dict[int, Sequence[Kept]] = {}
        self._single: dict[int, Kept | None] = {}

    def look(self, source: MentionSource) -> None:
        """Where the mentions have changed, read them again when they are asked for."""
        version = source.version()
        if source is self._source and version == self._version:
            return
        self._source, self._version = source, version
        self._pages.clear()
        self._single.clear()

    def get(self, row: int, *, scattered: bool = False) -> Kept | None:
        """The mention at a row; None where there is none."""
        if self._source is None or row < 1:
            return None
        number, place = divmod(row - 1, PAGE)
        page = self._pages.get(number)
        if page is None:
            if scattered:
                return self._one(self._source, row)
            if len(self._pages) >= PAGES:
                self._pages.pop(next(iter(self._pages)))
            page = self._pages[number] = self._source.page(number * PAGE + 1, (number + 1) * PAGE)
        if place < len(page) and page[place].row == row:
            return page[place]
        return next((kept for kept in page if kept.row == row), None) if len(page) < PAGE else None

    def _one(self, source: MentionSource, row: int) -> Kept | None:
        if row not in self._single:
            if len(self._single) >= PAGE * PAGES:
                self._single.clear()
            self._single[row] = source.get(row)
        return self._single[row]
