"""One line of the frame as parts, fitted to a width before anything is painted. Pure.

A part is never cut in half unless it says so (`shrink`): when there is no room it goes, the last first.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size


class Part(NamedTuple):
    """Text with a style (theme variables allowed) and what a click on it does. A part that `hangs` is the sign or the
    name before a sentence: what its line has no room for goes on behind it, and not under it (see `hung`)."""

    text: str
    style: str = ""
    action: str = ""
    hangs: bool = False

    @property
    def width(self) -> int:
        return cell_len(self.text)


def width_of(parts: Sequence[Part]) -> int:
    return sum(part.width for part in parts)


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, with `…` where something was cut off."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def fewer_clauses(sentence: str, width: int) -> str:
    """The sentence, or without its last parts where these have no room: rather than cut in the middle of a number."""
    for end in ("; ", ", "):
        if cell_len(sentence) > width:
            sentence = sentence.rpartition(end)[0] or sentence
    return sentence


def spread(left: Sequence[Part], right: Sequence[Part], width: int, *, fill: str = "") -> list[Part]:
    """Left and right parts with the gap between them filled, exactly `width` cells where they fit."""
    gap = width - width_of(left) - width_of(right)
    if gap < 0:
        return clip([*left, *right], width)
    return [*left, Part(" " * gap, fill), *right]


def clip(parts: Sequence[Part], width: int) -> list[Part]:
    """As much as fits; the part at the edge is cut."""
    fitted: list[Part] = []
    for part in parts:
        room = width - width_of(fitted)
        if room <= 0:
            break
        fitted.append(part if part.width <= room else part._replace(text=cut(part.text, room)))
    return fitted


def lines_of(groups: Sequence[Sequence[Part]], width: int, *, most: int) -> list[Part]:
    """Whole groups in as many lines as they need, at most `most`."""
    shown: list[Part] = []
    used, lines = 0, 1
    for group in groups:
        if used and used + width_of(group) > width:
            if lines == most:
                break
            shown.append(Part("\n"))
            used, lines = 0, lines + 1
        shown.extend(group)
        used += width_of(group)
    return shown


def part_at(parts: Sequence[Part], x: int) -> Part | None:
    """The part of a line that covers this cell."""
    for part in parts:
        if (x := x - part.width) < 0:
            return part
    return None


def whole(parts: Sequence[Sequence[Part]], width: int) -> list[Part]:
    """Whole groups only, in the order given, as many as fit."""
    fitted: list[Part] = []
    for group in parts:
        if width_of(fitted) + width_of(group) > width:
            break
        fitted.extend(group)
    return fitted


_WORDS = re.compile(r" *[^ ]+| +$")
"""Words with the blanks before them; what stands at a blank that must not break is one word."""
LEAST_BESIDE = 12
"""Cells beside a part that hangs, below which a sentence is better broken under it."""


def hung(parts: Sequence[Part], width: int) -> list[Part]:
    """The parts of one line or of several; where one hangs, its line is broken between words at `width`, and goes on
    below where that part ends. Other lines are left to whoever paints them."""
    shown: list[Part] = []
    for number, line in enumerate(parted(parts)):
        indent = max((width_of(line[: place + 1]) for place, part in enumerate(line) if part.hangs), default=0)
        shown += [Part("\n")] if number else []
        shown += _broken(line, width, indent) if 0 < indent <= width - LEAST_BESIDE else line
    return shown


def parted(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts line by line, without the breaks."""
    lines: list[list[Part]] = [[]]
    for part in parts:
        first, *more = part.text.split("\n")
        lines[-1] += [part._replace(text=first)] if first else []
        lines += [[part._replace(text=text)] if text else [] for text in more]
    return lines


def _broken(line: Sequence[Part], width: int, indent: int) -> list[Part]:
    """One line in as many as it takes, all but the first `indent` cells from the left."""
    shown, used, blank = list[Part](), 0, True
    for part in line:
        for word in _WORDS.findall(part.text):
            bare = word.lstrip(" ")
            new = used > indent and (blank or bare != word)  # not in the middle of a word of two colours
            if new and used + cell_len(word.rstrip(" ")) > width:
                shown += [Part("\n"), Part(" " * indent)]
                used, word = indent, bare
            shown.append(part._replace(text=word))
            used, blank = used + cell_len(word), word.endswith(" ")
    return shown
