"""The sections of config.yaml as people write them: the shape of the file, with its defaults and limits."""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from warroom.domain.events import StatementKind
from warroom.domain.prepared import Reader
from warroom.domain.voice import Voice
from warroom.services.planfile import DEFAULT_PLAN

AUTO = "auto"
"""Ask the computer: its language, its time zone."""


class Organisation(Struct, frozen=True, kw_only=True):
    """Whose crisis it would be."""

    name: str = ""
    about: str = ""
    accounts: tuple[str, ...] = ()
    """The handles under which we post ourselves: by them our own posts are known among the mentions."""


class Member(Struct, frozen=True, kw_only=True):
    """Somebody of the team as the file has them: a person with the roles they hold."""

    initials: str
    name: str
    title: str = ""
    spokesperson: bool = False
    speaks_at: tuple[Annotated[int, Meta(ge=1, le=4)], ...] = ()
    """The severities at which this is the right voice; empty: at every one."""
    expert: bool = False
    trained: bool = True
    available: bool = True
    roles: tuple[str, ...] = ()


class Watched(Struct, frozen=True, kw_only=True):
    """What the feeds listen for, and what is none of our business although it matches."""

    terms: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Approvals(Struct, frozen=True, kw_only=True):
    """`solo_wait` is how many seconds an author alone on shift waits before approving their own text."""

    solo_wait: Annotated[int, Meta(ge=0, le=3600)] = 120


class PreparedText(Struct, frozen=True, kw_only=True):
    """A text prepared in calm, with its gaps in square brackets. It counts as approved where `approved_by` says who
    of the team has approved it; `approved_on` is the day (ISO)."""

    purpose: StatementKind
    lang: Literal["en", "es"]
    text: str
    id: str = ""
    audience: Reader = "public"
    approved_by: str = ""
    approved_on: str = ""


class StatementRules(Struct, frozen=True, kw_only=True):
    """Where statements go out, and what may and must never stand in them.

    `limits` are the lengths of servers that have their own: a Mastodon server that takes 1,000 characters.
    """

    networks: tuple[str, ...] = ()
    limits: dict[str, Annotated[int, Meta(ge=20, le=1_000_000)]] = {}
    allowed: tuple[str, ...] = ()
    protected_names: tuple[str, ...] = ()
    texts: tuple[PreparedText, ...] = ()


class Usual(Struct, frozen=True, kw_only=True):
    """What is usual: `expected_per_minute` mentions on an ordinary day; None lets the program learn it."""

    expected_per_minute: Annotated[float, Meta(ge=0)] | None = None


class ReadingRules(Struct, frozen=True, kw_only=True):
    """How mentions are read: `lexicon` names files of words of the organisation's own; a later one overrules.
    `learning`: what operators correct changes how the next texts are read, where nobody switches it off. `known` are
    handles whose mentions are read sooner; `weights` a file that says what the parts of a priority are worth."""

    lexicon: tuple[Path, ...] = ()
    learning: bool = True
    known: tuple[str, ...] = ()
    weights: Path | None = None


class FeedHead(Struct, frozen=True, kw_only=True):
    """What every feed has; the other keys are the options of its type."""

    name: str
    type: str
    enabled: bool = True


class Sections(Struct, frozen=True, kw_only=True):
    """The file as it is written, but for its feeds, whose keys depend on their type."""

    organisation: Organisation = Organisation()
    language: Literal["auto", "en", "es"] = "auto"
    timezone: str = AUTO
    people: tuple[Member, ...] = ()
    watch: Watched = Watched()
    plan: str = DEFAULT_PLAN
    approvals: Approvals = Approvals()
    voice: Voice = Voice()
    statement: StatementRules = StatementRules()
    pulse: Usual = Usual()
    triage: ReadingRules = ReadingRules()
    data_dir: Path | None = None
    theme: str | None = None
    signs: Annotated[str, Meta(max_length=4)] = field(default="", name="as")
    """The initials at this computer; without them the first of the people signs."""
    ascii: bool | None = None
    no_color: bool | None = None
    no_motion: bool | None = None
    no_input: bool | None = None
    quiet: bool | None = None
    verbose: bool | None = None
    keys: dict[str, str] = {}
