"""The files of a room: their tables as numbered steps, and the checks before one is opened.

`user_version` counts the steps that a file has had; a file that has had more than we know is refused, because a
newer warroom wrote it. Folders are made 0700 and files 0600. A file is never opened by anything but SQLite:
closing another descriptor of it would drop the locks that this process holds.
"""

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from warroom.domain.sentence import say

from .errors import StoreError, damaged, foreign, is_busy, translated

BUSY = 5.0
"""Seconds to wait for another process that is writing."""
IN_THE_MAKING = 1.0
"""Seconds that an empty file may still be waiting for its first tables."""
CHECKED_ALWAYS = 8 << 20
"""Bytes up to which a file is checked at every opening (about 20 ms)."""
CHECKED_AFTER_A_CRASH = 64 << 20
"""Bytes up to which a file is checked when its last owner did not close it."""


class Schema(Struct, frozen=True, kw_only=True):
    """One kind of file: its mark, its steps, and the pragmas of the connection that writes it."""

    application_id: int
    steps: tuple[str, ...]
    pragmas: tuple[str, ...]
    page_size: int = 4096


TIMELINE = Schema(
    application_id=0x77726D31,
    pragmas=("synchronous = FULL", "cell_size_check = ON", "journal_size_limit = 4194304"),
    steps=(
        """
        CREATE TABLE event (
            pos INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, inc TEXT NOT NULL, typ TEXT NOT NULL,
            wr TEXT NOT NULL, ws INTEGER NOT NULL, hash BLOB NOT NULL, head BLOB NOT NULL,
            stored_at INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE (wr, ws));
        CREATE TABLE writer (
            wr TEXT PRIMARY KEY, machine TEXT NOT NULL, inode INTEGER NOT NULL,
            ws INTEGER NOT NULL, hash BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE log (one INTEGER PRIMARY KEY CHECK (one = 1), pos INTEGER NOT NULL, head BLOB NOT NULL);
        INSERT INTO log VALUES (1, 0, zeroblob(32));
        """,
    ),
)
"""Events. `hash` is the SHA-256 of `body`, `head` the log head of team mode at `pos`, both as 32 bytes; `stored_at`
is in microseconds since 1970 UTC. `log` and `writer` keep where the log and each writer's chain stand."""

MENTIONS = Schema(
    application_id=0x77726D32,
    page_size=8192,
    pragmas=(
        "synchronous = NORMAL",
        "cache_size = -8192",
        "temp_store = MEMORY",
        "secure_delete = FAST",
        "wal_autocheckpoint = 2000",
        "journal_size_limit = 67108864",
    ),
    steps=(
        """
        CREATE TABLE mention (
            row INTEGER PRIMARY KEY, source TEXT NOT NULL, native_id TEXT NOT NULL, feed TEXT NOT NULL,
            received_at INTEGER NOT NULL, created_at INTEGER, edited_at INTEGER, deleted_at INTEGER,
            segment INTEGER, question INTEGER NOT NULL, kind TEXT NOT NULL, lang TEXT,
            followers INTEGER, reach INTEGER, author_name TEXT, author_handle TEXT, title TEXT, text TEXT NOT NULL,
            url TEXT, author_url TEXT, author_id TEXT, in_reply_to TEXT, thread TEXT, replies INTEGER,
            reposts INTEGER, likes INTEGER, quotes INTEGER, views INTEGER, score INTEGER, raw TEXT,
            local_id TEXT);
        CREATE TABLE known (number INTEGER PRIMARY KEY, row INTEGER NOT NULL);
        CREATE INDEX mention_scan ON mention (
            row, segment, question, source, kind, lang, followers, reach, received_at, created_at);
        CREATE INDEX mention_local ON mention (feed, local_id) WHERE local_id IS NOT NULL;
        CREATE INDEX mention_unread ON mention (row) WHERE segment IS NULL;
        CREATE VIRTUAL TABLE mention_text USING fts5 (
            title, text, author_name, author_handle, content = 'mention', content_rowid = 'row',
            tokenize = 'unicode61 remove_diacritics 2', columnsize = 0);
        INSERT INTO mention_text (mention_text, rank) VALUES ('automerge', 0);
        INSERT INTO mention_text (mention_text, rank) VALUES ('crisismerge', 64);
        INSERT INTO mention_text (mention_text, rank) VALUES ('hashsize', 8388608);
        CREATE TABLE pulse (minute INTEGER, segment INTEGER, n INTEGER NOT NULL, PRIMARY KEY (minute, segment))
            WITHOUT ROWID;
        CREATE TABLE cursor (feed TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE tombstone (
            source TEXT, native_id TEXT, deleted_at INTEGER NOT NULL, noted_at INTEGER NOT NULL,
            PRIMARY KEY (source, native_id)) WITHOUT ROWID;
        CREATE TABLE lease (
            one INTEGER PRIMARY KEY CHECK (one = 1), holder TEXT NOT NULL, machine TEXT NOT NULL,
            pid INTEGER NOT NULL, expires_at INTEGER NOT NULL);
        CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """,
    ),
)
"""Mentions. `known` holds each one's name as a number (see known.py). Every time is in microseconds since 1970 UTC;
`segment` is a place in `mention.SEGMENTS`, NULL while nobody has read the text (-1 in `pulse`); `pulse.minute` counts
minutes since 1970 UTC. `mention_scan` repeats, in the order of rows, what filters ask for: a filter that finds little
then reads 40 bytes a row and not the texts. `columnsize = 0` leaves out lengths that only a ranking would use.
`hashsize` lets the words of a whole import's transaction (some 4 MB) wait in memory: a smaller one makes more segments
of the index, and merging them a tenth of the time."""


