"""A scenario: a fictional crisis as mentions with their times, its people, and what they did. Read from data files."""

import random
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Literal

import msgspec
from msgspec import Struct, structs

from feeds.base import Batch, Clock, poll
from warroom.domain.events import Cluster, Person, StatementKind
from warroom.domain.mention import Deleted, Kind, Mention, Segment
from warroom.domain.sentence import Sentence, say

HOME = Path(__file__).resolve().parent.parent / "data" / "scenarios"
JITTER = 1.5
"""Seconds by which the seed moves a mention."""


class Spoken(Struct, frozen=True, kw_only=True):
    """A line of the scenario: a mention, an edit of one, or the deletion of one. `t` is in seconds from the start."""

    t: float
    source: str
    native_id: str = ""
    text: str = ""
    kind: Kind = "post"
    author_handle: str | None = None
    author_name: str | None = None
    followers: int | None = None
    url: str | None = None
    edited: bool = False
    delete: str | None = None


class ScriptPerson(Struct, frozen=True, kw_only=True):
    initials: str
    name: str
    title: dict[str, str]
    roles: tuple[str, ...]
    spokesperson: bool = False
    speaks_at: tuple[int, ...] = ()
    expert: bool = False


class ScriptAct(Struct, frozen=True, kw_only=True):
    """What somebody did, `at` minutes from the start. Which fields count depends on `do`."""

    at: float
    by: str
    do: Literal[
        "note", "declare", "freeze", "here", "objectives", "step", "tick", "fact", "ask",
        "draft", "send", "approve", "publish", "pin", "stance",
    ]  # fmt: skip
    text: dict[str, str] = {}
    objective: dict[str, str] = {}
    question: dict[str, str] = {}
    source: dict[str, str] = {}
    wanted: dict[str, str] = {}
    severity: int = 2
    first_mention: float | None = None
    step: str = ""
    purpose: StatementKind = "first-word"
    facts: tuple[str, ...] = ()
    audiences: tuple[Segment, ...] = ()
    places: tuple[str, ...] = ()
    audience: Segment | None = None
    cluster: Cluster = "unknown"
    cause: str = ""
    types: tuple[str, ...] = ()


class Script(Struct, frozen=True, kw_only=True):
    organisation: str
    tone: dict[str, str] = {}
    usual: float
    """Mentions a minute on an ordinary day."""
    accounts: tuple[str, ...] = ()
    plan: str
    people: tuple[ScriptPerson, ...]
    acts: tuple[ScriptAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A scenario in one language. `spoken` is in order of time."""

    name: str
    lang: str
    organisation: str
    tone: str
    usual: float
    accounts: tuple[str, ...]
    plan: str
    people: tuple[Person, ...]
    roles: dict[str, str]
    spoken: tuple[Spoken, ...]
    acts: tuple[ScriptAct, ...]

    @property
    def length(self) -> timedelta:
        return timedelta(seconds=self.spoken[-1].t) if self.spoken else timedelta(0)

    def played_by(self, actor: str) -> "Scenario":
        """Whoever has these initials is one of the people, or takes the place of the first of them, who leads."""
        lead = self.people[0]
        if not actor or any(who.initials == actor for who in self.people):
            return self
        seat = structs.replace(lead, initials=actor, name=actor)
        return replace(
            self,
            people=(seat, *self.people[1:]),
            roles={role: actor if who == lead.initials else who for role, who in self.roles.items()},
            acts=tuple(structs.replace(act, by=actor) if act.by == lead.initials else act for act in self.acts),
        )

    def until(self, begin: datetime, at: datetime, place: int) -> tuple[Batch | None, int]:
        """What was said from `place` on until a moment, and the place after it."""
        return said_until(self.spoken, self.lang, begin, at, place)


def said_until(
    spoken: Sequence[Spoken], lang: str, begin: datetime, at: datetime, place: int
) -> tuple[Batch | None, int]:
    """What was said from `place` on until a moment, and the place after it."""
    mentions: list[Mention] = []
    deleted: list[Deleted] = []
    while place < len(spoken):
        said = spoken[place]
        when = begin + timedelta(seconds=said.t)
        if when > at:
            break
        if said.delete is not None:
            deleted.append(Deleted(said.source, said.delete, when))
        else:
            mentions.append(_mention(said, when, lang))
        place += 1
    if not mentions and not deleted:
        return None, place
    return Batch(mentions=mentions, deleted=deleted, cursor=str(place).encode()), place


def load_spoken(name: str, lang: str) -> tuple[str, tuple[Spoken, ...]]:
    """The mentions of a scenario, with their language: English where it is not told in the one that was asked for."""
    path = HOME / f"{name}.{lang}.jsonl"
    if not path.exists():
        lang, path = "en", HOME / f"{name}.en.jsonl"
    decoder = msgspec.json.Decoder(Spoken)
    return lang, tuple(decoder.decode(line) for line in path.read_bytes().splitlines() if line.strip())


def load_scenario(name: str, lang: str) -> Scenario:
    """A scenario of the program in a language."""
    lang, spoken = load_spoken(name, lang)
    script = msgspec.json.decode((HOME / f"{name}.script.json").read_bytes(), type=Script)
    return Scenario(
        name=name,
        lang=lang,
        organisation=script.organisation,
        tone=script.tone.get(lang, ""),
        usual=script.usual,
        accounts=script.accounts,
        plan=script.plan,
        people=tuple(
            Person(
                initials=who.initials,
                name=who.name,
                title=who.title[lang],
                spokesperson=who.spokesperson,
                speaks_at=who.speaks_at,
                expert=who.expert,
            )
            for who in script.people
        ),
        roles={role: who.initials for who in script.people for role in who.roles},
        spoken=spoken,
        acts=script.acts,
    )


def _mention(said: Spoken, at: datetime, lang: str) -> Mention:
    return Mention(
        source=said.source,
        feed="scenario",
        native_id=said.native_id,
        text=said.text,
        kind=said.kind,
        author_handle=said.author_handle,
        author_name=said.author_name,
        followers=said.followers,
        url=said.url,
        lang=lang,
        received_at=at,
        created_at=at,
        edited_at=at if said.edited else None,
    )


class FastClock:
    """A clock that shows `shown` at the real time `real` and from then on runs `speed` times as fast."""

    def __init__(self, clock: Clock, shown: datetime, speed: int) -> None:
        self._clock = clock
        self._real = clock()
        self._shown = shown
        self._speed = speed

    def now(self) -> datetime:
        return self._shown + (self._clock() - self._real) * self._speed


NAMES = {"es": "escenario"}
"""What the feed is called where it is listened to in another language."""


class ScenarioFeed:
    """The scenario as a live feed on the demo's clock."""

    coverage: ClassVar[Sentence] = say("a fictional crisis")

    def __init__(self, spoken: Sequence[Spoken], lang: str, clock: FastClock, *, begin: datetime, seed: int) -> None:
        self.name = NAMES.get(lang, "scenario")
        self.source = "scenario"
        self._spoken = spoken
        self._lang = lang
        self._clock = clock
        self._begin = begin
        self._place = 0
        self._rng = random.Random(seed)

    async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        self._place = int(cursor) if cursor else 0
        async for batch in poll(self._heard, lambda: 0.25, rng=self._rng):
            yield batch

    async def _heard(self) -> Batch:
        at = self._clock.now() - timedelta(seconds=self._rng.uniform(0, JITTER))
        batch, self._place = said_until(self._spoken, self._lang, self._begin, at, self._place)
        return batch or Batch()
