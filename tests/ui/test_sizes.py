"""Every width from 60 to 220 columns: nothing of the frame is cut or too long, and what stood stands after a resize."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.ui.consoles import Console, demo_console
from warroom.ui.frame import TAB_NAMES, VIEWS
from warroom.ui.views.desk_panels import Editor
from warroom.ui.views.plan import StepList
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.mention_feed import MentionFeed

WIDTHS = range(60, 221)
SEVERITY = {"en": "■■■□ 3 of 4", "es": "■■■□ 3 de 4"}
HELP = {"en": "? Help", "es": "? Ayuda"}


def at(console: Console, line: str, width: int) -> str:
    return console.screen.query_one(f"#{line}", ActionLine).plain_at(width)


def hints(row: str) -> list[str]:
    """The hints of a key row; two blanks part one from the next."""
    return [hint.strip() for hint in row.split("  ") if hint.strip()]


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_nothing_of_the_frame_is_cut_at_any_width(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, lang=lang) as console:
        await the_time_left_and_what_is_late_are_said(console, lang)
        await the_severity_and_the_time_are_never_cut_and_the_title_goes_first(console, lang)
        await no_tab_is_cut(console, lang)
        await no_hint_is_cut_and_help_always_stays(console, lang)


async def no_tab_is_cut(console: Console, lang: str) -> None:
    words = console.app.session.words
    for active in "126":
        await console.press(active)
        for width in WIDTHS:
            row = at(console, "tabs", width)
            assert cell_len(row) <= width
            for number, view in enumerate(VIEWS, 1):
                assert f"{number} {words.say(TAB_NAMES[view])}" in row, f"{width}: {row}"
            assert "…" not in row
            assert "1!" in row or width < 80, "what is overdue is said by its tab"


async def no_hint_is_cut_and_help_always_stays(console: Console, lang: str) -> None:
    for view in "123456":
        await console.press(view)
        known = set(hints(at(console, "keys", 400)))
        assert len(known) > 2
        for width in WIDTHS:
            row = at(console, "keys", width)
            assert cell_len(row) <= width
            assert set(hints(row)) <= known, f"{width}: {row}"
            assert HELP[lang] in row


async def the_severity_and_the_time_are_never_cut_and_the_title_goes_first(console: Console, lang: str) -> None:
    whole = at(console, "identity", 220)
    title = console.room.board.incident.title if console.room.board.incident else ""
    assert title in whole
    for width in WIDTHS:
        row = at(console, "identity", width)
        assert cell_len(row) == width, f"{width}: {row}"
        assert SEVERITY[lang] in row
        assert "14:25" in row
        assert "DEMO" in row
        assert title in row or "…" in row
    assert title not in at(console, "identity", 60)


async def the_time_left_and_what_is_late_are_said(console: Console, lang: str) -> None:
    for width in WIDTHS:
        row = at(console, "clocks", width)
        assert cell_len(row) <= width
        assert "00:37:00" in row
        assert "15:02" in row
        assert "! " in row, f"{width}: {row}"
        assert "…" not in row
    both = ("First mention", "Declared") if lang == "en" else ("1.ª mención", "Declarada")
    assert all(one in at(console, "clocks", 140) for one in both)


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_no_line_is_longer_than_the_screen_at_any_width(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, (60, 24), lang=lang) as console:
        for width in (60, 79, 80, 100, 140, 180, 220):
            await console.pilot.resize_terminal(width, 16 if width < 100 else 40)
            for view in "123456":
                await console.press(view)
                assert all(cell_len(line.rstrip()) <= width for line in console.lines()), f"{width}\n{console.text()}"
                assert all(len(line) for line in console.lines())


COLUMNS = {99: (), 100: ("Plan",), 179: ("Plan",), 180: ("Plan", "Timeline")}


async def test_one_column_below_100_two_from_there_and_three_from_180(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (220, 36)) as console:
        for width in COLUMNS:
            await console.pilot.resize_terminal(width, 36)
            await console.until("Feed")
            panels = "\n".join(line for line in console.lines()[3:-1])
            assert ("─ Plan ─" in panels) is ("Plan" in COLUMNS[width]), width
            assert ("─ Timeline ─" in panels) is ("Timeline" in COLUMNS[width]), width
            first = next(line for line in console.lines() if "@null34" in line)
            assert ("14:25:35" in first) is (width != 100), first


async def test_the_clock_card_needs_30_rows_and_a_tall_screen_has_a_taller_chart(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (120, 29)) as console:
        assert "Golden hour" not in console.text()
        assert "00:37:00" in console.text()
        chart, mention = (console.screen.query_one(one) for one in ("#room-chart", "#room-mention"))
        low = chart.size.height
        await console.pilot.resize_terminal(120, 30)
        await console.until("Golden hour")
        assert "00:37:00" not in console.text()
        await console.pilot.resize_terminal(120, 44)
        await console.settled()
        assert chart.size.height > low
        assert mention.size.height == 6, "six lines for the mention"


async def test_a_resize_down_and_back_keeps_selection_draft_and_scroll(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (200, 50)) as console:
        feed = console.screen.query_one("#feed MentionFeed", MentionFeed)
        await console.press("2", *["pagedown"] * 3, "down", "down")
        chosen = feed.selected
        line = next(y for y, text in enumerate(console.lines()) if "▌" in text)
        await console.press("3", "end")
        steps = console.screen.query_one(StepList)
        step = steps.selected
        await console.press("4", "e", *"KEPT")
        await console.until("KEPT")
        await console.pilot.resize_terminal(60, 16)
        await console.settled()
        assert console.screen.query_one(Editor).text.startswith("KEPT")
        await console.press("escape", "2")
        assert feed.selected == chosen
        await console.pilot.resize_terminal(200, 50)
        await console.settled()
        assert feed.selected == chosen
        assert next(y for y, text in enumerate(console.lines()) if "▌" in text) == line
        await console.press("3")
        assert steps.selected == step
        assert steps.cursor - steps.scroll_offset.y in range(steps.size.height)
        await console.press("4")
        await console.until("KEPT")


@pytest.mark.parametrize("size", [(59, 24), (120, 15)])
async def test_a_smaller_screen_says_in_one_line_what_it_needs_and_the_time_left(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with demo_console(tmp_path, size) as console:
        told = [line for line in console.lines() if line.strip()]
        assert len(told) == 1
        assert f"{size[0]}×{size[1]}; 60×16 needed." in told[0]
        assert "00:37:00" in told[0]
        assert "q Quit" in told[0]
