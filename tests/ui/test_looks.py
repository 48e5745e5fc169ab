"""Dialogs and views look every second or more often; where nothing has changed, nothing is read or painted again."""

import random
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from tests.scenario import START, declared
from tests.ui.consoles import MOMENT, Console, demo_console
from warroom.domain.events import NoteAdded, SpikeOver, SpikeSeen
from warroom.ui.dialogs.publish import PublishDialog
from warroom.ui.screens import console as console_screen
from warroom.ui.session import LiveSession
from warroom.ui.views import pulse
from warroom.ui.views.pulse import PulseView, marks_of
from warroom.ui.views.room import RoomView
from warroom.ui.widgets.big_clock import BigClock
from warroom.ui.widgets.text_block import TextBlock


def counted(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[Any]:
    """The first arguments of every call from now on."""
    known, calls = getattr(owner, name), list[Any]()

    def call(*args: Any, **more: Any) -> Any:
        calls.append(args[0])
        return known(*args, **more)

    monkeypatch.setattr(owner, name, call)
    return calls


async def publishing(console: Console) -> PublishDialog:
    await console.press("4", "p")
    await console.until("Nothing is posted for you")
    dialog = console.app.screen
    assert isinstance(dialog, PublishDialog)
    return dialog


async def test_the_review_reads_the_text_once_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with demo_console(tmp_path) as console:
        dialog = await publishing(console)
        judged = counted(monkeypatch, console.screen.session.scene().desk, "judge")
        dialog._look()
        dialog._look()
        assert judged == []
        console.room.clock = lambda: MOMENT + timedelta(minutes=1)
        dialog._look()
        dialog._look()
        assert len(judged) == 1


LOOKING = (
    ("ledger", "Facts, rumours, promises", "look"),
    ("narratives", "Narratives", "look"),
    ("publish", "Nothing is posted for you", "_look"),
    ("mention", "Esc closes.", "_again"),
)
"""A dialog, words that stand in it, and what it does every second or more often."""


async def test_a_dialog_in_which_nothing_has_changed_is_not_painted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo_console(tmp_path) as console:
        await console.sorted_out()
        for action, words, again in LOOKING:
            if action == "publish":
                await publishing(console)
            elif action == "mention":
                await console.press("2", "down", "enter")
            else:
                await console.screen.run_action(action)
            await console.until(words)
            dialog = console.app.screen
            getattr(dialog, again)()
            await console.pilot.pause()
            with monkeypatch.context() as patched:
                painted = counted(patched, TextBlock, "update")
                getattr(dialog, again)()
            assert [block for block in painted if block.screen is dialog] == [], action
            for block in dialog.query("#table-told, #mention-text, #review, #effect"):
                assert isinstance(block, TextBlock)
            await console.press("escape")
            assert console.app.screen is console.screen, action


async def test_the_five_numbers_are_counted_once_for_their_two_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("6")
        await console.until("mentions/min")
        seen = counted(monkeypatch, pulse, "five_numbers")
        console.screen.query_one(PulseView).look(console.screen.session.scene())
        assert len(seen) == 1


async def test_the_banner_is_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with demo_console(tmp_path) as console:
        seen = counted(monkeypatch, console_screen, "banner")
        console.screen._second()
        assert len(seen) == 1


def test_only_what_falls_into_the_window_is_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    told = counted(monkeypatch, pulse, "entry")
    scenario = declared()
    for minutes, event in (
        (1, SpikeSeen(rate10=500, usual10=20)),
        (5, NoteAdded(text="so", happened_at=START)),
        (56, SpikeOver(rate10=9)),
    ):
        scenario.minutes(minutes).given(event)
    log = [line.recorded for line in scenario.board.timeline]
    first = int(START.timestamp() // 60) + 1
    assert marks_of(log, None, first, 60) == {0: "▲"}
    assert told == log[1:3]


def test_of_what_happens_in_one_minute_what_we_did_is_marked() -> None:
    scenario = declared().given(SpikeSeen(rate10=900, usual10=20))
    log = [line.recorded for line in scenario.board.timeline]
    assert marks_of(log, scenario.incident, int(START.timestamp() // 60), 60) == {0: "◆"}


def put_forward(console: Console, to: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the room strikes a later second."""
    monkeypatch.setattr(LiveSession, "now", lambda _: MOMENT + to)
    console.screen._second()


async def test_the_room_shows_each_second_what_a_whole_look_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, to = random.Random(3), timedelta(0)
    async with demo_console(tmp_path, (200, 50)) as console:
        await console.sorted_out()
        for _ in range(60):
            to += timedelta(seconds=chance.choice((1, 1, 7, 13)))
            put_forward(console, to, monkeypatch)
            await console.settled()
            ticked = console.text()
            console.screen.look()
            await console.settled()
            assert ticked == console.text()


async def test_within_a_minute_what_is_told_in_minutes_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo_console(tmp_path) as console:
        await console.sorted_out()
        put_forward(console, timedelta(seconds=1), monkeypatch)
        seen = {part: counted(monkeypatch, RoomView, part) for part in ("_pulse", "_plan", "_golden")}
        put_forward(console, timedelta(seconds=2), monkeypatch)
        assert [part for part, looks in seen.items() if looks] == ["_golden"]
        put_forward(console, timedelta(seconds=70), monkeypatch)
        assert all(seen.values())


async def test_the_plan_is_whole_at_once_when_the_room_comes_back(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("2")
        room = console.screen.query_one(RoomView)
        assert not room.query_one("#room-plan").size, "it has no height before it is laid out"
        room.look(console.screen.session.scene())
        told = "".join(part.text for part in room.query_one("#room-plan-text", TextBlock)._shown)
        assert "Who are we in this" in told


@pytest.mark.parametrize("late", [timedelta(hours=1, minutes=36, seconds=19), timedelta(hours=30), timedelta(days=12)])
async def test_however_late_a_deadline_is_the_big_clock_is_whole(
    late: timedelta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo_console(tmp_path) as console:
        put_forward(console, late, monkeypatch)
        await console.settled()
        clock = console.screen.query_one("#digits", BigClock)
        assert clock.value.startswith("+")
        rows = clock.render().plain.splitlines()
        assert len(rows) == 3
        assert all(row.strip() in console.text() for row in rows)


async def test_in_a_flood_the_second_does_not_look_right_after_a_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo_console(tmp_path) as console:
        await console.sorted_out()
        screen = console.screen
        seen = counted(monkeypatch, console_screen.ConsoleScreen, "_frame")
        screen._flooded, screen._looked = True, monotonic()
        screen._second()
        assert not seen
        screen._flooded, screen._looked = True, monotonic() - 1
        screen._second()
        assert seen
