"""Actions as things are: those that make no sense now, which no hint tells and the palette tells last, and those that
do something else in a recording. Pure."""

from warroom.domain.corrections import uncorrected
from warroom.domain.incident import Incident
from warroom.domain.sentence import Sentence, say
from warroom.services.keytable import Action
from warroom.ui.scene import Scene

NOT_IN_CRISIS = frozenset({"console.declare", "console.drill", "console.open", "console.deny"})
"""Actions whose keys the row shows in calm only."""


def idle(scene: Scene) -> frozenset[str]:
    """The actions that would only say why they can do nothing."""
    if scene.read_only:
        return NOT_IN_CRISIS
    if scene.incident is not None:
        return NOT_IN_CRISIS.union(_of_the_desk(scene.incident))
    unusual = scene.spike is not None or scene.proposal is not None
    drills = scene.drill_takes is not None
    return frozenset({*(() if drills else ("console.drill",)), *(() if unusual else ("console.deny",))})


def told_of(action: Action, *, recorded: bool) -> Sentence:
    """What an action does: from a recording one leaves the recording, and no crisis stays open."""
    return say("Leave the recording") if recorded and action.id == "console.quit" else action.told


def _of_the_desk(incident: Incident) -> list[str]:
    """What the statement desk can do with several texts, with what is out and with what fell, before there is any."""
    statements = incident.statements.values()
    possible = {
        "desk.other": len(statements) > 1,
        "desk.links": any(statement.publications for statement in statements),
        "desk.merge": any(statement.rivals for statement in statements),
        "desk.correct": bool(uncorrected(incident)),
    }
    return [id for id, now in possible.items() if not now]
