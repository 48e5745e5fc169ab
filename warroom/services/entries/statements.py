"""Statements in the timeline: from the first draft to the link of what went out."""

from collections.abc import Sequence
from typing import assert_never

from warroom.domain.checks.names import named
from warroom.domain.events import (
    AnyStatementEvent,
    CheckAnswered,
    CheckOverridden,
    LinkAdded,
    StatementApproved,
    StatementPublished,
    StatementRevised,
    StatementSentBack,
    StatementSubmitted,
)
from warroom.domain.incident import Incident
from warroom.domain.networks import network_name, network_names
from warroom.domain.sentence import Sentence, listed, say
from warroom.services.entries import called
from warroom.services.entries.glyph import Told


def statement(event: AnyStatementEvent, incident: Incident | None) -> Told:
    match event:
        case StatementRevised():
            if event.parents:
                return "¶", say(
                    "{purpose} v{revision}: two texts brought together",
                    purpose=called.text(event.purpose, event.statement),
                    revision=event.revision,
                )
            purpose = called.text(event.purpose, event.statement)
            return "¶", say("{purpose} v{revision} drafted", purpose=purpose, revision=event.revision)
        case StatementSubmitted():
            purpose = called.statement(incident, event.statement)
            if event.to:
                return "¶", say(
                    "{purpose} v{revision} sent to {who} to approve",
                    purpose=purpose,
                    revision=event.revision,
                    who=" · ".join(called.person(incident, who) for who in (event.to, *event.others)),
                )
            return "¶", say("{purpose} v{revision} sent to approve", purpose=purpose, revision=event.revision)
        case CheckAnswered():
            return "¶", say("Check {check} answered with yes", check=named(event.check))
        case CheckOverridden():
            return "!", say("Check {check} overridden: {reason}", check=named(event.check), reason=event.reason)
        case StatementApproved():
            return _approved(event, incident)
        case StatementSentBack():
            return "¶", say(
                "{purpose} v{revision} sent back: {reason}",
                purpose=called.statement(incident, event.statement),
                revision=event.revision,
                reason=event.reason,
            )
        case StatementPublished():
            return "¶", say(
                "Published: {purpose} v{revision} on {networks}",
                purpose=called.text(event.purpose, event.statement),
                revision=event.revision,
                networks=network_names([place.network for place in event.places]),
            )
        case LinkAdded():
            name = network_name(event.network)
            if event.was:
                told = say(
                    "Link corrected for {network}: {url} (was {was})", network=name, url=event.url, was=event.was
                )
                return "¶", told
            return "¶", say("Link added for {network}: {url}", network=name, url=event.url)
        case _:
            assert_never(event)


def _approved(event: StatementApproved, incident: Incident | None) -> Told:
    purpose, revision = called.statement(incident, event.statement), event.revision
    if event.emergency:
        return "!", say(
            "{purpose} v{revision} goes out as approved in calm, the approver being silent: {reason}",
            purpose=purpose,
            revision=revision,
            reason=event.emergency,
        )
    if event.solo:
        return "¶", say(
            "{purpose} v{revision} self-approved: {reason}", purpose=purpose, revision=revision, reason=event.solo
        )
    if event.roles or event.stood_in:
        how = approved_as(incident, event.roles, event.stood_in)
        return "¶", say("{purpose} v{revision} approved, {how}", purpose=purpose, revision=revision, how=how)
    return "¶", say("{purpose} v{revision} approved", purpose=purpose, revision=revision)


def approved_as(incident: Incident | None, roles: Sequence[str], stood_in: Sequence[str]) -> Sentence:
    """In which roles of their own somebody approved, and in whose place."""
    own = listed([called.role(incident, role) for role in roles if role not in stood_in])
    others = listed([called.role(incident, role) for role in stood_in])
    if not stood_in:
        return say("as {roles}", roles=own)
    if not own:
        return say("in the place of {who}", who=others)
    return say("as {roles} and in the place of {who}", roles=own, who=others)
