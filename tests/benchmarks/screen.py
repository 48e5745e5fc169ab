"""The console on a real pseudo-terminal: first paint, key to paint, memory, rest."""

import asyncio
import compileall
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

import warroom
from tests.benchmarks.pty import Terminal, on_terminal
from tests.benchmarks.table import Row, p
from tests.scenario import DECLARED
from warroom.services.room import MENTIONS, open_room
from warroom.verbs.screens import FRAMES

DOWN, UP = b"\x1b[B", b"\x1b[A"
MARK = re.compile(rb"f\d{9}")
RUNS = 5
FIRST = 0.35
"""Seconds until the first paint, at most."""
QUIET, BUSY = 5.0, 0.04
"""Seconds that are no longer work, and the share of a core that is."""


def room_of(n: int, folder: Path) -> tuple[Path, Path]:
    """A room with `n` stored mentions and a crisis declared just now, and the same lines as a log file."""
    lines, log = folder / "mentions.jsonl", folder / "lines.log"
    start = int(datetime.now(UTC).timestamp()) - n // 50
    with lines.open("w", encoding="utf-8") as jsonl, log.open("w", encoding="utf-8") as plain:
        for i in range(n):
            at = datetime.fromtimestamp(start + i // 50, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            text = f"f{i:09} ordinary words about oat drink lot {i % 5000} and nobody answers the phone"
            body = {"source": "x", "native_id": str(i), "text": text, "author_handle": "p.example", "created_at": at}
            jsonl.write(json.dumps(body) + "\n")
            plain.write(f"{at} p.example: {text}\n")
    room = folder / "room"
    env = {**os.environ, "WARROOM_DATA_DIR": str(room)}
    command = [sys.executable, "-m", "warroom", "import", "-q", str(lines)]
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)

    async def declare() -> None:
        async with open_room(room, clock=lambda: datetime.now(UTC), actor="AM") as opened:
            await opened.do(lambda board: replace(DECLARED, declared_at=datetime.now(UTC)))

    asyncio.run(declare())
    return room, log


def config_of(folder: Path) -> Path:
    path = folder / "config.yaml"
    path.write_text("organisation: {name: Nordavena}\nplan: social-crisis\n", encoding="utf-8")
    return path


def console_command(folder: Path) -> list[str]:
    room, config = str(folder / "room"), str(config_of(folder))
    return [sys.executable, "-m", "warroom", "--config", config, "--data-dir", room, "--lang", "en"]


