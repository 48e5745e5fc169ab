"""A crisis in the timeline: declared, how severe, its times, who leads and who is there, over and opened again."""

from typing import assert_never

from warroom.domain.events import (
    AnyIncidentEvent,
    AvailabilityChanged,
    IncidentDeclared,
    LeadChanged,
    ObjectivesConfirmed,
    Reopened,
    SeverityChanged,
    ShiftHandedOver,
    StanceChosen,
    StoodDown,
    TimesCorrected,
    TitleCorrected,
)
from warroom.domain.incident import Incident
from warroom.domain.names import CLUSTERS
from warroom.domain.sentence import Sentence, say
from warroom.services.entries import called
from warroom.services.entries.glyph import Told


def crisis(event: AnyIncidentEvent, incident: Incident | None) -> Told:
    match event:
        case IncidentDeclared():
            return "◆", say(
                "Declared: {title}. Severity {severity} of 4; lead {lead}",
                title=event.title,
                severity=event.severity,
                lead=called.person(incident, event.lead),
            )
        case SeverityChanged():
            if event.reason:
                return "◆", say(
                    "Severity is now {severity} of 4: {reason}", severity=event.severity, reason=event.reason
                )
            return "◆", say("Severity is now {severity} of 4", severity=event.severity)
        case TimesCorrected():
            return "◆", _times(event)
        case TitleCorrected():
            return "◆", say("What is happening, in other words: {title}", title=event.title)
        case ObjectivesConfirmed():
            return "✓", say("Objectives confirmed: {objectives}", objectives=" · ".join(event.objectives))
        case LeadChanged():
            return "◆", say("Lead is now {lead}", lead=called.person(incident, event.lead))
        case ShiftHandedOver():
            return "◆", say(
                "Shift handed over: {lead} has read the brief and leads", lead=called.person(incident, event.lead)
            )
        case StanceChosen():
            if event.reason:
                return "◆", say(
                    "Kind of crisis: {cluster} ({reason})", cluster=CLUSTERS[event.cluster], reason=event.reason
                )
            return "◆", say("Kind of crisis: {cluster}", cluster=CLUSTERS[event.cluster])
        case AvailabilityChanged():
            who = called.person(incident, event.who)
            return "✓", say("{who} is available", who=who) if event.available else say(
                "{who} is not available", who=who
            )
        case StoodDown():
            return "◆", say("Stood down: {reason}", reason=event.reason)
        case Reopened():
            return "◆", say("Opened again: {reason}", reason=event.reason)
        case _:
            assert_never(event)


def _times(event: TimesCorrected) -> Sentence:
    """The times that hold now; the old ones stand in their own lines."""
    at, first, why = event.declared_at, event.first_mention_at, event.reason
    if at is not None and first is not None:
        return say("Times corrected: declared {at}, first mention {first}: {reason}", at=at, first=first, reason=why)
    if at is not None:
        return say("Time of the declaration corrected to {at}: {reason}", at=at, reason=why)
    return say("Time of the first mention corrected to {at}: {reason}", at=first or "", reason=why)
