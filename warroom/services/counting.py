"""Counting: keeps the board of a room in step with its store: what others stored, how mentions are read by now, what
those have brought that are new."""

import asyncio
from collections.abc import Sequence

from warroom.domain.mention import Mention, Reading
from warroom.services.bell import Bell
from warroom.services.breath import Breath
from warroom.services.keeper import Keeper
from warroom.services.learning import Learning
from warroom.services.newcomers import Newcomers
from warroom.services.relabelling import REST, Relabelling
from warroom.services.room import PULSE_KEPT, Clock, Room
from warroom.services.sorting import Sorting
from warroom.services.trouble import Trouble
from warroom.store.batch import Added
from warroom.store.errors import StoreError

SLICE = 100
"""Texts that were stored unread and are written back together once they are read."""
BREATH = 0.002
"""Seconds of reading after which the loop may breathe: a key that is pressed meanwhile needs some turns of it."""
RECOUNTED = 20.0
"""Seconds after a label for which a console that does not run the feeds counts again what the other one moves."""


class Counting:
    """Of one room. `lock` is held by whoever changes the store and then the board, one after the other, so that no
    mention is counted twice."""

    def __init__(
        self,
        room: Room,
        sorting: Sorting,
        learning: Learning,
        keeper: Keeper,
        newcomers: Newcomers,
        trouble: Trouble,
        *,
        clock: Clock,
    ) -> None:
        self.lock = asyncio.Lock()
        self._room = room
        self._sorting = sorting
        self._keeper = keeper
        self._newcomers = newcomers
        self._trouble = trouble
        self._clock = clock
        self._bell = Bell(room.on_change)
        self._relabelling = Relabelling(room, sorting, learning)
        self._recounted = (0, 0.0)
        """The version of the labels that was looked at, and until when it is counted again for it."""
        self._recounted_at: int | None = None
        """The version of the store that was counted last."""

    # --- what came in -----------------------------------------------------------------------------------

    async def read(self, mentions: Sequence[Mention]) -> list[tuple[Mention, Reading]]:
        """How mentions that come in count."""
        read: list[tuple[Mention, Reading]] = []
        breath = Breath(self._sorting.keys, BREATH)
        for mention in mentions:
            read.append((mention, self._relabelling.heard(mention)))
            await breath.if_due()
        return read

    async def add(self, added: Added) -> None:
        """Count what was stored here just now, and before it what another process stored in between."""
        await self.follow(added.first_row - 1)
        board = self._room.board
        for minute, segment, n in added.minutes:
            board.pulse.count(minute, segment, n)
        board.row = max(board.row, added.last_row)
        self._room.tell()

    async def follow(self, row: int) -> None:
        """Another process stores: count what came in since we last looked."""
        board = self._room.board
        if row > board.row:
            for minute, segment, n in await self._room.mentions.counts_between(board.row, row):
                board.pulse.count(minute, segment, n)
            board.row = row
            self._room.tell()

    async def count_new(self) -> None:
        """Count apart what those brought that are new by the log."""
        board = self._room.board
        new = board.new_at(self._clock())
        if self._newcomers.settle(new):
            self._keeper.begin_again()
        await self._newcomers.count(new, board.row)

    # --- who runs the feeds -----------------------------------------------------------------------------

    async def read_on(self) -> None:
        """Follow what another process stores (an import beside the console), and read a slice at a time what was
        stored without being read. Where nothing was written since, there is nothing to look for."""
        mentions = self._room.mentions
        seen: int | None = None
        while True:
            more = False
            try:
                if (version := mentions.version()) != seen:
                    async with self.lock:
                        await self.follow(mentions.last_row())
                        more = await self._read_slice()
                    if not more:
                        seen = version
            except StoreError as error:
                self._trouble.met(error)
            await asyncio.sleep(0.01 if more else 1.0)

    async def _read_slice(self) -> bool:
        """Whether there was something to read."""
        board, mentions = self._room.board, self._room.mentions
        unread = [kept for kept in await mentions.unread(SLICE) if kept.row <= board.row]
        if not unread:
            return False
        readings: list[tuple[int, Reading]] = []
        breath = Breath(self._sorting.keys, BREATH)
        for kept in unread:
            readings.append((kept.row, self._relabelling.reading(kept)))
            await breath.if_due()
        await self._move(readings)
        return True

    async def relabel(self) -> None:
        """Keep the segments in step with what was said and learnt: some at a time, between everything else."""
        while True:
            more = False
            try:
                async with self.lock:
                    changed = self._relabelling.some()
                    if changed:
                        await self._move(changed)
                    more = self._relabelling.more
            except StoreError as error:
                self._trouble.met(error)
            await (self._rest() if more else self._bell.rung())

    async def _rest(self) -> None:
        await asyncio.sleep(REST)
        await self._sorting.keys.passed()

    async def _move(self, readings: Sequence[tuple[int, Reading]]) -> None:
        """Keep how mentions are read now, and count them where they are now."""
        await self.count_new()
        for feed, minutes in (await self._room.mentions.set_readings(readings)).items():
            self._newcomers.move(feed, minutes)
            for minute, segment, n in minutes:
                self._room.board.pulse.count(minute, segment, n)
        self._sorting.move(readings)
        self._room.tell()

    # --- who does not -----------------------------------------------------------------------------------

    async def recount(self) -> None:
        """Who runs the feeds moves mentions from one segment to another by what was said and learnt: for a while after
        it, count again. Nothing in the store says which of them were moved."""
        board, loop = self._room.board, asyncio.get_running_loop()
        version, until = self._recounted
        if board.labels.version != version:
            self._recounted = board.labels.version, loop.time() + RECOUNTED
        elif loop.time() > until:
            if self._recounted_at is not None:
                self._recounted_at = None
                self._newcomers.forget()
            return
        stored = self._room.mentions.version()
        if stored == self._recounted_at:
            return
        self._recounted_at = stored
        now = self._clock()
        row, counts = await self._room.mentions.counts_now(now - PULSE_KEPT, now + PULSE_KEPT)
        board.pulse.count_anew(counts)
        board.row = max(board.row, row)
        await self._relabelling.look_again()
        self._room.tell()
