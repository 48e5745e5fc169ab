"""While the log cannot be written nothing is shown as done, and nothing that somebody typed is lost."""

from asyncio import Event
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from tests.ui.consoles import MOMENT, Console, demo_console
from warroom.domain.board import Board
from warroom.domain.events import NoteAdded
from warroom.domain.sentence import say
from warroom.store.errors import StoreError
from warroom.ui.messages import Act
from warroom.ui.views.desk_panels import Editor

FULL = StoreError(say("The disk is full: {file} cannot grow. Make room, then try again.", file="timeline.db"))


class Disk:
    """The disk under the log of a console, which may be full."""

    def __init__(self, console: Console) -> None:
        self._journal = console.room._journal
        self._append = self._journal.append
        self.full = False
        self.slow: Event | None = None
        """What a write waits for."""
        self._journal.append = self._written  # type: ignore[method-assign]

    async def _written(self, *args: Any, **more: Any) -> Any:
        if self.full:
            raise FULL
        if self.slow is not None:
            await self.slow.wait()
        return await self._append(*args, **more)


@asynccontextmanager
async def full_console(folder: Path, size: tuple[int, int] = (120, 36)) -> AsyncIterator[tuple[Console, Disk]]:
    async with demo_console(folder, size) as console:
        disk = Disk(console)
        disk.full = True
        try:
            yield console, disk
        finally:
            disk.full = False
            if disk.slow is not None:
                disk.slow.set()


