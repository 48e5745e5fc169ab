"""The store: import, fold, export, durable acts."""

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.benchmarks.flood import Flood, now
from tests.benchmarks.table import Row, cpu_of, p, paired
from tests.scenario import DECLARED, START, kept
from warroom.domain.board import Board
from warroom.domain.desk import act_on
from warroom.domain.events import FIRST, Draft, NoteAdded, Recorded, aggregate, decode, encode
from warroom.domain.triage.triage import Triage
from warroom.services.intake import Intake, running
from warroom.services.lexicon import load_lexicon
from warroom.services.report.log import markdown
from warroom.services.room import Decision, open_room
from warroom.services.words import Words
from warroom.store.journal import open_journal


def lines(n: int, path: Path) -> None:
    """JSONL mentions as a network would send them."""
    with path.open("w", encoding="utf-8") as file:
        for i in range(n):
            body = {
                "source": "x",
                "native_id": f"{i:09}",
                "text": f"ordinary words number {i} about oat drink lot {i % 5000} and nobody answers the phone",
                "author_handle": f"person{i % 9000}.example",
                "followers": i % 3000,
                "url": f"https://x.example/{i}",
                "created_at": "2026-03-10T12:00:00Z",
                "lang": "en",
            }
            file.write(json.dumps(body) + "\n")


def ingest(n: int, folder: Path) -> list[Row]:
    """A whole `warroom import` with the search index against `sqlite-utils insert` without one."""
    path = folder / "mentions.jsonl"
    lines(n, path)
    rows: list[Row] = []
    peer = shutil.which("sqlite-utils")
    theirs = None
    if peer:
        insert = [peer, "insert", str(folder / "peer.db"), "t", str(path), "--nl", "--pk", "native_id", "--ignore"]
        theirs, _ = cpu_of(insert)
    for name, more in (("import --later", ["--later"]), ("import, audiences read", [])):
        data = folder / name.replace(" ", "-")
        env = {**os.environ, "WARROOM_DATA_DIR": str(data)}
        ours, memory = cpu_of([sys.executable, "-m", "warroom", "import", *more, str(path)], env)
        rows.append(
            Row(
                f"{name}: {n:,} JSONL with FTS, CPU",
                f"{ours:.1f} s",
                f"sqlite-utils insert --pk --ignore {theirs:.1f} s" if theirs else "sqlite-utils is not installed",
                ours / theirs if theirs else None,
                0.9 if more else None,
                f"peak {memory:.0f} MiB",
            )
        )
    return rows


def fold(n: int, folder: Path) -> list[Row]:
    """Folding a log into a board against the bare SELECT over the same bodies."""
    db = sqlite3.connect(folder / "fold.db")
    db.execute("CREATE TABLE event (pos INTEGER PRIMARY KEY, body BLOB)")
    board = Board()

    def bodies() -> Iterator[tuple[int, bytes]]:
        for pos in range(1, n + 1):
            data = DECLARED if pos == 1 else act_on(board.desk, kept(pos % 5000), "reply")
            recorded = Recorded(
                id=f"e{pos}", inc="a", agg=aggregate(data), actor="AM", wr="w", ws=pos, prev=FIRST, at=START, data=data
            )
            yield pos, encode(recorded)

    db.executemany("INSERT INTO event VALUES (?, ?)", bodies())
    db.commit()

    def select() -> None:
        for _ in db.execute("SELECT pos, body FROM event ORDER BY pos"):
            pass

    def folded() -> None:
        fresh = Board()
        for pos, body in db.execute("SELECT pos, body FROM event ORDER BY pos"):
            fresh.apply(pos, decode(body))

    theirs, ours = paired(select, folded)
    return [Row(f"fold of {n:,} events", f"{ours:.2f} s", f"bare SELECT loop {theirs:.2f} s", ours / theirs, 3.0)]


