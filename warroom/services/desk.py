"""The statement desk: a draft with what goes with it, judged by the checks, sent to whom it must go.

It knows the word lists and the networks' limits, which are read when the first text is judged.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from warroom.domain.board import Board
from warroom.domain.checks.finding import Answering, Case, Finding, Said, Scheduled
from warroom.domain.checks.judge import gate, judge
from warroom.domain.checks.lists import Lists
from warroom.domain.checks.promises import promises
from warroom.domain.corrections import Shaken
from warroom.domain.events import AnyEvent, Place, PromiseMade, StatementKind
from warroom.domain.incident import Incident
from warroom.domain.ledger import keep_promise
from warroom.domain.mention import Segment
from warroom.domain.networks import Length, Limits, length
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Statement, publish
from warroom.domain.voice import Voice
from warroom.services.room import zone_of
from warroom.services.wordlists import load_limits, load_lists

OWN_PEOPLE = "own-people"
"""The step of the plans that come with the program in which our own people are told (playbook M4)."""


class DeskSettings(Struct, frozen=True, kw_only=True):
    """What the organisation's config says of statements."""

    lang: str = "en"
    networks: tuple[str, ...] = ("web", "x", "bluesky", "mastodon", "instagram")
    allowed: tuple[str, ...] = ()
    protected_names: tuple[str, ...] = ()
    cooling_off: timedelta = timedelta(minutes=2)
    voice: Voice = Voice()
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
    objective: str = ""
    audiences: tuple[Segment, ...] = ()
    corrects: str = ""
    template: str = ""

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
            objective=head.objective,
            audiences=head.audiences,
            corrects=head.corrects,
            template=head.template,
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
        self,
        text: str,
        draft: Draft,
        incident: Incident,
        now: datetime,
        answered: frozenset[str],
        *,
        answering: Answering | None = None,
        thread: tuple[str, ...] = (),
    ) -> tuple[Finding, ...]:
        """Every finding on a text, in the order of the text. A reply says what it answers (`answering`) and what we
        have said in that conversation (`thread`)."""
        return judge(text, self._case(draft, incident, now, answered, answering, thread), self._lists)

    def _case(
        self,
        draft: Draft,
        incident: Incident,
        now: datetime,
        answered: frozenset[str],
        answering: Answering | None,
        thread: tuple[str, ...],
    ) -> Case:
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
            cluster=incident.stance.cluster if incident.stance is not None else None,
            cause=incident.stance.cause if incident.stance is not None else "",
            history=incident.stance.history if incident.stance is not None else "unknown",
            objectives=incident.objectives,
            objective=draft.objective,
            audiences=draft.audiences,
            corrects=draft.corrects,
            said=said(incident),
            questions=tuple(question.text for question in incident.questions.values() if question.answered_at is None),
            people=incident.people,
            staff_told=_staff_told(incident),
            is_public=incident.first_mention_at is not None,
            scheduled=tuple(
                Scheduled(item.text, item.goes_out_at)
                for item in incident.freeze.values()
                if item.standing != "held" and item.goes_out_at is not None
            ),
            voice=self.settings.voice,
            thread=thread,
            answering=answering,
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


def correction_of(shaken: Shaken, incident: Incident) -> Draft:
    """What goes with a correction: where the old text went, in its language, linked to it, on what still holds."""
    old = shaken.revision
    out = [place.network for done in incident.statements[shaken.statement].publications for place in done.places]
    return Draft(
        purpose="update",
        lang=old.lang,
        networks=tuple(dict.fromkeys(out)),
        spokesperson=old.spokesperson,
        question=old.question,
        facts=tuple(fact for fact in old.facts if fact not in shaken.facts),
        objective=old.objective,
        audiences=old.audiences,
        corrects=shaken.statement,
    )


def said(incident: Incident) -> tuple[Said, ...]:
    """Every text of the crisis that is out, the oldest first."""
    found: dict[str, Said] = {}
    for statement in incident.statements.values():
        for out in statement.publications:
            revision = next((kept for kept in statement.revisions if kept.digest == out.digest), None)
            if revision is None or out.digest in found:
                continue
            found[out.digest] = Said(
                id=statement.id,
                text=revision.text,
                lang=revision.lang,
                purpose=out.purpose,
                at=out.published_at,
                networks=tuple(place.network for place in out.places),
                spokesperson=revision.spokesperson,
                facts=revision.facts,
                audiences=revision.audiences,
                corrects=revision.corrects,
            )
    return tuple(sorted(found.values(), key=lambda text: text.at))


def _staff_told(incident: Incident) -> bool | None:
    """Whether the plan's step of telling our own people is done; None where the plan has no such step."""
    state = incident.steps.get(OWN_PEOPLE)
    return None if state is None else not state.is_open
