"""The common flags: what every verb knows, with the variable and the line of config.yaml that say the same.

One table, and from it the options of the command line, the help, the order of precedence (flag, WARROOM_*, config,
default) and the page of the documentation.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from warroom.domain.sentence import Sentence, say
from warroom.verbs.failing import USAGE, Failed


@dataclass(frozen=True, slots=True)
class Flags:
    """The common flags as they were given; None where they were not."""

    lang: str | None = None
    theme: str | None = None
    config: str | None = None
    data_dir: str | None = None
    actor: str | None = None
    ascii: bool | None = None
    color: bool | None = None
    motion: bool | None = None
    input: bool | None = None
    quiet: bool | None = None
    verbose: bool | None = None


@dataclass(frozen=True, slots=True)
class Common:
    """One common flag. `name` is its field in `Flags`; `key` is its line in config.yaml, where it has one."""

    name: str
    option: str
    told: Sentence
    variable: str
    key: str | None = None
    value: str | None = None
    """What stands for its value in the help; None is a switch."""
    short: str | None = None

    @property
    def turns_on(self) -> bool:
        """Whether the switch says yes to its field: `--ascii` does, `--no-color` says no to `color`."""
        return not self.option.startswith("--no-")


COMMON = (
    Common("lang", "--lang", say("The language of the screen."), "WARROOM_LANG", "language", "en|es"),
    Common("theme", "--theme", say("The colours: warroom-dark, warroom-light, …"), "WARROOM_THEME", "theme", "NAME"),
    Common("ascii", "--ascii", say("Only plain characters, for terminals without others."), "WARROOM_ASCII", "ascii"),
    Common("color", "--no-color", say("No colours."), "WARROOM_NO_COLOR", "no_color"),
    Common("motion", "--no-motion", say("Nothing moves; clocks tick every 10 s."), "WARROOM_NO_MOTION", "no_motion"),
    Common("input", "--no-input", say("Never ask and never wait for keys."), "WARROOM_NO_INPUT", "no_input"),
    Common("config", "--config", say("The configuration to read."), "WARROOM_CONFIG", None, "FILE"),
    Common("data_dir", "--data-dir", say("The folder of the room."), "WARROOM_DATA_DIR", "data_dir", "DIR"),
    Common("actor", "--as", say("The initials that sign the timeline."), "WARROOM_AS", "as", "INITIALS"),
    Common("quiet", "--quiet", say("Only results and mistakes."), "WARROOM_QUIET", "quiet", short="-q"),
    Common("verbose", "--verbose", say("Say more, on standard error."), "WARROOM_VERBOSE", "verbose", short="-v"),
)
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def switch(name: str, flag: bool | None, environ: Mapping[str, str], configured: bool | None) -> bool:
    """A switch by the order of precedence. Without a word from anybody, colours, motion and questions are on and the
    rest is off."""
    if flag is not None:
        return flag
    common = next(one for one in COMMON if one.name == name)
    said = environ.get(common.variable, "").strip().casefold()
    if said in _TRUE or said in _FALSE:
        return (said in _TRUE) == common.turns_on
    if said:
        raise Failed(USAGE, say("{name}: '{text}' is neither 1 nor 0.", name=common.variable, text=said))
    if name == "color" and environ.get("NO_COLOR"):  # no-color.org
        return False
    if configured is not None:
        return configured == common.turns_on
    return not common.turns_on
