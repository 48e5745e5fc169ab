"""An exercise: a fictional crisis to be worked on against the clock, with its team and with what is not to be missed.
Read from data files; its mentions are those of a scenario."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from warroom.domain.events import Act, Person
from warroom.services.scenario import HOME, ScriptPerson, Spoken, load_spoken

ENDING = ".drill.json"


class Told(Struct, frozen=True, kw_only=True):
    """What somebody of the team brings in, `at` minutes from the start of the scenario. A fact waits for a crisis."""

    at: float
    by: str
    do: Literal["note", "fact"]
    text: dict[str, str]
    source: dict[str, str] = {}


class Trap(Struct, frozen=True, kw_only=True):
    """What is not to be missed once somebody has written these words: one of the acts on such a mention, or its row in
    the table of rumours."""

    name: dict[str, str]
    wanted: dict[str, str] = {}
    acts: tuple[Act, ...] = ()
    rumour: bool = False


class Script(Struct, frozen=True, kw_only=True):
    """The file. `you` are the roles of who practises; `begins` and `minutes` are where it starts and how long it is, in
    minutes of the scenario."""

    title: dict[str, str]
    brief: dict[str, str]
    mentions: str
    organisation: str
    plan: str
    begins: float
    minutes: float
    you: tuple[str, ...]
    people: tuple[ScriptPerson, ...]
    told: tuple[Told, ...]
    traps: tuple[Trap, ...]
    tone: dict[str, str] = {}
    allowed: tuple[str, ...] = ()

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


class Exercise(Struct, frozen=True, kw_only=True):
    """An exercise in one language."""

    name: str
    lang: str
    script: Script
    spoken: tuple[Spoken, ...]

    def people(self, actor: str) -> tuple[Person, ...]:
        """Who practises, and those who play along."""
        others = [who for who in self.script.people if who.initials != actor]
        return (
            Person(initials=actor, name=actor),
            *(
                Person(
                    initials=who.initials,
                    name=who.name,
                    title=who.title[self.lang],
                    spokesperson=who.spokesperson,
                    speaks_at=who.speaks_at,
                    expert=who.expert,
                )
                for who in others
            ),
        )

    def roles(self, actor: str) -> Mapping[str, str]:
        """Role → initials. Who practises holds theirs, whoever else is called so."""
        played = {role: who.initials for who in self.script.people for role in who.roles}
        return {**played, **dict.fromkeys(self.script.you, actor)}


def exercises() -> dict[str, Script]:
    """Every exercise that comes with warroom, the shortest first."""
    found = {path.name.removesuffix(ENDING): read_script(path.read_bytes()) for path in HOME.glob(f"*{ENDING}")}
    return dict(sorted(found.items(), key=lambda item: (item[1].minutes, item[0])))


def read_script(text: bytes) -> Script:
    return msgspec.json.decode(text, type=Script)


def load_exercise(name: str, lang: str) -> Exercise:
    """An exercise in a language; English where it is not told in that one."""
    script = read_script((HOME / f"{name}{ENDING}").read_bytes())
    lang, spoken = load_spoken(script.mentions, lang)
    return Exercise(name=name, lang=lang, script=script, spoken=spoken)
