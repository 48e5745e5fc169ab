"""Evidence: whoever changes the file without rewriting all of it is found, with the place."""

import asyncio
import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import draft
from warroom.store.chain import NO_HEAD, Standing, Stored, Verdict, digest, next_head, verify
from warroom.store.journal import open_journal, verify_log

EVENTS = 12


@pytest.fixture
async def log(timeline: Path) -> Path:
    """A log of two writers, six events each, that take turns in threes."""
    for turn in range(4):
        async with open_journal(timeline, machine=f"desk {turn % 2}") as journal:
            await journal.append([draft(f"event {turn * 3 + n + 1}") for n in range(3)])
    return timeline


def tamper(file: Path, *statements: str) -> Verdict:
    with closing(sqlite3.connect(file)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()
    return verify_log(file)


def swap(columns: tuple[str, ...], a: int, b: int) -> tuple[str, ...]:
    """SQL that exchanges columns of two positions; negative ids and numbers keep the unique indexes quiet."""
    names = ", ".join(columns)
    take = " ".join(("UPDATE event SET (", names, ") = (SELECT", names, "FROM two WHERE two.pos ="))
    return (
        "CREATE TEMP TABLE two AS SELECT * FROM event",
        "UPDATE event SET id = -pos, ws = -pos" if "id" in columns else "SELECT 1",
        f"{take} CASE event.pos WHEN {a} THEN {b} WHEN {b} THEN {a} ELSE event.pos END)",
    )


WHOLE_ROW = ("id", "inc", "typ", "wr", "ws", "hash", "head", "stored_at", "body")


async def test_an_untouched_log_is_whole_and_its_head_is_the_one_of_team_mode(log: Path) -> None:
    verdict = verify_log(log)
    assert verdict.is_whole
    assert verdict.events == EVENTS
    with closing(sqlite3.connect(log)) as db:
        bodies = [body for (body,) in db.execute("SELECT body FROM event ORDER BY pos")]
    head = bytes(32)
    for pos, body in enumerate(bodies, 1):
        head = hashlib.sha256(head + pos.to_bytes(8, "big") + hashlib.sha256(body).digest()).digest()
    assert verdict.head == head.hex()
    async with open_journal(log) as journal:
        assert await journal.head() == head.hex()


def test_an_empty_log_is_whole() -> None:
    assert verify([], Standing(0, NO_HEAD), {}).is_whole


CHANGED = "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'event', 'evenT') AS BLOB) WHERE pos = 5"


@pytest.mark.parametrize(
    ("statements", "position"),
    [
        pytest.param((CHANGED,), 5, id="a body changed"),
        pytest.param(("UPDATE event SET body = CAST('{}' AS BLOB) WHERE pos = 5",), 5, id="a body emptied"),
        pytest.param(("UPDATE event SET body = 'text' WHERE pos = 5",), 5, id="a body of another type"),
        pytest.param(("UPDATE event SET hash = zeroblob(32) WHERE pos = 5",), 5, id="a hash changed"),
        pytest.param(("UPDATE event SET head = zeroblob(32) WHERE pos = 5",), 5, id="a head changed"),
        pytest.param(("UPDATE event SET inc = 'calm' WHERE pos = 5",), 5, id="an incident relabelled"),
        pytest.param(("UPDATE event SET typ = 'step.done' WHERE pos = 5",), 5, id="a kind relabelled"),
        pytest.param(("UPDATE event SET id = 'x' WHERE pos = 5",), 5, id="an id changed"),
        pytest.param(("DELETE FROM event WHERE pos = 1",), 1, id="the first removed"),
        pytest.param(("DELETE FROM event WHERE pos = 5",), 5, id="one removed"),
        pytest.param(("DELETE FROM event WHERE pos = 12",), 12, id="the last removed"),
        pytest.param(("DELETE FROM event WHERE pos > 6",), 7, id="the second half removed"),
        pytest.param(("DELETE FROM event",), 1, id="everything removed"),
        pytest.param(
            ("DELETE FROM event WHERE pos = 5", "UPDATE event SET pos = pos - 1 WHERE pos > 5"), 5, id="closed ranks"
        ),
        pytest.param(swap(("body",), 5, 6), 5, id="two bodies swapped"),
        pytest.param(swap(WHOLE_ROW, 5, 6), 5, id="two events of one writer swapped"),
        pytest.param(swap(WHOLE_ROW, 3, 4), 3, id="two events of two writers swapped"),
        pytest.param(
            (
                "INSERT INTO event SELECT 13, 'new', inc, typ, wr, 99, hash, head, stored_at, body FROM event"
                " WHERE pos = 12",
            ),
            13,
            id="one added at the end",
        ),
        pytest.param(("UPDATE log SET head = zeroblob(32)",), 12, id="the end rewritten"),
        pytest.param(("DELETE FROM log",), 1, id="the end forgotten"),
        pytest.param(("DELETE FROM writer",), 12, id="the writers forgotten"),
    ],
)
async def test_an_edit_of_the_file_is_found_with_its_place(
    log: Path, statements: tuple[str, ...], position: int
) -> None:
    verdict = tamper(log, *statements)
    assert verdict.position == position
    assert verdict.trouble is not None


def _rehash(db: sqlite3.Connection, pos: int, body: bytes) -> None:
    db.execute("UPDATE event SET body = ?, hash = ? WHERE pos = ?", (body, digest(body), pos))


async def test_a_changed_event_whose_hash_was_made_to_fit_is_found(log: Path) -> None:
    with closing(sqlite3.connect(log)) as db:
        (body,) = db.execute("SELECT body FROM event WHERE pos = 5").fetchone()
        _rehash(db, 5, body.replace(b"event", b"evenT"))
        db.commit()
    assert verify_log(log).position == 5


async def test_a_change_with_every_head_made_to_fit_is_found_where_the_writer_goes_on(log: Path) -> None:
    with closing(sqlite3.connect(log)) as db:
        (body,) = db.execute("SELECT body FROM event WHERE pos = 5").fetchone()
        _rehash(db, 5, body.replace(b"event", b"evenT"))
        head = NO_HEAD
        for pos, hash in db.execute("SELECT pos, hash FROM event ORDER BY pos").fetchall():
            head = next_head(head, pos, hash)
            db.execute("UPDATE event SET head = ? WHERE pos = ?", (head, pos))
        db.execute("UPDATE log SET head = ?", (head,))
        db.commit()
    assert verify_log(log).position == 6


async def test_a_fork_is_found_at_its_second_branch(log: Path) -> None:
    rows, end, writers = _read(log)
    body = rows[4].body.replace(b"event", b"evenT")
    forked = rows[4]._replace(pos=13, body=body, hash=digest(body), head=next_head(end.hash, 13, digest(body)))
    verdict = verify([*rows, forked], Standing(13, forked.head), writers)
    assert verdict.position == 13
    assert verdict.trouble is not None
    assert verdict.trouble.id.startswith("Two events claim one place")
    assert verdict.events == 13
    assert verdict.head == end.hash.hex()


async def test_a_gap_in_a_writers_chain_is_called_a_missing_event(log: Path) -> None:
    rows, end, writers = _read(log)
    verdict = verify([row._replace(pos=pos) for pos, row in enumerate([*rows[:4], *rows[5:]], 1)], end, writers)
    assert verdict.position == 5
    assert verdict.trouble is not None
    assert verdict.trouble.id.startswith("An event is missing before")


def _read(file: Path) -> tuple[list[Stored], Standing, dict[str, Standing]]:
    with closing(sqlite3.connect(file)) as db:
        rows = [
            Stored(*row)
            for row in db.execute("SELECT pos, id, inc, typ, wr, ws, hash, head, body FROM event ORDER BY pos")
        ]
        end = Standing(*db.execute("SELECT pos, head FROM log").fetchone())
        writers = {wr: Standing(ws, hash) for wr, ws, hash in db.execute("SELECT wr, ws, hash FROM writer")}
    return rows, end, writers


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Stored], Standing, dict[str, Standing]]:
    file = tmp_path_factory.mktemp("chain") / "timeline.db"

    async def write() -> None:
        for turn in range(6):
            async with open_journal(file, machine=f"desk {turn % 2}") as journal:
                await journal.append([draft(f"event {turn} {n}") for n in range(5)])

    asyncio.run(write())
    return _read(file)


