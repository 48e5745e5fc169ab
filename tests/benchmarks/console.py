"""The program that the keys are measured on: the console on a stored room, while mentions arrive at a given rate.

`python -m tests.benchmarks.console FOLDER RATE TOTAL`. It begins to hear when the file FOLDER/go exists and says in
FOLDER/result.json what was heard, what is stored and how its memory grew. With FOLDER "-" it is an empty Textual
application with a list, to compare with.
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
from warroom.domain.triage.triage import Triage
from warroom.services.desk import Desk, DeskSettings
from warroom.services.intake import Intake, running
from warroom.services.lexicon import load_lexicon
from warroom.services.room import MENTIONS, open_room
from warroom.services.words import Words
from warroom.store.windows import MentionReader
from warroom.ui.app import WarroomApp
from warroom.ui.session import LiveSession


def resident() -> float:
    """MiB in memory now."""
    gc.collect()
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


async def console(folder: Path, rate: int, total: int) -> None:
    words, desk = Words("en", ZoneInfo("Europe/Madrid")), Desk(DeskSettings())
    async with open_room(folder, clock=now, actor="AM") as room:
        flood = Flood(rate, total, folder / "go")
        intake = Intake(room, [flood], Triage(load_lexicon()), clock=now)
        with MentionReader(folder / MENTIONS) as reader:
            async with running(intake), asyncio.TaskGroup() as tasks:
                before = room.mentions.last_row()
                app = WarroomApp(LiveSession(room, intake, reader, words, desk, organisation="Nordavena"))

                async def measure() -> None:
                    while flood.sent == 0:
                        await asyncio.sleep(BREATH)
                    # A tenth of the way in, what is allocated once has been allocated.
                    while flood.sent < total // 10:
                        await asyncio.sleep(BREATH)
                    early = resident()
                    started = monotonic()
                    while room.mentions.last_row() - before < total:
                        await asyncio.sleep(BREATH)
                    result = {
                        "sent": flood.sent,
                        "stored": room.mentions.last_row() - before,
                        "early": early,
                        "late": resident(),
                        "rate": total * 0.9 / (monotonic() - started),
                    }
                    (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")

                tasks.create_task(measure())
                await app.run_async()


class Empty(App[None]):
    """A list whose highlight moves, and nothing else."""

    def compose(self) -> ComposeResult:
        yield OptionList(*(f"f{i:09} one of the lines of a list that does nothing" for i in range(1_000)))


if __name__ == "__main__":
    if sys.argv[1] == "-":
        Empty().run()
    else:
        gc.freeze()
        asyncio.run(console(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
