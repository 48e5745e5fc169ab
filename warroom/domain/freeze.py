"""The freeze list: what would go out by itself while we burn. Each item is held, or released by somebody's name."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from .events import AnyFreezeEvent, FreezeHeld, FreezeListed, FreezeReleased
from .sentence import Refused, say

Standing: TypeAlias = Literal["open", "held", "released"]


class Frozen(Struct, frozen=True, kw_only=True):
    """A scheduled post or an ad. `by` and `at` are of the last act on it; an item of standing "open" is undecided."""

    id: str
    text: str
    place: str
    goes_out_at: datetime | None
    standing: Standing = "open"
    reason: str = ""
    by: str
    at: datetime


Freeze = Mapping[str, Frozen]


class Scheduled(Struct, frozen=True, kw_only=True):
    """Something that would go out by itself, before it is on the list."""

    text: str
    place: str = ""
    goes_out_at: datetime | None = None


# --- decisions -----------------------------------------------------------------------------------------


def list_item(freeze: Freeze, text: str, *, place: str = "", goes_out_at: datetime | None = None) -> FreezeListed:
    """Put something on the list; it gets the next number."""
    if not text.strip():
        raise Refused(say("Say what is scheduled."))
    return FreezeListed(
        item=f"Z{len(freeze) + 1}", text=" ".join(text.split()), place=place.strip(), goes_out_at=goes_out_at
    )


def list_all(freeze: Freeze, scheduled: Sequence[Scheduled]) -> list[FreezeListed]:
    """Put on the list what is not on it yet: importing the same file twice changes nothing."""
    known = {(item.text, item.place, item.goes_out_at) for item in freeze.values()}
    events: list[FreezeListed] = []
    for one in scheduled:
        text, place = " ".join(one.text.split()), one.place.strip()
        if text and (text, place, one.goes_out_at) not in known:
            known.add((text, place, one.goes_out_at))
            number = len(freeze) + len(events) + 1
            events.append(FreezeListed(item=f"Z{number}", text=text, place=place, goes_out_at=one.goes_out_at))
    if not events:
        raise Refused(say("Everything in it is on the freeze list already."))
    return events


def hold(freeze: Freeze, item: str) -> FreezeHeld:
    """It was stopped."""
    if _known(freeze, item).standing == "held":
        raise Refused(say("{item} is already held.", item=item))
    return FreezeHeld(item=item)


def release(freeze: Freeze, item: str, reason: str = "") -> FreezeReleased:
    """It may go out after all, by name. Before it was held that needs a reason."""
    known = _known(freeze, item)
    if known.standing == "released":
        raise Refused(say("{item} is already released.", item=item))
    if known.standing == "open" and not reason.strip():
        raise Refused(say("Say why this may go out in the middle of the crisis."))
    return FreezeReleased(item=item, reason=reason.strip())


def _known(freeze: Freeze, item: str) -> Frozen:
    if item not in freeze:
        raise Refused(say("There is no {item} on the freeze list.", item=item))
    return freeze[item]


# --- folds ---------------------------------------------------------------------------------------------


def settled(freeze: Freeze, event: AnyFreezeEvent, by: str, at: datetime) -> Freeze:
    if isinstance(event, FreezeListed):
        item = Frozen(id=event.item, text=event.text, place=event.place, goes_out_at=event.goes_out_at, by=by, at=at)
        return {**freeze, item.id: item}
    known = freeze.get(event.item)
    if known is None:
        return freeze
    if isinstance(event, FreezeHeld):
        return {**freeze, known.id: replace(known, standing="held", reason="", by=by, at=at)}
    return {**freeze, known.id: replace(known, standing="released", reason=event.reason, by=by, at=at)}
