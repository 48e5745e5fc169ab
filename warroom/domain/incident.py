"""An incident: a declared crisis, as it stands, and what can be decided of it as a whole.

How its events become it is in `fold`, what it waits for next in `deadlines`. Decisions return an event or raise
`Refused` with a sentence for a person.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal
from unicodedata import combining, normalize

from msgspec import Struct

from .aftermath import Action, Lesson, Question
from .clocks import ClockState
from .events import (
    ROOM,
    IncidentDeclared,
    Mode,
    NoteAdded,
    ObjectivesConfirmed,
    Person,
    Reopened,
    SeverityChanged,
    StoodDown,
    TitleCorrected,
)
from .freeze import Frozen
from .initials import as_signed, must_be_initials
from .ledger import Fact, Promise
from .plan import Plan
from .sentence import Refused, say
from .stance import Stance
from .statement import Publication, Statement
from .steps import StepState

HIGHEST = 4
UNREAL = (ROOM, "demo", "drill")
"""The names of the room and of the crises of demo and drill, which have rooms of their own: no real one has them."""


class SeverityMark(Struct, frozen=True):
    at: datetime
    severity: int
    by: str
    reason: str = ""


class Incident(Struct, frozen=True, kw_only=True):
    """A crisis as it stands. Times are aware UTC; people are initials; `zone` is an IANA name."""

    id: str
    title: str
    mode: Mode
    lead: str
    declared_at: datetime
    first_mention_at: datetime | None
    zone: str
    organisation: str
    plan: Plan
    roles: Mapping[str, str]
    people: tuple[Person, ...]
    severities: tuple[SeverityMark, ...]
    objectives: tuple[str, ...]
    objectives_by: str = ""
    objectives_at: datetime | None = None
    steps: Mapping[str, StepState]
    proofs: Literal["alone", "verified"] = "alone"
    """Whether a step's proof finishes it alone, or only with all that the step verifies."""
    statements: Mapping[str, Statement] = {}
    facts: Mapping[str, Fact] = {}
    promises: Mapping[str, Promise] = {}
    questions: Mapping[str, Question] = {}
    freeze: Mapping[str, Frozen] = {}
    clocks: Mapping[str, ClockState] = {}
    seats: Mapping[str, datetime] = {}
    """Role → when its holder said "here"."""
    stance: Stance | None = None
    actions: Mapping[str, Action] = {}
    lessons: tuple[Lesson, ...] = ()
    publications: tuple[Publication, ...] = ()
    spiked_at: datetime | None = None
    """When the last spike of this crisis began, and when it was over."""
    calmed_at: datetime | None = None
    handed_over_at: datetime | None = None
    closed_at: datetime | None = None
    closed_reason: str = ""

    @property
    def severity(self) -> int:
        return self.severities[-1].severity

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def types(self) -> tuple[str, ...]:
        """The types of crisis that were chosen; none is known at first."""
        return self.stance.types if self.stance is not None else ()

    @property
    def objectives_due(self) -> bool:
        """Whether the objectives have to be read again: never confirmed, or not since the last spike (advice, 1)."""
        if self.objectives_at is None:
            return True
        return self.spiked_at is not None and self.spiked_at > self.objectives_at

    @property
    def spoken(self) -> tuple[Publication, ...]:
        """Our words in public, the oldest first; what went only to our own people or to a journalist is none."""
        return tuple(out for out in self.publications if out.is_public)

    @property
    def first_word_at(self) -> datetime | None:
        return next((out.published_at for out in self.publications if out.is_public), None)

    @property
    def holding_at(self) -> datetime | None:
        """When the holding statement (or a full one in its place) was out."""
        return next((out.published_at for out in self.spoken if out.purpose in ("holding", "full")), None)

    @property
    def last_word_at(self) -> datetime | None:
        return next((out.published_at for out in reversed(self.publications) if out.is_public), None)

    @property
    def open_promises(self) -> list[Promise]:
        return sorted((p for p in self.promises.values() if p.is_open), key=lambda promise: promise.due_at)

    @property
    def statement(self) -> Statement | None:
        """The statement on the desk: the newest, and where that one is wholly out, the newest that still waits.

        An older text that went out on some of its networks waits no more: the newer one has taken its place.
        """
        newest_first = tuple(self.statements.values())[::-1]
        newest = next(iter(newest_first), None)
        if newest is None or not newest.is_wholly_out:
            return newest
        return next((one for one in newest_first if not one.is_published), newest)

    def person(self, initials: str) -> Person | None:
        return next((person for person in self.people if person.initials == initials), None)

    def minutes(self, at: datetime) -> int:
        """Whole minutes from the declaration, negative before it."""
        return int((at - self.declared_at).total_seconds() // 60)

    def late_steps(self, now: datetime) -> list[StepState]:
        return [state for state in self.steps.values() if state.is_late(self.declared_at, now)]


# --- decisions -----------------------------------------------------------------------------------------


def declare(
    *,
    title: str,
    severity: int,
    lead: str,
    objectives: Sequence[str],
    plan: Plan,
    roles: Mapping[str, str],
    people: Sequence[Person],
    now: datetime,
    zone: str,
    first_mention_at: datetime | None = None,
    mode: Mode = "live",
    organisation: str = "",
    open_incident: Incident | None = None,
) -> IncidentDeclared:
    """Start the clocks and load the plan. Tells no one outside."""
    if open_incident is not None:
        raise Refused(say("A crisis is already open: {title}. Stand it down first.", title=open_incident.title))
    if not title.strip():
        raise Refused(say("Say in one sentence what is happening."))
    if not 1 <= severity <= HIGHEST:
        raise Refused(say("Severity goes from 1 to 4."))
    if not lead.strip():
        raise Refused(say("Say who leads, by initials."))
    must_be_initials(lead)
    lead = as_signed([*roles.values(), *(person.initials for person in people)], lead)
    return IncidentDeclared(
        title=" ".join(title.split()),
        severity=severity,
        lead=lead,
        objectives=tuple(objective.strip() for objective in objectives if objective.strip()),
        declared_at=now,
        plan=plan,
        roles={**roles, "lead": lead},
        people=tuple(people),
        first_mention_at=first_mention_at,
        zone=zone,
        mode=mode,
        organisation=organisation,
        proofs="verified",
    )


def change_severity(incident: Incident, severity: int, reason: str = "") -> SeverityChanged:
    """Raise or lower; lowering needs a reason."""
    _must_be_open(incident)
    if not 1 <= severity <= HIGHEST:
        raise Refused(say("Severity goes from 1 to 4."))
    if severity == incident.severity:
        raise Refused(say("Severity is {severity} already.", severity=severity))
    if severity < incident.severity and not reason.strip():
        raise Refused(say("Lowering the severity needs a reason."))
    return SeverityChanged(severity=severity, reason=reason.strip())


def correct_title(incident: Incident, title: str) -> TitleCorrected:
    """Say in other words what is happening. The log keeps what it was declared with."""
    _must_be_open(incident)
    told = " ".join(title.split())
    if not told:
        raise Refused(say("Say in one sentence what is happening."))
    if told == incident.title:
        raise Refused(say("Nothing is different: write what is happening."))
    return TitleCorrected(title=told)


def confirm_objectives(incident: Incident, objectives: Sequence[str]) -> ObjectivesConfirmed:
    """Put one's name to one to three objectives; from then on statements can be sent."""
    _must_be_open(incident)
    kept = tuple(objective.strip() for objective in objectives if objective.strip())
    if not 1 <= len(kept) <= 3:
        raise Refused(say("Confirm one, two or three objectives."))
    return ObjectivesConfirmed(objectives=kept)


def must_know_objectives(incident: Incident) -> None:
    """The objectives lock: nothing is sent before the objectives are confirmed by name (advice, step 1)."""
    if incident.objectives_at is None:
        raise Refused(say("First confirm the objectives, by name: they are what every statement serves."))


def stand_down(incident: Incident, reason: str) -> StoodDown:
    _must_be_open(incident)
    if not reason.strip():
        raise Refused(say("Say why the crisis is over."))
    return StoodDown(reason=reason.strip())


def reopen(incident: Incident, reason: str, *, open_incident: Incident | None = None) -> Reopened:
    if incident.is_open:
        raise Refused(say("This crisis is open already."))
    if open_incident is not None:
        raise Refused(say("A crisis is already open: {title}. Stand it down first.", title=open_incident.title))
    if not reason.strip():
        raise Refused(say("Say why the crisis is opened again."))
    return Reopened(reason=reason.strip())


def add_note(
    text: str, *, now: datetime, happened_at: datetime | None = None, corrects: str | None = None
) -> NoteAdded:
    """Write a line into the timeline. A correction is a new line that points to the old one."""
    if not text.strip():
        raise Refused(say("The note is empty."))
    happened = happened_at or now
    if happened > now + timedelta(minutes=1):
        raise Refused(say("A note cannot lie in the future."))
    return NoteAdded(text=text.strip(), happened_at=happened, corrects=corrects)


def _must_be_open(incident: Incident) -> None:
    if not incident.is_open:
        raise Refused(say("This crisis was stood down. Open it again first."))


def incident_id(title: str, taken: Collection[str], *, mode: Mode = "live") -> str:
    """A short name for the command line: `[a-z0-9-]{1,32}`, from the title's telling words, never a taken one."""
    bare = "".join(c for c in normalize("NFKD", title.casefold()) if not combining(c))
    words = re.findall(r"[a-z0-9]+", bare)
    telling = [word for word in words if len(word) > 3 or word.isdigit()] or words or ["crisis"]
    name = ""
    for word in telling:
        if name and len(name) + len(word) > 27:
            break
        name = f"{name}-{word}".strip("-")[:28]
    name = mode if mode != "live" else "crisis" if name in UNREAL else name
    number = 2
    while (unique := name if number == 2 and name not in taken else f"{name}-{number}") in taken:
        number += 1
    return unique
