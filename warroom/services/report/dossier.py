"""The whole crisis as data: what the markdown tells, for programs. Keys are stable, times UTC in RFC 3339.

What the domain holds as a value (a fact, an approval, a promise) keeps its own names; a value that is not known is
null, and no key is ever left out. The keys are described in docs/export.md; a new one may come, none goes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct

from warroom.domain.board import Board
from warroom.domain.clocks import applying, due_at
from warroom.domain.corrections import shaken
from warroom.domain.effect import WINDOWS, effect
from warroom.domain.events import MentionRanked
from warroom.domain.incident import Incident
from warroom.domain.mention import SEGMENTS
from warroom.domain.pinned import pinned_mentions
from warroom.domain.sentence import Sentence
from warroom.domain.silence import longest_silence
from warroom.domain.statement import Statement
from warroom.domain.text import one_line
from warroom.services.learnt import Learnt, as_data, label_rows
from warroom.services.report.redaction import redaction_of, told_lines
from warroom.services.report.table import rows, utc
from warroom.services.words import Words

FORMAT = 2
"""1 held the head and the entries only."""

Data = dict[str, Any]


def as_json(
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
    """One object. `head` is the log's chain head, if it is known; what could not be counted is null."""
    body = {
        **_head(incident),
        "figures": _figures(board, incident, counted=counted),
        **_objectives(incident),
        "stance": plain_data(incident.stance),
        "plan": _plan(board, incident, words),
        "statements": [_statement(statement) for statement in incident.statements.values()],
        "shaken": plain_data(shaken(incident)),
        "facts": _listed(incident.facts),
        "promises": _listed(incident.promises),
        "questions": _listed(incident.questions),
        "freeze": _listed(incident.freeze),
        "clocks": list(_clocks(incident, words)),
        "actions": _listed(incident.actions),
        "lessons": plain_data(incident.lessons),
        "mentions": list(_mentions(board, incident, words, redact=redact)),
        "rankings": list(_rankings(board, incident, redact=redact)),
        "readings": as_data(learnt) if learnt is not None else None,
        "labels": list(_labels(board, incident, words, redact=redact)),
        "effects": list(_effects(board, incident)) if counted else None,
        "entries": list(rows(board, incident, words, redact=redact)),
        "head": head or None,
        "doubts": [words.say(doubt) for doubt in doubts],
    }
    if redact:
        body = _without(body, redaction_of(board, incident, words).known)
    return msgspec.json.format(msgspec.json.encode(body), indent=2).decode() + "\n"


def _without(value: Any, hide: Callable[[str], str]) -> Any:
    """The same data, every text in it hidden as it has to be."""
    match value:
        case str():
            return hide(value)
        case dict():
            return {key: _without(one, hide) for key, one in value.items()}
        case list():
            return [_without(one, hide) for one in value]
        case _:
            return value


def plain_data(value: Any) -> Any:
    """A value of the domain as JSON knows it: every field by its own name, sets in order, times in UTC."""
    match value:
        case Struct():
            return {name: plain_data(getattr(value, name)) for name in value.__struct_fields__}
        case datetime():
            return utc(value)
        case Enum():
            return value.value
        case Mapping():
            return {str(key): plain_data(one) for key, one in value.items()}
        case Set():
            return sorted(plain_data(one) for one in value)
        case list() | tuple():
            return [plain_data(one) for one in value]
        case _:
            return value


# --- the parts -----------------------------------------------------------------------------------------


def _listed(nouns: Mapping[str, Struct]) -> list[Any]:
    return [plain_data(noun) for noun in nouns.values()]


def _maybe(at: datetime | None) -> str | None:
    return None if at is None else utc(at)


def _head(incident: Incident) -> Data:
    return {
        "format": FORMAT,
        "incident": incident.id,
        "title": incident.title,
        "mode": incident.mode,
        "organisation": incident.organisation,
        "zone": incident.zone,
        "declared_at": utc(incident.declared_at),
        "closed_at": _maybe(incident.closed_at),
        "closed_reason": incident.closed_reason,
        "severity": incident.severity,
        "severities": plain_data(incident.severities),
        "lead": incident.lead,
        "roles": plain_data(incident.roles),
        "seats": plain_data(incident.seats),
        "people": plain_data(incident.people),
        "handed_over_at": _maybe(incident.handed_over_at),
    }


def _figures(board: Board, incident: Incident, *, counted: bool) -> Data:
    """The same numbers as in the markdown; lengths are in whole seconds."""
    length, since, until = longest_silence(board, incident)
    return {
        "first_mention_at": _maybe(incident.first_mention_at),
        "first_word_at": _maybe(incident.first_word_at),
        "first_word_target_min": incident.plan.first_word,
        "holding_at": _maybe(incident.holding_at),
        "holding_target_min": incident.plan.holding,
        "longest_silence": {"seconds": int(length.total_seconds()), "since": utc(since), "until": utc(until)},
        "mentions": board.row if counted else None,
        "audiences": [
            {
                "segment": segment.value,
                "mentions": board.pulse.of(segment),
                "answered": board.desk.answered(segment),
                "handled": board.desk.handled(segment),
            }
            for segment in reversed(SEGMENTS)
        ]
        if counted
        else None,
    }


