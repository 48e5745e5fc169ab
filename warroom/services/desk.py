"""The statement desk: a draft with what goes with it, judged by the checks, sent to whom it must go.

It knows the word lists and the networks' limits. They and the checks are read when the first text is judged: nobody
waits for them before the first picture.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from warroom.domain.approval import approve_in_emergency, first_asked, must_be_approved
from warroom.domain.board import Board
from warroom.domain.checks.finding import Answering, Case, Finding, Level, Said, Scheduled
from warroom.domain.corrections import Shaken
from warroom.domain.events import AnyEvent, Place, PromiseMade, StatementApproved, StatementKind
from warroom.domain.incident import Incident
from warroom.domain.ledger import Promise, assign_promise, keep_promise
from warroom.domain.mention import Segment
from warroom.domain.networks import STAFF, Length, Limit, Limits, length, parts_of, reaches_public
from warroom.domain.prepared import Prepared
from warroom.domain.publishing import publish
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Approval, Statement, must_be_read
from warroom.domain.voice import Voice
from warroom.services.room import zone_of

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

    def approver(self, incident: Incident, author: str) -> str:
        """Who is asked first where any other person may approve."""
        return first_asked(incident, author)

    def promised(self, text: str, lang: str, incident: Incident, now: datetime) -> list[Proposed]:
        """What a text promises, each with who would see to it: whoever owns the updates, else the lead."""
        from warroom.domain.checks.promises import promises

        updates = incident.steps.get(UPDATES)
        owner = (updates.owner if updates is not None else "") or incident.lead
        found = promises(text, lang or self.settings.lang, now, zone_of(incident))
        return [_proposed(promise, incident, owner) for promise in found]

    def pass_silence(
        self, incident: Incident, statement: Statement, *, by: str, reason: str, now: datetime
    ) -> StatementApproved:
        """Let the head go out past a silent approver, where it only fills the gaps of a text approved in calm."""
        head = statement.head
        prepared = self.template(head.template, head.lang)
        return approve_in_emergency(incident, statement, prepared=prepared, by=by, reason=reason, now=now)

    def release(
        self,
        board: Board,
        statement: str,
        places: tuple[Place, ...],
        now: datetime,
        *,
        emergency: tuple[str, str] | None = None,
        owners: Sequence[str] = (),
        read: str = "",
    ) -> Sequence[AnyEvent]:
        """Publish: the record of it, the promise it keeps, and the promises that the text itself makes.

        `emergency` is who lets a text approved in calm go past a silent approver, and why. `owners` are who sees to
        each promise of the text, in its order, where that is not who was proposed. `read` is the digest of what was
        reviewed: nobody publishes a text that they have not seen.
        """
        incident = board.incident
        if incident is None:
            raise Refused(say("No crisis is open."))
        known = incident.statements.get(statement)
        events: list[AnyEvent] = []
        if known is not None and read:
            must_be_read(known, read)
        if known is not None and emergency is not None:
            by, reason = emergency
            passed = self.pass_silence(incident, known, by=by, reason=reason, now=now)
            events.append(passed)
            yes = Approval(revision=passed.revision, digest=passed.digest, by=by, at=now, emergency=passed.emergency)
            known = replace(known, approvals=(*known.approvals, yes))
        blocking = self.blocking(known, incident, now) if known is not None else ()
        out = publish(known, places=places, blocking=blocking, now=now)
        events.append(out)
        if known is None:
            return events
        must_be_approved(incident, known, now)
        if any(done.digest == out.digest for done in known.publications):
            return events
        made = self.promised(known.head.text, known.head.lang, incident, now)
        kept = keeps(incident, [place.network for place in places], made)
        if kept is not None:
            events.append(keep_promise(incident.promises, kept.id))
        number = len(incident.promises)
        for place, found in enumerate(made):
            owner = (owners[place].strip() if place < len(owners) else "") or found.owner
            if found.known:
                if owner != incident.promises[found.known].owner:
                    events.append(assign_promise(incident.promises, found.known, owner))
                continue
            number += 1
            events.append(
                PromiseMade(
                    promise=f"P{number}", text=found.text, due_at=found.due_at, statement=statement, owner=owner
                )
            )
        return events


SAME_TIME = timedelta(minutes=1)
"""Two times that are no further apart are the same promise."""


def _proposed(found: "Promised", incident: Incident, owner: str) -> Proposed:
    """A promise of the text with who would see to it; one that is open already keeps its owner."""
    same = next((one for one in incident.open_promises if abs(one.due_at - found.due_at) < SAME_TIME), None)
    if same is None:
        return Proposed(found.text, found.start, found.end, found.due_at, owner)
    return Proposed(found.text, found.start, found.end, found.due_at, same.owner or owner, same.id)


def keeps(incident: Incident, networks: Collection[str], made: Sequence[Proposed]) -> Promise | None:
    """The promise that a text keeps by going out: the next one, unless the text only says it again.

    What was promised in public is kept in public, and what was promised to our own people among them.
    """
    public = reaches_public(networks)
    waiting = [promise for promise in incident.open_promises if _made_in_public(incident, promise) == public]
    if not waiting or waiting[0].id in {promise.known for promise in made}:
        return None
    return waiting[0]


def _made_in_public(incident: Incident, promise: Promise) -> bool:
    """Whether the text that made it could be read outside; a promise that no text made counts as one in public."""
    statement = incident.statements.get(promise.statement)
    out = statement.publications if statement is not None else ()
    return not out or any(one.is_public for one in out)


def profile(purpose: StatementKind) -> str:
    """The gate that a text goes through: a first word is held by few checks, because speed and care pull apart."""
    return "first-word" if purpose == "first-word" else "full"


def weight(finding: Finding, purpose: StatementKind) -> Level:
    """How much a finding weighs here: what does not hold a text of this purpose only warns."""
    from warroom.domain.checks.judge import gate

    return "W" if finding.level == "B" and not gate([finding], profile(purpose), ()) else finding.level


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
    """Whether a text has gone to our own people, or the plan's step of telling them is done; None where the plan has no
    such step."""
    if any(place.network == STAFF for out in incident.publications for place in out.places):
        return True
    state = incident.steps.get(OWN_PEOPLE)
    return None if state is None else not state.is_open
