"""What a shell may complete: the script for it, and the names that only the room knows.

Nothing here ever complains: a Tab in the middle of a line is no place for a sentence.
"""

from collections.abc import Iterable

import click
from click.shell_completion import get_completion_class

from warroom.verbs.failing import Failed
from warroom.verbs.usage import Given

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_WARROOM_COMPLETE"
"""By it the shell asks: the name that click takes from that of the program."""


def script(cli: click.Command, shell: str) -> str:
    """The lines with which a shell learns to complete."""
    found = get_completion_class(shell)
    if found is None:
        raise LookupError(shell)
    asks = found(cli, {}, "warroom", VARIABLE)
    # `source()` would first start a bash to look how old it is.
    written = asks.source_template % asks.source_vars()
    # In fish click takes what is told of an option apart at its commas, and shows it to the first.
    return written.replace('string split ","', 'string split --max 1 ","')


def incidents(given: Given) -> Iterable[str]:
    """The crises of the room, the drills and the demo."""
    from warroom.services.yamlfile import ConfigError
    from warroom.store.errors import StoreError
    from warroom.verbs.setting import names_here, settle

    try:
        return names_here(settle(given.flags))
    except (ConfigError, Failed, StoreError, OSError):
        return ()


def scenarios(given: Given) -> Iterable[str]:
    """What can be practised."""
    from warroom.services.exercise import exercises

    return list(exercises())


def themes(given: Given) -> Iterable[str]:
    """The colours by their names."""
    from warroom.ui.theme import theme_names

    return theme_names()
