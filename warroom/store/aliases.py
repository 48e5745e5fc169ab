"""What the servers of feeds call the mentions that are stored, so that a deletion told by such a name finds its row.

There are three cases for an alias. It comes with its mention: it is kept. Its deletion comes later: the row is found.
Its deletion comes first: that is noted without a row, and the mention is deleted when it comes.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from warroom.domain.mention import Alias, Deleted

from . import known
from .times import micros


def keep(db: sqlite3.Connection, aliases: Sequence[Alias]) -> int:
    """Keep aliases of mentions that are stored; returns how many of these were told to be deleted before they came."""
    buried = 0
    for alias in aliases:
        row = known.row_of(db, (alias.source, alias.native_id))
        assert row is not None, "an alias comes with its mention"
        early = db.execute(
            "INSERT INTO alias (feed, id, row) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET row = excluded.row WHERE alias.row IS NOT excluded.row RETURNING deleted_at",
            (alias.feed, alias.id, row),
        ).fetchall()
        for (deleted_at,) in early:
            buried += db.execute(
                "UPDATE mention SET deleted_at = ?1 WHERE row = ?2 AND deleted_at IS NULL AND ?1 IS NOT NULL",
                (deleted_at, row),
            ).rowcount
    return buried


def row_of(db: sqlite3.Connection, gone: Deleted) -> int | None:
    """The row of the mention that a feed's server calls so; None where it has not come in."""
    found = db.execute("SELECT row FROM alias WHERE feed = ? AND id = ?", (gone.feed, gone.native_id)).fetchone()
    return None if found is None else found[0]


def note_early(db: sqlite3.Connection, gone: Deleted, now: datetime) -> None:
    """Remember the deletion of a mention that has not come in."""
    db.execute(
        "INSERT INTO alias (feed, id, deleted_at, noted_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (gone.feed, gone.native_id, micros(gone.at), micros(now)),
    )


def clear_early(db: sqlite3.Connection, before: datetime) -> None:
    """Let go of deletions noted before this time whose mention has not come."""
    db.execute("DELETE FROM alias WHERE row IS NULL AND noted_at < ?", (micros(before),))


def recent(db: sqlite3.Connection, feed: str, limit: int) -> list[str]:
    """The aliases of a feed's newest mentions that are not deleted, newest first."""
    found = db.execute(
        "SELECT id FROM alias JOIN mention ON mention.row = alias.row"
        " WHERE feed = ? AND alias.row IS NOT NULL AND deleted_at IS NULL ORDER BY alias.row DESC LIMIT ?",
        (feed, limit),
    )
    return [str(id) for (id,) in found]
