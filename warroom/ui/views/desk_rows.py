"""What the desk says of a draft, as rows: the six groups with their findings, then whom the text does not speak to yet,
what it promises, and which facts it cites. Pure: values into parts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from warroom.domain.checks.finding import GROUPS, Finding, Group, Level
from warroom.domain.deadlines import next_deadline
from warroom.domain.incident import Incident
from warroom.domain.mention import SEGMENT_NAMES, Segment
from warroom.domain.names import STATUSES
from warroom.domain.sentence import Sentence, say
from warroom.domain.statement import Override, Statement
from warroom.domain.text import one_line
from warroom.services.desk import Proposed, Reading, weight
from warroom.services.draft import Draft
from warroom.services.keytable import ACTIONS
from warroom.services.words import Words
from warroom.ui.keyname import key_name
from warroom.ui.line import Part, clip
from warroom.ui.present import SEGMENT_MARKS
from warroom.ui.scene import Scene

GROUP_NAMES: dict[Group, Sentence] = {
    "objective": say("Objective"),
    "voice": say("Voice"),
    "pertinence": say("Pertinence"),
    "spokesperson": say("Spokesperson"),
    "timing": say("Timing"),
    "accountability": say("Accountability"),
}
LEVELS = {"B": ("✕", "bold $error"), "W": ("!", "bold $warning"), "I": ("i", "$primary")}
MENDED_BY: Mapping[str, tuple[str, ...]] = {
    "T1": ("desk.settings",),
    **dict.fromkeys(("P1", "P2", "P3", "P4"), ("desk.settings",)),
    "H1": ("desk.settings", "desk.facts"),
    **dict.fromkeys(("S6", "S7"), ("console.stance",)),
}
"""Checks that look at what goes with the text → the actions that mend what they find; Enter does the first."""
AUDIENCES = (Segment.HATE, Segment.DISLIKE, Segment.LIKE, Segment.LOVE)
"""The four audiences that a statement may speak to; who takes no side yet hears all of them."""


class DeskRow(NamedTuple):
    """One row. `span` is where Enter jumps to in the text, `opens` the act that it does instead; `blocks` where it
    holds the text."""

    key: str
    parts: tuple[Part, ...]
    finding: Finding | None = None
    span: tuple[int, int] | None = None
    opens: str = ""
    blocks: bool = False


class DeskRows:
    """The rows as a list shows them."""

    def __init__(self, rows: Sequence[DeskRow]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def key(self, index: int) -> str:
        return self._rows[index].key

    def line(self, index: int, width: int) -> Sequence[Part]:
        return clip(self._rows[index].parts, width - 1)

    def selectable(self, index: int) -> bool:
        row = self._rows[index]
        return row.finding is not None or row.span is not None or bool(row.opens)

    def row(self, key: str | None) -> DeskRow | None:
        return next((row for row in self._rows if row.key == key), None)

    def found_after(self, key: str | None) -> str | None:
        """The next row with a finding, after the last one the first; None where there is none."""
        keys = [row.key for row in self._rows]
        here = keys.index(key) + 1 if key in keys else 0
        return next((row.key for row in (*self._rows[here:], *self._rows[:here]) if row.finding is not None), None)

    @property
    def blocks(self) -> str | None:
        """The first finding that holds the text."""
        return next((row.key for row in self._rows if row.blocks), None)

    @property
    def findings(self) -> list[Finding]:
        return [row.finding for row in self._rows if row.finding is not None]


def desk_rows(
    scene: Scene, incident: Incident, draft: Draft, reading: Reading, statement: Statement | None
) -> DeskRows:
    """Every row for a draft. `statement` is its recorded form where that is exactly this text."""
    passed = {kept.check: kept for kept in _overrides(statement)}
    rows = list(_checks(scene, incident, draft, reading, passed))
    below = [
        *_audiences(scene.words, draft),
        *_promises(scene.words, reading.promised, is_out=statement is not None and statement.is_published),
        *_facts(scene.words, incident, draft),
    ]
    if below:
        rows += [DeskRow("below", ()), *below]
    return DeskRows(rows)


OF_WORDS: frozenset[Group] = frozenset({"voice", "pertinence", "accountability"})
"""The groups that look at what is written; the others also at what goes with it."""


def group_of(scene: Scene, incident: Incident, draft: Draft, group: Group) -> tuple[str, str, str]:
    """Sign, style and words of a group in which nothing was found."""
    t = scene.words.t
    match group:
        case "objective":
            if draft.objective in incident.objectives:
                place = incident.objectives.index(draft.objective) + 1
                return "✓", "$success", t("serves {n}: {objective}", n=place, objective=one_line(draft.objective))
            return "·", "$muted", t("names no objective yet: {key} chooses one", key=scene.key("desk.settings"))
        case "voice":
            tone = one_line(scene.desk.settings.voice.tone)
            return "✓", "$success", tone or t("nothing to say against it")
        case "pertinence":
            asked = one_line(draft.question)
            return (
                "✓",
                "$success",
                t("answers: {question}", question=asked) if asked else t("nothing to say against it"),
            )
        case "spokesperson":
            person = incident.person(draft.spokesperson)
            if person is None:
                return "·", "$muted", one_line(draft.spokesperson) or t("nobody named")
            return "✓", "$success", f"{one_line(person.name)}: {t('severity {n} of 4', n=incident.severity)}"
        case "timing":
            deadline = next_deadline(incident)
            if deadline is None:
                return "✓", "$success", t("nothing is promised")
            left = deadline.at - scene.now
            if left.total_seconds() < 0:
                return "!", "bold $warning", t("{time} late", time=-left)
            return "✓", "$success", t("{time} before the promise", time=left)
        case "accountability":
            cited = ", ".join(fact for fact in draft.facts if fact in incident.facts)
            return "✓", "$success", t("cites {facts}", facts=cited) if cited else t("nothing to say against it")


def _overrides(statement: Statement | None) -> list[Override]:
    if statement is None:
        return []
    return [kept for kept in statement.overrides if kept.digest == statement.head.digest]


def _checks(
    scene: Scene, incident: Incident, draft: Draft, reading: Reading, passed: Mapping[str, Override]
) -> Iterator[DeskRow]:
    """Each group with the worst of its findings, and below it each of them with its reason; the worst come first."""
    words = scene.words
    for group in GROUPS:
        found = [finding for finding in reading.findings if finding.group == group]
        standing = [finding for finding in found if finding.check not in passed]
        worst = min((weight(finding, draft.purpose) for finding in standing), key="BWI".index, default=None)
        sign, style, told = group_of(scene, incident, draft, group)
        if group in OF_WORDS and not reading.has_words:
            sign, style, told = "·", "$muted", words.t("nothing is written yet")
        if worst is not None:
            sign, style = LEVELS[worst]
        elif found:
            sign, style = "!", "bold $warning"
        yield DeskRow(group, (Part(f"{sign} ", style), Part(words.say(GROUP_NAMES[group]), "bold")))
        if not found or group == "objective":
            # What a text serves is said whatever else there is to say: it is what the rest is measured by.
            yield DeskRow(f"{group}/clear", (Part(f"  {told}", "$muted"),), opens="settings")
        for finding in sorted(found, key=lambda one: (one.check in passed, "BWI".index(weight(one, draft.purpose)))):
            key = f"{group}/{finding.check}/{finding.start}"
            span = None if finding.start is None or finding.end is None else (finding.start, finding.end)
            level = weight(finding, draft.purpose)
            parts = _finding(words, finding, level, passed.get(finding.check))
            opens = "".join(MENDED_BY.get(finding.check, ())[:1]).split(".")[-1] if span is None else ""
            yield DeskRow(key, parts, finding, span, opens, level == "B" and finding.check not in passed)


def ways_to_mend(scene: Scene, finding: Finding, *, blocks: bool) -> list[Part]:
    """The keys that lead to what a finding is about, and past it where it holds the text, as they are here; a click
    does the same."""
    if scene.read_only:
        return []
    ids = [*MENDED_BY.get(finding.check, ()), *(("desk.override",) if blocks else ())]
    parts: list[Part] = []
    for place, id in enumerate(ids):
        action, end = f"screen.perform('{id}')", "\n" if place == len(ids) - 1 else "  "
        key = scene.key(id) or key_name("enter", scene.words)
        parts += [Part(f"{key} ", "bold $warning", action), Part(scene.words.say(ACTIONS[id].name) + end, "", action)]
    return parts


def _finding(words: Words, finding: Finding, level: Level, override: Override | None) -> tuple[Part, ...]:
    reason = one_line(words.say(finding.reason))
    if override is not None:
        why = words.t("overridden ({who}): {why}", who=one_line(override.by), why=one_line(override.reason))
        return Part(f"  ! {finding.check} ", "$warning"), Part(why, "$muted")
    sign, style = LEVELS[level]
    mark = "?" if finding.asks else sign
    return (
        Part(f"  {mark} ", style),
        Part(f"{finding.check} ", "$muted"),
        Part(reason, "" if level == "B" else "$muted"),
    )


def _audiences(words: Words, draft: Draft) -> Iterator[DeskRow]:
    """Whom the text does not speak to yet, of the four."""
    missing = [audience for audience in AUDIENCES if audience not in draft.audiences]
    if not missing:
        yield DeskRow(
            "audiences", (Part("✓ ", "$success"), Part(words.t("speaks to all four"), "$muted")), opens="settings"
        )
        return
    names = ", ".join(f"{SEGMENT_MARKS[one]} {words.say(SEGMENT_NAMES[one])}" for one in missing)
    yield DeskRow(
        "audiences",
        (Part("◎ ", "$accent"), Part(words.t("not spoken to yet:") + " ", "$muted"), Part(names)),
        opens="settings",
    )


def _promises(words: Words, promised: Sequence[Proposed], *, is_out: bool) -> Iterator[DeskRow]:
    """What it promises, with who would see to it; Enter jumps to the words."""
    for place, promise in enumerate(promised):
        owner = f"→ {one_line(promise.owner) or '—'}{'' if is_out else '?'}  "
        parts = (
            Part("◇ ", "$accent"),
            Part(f"{words.clock(promise.due_at)} ", "bold"),
            Part(owner),
            Part(one_line(promise.text), "$muted"),
        )
        yield DeskRow(f"promise/{place}", parts, span=(promise.start, promise.end))


def _facts(words: Words, incident: Incident, draft: Draft) -> Iterator[DeskRow]:
    """The facts it cites."""
    for id in draft.facts:
        yield DeskRow(f"fact/{id}", fact_parts(words, incident, id, "$muted"), opens="settings")


def fact_parts(words: Words, incident: Incident, id: str, style: str = "") -> tuple[Part, ...]:
    """A fact that is cited, with its words and whether it holds; one that does not exist is said."""
    fact = incident.facts.get(id)
    if fact is None:
        told = words.t("there is no such fact")
        return Part("✕ ", "bold $error"), Part(f"{one_line(id)} ", "bold"), Part(told)
    holds = fact.status == "confirmed"
    return (
        Part("✓ ", "$success") if holds else Part("! ", "bold $warning"),
        Part(f"{id} ", "bold"),
        Part(f"{words.say(STATUSES[fact.status])}: ", "$muted" if holds else ""),
        Part(one_line(fact.text), style),
    )
