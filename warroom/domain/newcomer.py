"""A source that is new beside others: how long it is, and what is counted of it.

What it brings is more listening and not more talk. For a day it is compared with itself, so that no source raises an
alarm by being added, none is without one, and none becomes what is usual of the others.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from .pulse import Pulse

SETTLED, TOGETHER = timedelta(hours=24), timedelta(hours=1)
"""A source says what is usual after a day of it; those that began within an hour of each other began together."""


class Newcomer(NamedTuple):
    """A new source: since when it is heard, and what it has brought since then, by minute."""

    since: datetime
    pulse: Pulse


def is_new(since: datetime, now: datetime) -> bool:
    """Whether a source that is heard since then is new now. A clock that was wrong when it came makes it no newer."""
    return abs(now - since) < SETTLED


def new_among(since: Mapping[str, datetime], now: datetime) -> dict[str, datetime]:
    """Those of some sources that are new beside the others."""
    first = min(since.values(), default=now)
    return {feed: at for feed, at in since.items() if at - first >= TOGETHER and is_new(at, now)}
