"""Speed as ratios, both sides measured in the same run: `python -m tests.benchmarks [--size small|full] [--only …]`.

A yardstick that is not installed is said to be so; nothing here passes or fails.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.hearing import rss
from tests.benchmarks.judging import checks, reading, retraction
from tests.benchmarks.keeping import acts, acts_under_load, export, fold, ingest
from tests.benchmarks.screen import keys, paint, rest
from tests.benchmarks.table import Row
from tests.benchmarks.triaging import alarms, copies, learning

SIZES = {"small": 20_000, "full": 1_000_000}
BENCHMARKS: dict[str, Callable[[int, Path], list[Row]]] = {
    "ingest": ingest,
    "rss": lambda n, folder: rss(n // 10, max(20, n // 10_000), folder),
    "paint": paint,
    "keys": lambda n, folder: keys(n, 100 if n < 100_000 else 600, folder),
    "rest": lambda n, folder: rest(min(n, 20_000), 5.0 if n < 100_000 else 60.0, folder),
    "fold": fold,
    "export": lambda n, folder: export(max(1_000, n // 10), folder),
    "acts": lambda n, folder: acts(max(500, n // 500), folder),
    "load": lambda n, folder: acts_under_load(max(200, n // 1_000), folder),
    "reading": lambda n, folder: reading(min(n, 20_000), folder),
    "learning": learning,
    "copies": lambda n, folder: copies(min(n, 5_000), folder),
    "alarms": lambda n, folder: alarms(7 if n < 100_000 else 28, folder),
    "checks": lambda n, folder: checks(min(n, 1_000), folder),
    "retraction": lambda n, folder: retraction(min(n, 10_000), folder),
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
