"""What is known of a room before a single mention is read: what the frame around every view tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from warroom.domain.board import Board
from warroom.domain.incident import Incident
from warroom.services.health import Health, deaf_since
from warroom.services.keymap import key_of
from warroom.services.replay import Replay
from warroom.services.words import Words
from warroom.ui.keyname import key_name

Mode: TypeAlias = Literal["calm", "live", "drill", "demo", "replay"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """`now` is aware UTC: the room's clock, in a replay the playhead."""

    board: Board
    words: Words
    now: datetime
    mode: Mode
    health: Sequence[Health] = ()
    elsewhere: bool = False
    """Another console of this room runs the feeds; what they hear comes here through the store."""
    organisation: str = ""
    actor: str = ""
    """Who sits here, as they sign; empty in a recording."""
    unstored_since: datetime | None = None
    """Since when the store cannot be written: what comes in meanwhile is not on the screen."""
    just_out: datetime | None = None
    """When the statement was published that went out a moment ago."""
    replay: Replay | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys of one's own by action id."""

    def key(self, id: str) -> str:
        """The key of an action as it is printed: what a sentence tells people to press."""
        return key_name(key_of(id, self.keys), self.words)

    @property
    def incident(self) -> Incident | None:
        return self.board.incident

    @property
    def read_only(self) -> bool:
        return self.replay is not None

    @property
    def lost(self) -> list[Health]:
        """The feeds that hear nothing now."""
        return [health for health in self.health if health.is_lost]

    @property
    def stale_since(self) -> datetime | None:
        """Since when nothing at all is heard or nothing is stored; then no spike and no calm is claimed."""
        return self.unstored_since if self.unstored_since is not None else deaf_since(self.health)

    def since(self, then: datetime) -> timedelta:
        """How long ago something was; a clock that was set back makes it now, and never a time to come."""
        return max(timedelta(0), self.now - then)
