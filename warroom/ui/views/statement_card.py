"""The card of the Room that says how the statement at hand stands: who is waited for, and what the checks say."""

from collections import Counter
from collections.abc import Mapping

from rich.cells import cell_len

from warroom.domain.approval import standing, to_ask, waits_for
from warroom.domain.checks.finding import GROUPS
from warroom.domain.incident import Incident
from warroom.domain.names import PURPOSES
from warroom.domain.statement import Statement
from warroom.domain.text import one_line
from warroom.services.draft import Draft
from warroom.ui.line import Part, cut, spread, width_of
from warroom.ui.scene import Scene
from warroom.ui.views.desk_lines import name_of
from warroom.ui.views.desk_rows import desk_rows

SIGNS = {"✕": "bold $error", "!": "bold $warning", "i": "$primary", "✓": "bold $success"}


def verdicts(scene: Scene, incident: Incident, statement: Statement) -> Mapping[str, int]:
    """Sign → of how many of the six groups of checks it is the worst, for the text as it is saved."""
    draft, text = Draft.of(statement), statement.head.text
    reading = scene.desk.read(text, draft, incident, scene.now, statement.answered())
    rows = desk_rows(scene, incident, draft, reading, statement)
    found = (rows.row(group) for group in GROUPS)
    return Counter(row.parts[0].text.strip() for row in found if row is not None)


def card(scene: Scene, incident: Incident, counts: Mapping[str, int], width: int) -> list[Part]:
    """Two lines: version, state and since when; the signs of the checks and how the text begins."""
    words, statement = scene.words, incident.statement
    if statement is None:
        return [Part(words.t("Nothing written yet. {key} opens the desk.", key=scene.key("view.statement")), "$muted")]
    head = statement.head
    state, right = _state(scene, incident, statement)
    number = Part(f"v{head.number} ", "bold")
    left = [number, Part(cut(state, width - number.width - cell_len(right) - 1), "$warning")]
    signs: list[Part] = []
    for sign, style in SIGNS.items():
        if counts.get(sign):
            signs += [Part(f"{counts[sign]} "), Part(f"{sign} ", style)]
    told = f"{words.say(PURPOSES[head.purpose])}: {one_line(head.text)}"
    second = [*signs, Part(cut(told, width - width_of(signs)), "$muted")]
    return [*spread(left, [Part(right, "$muted")], width), Part("\n"), *second]


def _state(scene: Scene, incident: Incident, statement: Statement) -> tuple[str, str]:
    """How the head stands, and beside it the time, or who is waited for and how long."""
    words = scene.words
    t = words.t
    stands = standing(incident, statement, scene.now)
    if statement.is_published:
        return t("published"), words.clock(statement.publications[-1].published_at)
    if stands.awaits:
        asked = stands.missing[0]
        if waits_for(incident, statement, scene.actor, scene.now):
            return t("waiting for you"), words.span(scene.now - (asked.since or scene.now))
        if (who := to_ask(asked)) and asked.since is not None:
            return t("waiting for {who}", who=name_of(incident, who)), words.span(scene.now - asked.since)
        return t("waiting for approval"), words.clock(statement.head.at)
    if statement.approval is not None:
        return t("approved by {who}", who=one_line(statement.approval.by)), words.clock(statement.approval.at)
    if statement.voided is not None:
        return t("approval voided by an edit"), words.clock(statement.head.at)
    return t("draft"), words.clock(statement.head.at)
