"""One line of the frame as parts, fitted to a width before anything is painted. Pure.

A part is never cut in half unless it says so (`shrink`): when there is no room it goes, the last first.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size


class Part(NamedTuple):
    """Text with a style (theme variables allowed) and what a click on it does."""

    text: str
    style: str = ""
    action: str = ""

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


def whole(parts: Sequence[Sequence[Part]], width: int) -> list[Part]:
    """Whole groups only, in the order given, as many as fit."""
    fitted: list[Part] = []
    for group in parts:
        if width_of(fitted) + width_of(group) > width:
            break
        fitted.extend(group)
    return fitted
