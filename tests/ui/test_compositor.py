"""A part of the screen is painted as Textual paints it, and only the widgets in that part are asked."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tests.ui.consoles import Console, demo_console
from warroom.ui.compositor import FrugalCompositor


def painted(compositor: Compositor, crop: Region, lines: set[int]) -> list[list[tuple[int, Strip | None]]]:
    chops = compositor._render_chops(crop, lines.__contains__)
    return [list(chops[y].items()) for y in sorted(lines)]


def ordinary(console: Console) -> Compositor:
    """Textual's own compositor, of the same screen."""
    own = Compositor()
    own.__dict__ = console.screen._compositor.__dict__
    return own


@pytest.mark.parametrize("view", ["1", "2", "4", "5"])
async def test_any_part_is_painted_as_textual_paints_it(view: str, tmp_path: Path) -> None:
    chance = random.Random(view)
    async with demo_console(tmp_path) as console:
        await console.press(view)
        frugal = console.screen._compositor
        assert isinstance(frugal, FrugalCompositor)
        for _ in range(40):
            lines = {chance.randrange(36) for _ in range(chance.randint(1, 6))}
            crop = Region(0, min(lines), 120, max(lines) + 1 - min(lines))
            assert painted(frugal, crop, lines) == painted(ordinary(console), crop, lines)


async def test_a_line_of_the_frame_asks_nothing_of_the_views(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counting(render: Callable[[Widget, Region], list[Strip]]) -> Callable[[Widget, Region], list[Strip]]:
        def render_lines(widget: Widget, crop: Region) -> list[Strip]:
            asked.append(f"{type(widget).__name__} {crop.height}")
            return render(widget, crop)

        return render_lines

    async with demo_console(tmp_path) as console:
        compositor = console.screen._compositor
        monkeypatch.setattr(Widget, "render_lines", counting(Widget.render_lines))
        compositor._render_chops(Region(0, 0, 120, 1), {0}.__contains__)
    assert asked == ["ActionLine 1", "ConsoleScreen 1"]
