"""A part of the screen is painted as Textual paints it, and only the widgets in that part are asked."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tests.ui.consoles import MOMENT, Console, demo_console
from warroom.ui.compositor import FrugalCompositor
from warroom.ui.dialogs.over import OverScreen
from warroom.ui.session import LiveSession

Spans = list[tuple[int, int, int]]


def painted(compositor: Compositor, crop: Region, lines: set[int]) -> list[list[tuple[int, Strip | None]]]:
    chops = compositor._render_chops(crop, lines.__contains__)
    return [list(chops[y].items()) for y in sorted(lines)]


def ordinary(console: Console) -> Compositor:
    """Textual's own compositor, of the same screen."""
    own = Compositor()
    own.__dict__ = console.screen._compositor.__dict__
    return own


async def test_any_part_is_painted_as_textual_paints_it(tmp_path: Path) -> None:
    chance = random.Random(1)
    async with demo_console(tmp_path) as console:
        frugal = console.screen._compositor
        assert isinstance(frugal, FrugalCompositor)
        for view in "1245":
            await console.press(view)
            for _ in range(40):
                lines = {chance.randrange(36) for _ in range(chance.randint(1, 6))}
                crop = Region(0, min(lines), 120, max(lines) + 1 - min(lines))
                assert painted(frugal, crop, lines) == painted(ordinary(console), crop, lines), (view, crop)


def shown(compositor: Compositor, regions: set[Region]) -> tuple[Spans, list[tuple[int, int, Strip | None]]]:
    """The pieces of a partial update, and what is painted in them."""
    compositor._dirty_regions = set(regions)
    update = compositor.render_partial_update()
    assert update is not None
    painted = [
        (y, x, strip)
        for y, x1, x2 in update.spans
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=True)
        if x < x2 and end > x1
    ]
    return update.spans, painted


async def test_pieces_of_lines_are_painted_as_textual_paints_them(tmp_path: Path) -> None:
    chance = random.Random(7)
    async with demo_console(tmp_path) as console:
        for _ in range(40):
            x, y = chance.randrange(119), chance.randrange(35)
            regions = {
                Region(x, y, chance.randint(1, 120 - x), chance.randint(1, 36 - y)),
                Region(chance.randrange(100), chance.randrange(36), 20, 1),
            }
            spans, painted = shown(console.screen._compositor, regions)
            assert (spans, painted) == shown(ordinary(console), regions)
            assert painted


async def test_what_changes_at_the_right_asks_nothing_of_the_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Widget] = []
    async with demo_console(tmp_path) as console:
        clock = console.screen.query_one("#digits").region
        render = Widget.render_lines

        def render_lines(widget: Widget, crop: Region) -> list[Strip]:
            asked.append(widget)
            return render(widget, crop)

        monkeypatch.setattr(Widget, "render_lines", render_lines)
        shown(console.screen._compositor, {clock})
        assert asked
        assert {widget.region.x for widget in asked if widget.region.y} >= {clock.x}
        assert not [widget for widget in asked if widget.region.right <= clock.x]


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
    assert asked == ["ActionLine 1"]


def whole(console: Console) -> list[list[tuple[str, object]]]:
    """Every cell of the topmost screen with its inks; a blank one has the ink of the paper alone."""
    visible_screen_stack.set(list(console.app._background_screens))
    return [
        [
            (sign, (segment.style, segment.style.bgcolor)[sign == " "])
            for segment in strip
            if segment.style is not None
            for sign in segment.text
        ]
        for strip in console.app.screen._compositor.render_strips()
    ]


@pytest.mark.parametrize("theme", ["warroom-dark", "ansi-dark"])
async def test_what_lies_under_a_dialog_is_dimmed_as_textual_dims_it(
    theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo_console(tmp_path, theme=theme) as console:
        await console.sorted_out()
        await console.press("n", "question_mark")
        ours = whole(console)
        for screen in console.app.screen_stack:
            screen._styles_cache.clear()
        monkeypatch.setattr(OverScreen, "render_line", ModalScreen.render_line)
        assert ours == whole(console)


async def test_a_second_under_a_dialog_asks_for_its_own_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with demo_console(tmp_path) as console:
        await console.sorted_out()
        await console.press("5", "question_mark")
        lines: list[int] = []
        render = OverScreen.render_line

        def render_line(screen: OverScreen[None], y: int) -> Strip:
            lines.append(y)
            return render(screen, y)

        monkeypatch.setattr(OverScreen, "render_line", render_line)
        for second in (1, 2, 3):
            await console.settled()
            lines.clear()
            monkeypatch.setattr(LiveSession, "now", lambda _, second=second: MOMENT + timedelta(seconds=second))
            console.screen._second()
            await console.so(lambda: lines)
        assert set(lines) == {0, 1}


@pytest.mark.parametrize(("size", "named"), [((80, 24), {"-narrow", "-short"}), ((120, 36), {"-broad", "-tall"})])
async def test_the_parts_of_a_screen_are_made_for_its_size(
    size: tuple[int, int], named: set[str], tmp_path: Path
) -> None:
    known: list[set[str]] = []

    class Asked(OverScreen[None]):
        def compose(self) -> ComposeResult:
            known.append({*self.classes})
            yield Static("How many?", id="box")

    async with demo_console(tmp_path, size, calm=True) as console:
        console.app.push_screen(Asked())
        await console.until("How many?")
        assert known == [named]
        assert {*console.app.screen.classes} == named
