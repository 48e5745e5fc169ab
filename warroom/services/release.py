"""Releasing a text: the record that it went out, the promise that it keeps, and the promises that it makes."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from warroom.domain.approval import approve_in_emergency, must_be_approved
from warroom.domain.board import Board
from warroom.domain.events import AnyEvent, Place, PromiseMade, StatementApproved, StatementPublished
from warroom.domain.incident import Incident
from warroom.domain.ledger import Promise, assign_promise, keep_promise
from warroom.domain.networks import reaches_public
from warroom.domain.publishing import publish
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Statement, must_be_read
from warroom.domain.statement_fold import written
from warroom.services.desk import Desk, Proposed


def release(
    desk: Desk,
    board: Board,
    statement: str,
    places: tuple[Place, ...],
    now: datetime,
    *,
    emergency: tuple[str, str] | None = None,
    owners: Sequence[str] = (),
    read: str = "",
) -> Sequence[AnyEvent]:
    """Publish, in one decision.

    `emergency` is who lets a text approved in calm go past a silent approver, and why. `owners` are who sees to each
    promise of the text, in its order, where that is not who was proposed. `read` is the digest of what was reviewed:
    nobody publishes a text that they have not seen.
    """
    incident = board.incident
    if incident is None:
        raise Refused(say("No crisis is open."))
    known = incident.statements.get(statement)
    if known is None:
        raise Refused(say("There is no text yet."))
    if read:
        must_be_read(known, read)
    events: list[AnyEvent] = []
    if emergency is not None:
        by, reason = emergency
        passed = pass_silence(desk, incident, known, by=by, reason=reason, now=now)
        events.append(passed)
        known = written({known.id: known}, passed, by, now, incident.roles)[known.id]
    out = publish(known, places=places, blocking=desk.blocking(known, incident, now), now=now)
    events.append(out)
    must_be_approved(incident, known, now)
    if not any(done.digest == out.digest for done in known.publications):
        events += _promises(desk, incident, known, out, owners)
    return events


def pass_silence(
    desk: Desk, incident: Incident, statement: Statement, *, by: str, reason: str, now: datetime
) -> StatementApproved:
    """Let the head go out past a silent approver, where it only fills the gaps of a text approved in calm."""
    head = statement.head
    prepared = desk.template(head.template, head.lang)
    return approve_in_emergency(incident, statement, prepared=prepared, by=by, reason=reason, now=now)


def _promises(
    desk: Desk, incident: Incident, statement: Statement, out: StatementPublished, owners: Sequence[str]
) -> Iterator[AnyEvent]:
    """The promise that a text keeps by going out, and those that it makes."""
    head = statement.head
    made = desk.promised(head.text, head.lang, incident, out.published_at)
    kept = keeps(incident, [place.network for place in out.places], made)
    if kept is not None:
        yield keep_promise(incident.promises, kept.id)
    number = len(incident.promises)
    for place, found in enumerate(made):
        owner = (owners[place].strip() if place < len(owners) else "") or found.owner
        if not found.known:
            number += 1
            yield PromiseMade(
                promise=f"P{number}", text=found.text, due_at=found.due_at, statement=statement.id, owner=owner
            )
        elif owner != incident.promises[found.known].owner:
            yield assign_promise(incident.promises, found.known, owner)


def keeps(incident: Incident, networks: Collection[str], made: Sequence[Proposed]) -> Promise | None:
    """The promise that a text keeps by going out: the next one, unless the text only says it again.

    What was promised in public is kept in public, and what was promised to our own people among them.
    """
    public = reaches_public(networks)
    waiting = [promise for promise in incident.open_promises if _made_in_public(incident, promise) == public]
    if not waiting or waiting[0].id in {promise.known for promise in made}:
        return None
    return waiting[0]


def _made_in_public(incident: Incident, promise: Promise) -> bool:
    """Whether the text that made it could be read outside; a promise that no text made counts as one in public."""
    statement = incident.statements.get(promise.statement)
    out = statement.publications if statement is not None else ()
    return not out or any(one.is_public for one in out)
