"""Storing: what the feeds have heard goes into the store, in batches, each in one transaction with its cursor."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

from feeds.base import Batch, Feed
from warroom.domain.mention import Mention, Reading
from warroom.services.counting import Counting
from warroom.services.learning import Learning
from warroom.services.listening import Listening
from warroom.services.newcomers import Newcomers
from warroom.services.room import Clock, Room
from warroom.services.trouble import Trouble
from warroom.store.errors import StoreError

FLUSH_ROWS = 500
FLUSH_AFTER = 0.05
"""Seconds that a mention waits for company before it is stored (architecture, section 3)."""
LEARNT_WITHIN = 2.0
"""Seconds for which what is heard waits until the labels of before are learnt; a thousand take one and a half."""


class Storing:
    """Of one room: from the queue of its feeds into its store."""

    def __init__(
        self,
        room: Room,
        listening: Listening,
        counting: Counting,
        learning: Learning,
        newcomers: Newcomers,
        trouble: Trouble,
        *,
        clock: Clock,
    ) -> None:
        self._room = room
        self._listening = listening
        self._counting = counting
        self._learning = learning
        self._newcomers = newcomers
        self._trouble = trouble
        self._clock = clock

    async def run(self) -> None:
        """Store what is heard, until cancelled. While that fails nothing is lost: the batches stay here, the queue
        fills, the feeds wait."""
        async for group in self._groups():
            while True:
                try:
                    for feed, batches in group:
                        async with self._counting.lock:
                            new = await self.flush(feed, batches)
                        await self._listening.stored(feed.name, new)
                    self._trouble.over()
                    break
                except StoreError as error:
                    self._trouble.met(error)
                    await asyncio.sleep(1.0)

    async def _groups(self) -> AsyncIterator[list[tuple[Feed, list[Batch]]]]:
        """Batches of up to 500 rows or 50 ms, gathered by feed in the order heard."""
        queue = self._listening.queue
        while True:
            feed, batch = await queue.get()
            gathered: dict[str, tuple[Feed, list[Batch]]] = {feed.name: (feed, [batch])}
            rows = len(batch.mentions)
            try:
                async with asyncio.timeout(FLUSH_AFTER):
                    while rows < FLUSH_ROWS:
                        feed, batch = await queue.get()
                        gathered.setdefault(feed.name, (feed, []))[1].append(batch)
                        rows += len(batch.mentions)
            except TimeoutError:
                pass
            yield list(gathered.values())

    async def flush(self, feed: Feed, batches: list[Batch]) -> int:
        """Store batches of one feed, which are then no more; how many of their mentions were new."""
        mentions = [mention for batch in batches for mention in batch.mentions]
        deleted = [gone for batch in batches for gone in batch.deleted]
        edits = [mention for batch in batches for mention in batch.edits]
        cursor = next((batch.cursor for batch in reversed(batches) if batch.cursor is not None), None)
        if not mentions and not deleted and not edits and cursor is None:
            return 0
        await self._newcomers.hears(feed.name, self._clock())
        read = await self._read(mentions)
        added = await self._room.mentions.add(read, deleted=deleted, edits=edits, feed=feed.name, cursor=cursor)
        await self._counting.add(added)
        batches.clear()
        return added.new

    async def _read(self, mentions: Sequence[Mention]) -> Sequence[tuple[Mention, Reading | None]]:
        with suppress(TimeoutError):  # then they are read again as soon as it is learnt
            await asyncio.wait_for(self._learning.begun(), LEARNT_WITHIN)
        return await self._counting.read(mentions)
