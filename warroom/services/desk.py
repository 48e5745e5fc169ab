"""The statement desk: a draft with what goes with it, judged by the checks and measured for where it goes.

It knows the word lists and the networks' limits. They and the checks are read when the first text is judged: nobody
waits for them before the first picture.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from warroom.domain.checks.finding import Answering, Case, Finding, Level, Said, Scheduled
from warroom.domain.events import StatementKind
from warroom.domain.incident import Incident
from warroom.domain.networks import STAFF, Length, Limit, Limits, length, parts_of
from warroom.domain.prepared import Prepared
from warroom.domain.statement import Statement
from warroom.domain.voice import Voice
from warroom.services.draft import Draft
from warroom.services.room import zone_of
from warroom.services.words import LANGUAGES

if TYPE_CHECKING:
    from warroom.domain.checks.cerc import Gauge
    from warroom.domain.checks.lists import Lists
    from warroom.domain.checks.promises import Promised

OWN_LIMIT = "config.yaml, statement.limits"
UPDATES = "updates"
"""The step whose owner keeps people updated, and so sees to what a text promises."""
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
    texts: tuple[Prepared, ...] = ()
    """The organisation's own texts, with gaps in square brackets."""
    limits: Mapping[str, int] = {}
    """Network → the length that its own server allows, where that is not the usual one."""


class Proposed(Struct, frozen=True):
    """A promise that a text makes: its sentence, where the time stands, when it is due, and who would see to it.

    `known` is the id of an open promise for the same time: the text says it again, and makes no second one.
    """

    text: str
    start: int
    end: int
    due_at: datetime
    owner: str
    known: str = ""


class Reading(Struct, frozen=True, kw_only=True):
    """Everything that is read out of a draft: what the checks found, how long it is, what it promises."""

    has_words: bool = False
    """Of an empty page nothing is found, and that clears nothing."""
    findings: tuple[Finding, ...] = ()
    lengths: tuple[tuple[str, Length], ...] = ()
    promised: tuple[Proposed, ...] = ()


