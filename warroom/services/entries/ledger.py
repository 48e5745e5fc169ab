"""The ledger in the timeline: facts, rumours, promises."""

from typing import assert_never

from warroom.domain.events import (
    AnyFactEvent,
    AnyPromiseEvent,
    FactRecorded,
    FactStatusChanged,
    PromiseAssigned,
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseMissed,
    PromiseMoved,
    RumourAnswered,
)
from warroom.domain.incident import Incident
from warroom.domain.names import STATUSES
from warroom.domain.sentence import say
from warroom.services.entries import called
from warroom.services.entries.glyph import Glyph, Told


def fact(event: AnyFactEvent) -> Told:
    match event:
        case FactRecorded():
            if event.rumour:
                return "✎", say("Rumour {fact}: {text}", fact=event.fact, text=event.text)
            text = say("Fact {fact}, {status}: {text}", fact=event.fact, status=STATUSES[event.status], text=event.text)
            return "✎", text
        case FactStatusChanged():
            glyph: Glyph = "!" if event.status == "retracted" else "✎"
            status = STATUSES[event.status]
            if event.reason:
                return glyph, say(
                    "Fact {fact} is now {status}: {reason}", fact=event.fact, status=status, reason=event.reason
                )
            return glyph, say("Fact {fact} is now {status}", fact=event.fact, status=status)
        case RumourAnswered():
            return "✎", say("Rumour {fact}, we answer: {answer}", fact=event.fact, answer=event.answer)
        case _:
            assert_never(event)


def promise(event: AnyPromiseEvent, incident: Incident | None) -> Told:
    match event:
        case PromiseMade():
            return "◇", say("Promised for {due}: {text}", due=called.moment(incident, event.due_at), text=event.text)
        case PromiseAssigned():
            return "◇", say(
                "{owner} sees to it: {text}",
                owner=called.person(incident, event.owner),
                text=called.promise(incident, event.promise),
            )
        case PromiseMoved():
            return "◇", say(
                "Promise moved to {due}: {text} ({reason})",
                due=called.moment(incident, event.due_at),
                text=called.promise(incident, event.promise),
                reason=event.reason,
            )
        case PromiseKept():
            return "◇", say("Promise kept: {text}", text=called.promise(incident, event.promise))
        case PromiseMissed():
            return "!", say(
                "Promised for {time} and still open: {text}",
                time=called.moment(incident, event.due_at),
                text=called.promise(incident, event.promise),
            )
        case PromiseBroken():
            return "!", say(
                "Promise not kept: {text} ({reason})", text=called.promise(incident, event.promise), reason=event.reason
            )
        case _:
            assert_never(event)
