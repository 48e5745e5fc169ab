"""How the feeds of a room are: what its own process sees of each, and what the log says of them to everybody else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from feeds.base import Bad, Feed
from warroom.domain.board import Board
from warroom.domain.sentence import Sentence

State: TypeAlias = Literal["starting", "live", "lost", "rejected"]


class Health(Struct):
    """How a feed is. Mutable: the feed's own task writes it, everybody else reads."""

    name: str
    source: str
    coverage: Sentence
    state: State = "starting"
    since: datetime | None = None
    retry_at: datetime | None = None
    tries: int = 0
    reason: Sentence | None = None
    last_heard: datetime | None = None
    heard: int = 0
    dropped: int = 0
    bad: int = 0
    bad_last: Sequence[Bad] = ()
    """The last few of what could not be read."""
    told: bool = False
    """Whether the timeline says that it is blind."""
    back_since: datetime | None = None
    """Since when it was blind, where it is back and the timeline does not know yet."""
    caught_up: int = 0
    """Mentions that came in at once when it was back, of what it had missed while it was blind."""
    caught_up_at: int = 0
    """The row up to which that is."""

    @property
    def is_lost(self) -> bool:
        return self.state in ("lost", "rejected")


def health_of(feed: Feed, board: Board) -> Health:
    """A feed before it has said anything; what the log says of its blindness goes on."""
    lost = board.blind.get(feed.name)
    health = Health(feed.name, feed.source, feed.coverage)
    return health if lost is None else Health(feed.name, feed.source, feed.coverage, since=lost.since, told=True)


def as_told(feeds: Sequence[Feed], board: Board) -> list[Health]:
    """The feeds that another process runs, as far as its entries in the log say how they are."""
    told: list[Health] = []
    for feed in feeds:
        lost = board.blind.get(feed.name)
        health = Health(feed.name, feed.source, feed.coverage, state="live")
        if lost is not None:
            health.state, health.since, health.reason = "rejected" if lost.fatal else "lost", lost.since, lost.why
        told.append(health)
    return told


def deaf_since(feeds: Sequence[Health]) -> datetime | None:
    """Since when nothing at all is heard: since the last of the feeds was lost. None while one of them hears."""
    if not feeds or not all(health.is_lost for health in feeds):
        return None
    return max((health.since for health in feeds if health.since is not None), default=None)
