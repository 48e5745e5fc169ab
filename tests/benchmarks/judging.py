"""What is decided in memory: a mention's audience, a draft's checks."""

import time
from pathlib import Path

from tests.benchmarks.table import Row, p
from tests.scenario import START
from warroom.domain.checks.finding import Case
from warroom.domain.checks.judge import judge
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
from warroom.services.wordlists import load_lists

DRAFT = (
    "We know that some families fell ill after drinking our oat drink. We are sorry for what they are going through. "
    "The lot 4471 has been withdrawn since 14:10 and an independent laboratory is looking at it. Do not drink it, keep "
    "the carton, and write to help.nordavena.example. Our next update comes here at 16:00. "
)


def reading(n: int, folder: Path) -> list[Row]:
    """Reading a mention for its audience; no peer, a limit of the design."""
    triage = Triage(load_lexicon())
    text = "My daughter got a rash after two glasses of lot 4471 and nobody at the company answers the phone, shame"
    start = time.perf_counter()
    for _ in range(n):
        triage.read(text)
    each = (time.perf_counter() - start) / n
    return [Row("reading one mention", f"{each * 1e6:.0f} µs", "limit 500 µs", each / 500e-6, 1.0)]


def checks(n: int, folder: Path) -> list[Row]:
    """Every check on a draft of 2,000 characters that changes with each run, as it does under a writer's hands."""
    lists = load_lists()
    case = Case(lang="en", purpose="holding", now=START, networks=("x", "bluesky", "mastodon", "web"))
    text = (DRAFT * 8)[:1_990]
    judge(text, case, lists)
    times: list[float] = []
    for i in range(n):
        start = time.perf_counter()
        judge(f"{text} {i}", case, lists)
        times.append(time.perf_counter() - start)
    p95 = p(95, times)
    return [Row("all checks on 2,000 characters, p95", f"{p95:.1f} ms", "limit 10 ms", p95 / 10, 1.0)]
