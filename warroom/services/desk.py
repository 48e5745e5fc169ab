"""The statement desk: a draft with what goes with it, judged by the checks, sent to whom it must go.

It knows the word lists and the networks' limits, which are read when the first text is judged.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from warroom.domain.board import Board
from warroom.domain.checks.finding import Case, Finding
from warroom.domain.checks.judge import gate, judge
from warroom.domain.checks.lists import Lists
from warroom.domain.checks.promises import promises
from warroom.domain.events import AnyEvent, Place, PromiseMade, StatementKind
from warroom.domain.incident import Incident
from warroom.domain.ledger import keep_promise
from warroom.domain.networks import Length, Limits, length
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Statement, publish
from warroom.services.room import zone_of
from warroom.services.wordlists import load_limits, load_lists


class DeskSettings(Struct, frozen=True, kw_only=True):
    """What the organisation's config says of statements."""

    lang: str = "en"
    networks: tuple[str, ...] = ("web", "x", "bluesky", "mastodon", "instagram")
    allowed: tuple[str, ...] = ()
    protected_names: tuple[str, ...] = ()
    cooling_off: timedelta = timedelta(minutes=2)
    texts: Mapping[tuple[StatementKind, str], str] = {}
    """Approved in calm, by purpose and language, with gaps in square brackets."""


class Draft(Struct, frozen=True, kw_only=True):
    """What goes with the text in the editor. `statement` is None until it is saved for the first time."""

    statement: str | None = None
    purpose: StatementKind = "first-word"
    lang: str = ""
    networks: tuple[str, ...] = ()
    spokesperson: str = ""
    question: str = ""
    facts: tuple[str, ...] = ()

    @classmethod
    def of(cls, statement: Statement) -> "Draft":
        head = statement.head
        return cls(
            statement=statement.id,
            purpose=head.purpose,
            lang=head.lang,
            networks=head.networks,
            spokesperson=head.spokesperson,
            question=head.question,
            facts=head.facts,
        )

    def begun(self, statement: str) -> "Draft":
        return replace(self, statement=statement)


class Desk:
    """Judges drafts of one organisation."""

    def __init__(self, settings: DeskSettings) -> None:
        self.settings = settings

    def prepared(self, draft: Draft) -> str:
        """The text to begin with: what was approved in calm for this purpose and language, or nothing."""
        return self.settings.texts.get((draft.purpose, draft.lang or self.settings.lang), "")

    @cached_property
    def _lists(self) -> Lists:
        return load_lists()

    @cached_property
    def _limits(self) -> Limits:
        return load_limits()

    def judge(
        self, text: str, draft: Draft, incident: Incident, now: datetime, answered: frozenset[str]
    ) -> tuple[Finding, ...]:
        """Every finding on a text, in the order of the text."""
        return judge(text, self._case(draft, incident, now, answered), self._lists)

    def _case(self, draft: Draft, incident: Incident, now: datetime, answered: frozenset[str]) -> Case:
        plan = incident.plan
        return Case(
            lang=draft.lang or self.settings.lang,
            purpose=draft.purpose,
            now=now,
            severity=incident.severity,
            networks=draft.networks or self.settings.networks,
            spokesperson=draft.spokesperson,
            question=draft.question,
            facts=incident.facts,
            cited=draft.facts,
            declared_at=incident.declared_at,
            first_word_at=incident.first_word_at,
            holding_at=incident.holding_at,
            last_word_at=incident.last_word_at,
            first_word_due=plan.first_word,
            holding_due=plan.holding,
            cadence=plan.cadence,
            allowed=self.settings.allowed,
            protected_names=self.settings.protected_names,
            answered=answered,
        )

    def blocking(self, statement: Statement, incident: Incident, now: datetime) -> tuple[str, ...]:
        """The ids of the checks that still block the text as it is saved."""
        draft = Draft.of(statement)
        findings = self.judge(statement.head.text, draft, incident, now, statement.answered())
        profile = "first-word" if draft.purpose == "first-word" else "full"
        return tuple(dict.fromkeys(f.check for f in gate(findings, profile, statement.overridden())))

    def lengths(self, text: str, networks: Sequence[str]) -> list[tuple[str, Length]]:
        """How a text fits the networks; those it does not fit come first."""
        measured = [(network, length(text, network, self._limits)) for network in networks or self.settings.networks]
        return sorted(measured, key=lambda pair: (pair[1].fits, -pair[1].parts))

    def approver(self, incident: Incident, author: str) -> str:
        """Who is asked first: the lead, unless the lead wrote it; then the deputy, then legal."""
        for role in ("lead", "deputy", "legal"):
            initials = incident.roles.get(role, "")
            if initials and initials != author:
                return initials
        return ""

    def release(self, board: Board, statement: str, places: tuple[Place, ...], now: datetime) -> Sequence[AnyEvent]:
        """Publish: the record of it, the promise it keeps, and the promises that the text itself makes."""
        incident = board.incident
        if incident is None:
            raise Refused(say("No crisis is open."))
        known = incident.statements.get(statement)
        blocking = self.blocking(known, incident, now) if known is not None else ()
        out = publish(known, places=places, blocking=blocking, now=now)
        events: list[AnyEvent] = [out]
        again = known is not None and any(done.digest == out.digest for done in known.publications)
        if known is None or again:
            return events
        kept = incident.open_promises[:1]
        events += [keep_promise(dict(incident.promises), promise.id) for promise in kept]
        number = len(incident.promises)
        for found in promises(known.head.text, known.head.lang, now, zone_of(incident)):
            number += 1
            events.append(PromiseMade(promise=f"P{number}", text=found.text, due_at=found.due_at, statement=statement))
        return events
