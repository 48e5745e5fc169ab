"""Relabelling: keeps the segments in the store in step with what operators said and what was learnt from it.

What was said of a mention by a key holds for its copies too, those that come later among them. What was learnt changes
the newest of the others, never one that somebody labelled or dealt with. Only the process that runs the feeds of a
room does it; it says what is to be kept, and whoever asked writes that down.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from time import perf_counter

from warroom.domain.desk import UNMARKED
from warroom.domain.mention import Kept, Mention, Reading, Segment
from warroom.services.learning import Learning
from warroom.services.room import Room
from warroom.services.sorting import Sorting

NEWEST = 2_000
"""Newest mentions that are read again after something was learnt."""
PAGE = 32
SLICE = 0.004
"""Seconds of reading before everything else may go on."""
REST = 0.015
"""Seconds for everything else where more is left."""
SELDOM = 1.0
"""Seconds between two looks through all labels for the sake of what came in."""

Readings = list[tuple[int, Reading]]


class Relabelling:
    """What is left to do. A new one begins by looking at everything that was ever said."""

    def __init__(self, room: Room, sorting: Sorting, learning: Learning) -> None:
        self._room = room
        self._sorting = sorting
        self._learning = learning
        self._seen: tuple[int, int] | None = None
        self._looked = 0.0
        self._done: dict[str, tuple[Segment | None, int]] = {}
        """By the mention or the group that something was said of: what stands, and up to which row it was done."""
        self._due: list[int] = []
        """Rows whose segments are to be held against what was said."""
        self._read_by = learning.triage.taught_by
        self._next = 0
        """The row from which downwards mentions are still to be read again; 0 where none is."""
        self._last = 0
        self._let_stand: frozenset[str] = frozenset()

    @property
    def more(self) -> bool:
        """Whether something is known to be left."""
        return bool(self._due or self._next)

    def some(self) -> Readings:
        """Some of what is to be changed, after a few milliseconds of looking."""
        self._look_at_labels()
        if self._due:
            return self._said()
        self._look_at_weights()
        return self._read_again() if self._next else []

    def reading(self, kept: Kept) -> Reading:
        """How a mention counts: as somebody said of it or of a copy; else as its text is read now."""
        read = self._learning.triage.read(kept.mention.words)
        said = self._sorting.said(kept, self._room.board)
        return read if said is None else Reading(said, read.question)

    def heard(self, mention: Mention) -> Reading:
        """How a mention that comes in counts. It may be known already: an edit does not change what somebody said."""
        read = self._learning.triage.read(mention.words)
        said = self._sorting.said_of(mention.key, self._room.board)
        return read if said is None else Reading(said, read.question)

    # --- what was said ----------------------------------------------------------------------------------

    def _look_at_labels(self) -> None:
        labels, sorting = self._room.board.labels, self._sorting
        seen = (labels.version, sorting.upto)
        if self._seen == seen:
            return
        same = self._seen is not None and self._seen[0] == labels.version
        if same and perf_counter() - self._looked < SELDOM:
            return  # only more came in, and every label is gone through for it
        self._seen, self._looked = seen, perf_counter()
        self._let_stand = labels.let_stand()
        stands = {name: given.segment for given in labels.spoken() for name in (given.about, given.key)}
        due = dict.fromkeys(self._due)
        for given in labels.once_spoken():
            for name in dict.fromkeys((given.about, given.key)):
                segment, upto = self._done.get(name, (None, 0))
                if segment is not stands.get(name):
                    upto = 0
                rows = sorting.family(name) or (given.row,)
                due |= dict.fromkeys(rows[bisect_right(rows, upto) :])
                self._done[name] = (stands.get(name), rows[-1])
        self._due = sorted(due)

    def _said(self) -> Readings:
        """Hold some of the rows that are due against what was said."""
        changed: Readings = []
        begun = perf_counter()
        # Another process has stored these, and we have not counted them yet.
        later = self._due[bisect_right(self._due, self._room.board.row) :]
        del self._due[len(self._due) - len(later) :]
        while self._due and perf_counter() - begun < SLICE:
            for kept in self._kept(self._due.pop()):
                reading = self.reading(kept)
                if kept.segment is not None and reading.segment is not kept.segment:
                    changed.append((kept.row, reading))
        self._due += later
        return changed

    # --- what was learnt --------------------------------------------------------------------------------

    def _look_at_weights(self) -> None:
        if self._read_by != (by := self._learning.triage.taught_by) and self._learning.in_step:
            self._read_by = by
            self._next = self._room.board.row
            self._last = max(1, self._next - NEWEST + 1)

    def _read_again(self) -> Readings:
        """Read some of the newest mentions again, the newest first."""
        changed: Readings = []
        begun = perf_counter()
        first = max(self._last, self._next - PAGE + 1)
        for kept in reversed(self._room.mentions.page(first, self._next)):
            self._next = kept.row - 1
            if self._is_free(kept):
                reading = self.reading(kept)
                if reading.segment is not kept.segment:
                    changed.append((kept.row, reading))
            if perf_counter() - begun > SLICE:
                break
        else:
            self._next = first - 1
        if self._next < self._last:
            self._next = 0
        return changed

    def _is_free(self, kept: Kept) -> bool:
        """Whether nobody dealt with a mention or said anything of it. What was not read yet is read by others."""
        board, key = self._room.board, kept.mention.key
        dealt_with = board.desk.mark(key) is not UNMARKED or key in self._let_stand
        return kept.segment is not None and not dealt_with and self._sorting.said(kept, board) is None

    # --- where another process does it --------------------------------------------------------------------

    async def look_again(self) -> None:
        """Tell the sorting what another process has moved: of the newest, and of what was said."""
        said = {given.row for given in self._room.board.labels.once_spoken()}
        for place, row in enumerate(said, 1):
            if self._sorting.found(row) is not None:
                self._tell(self._kept(row))
            if place % PAGE == 0:
                await asyncio.sleep(0)
        last = self._room.board.row
        for first in range(max(1, last - NEWEST + 1), last + 1, PAGE):
            self._tell(self._room.mentions.page(first, min(first + PAGE - 1, last)))
            await asyncio.sleep(0)

    def _tell(self, kepts: Iterable[Kept]) -> None:
        self._sorting.move([(kept.row, Reading(kept.segment)) for kept in kepts if kept.segment is not None])

    def _kept(self, row: int) -> Sequence[Kept]:
        return self._room.mentions.page(row, row) if row <= self._room.board.row else ()
