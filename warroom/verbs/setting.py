"""What every verb starts from: the flags, the environment and the file, settled into values."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from warroom.config import Config, choose_zone, find_config, load_config
from warroom.config_rules import unknown_zone
from warroom.domain.board import Board
from warroom.domain.incident import Incident
from warroom.domain.sentence import Sentence, say
from warroom.services.logbook import folded
from warroom.services.room import MENTIONS, TIMELINE
from warroom.services.words import Words, choose_lang

FAILED, USAGE, NOTHING, CHECK, TERMINAL = 1, 2, 3, 4, 5
"""Exit codes (console design, section 7)."""
DEMO = "demo"


class Failed(Exception):
    """The verb ends here: the sentence goes to standard error, the code to the shell."""

    def __init__(self, code: int, sentence: Sentence) -> None:
        super().__init__(sentence.id)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Flags:
    """The common flags as they were given; None where they were not."""

    lang: str | None = None
    theme: str | None = None
    config: str | None = None
    data_dir: str | None = None
    actor: str | None = None
    quiet: bool = False
    no_input: bool = False
    no_color: bool = False
    no_motion: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Values for the verbs. `folder` is the room; `actor` are the initials that sign the timeline."""

    config: Config
    words: Words
    folder: Path
    actor: str
    theme: str
    flags: Flags

    @property
    def demo_folder(self) -> Path:
        """The demo's own room: it never mixes with the real one."""
        return self.folder / DEMO


def settle(flags: Flags, environ: Mapping[str, str] = os.environ) -> Setting:
    """Flag before environment before file before default. Raises `ConfigError` with every mistake of the file."""
    config = load_config(find_config(flags.config, environ, Path.cwd()))
    lang = choose_lang(flags.lang, environ, config.language)
    zone = environ.get("WARROOM_TIMEZONE") or config.timezone
    if (unknown := unknown_zone(zone)) is not None:
        raise Failed(USAGE, say("WARROOM_TIMEZONE: {unknown}", unknown=unknown))
    words = Words(lang, choose_zone(zone))
    named = flags.data_dir or environ.get("WARROOM_DATA_DIR")
    folder = Path(named).expanduser() if named else config.data_dir or _data_folder()
    actor = flags.actor or environ.get("WARROOM_AS") or (config.people[0].initials if config.people else _login())
    theme = flags.theme or environ.get("WARROOM_THEME") or config.theme or "warroom-dark"
    return Setting(config, words, folder, actor, theme, flags)


def unknown_actor(setting: Setting) -> Sentence | None:
    """What is to be said where --as (or WARROOM_AS) names nobody of the config's people: perhaps a slip, perhaps a
    guest. The timeline takes it as it is."""
    known = [person.initials for person in setting.config.people]
    if not known or setting.actor in known:
        return None
    near = get_close_matches(setting.actor.casefold(), [name.casefold() for name in known], 1, 0.5)
    meant = next((name for name in known if near and name.casefold() == near[0]), ", ".join(known))
    return say(
        "“{who}” is nobody in config.yaml (people: {known}); the timeline is signed with it all the same.",
        who=setting.actor,
        known=meant,
    )


def _data_folder() -> Path:
    from platformdirs import user_data_path  # 8 ms that nobody with a folder of their own pays

    return user_data_path("warroom", appauthor=False)


def _login() -> str:
    return (os.environ.get("USER") or os.environ.get("LOGNAME") or "me")[:4].upper()


def now() -> datetime:
    """The clock of a live room."""
    return datetime.now(UTC)


def find_incident(setting: Setting, name: str | None) -> tuple[Path, Board, Incident]:
    """The incident of this name: the open one, or else the newest, where none is named. Refuses with exit code 3."""
    folder = setting.demo_folder if name == DEMO else setting.folder
    board = folded(folder)
    if name is None:
        found = board.incident or next(reversed(list(board.incidents.values())), None)
        if found is None:
            raise Failed(NOTHING, say("There is no crisis here yet. “warroom demo” shows a fictional one."))
        return folder, board, found
    if name in board.incidents:
        return folder, board, board.incidents[name]
    if name == DEMO:
        raise Failed(NOTHING, say("There is no demo to look at yet. Start one: warroom demo"))
    names = [*board.incidents, *([DEMO] if (setting.demo_folder / TIMELINE).exists() else [])]
    near = get_close_matches(name, names, 1, 0.5)
    if near:
        raise Failed(
            NOTHING, say("No crisis “{name}”. Did you mean “{near}”? See: warroom list", name=name, near=near[0])
        )
    raise Failed(NOTHING, say("No crisis “{name}”. See: warroom list", name=name))


def with_pulse(folder: Path, board: Board) -> Board:
    """The board with the counts of the mention store."""
    from warroom.store.windows import MentionReader

    if (folder / MENTIONS).exists():
        with MentionReader(folder / MENTIONS) as reader:
            board.row = reader.last_row()
            for minute, segment, n in reader.minute_counts(0, board.row):
                board.pulse.count(minute, segment, n)
    return board


def tell(setting: Setting, text: str) -> None:
    """A line on standard error, unless the person wants quiet."""
    if not setting.flags.quiet:
        print(text, file=sys.stderr)
