"""What things are called in the timeline, by their ids: as the plan and the people of a crisis have it, else by the id
itself."""

from datetime import datetime

from warroom.domain.events import (
    StatementKind,
)
from warroom.domain.incident import Incident
from warroom.domain.names import PURPOSES
from warroom.domain.sentence import Localized, Param, Sentence, say
from warroom.services.room import zone_of


def step(incident: Incident | None, step: str) -> Localized | str:
    known = incident.plan.step(step) if incident is not None else None
    return known.name if known is not None else step


def round_of(incident: Incident | None, step: str, at: datetime) -> int:
    """Which time it was that a step was done which comes back; 0 for one that does not."""
    state = incident.steps.get(step) if incident is not None else None
    rounds = state.rounds if state is not None else ()
    return next((number for number, round in enumerate(rounds, 1) if round.at == at), 0)


def item(incident: Incident | None, step: str, item: str) -> Localized | str:
    known = incident.plan.step(step) if incident is not None else None
    return next((line.name for line in known.items if line.id == item), item) if known is not None else item


def role(incident: Incident | None, role: str) -> Localized | str:
    return incident.plan.roles.get(role, role) if incident is not None else role


def clock(incident: Incident | None, clock: str) -> Localized | str:
    known = incident.plan.regulators if incident is not None else ()
    return next((regulator.name for regulator in known if regulator.id == clock), clock)


def stage(incident: Incident | None, clock: str, stage: str) -> Localized | str:
    known = incident.plan.regulators if incident is not None else ()
    stages = next((regulator.stages for regulator in known if regulator.id == clock), ())
    return next((one.name for one in stages if one.id == stage), stage)


def frozen(incident: Incident | None, item: str) -> str:
    known = incident.freeze.get(item) if incident is not None else None
    return known.text if known is not None else item


def person(incident: Incident | None, initials: str) -> str:
    person = incident.person(initials) if incident is not None else None
    return person.name if person is not None else initials


def text(purpose: StatementKind, statement: str) -> Sentence:
    """A statement as the log calls it: there may be several of a kind."""
    return say("{kind} {statement}", kind=PURPOSES[purpose], statement=statement)


def statement(incident: Incident | None, statement: str) -> Sentence:
    known = incident.statements.get(statement) if incident is not None else None
    return text(known.head.purpose, statement) if known is not None else say("Statement")


def moment(incident: Incident | None, at: datetime) -> Param:
    """Hours and minutes, with the day where that is not the day of the declaration."""
    if incident is None:
        return at
    zone = zone_of(incident)
    day = at.astimezone(zone).date()
    return at if day == incident.declared_at.astimezone(zone).date() else say("{day} {time}", day=day, time=at)


def promise(incident: Incident | None, promise: str) -> str:
    known = incident.promises.get(promise) if incident is not None else None
    # The sentence goes on behind it.
    return known.text.rstrip(".") if known is not None else promise
