"""Every dialog of the desk and of the plan at 80×24, in both languages: its buttons are in sight, its start is, and
what is longer than the screen can be read on with the arrow keys."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from rich.cells import set_cell_size
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Button

from tests.ui.consoles import Console, demo_console
from warroom.domain.sentence import say
from warroom.ui.widgets.key_row import KeyRow

LOW = (80, 24)
DESK = ("t", "b", "a", "p", "f")
OF_THE_CONSOLE = (
    "look_back",
    "stance",
    "seats",
    "freeze",
    "regulators",
    "handover",
    "questions",
    "objectives",
    "severity",
    "stand_down",
    "note",
)


def in_sight(console: Console, selector: str) -> bool:
    """Whether a widget of the dialog is painted whole."""
    placed = console.app.screen.find_widget(console.app.screen.query_one(selector))
    whole = Region(0, 0, *LOW).intersection(placed.clip)
    return bool(placed.region.area) and whole.contains_region(placed.region)


async def dialogs(console: Console, *more: str) -> AsyncIterator[str]:
    """Open each dialog of the desk and of the console, and leave it again; its key or its name."""
    await console.press("4")
    for key in (*DESK, *OF_THE_CONSOLE, *more):
        before = console.app.screen
        if key in DESK:
            await console.press(key)
        else:
            getattr(console.screen, f"action_{key}")()
        await console.settled()
        assert console.app.screen is not before, key
        yield key
        await console.press("escape")
        assert console.app.screen is before, key


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_the_buttons_of_every_dialog_are_in_sight(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, LOW, lang=lang) as console:
        async for key in dialogs(console):
            assert in_sight(console, "#no"), f"{key}\n{console.text()}"
            assert in_sight(console, "#yes"), f"{key}\n{console.text()}"


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_a_declaration_is_seen_whole(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, LOW, lang=lang, calm=True) as console:
        await console.press("d")
        for one in ("#title", "#severity", "#lead", "#objective", "#effect", "#no", "#yes"):
            assert in_sight(console, one), f"{one}\n{console.text()}"


BEGINNINGS = {
    "t": ["What goes with the text", "Kind", "First word", "Objective that it serves"],
    "b": ["✓ approved in calm by one of your people", "nobody of your house has approved it", "gaps: "],
    "a": ["Approve revision 1", "The whole text", "Written by P. Gil"],
    "p": ["Nothing is posted for you", "✓ Approved", "→ thread of 2", "Copy the texts (k)"],
}


async def test_it_begins_at_its_beginning(tmp_path: Path) -> None:
    async with demo_console(tmp_path, LOW) as console:
        for key, words in BEGINNINGS.items():
            await console.press("4", key)
            for one in words:
                assert one in console.text(), key
            await console.press("escape")
            assert console.app.screen is console.screen, key


@pytest.mark.parametrize(("lang", "last"), [("en", "p New promise"), ("es", "p Nueva promesa")])
async def test_every_key_of_a_table_is_told_in_two_lines_where_one_is_too_short(
    tmp_path: Path, lang: str, last: str
) -> None:
    async with demo_console(tmp_path, LOW, lang=lang) as console:
        await console.press("4", "f")
        assert last in console.text()


async def test_a_long_review_is_read_on_with_the_arrow_keys(tmp_path: Path) -> None:
    async with demo_console(tmp_path, LOW) as console:
        await console.press("4", "a")
        await console.until("Approve revision 1")
        assert "M4" not in console.text()
        await console.press(*["down"] * 14)
        await console.until("M4 Our own people")
        assert console.app.screen.query_one("#no").has_focus
        await console.press("pageup", "pageup", "pageup")
        await console.until("The whole text")


async def test_who_may_speak_is_told_whole(tmp_path: Path) -> None:
    async with demo_console(tmp_path, LOW) as console:
        await console.press("4", "t")
        console.app.screen.query_one("#desk-facts").focus()
        await console.settled()
        row = next(line for line in console.lines() if "✓ ES Elena Soto" in line)
        assert "trained" in row
        assert "…" not in row.split("┃")[1]


async def test_the_checks_have_more_room_on_a_wide_screen(tmp_path: Path) -> None:
    for size, wide in (((120, 36), 48), ((200, 50), 92)):
        async with demo_console(tmp_path / str(size[0]), size) as console:
            await console.press("4")
            await console.until("Approval")
            assert console.screen.query_one("#desk-right").size.width in range(wide - 4, wide + 1)


@pytest.mark.parametrize("size", [LOW, (120, 36)])
async def test_tab_comes_to_the_buttons_last_and_every_field_is_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    async with demo_console(tmp_path, size) as console:
        await console.press("4", "t")
        screen = console.app.screen
        screen.set_focus(screen.query_one("#kind"))
        foot = screen.query_one("#foot")
        order = []
        while screen.focused is not None and screen.focused.id not in ("no", "yes"):
            order.append(screen.focused.id)
            await console.press("tab")
            if screen.focused is not None and screen.focused.id not in ("no", "yes"):
                placed = screen.find_widget(screen.focused)
                assert placed.visible_region.height, screen.focused.id
                assert not placed.visible_region.overlaps(foot.region), screen.focused.id
        assert order[-4:] == ["desk-facts", "desk-networks", "desk-other", "desk-lang"]
        assert screen.focused is not None
        assert screen.focused.id == "no"


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_a_long_refusal_is_told_whole_and_goes_again(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, LOW, lang=lang) as console:
        long = say("The stand-in is asked once {who} has been silent for as long as the plan allows it here.", who="AM")
        console.screen.tell(long, wrong=True)
        await console.until("allows it here")
        row = console.screen.query_one(KeyRow)
        assert row.size.height == 2
        assert "✕" in console.lines()[-2]
        assert "? " in console.lines()[-1]
        console.screen.tell(say("Saved"))
        await console.settled()
        assert row.size.height == 1


async def test_help_is_reached_by_a_click_also_from_under_a_long_refusal(tmp_path: Path) -> None:
    async with demo_console(tmp_path, LOW) as console:
        long = say("The stand-in is asked once {who} has been silent for as long as the plan allows it here.", who="AM")
        console.screen.tell(long, wrong=True)
        await console.until("allows it here")
        await console.pilot.click(KeyRow, offset=(75, 1))
        await console.until("Esc")
        assert console.app.screen is not console.screen


def beside_scrollbars(console: Console) -> Iterator[str]:
    """What stands right before a scrollbar."""
    screen, lines = console.app.screen, console.lines()
    for widget in screen.query(Widget):
        if not widget.show_vertical_scrollbar or widget not in screen._compositor.visible_widgets:
            continue
        bar = widget.vertical_scrollbar.region.intersection(screen.find_widget(widget).clip)
        for line in lines[max(0, bar.y) : bar.bottom]:
            if (before := set_cell_size(line, bar.x)[-12:])[-1:].strip():
                yield before


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("size", [(60, 16), LOW])
async def test_no_word_touches_a_scrollbar_and_no_button_is_cut(
    tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    async with demo_console(tmp_path, size, lang=lang) as console:
        async for key in dialogs(console, "times", "add_source"):
            assert not list(beside_scrollbars(console)), f"{key}\n{console.text()}"
            for button in (one for one in console.app.screen.query("#buttons Button").results(Button) if one.display):
                placed = console.app.screen.find_widget(button)
                assert placed.region.right <= placed.clip.right, f"{key}: {button.label}\n{console.text()}"
        await console.press("y")  # says something, the list of checks has the keys
        assert not list(beside_scrollbars(console)), console.text()


async def test_home_and_end_lead_through_what_is_longer_than_the_screen(tmp_path: Path) -> None:
    async with demo_console(tmp_path, LOW) as console:
        await console.press("question_mark", "end")
        await console.until("Everything else: Ctrl+P.")
        await console.press("home")
        await console.until("Everything else: Ctrl+P.", gone=True)
        await console.press("escape", "4", "a", "end")
        await console.until("To send it back")
