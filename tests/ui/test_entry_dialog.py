"""Enter on an entry of the timeline shows it whole: a row cuts what is long."""

from pathlib import Path

from textual.widgets import Input

from tests.ui.consoles import demo_console
from warroom.domain.events import NoteAdded

LONG = (
    "The plant says that filler three stood still from six to nine, and that nobody outside was told of it before ten"
)


async def test_an_entry_that_a_row_cuts_is_read_whole(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await console.press("n", *f"13:50 {LONG}", "enter")
        await console.press("5", "end")
        await console.until("13:50", "…")
        assert LONG not in " ".join(console.text().split())
        await console.press("enter")
        await console.until("Entry of the timeline", "13 min before the declaration", "added Tue 10 Mar 2026 14:25")
        told = " ".join(console.text().replace("┃", " ").split())
        assert LONG in told
        assert "2026-03-10 12:50:00 UTC" in told
        await console.press("escape")
        await console.until("Entry of the timeline", gone=True)


async def test_an_entry_is_corrected_from_where_it_is_read_and_each_names_the_other(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await console.press("n", *"the plant called at nine", "enter", "5", "end")
        await console.click("the plant called at nine", times=2)
        await console.press("c")
        await console.until("Correct an entry", "the plant called at nine")
        await console.press(*"it was at ten", "enter")
        await console.until("Correction: it was at ten")
        await console.press("end", "enter")
        await console.until("It corrects: 14:25 the plant called at nine (AM)")
        await console.press("escape", "up", "enter")
        await console.until("Corrected by: 14:25 it was at ten (AM)")
        *_, called, corrected = (line.recorded for line in console.room.board.timeline)
        assert isinstance(corrected.data, NoteAdded)
        assert corrected.data.corrects == called.id


async def test_hostile_words_do_no_harm_in_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await console.press("n")
        console.app.screen.query_one("#note", Input).value = "[@click=app.exit]here[/] \x1b]0;mine\x07‮abc"
        await console.press("enter", "5", "end", "enter")
        await console.until("[@click=app.exit]here[/]")
        assert not {"\x1b", "\x07", "‮"} & set(console.text())


async def test_a_search_says_how_much_it_leaves_out_at_every_width(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await console.press("5", "slash", *"promised")
        await console.until(f"Timeline · 1 of {len(console.room.board.timeline)}")
        await console.pilot.resize_terminal(120, 36)
        await console.until(f" 1 of {len(console.room.board.timeline)} ━")
        assert "Timeline ·" not in console.text()


async def test_a_search_that_finds_nothing_does_not_say_that_nothing_happened(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await console.press("5", "slash", *"zzz")
        await console.until("Nothing matches. Esc clears the search.")
        await console.press("escape")
        for _ in range(6):  # statements, steps, mentions, notes, decisions, feeds
            await console.press("f")
        await console.until("Nothing of this kind yet. f shows the next kind.")
        assert "Nothing yet." not in console.text()
