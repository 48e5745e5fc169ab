"""What the config says of listening, put to work on a room: for the console and for `warroom listen`."""

from collections.abc import Sequence

from feeds.base import Feed
from warroom.domain.triage.triage import Triage
from warroom.services.intake import Intake
from warroom.services.keeper import Keeper
from warroom.services.lexicon import load_lexicon
from warroom.services.room import Room
from warroom.services.sorting import Sorting
from warroom.verbs.setting import Setting, now


def intake_of(setting: Setting, room: Room, feeds: Sequence[Feed]) -> Intake:
    """The intake of a room, reading with the organisation's own words and knowing what it calls usual."""
    config = setting.config
    triage = Triage(load_lexicon(*config.triage.lexicon))
    return Intake(
        room,
        feeds,
        triage,
        clock=now,
        sorting=Sorting(triage, accounts=config.organisation.accounts),
        learning=config.triage.learning,
        keeper=Keeper(config.pulse.expected_per_minute),
    )
