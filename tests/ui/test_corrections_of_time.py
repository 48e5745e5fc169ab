"""Times and severity on the real console: what moves is shown before anybody confirms; the log keeps both."""

from datetime import datetime, timedelta
from pathlib import Path

from textual.widgets import Input

from tests.ui.consoles import Console, demo_console, incident_of
from warroom.ui.dialogs.severity import SeverityDialog
from warroom.ui.widgets.choices import Choice, ChoiceSet


async def fill(console: Console, **fields: str) -> None:
    for name, text in fields.items():
        console.app.screen.query_one(f"#{name}", Input).value = text
    await console.settled()


async def confirm(console: Console) -> None:
    console.app.screen.query_one("#yes").focus()
    await console.press("enter")


async def test_an_earlier_declaration_shows_what_moves_and_moves_it_once_confirmed(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        was = incident_of(console).declared_at
        await console.screen.run_action("times")
        await console.until("Nothing is different")
        await fill(console, declared="13:52")
        await console.until("deadlines move:")
        assert "15:02 → 14:52" in console.text()
        await confirm(console)
        await console.until("Say why the time is corrected")
        assert incident_of(console).declared_at == was
        await fill(console, reason="the call came in before")
        await confirm(console)
        await console.until("Corrected. The deadlines stand at their new times.")
        assert was - incident_of(console).declared_at == timedelta(minutes=10, seconds=was.second)
        await console.press("5", "end")
        await console.until("Time of the declaration corrected to 13:52: the call came in before")


async def test_half_a_time_moves_nothing_and_says_how_to_write_one(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        before: datetime = incident_of(console).declared_at
        await console.screen.run_action("times")
        await console.until("When it was declared")
        await fill(console, declared="13:", reason="x")
        await console.until("names no time")
        await confirm(console)
        assert incident_of(console).declared_at == before
        await console.press("escape")


async def test_a_lower_severity_needs_a_reason_and_another_one_tells_who_approves(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("severity")
        await console.until("Choose another severity to see what moves.")
        dialog = console.app.screen
        assert isinstance(dialog, SeverityDialog)
        choices = dialog.query_one(ChoiceSet)

        async def choose(level: int) -> None:
            list(choices.query(Choice))[level - 1].toggle()
            await console.settled()

        await choose(4)
        await console.until("No deadline moves.")
        await choose(2)
        await console.until("To approve from then on: ")
        assert "Steps that have joined stay" in console.text()
        await confirm(console)
        await console.until("Lowering the severity needs a reason.")
        assert incident_of(console).severity == 3
        await fill(console, reason="it calms down")
        await confirm(console)
        await console.until("Severity is now 2 of 4")


async def test_every_clock_stands_in_one_list_the_nearest_first(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("deadlines")
        await console.until("Tell our own people")
        lines = [line for line in console.lines() if "Holding statement" in line or "Tell our own people" in line]
        assert "Tell our own people" in lines[0]
        await console.press("t")
        await console.until("When it was declared")


async def test_a_mention_tells_what_was_done_with_it_and_what_was_taken_back(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("down", "r", "up", "e", "u", "m", "enter")
        await console.until("What was done")
        text = console.text()
        done = text[text.index("What was done") :]
        assert done.index("Reply") < done.index("Escalate") < done.index("pinned to the timeline")
        (line,) = [line for line in done.splitlines() if "Escalate" in line and ":41" in line]
        assert "taken back" in line


async def test_a_note_of_yesterday_says_its_day_and_midnight_is_a_rule(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("n")
        console.app.screen.query_one("#note", Input).value = "23:50 the first call"
        await console.press("enter")
        await console.until("Noted")
        await console.press("5", "end")
        await console.until("the first call")
        line = next(line for line in console.lines() if "the first call" in line)
        assert "Mon 9 Mar 2026 · added 14:25" in line
        clock = console.room.clock
        console.room.clock = lambda: clock() + timedelta(hours=10)
        await console.press("n")
        console.app.screen.query_one("#note", Input).value = "after midnight"
        await console.press("enter")
        await console.until("after midnight")
        lines = console.lines()
        at = next(place for place, line in enumerate(lines) if "after midnight" in line)
        assert any("── Wed 11 Mar 2026 ──" in line for line in lines[:at])
