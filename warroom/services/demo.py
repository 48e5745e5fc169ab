"""The demo: a fictional crisis in a room of its own, on a fast clock.

What the script says happened before the person comes is lived through at once, by the same decisions and the same
store as a real crisis; from then on the scenario's mentions arrive as a live feed and the person acts.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from warroom.domain.events import AnyEvent, Person
from warroom.domain.mention import Kept
from warroom.domain.plan import Plan
from warroom.domain.triage.triage import Triage
from warroom.domain.voice import Voice
from warroom.services.desk import Desk, DeskSettings
from warroom.services.intake import Intake
from warroom.services.keeper import Keeper
from warroom.services.lexicon import load_lexicon
from warroom.services.planfile import load_plan
from warroom.services.room import MENTIONS, Clock, Decision, Room, open_room
from warroom.services.scenario import FastClock, Scenario, ScenarioFeed, load_scenario
from warroom.services.script import Script
from warroom.services.sorting import Rules, Sorting
from warroom.services.words import Words
from warroom.store.windows import Filter, MentionReader

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
    folder: Path,
    words: Words,
    *,
    real: Clock,
    speed: int,
    seed: int,
    calm: bool,
    starts: timedelta = STARTS,
    lived: Keeper | None = None,
    actor: str = "",
) -> AsyncIterator[Demo]:
    """Open an empty folder as the demo's room, `starts` into the scenario. With `calm` it starts at the beginning, with
    nothing declared. `lived` is what `live_through` returned, where the folder has the time before already. `actor` is
    who signs, where that is not the lead of the scenario."""
    scenario = load_scenario("nordavena", words.lang).played_by(actor)
    skipped = timedelta(0) if calm else starts
    begin = real() - skipped
    keeper = lived
    if keeper is None:
        keeper = Keeper(scenario.usual) if calm else await live_through(folder, words, begin, starts, actor)
    clock, triage = FastClock(real, begin + skipped, speed), Triage(load_lexicon())
    async with open_room(folder, clock=clock.now, actor=actor or scenario.people[0].initials) as room:
        feed = ScenarioFeed(scenario.spoken, scenario.lang, clock, begin=begin, seed=seed)
        sorting = Sorting(triage, Rules(accounts=scenario.accounts))
        intake = Intake(room, [feed], triage, clock=clock.now, keeper=keeper, sorting=sorting)
        yield Demo(
            room=room,
            intake=intake,
            desk=_desk(scenario, words),
            plan=load_plan(scenario.plan),
            roles=scenario.roles,
            people=scenario.people,
            organisation=scenario.organisation,
        )


def desk_of_demo(words: Words) -> Desk:
    """The desk on which the demo was written, for who looks at its recording."""
    return _desk(load_scenario("nordavena", words.lang), words)


def _desk(scenario: Scenario, words: Words) -> Desk:
    voice = Voice(tone=scenario.tone)
    return Desk(DeskSettings(lang=words.lang, allowed=("help.nordavena.example",), voice=voice))


async def live_through(folder: Path, words: Words, begin: datetime, skipped: timedelta, actor: str = "") -> Keeper:
    """Fill an empty folder with what happened before the person comes. Returns what the program has noticed."""
    scenario = load_scenario("nordavena", words.lang).played_by(actor)
    told: list[datetime] = [begin]
    triage, keeper = Triage(load_lexicon()), Keeper(scenario.usual)
    async with open_room(folder, clock=lambda: told[-1], actor=scenario.people[0].initials) as room:
        with MentionReader(folder / MENTIONS) as reader:
            plan, desk = load_plan(scenario.plan), _desk(scenario, words)
            script = Script(scenario, begin, words, plan, desk, lambda text: _find(reader, text))
            await _prologue(room, scenario, triage, keeper, script, begin, told, skipped)
    return keeper


async def _prologue(
    room: Room,
    scenario: Scenario,
    triage: Triage,
    keeper: Keeper,
    script: Script,
    begin: datetime,
    told: list[datetime],
    skipped: timedelta,
) -> None:
    """Mentions and acts up to the moment the person comes, each at its own time."""
    place = 0
    for at, actor, decide in script.decisions():
        if at > begin + skipped:
            break
        place = await _live_through(room, scenario, triage, keeper, begin, told, at, place)
        await room.do(decide, actor=actor)
    await _live_through(room, scenario, triage, keeper, begin, told, begin + skipped, place)


async def _live_through(
    room: Room,
    scenario: Scenario,
    triage: Triage,
    keeper: Keeper,
    begin: datetime,
    told: list[datetime],
    until: datetime,
    place: int,
) -> int:
    """Minute by minute: store what was written, record what the program would have noticed. Returns how far we are."""
    while told[-1] < until:
        told.append(min(told[-1] + timedelta(minutes=1), until))
        batch, place = scenario.until(begin, told[-1], place)
        if batch is not None:
            read = [(mention, triage.read(mention.text)) for mention in batch.mentions]
            added = await room.mentions.add(read, deleted=batch.deleted, feed="scenario", cursor=batch.cursor)
            for minute, segment, n in added.minutes:
                room.board.pulse.count(minute, segment, n)
            room.board.row = added.last_row
        events = keeper.notice(room.board, told[-1], hears=True, whole=True)
        if events:
            await room.do(_all(events), actor="auto")
    return place


def _all(events: Sequence[AnyEvent]) -> Decision:
    return lambda board: events


def _find(reader: MentionReader, text: str) -> Kept | None:
    rows = reader.rows(Filter(text=f'"{text}"'), limit=1)
    return reader.get(rows[0]) if rows else None