class Desk:
    """Judges drafts of one organisation."""

    def __init__(self, settings: DeskSettings) -> None:
        self.settings = settings

    def opening(self, draft: Draft) -> Prepared | None:
        """The text to begin with: the organisation's own for this purpose and language, approved ones first."""
        lang = draft.lang or self.settings.lang
        fitting = [text for text in self.settings.texts if text.purpose == draft.purpose and text.lang == lang]
        return min(fitting, key=lambda text: not text.approved_by, default=None)

    def library(self) -> tuple[Prepared, ...]:
        """Every text to begin with, in every language: the organisation's own, then those of the program."""
        from warroom.services.textlibrary import load_texts

        return (*self.settings.texts, *load_texts())

    def template(self, id: str, lang: str) -> Prepared | None:
        """The organisation's own text of this id and language, as the config has it now."""
        return next((text for text in self.settings.texts if text.id == id and text.lang == lang), None)

    def begin(self, incident: Incident, purpose: StatementKind, spokesperson: str = "") -> Draft:
        """A new draft. Where only one objective is confirmed, it serves that one."""
        only = incident.objectives[0] if len(incident.objectives) == 1 else ""
        return Draft(purpose=purpose, lang=self.settings.lang, spokesperson=spokesperson, objective=only)

    def read(self, text: str, draft: Draft, incident: Incident, now: datetime, answered: frozenset[str]) -> Reading:
        """Read a draft once, for all that is shown of it. Pure: it may run beside the keys."""
        return Reading(
            has_words=bool(text.strip()),
            findings=self.judge(text, draft, incident, now, answered) if text.strip() else (),
            lengths=tuple(self.lengths(text, draft.networks)),
            promised=tuple(self.promised(text, draft.lang, incident, now)),
        )

    @cached_property
    def limits(self) -> Limits:
        from warroom.services.wordlists import load_limits

        known = load_limits()
        own = {
            network: replace(known[network], limit=limit, source=OWN_LIMIT, date="")
            if network in known
            else Limit(limit=limit, source=OWN_LIMIT)
            for network, limit in self.settings.limits.items()
        }
        return {**known, **own}

    @cached_property
    def lists(self) -> "Lists":
        from warroom.services.wordlists import load_lists

        return replace(load_lists(), limits=self.limits)

    def prepare(self) -> None:
        """Make ready all that the checks look for: a third of a second once, which nobody then waits for at the first
        word that is written. May run in a thread of its own."""
        import warroom.domain.checks.judge  # noqa: F401 - loaded as well

        for lang in sorted(LANGUAGES, key=lambda lang: lang != self.settings.lang):
            self.lists.prepare(lang)

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
        from warroom.domain.checks.judge import judge

        return judge(text, self._case(draft, incident, now, answered, answering, thread), self.lists)

    def gauges(self, statement: Statement, incident: Incident, now: datetime) -> tuple["Gauge", ...]:
        """The six principles for a crisis (CDC), as the saved text keeps them."""
        from warroom.domain.checks.cerc import gauges

        case = self._case(Draft.of(statement), incident, now, statement.answered(), None, ())
        return gauges(statement.head.text, case, self.lists)

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
            slower=now - incident.declared_at > timedelta(minutes=plan.slower_after)
            and any(promise.due_at > now for promise in incident.open_promises),
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
        from warroom.domain.checks.judge import gate

        draft = Draft.of(statement)
        findings = self.judge(statement.head.text, draft, incident, now, statement.answered())
        return tuple(dict.fromkeys(f.check for f in gate(findings, profile(draft.purpose), statement.overridden())))

    def lengths(self, text: str, networks: Sequence[str]) -> list[tuple[str, Length]]:
        """How a text fits the networks; those it does not fit come first."""
        measured = [(network, length(text, network, self.limits)) for network in networks or self.settings.networks]
        return sorted(measured, key=lambda pair: (pair[1].fits, -pair[1].parts))

    def parts(self, text: str, network: str) -> tuple[str, ...]:
        """The text as it goes out on a network, in the parts of a thread where it needs one."""
        return parts_of(text, network, self.limits)

    def promised(self, text: str, lang: str, incident: Incident, now: datetime) -> list[Proposed]:
        """What a text promises, each with who would see to it: whoever owns the updates, else the lead."""
        from warroom.domain.checks.promises import promises

        updates = incident.steps.get(UPDATES)
        owner = (updates.owner if updates is not None else "") or incident.lead
        found = promises(text, lang or self.settings.lang, now, zone_of(incident))
        return [_proposed(promise, incident, owner) for promise in found]


SAME_TIME = timedelta(minutes=1)
"""Two times that are no further apart are the same promise."""


def _proposed(found: "Promised", incident: Incident, owner: str) -> Proposed:
    """A promise of the text with who would see to it; one that is open already keeps its owner."""
    same = next((one for one in incident.open_promises if abs(one.due_at - found.due_at) < SAME_TIME), None)
    if same is None:
        return Proposed(found.text, found.start, found.end, found.due_at, owner)
    return Proposed(found.text, found.start, found.end, found.due_at, same.owner or owner, same.id)


def profile(purpose: StatementKind) -> str:
    """The gate that a text goes through: a first word is held by few checks, because speed and care pull apart."""
    return "first-word" if purpose == "first-word" else "full"


def weight(finding: Finding, purpose: StatementKind) -> Level:
    """How much a finding weighs here: what does not hold a text of this purpose only warns."""
    from warroom.domain.checks.judge import gate

    return "W" if finding.level == "B" and not gate([finding], profile(purpose), ()) else finding.level


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
    """Whether a text has gone to our own people, or the plan's step of telling them is done; None where the plan has no
    such step."""
    if any(place.network == STAFF for out in incident.publications for place in out.places):
        return True
    state = incident.steps.get(OWN_PEOPLE)
    return None if state is None else not state.is_open
