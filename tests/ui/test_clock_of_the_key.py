"""What a dialog decides, it decides by the time of the key, however long it was open."""

from datetime import timedelta
from pathlib import Path

from textual.widgets import Input

from tests.ui.consoles import MOMENT, Console, demo_console, incident_of, statement_of
from warroom.domain.events import NoteAdded

LATER = MOMENT + timedelta(minutes=7)


async def press_yes(console: Console) -> None:
    await console.settled()
    console.app.screen.query_one("#yes").focus()
    await console.press("enter")


async def test_a_text_is_published_when_it_is_marked_and_not_when_the_review_was_opened(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "a")
        await console.until("Approve revision 1")
        await press_yes(console)
        await console.until("Approved: revision 1")
        await console.press("p")
        await console.until("Nothing is posted for you")
        console.room.clock = lambda: LATER
        await press_yes(console)
        await console.until("Published after")
        assert statement_of(console).publications[-1].published_at == LATER


async def test_alone_on_shift_who_is_asked_may_fall_silent_while_one_reads(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        console.room.actor = statement_of(console).head.author
        console.screen.look()
        await console.press("a")
        await console.until("Approve revision 1")
        console.app.screen.query_one("#solo", Input).value = "nobody else is awake"
        await press_yes(console)
        await console.until("you hold no role that approves it")
        console.room.clock = lambda: MOMENT + timedelta(minutes=30)
        await press_yes(console)
        await console.until("Approved: revision 1")


async def test_a_crisis_is_declared_at_the_time_of_the_key_and_the_dialog_says_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.press("d")
        await console.until("Starts the clock at 14:25:41")
        console.app.screen.query_one("#title", Input).value = "Reactions to the oat drink"
        console.room.clock = lambda: LATER
        await console.until("Starts the clock at 14:32:41")
        await press_yes(console)
        await console.until("Declared. The clock runs.")
        assert incident_of(console).declared_at == LATER


async def test_a_note_has_the_time_at_which_it_is_saved(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("n")
        await console.until("Enter saves.")
        console.app.screen.query_one("#note", Input).value = "the laboratory has the lot"
        console.room.clock = lambda: LATER
        await console.press("enter")
        await console.until("Noted")
        lines = console.room.board.timelines[incident_of(console).id]
        notes = [line.recorded.data for line in lines if isinstance(line.recorded.data, NoteAdded)]
        assert notes[-1].happened_at == LATER


async def test_the_criteria_of_a_stand_down_go_on_while_one_reads_them(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        console.screen.action_stand_down()
        await console.until("Why is it over?")
        due = incident_of(console).open_promises[0].due_at
        assert "1 promise is overdue" not in console.text()
        console.room.clock = lambda: due + timedelta(minutes=1)
        await console.until("1 promise is overdue")


async def test_the_clock_goes_on_beneath_one_dialog_and_beneath_two(tmp_path: Path) -> None:
    async with demo_console(tmp_path, size=(120, 50)) as console:
        await console.press("4", "p")
        await console.until("Nothing is posted for you")
        console.room.clock = lambda: LATER
        await console.until("14:32:41 +01:00")
        await console.press("question_mark")
        await console.until("Keys here")
        console.room.clock = lambda: LATER + timedelta(seconds=7)
        await console.until("14:32:48 +01:00")
