"""A draft on its way between the editor and the log: what it is read for, what was recorded of it, the event that saves
it. Pure: the widget of the editor is in `views/editing.py`."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from warroom.domain.board import Board
from warroom.domain.events import StatementKind, StatementRevised
from warroom.domain.incident import Incident
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Revision, Statement, Unchanged, new_statement_id, revise
from warroom.services.desk import Draft


class Wanted(NamedTuple):
    """What a reading depends on: the same again needs no second one. The checks of the clock look once a minute."""

    text: str
    draft: Draft
    incident: Incident
    answered: frozenset[str]
    minute: int


def is_same(one: Wanted, other: Wanted) -> bool:
    """Whether two readings would be the same. The incident is the same one or it has changed."""
    return one.incident is other.incident and one[:2] == other[:2] and one[3:] == other[3:]


def draft_of(statement: Statement, revision: Revision) -> Draft:
    """What goes with the head, or with the text beside it."""
    return Draft.of(statement if revision is statement.head else replace(statement, revisions=(revision,)))


def recorded(statement: Statement, mark: str | None) -> Revision | None:
    """The head or the rival of this digest."""
    return next((kept for kept in (statement.head, *statement.rivals) if kept.digest == mark), None)


def opened(board: Board) -> Incident:
    if board.incident is None:
        raise Refused(say("No crisis is open."))
    return board.incident


def saved(board: Board, crisis: str, draft: Draft, text: str, base: str | None) -> Sequence[StatementRevised]:
    """The event that saves a draft in the crisis it was written for, open or not; nothing where it is saved already."""
    incident = board.incidents[crisis]
    try:
        return [
            revise(
                incident.statements,
                draft.statement or new_statement_id(incident.statements),
                text,
                purpose=draft.purpose,
                lang=draft.lang,
                networks=draft.networks,
                spokesperson=draft.spokesperson,
                question=draft.question,
                facts=draft.facts,
                objective=draft.objective,
                audiences=draft.audiences,
                corrects=draft.corrects,
                template=draft.template,
                base=base,
            )
        ]
    except Unchanged:
        return []


def next_purpose(incident: Incident) -> StatementKind:
    """What is written next: the first word, then the holding statement, then updates."""
    if incident.first_word_at is None:
        return "first-word"
    return "holding" if incident.holding_at is None else "update"
