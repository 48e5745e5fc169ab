"""A list of rows paints what has changed, and shows where the selection is with and without the focus."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.widgets import Button

from warroom.ui.line import Part
from warroom.ui.theme import defaults
from warroom.ui.widgets.row_list import RowList


class Steps:
    """Rows that say their number and how often they were ticked."""

    def __init__(self, count: int, ticked: dict[int, int] | None = None) -> None:
        self.count = count
        self.ticked = ticked or {}

    def __len__(self) -> int:
        return self.count

    def key(self, index: int) -> str:
        return str(index)

    def line(self, index: int, width: int) -> Sequence[Part]:
        return [Part(f"step {index}"), Part(f" {self.ticked.get(index, 0)}", "$muted")]

    def selectable(self, index: int) -> bool:
        return True


class Listing(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return defaults("textual-dark")

    def compose(self) -> ComposeResult:
        yield RowList()
        yield Button("Elsewhere", compact=True)

    @property
    def rows(self) -> RowList:
        return self.query_one(RowList)

    def on_mount(self) -> None:
        self.rows.show(Steps(60))
        self.rows.focus()

    def first(self, count: int) -> list[str]:
        return [self.rows.render_line(y).text.rstrip() for y in range(count)]


@contextmanager
def painted(rows: RowList, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The lines that are asked to be painted meanwhile; -1 is all of them."""
    lines: list[int] = []
    refresh = rows.refresh

    def watched(*regions: Region, **how: bool) -> RowList:
        lines.extend([region.y for region in regions] or [-1])
        return refresh(*regions, **how)

    with monkeypatch.context() as patched:
        patched.setattr(rows, "refresh", watched)
        yield lines


async def test_a_move_of_the_selection_paints_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Listing().run_test(size=(40, 12)) as pilot:
        app = pilot.app
        assert isinstance(app, Listing)
        await pilot.press("down", "down")
        with painted(app.rows, monkeypatch) as lines:
            await pilot.press("down")
            await pilot.pause()
        assert lines == [2, 3]
        assert app.first(4) == [" step 0 0", " step 1 0", " step 2 0", "▌step 3 0"]


async def test_looking_again_paints_only_the_row_that_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Listing().run_test(size=(40, 12)) as pilot:
        app = pilot.app
        assert isinstance(app, Listing)
        await pilot.pause()
        app.rows.show(Steps(60))
        with painted(app.rows, monkeypatch) as lines:
            app.rows.show(Steps(60))
            assert lines == []
            app.rows.show(Steps(60, {4: 2}))
            assert lines == [4]
        await pilot.pause()
        assert app.first(5)[4] == " step 4 2"


async def test_a_line_that_was_asked_for_before_it_was_painted_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Listing().run_test(size=(40, 12)) as pilot:
        app = pilot.app
        assert isinstance(app, Listing)
        await pilot.pause()
        steps = Steps(60)
        app.rows.show(steps)
        steps.ticked[2] = 1
        app.rows.render_line(2)
        with painted(app.rows, monkeypatch) as lines:
            app.rows.show(steps)
        assert lines == [2]


async def test_without_focus_a_thin_bar_says_where_the_selection_is() -> None:
    async with Listing().run_test(size=(40, 12)) as pilot:
        app = pilot.app
        assert isinstance(app, Listing)
        await pilot.press("down")
        assert app.first(2)[1] == "▌step 1 0"
        app.query_one(Button).focus()
        await pilot.pause()
        assert app.first(2)[1] == "│step 1 0"


async def test_a_selection_in_sight_stays_in_sight_where_there_are_fewer_lines() -> None:
    async with Listing().run_test(size=(40, 30)) as pilot:
        rows = pilot.app.query_one(RowList)
        rows.select("25")
        await pilot.pause()
        assert rows.scroll_offset.y == 0
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert rows.cursor - rows.scroll_offset.y in range(rows.size.height)
        rows.scroll_to(y=0, animate=False, force=True)
        await pilot.resize_terminal(40, 9)
        await pilot.pause()
        assert rows.scroll_offset.y == 0, "who has looked elsewhere is not taken back"
