"""Order: which mentions a list shows, and which first, where that is not simply all of them and the newest first.

Copies stand in one row, and the most urgent come before the rest. It looks at many mentions, a few at a time between
the looks of the screen, and it decides nothing for good: the list that is read stays as it is (`MentionWindow`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeAlias

from msgspec import Struct

from warroom.domain.board import Board
from warroom.domain.events import Act
from warroom.domain.mention import Kept
from warroom.services.breath import Breath
from warroom.services.following import REST, SLICE
from warroom.services.sorting import Sorting
from warroom.services.weighing import Weighing

GROUPS = 500
"""Newest stories that are put into the order of urgency; copies are one story."""
LISTED = 5_000
"""Rows that a list with folded copies has at most."""
UNFOLDED = 500
"""Newest copies that are listed below the row that stands for them."""
OPEN: frozenset[Act] = frozenset({"new", "escalate"})
"""States in which a mention still asks for somebody."""
TURN = 64
"""Rows between two looks at the clock."""

Name: TypeAlias = str | int
"""What a row stands for: its group, or, where nobody has looked yet, itself."""


class Wanted(Struct, frozen=True, kw_only=True):
    """How the list is wanted. `apart` are groups that are shown the other way: unfolded where all copies are folded,
    folded where none are."""

    urgent: bool = False
    folded: bool = False
    apart: frozenset[Name] = frozenset()

    @property
    def is_plain(self) -> bool:
        """All mentions, the newest first."""
        return not (self.urgent or self.folded or self.apart)

    def folds(self, name: Name) -> bool:
        """Whether the copies of a group stand in one row."""
        return self.folded is not (name in self.apart)


class Arranged(NamedTuple):
    """The rows in their order, what each of them stands for, and whether there are more that were not looked at."""

    rows: list[int]
    names: list[Name]
    more: bool


class Source(Protocol):
    """Where a mention is read from, by its row."""

    def get(self, row: int) -> Kept | None: ...


class Orderer:
    """Arranges rows by what is known now (`now` is aware UTC, in a replay the playhead)."""

    def __init__(self, weighing: Weighing, board: Board, source: Source, now: datetime) -> None:
        self._weighing = weighing
        self._sorting = weighing.sorting
        self._board = board
        self._source = source
        self._now = now
        self._breath = Breath(weighing.sorting.keys, SLICE, REST)

    async def arrange(self, wanted: Wanted, rows: Sequence[int], *, only_open: bool = True) -> Arranged:
        """The rows as they are wanted; they come newest first. In the order of urgency those that nobody has dealt
        with yet, unless all are asked for."""
        if wanted.urgent:
            stories, more = await self._stories(rows, only_open=only_open)
            heads = await self._by_urgency(stories)
        else:
            heads, more = await self._newest(wanted, rows)
        among = None if isinstance(rows, range) else frozenset(rows)
        listed: list[int] = []
        names: list[Name] = []
        for head in heads:
            name = name_of(self._sorting, head)
            listed.append(head)
            names.append(name)
            if (wanted.urgent or wanted.folded) and not wanted.folds(name):
                below = copies_below(self._sorting, head, among)
                listed += below
                names += below
        return Arranged(listed, names, more)

    async def _newest(self, wanted: Wanted, rows: Iterable[int]) -> tuple[list[int], bool]:
        """Of copies that are folded (or stand below their newest), the newest only."""
        heads: list[int] = []
        had: set[Name] = set()
        for turn, row in enumerate(rows):
            if not turn % TURN:
                await self._breath.if_due()
            name = name_of(self._sorting, row)
            if name in had:
                continue
            if len(heads) >= LISTED:
                return heads, True
            if wanted.folded or name in wanted.apart:
                had.add(name)
            heads.append(row)
        return heads, False

    async def _stories(self, rows: Iterable[int], *, only_open: bool) -> tuple[Collection[int], bool]:
        """One row for each of the newest stories: the copy that most people may see, of equals the newest."""
        heads: dict[Name, tuple[int, int]] = {}
        for turn, row in enumerate(rows):
            if not turn % TURN:
                await self._breath.if_due()
            found = self._sorting.found(row)
            if only_open and not self._is_open(row, found.key if found is not None else None):
                continue
            people, name = (found.people, found.group) if found is not None else (-1, row)
            if name not in heads and len(heads) >= GROUPS:
                return [row for _, row in heads.values()], True
            if name not in heads or people > heads[name][0]:
                heads[name] = people, row
        return [row for _, row in heads.values()], False

    def _is_open(self, row: int, key: str | None) -> bool:
        if key is None:
            kept = self._source.get(row)
            if kept is None:
                return False
            key = kept.mention.key
        return self._board.desk.mark(key).state in OPEN

    async def _by_urgency(self, rows: Iterable[int]) -> list[int]:
        """Of those that are as urgent, the newest first."""
        weighed: list[tuple[tuple[int, int, int], int]] = []
        for row in rows:
            await self._breath.if_due()
            if (kept := self._source.get(row)) is not None:
                weighed.append((self._weighing.ranked(kept, self._board, self._now).order, row))
        return [row for _, row in sorted(weighed, reverse=True)]


def name_of(sorting: Sorting, row: int) -> Name:
    """What a row stands for."""
    found = sorting.found(row)
    return found.group if found is not None else row


def copies_below(sorting: Sorting, head: int, among: Collection[int] | None = None) -> list[int]:
    """The copies of a row, the newest first, as far as they are among what was found."""

    def others() -> Iterator[int]:
        for row in reversed(sorting.copies(head)):
            if row != head and (among is None or row in among):
                yield row

    return [row for row, _ in zip(others(), range(UNFOLDED), strict=False)]


def unfolded(rows: Sequence[int], head: int, copies: Sequence[int]) -> list[int]:
    """A list whose other rows stay, with the copies of a row below it."""
    place, moved = rows.index(head) + 1, set(copies)
    return [row for row in rows[:place] if row not in moved] + [
        *copies,
        *(row for row in rows[place:] if row not in moved),
    ]


def folded(rows: Sequence[int], head: int, copies: Collection[int]) -> list[int]:
    """A list whose other rows stay, without the copies of a row."""
    return [row for row in rows if row == head or row not in copies]
