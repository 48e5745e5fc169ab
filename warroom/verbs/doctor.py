"""doctor: looks at terminal, language, paths, sources and store, and says how to mend each thing that is wrong."""

import locale
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from feeds.base import FeedError
from feeds.files import Options as FilesOptions
from feeds.secrets import resolve
from warroom.config import find_config
from warroom.config_rules import FeedConfig
from warroom.domain.sentence import Sentence, say, say_n
from warroom.services.room import MENTIONS, TIMELINE, set_aside
from warroom.services.shape import REFERENCE
from warroom.services.words import Words
from warroom.services.yamlfile import ConfigError
from warroom.store.errors import StoreError
from warroom.store.journal import verify_log
from warroom.store.windows import MentionReader
from warroom.verbs.failing import CHECK, Failed
from warroom.verbs.flags import Flags
from warroom.verbs.setting import Setting, log_file, settle

COLUMNS, ROWS = 60, 16
SIGNS = "● ◉ ◆ ▲ ▶ ✓ ✕ ★ ━ ╌ ▌ ▞ ■ □ ▁▃▅▇"
"""Each is one cell wide; whoever sees boxes or a crooked row wants --ascii."""
NAMES: dict[str, Sentence] = {
    "terminal": say("terminal"),
    "colours": say("colours"),
    "characters": say("characters"),
    "signs": say("signs"),
    "config": say("config"),
    "language": say("language"),
    "time_zone": say("time zone"),
    "data": say("data"),
    "log": say("log of faults"),
    "sources": say("sources"),
    "store": say("store"),
}
"""What was looked at: the key for programs, the words for people."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and what mends it. What a config or a feed says of itself is text already."""

    told: Sentence | str
    mend: Sentence


