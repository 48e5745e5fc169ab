"""The events of a damaged log: each proves itself, because its row holds the SHA-256 of its body.

One whose hash does not fit is not taken. Its position is not under that hash; but whoever writes counts their own
events, and the head of the log runs over all of them, so that a wrong position is seen.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from warroom.domain.events import Recorded, decode

from .carving import shape
from .chain import NO_HEAD, Standing, digest, label, next_head
from .damaged import Damaged, Row
from .errors import translated
from .schema import TIMELINE, connect

SMALLEST = 150
"""Bytes without which no event is kept: how many there can have been at most."""
ANY_INT = rb"[\x01-\x06\x08\x09]"
EVENT = shape(rb"\x00", b"", b"", b"", b"", ANY_INT, rb"\x4c", rb"\x4c", ANY_INT, b"")
LOG = shape(rb"\x00", ANY_INT, rb"\x4c")


class Event(NamedTuple):
    """An event that has proved itself. `pos` is None where its place was not to be read."""

    pos: int | None
    head: bytes
    stored_at: int
    body: bytes
    recorded: Recorded

    @property
    def hash(self) -> bytes:
        return digest(self.body)


def read_events(path: Path) -> tuple[list[Event], Standing | None]:
    """Every event of a damaged log that proves itself, each once, and where the log says that it ends: None where that
    cannot be read, or something is cut off."""
    with Damaged(path, TIMELINE) as copy:
        most = len(copy.image.data + copy.image.wal) // SMALLEST + 1
        sql = (
            "SELECT pos, id, inc, typ, wr, ws, hash, head, stored_at, body FROM event"
            " WHERE pos BETWEEN ? AND ? ORDER BY pos"
        )
        rows: list[Row] = list(copy.ranged(sql, most))
        rows += [(found.rowid, *found.values[1:]) for found in copy.image.shaped(EVENT) if len(found.values) == 10]
        logs = [Standing(*row) for row in copy.all("SELECT pos, head FROM log") if _is_log(row)]
        logs += [Standing(*f.values[1:]) for f in copy.image.shaped(LOG) if f.rowid == 1 and _is_log(f.values[1:])]
        is_cut = copy.image.is_cut
    events = _proved(rows)
    last = max((event for event in events if event.pos is not None), key=lambda event: event.pos or 0, default=None)
    return events, None if is_cut else _log_of(logs, last, most)


def _is_log(values: Sequence[Any]) -> bool:
    return len(values) == 2 and isinstance(values[0], int) and isinstance(values[1], bytes) and len(values[1]) == 32


def _log_of(logs: Sequence[Standing], last: Event | None, most: int) -> Standing | None:
    """Where the log ended, of what its bytes say: the furthest, unless its head is that of the last event here."""
    pos = last.pos or 0 if last is not None else 0
    likely = [log for log in logs if pos <= log.length <= pos + most]
    if last is not None and any(log.hash == last.head for log in likely):
        return Standing(pos, last.head)
    return max(likely, default=None)


def _proved(rows: Iterable[Row]) -> list[Event]:
    """The events among the rows, each once: by the hash beside the body, or by that in its writer's next event."""
    sure: dict[str, Event] = {}
    doubtful: list[Event] = []
    for row in rows:
        pos, hash, head, stored_at, body = row[0], row[6], row[7], row[8], row[9]
        if not isinstance(body, bytes):
            continue
        try:
            recorded = decode(body)
        except ValueError:
            continue
        event = Event(
            pos=pos if isinstance(pos, int) and pos > 0 else None,
            head=head if isinstance(head, bytes) and len(head) == 32 else NO_HEAD,
            stored_at=stored_at if isinstance(stored_at, int) else 0,
            body=body,
            recorded=recorded,
        )
        if event.hash != hash:
            doubtful.append(event)
        elif recorded.id not in sure or sure[recorded.id].pos is None:
            sure[recorded.id] = event
    followed = {event.recorded.prev for event in sure.values()}
    for event in doubtful:
        if event.hash.hex() in followed:
            sure.setdefault(event.recorded.id, event)
    return list(sure.values())


def in_place(events: Iterable[Event]) -> dict[int, Event]:
    """Each event at its position. Who writes counts their events: a position that contradicts the count is wrong, and
    the event goes where the count says."""
    writers: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda event: event.recorded.ws):
        writers.setdefault(event.recorded.wr, []).append(event)
    placed: dict[int, Event] = {}
    astray: list[tuple[list[Event], int]] = []
    for own in writers.values():
        rising = _rising([event.pos for event in own])
        for place, event in enumerate(own):
            if place in rising and event.pos is not None and event.pos not in placed:
                placed[event.pos] = event
            else:
                astray.append((own, place))
    where = {event.recorded.id: pos for pos, event in placed.items()}
    for own, place in astray:
        before = next((one for one in reversed(own[:place]) if one.recorded.id in where), None)
        low = where[before.recorded.id] if before is not None else 0
        step = own[place].recorded.ws - (before.recorded.ws if before is not None else 0)
        pos = low + step
        if pos in placed:
            pos = next(free for free in range(low + 1, low + len(placed) + 2) if free not in placed)
        placed[pos], where[own[place].recorded.id] = own[place], pos
    return dict(sorted(placed.items()))


def _rising(positions: Sequence[int | None]) -> set[int]:
    """The places of the longest part of the positions that only rises."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for place, pos in enumerate(positions):
        if pos is None:
            continue
        at = bisect_left(tails, pos)
        tails[at : at + 1], ends[at : at + 1] = [pos], [place]
        if at:
            before[place] = ends[at - 1]
    found: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        found.add(place)
        place = before.get(place, -1)
    return found


def write_events(path: Path, placed: Mapping[int, Event], log: Standing | None) -> int:
    """A new log of these events at their positions. Returns the position at which the old one ended."""
    head, before = NO_HEAD, 0
    writers: dict[str, Standing] = {}
    with translated(path), closing(connect(path, TIMELINE)) as db:
        db.execute("BEGIN IMMEDIATE")
        for pos, event in placed.items():
            own = event.recorded
            following = next_head(head, pos, event.hash)
            after = placed.get(pos + 1)
            # A head can be damaged, too: what follows from the one before counts, unless the next event says else.
            is_kept = pos != before + 1 or (
                after is not None and after.head == next_head(event.head, pos + 1, after.hash)
            )
            head, before = event.head if is_kept else following, pos
            db.execute(
                "INSERT INTO event (pos, id, inc, typ, wr, ws, hash, head, stored_at, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (pos, own.id, own.inc, label(own), own.wr, own.ws, event.hash, head, event.stored_at, event.body),
            )
            known = writers.get(own.wr, Standing(0, b""))
            writers[own.wr] = max(known, Standing(own.ws, event.hash))
        # No machine has the number 0: whoever writes on begins a chain of their own.
        db.executemany("INSERT INTO writer VALUES (?, '', 0, ?, ?)", [(wr, *at) for wr, at in writers.items()])
        end = log if log is not None and log.length > before else Standing(before, head)
        db.execute("UPDATE log SET pos = ?, head = ?", end)
        db.execute("COMMIT")
    return end.length
