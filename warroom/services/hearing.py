"""Whether a room hears anything now, for whoever looks at it from outside: nothing is claimed from stale data."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from warroom.domain.board import Board
from warroom.services.room import MENTIONS
from warroom.store.windows import MentionReader


class Hearing(Struct, frozen=True, kw_only=True):
    """`listens`: a console or `warroom listen` runs the feeds. `lost` are names of feeds, `until` the moment up to
    which what is kept holds; None where the room has heard nothing yet."""

    listens: bool
    lost: Sequence[str] = ()
    all_lost: bool = False
    until: datetime | None = None

    @property
    def is_live(self) -> bool:
        return self.listens and not self.all_lost


def hearing(folder: Path, feeds: Sequence[str], board: Board, now: datetime) -> Hearing:
    """Ask the store who listens, and the log which of the feeds are blind. Raises `StoreError`."""
    path = folder / MENTIONS
    if not path.exists():
        return Hearing(listens=False)
    with MentionReader(path) as reader:
        listens = reader.is_listened_to(now)
        span = reader.received_span(board.row - 1, board.row)
    last = span[1] if span is not None else None
    blind = {name: board.blind[name].since for name in feeds if name in board.blind}
    if not listens:
        return Hearing(listens=False, lost=tuple(blind), until=last)
    if blind and len(blind) == len(feeds):
        return Hearing(listens=True, lost=tuple(blind), all_lost=True, until=max(blind.values()))
    return Hearing(listens=True, lost=tuple(blind), until=now)