def _objectives(incident: Incident) -> Data:
    return {
        "objectives": list(incident.objectives),
        "objectives_confirmed_by": incident.objectives_by or None,
        "objectives_confirmed_at": _maybe(incident.objectives_at),
    }


def _plan(board: Board, incident: Incident, words: Words) -> Data:
    """The plan's name and its steps as they stand at the end of the crisis, or of the log."""
    plan, declared, end = incident.plan, incident.declared_at, board.ended_at(incident)
    return {
        "id": plan.id,
        "version": plan.version,
        "name": words.name(plan.name),
        "proofs": incident.proofs,
        "steps": [
            {
                "id": state.id,
                "name": words.name(state.step.name),
                "owner": state.owner,
                "backup": state.backup,
                "due_min": state.due,
                "due_at": utc(state.due_at(declared)),
                "standing": state.standing(declared, end).value,
                "done_at": _maybe(state.done_at),
                "done_by": state.done_by,
                "done_reason": state.done_reason,
                "rounds": [{"at": utc(done.at), "by": done.by, "due_min": done.due} for done in state.rounds],
                "not_needed": state.skipped,
                "escalated_to": state.escalated_to,
                "items": [
                    {"id": item.id, "name": words.name(item.name), "done": item.id in state.ticked}
                    for item in state.step.items
                ],
            }
            for state in incident.steps.values()
        ],
    }


def _statement(statement: Statement) -> Data:
    """A statement whole: approvals, overrides and publications name the text they are about by its digest."""
    told: Data = plain_data(statement)
    told["revisions"] = [{**plain_data(one), "digest": one.digest} for one in statement.revisions]
    told["rivals"] = [{**plain_data(one), "digest": one.digest} for one in statement.rivals]
    told["answers"] = [{"check": check, "digest": digest} for check, digest in sorted(statement.answers)]
    return told


def _clocks(incident: Incident, words: Words) -> Iterator[Data]:
    """The clocks that may apply; one that nobody touched has neither a start nor a reason."""
    for regulator in applying(incident.plan, incident.types):
        state = incident.clocks.get(regulator.id)
        started = state.started_at if state is not None else None
        stages = []
        for stage in regulator.stages:
            met = state.met.get(stage.id) if state is not None else None
            stages.append(
                {
                    "id": stage.id,
                    "name": words.name(stage.name),
                    "due_at": _maybe(due_at(stage, started)) if started is not None else None,
                    "met_at": utc(met[0]) if met is not None else None,
                    "met_by": met[1] if met is not None else None,
                    "reference": met[2] if met is not None else None,
                }
            )
        yield {
            "id": regulator.id,
            "name": words.name(regulator.name),
            "started_at": _maybe(started),
            "started_by": state.started_by if state is not None else "",
            "excluded": state.excluded if state is not None else None,
            "excluded_by": state.excluded_by if state is not None else "",
            "stages": stages,
        }


def _mentions(board: Board, incident: Incident, words: Words, *, redact: bool) -> Iterator[Data]:
    """What was pinned and escalated. Redacted, a mention has neither a name nor a link, nor a key that leads to one."""
    for ref in pinned_mentions(told_lines(board, incident, words, redact=redact)):
        yield {
            "key": None if redact else ref.key,
            "source": ref.network,
            "author": one_line(ref.author),
            "at": _maybe(ref.at),
            "reach": ref.people,
            "segment": ref.segment.value if ref.segment else None,
            "text": one_line(ref.excerpt),
            "url": None if redact else ref.url,
        }


def _rankings(board: Board, incident: Incident, *, redact: bool) -> Iterator[Data]:
    """Where somebody read a mention sooner or later than its points say, with what stood there. Redacted, without
    the key that leads to its author."""
    for recorded in board.rankings.get(incident.id, ()):
        said = recorded.data
        if isinstance(said, MentionRanked):
            yield {
                "key": None if redact else said.mention.key,
                "at": utc(recorded.at),
                "by": recorded.actor,
                "rank": said.rank,
                "points": said.points,
                "before": said.before,
                "taken_back": recorded.id in board.taken_back,
            }


def _labels(board: Board, incident: Incident, words: Words, *, redact: bool) -> Iterator[Data]:
    hide = redaction_of(board, incident, words).said_outside if redact else None
    for row in label_rows(board, incident.id, hide):
        yield {**row, "at": utc(row["at"])}


def _effects(board: Board, incident: Incident) -> Iterator[Data]:
    """Shares before and after each statement, with the numbers they rest on; never a cause."""
    end = board.ended_at(incident)
    for out in incident.spoken:
        for minutes in WINDOWS:
            found = effect(board.pulse, out.published_at, minutes, end)
            if found is not None and found.n_before + found.n_after:
                yield {
                    "digest": out.digest,
                    "purpose": out.purpose,
                    "published_at": utc(out.published_at),
                    "minutes": minutes,
                    "n_before": found.n_before,
                    "n_after": found.n_after,
                    "before": plain_data(found.before),
                    "after": plain_data(found.after),
                    "verdict": found.verdict,
                }