@dataclass(slots=True)
class Findings:
    """What was seen so far."""

    facts: dict[str, Sentence | str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def doctor(flags: Flags, words: Words, *, as_json: bool) -> None:
    """Look at everything; exit code 4 when something is to be mended."""
    found = Findings()
    _terminal(found)
    _characters(found)
    config = find_config(flags.config, os.environ, Path.cwd())
    found.facts["config"] = str(config) if config else say("none: the defaults; “warroom init” writes one")
    try:
        setting = settle(flags)
    except ConfigError as error:
        for problem in error.problems:
            own = config is not None and problem.file == config.name
            mend = say("Change that line of {file}.", file=str(config) if own else problem.file)
            found.problems.append(Problem(problem.text(words.say), mend))
    else:
        words = setting.words
        _setting(found, setting)
    _print_json(found, words) if as_json else _print(found, words)
    if found.problems:
        n, first = len(found.problems), _text(found.problems[0].told, words)
        first = first if first.endswith((".", "?")) else f"{first}."
        raise Failed(CHECK, say_n("{n} problem: {first}", "{n} problems, the first: {first}", n, first=first),
                     of="doctor")  # fmt: skip


def _setting(found: Findings, setting: Setting) -> None:
    facts, config = found.facts, setting.config
    facts["language"] = setting.words.lang
    facts["time_zone"] = str(setting.words.zone)
    facts["data"] = str(setting.folder)
    facts["log"] = str(log_file())
    if not setting.color:
        facts["colours"] = say("none: switched off")
    facts["sources"] = ", ".join(_source(feed, setting.words) for feed in config.feeds) or say("none")
    found.problems += _sources(config.feeds)
    from warroom.verbs.screens import unknown_theme

    if setting.theme and (unknown := unknown_theme(setting.theme)) is not None:
        found.problems.append(Problem(unknown, say("Name another one, or leave it out.")))
    _store(setting.folder, found)


def _source(feed: FeedConfig, words: Words) -> str:
    """A source with its kind; of a file that is still to come, that it is waited for."""
    told = [feed.type]
    if not feed.enabled:
        told.append(words.t("switched off"))
    elif (file := _waited_for(feed)) is not None:
        told.append(words.t("waits for {file}", file=file.name))
    return f"{feed.name} ({', '.join(told)})"


def _waited_for(feed: FeedConfig) -> Path | None:
    """The file that a source follows and that is not there yet."""
    options = feed.options
    if isinstance(options, FilesOptions) and options.follow and not options.path.exists():
        return options.path
    return None


def _print(found: Findings, words: Words) -> None:
    names = {key: words.say(NAMES[key]) for key in found.facts}
    width = max(len(name) for name in names.values())
    for key, value in found.facts.items():
        print(f"{names[key]:<{width}}  {_text(value, words)}")
    for problem in found.problems:
        print(f"✕ {_text(problem.told, words)}")
        print(f"  → {words.say(problem.mend)}")
    if not found.problems:
        print(words.t("Everything is in order."))


def _print_json(found: Findings, words: Words) -> None:
    body = {
        "facts": {key: _text(value, words) for key, value in found.facts.items()},
        "problems": [{"problem": _text(one.told, words), "fix": words.say(one.mend)} for one in found.problems],
    }
    print(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())


def _text(value: Sentence | str, words: Words) -> str:
    return value if isinstance(value, str) else words.say(value)


# --- where one looks -----------------------------------------------------------------------------------


def _terminal(found: Findings) -> None:
    facts, problems = found.facts, found.problems
    term = os.environ.get("TERM", "")
    if not sys.stdout.isatty():
        facts["terminal"] = say("none: only the verbs without a screen work here")
    else:
        columns, rows = shutil.get_terminal_size((0, 0))
        facts["terminal"] = f"{term or '?'}, {columns}×{rows}"
        if columns < COLUMNS:
            told = say("the terminal is {n} columns wide; {need} needed.", n=columns, need=COLUMNS)
            problems.append(Problem(told, say("Make the window wider, or its letters smaller.")))
        if rows < ROWS:
            told = say("the terminal is {n} rows high; {need} needed.", n=rows, need=ROWS)
            problems.append(Problem(told, say("Make the window higher, or its letters smaller.")))
        if term in ("", "dumb"):
            told = say("this terminal cannot draw (TERM={term}).", term=term or "''")
            problems.append(Problem(told, say("Set TERM to what it is, like TERM=xterm-256color.")))
    depth = os.environ.get("COLORTERM")
    facts["colours"] = say("none: switched off") if os.environ.get("NO_COLOR") else depth or say("256 or fewer")


def _characters(found: Findings) -> None:
    encoding = locale.getpreferredencoding(False)
    found.facts["characters"] = encoding
    if encoding.lower().replace("-", "") == "utf8":
        found.facts["signs"] = SIGNS
    else:
        told = say("the terminal's characters are {name}; UTF-8 is needed.", name=encoding)
        found.problems.append(Problem(told, say("Set LANG=C.UTF-8, or use --ascii.")))


def _sources(feeds: Sequence[FeedConfig]) -> Iterator[Problem]:
    """What enabled feeds name and cannot have."""
    for feed in feeds:
        if feed.enabled:
            yield from _not_there(feed)
            yield from _not_allowed(feed)


def _not_there(feed: FeedConfig) -> Iterator[Problem]:
    """Secrets and files."""
    for name in feed.options.__struct_fields__:
        value = getattr(feed.options, name)
        if isinstance(value, Path) and not value.exists() and value != _waited_for(feed):
            mend = say("Make it, correct “path”, or switch the feed off: enabled: false")
            yield Problem(say("{feed}: {file} does not exist.", feed=feed.name, file=str(value)), mend)
        if isinstance(value, str) and REFERENCE.fullmatch(value):
            try:
                resolve(value)
            except FeedError as error:
                mend = say("Give it ({where}), or switch the feed off: enabled: false", where=value)
                yield Problem(say("{feed}: {problem}", feed=feed.name, problem=error.sentence), mend)


def _not_allowed(feed: FeedConfig) -> Iterator[Problem]:
    """An address of one's own network, as far as it is seen without asking anybody."""
    address = getattr(feed.options, "url", "") or getattr(feed.options, "server", "")
    host = urlsplit(address).hostname or ""
    if not getattr(feed.options, "internal", True) and _is_private(host):
        told = say("{feed}: {host} is an address of a private network.", feed=feed.name, host=host)
        yield Problem(told, say("If that is meant, write “internal: true” to this source."))


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost"


def _store(folder: Path, found: Findings) -> None:
    facts, problems = found.facts, found.problems
    timeline, mentions = folder / TIMELINE, folder / MENTIONS
    if not timeline.exists():
        facts["store"] = say("empty: nothing was recorded yet")
        parent = next((place for place in (folder, *folder.parents) if place.exists()), folder)
        if not (parent.is_dir() and os.access(parent, os.W_OK)):
            told = say("{folder} cannot be written.", folder=str(parent))
            problems.append(Problem(told, say("Choose another folder: --data-dir, or data_dir in config.yaml.")))
        return
    for aside in set_aside(folder):
        told = say("mentions of before are kept in {file}.", file=str(aside))
        problems.append(Problem(told, say("“warroom recover” brings back what is intact.")))
    try:
        verdict = verify_log(timeline)
        if not verdict.is_whole and verdict.trouble is not None:
            mend = say("“warroom recover” copies what is intact into a new room.")
            problems.append(Problem(verdict.trouble, mend))
        kept = 0
        if mentions.exists():
            with MentionReader(mentions) as reader:
                kept = reader.last_row()
        facts["store"] = say(
            "{events}, {mentions}",
            events=say_n("{n} event", "{n} events", verdict.events),
            mentions=say_n("{n} mention", "{n} mentions", kept),
        )
    except StoreError as error:
        mend = say("“warroom recover” copies what is intact into a new room.")
        problems.append(Problem(error.sentence, mend))
