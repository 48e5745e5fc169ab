"""What can go wrong with what is kept, said so that a person can act on it.

SQLite's errors become a `StoreError` where they enter, here and nowhere else. Mistakes of the program
(`sqlite3.ProgrammingError`, `ValueError`) stay what they are.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warroom.domain.faults import why
from warroom.domain.sentence import Sentence, say

NEEDED = 64 << 10
"""Bytes that have to be free on a disk: the index beside a log (-shm) takes 32 KiB at once."""


class StoreError(Exception):
    """The store cannot be opened, read or written now. `sentence` is what the person reads."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.id)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence.id.format_map(dict(self.sentence.params))


class Damaged(StoreError):
    """The file is not (any more) what it should be; waiting mends nothing."""


class Interrupted(Exception):
    """A reader was asked to stop in the middle of a search: nothing is wrong."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and of the file system about `path` into a `StoreError`."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except sqlite3.Error as error:
        if _primary(error) == sqlite3.SQLITE_INTERRUPT:
            raise Interrupted from error
        kind = Damaged if _primary(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) else StoreError
        raise kind(_sentence(error, path)) from error
    except OSError as error:
        raise StoreError(say("{file} cannot be used: {reason}.", file=str(path), reason=why(error))) from error


def damaged(path: Path) -> StoreError:
    """The file does not hold together any more; nothing of it is thrown away."""
    return Damaged(
        say(
            "{file} is damaged. It stays as it is: put a copy of the folder somewhere safe before anything else. "
            "“warroom recover” copies what is intact into a new room.",
            file=str(path),
        )
    )


def foreign(path: Path) -> StoreError:
    """The file is something else."""
    return StoreError(say("{file} was not made by warroom. Choose another folder for the data.", file=str(path)))


def is_busy(error: sqlite3.Error) -> bool:
    """Another process holds the file just now."""
    return _primary(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _primary(error: sqlite3.Error) -> int | None:
    """SQLite's primary result code: the low byte of the extended one. None where the module itself complains."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < NEEDED
    except OSError:
        return False


def _sentence(error: sqlite3.Error, path: Path) -> Sentence:
    file = str(path)
    match _primary(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return say("{file} is held by another program. Close that program, then try again.", file=file)
        case sqlite3.SQLITE_FULL:
            return say("The disk is full: {file} cannot grow. Make room, then try again.", file=file)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return say("{file} can only be read here. Allow writing to it and to its folder.", file=file)
        case sqlite3.SQLITE_CANTOPEN:
            return say("{file} cannot be opened. Check that its folder exists and may be written.", file=file)
        case sqlite3.SQLITE_NOTADB:
            return foreign(path).sentence
        case sqlite3.SQLITE_CORRUPT:
            return damaged(path).sentence
        case sqlite3.SQLITE_IOERR if _is_full(path):
            # The small files beside the database cannot grow: SQLite calls that a fault of the disk.
            return say("The disk is full: {file} cannot grow. Make room, then try again.", file=file)
        case sqlite3.SQLITE_IOERR:
            return say("The disk fails at {file}. Check the disk, then try again.", file=file)
        case _:
            return say("{file} cannot be used: {reason}.", file=file, reason=str(error))
