"""A row of the table, and how two sides are measured in the same run."""

import resource
import statistics
import subprocess
import time
from collections.abc import Callable
from typing import NamedTuple


class Row(NamedTuple):
    """`ratio` is ours by the yardstick's; `goal` the most it should be. Nothing here passes or fails."""

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


def p(share: float, times: list[float]) -> float:
    """The percentile of some times, in milliseconds."""
    return statistics.quantiles(times, n=1000, method="inclusive")[round(share * 10) - 1] * 1000
