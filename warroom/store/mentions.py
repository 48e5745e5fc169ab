"""The store of mentions: what came in, in the order in which it came, in columns that can be searched.

Nothing is ever removed, so rows are dense: the n-th mention is row n. A batch is one transaction with its cursor;
a crash neither loses nor doubles a mention, because the feed is asked again from the cursor that was stored.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from warroom.domain.mention import Deleted, Kept, Mention, Reading

from . import batch, lease
from .batch import Added, MinuteCount, add_to_pulse, moved
from .lease import Holder
from .names import this_machine
from .rows import NUMBERS, SELECT, Read, from_row, storable, storable_deletion
from .schema import MENTIONS
from .times import MICROSECOND, micros, moment, utc_now
from .windows import MentionReader
from .writer import Connection, writing


class MentionStore:
    """The mentions of a room, to be written. Made by `open_mentions`; windows and searches have a `MentionReader`."""

    def __init__(
        self, path: Path, writer: Connection, reader: MentionReader, *, machine: str, clock: Callable[[], datetime]
    ) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._machine = machine
        self._clock = clock

    async def add(
        self,
        mentions: Sequence[Read],
        *,
        deleted: Sequence[Deleted] = (),
        edits: Sequence[Mention] = (),
        feed: str | None = None,
        cursor: bytes | None = None,
    ) -> Added:
        """Store what was heard and the feed's cursor, all in one transaction. `edits` change what is stored, and are
        left alone where nothing is; their new words are read for a segment later.

        A caller that is cancelled does not stop it; hearing the same again is harmless.
        """
        try:
            return await self._add(mentions, deleted, edits, feed, cursor)
        except (UnicodeEncodeError, OverflowError):
            # One bad item never costs its good neighbours.
            mended = [(storable(mention), reading) for mention, reading in mentions]
            gone = [storable_deletion(deletion) for deletion in deleted]
            return await self._add(mended, gone, [storable(mention) for mention in edits], feed, cursor)

    async def _add(
        self,
        mentions: Sequence[Read],
        deleted: Sequence[Deleted],
        edits: Sequence[Mention],
        feed: str | None,
        cursor: bytes | None,
    ) -> Added:
        return await self._writer.write(
            lambda db: batch.add(db, mentions, deleted, edits=edits, feed=feed, cursor=cursor, now=self._clock())
        )

    async def begin_after(self, row: int) -> None:
        """The rows up to this one were another store's: what comes in gets the next ones."""
        await self._writer.write(lambda db: batch.begin_after(db, row))

    async def cursor(self, feed: str) -> bytes | None:
        """What to ask this feed from; None for a feed that has stored nothing yet."""

        def read(db: sqlite3.Connection) -> bytes | None:
            found = db.execute("SELECT value FROM cursor WHERE feed = ?", (feed,)).fetchone()
            return None if found is None else bytes(found[0])

        return await self._writer.run(read)

    # --- reading after storing --------------------------------------------------------------------------

    async def unread(self, limit: int) -> list[Kept]:
        """Up to `limit` mentions whose text nobody has read for its segment, oldest first."""

        def read(db: sqlite3.Connection) -> list[Kept]:
            sql = SELECT + " INDEXED BY mention_unread WHERE segment IS NULL ORDER BY row LIMIT ?"
            return [from_row(row) for row in db.execute(sql, (limit,))]

        return await self._writer.run(read)

    async def set_readings(self, readings: Sequence[tuple[int, Reading]]) -> dict[str, list[MinuteCount]]:
        """Keep how mentions were read, by row, and return by feed what to add to the counts of the pulse."""

        def write(db: sqlite3.Connection) -> dict[str, list[MinuteCount]]:
            minutes: dict[str, list[MinuteCount]] = {}
            for row, reading in readings:
                found = db.execute(SELECT + " WHERE row = ?", (row,)).fetchone()
                if found is not None:
                    kept = from_row(found)
                    found_in = minutes.setdefault(kept.mention.feed, [])
                    found_in += moved(kept.mention, kept.segment, reading.segment)
            db.executemany(
                "UPDATE mention SET segment = ?, question = ? WHERE row = ?",
                [(NUMBERS[reading.segment], int(reading.question), row) for row, reading in readings],
            )
            add_to_pulse(db, [count for counts in minutes.values() for count in counts])
            return minutes

        return await self._writer.write(write)

    # --- who runs the feeds -----------------------------------------------------------------------------

    async def lease(self, holder: str, ttl: timedelta) -> bool:
        """Take or renew the right to run the feeds of this room for `ttl`; False while somebody else has it.

        It may be asked every second: while most of the time is left, that is a look and no transaction.
        """
        if self._reader.has_lease(self._holder(holder), ttl, self._clock()):
            return True
        return await self._writer.write(lambda db: lease.take(db, self._holder(holder), ttl, self._clock()))

    async def release(self, holder: str) -> None:
        """Give that right back."""
        await self._writer.write(lambda db: lease.give_back(db, self._holder(holder)))

    def _holder(self, name: str) -> Holder:
        return Holder(name=name, machine=self._machine, pid=os.getpid())

    # --- looking ----------------------------------------------------------------------------------------

    def last_row(self) -> int:
        """The row of the mention that came last, whoever stored it; 0 in an empty store. Takes microseconds."""
        return self._reader.last_row()

    async def first_heard(self, feed: str, now: datetime, away: timedelta) -> datetime:
        """A feed is heard now. Since when it is without having been away for longer than `away`; that may be `now`."""

        def write(db: sqlite3.Connection) -> datetime:
            begun, last = f"first_heard {feed}", f"last_heard {feed}"
            known = dict(db.execute("SELECT key, value FROM meta WHERE key IN (?, ?)", (begun, last)))
            at = micros(now)
            since = min(known.get(begun, at), at)  # a clock that was ahead made it later than now
            if at - known.get(last, at) > away // MICROSECOND:
                since = at
            sql = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
            db.executemany(sql, ((begun, since), (last, at)))
            return moment(since)

        return await self._writer.write(write)

    async def first_heards(self) -> dict[str, datetime]:
        """The same of every feed that was ever heard."""
        return self._reader.first_heards()

    async def heard_from(self, feed: str, since: datetime, after: int, upto: int) -> list[MinuteCount]:
        """How many mentions of which segment a feed brought since then, of the rows after `after` up to `upto`, by the
        minute in which they were written; read beside everything else."""

        def read() -> list[MinuteCount]:
            with MentionReader(self.path) as reader:
                return reader.heard_from(feed, since, after, upto)

        return await asyncio.to_thread(read)

    def version(self) -> int:
        """A number that changes when anything was written here, by whomever. Takes microseconds."""
        return self._reader.version()

    def page(self, first: int, last: int) -> list[Kept]:
        """The mentions of the rows `first` to `last`, both included, ascending."""
        return self._reader.page(first, last)

    async def counts_now(self, since: datetime, until: datetime) -> tuple[int, list[MinuteCount]]:
        """The row of the mention that came last, and the pulse as it is with it; read beside everything else."""

        def read() -> tuple[int, list[MinuteCount]]:
            with MentionReader(self.path) as reader:
                return reader.counted(since, until)

        return await asyncio.to_thread(read)

    async def minute_counts(self, since: datetime, until: datetime) -> list[MinuteCount]:
        """The pulse from the minute of `since` to the minute before that of `until`, oldest first."""
        return self._reader.minutes(since, until)

    async def counts_between(self, after: int, upto: int) -> list[MinuteCount]:
        """How many mentions of which segment were written when, of the rows after `after` up to `upto`."""
        return self._reader.minute_counts(after, upto)

    async def first_at(self) -> datetime | None:
        """When the oldest mention was written; None in an empty store."""
        return self._reader.first_at()


@asynccontextmanager
async def open_mentions(
    path: Path, *, machine: str | None = None, clock: Callable[[], datetime] = utc_now
) -> AsyncIterator[MentionStore]:
    """The mentions at `path`, made if they are not there. `clock` dates leases and tombstones."""
    async with writing(path, MENTIONS) as writer:
        with MentionReader(path) as reader:
            yield MentionStore(path, writer, reader, machine=machine or this_machine(), clock=clock)