Edit = Callable[[list[Stored], st.DataObject], None]


def _flip(rows: list[Stored], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    body = bytearray(rows[at].body)
    bit = data.draw(st.integers(0, len(body) * 8 - 1))
    body[bit // 8] ^= 1 << bit % 8
    rows[at] = rows[at]._replace(body=bytes(body))


def _remove(rows: list[Stored], data: st.DataObject) -> None:
    del rows[data.draw(st.integers(0, len(rows) - 1))]


def _repeat(rows: list[Stored], data: st.DataObject) -> None:
    rows.insert(data.draw(st.integers(0, len(rows))), data.draw(st.sampled_from(rows)))


def _exchange(rows: list[Stored], data: st.DataObject) -> None:
    a, b = data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=2, max_size=2, unique=True))
    rows[a], rows[b] = rows[b], rows[a]


@given(data=st.data(), edit=st.sampled_from([_flip, _remove, _repeat, _exchange]), renumber=st.booleans())
def test_every_single_edit_is_found_not_later_than_it_shows(
    chain: tuple[list[Stored], Standing, dict[str, Standing]], data: st.DataObject, edit: Edit, renumber: bool
) -> None:
    """With and without positions put in order again; the place is where the rows first differ."""
    whole, end, writers = chain
    rows = list(whole)
    edit(rows, data)
    if renumber:
        rows = [row._replace(pos=pos) for pos, row in enumerate(rows, 1)]
    if rows == whole:
        return
    differs = next(
        (n for n, (a, b) in enumerate(zip(rows, whole, strict=False), 1) if a != b), min(len(rows), len(whole)) + 1
    )
    assert verify(rows, end, writers).position == differs
