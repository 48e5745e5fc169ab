"""The stance: what kind of crisis this is, how much blame people give us for it, and what was turned down.

"Unknown" is an honest answer and allows the base response only (playbook 4c, S6).
"""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from .events import Cluster, History, StanceChosen
from .plan import Plan
from .sentence import Refused, say


class Stance(Struct, frozen=True, kw_only=True):
    """As chosen by somebody, at a time. `cause` is a row of data/checks/scct.json, or empty."""

    cluster: Cluster
    cause: str
    history: History
    types: tuple[str, ...]
    reason: str
    turned_down: str
    by: str
    at: datetime


def choose_stance(
    plan: Plan,
    cluster: Cluster,
    *,
    cause: str = "",
    history: History = "unknown",
    types: Collection[str] = (),
    reason: str = "",
    turned_down: str = "",
) -> StanceChosen:
    """Say what kind of crisis it is. A cluster that is known needs its reason: the log is read by others later."""
    unknown = sorted(set(types) - set(plan.types))
    if unknown:
        raise Refused(say("The plan has no type of crisis {type}.", type=unknown[0]))
    if cluster != "unknown" and not reason.strip():
        raise Refused(say("Say why: what do we know that makes it this kind of crisis?"))
    return StanceChosen(
        cluster=cluster,
        cause=cause,
        history=history,
        types=tuple(type for type in plan.types if type in types),
        reason=reason.strip(),
        turned_down=turned_down.strip(),
    )


def chosen(event: StanceChosen, by: str, at: datetime) -> Stance:
    return Stance(
        cluster=event.cluster,
        cause=event.cause,
        history=event.history,
        types=event.types,
        reason=event.reason,
        turned_down=event.turned_down,
        by=by,
        at=at,
    )
