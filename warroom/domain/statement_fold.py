"""The fold of statements: revisions, who approved which text, where it went out."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from .events import (
    AnyStatementEvent,
    CheckAnswered,
    CheckOverridden,
    LinkAdded,
    Place,
    StatementApproved,
    StatementPublished,
    StatementRevised,
    StatementSentBack,
    StatementSubmitted,
)
from .statement import Approval, Override, Publication, Revision, Statement, Statements, Submission


def written(
    statements: Statements, event: AnyStatementEvent, by: str, at: datetime, roles: Mapping[str, str]
) -> Statements:
    """The statements of a crisis after one more event of theirs; `roles` are who holds what as it happens."""
    known = statements.get(event.statement)
    if isinstance(event, StatementRevised):
        return {**statements, event.statement: _revised(known, event, by, at)}
    if known is None:
        return statements
    match event:
        case StatementSubmitted():
            after = replace(known, submissions=(*known.submissions, _submission(event, by, at)))
        case CheckAnswered():
            after = replace(known, answers=known.answers | {(event.check, event.digest)})
        case CheckOverridden():
            passed = Override(check=event.check, digest=event.digest, by=by, reason=event.reason, at=at)
            after = replace(known, overrides=(*known.overrides, passed))
        case StatementApproved():
            after = replace(known, approvals=(*known.approvals, _approval(event, by, at, roles)))
        case StatementSentBack():
            after = replace(known, sent_back=(*known.sent_back, event))
        case StatementPublished():
            after = replace(known, publications=(*known.publications, publication(event, by)))
        case LinkAdded():
            after = _linked(known, event)
        case _:
            assert_never(event)
    return {**statements, known.id: after}


def _submission(event: StatementSubmitted, by: str, at: datetime) -> Submission:
    return Submission(revision=event.revision, digest=event.digest, by=by, to=event.to, at=at, others=event.others)


def _approval(event: StatementApproved, by: str, at: datetime, roles: Mapping[str, str]) -> Approval:
    return Approval(
        revision=event.revision,
        digest=event.digest,
        by=by,
        at=at,
        solo=event.solo,
        emergency=event.emergency,
        roles=event.roles,
        stood_in=event.stood_in,
        holders=tuple(roles.get(role, "") for role in event.stood_in),
    )


def publication(event: StatementPublished, by: str) -> Publication:
    """What went out where, as it is kept."""
    return Publication(
        revision=event.revision,
        digest=event.digest,
        purpose=event.purpose,
        places=event.places,
        published_at=event.published_at,
        by=by,
    )


def _revised(known: Statement | None, event: StatementRevised, author: str, at: datetime) -> Statement:
    revision = Revision(
        number=event.revision,
        text=event.text,
        purpose=event.purpose,
        lang=event.lang,
        networks=event.networks,
        spokesperson=event.spokesperson,
        question=event.question,
        facts=event.facts,
        objective=event.objective,
        audiences=event.audiences,
        corrects=event.corrects,
        template=event.template,
        author=author,
        at=at,
        co_authors=_co_authors(known, event, author),
    )
    if known is None:
        return Statement(id=event.statement, revisions=(revision,))
    mine = [rival for rival in known.rivals if rival.digest == event.base]
    if event.parents or event.base is None or event.base == known.head.digest:
        kept = tuple(old for old in known.revisions if old.number != event.revision)
        rivals = tuple(rival for rival in known.rivals if rival.digest not in event.parents)
        return replace(known, revisions=(*kept, revision), rivals=rivals)
    # Written on a text that is no longer the head: it stands beside it. Who goes on writing on a rival replaces it.
    rivals = tuple(rival for rival in known.rivals if rival not in mine)
    return replace(known, rivals=(*rivals, revision))


def _co_authors(known: Statement | None, event: StatementRevised, author: str) -> tuple[str, ...]:
    """Who else wrote on a text that brings two together, and on it as it is saved again until it is sent."""
    if known is None:
        return ()
    parents = [text for text in (known.head, *known.rivals) if text.digest in event.parents]
    taken = [text for text in parents if text.text == event.text]
    before = taken or parents
    if not event.parents and known.head.co_authors:
        before = [known.head] if (event.base, event.revision) == (known.head.digest, known.head.number) else []
    return tuple(dict.fromkeys(one for text in before for one in text.authors if one != author))


def _linked(known: Statement, event: LinkAdded) -> Statement:
    def fill(out: Publication) -> Publication:
        if event.digest not in ("", out.digest):
            return out
        places = tuple(
            Place(place.network, event.url)
            if place.network == event.network and place.url == (event.was or None)
            else place
            for place in out.places
        )
        return replace(out, places=places)

    return replace(known, publications=tuple(fill(out) for out in known.publications))
