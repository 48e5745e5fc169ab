"""The demo: a fictional crisis in a room of its own, on a fast clock.

What the script says happened before the person comes is lived through at once, by the same decisions and the same
store as a real crisis; from then on the scenario's mentions arrive as a live feed and the person acts.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from warroom.domain.board import Board
from warroom.domain.events import AnyEvent, Person
from warroom.domain.plan import Plan
from warroom.domain.triage.triage import Triage
from warroom.services.desk import Desk, DeskSettings
from warroom.services.intake import Intake
from warroom.services.lexicon import load_lexicon
from warroom.services.planfile import load_plan
from warroom.services.room import Clock, Room, open_room
from warroom.services.scenario import FastClock, Scenario, ScenarioFeed, load_scenario
from warroom.services.script import decisions
from warroom.services.words import Words

STARTS = timedelta(minutes=59)
"""How far into the scenario a person comes in: 23 minutes after the declaration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A demo under way: everything that a screen stands on."""

    room: Room
    intake: Intake
    desk: Desk
    plan: Plan
    roles: Mapping[str, str]
    people: Sequence[Person]
    organisation: str


@asynccontextmanager
async def open_demo(
    folder: Path, words: Words, *, real: Clock, speed: int, seed: int, calm: bool
) -> AsyncIterator[Demo]:
    """Open an empty folder as the demo's room. With `calm` it starts at the beginning, with nothing declared."""
    scenario = load_scenario("nordavena", words.lang)
    skipped = timedelta(0) if calm else STARTS
    begin = real() - skipped
    told: list[datetime] = [begin]
    triage = Triage(load_lexicon())
    async with open_room(folder, clock=lambda: told[-1], actor=scenario.people[0].initials) as room:
        if not calm:
            await _prologue(room, scenario, triage, words, begin, told)
        clock = FastClock(real(), begin + skipped, speed)
        room.clock = clock.now
        feed = ScenarioFeed(scenario, clock, begin=begin, seed=seed)
        intake = Intake(room, [feed], triage, clock=clock.now)
        settings = DeskSettings(lang=words.lang, cooling_off=timedelta(minutes=2))
        yield Demo(
            room=room,
            intake=intake,
            desk=Desk(settings),
            plan=load_plan(scenario.plan),
            roles=scenario.roles,
            people=scenario.people,
            organisation=scenario.organisation,
        )


async def _prologue(
    room: Room, scenario: Scenario, triage: Triage, words: Words, begin: datetime, told: list[datetime]
) -> None:
    """Mentions and acts up to the moment the person comes, each at its own time."""
    acts = decisions(scenario, begin, words)
    place = 0
    for at, actor, decide in acts:
        if at > begin + STARTS:
            break
        place = await _hear(room, scenario, triage, begin, at, place)
        told.append(at)
        await room.do(decide, actor=actor)
    await _hear(room, scenario, triage, begin, begin + STARTS, place)
    told.append(begin + STARTS)


async def _hear(
    room: Room, scenario: Scenario, triage: Triage, begin: datetime, until: datetime, place: int
) -> int:
    """Store what the scenario says was written until then; returns how far we are."""
    batch, place = scenario.until(begin, until, place)
    if batch:
        read = [(mention, triage.read(mention.text)) for mention in batch.mentions]
        added = await room.mentions.add(read, deleted=batch.deleted, feed="scenario", cursor=str(place).encode())
        for minute, segment, n in added.minutes:
            room.board.pulse.count(minute, segment, n)
        room.board.row = added.last_row
    return place


Decide = Callable[[Board], AnyEvent | Sequence[AnyEvent]]
