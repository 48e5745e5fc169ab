"""Walking through the views and dialogs of one console, one after the other, and what is painted there."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.color import Color as Ink
from rich.style import Style
from textual.color import Color
from textual.geometry import Region

from tests.ui.consoles import Console

IN_CRISIS: Mapping[str, str] = {
    **{name: str(number) for number, name in enumerate(("room", "feed", "plan", "statement", "timeline", "pulse"), 1)},
    "publish": "4 p",
    "approve": "4 a",
    "guide": "2 home down g",
}
"""View or dialog → the keys that lead there."""
IN_CALM: Mapping[str, str] = {"room": "1", "declare": "d"}


async def walked(console: Console, places: Mapping[str, str]) -> AsyncIterator[str]:
    """Go from one to the next; what was opened is closed again."""
    for name, keys in places.items():
        await console.press(*keys.split())
        yield name
        while console.app.screen is not console.screen:
            await console.press("escape")


class Painted(NamedTuple):
    """A piece of a line as it is painted: where it begins, its text, its colours as a terminal gets them."""

    x: int
    y: int
    text: str
    ink: Ink
    ground: Ink
    style: Style


def painted(console: Console) -> Iterator[Painted]:
    """Everything that can be read now; where a dialog is open, what stands in it."""
    box = box_of(console)
    for y, strip in enumerate(console.app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            text, style, at = segment.text, segment.style, x
            x += segment.cell_length
            if style is None or style.color is None or style.bgcolor is None or not text.strip():
                continue
            if box.contains(at, y):
                turned = bool(style.reverse)
                ink, ground = (style.bgcolor, style.color) if turned else (style.color, style.bgcolor)
                yield Painted(at, y, text, ink, ground, style)


def box_of(console: Console) -> Region:
    """The part of the screen that has the keys."""
    boxes: Sequence[Region] = [box.region for box in console.app.screen.query("#box, #--container")]
    return boxes[0] if boxes else console.app.screen.region


def colour(ink: Ink) -> Color:
    """A colour of the terminal as one that can be measured."""
    return Color(*ink.get_truecolor())
