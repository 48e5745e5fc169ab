"""The log of events: appended in one piece, on disk before anybody sees it, never changed.

Several processes may share a file: each writes with a connection of its own, under one writer id, and positions,
numbers and hashes are given out inside the transaction. The others see an append within a second.
"""

import asyncio
import random
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeAlias

from warroom.domain.events import (
    FIRST,
    MAX_BYTES,
    Draft,
    Recorded,
    UnknownEvent,
    aggregate,
    decode,
    encode,
)
from warroom.domain.sentence import Refused, Sentence, say

from . import chain
from .chain import Standing, Stored, Verdict
from .errors import StoreError, translated
from .names import this_machine, uuid7, writer_id
from .schema import TIMELINE, connect_read_only
from .times import micros, utc_now
from .writer import Connection, reading, writing

Entry: TypeAlias = tuple[int, Recorded]
"""A position in the log and the event there."""

LOOK_EVERY = 0.5
"""Seconds between two looks for what other processes have written."""
REMEMBERED = 1024
"""Drafts whose ids are remembered, so that a retry finds what the first try may have written."""


class Behind(Exception):
    """Somebody else has written since the position that the caller decided on: look again, then decide again."""


class Journal(Protocol):
    """The log as everybody above it knows it; a shared one over several machines has the same face."""

    async def append(self, drafts: Sequence[Draft], *, after: int | None = None) -> list[Entry]:
        """Write all drafts or none, and return them as recorded once they are on disk. `Behind` where `after` is
        given and the log ends elsewhere."""
        ...

    async def read(self, after: int = 0, limit: int = 5000, until: int | None = None) -> list[Entry]:
        """Up to `limit` events after position `after`, `until` included."""
        ...

    def tail(self, after: int) -> AsyncIterator[list[Entry]]:
        """Everything after `after`, whoever writes it, as it comes, until cancelled."""
        ...

    async def last(self) -> int:
        """The position of the last event; 0 in an empty log."""
        ...

    async def find(self, event_id: str) -> Entry | None:
        """The event of this id."""
        ...

    async def verify(self) -> Verdict:
        """Recompute every chain from the stored bytes."""
        ...

    async def head(self) -> str:
        """The log head in hexadecimal, computed from the stored bytes: to be written down somewhere else."""
        ...


