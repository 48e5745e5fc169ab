"""A drill: an exercise under way, in a room of its own, on a clock that may run faster.

Who practises acts; the others of the team bring in what they find, say that they are here, and answer when a text is
sent to them. They decide by the same rules as anybody, and the log shows it with their names.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from warroom.domain.approval import approve, standing
from warroom.domain.board import Board
from warroom.domain.events import AnyEvent, Person
from warroom.domain.incident import Incident, add_note
from warroom.domain.ledger import record_fact
from warroom.domain.plan import Plan
from warroom.domain.seats import take_seat
from warroom.domain.sentence import Refused
from warroom.domain.triage.triage import Triage
from warroom.domain.voice import Voice
from warroom.services.desk import Desk, DeskSettings
from warroom.services.exercise import Exercise, Told
from warroom.services.intake import Intake
from warroom.services.lexicon import load_lexicon
from warroom.services.planfile import load_plan
from warroom.services.room import Clock, Decision, Room, group_of_writes, open_room
from warroom.services.scenario import FastClock, ScenarioFeed
from warroom.services.words import Words
from warroom.store.errors import StoreError

SEATED, ANSWERS = timedelta(minutes=2), timedelta(minutes=2)
"""How long the others take to say that they are here, and to read a text that was sent to them."""
LOOKS = 0.25
"""Seconds between two looks of those who play along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A drill under way: everything that a screen stands on. `ends` is on the drill's own clock."""

    room: Room
    intake: Intake
    desk: Desk
    plan: Plan
    roles: Mapping[str, str]
    people: Sequence[Person]
    organisation: str
    exercise: Exercise
    begun: datetime
    ends: datetime


@asynccontextmanager
async def open_drill(
    folder: Path, exercise: Exercise, words: Words, *, real: Clock, speed: int, actor: str
) -> AsyncIterator[Drill]:
    """Open an empty folder as the room of a drill, with nothing declared and the first mentions there."""
    script = exercise.script
    begun = real()
    begin = begun - timedelta(minutes=script.begins)
    clock = FastClock(real, begun, speed)
    plan = load_plan(script.plan)
    desk = Desk(DeskSettings(lang=words.lang, allowed=script.allowed, voice=Voice(tone=words.name(script.tone))))
    async with open_room(folder, clock=clock.now, actor=actor) as room:
        feed = ScenarioFeed(exercise.spoken, exercise.lang, clock, begin=begin, seed=0)
        intake = Intake(room, [feed], Triage(load_lexicon()), clock=clock.now)
        drill = Drill(
            room=room,
            intake=intake,
            desk=desk,
            plan=plan,
            roles=exercise.roles(actor),
            people=exercise.people(actor),
            organisation=script.organisation,
            exercise=exercise,
            begun=begun,
            ends=begun + script.length,
        )
        async with group_of_writes() as others:
            played = others.create_task(_play(drill, Others(exercise, begin, words, actor), clock))
            try:
                yield drill
            finally:
                played.cancel()


async def _play(drill: Drill, others: "Others", clock: FastClock) -> None:
    """Let the others do what is due, until the time is up."""
    while clock.now() < drill.ends:
        for who, decide in others.due(drill.room.board, clock.now()):
            try:
                await drill.room.do(decide, actor=who)
            except (Refused, StoreError):
                continue  # somebody was quicker; of a full disk the person hears by their own acts
        await asyncio.sleep(LOOKS)


class Others:
    """Those who play along. What they did they do not do again."""

    def __init__(self, exercise: Exercise, begin: datetime, words: Words, actor: str) -> None:
        self._words = words
        self._actor = actor
        self._begin = begin
        self._waiting = list(exercise.script.told)

    def due(self, board: Board, now: datetime) -> list[tuple[str, Decision]]:
        """Who does what at this moment."""
        incident = board.incident
        acts = self._bring(incident, now)
        if incident is not None:
            acts += self._sit_down(incident, now)
            acts += self._read(incident, now)
        return acts

    def _bring(self, incident: Incident | None, now: datetime) -> list[tuple[str, Decision]]:
        """What they have found out. A fact has its place in a crisis alone, and waits for one."""
        due = [told for told in self._waiting if self._begin + timedelta(minutes=told.at) <= now]
        ready = [told for told in due if incident is not None or told.do == "note"]
        self._waiting = [told for told in self._waiting if told not in ready]
        return [(told.by, self._decision(told, now)) for told in ready]

    def _decision(self, told: Told, now: datetime) -> Decision:
        text, source = self._words.name(told.text), self._words.name(told.source)

        def decide(board: Board) -> AnyEvent | Sequence[AnyEvent]:
            if told.do == "note" or board.incident is None:
                return add_note(text, now=now)
            return record_fact(dict(board.incident.facts), text, source=source)

        return decide

    def _sit_down(self, incident: Incident, now: datetime) -> list[tuple[str, Decision]]:
        if now - incident.declared_at < SEATED:
            return []
        open_seats = [(role, who) for role, who in incident.roles.items() if role not in incident.seats]
        return [(who, _here(role, who)) for role, who in open_seats if who not in ("", self._actor)]

    def _read(self, incident: Incident, now: datetime) -> list[tuple[str, Decision]]:
        """Approve what has waited long enough. They trust the checks; what those say against it stands in the log."""
        acts: list[tuple[str, Decision]] = []
        for statement in incident.statements.values():
            stands = standing(incident, statement, now)
            if not stands.awaits:
                continue
            for asked in stands.missing:
                if asked.since is None or now - asked.since < ANSWERS:
                    continue
                able = [asked.holder] if not asked.absence else list(asked.stand_ins)
                acts += [(who, _yes(statement.id, who, now)) for who in able[:1] if who not in ("", self._actor)]
        return acts


def _here(role: str, who: str) -> Decision:
    def decide(board: Board) -> AnyEvent | Sequence[AnyEvent]:
        incident = board.incident
        return [] if incident is None else take_seat(incident.plan, incident.roles, incident.seats, role, who)

    return decide


def _yes(statement: str, who: str, now: datetime) -> Decision:
    def decide(board: Board) -> AnyEvent | Sequence[AnyEvent]:
        incident = board.incident
        known = incident.statements.get(statement) if incident is not None else None
        if incident is None or known is None:
            return []
        return approve(incident, known, by=who, digest=known.head.digest, now=now)

    return decide
