"""The handover of a shift: what the incoming lead has to know, and the event by which they take over.

The brief is chosen here and put into words elsewhere; what was read is kept as a digest of those words.
"""

from datetime import datetime
from hashlib import sha256

from msgspec import Struct

from . import clocks, seats
from .aftermath import Question
from .approval import initials_of, standing
from .deadlines import Deadline, next_deadline
from .events import ShiftHandedOver
from .freeze import Frozen
from .incident import Incident
from .ledger import Fact, Promise
from .plan import Regulator
from .sentence import Refused, say
from .statement import Statement
from .steps import StepState


class Brief(Struct, frozen=True, kw_only=True):
    """What stands open at a shift's end, each list the most urgent first."""

    seats: tuple[tuple[str, str, bool], ...]
    """Role, who holds it (empty: nobody), whether they have said "here". Only roles that are needed now."""
    deadline: Deadline | None
    late: tuple[StepState, ...]
    next_steps: tuple[StepState, ...]
    promises: tuple[Promise, ...]
    facts: tuple[Fact, ...]
    """Confirmed ones; a rumour is none of them."""
    open_facts: tuple[Fact, ...]
    """Not confirmed, or contested."""
    rumours: tuple[Fact, ...]
    statements: tuple[tuple[Statement, bool], ...]
    """Those that were sent to approve and are not out yet, and whether every approval is there."""
    running: tuple[clocks.Running, ...]
    undecided: tuple[Regulator, ...]
    questions: tuple[Question, ...]
    frozen: tuple[Frozen, ...]
    """What nobody has decided about."""


def brief(incident: Incident, now: datetime) -> Brief:
    """What the incoming lead has to know now."""
    plan, facts = incident.plan, incident.facts.values()
    needed = seats.needed(plan, incident.severity, incident.types)
    waiting = sorted((state for state in incident.steps.values() if state.is_open), key=lambda state: state.due)
    late = tuple(state for state in waiting if state.is_late(incident.declared_at, now))
    return Brief(
        seats=tuple((role, incident.roles.get(role, ""), role in incident.seats) for role in needed),
        deadline=next_deadline(incident, now),
        late=late,
        next_steps=tuple(state for state in waiting if state not in late),
        promises=tuple(incident.open_promises),
        facts=tuple(fact for fact in facts if fact.status == "confirmed" and not fact.rumour),
        open_facts=tuple(fact for fact in facts if fact.status in ("unconfirmed", "contested") and not fact.rumour),
        rumours=tuple(fact for fact in facts if fact.rumour and fact.status != "retracted"),
        statements=tuple(
            (one, standing(incident, one, now).is_whole)
            for one in incident.statements.values()
            if one.is_sent and not one.is_published
        ),
        running=tuple(clocks.running(plan, incident.clocks)),
        undecided=tuple(clocks.undecided(plan, incident.clocks, incident.types)),
        questions=tuple(one for one in incident.questions.values() if one.answered_at is None),
        frozen=tuple(item for item in incident.freeze.values() if item.standing == "open"),
    )


def hand_over(incident: Incident, lead: str, text: str) -> ShiftHandedOver:
    """Somebody takes over the lead, by name, after reading the brief in the words of `text`."""
    if not incident.is_open:
        raise Refused(say("This crisis was stood down. Open it again first."))
    who = initials_of(incident, lead)
    if not who:
        raise Refused(say("Say who takes over, by initials."))
    person = incident.person(who)
    if incident.people and person is None:
        raise Refused(say("{who} is not on the list of people.", who=who))
    if who == incident.lead:
        raise Refused(say("{who} leads already.", who=who))
    if person is not None and not person.available:
        raise Refused(say("{who} is away.", who=person.name))
    return ShiftHandedOver(lead=who, brief=sha256(text.encode()).hexdigest())