class SqliteJournal:
    """A `Journal` in one file. Made by `open_journal`."""

    def __init__(
        self,
        path: Path,
        writer: Connection,
        reader: Connection,
        *,
        machine: str,
        rng: random.Random,
        clock: Callable[[], datetime],
    ) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._machine = machine
        self._inode = path.stat().st_ino
        self._rng = rng
        self._clock = clock
        self._ids: dict[int, tuple[Draft, str]] = {}

    async def append(self, drafts: Sequence[Draft], *, after: int | None = None) -> list[Entry]:
        """Write all drafts or none, in one transaction, and return them as recorded once they are on disk.

        `after` is the position of the last event that the caller knew when it decided: where another process was
        quicker, nothing is written and `Behind` says so.

        A caller that was cancelled, or met a `StoreError`, may come again with the same drafts (the very same
        objects): what had been written after all is returned and not written twice. `Refused` where an event is
        too large to be kept.
        """
        if not drafts:
            return []
        named = [(self._id(draft), draft) for draft in drafts]
        return await self._writer.write(lambda db: self._append(db, named, after))

    def _id(self, draft: Draft) -> str:
        """The id of a draft: the same for the same object, which is held so that no other can take its place."""
        known = self._ids.get(id(draft))
        if known is not None:
            return known[1]
        while len(self._ids) >= REMEMBERED:
            del self._ids[next(iter(self._ids))]
        name = uuid7(draft.at, self._rng)
        self._ids[id(draft)] = (draft, name)
        return name

    def _append(self, db: sqlite3.Connection, named: Sequence[tuple[str, Draft]], after: int | None) -> list[Entry]:
        """Inside the transaction: give out positions and numbers, link the chain, write."""
        wr, standing = self._standing(db)
        log = Standing(*db.execute("SELECT pos, head FROM log").fetchone())
        if after is not None and _last(db) != after and not any(_find(db, name) for name, _ in named):
            raise Behind
        stored_at = micros(self._clock())
        entries: list[Entry] = []
        for name, draft in named:
            if (written := _find(db, name)) is not None:
                entries.append(written)
                continue
            prev = standing.hash.hex() if standing.length else FIRST
            body = _body(draft, name, wr, standing.length + 1, prev)
            standing = Standing(standing.length + 1, chain.digest(body))
            pos = log.length + 1
            log = Standing(pos, chain.next_head(log.hash, pos, standing.hash))
            db.execute(
                "INSERT INTO event (pos, id, inc, typ, wr, ws, hash, head, stored_at, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (pos, name, draft.inc, draft.data.typ, wr, standing.length, standing.hash, log.hash, stored_at, body),
            )
            entries.append((pos, decode(body)))
        db.execute(
            "INSERT INTO writer (wr, machine, inode, ws, hash) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (wr) DO UPDATE SET ws = excluded.ws, hash = excluded.hash",
            (wr, self._machine, self._inode, *standing),
        )
        db.execute("UPDATE log SET pos = ?, head = ?", log)
        return entries

    def _standing(self, db: sqlite3.Connection) -> tuple[str, Standing]:
        """The writer of this file on this machine and where its chain stands; a copied file gets a new one."""
        known = db.execute(
            "SELECT wr, ws, hash FROM writer WHERE machine = ? AND inode = ?", (self._machine, self._inode)
        ).fetchone()
        if known is None:
            return writer_id(self._rng), Standing(0, b"")
        return known[0], Standing(known[1], known[2])

    async def read(self, after: int = 0, limit: int = 5000, until: int | None = None) -> list[Entry]:
        """Up to `limit` events after position `after`, `until` included, in the order of the log."""
        return await self._reader.run(lambda db: _read(db, self.path, after, limit, until))

    async def tail(self, after: int) -> AsyncGenerator[list[Entry], None]:
        """Everything after `after`, whoever writes it, in batches as it comes, until cancelled."""
        seen: int | None = None
        while True:
            version = await self._reader.run(_data_version)
            if version == seen:
                await asyncio.sleep(LOOK_EVERY)
                continue
            while batch := await self.read(after):
                after = batch[-1][0]
                yield batch
            seen = version

    async def last(self) -> int:
        """The position of the last event; 0 in an empty log."""
        return await self._reader.run(_last)

    async def find(self, event_id: str) -> Entry | None:
        """The event of this id."""
        return await self._reader.run(lambda db: _find(db, event_id))

    async def verify(self) -> Verdict:
        """Recompute every chain from the stored bytes, in a thread with a connection of its own."""
        return await asyncio.to_thread(verify_log, self.path)

    async def head(self) -> str:
        """The log head in hexadecimal, computed from the stored bytes: to be written down somewhere else."""
        return await asyncio.to_thread(_head, self.path)