def export(n: int, folder: Path) -> list[Row]:
    """The markdown of n entries against writing the same bytes with fsync."""
    board = Board()
    for pos in range(1, n + 1):
        data = DECLARED if pos == 1 else NoteAdded(text=f"what happened in entry {pos}", happened_at=START)
        recorded = Recorded(
            id=f"e{pos}", inc="a", agg=aggregate(data), actor="AM", wr="w", ws=pos, prev=FIRST, at=START, data=data
        )
        board.apply(pos, recorded)
    words = Words("en", ZoneInfo("Europe/Madrid"))
    text = markdown(board, board.incidents["a"], words)

    def write() -> None:
        with (folder / "plain.md").open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())

    def exported() -> None:
        with (folder / "ours.md").open("w", encoding="utf-8") as file:
            file.write(markdown(board, board.incidents["a"], words))
            file.flush()
            os.fsync(file.fileno())

    theirs, ours = paired(write, exported)
    return [
        Row(
            f"export of {n:,} entries as markdown",
            f"{ours * 1000:.0f} ms",
            f"write + fsync of {len(text) / 1e6:.1f} MB {theirs * 1000:.1f} ms",
            ours / theirs,
            12.0,
        )
    ]


def acts(n: int, folder: Path) -> list[Row]:
    """One durable act after another against a raw write with fdatasync of the same size."""

    async def ours() -> list[float]:
        times = []
        async with open_journal(folder / "acts" / "timeline.db") as journal:
            for i in range(n):
                note = NoteAdded(text=f"act {i}", happened_at=START)
                start = time.perf_counter()
                await journal.append([Draft(inc="a", actor="AM", at=START, data=note)])
                times.append(time.perf_counter() - start)
        return times

    def raw() -> list[float]:
        times = []
        file = os.open(folder / "raw", os.O_CREAT | os.O_WRONLY)
        for _ in range(n):
            start = time.perf_counter()
            os.write(file, b"x" * 4096)
            os.fdatasync(file)
            times.append(time.perf_counter() - start)
        os.close(file)
        return times

    theirs, mine = raw(), asyncio.run(ours())
    worst, yard = p(99, mine), p(99, theirs)
    what = f"durable act, p99 of {n:,}, no mentions arriving"
    return [Row(what, f"{worst:.2f} ms", f"write + fdatasync {yard:.2f} ms", worst / yard, 3.0)]


RAW = """
import os, sys, time
file = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)
while True:
    start = time.perf_counter()
    os.write(file, b"x" * 4096)
    os.fdatasync(file)
    print(time.perf_counter() - start, flush=True)
    time.sleep(0.02)
"""


def acts_under_load(n: int, folder: Path) -> list[Row]:
    """A durable act now and then while 5,000 mentions a second arrive, against a raw write with fdatasync by another
    process on the same disk during the same load."""

    def noted(i: int) -> Decision:
        return lambda board: NoteAdded(text=f"act {i}", happened_at=START)

    async def ours() -> list[float]:
        times: list[float] = []
        async with open_room(folder / "load", clock=now, actor="AM") as room:
            await room.do(lambda board: DECLARED)
            flood = Flood(5_000, 10**9)
            async with running(Intake(room, [flood], Triage(load_lexicon()), clock=now)):
                while flood.sent == 0:
                    await asyncio.sleep(0.05)
                for i in range(n):
                    await asyncio.sleep(0.02)
                    start = time.perf_counter()
                    await room.do(noted(i))
                    times.append(time.perf_counter() - start)
        return times

    with (folder / "times").open("w+", encoding="utf-8") as out:
        raw = subprocess.Popen([sys.executable, "-c", RAW, str(folder / "raw")], stdout=out)
        try:
            mine = asyncio.run(ours())
        finally:
            raw.kill()
            raw.wait()
        out.seek(0)
        theirs = [float(line) for line in out.read().splitlines()[:-1]]
    worst, yard = p(99, mine), p(99, theirs)
    return [
        Row(
            f"durable act, p99 of {n:,}, 5,000 mentions a second arriving",
            f"{worst:.2f} ms",
            f"write + fdatasync {yard:.2f} ms",
            worst / yard,
            3.0,
            f"p50 {p(50, mine):.2f} ms",
        )
    ]
