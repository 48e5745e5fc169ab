"""Another process on the same room: writes, and says on standard output what it was told is on disk.

Run as `python -m tests.store.worker journal|mentions FILE NAME COUNT`; it writes until COUNT or until it is killed.
"""

import asyncio
import sys
from pathlib import Path

from tests.builders import draft, mention, reading
from warroom.store.journal import open_journal
from warroom.store.mentions import open_mentions

BATCH = 7


def say(word: object) -> None:
    print(word, flush=True)


async def journal(file: Path, name: str, count: int) -> None:
    """Append batches of notes, and say the ids of each batch once it was acknowledged."""
    async with open_journal(file) as log:
        for n in range(count):
            entries = await log.append([draft(f"{name} {n} {part}") for part in range(3)])
            say(" ".join(recorded.id for _, recorded in entries))


async def mentions(file: Path, name: str, count: int) -> None:
    """Add batches with a cursor, from the cursor that is stored, and say the cursor of each acknowledged batch."""
    async with open_mentions(file) as store:
        done = int((await store.cursor(name)) or b"0")
        while done < count:
            batch = [(mention(done + n + 1, source=name), reading()) for n in range(BATCH)]
            done += BATCH
            await store.add(batch, feed=name, cursor=str(done).encode())
            say(done)


if __name__ == "__main__":
    kind, file, name, count = sys.argv[1:]
    asyncio.run({"journal": journal, "mentions": mentions}[kind](Path(file), name, int(count)))
