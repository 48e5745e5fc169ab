"""A draft on its way between the editor and the log: what was recorded of it, the event that saves it. Pure."""

from collections.abc import Sequence

from msgspec.structs import replace

from warroom.domain.board import Board
from warroom.domain.events import StatementKind, StatementRevised
from warroom.domain.incident import Incident
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Revision, Statement, Unchanged, new_statement_id, revise
from warroom.services.draft import Draft


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
