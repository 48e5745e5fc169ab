"""What the config says of listening, put to work on a room: for the console and for `warroom listen`."""

from collections.abc import Sequence

from feeds.base import Feed
from warroom.domain.triage.triage import Triage
from warroom.services.intake import Intake
from warroom.services.keeper import Keeper
from warroom.services.lexicon import load_lexicon
from warroom.services.room import Room
from warroom.services.sorting import Rules, Sorting
from warroom.services.weights import load_weights
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
        sorting=sorting_of(setting, triage),
        learning=config.triage.learning,
        keeper=Keeper(config.pulse.expected_per_minute),
    )


def sorting_of(setting: Setting, triage: Triage) -> Sorting:
    """Who speaks to the organisation, whom it knows, and what it calls urgent, as its config has it."""
    config = setting.config
    rules = Rules(
        accounts=config.organisation.accounts,
        known=config.triage.known,
        weights=load_weights(config.triage.weights),
    )
    return Sorting(triage, rules)
