"""A damaged file, to be read: a copy of it, by SQLite as far as that goes, and by its bare bytes.

SQLite leaves out what it cannot read, range by range; a page may be whole while the way to it is broken, and for those
there are the bytes (`carving`). The file itself is only copied: SQLite would write to it, were it opened.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from .carving import Image
from .errors import translated
from .schema import Schema

Row: TypeAlias = tuple[Any, ...]

FAILURES = 20_000
"""Questions that SQLite may fail on before the rest is left to the bare bytes."""


class Damaged:
    """A copy of a file with its log, opened by SQLite as far as that goes; gone at the end."""

    def __init__(self, path: Path, schema: Schema) -> None:
        self._folder = TemporaryDirectory(prefix="warroom-")
        copy = Path(self._folder.name) / path.name
        with translated(path):
            shutil.copyfile(path, copy)
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{path}-wal", f"{copy}-wal")
        self.image = Image(copy, schema.page_size)
        self.db = sqlite3.connect(copy, isolation_level=None)
        self.db.text_factory = lambda text: text.decode("utf-8", "replace")
        with suppress(sqlite3.Error):
            self.db.execute("PRAGMA cell_size_check = ON")

    def __enter__(self) -> "Damaged":
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()
        self._folder.cleanup()

    def all(self, sql: str) -> list[Row]:
        """What a question brings; nothing where SQLite cannot answer it."""
        try:
            return self.db.execute(sql).fetchall()
        except sqlite3.Error:
            return []

    def ranged(self, sql: str, last: int) -> Iterator[Row]:
        """The rows 1 to `last`, asked for in ranges that grow smaller around what cannot be read."""
        return _ranged(lambda low, high: self.db.execute(sql, (low, high)), last)


def _ranged(ask: Callable[[int, int], Iterable[Row]], last: int) -> Iterator[Row]:
    pending, failures = [(1, last)], 0
    while pending and failures < FAILURES:
        low, high = pending.pop()
        done = low - 1
        try:
            for row in ask(low, high):
                if done < row[0] <= high:  # a broken page may claim anything
                    done = row[0]
                    yield row
        except (sqlite3.Error, OverflowError):
            failures += 1
            low = done + 1
            if low < high:
                middle = (low + high) // 2
                pending += [(middle + 1, high), (low, middle)]
