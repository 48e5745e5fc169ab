"""One batch into the mention store, inside one transaction: rows, search entries, minute counts, cursor.

There are three cases for a mention that was heard. Its name is new: it gets the next row. Its name is known and
nothing is newer: it is a repeat, and costs one look into the index. It is an edit: the row, its entry in the search
index and, where it is read anew, its minute change together.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from warroom.domain.mention import Deleted, Kept, Mention, Reading, Segment

from . import known
from .rows import NUMBERS, SELECT, UPDATE, Read, edited, from_row, insert, segment, to_row
from .times import micros

TOMBSTONES_KEPT = timedelta(days=2)
"""A delete may come this long before the mention that it is about (at least a day: feeds-apis, section 2)."""

_ADD_PULSE = "INSERT INTO pulse (minute, segment, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"


UNREAD = -1
"""The segment of an unread mention in the table of the pulse."""


class MinuteCount(NamedTuple):
    """How many mentions of a segment (None: not read yet) were written in a minute, counted from 1970 UTC."""

    minute: int
    segment: Segment | None
    n: int


class Added(Struct, frozen=True, kw_only=True):
    """What a batch came to. The new rows are `first_row` to `last_row`; without any, `last_row` is the one before.

    `minutes` is what to add to the counts of the pulse: an edit that is read anew takes one away and adds one.
    """

    first_row: int
    last_row: int
    new: int = 0
    edited: int = 0
    repeated: int = 0
    deleted: int = 0
    minutes: Sequence[MinuteCount] = ()


def add(
    db: sqlite3.Connection,
    mentions: Sequence[Read],
    deleted: Sequence[Deleted],
    feed: str | None,
    cursor: bytes | None,
    now: datetime,
    *,
    edits: Sequence[Mention] = (),
) -> Added:
    """Store what was heard. `now` dates the tombstones.

    A `UnicodeEncodeError` or an `OverflowError` says that something in the batch cannot be stored as it is.
    """
    before = last_row(db)
    fresh, again = _sort(db, mentions)
    last = before + len(fresh)
    _insert(db, before, fresh)
    minutes = count_rows(db, before, last)
    changes = 0
    for heard, reading in (*again, *((edit, None) for edit in _stored(db, edits))):
        changed = _hear_again(db, heard, reading)
        if changed is not None:
            changes += 1
            minutes += changed
    gone = _bury(db, before, last)
    if deleted:
        gone += sum(_delete(db, deletion, now) for deletion in deleted)
        _clear_tombstones(db, now)
    add_to_pulse(db, minutes)
    if feed is not None and cursor is not None:
        db.execute(
            "INSERT INTO cursor (feed, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            (feed, cursor),
        )
    return Added(
        first_row=before + 1,
        last_row=last,
        new=len(fresh),
        edited=changes,
        repeated=max(0, len(again) - changes),
        deleted=gone,
        minutes=minutes,
    )


def put_back(db: sqlite3.Connection, kepts: Sequence[Kept]) -> None:
    """Store mentions at the rows that they had, with holes between where some are lost. A name that is known already
    is not stored twice."""
    for run in _runs(kepts):
        read = [(kept.mention, None if kept.segment is None else Reading(kept.segment, kept.question)) for kept in run]
        fresh, again = _sort(db, read)
        if again:
            for kept in run if len(run) > 1 else ():
                put_back(db, [kept])
            continue
        before, last = run[0].row - 1, run[-1].row
        _insert(db, before, fresh)
        add_to_pulse(db, count_rows(db, before, last))


def _runs(kepts: Sequence[Kept]) -> Iterator[list[Kept]]:
    """The mentions in groups whose rows follow each other."""
    run: list[Kept] = []
    for kept in sorted(kepts, key=lambda kept: kept.row):
        if run and kept.row != run[-1].row + 1:
            yield run
            run = []
        run.append(kept)
    if run:
        yield run


def last_row(db: sqlite3.Connection) -> int:
    """The row of the mention that came last; rows are dense, so it is also how many there are.

    A store that took the place of a damaged one goes on behind its rows.
    """
    sql = "SELECT coalesce(max(row), (SELECT value FROM meta WHERE key = 'before'), 0) FROM mention"
    return int(db.execute(sql).fetchone()[0])


def begin_after(db: sqlite3.Connection, row: int) -> None:
    """Give the first mention of an empty store the row after this one."""
    db.execute("INSERT INTO meta (key, value) VALUES ('before', ?) ON CONFLICT DO NOTHING", (row,))


def find(db: sqlite3.Connection, name: known.Name) -> Kept | None:
    """The mention of this name, if it is stored."""
    row = known.row_of(db, name)
    return None if row is None else from_row(db.execute(SELECT + " WHERE row = ?", (row,)).fetchone())


def _sort(db: sqlite3.Connection, mentions: Sequence[Read]) -> tuple[dict[int, Read], list[Read]]:
    """The mentions whose names are new, in the order heard, by the number that each gets; and all the others."""
    numbers = [known.number((mention.source, mention.native_id)) for mention, _ in mentions]
    taken = known.taken(db, numbers)
    if not taken and len(set(numbers)) == len(numbers):
        return dict(zip(numbers, mentions, strict=True)), []
    fresh: dict[int, Read] = {}
    again: list[Read] = []
    for read, number in zip(mentions, numbers, strict=True):
        name = (read[0].source, read[0].native_id)
        while taken.get(number, name) != name:
            number = known.following(number)
            if number not in taken:
                taken |= known.taken(db, (number,))
        if number in taken:
            again.append(read)
        else:
            taken[number] = name
            fresh[number] = read
    return fresh, again


def _insert(db: sqlite3.Connection, before: int, fresh: Mapping[int, Read]) -> None:
    """Give the next rows to the new mentions."""
    if not fresh:
        return
    rows = range(before + 1, before + len(fresh) + 1)
    insert(db, before, fresh.values())
    # In the order of the numbers, neighbours meet the same page of the table.
    db.executemany("INSERT INTO known (number, row) VALUES (?, ?)", sorted(zip(fresh, rows, strict=True)))
    _index(db, before, rows[-1])
    _remember_first(db, before, rows[-1])


def _stored(db: sqlite3.Connection, edits: Sequence[Mention]) -> list[Mention]:
    """Those of the edits whose mention is here: of what never named us nothing is kept."""
    if not edits:
        return []
    names = {known.number((edit.source, edit.native_id)): edit for edit in edits}
    maybe = known.taken(db, names) if len(names) == len(edits) else dict.fromkeys(names)
    return [
        edit
        for number, edit in names.items()
        if number in maybe and known.row_of(db, (edit.source, edit.native_id)) is not None
    ]


def _hear_again(db: sqlite3.Connection, heard: Mention, reading: Reading | None) -> list[MinuteCount] | None:
    """Apply an edit and return what it changes in the pulse; None where the mention is only repeated."""
    stored = find(db, (heard.source, heard.native_id))
    assert stored is not None, "a name that is known has a row"
    if heard.deleted_at is not None and stored.mention.deleted_at is None:
        db.execute("UPDATE mention SET deleted_at = ? WHERE row = ?", (micros(heard.deleted_at), stored.row))
        stored = Kept(stored.row, replace(stored.mention, deleted_at=heard.deleted_at), stored.segment, stored.question)
    after = edited(stored.mention, heard)
    if after is None:
        return None
    _forget_words(db, stored.row)
    db.execute(UPDATE, (*to_row(after, reading), stored.row))
    _index(db, stored.row - 1, stored.row)
    return moved(after, stored.segment, None if reading is None else reading.segment)


def _index(db: sqlite3.Connection, after: int, upto: int) -> None:
    """Enter the words of rows into the search index, in one statement."""
    db.execute(
        "INSERT INTO mention_text (rowid, title, text, author_name, author_handle)"
        " SELECT row, title, text, author_name, author_handle FROM mention WHERE row > ? AND row <= ?",
        (after, upto),
    )


def _forget_words(db: sqlite3.Connection, row: int) -> None:
    """Take a row out of the search index, which must be told the words that it knows."""
    db.execute(
        "INSERT INTO mention_text (mention_text, rowid, title, text, author_name, author_handle)"
        " SELECT 'delete', row, title, text, author_name, author_handle FROM mention WHERE row = ?",
        (row,),
    )


def moved(mention: Mention, before: Segment | None, after: Segment | None) -> list[MinuteCount]:
    """What a new reading changes in the pulse."""
    if before is after:
        return []
    minute = micros(mention.at) // 60_000_000
    changes = ((before, -1), (after, +1))
    return [MinuteCount(minute, segment, n) for segment, n in changes]


def count_rows(db: sqlite3.Connection, after: int, upto: int) -> list[MinuteCount]:
    """How many mentions of which segment were written when, of the rows after `after` up to `upto`."""
    rows = db.execute(
        "SELECT coalesce(created_at, received_at) / 60000000, segment, count(*) FROM mention INDEXED BY mention_scan"
        " WHERE row > ? AND row <= ? GROUP BY 1, 2",
        (after, upto),
    )
    return [MinuteCount(minute, segment(number), n) for minute, number, n in rows]


def add_to_pulse(db: sqlite3.Connection, minutes: Sequence[MinuteCount]) -> None:
    """Bring the table of the pulse up to date."""
    rows = [(minute, UNREAD if read is None else NUMBERS[read], n) for minute, read, n in minutes]
    db.executemany(_ADD_PULSE, rows)


def _remember_first(db: sqlite3.Connection, after: int, upto: int) -> None:
    """Keep the time of the mention that was written first, of all."""
    db.execute(
        "INSERT INTO meta (key, value)"
        " SELECT 'first_at', min(coalesce(created_at, received_at)) FROM mention INDEXED BY mention_scan"
        " WHERE row > ? AND row <= ? HAVING count(*)"
        " ON CONFLICT DO UPDATE SET value = min(value, excluded.value)",
        (after, upto),
    )


def _bury(db: sqlite3.Connection, after: int, upto: int) -> int:
    """Mark the new rows whose deletion came before them."""
    if not db.execute("SELECT 1 FROM tombstone LIMIT 1").fetchone():
        return 0
    return db.execute(
        "UPDATE mention SET deleted_at = tombstone.deleted_at FROM tombstone"
        " WHERE row > ? AND row <= ?"
        " AND tombstone.source = mention.source AND tombstone.native_id = mention.native_id",
        (after, upto),
    ).rowcount


def _delete(db: sqlite3.Connection, gone: Deleted, now: datetime) -> int:
    """Mark a mention as deleted and keep its text; leave a tombstone where it has not come in yet."""
    if gone.local_to:
        # What was never heard has nothing to be deleted; such a feed remembers by itself what is about to come.
        local = "SELECT row FROM mention WHERE feed = ? AND local_id = ?"
        found = db.execute(local, (gone.local_to, gone.native_id)).fetchone()
        return 0 if found is None else _mark_deleted(db, found[0], gone.at)
    row = known.row_of(db, (gone.source, gone.native_id))
    if row is None:
        db.execute(
            "INSERT INTO tombstone (source, native_id, deleted_at, noted_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (gone.source, gone.native_id, micros(gone.at), micros(now)),
        )
        return 0
    return _mark_deleted(db, row, gone.at)


def _mark_deleted(db: sqlite3.Connection, row: int, at: datetime) -> int:
    """How many rows that changed: none where it was known to be gone."""
    return db.execute(
        "UPDATE mention SET deleted_at = ? WHERE row = ? AND deleted_at IS NULL", (micros(at), row)
    ).rowcount


def _clear_tombstones(db: sqlite3.Connection, now: datetime) -> None:
    """Let go of tombstones whose mention has not come: most deletes are about posts that never concern us."""
    db.execute("DELETE FROM tombstone WHERE noted_at < ?", (micros(now - TOMBSTONES_KEPT),))
