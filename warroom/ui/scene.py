"""A scene: everything a view may look at, in one value that is handed down. Views never reach up for more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from warroom.domain.board import Board
from warroom.domain.events import Person
from warroom.domain.humanity import Gauge
from warroom.domain.incident import Incident
from warroom.domain.plan import Plan
from warroom.domain.sentence import Sentence
from warroom.services.desk import Desk
from warroom.services.intake import Health
from warroom.services.replay import Replay
from warroom.services.sorting import Sorting
from warroom.services.words import Words
from warroom.store.windows import MentionReader

Mode: TypeAlias = Literal["calm", "live", "drill", "demo", "replay"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is known now. `now` is aware UTC: the room's clock, in a replay the playhead.

    A dialog stays open longer than a look: what it decides, it decides by `clock()`, the time of the key, and not by
    `now`, the time at which it was opened.
    """

    board: Board
    words: Words
    now: datetime
    clock: Callable[[], datetime]
    mode: Mode
    actor: str
    reader: MentionReader
    health: Sequence[Health] = ()
    elsewhere: bool = False
    """Another console of this room runs the feeds; what they hear comes here through the store."""
    organisation: str = ""
    trouble: Sentence | None = None
    """Why the store cannot be written now."""
    unstored_since: datetime | None = None
    """Since when that is so: what comes in meanwhile is not on the screen."""
    doubt: Sentence | None = None
    """Why the log cannot be believed as a whole."""
    replay: Replay | None = None
    desk: Desk
    """What judges statements."""
    sorting: Sorting
    """What is known of mentions beyond their segments."""
    humanity: Gauge | None = None
    """In calm: how much of our own posts talks of more than selling; None where no account of ours is known."""

    @property
    def incident(self) -> Incident | None:
        return self.board.incident

    @property
    def read_only(self) -> bool:
        return self.replay is not None

    @property
    def minute(self) -> int:
        """Whole minutes since the epoch, as the pulse counts them."""
        return int(self.now.timestamp() // 60)

    @property
    def lost(self) -> list[Health]:
        """The feeds that hear nothing now."""
        return [health for health in self.health if health.state in ("lost", "rejected")]

    @property
    def stale_since(self) -> datetime | None:
        """Since when nothing at all is heard or nothing is stored; then no spike and no calm is claimed."""
        if self.unstored_since is not None:
            return self.unstored_since
        if not self.health or len(self.lost) < len(self.health):
            return None
        return min((health.since for health in self.lost if health.since is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Muster:
    """What a declaration starts with: the plan, who holds which role, the people, the zone (IANA)."""

    plan: Plan
    roles: Mapping[str, str]
    people: Sequence[Person]
    zone: str
