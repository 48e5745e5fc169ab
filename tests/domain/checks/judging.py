"""A case around a text, and what the checks say of it, as the tests ask for it."""

from datetime import UTC, datetime, timedelta

from warroom.domain.checks.finding import Case, Finding
from warroom.domain.checks.judge import judge
from warroom.domain.events import FactStatus
from warroom.domain.ledger import Fact
from warroom.services.wordlists import load_lists

NOW = datetime(2026, 3, 10, 13, 25, tzinfo=UTC)
"""A Tuesday, 14:25 in Madrid."""


def fact(id: str, text: str, status: FactStatus = "confirmed") -> Fact:
    """A fact, confirmed unless told otherwise."""
    return Fact(id=id, text=text, status=status, at=NOW)


LOT = fact("F1", "41 reports in three regions, all of lot 4471")
CASE = Case(
    lang="en",
    purpose="holding",
    now=NOW,
    severity=3,
    networks=("web",),
    spokesperson="ES",
    question="What do I do with the carton?",
    facts={"F1": LOT},
    cited=("F1",),
    declared_at=NOW - timedelta(minutes=23),
    first_word_at=NOW - timedelta(minutes=10),
    last_word_at=NOW - timedelta(minutes=10),
    cluster="accidental",
    cause="technical-harm",
    history="clean",
)
"""A case in which nothing is amiss but, perhaps, the text."""


def judged(text: str, case: Case = CASE) -> tuple[Finding, ...]:
    """All findings on a text, with the program's own lists."""
    return judge(text, case, load_lists())


def of(check: str, text: str, case: Case = CASE) -> list[Finding]:
    """What one check has to say of a text."""
    return [finding for finding in judged(text, case) if finding.check == check]


def pointed(text: str, findings: list[Finding]) -> list[str]:
    """The words that the findings point at."""
    return [text[f.start : f.end] for f in findings if f.start is not None and f.end is not None]