def paint(n: int, folder: Path) -> list[Row]:
    """From the start of the program until the crisis and its clocks stand on the terminal, and until its newest mention
    does, against lnav and an empty application. The program is compiled, as whoever installs it has it: a checkout may
    keep nothing that is compiled."""
    compileall.compile_dir(Path(warroom.__file__).parent, quiet=1)
    room_of(n, folder)
    newest = f"f{n - 1:09}".encode()
    home = folder / "home"
    home.mkdir()

    def first(command: list[str], mark: bytes, sooner: bytes = b"") -> tuple[float, float, float]:
        start = time.perf_counter()
        with on_terminal(command, {"HOME": str(home)}) as terminal:
            began = terminal.until(lambda painted: sooner in painted) - start
            took = terminal.until(lambda painted: mark in painted) - start
            terminal.settle(0.3, most=5.0)
            return took, terminal.memory(), began

    ours, empty, theirs = [], [], []
    lnav = shutil.which("lnav")
    for _ in range(RUNS):
        ours.append(first(console_command(folder), newest, sooner=b"First word in"))
        empty.append(first([sys.executable, "-m", "tests.benchmarks.console", "-"], b"f000000000"))
        if lnav:
            theirs.append(first([lnav, str(folder / "lines.log")], newest))
    mine, bare = sorted(ours)[RUNS // 2], sorted(empty)[RUNS // 2]
    began = sorted(run[2] for run in ours)[RUNS // 2]
    rows = [Row("first paint: the crisis and its clocks", f"{began:.2f} s", f"limit {FIRST} s", began / FIRST, 1.0)]
    what = f"the newest of {n:,} stored on the screen"
    if theirs:
        peer = sorted(theirs)[RUNS // 2]
        rows.append(Row(what, f"{mine[0]:.2f} s", f"lnav {peer[0]:.2f} s", mine[0] / peer[0], 0.15))
        yard = f"lnav {peer[1]:.0f} MiB"
        rows.append(Row("peak memory, once it is quiet", f"{mine[1]:.0f} MiB", yard, mine[1] / peer[1], 0.30))
    else:
        rows.append(Row(what, f"{mine[0]:.2f} s", "lnav is not installed", None, 0.15))
    yard = f"an empty Textual application {bare[0]:.2f} s"
    rows.append(Row("the whole Room", f"{mine[0]:.2f} s", yard, mine[0] / bare[0], 2.0))
    return rows


def moves(terminal: Terminal, presses: int) -> list[float]:
    """Key to paint of ↓ and ↑ in seconds: until the first of the bytes that show a mention otherwise."""
    chance = random.Random(7)
    times: list[float] = []
    for i in range(presses):
        terminal.drain(chance.uniform(0.03, 0.08))
        start = terminal.press(DOWN if i // 10 % 2 == 0 else UP)
        times.append(terminal.until(MARK.search) - start)
    return times


def size_of_move(terminal: Terminal) -> int:
    """The bytes that one move paints when nothing else happens (median)."""
    sizes: list[int] = []
    for key in (DOWN, UP) * 4:
        terminal.press(key)
        terminal.settle(0.15, most=1.0)
        sizes.append(len(terminal.painted))
    return sorted(sizes)[len(sizes) // 2]


def keys(n: int, presses: int, folder: Path) -> list[Row]:
    """A move of the selection while mentions arrive, beside an empty application's; then what the memory grew by."""
    with on_terminal([sys.executable, "-m", "tests.benchmarks.console", "-"]) as terminal:
        terminal.until(lambda painted: b"f000000000" in painted)
        terminal.settle(0.3)
        bare = p(95, moves(terminal, presses))
        bare_size = size_of_move(terminal)
    room_of(n, folder)
    rows: list[Row] = []
    result: dict[str, float] = {}
    for rate, goal in ((1_000, 16.0), (10_000, 50.0)):
        total = max(round(rate * (presses * 0.075 + 5.0)), n if rate == 10_000 else 0)
        times, size, result = moves_under(rate, total, presses, folder / "room")
        p95 = p(95, times)
        told = (
            f"p50 {p(50, times):.1f}, p99 {p(99, times):.1f} ms; {size:,} bytes a move (empty {bare_size:,}); "
            f"{result['stored']:,} of {result['sent']:,} stored, {result['rate']:,.0f}/s"
        )
        yard = f"limit {goal:.0f} ms; empty application {bare:.1f} ms"
        rows.append(Row(f"key to paint at {rate:,}/s, {n:,} stored, p95", f"{p95:.1f} ms", yard, p95 / goal, 1.0, told))
    before, early, after = result["before"], result["early"], result["after"]
    # What is held once in any case, caches above all, is there when a tenth has come; what grows after that is a leak.
    told = f"{before:.0f} MiB before the first: {after / before:.2f}"
    what = f"memory after {result['sent']:,} more"
    rows.append(Row(what, f"{after:.0f} MiB", f"{early:.0f} MiB after a tenth", after / early, 1.10, told))
    return rows


def moves_under(rate: int, total: int, presses: int, room: Path) -> tuple[list[float], int, dict[str, float]]:
    """Key to paint while `total` mentions arrive, the bytes of a move before they do, and what came of them."""
    go, answer = room / "go", room / "result.json"
    for path in (go, answer):
        path.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.benchmarks.console", str(room), str(rate), str(total)]
    with on_terminal(command, {"TEXTUAL_FPS": FRAMES}) as terminal:
        terminal.until(MARK.search)
        terminal.settle(0.5, most=5.0)
        terminal.press(b"2")
        terminal.drain(1.0)
        terminal.press(DOWN)
        terminal.drain(0.5)
        size = size_of_move(terminal)
        until_rest(terminal)
        go.touch()
        terminal.drain(2.0)
        times = moves(terminal, presses)
        terminal.wait_for(answer, 60.0 + 3 * total / rate)
    result: dict[str, float] = json.loads(answer.read_text())
    with closing(sqlite3.connect(room / MENTIONS)) as db:
        asked = "SELECT count(DISTINCT native_id) FROM mention WHERE row > ?"
        result["stored"] = db.execute(asked, (result["first"],)).fetchone()[0]
    return times, size, result


def until_rest(terminal: Terminal) -> None:
    """Wait until what was imported is read and sorted, in slices of a few milliseconds; that is not rest."""
    while True:
        before = terminal.cpu()
        terminal.drain(QUIET)
        if terminal.cpu() - before < BUSY * QUIET:
            return


def rest(n: int, seconds: float, folder: Path) -> list[Row]:
    """CPU of the open crisis when nothing happens but the clock."""
    room_of(n, folder)
    with on_terminal(console_command(folder)) as terminal:
        terminal.until(MARK.search)
        until_rest(terminal)
        start, before = time.perf_counter(), terminal.cpu()
        terminal.drain(seconds)
        share = 100 * (terminal.cpu() - before) / (time.perf_counter() - start)
    return [Row("CPU at rest, an open crisis", f"{share:.2f} %", "limit 1 % of a core", share, 1.0)]
