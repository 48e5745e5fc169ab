"""What is decided in memory: a mention's audience, a draft's checks."""

import time
from pathlib import Path

from msgspec.structs import replace

from tests.benchmarks.table import Row, p
from tests.scenario import DECLARED, PEOPLE, START
from warroom.domain.checks.finding import Case, Said
from warroom.domain.checks.judge import judge
from warroom.domain.corrections import uncorrected
from warroom.domain.events import Place
from warroom.domain.fold import begin
from warroom.domain.incident import Incident
from warroom.domain.ledger import Fact
from warroom.domain.statement import Publication, Revision, Statement
from warroom.domain.triage.triage import Triage
from warroom.domain.voice import Voice
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
    out = Said(id="S1", text=DRAFT, lang="en", purpose="first-word", at=START, networks=("web",), spokesperson="ES")
    case = Case(
        lang="en",
        purpose="full",
        now=START,
        severity=3,
        networks=("x", "bluesky", "mastodon", "web"),
        spokesperson="ES",
        question="What do I do with the carton?",
        declared_at=START,
        first_word_at=START,
        last_word_at=START,
        cluster="preventable",
        history="similar",
        said=(out,),
        questions=("Is lot 4470 safe to drink?",),
        people=PEOPLE,
        voice=Voice(forbidden=("synergy",), never=("our products are always safe",)),
    )
    text = (DRAFT * 8)[:1_990]
    judge(text, case, lists)
    times: list[float] = []
    for i in range(n):
        start = time.perf_counter()
        judge(f"{text} {i}", case, lists)
        times.append(time.perf_counter() - start)
    p95 = p(95, times)
    return [Row("all checks on 2,000 characters, p95", f"{p95:.1f} ms", "limit 10 ms", p95 / 10, 1.0)]


def retraction(n: int, folder: Path) -> list[Row]:
    """A fact is taken back: which of the published statements rest on it? One in ten does."""
    incident = _published(n)
    times: list[float] = []
    for _ in range(20):
        start = time.perf_counter()
        found = uncorrected(incident)
        times.append(time.perf_counter() - start)
        assert len(found) == n // 10
    p95 = p(95, times)
    return [Row(f"a retraction over {n:,} statements, p95", f"{p95:.1f} ms", "limit 50 ms", p95 / 50, 1.0)]


def _published(n: int) -> Incident:
    statements = {}
    for i in range(n):
        facts = ("F1",) if i % 10 == 0 else ("F2",)
        text = Revision(number=1, text=DRAFT, purpose="update", lang="en", facts=facts, author="PG", at=START)
        out = Publication(revision=1, digest="", purpose="update", places=(Place("web"),), published_at=START, by="PG")
        statements[f"S{i}"] = Statement(id=f"S{i}", revisions=(text,), publications=(out,))
    facts_now = {
        "F1": Fact(id="F1", text="one lot", status="retracted", at=START),
        "F2": Fact(id="F2", text="two lots", status="confirmed", at=START),
    }
    return replace(begin("a", DECLARED, "AM", START), statements=statements, facts=facts_now)
