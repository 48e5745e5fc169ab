"""What stands on the terminal while the console is made: the lines above its views, from what is known already.

Most of a start goes into making a screen. Which crisis this is, what the public waits for and how long we have been
silent is known before, and is said at once, where the console says it a moment later.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from io import TextIOWrapper
from shutil import get_terminal_size
from typing import TextIO

from warroom.domain.text import plain
from warroom.services.words import Words
from warroom.ui import frame
from warroom.ui.known import Known
from warroom.ui.line import Part, clip

ENTERED = "\x1b[?1049h\x1b[?25l"
"""The terminal's second screen, without a cursor; Textual takes it over as it is."""
LEFT = "\x1b[?25h\x1b[?1049l"
CLEAR, BELOW = "\x1b[2J\x1b[H", "\x1b[5;1H"
BOLD, TURNED, PLAIN, BREAK = "\x1b[1m", "\x1b[7m", "\x1b[m", "\n"

Show = Callable[[Known], None]


@cache
def canvas() -> TextIOWrapper:
    """Where the console is drawn: on standard error, as Textual does, unless that is kept in a file while standard
    output is the terminal."""
    if (usual := sys.__stderr__) is not None and (usual.isatty() or not os.isatty(1)):
        return usual
    return open(1, "w", encoding="utf-8", errors="replace", closefd=False)


@contextmanager
def opening(words: Words, *, ascii: bool = False, out: TextIO | None = None) -> Iterator[Show]:
    """Say that something is opened, as long as the block takes, and with what it yields what is known of it. Where the
    block fails, the terminal is what it was before, so that what went wrong can be read."""
    out = out or canvas()
    told = f"{CLEAR}{BELOW} {words.t('Opening…')}"

    def paint(text: str) -> None:
        if ascii:
            from warroom.ui.plain_signs import TABLE

            text = text.translate(TABLE)
        out.write(text)
        out.flush()

    paint(ENTERED + told)
    try:
        yield lambda known: paint(f"{told}\x1b[H{picture(known, *get_terminal_size())}")
    except BaseException:
        with suppress(OSError):  # the terminal may be gone, and then that is why
            paint(LEFT)
        raise


def picture(known: Known, width: int, height: int) -> str:
    """The lines with their codes. Colours wait for the theme: every terminal has these."""
    if frame.is_too_small(width, height):
        return _coded(frame.too_small(known, width, height))
    lines = [frame.identity(known, width), frame.clocks(known, width), frame.tabs(known, "", width)]
    return "\r\n".join(_coded(clip(line, width)) for line in lines if line)


def _coded(parts: Sequence[Part]) -> str:
    return "".join(f"{_code(part.style)}{plain(part.text).replace(BREAK, ' ')}{PLAIN}" for part in parts)


def _code(style: str) -> str:
    """What of a style needs no colours."""
    return (BOLD if "bold" in style else "") + (TURNED if "$background on" in style else "")
