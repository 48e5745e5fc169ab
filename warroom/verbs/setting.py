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
from warroom.services.room import MENTIONS, TIMELINE, folded
from warroom.services.typedpath import path_of
from warroom.services.words import Words, choose_lang
from warroom.verbs.failing import NOTHING, USAGE, Failed
from warroom.verbs.flags import Flags, switch

DEMO = "demo"
DRILL = "drill"
"""Rooms of their own inside the folder of the real one."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Values for the verbs. `folder` is the room; `actor` are the initials that sign the timeline, `signs` the same
    where somebody has said them; `theme` is empty where nobody has chosen one."""

    config: Config
    words: Words
    folder: Path
    actor: str
    signs: str
    theme: str
    flags: Flags
    ascii: bool
    color: bool
    motion: bool
    input: bool
    quiet: bool
    verbose: bool

    @property
    def demo_folder(self) -> Path:
        """The demo's own room: it never mixes with the real one."""
        return self.folder / DEMO

    @property
    def drill_folder(self) -> Path:
        """The room of the last drill."""
        return self.folder / DRILL

    @property
    def kept_drills(self) -> Path:
        """The rooms of the drills that were kept, by their names."""
        return self.folder / "drills"

    def room_of(self, name: str | None) -> Path:
        """The room in which a crisis of this name would be."""
        if name in (DEMO, DRILL):
            return self.folder / name
        if name is not None and name.startswith(DRILL) and (kept := self.kept_drills / Path(name).name).is_dir():
            return kept
        return self.folder

    def rooms(self) -> list[Path]:
        """Every room there is here, the real one first."""
        kept = sorted(self.kept_drills.glob(f"{DRILL}-*"))
        return [self.folder, *(room for room in (*kept, self.drill_folder, self.demo_folder) if room.is_dir())]


def settle(flags: Flags, environ: Mapping[str, str] = os.environ) -> Setting:
    """Flag before environment before file before default. Raises `ConfigError` with every mistake of the file."""
    config = load_config(find_config(flags.config, environ, Path.cwd()))
    lang = choose_lang(flags.lang, environ, config.language)
    zone = environ.get("WARROOM_TIMEZONE") or config.timezone
    if (unknown := unknown_zone(zone)) is not None:
        raise Failed(USAGE, say("WARROOM_TIMEZONE: {unknown}", unknown=unknown))
    named = flags.data_dir or environ.get("WARROOM_DATA_DIR")
    folder = path_of(named) if named else config.data_dir or _data_folder()
    signs = flags.actor or environ.get("WARROOM_AS") or config.signs
    actor = signs or _first(config) or _login()
    theme = flags.theme or environ.get("WARROOM_THEME") or config.theme or ""
    switches = {
        name: switch(name, getattr(flags, name), environ, config.switches.get(name))
        for name in ("ascii", "color", "motion", "input", "quiet", "verbose")
    }
    words = Words(lang, choose_zone(zone), plain=switches["ascii"])
    return Setting(config, words, folder, actor, signs, theme, flags, **switches)


def ready(flags: Flags) -> Setting:
    """The setting of a verb that is about to work. What is odd about it is said at once; with --verbose, what holds."""
    setting = settle(flags)
    if (nobody := unknown_actor(setting)) is not None:
        print(f"warroom: {setting.words.say(nobody)}", file=sys.stderr)
    if setting.verbose:
        t = setting.words.t
        config = str(setting.config.file or t("none: the defaults"))
        held = (("config", config), ("data", str(setting.folder)), ("log", str(log_file())), ("as", setting.actor))
        for name, value in (*held, ("lang", setting.words.lang), ("zone", str(setting.words.zone))):
            print(f"warroom: {name}: {value}", file=sys.stderr)
    return setting


def log_file() -> Path:
    """Where a fault of the program is written down, for whoever mends it."""
    from platformdirs import user_state_path

    return user_state_path("warroom", appauthor=False) / "warroom.log"


def may_wait(setting: Setting, file: str) -> None:
    """Refuse to read from the keyboard where nobody may be asked: a script would stand still for ever."""
    if file == "-" and not setting.input and sys.stdin.isatty():
        raise Failed(USAGE, say("--no-input: nothing comes through a pipe."))


def _first(config: Config) -> str:
    return config.people[0].initials if config.people else ""


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
    folder = setting.room_of(name)
    board = folded(folder)
    if name is None:
        found = board.incident or next(reversed(list(board.incidents.values())), None)
        if found is None:
            raise Failed(NOTHING, say("There is no crisis here yet. “warroom demo” shows a fictional one."))
        return folder, board, found
    if folder != setting.folder and board.incidents:
        return folder, board, next(reversed(list(board.incidents.values())))
    if name in board.incidents:
        return folder, board, board.incidents[name]
    if name == DEMO:
        raise Failed(NOTHING, say("There is no demo to look at yet. Start one: warroom demo"))
    if name == DRILL:
        raise Failed(NOTHING, say("There is no drill to look at yet. Start one: warroom drill"))
    if folder != setting.folder:
        raise Failed(NOTHING, say("In “{name}” no crisis was declared.", name=name))
    near = get_close_matches(name, names_here(setting), 1, 0.5)
    if near:
        raise Failed(
            NOTHING, say("no crisis '{name}'. Did you mean '{near}'? See: warroom list", name=name, near=near[0])
        )
    raise Failed(NOTHING, say("no crisis '{name}'. See: warroom list", name=name))


def names_here(setting: Setting) -> list[str]:
    """What a crisis may be called on the command line."""
    others = [room.name for room in setting.rooms() if room != setting.folder and (room / TIMELINE).exists()]
    return [*folded(setting.folder).incidents, *others]


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
    if not setting.quiet:
        print(text, file=sys.stderr)
