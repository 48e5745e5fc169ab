"""Enter, pressed five times from anywhere, publishes, approves, declares and closes nothing; Esc destroys nothing."""

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.ui.consoles import Console, demo_console
from warroom.ui.dialogs.leave import LeaveDialog
from warroom.ui.views.desk_panels import Editor

BIG = {
    "incident.declared",
    "incident.stood_down",
    "incident.reopened",
    "incident.handed_over",
    "incident.severity_changed",
    "incident.times_corrected",
    "statement.approved",
    "statement.published",
    "statement.check_overridden",
    "step.skipped",
}
DIALOGS = (
    *("open", "objectives", "seats", "freeze", "deadlines", "regulators", "questions", "ledger", "stance"),
    *("severity", "times", "handover", "stand_down", "look_back", "export", "sources", "help", "note"),
    *("narratives", "add_source", "command_palette"),
)


@pytest.fixture(autouse=True)
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter in the export writes a file where one stands."""
    monkeypatch.chdir(tmp_path)


def done(console: Console) -> list[str]:
    """The big acts that were ever written, in the order of the log."""
    lines = [line for timeline in console.room.board.timelines.values() for line in timeline]
    return [line.recorded.data.typ for line in lines if line.recorded.data.typ in BIG]


async def five_times_enter(console: Console, keys: str, action: str = "") -> None:
    """Go there from the Room, press Enter five times, look, and come back."""
    before, incident = done(console), console.room.incident
    await console.press("1", *keys.split())
    if action:
        await opened(console, action)
    assert getattr(console.app.screen.focused, "id", "") != "yes", f"{keys or action}: what is harmless has the keys"
    await console.press("enter", "enter", "enter", "enter", "enter")
    where = keys or action
    assert done(console) == before, where
    after = console.room.incident
    assert (after is None) == (incident is None), where
    assert after is None or after.is_open, where
    await back(console, where)
    await console.press("escape")


async def opened(console: Console, action: str) -> None:
    await console.app.run_action(action)
    await console.settled()
    assert console.app.screen is not console.screen, action


async def back(console: Console, where: str) -> None:
    """Esc, as often as it takes."""
    for _ in range(20):
        if console.app.screen is console.screen:
            return
        await console.press("escape")
    raise AssertionError(where)


def named(dialog: str) -> str:
    return dialog if dialog == "command_palette" else f"screen.{dialog}"


VIEWS = [f"{view} {more}" for view in "123456" for more in ("", "down", "tab")]
STATEMENT = [f"4 {key}" for key in "apoyltbwcf"] + ["4 f2", "4 e"]
PLAN = [f"3 {key}" for key in "catox"]
FEED = [f"2 down {key}" for key in ("g", "a", "m", "f", "slash")]


@pytest.mark.parametrize("places", [VIEWS, STATEMENT, PLAN, FEED], ids=["views", "statement", "plan", "feed"])
async def test_in_a_crisis_from_every_view_and_its_dialogs(tmp_path: Path, places: list[str]) -> None:
    async with demo_console(tmp_path) as console:
        for keys in places:
            await five_times_enter(console, keys)


async def test_with_an_approved_draft(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "a")
        await console.until("Approve revision 1")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Approved: revision 1")
        for keys in [*VIEWS[::3], *STATEMENT[:4]]:
            await five_times_enter(console, keys)


async def test_in_calm(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        for keys in [*VIEWS[::3], "d", "o", "n", "tab"]:
            await five_times_enter(console, keys)


async def test_from_every_dialog(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        for dialog in DIALOGS:
            await five_times_enter(console, "", named(dialog))


async def test_escape_leaves_every_dialog_and_nothing_is_written_or_lost(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        pos, text = console.room.board.pos, console.screen.query_one(Editor).text
        for dialog in DIALOGS:
            await opened(console, named(dialog))
            await back(console, dialog)
            assert console.room.board.pos == pos, dialog
            assert console.screen.query_one(Editor).text == text
        await console.press("escape", "escape", "escape")
        assert console.app.is_running


async def test_the_question_before_leaving_stays(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        said: list[bool | None] = []
        await console.app.push_screen(LeaveDialog(console.screen.session.words), said.append)
        await five_times_enter(console, "")
        assert said == [None]
        assert console.app.is_running


@pytest.mark.parametrize(
    ("action", "filled", "button", "happened"),
    [
        ("severity", {"reason": "It calms down"}, "Change", "incident.severity_changed"),
        ("handover", {"lead": "LR"}, "I have read it and I lead", "incident.handed_over"),
        (
            "times",
            {"declared": "13:58", "reason": "Read off the mail"},
            "Correct, by my name",
            "incident.times_corrected",
        ),
        ("stand_down", {"reason": "It is over"}, "The crisis is over", "incident.stood_down"),
    ],
)
async def test_what_is_filled_in_is_not_done_by_enter_alone_and_not_lost(
    tmp_path: Path, action: str, filled: dict[str, str], button: str, happened: str
) -> None:
    async with demo_console(tmp_path) as console:
        before = done(console)
        await console.app.run_action(f"screen.{action}")
        await console.until(button)
        dialog = console.app.screen
        if action == "severity":
            await console.press("up", "space")
        for name, text in filled.items():
            dialog.query_one(f"#{name}", Input).value = text
            dialog.query_one(f"#{name}").focus()
        await console.press("enter", "enter", "enter")
        await console.until(f"Tab leads to “{button}”.")
        assert done(console) == before
        assert {name: dialog.query_one(f"#{name}", Input).value for name in filled} == filled
        while dialog.focused is None or dialog.focused.id != "yes":
            await console.press("tab")
        await console.press("enter")
        await console.until(button, gone=True)
        for _ in range(100):
            if done(console) != before:
                break
            await console.settled()
        assert done(console) == [*before, happened]