@asynccontextmanager
async def open_journal(
    path: Path,
    *,
    machine: str | None = None,
    rng: random.Random | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> AsyncIterator[SqliteJournal]:
    """The log at `path`, made if it is not there. `machine` names this machine; `clock` dates what is stored."""
    async with writing(path, TIMELINE) as writer, reading(path, TIMELINE) as reader:
        yield SqliteJournal(
            path,
            writer,
            reader,
            machine=machine or this_machine(),
            rng=rng or random.SystemRandom(),
            clock=clock,
        )


def iter_log(path: Path, after: int = 0) -> Iterator[Entry]:
    """Every event after `after`, in the order of the log, as fast as it can be read; for folds.

    Raises `StoreError` at the first body that cannot be read: a board without it would be wrong in silence.
    """
    with translated(path), closing(connect_read_only(path, TIMELINE)) as db:
        yield from _decoded(db.execute("SELECT pos, body FROM event WHERE pos > ? ORDER BY pos", (after,)), path)


def verify_log(path: Path) -> Verdict:
    """Recompute every chain of the log at `path` from the stored bytes. About 1 s for 200,000 events."""
    with translated(path), closing(connect_read_only(path, TIMELINE)) as db:
        db.execute("BEGIN")
        log, writers = _standings(db)
        return chain.verify(_stored(db), log, writers)


GLANCED = 4_000
"""Events that a glance looks at: some 30 ms."""


def glance(path: Path) -> Sentence | None:
    """What is wrong with the log, as far as its newest events show: a look that nobody waits for. `verify_log` reads
    all of it."""
    with translated(path), closing(connect_read_only(path, TIMELINE)) as db:
        db.execute("BEGIN")
        log, writers = _standings(db)
        after = max(0, log.length - GLANCED)
        return chain.glance(_stored(db, after), log, writers, after=after)


def _standings(db: sqlite3.Connection) -> tuple[Standing, dict[str, Standing]]:
    """Where the file itself says that the log and each writer's chain stand."""
    log = Standing(*(db.execute("SELECT pos, head FROM log").fetchone() or (0, chain.NO_HEAD)))
    return log, {wr: Standing(ws, hash) for wr, ws, hash in db.execute("SELECT wr, ws, hash FROM writer")}


def _stored(db: sqlite3.Connection, after: int = 0) -> Iterator[Stored]:
    sql = "SELECT pos, id, inc, typ, wr, ws, hash, head, body FROM event WHERE pos > ? ORDER BY pos"
    return map(Stored._make, db.execute(sql, (after,)))


def _head(path: Path) -> str:
    with translated(path), closing(connect_read_only(path, TIMELINE)) as db:
        head = chain.NO_HEAD
        for pos, body in db.execute("SELECT pos, body FROM event ORDER BY pos"):
            head = chain.next_head(head, pos, chain.digest(body))
        return head.hex()


def _body(draft: Draft, name: str, wr: str, ws: int, prev: str) -> bytes:
    """The canonical bytes of a draft in its envelope."""
    if isinstance(draft.data, UnknownEvent):
        raise ValueError("an unknown event has its envelope already")
    body = encode(
        Recorded(
            id=name,
            inc=draft.inc,
            agg=aggregate(draft.data),
            actor=draft.actor,
            wr=wr,
            ws=ws,
            prev=prev,
            at=draft.at,
            after_mention=draft.after_mention,
            data=draft.data,
        )
    )
    if len(body) > MAX_BYTES:
        raise Refused(say("This is too long to be kept: {size} bytes, at most {most}.", size=len(body), most=MAX_BYTES))
    return body


def _decoded(rows: Iterator[tuple[int, bytes]], path: Path) -> Iterator[Entry]:
    pos = 0
    try:
        for pos, body in rows:
            yield pos, decode(body)
    except (ValueError, TypeError) as error:
        raise StoreError(
            say("{file} is damaged: the event at position {pos} cannot be read.", file=str(path), pos=pos)
        ) from error


def _read(db: sqlite3.Connection, path: Path, after: int, limit: int, until: int | None) -> list[Entry]:
    rows = db.execute(
        "SELECT pos, body FROM event WHERE pos > ? AND pos <= ? ORDER BY pos LIMIT ?",
        (after, (1 << 63) - 1 if until is None else until, limit),
    )
    return list(_decoded(rows, path))


def _find(db: sqlite3.Connection, event_id: str) -> Entry | None:
    row = db.execute("SELECT pos, body FROM event WHERE id = ?", (event_id,)).fetchone()
    return None if row is None else (row[0], decode(row[1]))


def _last(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(pos), 0) FROM event").fetchone()[0])


def _data_version(db: sqlite3.Connection) -> int:
    """A number that changes when any other connection has written."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])
