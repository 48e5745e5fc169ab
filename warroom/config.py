"""The configuration: `config.yaml` read once, checked whole, and handed on as values.

A file with mistakes gives one `ConfigError` that holds every problem at once, with its line, its path and, where
a name is misspelt, the nearest one. Secrets never stand in the file: `env:NAME` and `file:PATH` say where they are.
"""

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from warroom.domain.events import Person
from warroom.domain.plan import Plan
from warroom.domain.prepared import Prepared
from warroom.domain.sentence import say
from warroom.domain.voice import Voice
from warroom.services.shape import Shape
from warroom.services.typedpath import path_of
from warroom.services.wanted import is_nothing
from warroom.services.words import SOURCE
from warroom.services.yamlfile import EMPTY, ConfigError, Group, parse, read_text, refusal

from .config_rules import (
    FeedConfig,
    feeds_of,
    judge_accounts,
    judge_keys,
    judge_lexicon,
    judge_limits,
    judge_terms,
    judge_weights,
    judge_zone,
    plan_of,
    roles_of,
    texts_of,
)
from .config_sections import (
    AUTO,
    Approvals,
    Member,
    Organisation,
    ReadingRules,
    Sections,
    StatementRules,
    Usual,
    Watched,
)

NAME = "config.yaml"


class Config(Struct, frozen=True, kw_only=True):
    """What the program is told. `timezone` is an IANA name or "auto"; `roles` is role of the plan → initials."""

    organisation: Organisation
    language: str
    timezone: str
    people: tuple[Person, ...]
    roles: Mapping[str, str]
    watch: Watched
    feeds: tuple[FeedConfig, ...]
    plan: Plan
    approvals: Approvals
    voice: Voice
    statement: StatementRules
    texts: tuple[Prepared, ...]
    """The organisation's own texts; those that name who approved them are approved in calm."""
    pulse: Usual
    triage: ReadingRules
    data_dir: Path | None
    theme: str | None
    signs: str
    """Who signs at this computer; empty where the file does not say."""
    switches: Mapping[str, bool | None]
    """What the file says of the common switches, by the field of the flag."""
    keys: Mapping[str, str]
    """Action id → key."""
    file: Path | None
    """Where it was read from; None for the defaults."""


# --- finding and reading -------------------------------------------------------------------------------


def find_config(flag: str | Path | None, environ: Mapping[str, str], cwd: Path) -> Path | None:
    """The file to read: `--config`, WARROOM_CONFIG, ./config.yaml, the platform's folder; None where none is.

    A file that is named is returned even if it does not exist: reading it then says so.
    """
    if named := flag or environ.get("WARROOM_CONFIG"):
        return cwd / path_of(named)
    if (here := cwd / NAME).is_file():
        return here
    from platformdirs import user_config_path  # 8 ms that a file in this folder does not pay

    return there if (there := user_config_path("warroom", appauthor=False) / NAME).is_file() else None


def load_config(path: Path | None) -> Config:
    """The configuration of a file, or the defaults without one; `ConfigError` with every problem."""
    if path is None:
        return _judged(EMPTY, Shape(NAME, Path()), None)
    return read_config(read_text(path), path)


def read_config(text: str, path: Path) -> Config:
    """The configuration that a text holds. `path` is where it stands: relative paths start from its folder."""
    root = parse(text, path.name)
    if not isinstance(root, Group):
        if not is_nothing(root):
            raise refusal(path.name, 1, say("this file has to start with a line like 'organisation:'."))
        root = EMPTY
    return _judged(root, Shape(path.name, path.parent), path)


def example_config(lang: str = SOURCE) -> str:
    """The commented example that `warroom init` writes, in the reader's language."""
    data = Path(__file__).resolve().parent / "data"
    if (own := data / f"config.{lang}.yaml").exists():
        return own.read_text("utf-8")
    packaged = data / NAME
    # A checkout has the example at its top; the build copies it beside the other data.
    return (packaged if packaged.exists() else packaged.parents[2] / NAME).read_text("utf-8")


def choose_zone(name: str) -> ZoneInfo:
    """The zone of this IANA name; for "auto" the computer's own, or UTC where it does not say."""
    if name != AUTO:
        return ZoneInfo(name)
    from tzlocal import get_localzone_name  # looks at files: only where nobody said

    try:
        return ZoneInfo(get_localzone_name() or "UTC")
    except (LookupError, ValueError):
        return ZoneInfo("UTC")


def _judged(root: Group, shape: Shape, path: Path | None) -> Config:
    """The values of a file, once everything in it has been looked at."""
    sections = shape.struct(root, Sections, beside=("feeds",)) or Sections()
    feeds = next((entry.node for entry in root.entries if entry.key == "feeds"), None)
    heard = [] if feeds is None or is_nothing(feeds) else feeds_of(feeds, shape)
    judge_terms(sections.watch.terms, heard, shape)
    judge_zone(sections.timezone, shape)
    judge_keys(sections.keys, shape)
    judge_accounts(sections.organisation.accounts, "organisation.accounts", shape)
    judge_accounts(sections.triage.known, "triage.known", shape)
    plan = plan_of(sections.plan, shape)
    roles = roles_of(sections.people, plan, shape)
    texts = texts_of(sections.statement, sections.people, shape)
    judge_limits(sections.statement, shape)
    judge_lexicon(sections.triage, shape)
    judge_weights(sections.triage, shape)
    if shape.problems or plan is None:
        raise ConfigError(shape.problems)
    return Config(
        organisation=sections.organisation,
        language=sections.language,
        timezone=sections.timezone,
        people=tuple(_person(who) for who in sections.people),
        roles=roles,
        watch=sections.watch,
        feeds=tuple(heard),
        plan=plan,
        approvals=sections.approvals,
        voice=sections.voice,
        statement=sections.statement,
        texts=texts,
        pulse=sections.pulse,
        triage=sections.triage,
        data_dir=sections.data_dir,
        theme=sections.theme,
        signs=sections.signs,
        switches=_switches(sections),
        keys=sections.keys,
        file=path,
    )


def _person(who: Member) -> Person:
    return Person(
        initials=who.initials,
        name=who.name,
        title=who.title,
        spokesperson=who.spokesperson,
        speaks_at=tuple(sorted(set(who.speaks_at))),
        expert=who.expert,
        trained=who.trained,
        available=who.available,
    )


def _switches(sections: Sections) -> dict[str, bool | None]:
    """What a flag of the command line may say otherwise, by its name there."""
    return {
        "ascii": sections.ascii,
        "color": sections.no_color,
        "motion": sections.no_motion,
        "input": sections.no_input,
        "quiet": sections.quiet,
        "verbose": sections.verbose,
    }