def connect(path: Path, schema: Schema, *, busy: float = BUSY) -> sqlite3.Connection:
    """Open a file for writing: make it, bring it up to date, or say with a `StoreError` why not."""
    with translated(path):
        _make(path)
        crashed = _size(path, "-wal") > 0
        db = sqlite3.connect(path, timeout=busy, isolation_level=None)
        try:
            _look_inside(db, path, schema)
            _check(db, path, crashed=crashed)
            _bring_up_to_date(db, schema, busy)
            for pragma in schema.pragmas:
                db.execute(f"PRAGMA {pragma}")
        except BaseException:
            db.close()
            raise
        return db


def connect_read_only(path: Path, schema: Schema, *, shared: bool = False) -> sqlite3.Connection:
    """Open a file for reading only, also from a place where nothing may be written.

    `shared` lets another thread than this one use it, one at a time.
    """
    with translated(path):
        if not path.exists():
            raise StoreError(say("There is no {file}. Check the folder of the data.", file=str(path)))
        try:
            db = _read_only(path, "mode=ro", shared)
        except sqlite3.OperationalError:
            if _size(path, "-wal"):
                raise
            # No log beside it and none can be made: nobody can be writing here.
            db = _read_only(path, "immutable=1", shared)
        try:
            if not _is_filled(db, path, schema):
                raise StoreError(
                    say("{file} is empty. If something was recorded in it, bring back a backup.", file=str(path))
                )
        except BaseException:
            db.close()
            raise
        return db


def _is_filled(db: sqlite3.Connection, path: Path, schema: Schema) -> bool:
    """Whether the file holds anything. An empty one may be in the making by another process: that gets a moment."""
    until = time.monotonic() + IN_THE_MAKING
    while not _look_inside(db, path, schema):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _read_only(path: Path, mode: str, shared: bool) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{mode}",
        uri=True,
        timeout=BUSY,
        isolation_level=None,
        check_same_thread=not shared,
    )
    try:
        db.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _size(path: Path, ending: str = "") -> int:
    try:
        return os.stat(f"{path}{ending}").st_size
    except FileNotFoundError:
        return 0


def _look_inside(db: sqlite3.Connection, path: Path, schema: Schema) -> bool:
    """Is it ours, and not newer than we are? An empty file is ours; whether it holds anything."""
    # One look, not three: another process may be giving the file its first tables between them.
    db.execute("BEGIN")
    try:
        mark, version = _pragma(db, "application_id"), _pragma(db, "user_version")
        tables = db.execute("SELECT 1 FROM sqlite_schema").fetchone()
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
    if version == 0 and mark == 0 and not tables:
        return False
    if mark != schema.application_id:
        raise foreign(path)
    if version > len(schema.steps):
        raise StoreError(
            say(
                "{file} was written by a newer warroom. Update warroom, or choose another folder for the data.",
                file=str(path),
            )
        )
    return True


def _check(db: sqlite3.Connection, path: Path, *, crashed: bool) -> None:
    """A bounded look for damage inside, where that is quick or a crash gives reason to. SQLite sees a cut by itself."""
    if _size(path) <= (CHECKED_AFTER_A_CRASH if crashed else CHECKED_ALWAYS):
        found = db.execute("PRAGMA quick_check(1)").fetchone()
        if found[0] != "ok":
            raise damaged(path)


def _bring_up_to_date(db: sqlite3.Connection, schema: Schema, busy: float) -> None:
    """Give the file the steps that it lacks: all of them, or after a fault none."""
    if _pragma(db, "user_version") == len(schema.steps):
        return
    if _pragma(db, "page_count") == 0:
        db.execute(f"PRAGMA page_size = {schema.page_size}")
    _write_ahead(db, busy)
    db.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been quicker.
        for number in range(_pragma(db, "user_version"), len(schema.steps)):
            for statement in schema.steps[number].split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number + 1}")
        db.execute(f"PRAGMA application_id = {schema.application_id}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _write_ahead(db: sqlite3.Connection, busy: float) -> None:
    """Switch to WAL. SQLite does not wait for others here, so two first openings at once need this loop."""
    deadline = time.monotonic() + busy
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
