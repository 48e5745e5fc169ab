"""The program that the keys are measured on: the console on a stored room, while mentions arrive at a given rate.

`python -m tests.benchmarks.console FOLDER RATE TOTAL`. It begins to hear when the file FOLDER/go exists and says in
FOLDER/result.json what was sent, after which row, how fast it was stored and how its memory grew. With FOLDER "-" it
is an empty Textual application with a list, to compare with.
"""

import asyncio
import gc
import json
import re
import sys
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from textual.app import App, ComposeResult
from textual.widgets import OptionList

from tests.benchmarks.flood import BREATH, Flood, now
from warroom.__main__ import NEW
from warroom.domain.triage.triage import Triage
from warroom.services.desk import Desk, DeskSettings
from warroom.services.intake import Intake, running
from warroom.services.lexicon import load_lexicon
from warroom.services.room import MENTIONS, Room, open_room
from warroom.services.words import Words
from warroom.store.windows import MentionReader
from warroom.ui.app import WarroomApp
from warroom.ui.session import LiveSession
from warroom.verbs.screens import SWITCH

STALLED = 15.0
"""Seconds without a new row after which nothing more is expected."""


def resident() -> float:
    """MiB in memory now."""
    gc.collect()
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


async def console(folder: Path, rate: int, total: int) -> None:
    words, desk, go = Words("en", ZoneInfo("Europe/Madrid")), Desk(DeskSettings()), folder / "go"
    async with open_room(folder, clock=now, actor="AM") as room:
        flood = Flood(rate, total, first=room.mentions.last_row(), go=go)
        intake = Intake(room, [flood], Triage(load_lexicon()), clock=now)
        with MentionReader(folder / MENTIONS) as reader:
            async with running(intake), asyncio.TaskGroup() as tasks:
                app = WarroomApp(LiveSession(room, intake, reader, words, desk, organisation="Nordavena"))
                tasks.create_task(measure(room, flood, total, folder))
                gc.set_threshold(NEW)
                gc.freeze()
                await app.run_async()


async def measure(room: Room, flood: Flood, total: int, folder: Path) -> None:
    """Weigh the process before, early and after, and say when everything is stored or nothing more comes."""
    while not (folder / "go").exists():
        await asyncio.sleep(BREATH)
    first, before = room.mentions.last_row(), resident()
    while flood.sent < total // 10:
        await asyncio.sleep(BREATH)
    early, started, counted = resident(), monotonic(), flood.sent
    stored, grown = 0, started
    while stored < total and monotonic() - grown < STALLED:
        await asyncio.sleep(BREATH)
        seen, stored = stored, room.mentions.last_row() - first
        if stored > seen:
            grown = monotonic()
    result = {
        "first": first,
        "sent": flood.sent,
        "rate": (stored - counted) / (grown - started),
        "before": before,
        "early": early,
        "after": resident(),
    }
    part = folder / "result.part"
    part.write_text(json.dumps(result), encoding="utf-8")
    part.rename(folder / "result.json")


class Empty(App[None]):
    """A list whose highlight moves, and nothing else."""

    def compose(self) -> ComposeResult:
        yield OptionList(*(f"f{i:09} one of the lines of a list that does nothing" for i in range(1_000)))


if __name__ == "__main__":
    if sys.argv[1] == "-":
        Empty().run()
    else:
        sys.setswitchinterval(SWITCH)
        asyncio.run(console(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
