"""The log of an incident as markdown, section by section; each has a module of its own beside this one. Value → text;
writing a file is somebody else's business. The same for programs is in `dossier`, its entries alone in `table`.

The markdown is CommonMark and reads well as plain text. Whatever was written outside is escaped: no raw HTML, no
images, no links but http(s).
"""

from collections.abc import Iterable, Iterator, Sequence

from warroom.domain.board import Board, Line
from warroom.domain.events import (
    IncidentDeclared,
    LeadChanged,
    SeatNamed,
    ShiftHandedOver,
)
from warroom.domain.incident import Incident
from warroom.domain.sentence import Sentence
from warroom.services.learnt import Learnt
from warroom.services.report.after_action import after_action
from warroom.services.report.figures import figures
from warroom.services.report.ledger import facts, promises
from warroom.services.report.marked import clock_in, escaped, when, who
from warroom.services.report.pinned import pinned
from warroom.services.report.plan import plan
from warroom.services.report.redaction import redaction_of, told_lines
from warroom.services.report.statements import statements
from warroom.services.report.timeline import timeline
from warroom.services.words import Words


def markdown(
    board: Board,
    incident: Incident,
    words: Words,
    *,
    redact: bool = False,
    head: str = "",
    doubts: Sequence[Sentence] = (),
    counted: bool = True,
    learnt: Learnt | None = None,
) -> str:
    """The whole log. `words` shows times in its zone; `head` is the log's chain head, if it is known; `doubts` say
    what is to be held against it. Not `counted` are mentions that could not be read."""
    lines = told_lines(board, incident, words, redact=redact)
    sections = (
        _title(lines, incident, words),
        figures(board, incident, words, counted=counted, learnt=learnt),
        _objectives(incident, words),
        plan(board, incident, words),
        timeline(lines, incident, words),
        statements(incident, words),
        facts(incident, words),
        pinned(lines, words),
        promises(incident, words),
        after_action(board, incident, words),
        _proof(lines, words, head, doubts),
    )
    text = "\n".join(line for section in sections for line in section).rstrip() + "\n"
    return redaction_of(board, incident, words).known(text) if redact else text


def _leads(lines: Iterable[Line], incident: Incident, words: Words) -> str:
    """Who led, one after the other, each with the time of their taking over."""
    told: list[str] = []
    for line in lines:
        match line.recorded.data:
            case IncidentDeclared(lead=lead):
                told = [who(incident, lead)]
            case LeadChanged(lead=lead) | ShiftHandedOver(lead=lead) | SeatNamed(role="lead", holder=lead):
                told.append(f"{who(incident, lead)} ({clock_in(line.recorded.at, incident, words)})")
    return " → ".join(told) or who(incident, incident.lead)


def _title(lines: Iterable[Line], incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    marks = {"live": "", "demo": f"{t('DEMO')} · ", "drill": f"{t('DRILL')} · "}
    yield f"# {marks[incident.mode]}{escaped(incident.title)}"
    yield ""
    if incident.organisation:
        yield f"- **{t('Organisation')}**: {escaped(incident.organisation)}"
    yield f"- **{t('Declared')}**: {when(incident.declared_at, words)}"
    first = incident.severities[0]
    yield f"- **{t('Severity')}**: {t('{n} of 4', n=first.severity)}" + "".join(
        f" → {mark.severity} ({clock_in(mark.at, incident, words)}{': ' + escaped(mark.reason) if mark.reason else ''})"
        for mark in incident.severities[1:]
    )
    yield f"- **{t('Lead')}**: {_leads(lines, incident, words)}"
    if incident.people:
        yield f"- **{t('Team')}**: {', '.join(who(incident, person.initials) for person in incident.people)}"
    name = escaped(words.name(incident.plan.name))
    yield f"- **{t('Plan')}**: {name}, {t('version {n}', n=incident.plan.version)}"
    if incident.closed_at is not None:
        yield f"- **{t('Stood down')}**: {when(incident.closed_at, words)}: {escaped(incident.closed_reason)}"
    else:
        yield f"- **{t('Stood down')}**: {t('still open')}"
    yield ""


def _objectives(incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    yield f"## {t('Objectives')}"
    yield ""
    if not incident.objectives:
        yield t("None was written down.")
    for place, objective in enumerate(incident.objectives, 1):
        yield f"{place}. {escaped(objective)}"
    yield ""
    if incident.objectives_at is not None:
        at = clock_in(incident.objectives_at, incident, words)
        yield t("Confirmed by {who} at {time}.", who=who(incident, incident.objectives_by), time=at)
    else:
        yield t("Nobody has confirmed them by name.")
    yield ""


def _proof(lines: Iterable[Line], words: Words, head: str, doubts: Sequence[Sentence]) -> Iterator[str]:
    """What this log can be held against later."""
    t = words.t
    yield "---"
    yield ""
    count = sum(1 for _ in lines)
    yield words.tn(
        "{n} entry. Made by warroom from the recorded events.",
        "{n} entries. Made by warroom from the recorded events.",
        count,
    )
    for doubt in doubts:
        yield ""
        yield f"**{escaped(words.say(doubt))}**"
        yield ""
    if head:
        yield t("Head of the chain: {head}. “warroom verify” computes it again.", head=f"`{head}`")
