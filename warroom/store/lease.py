"""Who runs the feeds of a room: one process at a time, as long as it lives and says so.

The row says until when. A holder that is gone without a word (killed, a power cut) loses it at the latest then, and
on the same machine at once, because its process can be looked for.
"""

import os
import sqlite3
import sys
from datetime import datetime, timedelta

from msgspec import Struct

from .times import micros

MOST = 2 / 3
"""The share of its time below which a lease is renewed."""


class Holder(Struct, frozen=True, kw_only=True):
    """Somebody who wants to run the feeds. `name` tells apart several of one process."""

    name: str
    machine: str
    pid: int


def is_fresh(db: sqlite3.Connection, holder: Holder, ttl: timedelta, now: datetime) -> bool:
    """Whether the holder has the lease and most of its time is left, so that it need not be written again yet."""
    row = db.execute("SELECT holder, machine, pid, expires_at FROM lease").fetchone()
    return (
        row is not None
        and Holder(name=row[0], machine=row[1], pid=row[2]) == holder
        and row[3] > micros(now + ttl * MOST)
    )


def take(db: sqlite3.Connection, holder: Holder, ttl: timedelta, now: datetime) -> bool:
    """Take the lease or renew it, inside a transaction; False while somebody else has it."""
    row = db.execute("SELECT holder, machine, pid, expires_at FROM lease").fetchone()
    if row is not None:
        other = Holder(name=row[0], machine=row[1], pid=row[2])
        if other != holder and row[3] > micros(now) and not _is_gone(other, holder.machine):
            return False
    db.execute(
        "INSERT INTO lease (one, holder, machine, pid, expires_at) VALUES (1, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET holder = excluded.holder, machine = excluded.machine, pid = excluded.pid,"
        " expires_at = excluded.expires_at",
        (holder.name, holder.machine, holder.pid, micros(now + ttl)),
    )
    return True


def give_back(db: sqlite3.Connection, holder: Holder) -> None:
    """Let the next one in; nothing happens where somebody else has the lease."""
    db.execute(
        "DELETE FROM lease WHERE holder = ? AND machine = ? AND pid = ?", (holder.name, holder.machine, holder.pid)
    )


def is_held(db: sqlite3.Connection, machine: str, now: datetime) -> bool:
    """Whether anybody runs the feeds, as seen from this machine."""
    row = db.execute("SELECT holder, machine, pid, expires_at FROM lease").fetchone()
    return (
        row is not None
        and row[3] > micros(now)
        and not _is_gone(Holder(name=row[0], machine=row[1], pid=row[2]), machine)
    )


def _is_gone(holder: Holder, machine: str) -> bool:
    """Whether the holder's process has ended, where that can be known from here."""
    if holder.machine != machine or sys.platform == "win32":
        return False
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
