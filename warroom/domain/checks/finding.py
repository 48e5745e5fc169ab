"""What a check is told and what it answers. One file per family of checks; a check is one function.

A check is pure: a `Text` and a `Case` in, findings out. It points at the words it means (`start`, `end` are
character positions in the text) and cites its id from the playbook.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from warroom.domain.events import StatementKind
from warroom.domain.ledger import Fact
from warroom.domain.sentence import Sentence

Level: TypeAlias = Literal["B", "W", "I"]
"""Blocks release, warns, informs."""
Group: TypeAlias = Literal["objective", "voice", "pertinence", "spokesperson", "timing", "accountability"]
GROUPS: tuple[Group, ...] = ("objective", "voice", "pertinence", "spokesperson", "timing", "accountability")
Gate: TypeAlias = Literal["first-word", "full"]


class Finding(Struct, frozen=True, kw_only=True):
    """One thing a check has to say. `start` and `end` are None where no words can be pointed at.

    `asks` is True where a rule cannot decide and a person may answer yes, by name.
    """

    check: str
    level: Level
    group: Group
    reason: Sentence
    source: str
    start: int | None = None
    end: int | None = None
    asks: bool = False


class Case(Struct, frozen=True, kw_only=True):
    """What is true around the text. `lang` is the language *of the text*.

    `None` for a time means that the room cannot say (a text checked outside a crisis): the checks that need it
    then say nothing. `answered` holds the ids of checks that a person answered with yes for this very text.
    """

    lang: str
    purpose: StatementKind
    now: datetime
    severity: int = 2
    networks: tuple[str, ...] = ()
    spokesperson: str = ""
    question: str = ""
    facts: Mapping[str, Fact] = {}
    cited: tuple[str, ...] = ()
    declared_at: datetime | None = None
    first_word_at: datetime | None = None
    holding_at: datetime | None = None
    last_word_at: datetime | None = None
    first_word_due: int = 15
    holding_due: int = 60
    cadence: int = 20
    """Minutes, as in the plan."""
    allowed: tuple[str, ...] = ()
    """Personal data that may stand in a text: the press office's own number, the help address."""
    protected_names: tuple[str, ...] = ()
    """Names that must never stand in a text: victims, minors."""
    answered: frozenset[str] = frozenset()
