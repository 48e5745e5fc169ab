"""A path as a person writes it, with `~` for a home."""

from pathlib import Path

from warroom.domain.sentence import Refused, say
from warroom.domain.text import one_line


def path_of(text: str | Path) -> Path:
    """The path that is meant. `Refused` where it begins in the home of somebody who has none here."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        home = Path(text).parts[0]
        raise Refused(say("There is no home folder {home} on this computer.", home=one_line(home))) from None
