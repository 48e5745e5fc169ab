"""What can still be had of a damaged room, copied into a new one. The damaged files are only read.

Positions stay what they were, and so do the heads of the log: a gap is seen by `verify` and never closed in silence.
A mention has no hash that proves it, as an event has: what its page holds is taken as it is, at its old row.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from msgspec import Struct

from warroom.domain.mention import Kept, Reading

from . import batch
from .chain import Verdict
from .damaged import Damaged, Row
from .errors import translated
from .journal import verify_log
from .rescue_log import in_place, read_events, write_events
from .rows import COLUMNS, SELECT, from_row
from .schema import MENTIONS, connect
from .writer import transaction

AT_ONCE = 2_000
SMALLEST = 40
"""Bytes without which no mention is kept: how many there can have been at most."""
WIDTH = len(COLUMNS.split(",")) + 1


class Rescue(Struct, frozen=True, kw_only=True):
    """What came of it. `missing` are positions of events, `missing_rows` rows of mentions, both as ranges with both
    ends; `open_end` says that nobody knows whether more events stood after the last one."""

    events: int
    missing: tuple[tuple[int, int], ...]
    open_end: bool
    verdict: Verdict
    mentions: int
    missing_rows: tuple[tuple[int, int], ...]

    @property
    def is_whole(self) -> bool:
        return self.verdict.is_whole and not self.missing and not self.open_end and not self.missing_rows


def rescue(timeline: Path, mentions: Sequence[Path], into: Path) -> Rescue:
    """Copy what is intact into the folder `into`, which is made. `mentions` are the stores of the room, oldest first:
    those that were set aside, then the one in use."""
    events, log = read_events(timeline)
    placed = in_place(events)
    new = into / timeline.name
    end = write_events(new, placed, log)
    rows, counted = copy_mentions(mentions, into / "mentions.db")
    top = max([event.recorded.after_mention for event in events] + [*rows, counted])
    return Rescue(
        events=len(placed),
        missing=tuple(gaps(placed, end)),
        open_end=log is None,
        verdict=verify_log(new),
        mentions=len(rows),
        missing_rows=tuple(gaps(rows, top)),
    )


def gaps(known: Iterable[int], last: int) -> Iterator[tuple[int, int]]:
    """The ranges from 1 to `last` that are not among the known numbers."""
    wanted = 1
    for number in sorted(known):
        if number > wanted:
            yield wanted, number - 1
        wanted = max(wanted, number + 1)
    if wanted <= last:
        yield wanted, last


# --- mentions --------------------------------------------------------------------------------------------


def copy_mentions(sources: Sequence[Path], new: Path) -> tuple[set[int], int]:
    """Every mention that can be read, at its row, and how far the feeds were. Which rows, and how many mentions there
    had been at least."""
    rows: set[int] = set()
    counted = 0
    elsewhere: list[Kept] = []
    with translated(new), closing(connect(new, MENTIONS)) as db:
        for source in (path for path in sources if path.exists()):
            taken = frozenset(rows)
            with Damaged(source, MENTIONS) as damaged:
                counted = max([counted, *_told(damaged, "SELECT sum(n) FROM pulse")])
                found = _mentions(damaged, rows)
                while group := list(islice(found, AT_ONCE)):
                    elsewhere += [kept for kept in group if kept.row in taken]
                    fresh = [kept for kept in group if kept.row not in taken]
                    with transaction(db):
                        batch.put_back(db, fresh)
                    rows.update(kept.row for kept in fresh)
                with transaction(db):
                    for table in ("cursor", "tombstone"):
                        for row in damaged.all(f"SELECT * FROM {table}"):  # noqa: S608 - the names stand above
                            marks = ", ".join("?" * len(row))
                            db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)  # noqa: S608
        for start in range(0, len(elsewhere), AT_ONCE):
            read = [(kept.mention, _reading(kept)) for kept in elsewhere[start : start + AT_ONCE]]
            with transaction(db):
                added = batch.add(db, read, (), None, None, read[0][0].received_at)
            rows.update(range(added.first_row, added.last_row + 1))
    return rows, counted


def _mentions(damaged: Damaged, known: set[int]) -> Iterator[Kept]:
    """The mentions that SQLite finds, then those that only the bytes of their pages show."""
    seen: set[int] = set()
    for row in damaged.ranged(SELECT + " NOT INDEXED WHERE row BETWEEN ? AND ? ORDER BY row", _most(damaged)):
        if (kept := _kept(row)) is not None:
            seen.add(kept.row)
            yield kept
    for record in damaged.image.rows(WIDTH):
        if record.rowid is not None and record.rowid > 0 and record.rowid not in seen:
            values = [*record.values[1:], *[None] * (WIDTH - len(record.values))]
            if (kept := _kept((record.rowid, *values))) is not None:
                seen.add(kept.row)
                yield kept


def _most(damaged: Damaged) -> int:
    """The last row, as the narrow index or the table itself says; else how many there can have been."""
    told = [
        *_told(damaged, "SELECT max(row) FROM mention INDEXED BY mention_scan"),
        *_told(damaged, "SELECT max(row) FROM known"),
    ]
    return max(told, default=_possible(damaged))


def _told(damaged: Damaged, sql: str) -> list[int]:
    """A number that the file knows, where it can be read and can be true."""
    return [row[0] for row in damaged.all(sql) if isinstance(row[0], int) and row[0] <= _possible(damaged)]


def _possible(damaged: Damaged) -> int:
    return (len(damaged.image.data) + len(damaged.image.wal)) // SMALLEST + 1


def _kept(row: Row) -> Kept | None:
    """The mention in a row; None where the row holds something else."""
    try:
        kept = from_row(row)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    mention = kept.mention
    is_one = isinstance(mention.source, str) and isinstance(mention.native_id, str) and isinstance(mention.text, str)
    return kept if is_one and mention.source and mention.native_id else None


def _reading(kept: Kept) -> Reading | None:
    return None if kept.segment is None else Reading(kept.segment, kept.question)
