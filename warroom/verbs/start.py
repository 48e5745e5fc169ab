"""Before the first day: init writes a config to start from, doctor looks whether everything is there."""

import locale
import os
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

import msgspec

from feeds.base import FeedError
from feeds.secrets import resolve
from warroom.config import NAME, example_config, find_config
from warroom.config_rules import FeedConfig
from warroom.domain.faults import why
from warroom.domain.sentence import Sentence, say
from warroom.services.room import MENTIONS, TIMELINE, set_aside
from warroom.services.shape import REFERENCE
from warroom.services.words import Words, choose_lang
from warroom.services.yamlfile import ConfigError
from warroom.store.errors import StoreError
from warroom.store.journal import verify_log
from warroom.store.windows import MentionReader
from warroom.verbs.setting import CHECK, FAILED, Failed, Flags, settle

COLUMNS, ROWS = 60, 16


def init(flags: Flags, path: str, *, force: bool) -> None:
    """Write the commented example. A file that exists is not written over."""
    target = Path(path).expanduser()
    if target.is_dir():
        target /= NAME
    try:
        with target.open("w" if force else "x", encoding="utf-8") as file:
            file.write(example_config())
    except FileExistsError:
        raise Failed(FAILED, say("{file} exists already. Use --force to write over it.", file=str(target))) from None
    except OSError as error:
        raise Failed(FAILED, say("could not write {file}: {reason}.", file=str(target), reason=why(error))) from error
    words = Words(choose_lang(flags.lang, os.environ, None), UTC)
    print(words.t("Written: {file}. Change it, then run: warroom doctor", file=str(target)))


def doctor(flags: Flags, *, as_json: bool) -> None:
    """Look at everything; exit code 4 when something is to be mended."""
    words = Words(choose_lang(flags.lang, os.environ, None), UTC)
    facts: list[tuple[str, str]] = []
    problems: list[Sentence | str] = []
    columns, rows = shutil.get_terminal_size((0, 0)) if sys.stdout.isatty() else (0, 0)
    if sys.stdout.isatty():
        facts.append((words.t("terminal"), f"{os.environ.get('TERM', '?')}, {columns}×{rows}"))
        if columns < COLUMNS:
            problems.append(say("the terminal is {n} columns wide; {need} needed.", n=columns, need=COLUMNS))
        if rows < ROWS:
            problems.append(say("the terminal is {n} rows high; {need} needed.", n=rows, need=ROWS))
    else:
        facts.append((words.t("terminal"), words.t("none: only the verbs without a screen work here")))
    colours = "NO_COLOR" if os.environ.get("NO_COLOR") else os.environ.get("COLORTERM") or words.t("256 or fewer")
    facts.append((words.t("colours"), colours))
    encoding = locale.getpreferredencoding(False)
    facts.append((words.t("characters"), encoding))
    if encoding.lower().replace("-", "") != "utf8":
        problems.append(say("the terminal's characters are {name}; UTF-8 is needed (LANG=C.UTF-8).", name=encoding))
    found = find_config(flags.config, os.environ, Path.cwd())
    facts.append((words.t("config"), str(found) if found else words.t("none: the defaults; “warroom init” writes one")))
    try:
        setting = settle(flags)
    except ConfigError as error:
        problems += [problem.text(words.say) for problem in error.problems]
    else:
        facts.append((words.t("language"), setting.words.lang))
        facts.append((words.t("time zone"), str(setting.words.zone)))
        facts.append((words.t("data"), str(setting.folder)))
        feeds = [f"{feed.name} ({feed.type}{'' if feed.enabled else ', off'})" for feed in setting.config.feeds]
        facts.append((words.t("sources"), ", ".join(feeds) or words.t("none")))
        problems += _missing_secrets(setting.config.feeds)
        problems += _store(setting.folder, words, facts)
    if as_json:
        body = {
            "facts": dict(facts),
            "problems": [one if isinstance(one, str) else words.say(one) for one in problems],
        }
        print(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())
    else:
        width = max(len(name) for name, _ in facts)
        for name, value in facts:
            print(f"{name:<{width}}  {value}")
        for problem in problems:
            print(f"✕ {problem if isinstance(problem, str) else words.say(problem)}")
    if problems:
        first = problems[0] if isinstance(problems[0], str) else words.say(problems[0])
        told = words.tn("{n} problem: {first}", "{n} problems, the first: {first}", len(problems), first=first)
        raise Failed(CHECK, say("doctor: {told}", told=told))
    if not as_json:
        print(words.t("Everything is in order."))


def _missing_secrets(feeds: Sequence[FeedConfig]) -> list[Sentence]:
    """Secrets that enabled feeds name and that are not there."""
    problems: list[Sentence] = []
    for feed in feeds:
        if not feed.enabled:
            continue
        for name in feed.options.__struct_fields__:
            value = getattr(feed.options, name)
            if isinstance(value, str) and REFERENCE.fullmatch(value):
                try:
                    resolve(value)
                except FeedError as error:
                    problems.append(say("{feed}: {problem}", feed=feed.name, problem=error.sentence))
    return problems


def _store(folder: Path, words: Words, facts: list[tuple[str, str]]) -> list[Sentence]:
    problems: list[Sentence] = []
    timeline, mentions = folder / TIMELINE, folder / MENTIONS
    if not timeline.exists():
        facts.append((words.t("store"), words.t("empty: nothing was recorded yet")))
        parent = next((place for place in (folder, *folder.parents) if place.exists()), folder)
        if not os.access(parent, os.W_OK):
            problems.append(say("{folder} cannot be written.", folder=str(parent)))
        return problems
    for aside in set_aside(folder):
        problems.append(
            say("mentions of before are kept in {file}: “warroom recover” brings back what is intact.", file=str(aside))
        )
    try:
        verdict = verify_log(timeline)
        if not verdict.is_whole and verdict.trouble is not None:
            problems.append(verdict.trouble)
        kept = 0
        if mentions.exists():
            with MentionReader(mentions) as reader:
                kept = reader.last_row()
        told = words.t("{events} events, {mentions} mentions", events=verdict.events, mentions=kept)
        facts.append((words.t("store"), told))
    except StoreError as error:
        problems.append(error.sentence)
    return problems
