"""The one connection of this process that writes a file, on a thread of its own.

A transaction is one plain function of the connection, so it runs in one piece: a caller that is cancelled stops
waiting, but never splits it, and two callers never share one. Between processes SQLite's own lock decides.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from .errors import translated
from .schema import Schema, connect, connect_read_only

T = TypeVar("T")


class Connection(aiosqlite.Connection):
    """A connection that runs whole functions on its thread, one after the other."""

    def __init__(self, path: Path, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self.path = path
        self._on_thread: Callable[..., Awaitable[Any]] = self._execute

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """The result of `work`, or a `StoreError`. A cancelled caller does not stop it."""
        with translated(self.path):
            result: T = await self._on_thread(lambda: work(self._conn))
            return result

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """The same inside a transaction: all of it is on disk, or nothing is."""

        def whole(db: sqlite3.Connection) -> T:
            with transaction(db):
                return work(db)

        return await self.run(whole)


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Write from here: others wait. An exception, a failed COMMIT included, takes everything back."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # SQLite itself takes some failures back at once (a full disk): then there is nothing left to do.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@asynccontextmanager
async def writing(path: Path, schema: Schema) -> AsyncIterator[Connection]:
    """The writer of a file, for as long as the block lasts."""
    async with _opened(Connection(path, lambda: connect(path, schema))) as connection:
        yield connection


@asynccontextmanager
async def reading(path: Path, schema: Schema) -> AsyncIterator[Connection]:
    """A reader of a file that exists, which never waits for the writer."""
    async with _opened(Connection(path, lambda: connect_read_only(path, schema))) as connection:
        yield connection


@asynccontextmanager
async def _opened(connection: Connection) -> AsyncIterator[Connection]:
    """Open, and close at the end. After a failed opening its thread still answers once: it is waited for, because
    a loop that is closed meanwhile would make it print a traceback over the sentence."""
    try:
        await connection
    except BaseException:
        await asyncio.to_thread(connection._thread.join, 5.0)
        raise
    try:
        yield connection
    finally:
        await connection.close()
