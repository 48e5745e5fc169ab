"""Facts and promises: what we hold to be true, and what we said we would do."""

from datetime import datetime

from msgspec import Struct

from .events import FactRecorded, FactStatus, FactStatusChanged, PromiseBroken, PromiseKept, PromiseMade
from .sentence import Refused, say


class Fact(Struct, frozen=True, kw_only=True):
    """A statement about the world with a standing; `id` is what statements cite ("F1")."""

    id: str
    text: str
    status: FactStatus
    source: str = ""
    at: datetime
    by: str = ""


class Promise(Struct, frozen=True, kw_only=True):
    """Something said in public that has a time. `kept` is None while it is open."""

    id: str
    text: str
    due_at: datetime
    statement: str = ""
    made_at: datetime
    kept: bool | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.kept is None


def record_fact(
    facts: "dict[str, Fact]", text: str, *, status: FactStatus = "confirmed", source: str = ""
) -> FactRecorded:
    """Put a fact on the table; it gets the next number."""
    if not text.strip():
        raise Refused(say("Say the fact in one sentence."))
    return FactRecorded(fact=f"F{len(facts) + 1}", text=text.strip(), status=status, source=source.strip())


def change_fact(facts: "dict[str, Fact]", fact: str, status: FactStatus, reason: str = "") -> FactStatusChanged:
    """Confirm, contest or retract a fact."""
    known = facts.get(fact)
    if known is None:
        raise Refused(say("There is no fact {fact}.", fact=fact))
    if known.status == status:
        raise Refused(say("Fact {fact} already has that standing.", fact=fact))
    return FactStatusChanged(fact=fact, status=status, reason=reason)


def make_promise(promises: "dict[str, Promise]", text: str, due_at: datetime, *, statement: str = "") -> PromiseMade:
    """Write down what was promised, with its time; it gets the next number."""
    return PromiseMade(promise=f"P{len(promises) + 1}", text=text, due_at=due_at, statement=statement)


def keep_promise(promises: "dict[str, Promise]", promise: str, reason: str = "") -> PromiseKept:
    """What was promised was done."""
    _open(promises, promise)
    return PromiseKept(promise=promise, reason=reason)


def break_promise(promises: "dict[str, Promise]", promise: str, reason: str) -> PromiseBroken:
    """What was promised will not be done: that needs a reason."""
    _open(promises, promise)
    if not reason.strip():
        raise Refused(say("Say why the promise is not kept."))
    return PromiseBroken(promise=promise, reason=reason.strip())


def _open(promises: "dict[str, Promise]", promise: str) -> Promise:
    known = promises.get(promise)
    if known is None:
        raise Refused(say("There is no promise {promise}.", promise=promise))
    if not known.is_open:
        raise Refused(say("Promise {promise} is already settled.", promise=promise))
    return known