def notes(console: Console) -> list[str]:
    events = [line.recorded.data for line in console.room.board.timeline]
    return [event.text for event in events if isinstance(event, NoteAdded)]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_note_stays_in_its_field_until_it_is_written_and_enter_tries_again(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with full_console(tmp_path, size) as (console, disk):
        before = notes(console)
        await console.press("n")
        console.app.screen.query_one("#note", Input).value = "Diario asks again"
        await console.press("enter")
        await console.until("! not saved: The disk is full")
        assert "Diario asks again" in console.text()
        assert "Try again" in console.text()
        assert notes(console) == before
        await console.press("enter")
        await console.pilot.pause(0.2)
        assert "Diario asks again" in console.text()
        disk.full = False
        await console.press("enter")
        await console.until("✓ Noted")
        assert notes(console) == [*before, "Diario asks again"]


async def test_a_letter_on_a_mention_is_not_shown_as_done_and_the_selection_stays(tmp_path: Path) -> None:
    async with full_console(tmp_path) as (console, disk):
        await console.press("down", "down")
        before = next(line for line in console.lines() if "▌" in line)
        await console.press("r")
        await console.until("✕ Not saved: The disk is full")
        await console.until("▌")
        assert next(line for line in console.lines() if "▌" in line) == before
        disk.full = False
        await console.press("r")
        await console.until("→ Reply")


async def test_what_was_typed_into_a_question_about_a_step_stays(tmp_path: Path) -> None:
    async with full_console(tmp_path) as (console, disk):
        await console.press("3", "x")
        await console.until("Not needed?")
        console.app.screen.query_one("#field-reason", Input).value = "told by phone"
        await console.press("enter")
        await console.until("! not saved: The disk is full")
        assert "told by phone" in console.text()
        disk.full = False
        await console.press("enter")
        await console.until("Not needed: ")


@pytest.mark.parametrize(
    ("table", "row", "key", "field"),
    [
        ("questions", "", "n", "text"),
        ("seats", "legal", "n", "holder"),
        ("freeze", "", "n", "text"),
        ("regulators", "", "x", "reason"),
    ],
)
async def test_what_was_typed_for_a_table_stays_in_its_question_until_it_is_written(
    tmp_path: Path, table: str, row: str, key: str, field: str
) -> None:
    async with full_console(tmp_path) as (console, disk):
        await console.screen.run_action(table)
        await console.until("Close (Esc)")
        if row:
            console.app.screen.query_one("#table-list").select(row)  # type: ignore[attr-defined]
        await console.press(key)
        await console.until("Cancel (Esc)")
        typed = console.app.screen.query_one(f"#field-{field}", Input)
        typed.value = "LR"
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("! not saved: The disk is full")
        assert typed.value == "LR"
        disk.full = False
        await console.press("enter")
        await console.until("Cancel (Esc)", gone=True)
        await console.until("✓")


async def test_the_next_link_is_asked_for_once_the_first_is_written_however_long_that_takes(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await published(console)
        disk = Disk(console)
        disk.slow = Event()
        await console.press("l")
        await console.until("Link on Web")
        console.app.screen.query_one(Input).value = "https://nordavena.example/4471"
        await console.press_on("enter", until="Link on Web")
        assert "Link on X" not in console.text()
        disk.slow.set()
        await console.until("Link on X")


async def published(console: Console) -> None:
    """The statement that waits is approved and marked as published; its texts to copy are shown."""
    for key, words in (("a", "Approve revision 1"), ("p", "Nothing is posted for you")):
        await console.press("4", key)
        await console.until(words)
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until(words, gone=True)
    await console.until("Copy and link")


async def test_what_no_field_keeps_is_kept_by_the_console_and_tried_again(tmp_path: Path) -> None:
    async with full_console(tmp_path) as (console, disk):
        console.screen.action_seats()
        await console.until("Seats")
        await console.press("v")
        await console.until("✕ Not saved: The disk is full")
        assert "✓ " not in console.text().split("Seats")[1].split("Not saved")[0].splitlines()[-1]
        await console.press("escape")
        await console.until("not saved: ")
        assert "F4 Try again" in console.text()
        events = console.room.board.pos
        disk.full = False
        await console.press("f4")
        await console.until("F4 Try again", gone=True)
        assert console.room.board.pos > events


async def test_what_is_typed_meanwhile_keeps_nobody_from_trying_again(tmp_path: Path) -> None:
    async with full_console(tmp_path) as (console, disk):
        console.screen.post_message(Act(partial(written_down, "A caller"), say("Noted")))
        await console.until("F4 Try again")
        await console.press("4", "w")
        await console.press(*"yes")
        assert "yes" in console.screen.query_one(Editor).text
        assert "F4 Try again" in console.text()
        disk.full = False
        await console.press("f4")
        await console.until("F4 Try again", gone=True)
        assert "A caller" in notes(console)


async def test_a_second_try_again_loses_nothing_of_the_first(tmp_path: Path) -> None:
    async with full_console(tmp_path) as (console, disk):
        before = notes(console)
        said = [f"The {number} caller" for number in ("first", "second", "third")]
        for text in said:
            console.screen.post_message(Act(partial(written_down, text), say("Noted")))
        await console.until("not saved: Noted and 2 more")
        disk.full, disk.slow = False, Event()
        await console.press_on("f4", "f4", "q", until="! Noted")  # what is being written is not yet written
        assert console.text().count("! Noted") == 3
        await console.press_on("escape", until="not saved: Noted and 2 more")
        disk.slow.set()
        await console.until("not saved: ", gone=True)
        assert notes(console) == [*before, *said]


async def test_times_are_not_called_corrected_before_they_are(tmp_path: Path) -> None:
    async with full_console(tmp_path) as (console, disk):
        console.screen.action_deadlines()
        await console.until("Tell our own people")
        scene = console.screen.scene()
        assert scene.incident is not None
        await console.press("t")
        await console.until("When it was declared")
        act = Act(partial(written_down, "x"), say("The times are right now"))
        console.app.screen.dismiss(act)
        await console.until("Not saved: The disk is full")
        assert "✓ The times are right now" not in console.text()
        disk.full = False
        console.app.screen.dismiss(None)
        await console.press("f4")
        await console.until("✓ The times are right now")


def written_down(text: str, board: Board) -> NoteAdded:
    return NoteAdded(text=text, happened_at=MOMENT)


async def test_who_leaves_is_asked_and_offered_a_copy_elsewhere(tmp_path: Path) -> None:
    async with full_console(tmp_path) as (console, _):
        await console.press("4", "w")
        await console.pilot.pause(0.2)
        console.screen.query_one(Editor).text = "We are sorry, and we look into it."
        await console.press("escape")
        await console.until("! not saved")
        await console.press("1", "q")
        await console.until("Not everything is saved")
        assert "the draft on the desk" in console.text()
        await console.press("enter")
        await console.until("Not everything is saved", gone=True)
        assert console.app.is_running
        await console.press("q")
        await console.until("Not everything is saved")
        console.app.screen.query_one("#file", Input).value = "~nobody-at-all/where.md"
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("There is no home folder ~nobody-at-all")
        await console.pilot.pause(0.4)
        copy = tmp_path / "elsewhere.md"
        console.app.screen.query_one("#file", Input).value = str(tmp_path / "no" / "where.md")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("could not be written")
        await console.pilot.pause(0.4)  # a button that is being pressed takes no second press
        console.app.screen.query_one("#file", Input).value = str(copy)
        await console.press("enter")
        for _ in range(100):
            if copy.exists():
                break
            await console.pilot.pause(0.05)
        assert "We are sorry, and we look into it." in copy.read_text()
        assert "Not saved in the room" in copy.read_text()


async def test_what_was_typed_last_is_written_where_the_console_is_ended_from_outside(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "w")
        await console.until("saved")
        await console.press(*"Sorry")
        assert "Sorry" not in {one.head.text for one in console.room.incident.statements.values()}  # type: ignore[union-attr]
        console.app.exit()
        await console.app.save_last()
        assert console.room.incident is not None
        assert [one.head.text for one in console.room.incident.statements.values()].count("Sorry") == 1
        assert not any(one.rivals for one in console.room.incident.statements.values())


async def test_a_log_that_could_not_be_written_stands_in_the_banner_until_it_can(tmp_path: Path) -> None:
    async with full_console(tmp_path) as (console, disk):
        await console.press("down", "r", "6")
        await console.until("Not saved at 14:25:41: The disk is full: timeline.db cannot grow.")
        disk.full = False
        await console.press("1", "r")
        await console.until("→ Reply")
        assert "Not saved at" not in console.text()


async def test_a_note_that_could_not_be_saved_and_was_left_goes_into_the_copy(tmp_path: Path) -> None:
    async with full_console(tmp_path) as (console, _):
        await console.press("n", *"the plant has called", "enter")
        await console.until("! not saved")
        await console.press("escape", "q")
        await console.until("Not everything is saved", "! Note: the plant has called")
        copy = tmp_path / "elsewhere.md"
        console.app.screen.query_one("#file", Input).value = str(copy)
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.so(copy.exists)
        assert "- Note: the plant has called" in copy.read_text()
