"""What the order of urgency costs: `python -m tests.benchmarks.order`.

10,000 mentions in a store, of which every third is a copy; the newest 500 stories ordered for the first time and again,
folded, and the priority of one mention as the list asks for it.
"""

import asyncio
import random
import tempfile
from pathlib import Path
from time import perf_counter

from tests.builders import START, mention
from warroom.domain.board import Board
from warroom.domain.triage.triage import Triage
from warroom.services import order
from warroom.services.lexicon import load_lexicon
from warroom.services.order import Orderer, Wanted
from warroom.services.sorting import Sorting
from warroom.services.weighing import Weighing
from warroom.store.mentions import open_mentions
from warroom.store.windows import MentionReader

TOTAL = 10_000
SAID = (
    "the oat drink of lot made my son sick refund now shop closed plant call nobody answers rash hospital lawyer scam"
)


def texts() -> list[str]:
    rng, words = random.Random(7), SAID.split()
    told = [" ".join(rng.choices(words, k=14)) for _ in range(TOTAL)]
    return [told[rng.randrange(n)] + "!" if n and rng.random() < 0.33 else told[n] for n in range(TOTAL)]


async def measure(folder: Path) -> None:
    triage = Triage(load_lexicon())
    sorting, board = Sorting(triage), Board()
    weighing = Weighing(sorting)
    async with open_mentions(folder / "mentions.db") as store:
        said = [mention(n, text, followers=n % 5_000) for n, text in enumerate(texts(), 1)]
        for at in range(0, TOTAL, 500):
            added = await store.add([(one, triage.read(one.words, one.people)) for one in said[at : at + 500]])
        board.row = added.last_row
        with MentionReader(folder / "mentions.db") as reader:
            sorting.look(reader.page(1, TOTAL))
            vars(order)["SLICE"] = 60.0  # what the work costs, without the rests
            rows = range(board.row, 0, -1)
            for name, wanted in (
                ("urgent, first", Wanted(urgent=True, folded=True)),
                ("urgent, again", Wanted(urgent=True, folded=True)),
                ("folded", Wanted(folded=True)),
            ):
                begun = perf_counter()
                got = await Orderer(weighing, board, reader, START).arrange(wanted, rows)
                print(f"{name:14} {len(got.rows):5} rows {(perf_counter() - begun) * 1000:7.1f} ms")
            kepts = reader.page(TOTAL - 500, TOTAL)
            begun = perf_counter()
            for kept in kepts:
                weighing.ranked(kept, board, START)
            print(f"one priority   {(perf_counter() - begun) / len(kepts) * 1e6:7.1f} µs")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(measure(Path(place)))
