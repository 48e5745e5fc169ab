"""What a check is told and what it answers. One file per family of checks; a check is one function.

A check is pure: a `Text` and a `Case` in, findings out. It points at the words it means (`start`, `end` are
character positions in the text) and cites its id from the playbook.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from warroom.domain.events import Cluster, History, Outcome, Person, StatementKind
from warroom.domain.ledger import Fact
from warroom.domain.mention import Segment
from warroom.domain.networks import reaches_public
from warroom.domain.sentence import Sentence
from warroom.domain.voice import Voice

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


class Said(Struct, frozen=True, kw_only=True):
    """A statement that is out: what was said, to whom, by whom."""

    id: str
    text: str
    lang: str
    purpose: StatementKind
    at: datetime
    networks: tuple[str, ...] = ()
    spokesperson: str = ""
    facts: tuple[str, ...] = ()
    audiences: tuple[Segment, ...] = ()
    corrects: str = ""


class Scheduled(Struct, frozen=True):
    """Something on the freeze list that nobody has held: it goes out at this time."""

    text: str
    goes_out_at: datetime


class Answering(Struct, frozen=True, kw_only=True):
    """The mention that a reply answers. `outcome` is what the reply guide ended in."""

    text: str
    segment: Segment | None = None
    outcome: Outcome | None = None
    followers: int | None = None


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
    slower: bool = False
    """The first hours are over and the next word is announced for a time to come: that rhythm counts now."""
    allowed: tuple[str, ...] = ()
    """Personal data that may stand in a text: the press office's own number, the help address."""
    protected_names: tuple[str, ...] = ()
    """Names that must never stand in a text: victims, minors."""
    cluster: Cluster | None = None
    """None: nobody has chosen yet. "unknown" is a choice."""
    cause: str = ""
    history: History = "unknown"
    objectives: tuple[str, ...] = ()
    objective: str = ""
    audiences: tuple[Segment, ...] = ()
    corrects: str = ""
    said: tuple[Said, ...] = ()
    """What is out in this crisis, the oldest first."""
    questions: tuple[str, ...] = ()
    """What people ask and nobody has answered in public, the first written down first."""
    people: tuple[Person, ...] = ()
    staff_told: bool | None = None
    """Whether our own people have heard it from us; None where the plan has no such step."""
    is_public: bool | None = None
    """Whether anybody outside speaks of it; None where the room cannot say."""
    scheduled: tuple[Scheduled, ...] = ()
    voice: Voice = Voice()
    thread: tuple[str, ...] = ()
    """What we have already replied in the same conversation, the oldest first."""
    answering: Answering | None = None
    answered: frozenset[str] = frozenset()
    """The checks that somebody answered with yes, for exactly this text."""

    @property
    def is_public_word(self) -> bool:
        """Whether it goes where somebody outside can read it; where no network is named, it may."""
        return not self.networks or reaches_public(self.networks)

    @property
    def spoken(self) -> str:
        """The language of the text by its first part: "es-MX" and "es_MX" are "es"."""
        return self.lang.lower().replace("_", "-").split("-")[0]
