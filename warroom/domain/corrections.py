"""What a retracted fact shakes: the published statements that rest on it, until a correction is out.

The correction is linked to what it corrects and goes where that went; the old text stays as it was.
"""

from collections.abc import Iterator

from msgspec import Struct

from .incident import Incident
from .statement import Revision, Statement

SHAKY = frozenset({"retracted", "contested"})


class Shaken(Struct, frozen=True, kw_only=True):
    """A published text and the facts under it that no longer hold. `corrected_by` is the id of the statement that was
    begun to correct it, `corrected` whether that one is out."""

    statement: str
    revision: Revision
    facts: tuple[str, ...]
    corrected_by: str = ""
    corrected: bool = False


def published_text(statement: Statement) -> Revision | None:
    """The text of a statement that went out last. What was sent to be approved keeps its number and its text."""
    return statement.revision(statement.publications[-1].revision) if statement.publications else None


def shaken(incident: Incident) -> list[Shaken]:
    """Every published statement that rests on a fact which was taken back or is contested, in the order of writing."""
    fallen = {fact.id for fact in incident.facts.values() if fact.status in SHAKY}
    return list(_shaken(incident, fallen)) if fallen else []


def _shaken(incident: Incident, fallen: set[str]) -> Iterator[Shaken]:
    mended = {
        statement.head.corrects: statement for statement in incident.statements.values() if statement.head.corrects
    }
    for statement in incident.statements.values():
        if not statement.publications:
            continue
        revision = published_text(statement)
        if revision is None or fallen.isdisjoint(revision.facts):
            continue
        correction = mended.get(statement.id)
        yield Shaken(
            statement=statement.id,
            revision=revision,
            facts=tuple(fact for fact in revision.facts if fact in fallen),
            corrected_by=correction.id if correction is not None else "",
            corrected=correction is not None and bool(correction.publications),
        )


def uncorrected(incident: Incident) -> list[Shaken]:
    """Those of which no correction is out yet."""
    return [one for one in shaken(incident) if not one.corrected]
