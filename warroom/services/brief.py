"""The handover brief in words: one screen, the most urgent first, every list cut to what fits and the rest counted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from warroom.domain.handover import Brief, brief
from warroom.domain.incident import Incident
from warroom.domain.names import PURPOSES
from warroom.domain.statement import Statement
from warroom.domain.text import one_line
from warroom.services.words import Words

MOST = 3
"""Things of a kind that the brief names, where there is room; the others are counted."""
LONGEST, LONGEST_TITLE = 60, 120
"""Characters of a text that the brief repeats, and of what the crisis is about."""


def brief_lines(incident: Incident, now: datetime, words: Words, most: int = MOST) -> list[tuple[str, str]]:
    """Heading and text, line by line. Nothing that is empty, except where its being empty is news."""
    stands, t = brief(incident, now), words.t
    lines = [
        (t("Crisis"), _crisis(incident, now, words)),
        (t("Objective"), _short(" · ".join(incident.objectives), 120) or t("none yet")),
        (t("Seats"), _seats(incident, stands, words)),
        (t("Next"), _next(incident, stands, now, words, most)),
        (t("Late"), _some([_step(words, state.step.name, state.owner) for state in stands.late], words, most)),
        (
            t("Promised"),
            _some([_promise(words, one.text, one.due_at, one.owner, now) for one in stands.promises], words, most),
        ),
        (t("Waiting"), _some([_statement(words, one, approved) for one, approved in stands.statements], words, most)),
        (t("Clocks"), _clocks(stands, now, words, most)),
        (
            t("Facts"),
            _some([f"{one.id} {_short(one.text)}" for one in stands.facts], words, most) or t("none is confirmed"),
        ),
        (t("Not confirmed"), _some([f"{one.id} {_short(one.text)}" for one in stands.open_facts], words, most)),
        (t("Rumours"), _some([f"{one.id} {_short(one.text)}" for one in stands.rumours], words, most)),
        (t("People ask"), _some([f"{one.id} {_short(one.text)}" for one in stands.questions], words, most)),
        (t("Undecided"), _some([f"{one.id} {_short(one.text, 30)}" for one in stands.frozen], words, most)),
    ]
    return [(name, text) for name, text in lines if text]


def brief_text(lines: Sequence[tuple[str, str]]) -> str:
    """The brief as it is read, and as its digest is taken."""
    return "\n".join(f"{name}: {text}" for name, text in lines)


def _crisis(incident: Incident, now: datetime, words: Words) -> str:
    ago = words.span(max(timedelta(0), now - incident.declared_at))
    return words.t(
        "{title}, {n} of 4, declared {ago} ago, lead {lead}",
        title=_short(incident.title, LONGEST_TITLE),
        n=incident.severity,
        ago=ago,
        lead=_who(incident, incident.lead),
    )


def _seats(incident: Incident, stands: Brief, words: Words) -> str:
    """Everybody who has a seat that is needed, by person: "AM Lead ✓, PG Communication, Community"."""
    held: dict[str, list[str]] = {}
    for role, holder, here in stands.seats:
        name = words.name(incident.plan.roles[role])
        held.setdefault(holder, []).append(f"{name} ✓" if here else name)
    empty = held.pop("", [])
    told = [f"{one_line(holder)} {', '.join(names)}" for holder, names in held.items()]
    return "; ".join([*told, *([words.t("nobody: {roles}", roles=", ".join(empty))] if empty else [])])


def _next(incident: Incident, stands: Brief, now: datetime, words: Words, most: int) -> str:
    told: list[str] = []
    if stands.deadline is not None:
        left = stands.deadline.at - now
        when = words.t("{time} late", time=-left) if left.total_seconds() < 0 else words.span(left)
        told.append(f"{words.say(stands.deadline.name)} {words.clock(stands.deadline.at)} ({when})")
    for state in stands.next_steps[: most - 1]:
        due = words.clock(state.due_at(incident.declared_at))
        told.append(f"{words.name(state.step.name)} {due} {one_line(state.owner)}".strip())
    return "; ".join(told)


def _clocks(stands: Brief, now: datetime, words: Words, most: int) -> str:
    told = []
    for clock in stands.running:
        left = clock.due_at - now
        when = words.t("{time} late", time=-left) if left.total_seconds() < 0 else words.span(left)
        told.append(f"{words.name(clock.regulator.name)}, {words.name(clock.stage.name)} ({when})")
    if stands.undecided:
        names = ", ".join(words.name(clock.name) for clock in stands.undecided[:most])
        told.append(words.t("undecided: {names}", names=names))
    return _some(told, words, most)


def _some(told: Sequence[str], words: Words, most: int) -> str:
    """The first of them, and how many more there are."""
    shown = "; ".join(told[:most])
    more = len(told) - most
    return f"{shown}; {words.tn('{n} more', '{n} more', more)}" if more > 0 else shown


def _step(words: Words, name: dict[str, str], owner: str) -> str:
    return f"{words.name(name)} ({one_line(owner) or '—'})"


def _promise(words: Words, text: str, due: datetime, owner: str, now: datetime) -> str:
    day = "" if words.day(due) == words.day(now) else f"{words.day(due)} "
    return f"{day}{words.clock(due)} {_short(text)} ({one_line(owner) or '—'})"


def _statement(words: Words, statement: Statement, approved: bool) -> str:
    state = words.t("approved, not out") if approved else words.t("waits for approval")
    return f"{words.say(PURPOSES[statement.head.purpose])} v{statement.head.number} ({state})"


def _short(text: str, length: int = LONGEST) -> str:
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _who(incident: Incident, initials: str) -> str:
    person = incident.person(initials)
    return one_line(person.name if person is not None else initials)
