"""A mention as a row of the store, and back; and what happens when it is heard again."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias

from msgspec.structs import asdict, replace

from warroom.domain.mention import SEGMENTS, Deleted, Kept, Mention, Reading, Segment

from .known import LARGEST
from .times import MICROSECOND, micros, moment

Read: TypeAlias = tuple[Mention, Reading | None]
"""A mention and how it was read, None while nobody has."""
Row: TypeAlias = tuple[Any, ...]

COLUMNS = (
    "source, native_id, feed, received_at, created_at, edited_at, deleted_at, segment, question, kind, lang,"
    " followers, reach, author_name, author_handle, title, text, url, author_url, author_id, in_reply_to, thread,"
    " replies, reposts, likes, quotes, views, score, raw, local_id"
)
"""The columns of `mention` in the order of `to_row`; `row` comes before them when read."""

_VALUES = ", ".join("?" * len(COLUMNS.split(",")))
UPDATE = " ".join(("UPDATE mention SET (", COLUMNS, ") = (", _VALUES, ") WHERE row = ?"))
SELECT = " ".join(("SELECT row,", COLUMNS, "FROM mention"))
"""What `from_row` takes."""

_NAMES = COLUMNS.split(", ")

NUMBERS = {segment: number for number, segment in enumerate(SEGMENTS)}
AHEAD = timedelta(minutes=2) // MICROSECOND
"""A mention that claims to be written later than this after it came in has a wrong clock (feeds-apis, section 2)."""


def to_columns(read: Collection[Read]) -> list[list[Any]]:
    """The values for `COLUMNS`, a list for each: to make a tuple for each mention costs twice as much."""
    mentions = [mention for mention, _ in read]
    readings = [reading for _, reading in read]
    received = [_came(mention.received_at) for mention in mentions]
    own: dict[str, list[Any]] = {
        "received_at": received,
        "created_at": [
            None if at.created_at is None else _honest(micros(at.created_at), came)
            for at, came in zip(mentions, received, strict=True)
        ],
        "edited_at": [None if at.edited_at is None else micros(at.edited_at) for at in mentions],
        "deleted_at": [None if at.deleted_at is None else micros(at.deleted_at) for at in mentions],
        "segment": [None if reading is None else NUMBERS[reading.segment] for reading in readings],
        "question": [0 if reading is None else int(reading.question) for reading in readings],
    }
    return [own[name] if name in own else list(map(attrgetter(name), mentions)) for name in _NAMES]


def _honest(written: int, came: int) -> int:
    return came if written - came > AHEAD else written


_came = lru_cache(64)(micros)
"""What comes in one batch came in at one time."""


def to_row(mention: Mention, reading: Reading | None) -> Row:
    """The values for `COLUMNS`."""
    return tuple(value for (value,) in to_columns([(mention, reading)]))


def insert(db: sqlite3.Connection, before: int, read: Collection[Read]) -> None:
    """Give the rows after `before` to new mentions. Columns that none of them fills are left out: to bind a NULL
    costs 0.2 µs."""
    empty = [None] * len(read)
    rows = list(range(before + 1, before + len(read) + 1))
    filled = [(name, values) for name, values in zip(_NAMES, to_columns(read), strict=True) if values != empty]
    names, marks = ", ".join(name for name, _ in filled), ", ?" * len(filled)
    sql = " ".join(("INSERT INTO mention (row,", names, ") VALUES (?", marks, ")"))
    db.executemany(sql, zip(rows, *(values for _, values in filled), strict=True))


def from_row(row: Sequence[Any]) -> Kept:
    """The kept mention of `row, COLUMNS`."""
    return Kept(
        row[0],
        Mention(
            source=row[1],
            native_id=row[2],
            feed=row[3],
            received_at=moment(row[4]),
            created_at=_maybe(row[5]),
            edited_at=_maybe(row[6]),
            deleted_at=_maybe(row[7]),
            kind=row[10],
            lang=row[11],
            followers=row[12],
            reach=row[13],
            author_name=row[14],
            author_handle=row[15],
            title=row[16],
            text=row[17],
            url=row[18],
            author_url=row[19],
            author_id=row[20],
            in_reply_to=row[21],
            thread=row[22],
            replies=row[23],
            reposts=row[24],
            likes=row[25],
            quotes=row[26],
            views=row[27],
            score=row[28],
            raw=row[29],
            local_id=row[30],
        ),
        segment(row[8]),
        bool(row[9]),
    )


def segment(number: int | None) -> Segment | None:
    return None if number is None else SEGMENTS[number]


def _maybe(at: int | None) -> datetime | None:
    return None if at is None else moment(at)


def edited(stored: Mention, heard: Mention) -> Mention | None:
    """The stored mention as the edit that was heard leaves it; None where nothing changes.

    An older edit loses. Of two that carry the same time of an edit, or none, the one heard last wins where the words
    differ (an item of RSS). When and by which feed it was first heard, when it was written, and that it is gone, all
    stay. What the edit does not know keeps its value.
    """
    if heard.edited_at == stored.edited_at:
        is_newer = (heard.title, heard.text) != (stored.title, stored.text)
    else:
        is_newer = heard.edited_at is not None and (stored.edited_at is None or heard.edited_at > stored.edited_at)
    if not is_newer:
        return None
    changes = {name: value for name, value in asdict(heard).items() if value is not None and name not in _STAYS}
    return replace(stored, **{**changes, "title": heard.title})


_STAYS = ("source", "native_id", "feed", "received_at", "created_at", "deleted_at", "local_id")


def storable(mention: Mention) -> Mention:
    """The mention without what SQLite cannot keep: half characters become U+FFFD, absurd counts become unknown."""
    return replace(mention, **{name: _storable(value) for name, value in asdict(mention).items()})


def storable_deletion(gone: Deleted) -> Deleted:
    return Deleted(_storable(gone.source), _storable(gone.native_id), gone.at, gone.local_to)


def _storable(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Segment):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, int) and abs(value) > LARGEST:
        return None
    return value
