"""Which deadlines move when a time or the severity is changed: what is shown before anybody confirms it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from .deadlines import update_due
from .events import SeverityChanged, TimesCorrected
from .incident import Incident
from .sentence import Param, Refused, say
from .step_fold import joined


class Move(Struct, frozen=True):
    """A deadline that is somewhere else afterwards; `before` is None for one that is new, `after` for one that goes."""

    name: Param
    before: datetime | None
    after: datetime | None


def correct_times(
    incident: Incident,
    *,
    declared_at: datetime | None = None,
    first_mention_at: datetime | None = None,
    reason: str,
    now: datetime,
) -> TimesCorrected:
    """Say when it was declared, or when the first mention was; what is None stays. The old times stay in the log."""
    if not incident.is_open:
        raise Refused(say("This crisis was stood down. Open it again first."))
    declared = None if declared_at == incident.declared_at else declared_at
    first = None if first_mention_at == incident.first_mention_at else first_mention_at
    if declared is None and first is None:
        raise Refused(say("Nothing is different: write the right time."))
    if any(at is not None and at > now for at in (declared, first)):
        raise Refused(say("It cannot lie in the future."))
    if not reason.strip():
        raise Refused(say("Say why the time is corrected: the deadlines move with it."))
    return TimesCorrected(declared_at=declared, first_mention_at=first, reason=reason.strip())


def raised(incident: Incident, event: SeverityChanged) -> Incident:
    """The incident with the steps that the new severity asks for."""
    then = joined(incident.steps, incident.plan, incident.roles, event.severity, incident.types)
    return replace(incident, steps=then)


def moves(before: Incident, after: Incident) -> list[Move]:
    """Every deadline that is not where it was, in the order of the new times."""
    old, new = dues(before), dues(after)
    found = [
        Move(new.get(key, old.get(key, ("", before.declared_at)))[0], _at(old, key), _at(new, key))
        for key in dict.fromkeys([*old, *new])
        if _at(old, key) != _at(new, key)
    ]
    return sorted(found, key=lambda move: move.after or move.before or before.declared_at)


def _at(dues: Mapping[str, tuple[Param, datetime]], key: str) -> datetime | None:
    return dues[key][1] if key in dues else None


def dues(incident: Incident) -> dict[str, tuple[Param, datetime]]:
    """What is still due: the next words in public, then the open steps."""
    start, plan = incident.declared_at, incident.plan
    found: dict[str, tuple[Param, datetime]] = {}
    if incident.first_word_at is None:
        found["first-word"] = (say("First word"), start + timedelta(minutes=plan.first_word))
    if incident.holding_at is None:
        found["holding"] = (say("Holding statement"), start + timedelta(minutes=plan.holding))
    if (update := update_due(incident)) is not None:
        found["update"] = (update.name, update.at)
    for state in incident.steps.values():
        if state.is_open:
            found[f"step/{state.id}"] = (state.step.name, state.due_at(start))
    return found
