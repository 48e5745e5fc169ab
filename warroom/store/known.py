"""Which row has the mention of this name: one small table of hashes, and the walk on from a hash that is taken.

An index of the names themselves was measured: at a million mentions it made up a third of the file and 10 of 26
microseconds a row, because network ids come in no order. A hash has 8 bytes. Two names with one hash are not mixed
up, since the stored name is compared: the second takes the next free number.
"""

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from typing import TypeAlias

Name: TypeAlias = tuple[str, str]
"""Source and native id."""

LARGEST = (1 << 63) - 1
"""The largest whole number that SQLite keeps."""
ASKED_AT_ONCE = 500
"""Numbers in one question to the table."""


def number(name: Name) -> int:
    """63 bits of the name's BLAKE2b hash. A lone surrogate in it is a `UnicodeEncodeError`."""
    digest = blake2b("|".join(name).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def following(number: int) -> int:
    """Where a name goes whose number is taken by another one."""
    return number + 1 if number < LARGEST else 0


def taken(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Name]:
    """Those of the numbers that are given out, and to whom."""
    wanted = sorted(numbers)
    found: dict[int, Name] = {}
    for start in range(0, len(wanted), ASKED_AT_ONCE):
        some = wanted[start : start + ASKED_AT_ONCE]
        sql = " ".join((_WHO, "number IN (", ", ".join("?" * len(some)), ")"))
        found.update((number, (source, native_id)) for number, _, source, native_id in db.execute(sql, some))
    return found


def row_of(db: sqlite3.Connection, name: Name) -> int | None:
    """The row of the mention of this name; None where it is not stored."""
    place = number(name)
    while found := db.execute(_WHO + " number = ?", (place,)).fetchone():
        if (found[2], found[3]) == name:
            return int(found[1])
        place = following(place)
    return None


_WHO = "SELECT number, mention.row, source, native_id FROM known JOIN mention ON mention.row = known.row WHERE"
