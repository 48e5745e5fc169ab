"""Speed as ratios, both sides measured in the same run: `python -m tests.benchmarks [--size small|full] [--only …]`.

A yardstick that is not installed is said to be so; nothing here passes or fails.
"""

import argparse
import asyncio
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.scenario import DECLARED, START, kept
from warroom.domain.board import Board
from warroom.domain.desk import act_on
from warroom.domain.events import FIRST, Draft, NoteAdded, Recorded, aggregate, decode, encode
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
from warroom.services.report import markdown
from warroom.services.words import Words
from warroom.store.journal import open_journal

SIZES = {"small": 20_000, "full": 1_000_000}


class Row(NamedTuple):
    what: str
    ours: str
    yardstick: str
    ratio: float | None
    goal: float | None
    note: str = ""


def cpu_of(command: list[str], env: dict[str, str] | None = None) -> tuple[float, float]:
    """CPU seconds (user and system) and peak memory in MiB of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


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


def paired(one: Callable[[], None], two: Callable[[], None], runs: int = 3) -> tuple[float, float]:
    """Medians of two things run in turn."""
    firsts: list[float] = []
    seconds: list[float] = []
    for _ in range(runs):
        for work, times in ((one, firsts), (two, seconds)):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return statistics.median(firsts), statistics.median(seconds)


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
    p99 = (statistics.quantiles(mine, n=100)[98], statistics.quantiles(theirs, n=100)[98])
    return [
        Row(
            f"durable act, p99 of {n:,}, no mentions arriving",
            f"{p99[0] * 1000:.2f} ms",
            f"write + fdatasync {p99[1] * 1000:.2f} ms",
            p99[0] / p99[1],
            3.0,
        )
    ]


def reading(n: int, folder: Path) -> list[Row]:
    """Reading a mention for its audience; no peer, a limit of the design."""
    triage = Triage(load_lexicon())
    text = "My daughter got a rash after two glasses of lot 4471 and nobody at the company answers the phone, shame"
    start = time.perf_counter()
    for _ in range(n):
        triage.read(text)
    each = (time.perf_counter() - start) / n
    return [Row("reading one mention", f"{each * 1e6:.0f} µs", "limit 500 µs", each / 500e-6, 1.0)]


BENCHMARKS: dict[str, Callable[[int, Path], list[Row]]] = {
    "ingest": ingest,
    "fold": fold,
    "export": lambda n, folder: export(max(1_000, n // 10), folder),
    "acts": lambda n, folder: acts(max(500, n // 500), folder),
    "reading": lambda n, folder: reading(min(n, 20_000), folder),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--only", nargs="*", choices=list(BENCHMARKS), default=list(BENCHMARKS))
    given = parser.parse_args()
    print("| what | ours | yardstick | ratio | goal | |\n| --- | --- | --- | ---: | ---: | --- |")
    for name in given.only:
        with tempfile.TemporaryDirectory() as folder:
            for row in BENCHMARKS[name](SIZES[given.size], Path(folder)):
                ratio = f"{row.ratio:.2f}" if row.ratio is not None else "–"
                goal = f"≤ {row.goal}" if row.goal is not None else "–"
                verdict = "" if row.goal is None or row.ratio is None else "met" if row.ratio <= row.goal else "missed"
                told = " ".join(filter(None, (verdict, row.note)))
                print(f"| {row.what} | {row.ours} | {row.yardstick} | {ratio} | {goal} | {told} |", flush=True)


if __name__ == "__main__":
    main()
