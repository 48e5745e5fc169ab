"""Secrets by reference: `env:NAME` or `file:PATH`, read when they are needed, never shown."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from feeds.base import FeedRejected
from warroom.domain.sentence import say


class Secret:
    """A secret that prints as dots. `reveal` gives it to the one place that sends it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "•••"

    __str__ = __repr__


def resolve(reference: str, environ: Mapping[str, str] | None = None) -> Secret:
    """The secret that a reference names. What is missing, or readable by others, is a `FeedRejected`."""
    kind, _, name = reference.partition(":")
    if kind == "env":
        value = (os.environ if environ is None else environ).get(name, "")
        if not value:
            raise FeedRejected(say("The variable {name} is not set.", name=name))
        return Secret(value.strip())
    if kind == "file":
        path = Path(name).expanduser()
        try:
            mode = path.stat().st_mode
            if mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise FeedRejected(say("{file} can be read by others. Run: chmod 600 {file}", file=str(path)))
            return Secret(path.read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            raise FeedRejected(say("The secret in {file} cannot be read.", file=str(path))) from error
    raise FeedRejected(say("Write a secret as env:NAME or file:PATH."))
