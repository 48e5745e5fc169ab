"""Facts and promises: what we hold to be true, and what we said we would do."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from .events import (
    AnyFactEvent,
    AnyPromiseEvent,
    FactRecorded,
    FactStatus,
    FactStatusChanged,
    PromiseAssigned,
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseMissed,
    PromiseMoved,
    Risk,
    RumourAnswered,
)
from .sentence import Refused, say


class Fact(Struct, frozen=True, kw_only=True):
    """A statement about the world with a standing; `id` is what statements cite ("F1"). A rumour is one too: where it
    goes round, what it could do, and what we say to it everywhere."""

    id: str
    text: str
    status: FactStatus
    source: str = ""
    at: datetime
    by: str = ""
    reason: str = ""
    """Why it has its standing, where somebody said so."""
    rumour: bool = False
    channel: str = ""
    risk: Risk = "medium"
    answer: str = ""


class Promise(Struct, frozen=True, kw_only=True):
    """Something said in public that has a time. `kept` is None while it is open."""

    id: str
    text: str
    due_at: datetime
    statement: str = ""
    made_at: datetime
    owner: str = ""
    kept: bool | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    reason: str = ""
    moved: tuple[datetime, ...] = ()
    """The dates it had before, the oldest first."""
    missed: datetime | None = None
    """The last of its dates that passed while it was open, as the log tells it."""

    @property
    def is_open(self) -> bool:
        return self.kept is None


Facts = Mapping[str, Fact]
Promises = Mapping[str, Promise]


def missed(promises: Promises, now: datetime) -> list[PromiseMissed]:
    """The dates that have passed and of which the log does not tell yet."""
    return [
        PromiseMissed(promise=promise.id, due_at=promise.due_at)
        for promise in promises.values()
        if promise.is_open and promise.due_at < now and promise.missed != promise.due_at
    ]


# --- decisions -----------------------------------------------------------------------------------------


def record_fact(
    facts: Facts,
    text: str,
    *,
    status: FactStatus = "confirmed",
    source: str = "",
    rumour: bool = False,
    channel: str = "",
    risk: Risk = "medium",
) -> FactRecorded:
    """Put a fact or a rumour on the table; it gets the next number. What is confirmed says by whom."""
    if not text.strip():
        raise Refused(say("Say the fact in one sentence."))
    return FactRecorded(
        fact=f"F{len(facts) + 1}",
        text=text.strip(),
        status=status,
        source=source.strip(),
        rumour=rumour,
        channel=channel.strip(),
        risk=risk,
    )


def change_fact(facts: Facts, fact: str, status: FactStatus, reason: str = "", source: str = "") -> FactStatusChanged:
    """Confirm, contest or retract a fact. To retract one needs a reason: what we said rests on it."""
    known = _fact(facts, fact)
    if known.status == status:
        raise Refused(say("Fact {fact} already has that standing.", fact=fact))
    if status == "retracted" and not reason.strip():
        raise Refused(say("Say why the fact is taken back: statements may rest on it."))
    return FactStatusChanged(fact=fact, status=status, reason=reason.strip(), source=source.strip())


def answer_rumour(facts: Facts, fact: str, answer: str) -> RumourAnswered:
    """Say what we answer to a rumour, everywhere the same."""
    if not _fact(facts, fact).rumour:
        raise Refused(say("{fact} is not a rumour.", fact=fact))
    if not answer.strip():
        raise Refused(say("Write what we answer to the rumour."))
    return RumourAnswered(fact=fact, answer=answer.strip())


def make_promise(
    promises: Promises, text: str, due_at: datetime, *, statement: str = "", owner: str = ""
) -> PromiseMade:
    """Write down what was promised, with its time; it gets the next number."""
    if not text.strip():
        raise Refused(say("Say what was promised."))
    return PromiseMade(
        promise=f"P{len(promises) + 1}", text=text.strip(), due_at=due_at, statement=statement, owner=owner.strip()
    )


def assign_promise(promises: Promises, promise: str, owner: str) -> PromiseAssigned:
    """Say who sees to it that a promise is kept, by initials."""
    _promise(promises, promise)
    if not owner.strip():
        raise Refused(say("Say who sees to it, by initials."))
    return PromiseAssigned(promise=promise, owner=owner.strip())


def move_promise(promises: Promises, promise: str, due_at: datetime, reason: str) -> PromiseMoved:
    """Give a promise a new date. People were told, so it needs a reason."""
    if due_at == _promise(promises, promise).due_at:
        raise Refused(say("The promise has that date already."))
    if not reason.strip():
        raise Refused(say("Say why the date moves, as people were told."))
    return PromiseMoved(promise=promise, due_at=due_at, reason=reason.strip())


def keep_promise(promises: Promises, promise: str, reason: str = "") -> PromiseKept:
    """What was promised was done."""
    _promise(promises, promise)
    return PromiseKept(promise=promise, reason=reason.strip())


def break_promise(promises: Promises, promise: str, reason: str) -> PromiseBroken:
    """What was promised will not be done: that needs a reason."""
    _promise(promises, promise)
    if not reason.strip():
        raise Refused(say("Say why the promise is not kept."))
    return PromiseBroken(promise=promise, reason=reason.strip())


def _fact(facts: Facts, fact: str) -> Fact:
    known = facts.get(fact)
    if known is None:
        raise Refused(say("There is no fact {fact}.", fact=fact))
    return known


def _promise(promises: Promises, promise: str) -> Promise:
    known = promises.get(promise)
    if known is None:
        raise Refused(say("There is no promise {promise}.", promise=promise))
    if not known.is_open:
        raise Refused(say("Promise {promise} is already settled.", promise=promise))
    return known


# --- folds ---------------------------------------------------------------------------------------------


def stated(facts: Facts, event: AnyFactEvent, by: str, at: datetime) -> Facts:
    if isinstance(event, FactRecorded):
        fact = Fact(
            id=event.fact,
            text=event.text,
            status=event.status,
            source=event.source,
            at=at,
            by=by,
            rumour=event.rumour,
            channel=event.channel,
            risk=event.risk,
        )
        return {**facts, fact.id: fact}
    known = facts.get(event.fact)
    if known is None:
        return facts
    if isinstance(event, RumourAnswered):
        return {**facts, known.id: replace(known, answer=event.answer)}
    changed = replace(
        known, status=event.status, reason=event.reason, source=event.source or known.source, at=at, by=by
    )
    return {**facts, known.id: changed}


def promised(
    promises: Promises,
    event: AnyPromiseEvent,
    by: str,
    at: datetime,
) -> Promises:
    if isinstance(event, PromiseMade):
        made = Promise(
            id=event.promise,
            text=event.text,
            due_at=event.due_at,
            statement=event.statement,
            owner=event.owner,
            made_at=at,
        )
        return {**promises, made.id: made}
    known = promises.get(event.promise)
    if known is None:
        return promises
    match event:
        case PromiseAssigned():
            after = replace(known, owner=event.owner)
        case PromiseMoved():
            after = replace(known, due_at=event.due_at, reason=event.reason, moved=(*known.moved, known.due_at))
        case PromiseMissed():
            after = replace(known, missed=event.due_at)
        case PromiseKept() | PromiseBroken():
            kept = isinstance(event, PromiseKept)
            after = replace(known, kept=kept, ended_at=at, ended_by=by, reason=event.reason or known.reason)
        case _:
            assert_never(event)
    return {**promises, known.id: after}
