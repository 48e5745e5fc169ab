"""The console's own export: the log from the files, with its head, and never half of it."""

from pathlib import Path

from textual.widgets import Input

from tests.ui.consoles import demo_console
from warroom.services.room import TIMELINE
from warroom.store.journal import verify_log
from warroom.ui.dialogs.export import ExportDialog


async def test_the_console_writes_the_same_log_as_the_command_line(tmp_path: Path) -> None:
    async with demo_console(tmp_path / "room") as console:
        scene = console.screen.session.scene()
        assert scene.incident is not None
        file = tmp_path / "log.md"
        for place in (file, tmp_path / "none" / "log.md"):
            console.app.push_screen(ExportDialog(scene, scene.incident))
            await console.settled()
            console.app.screen.query_one("#file", Input).value = str(place)
            await console.press("enter")
        await console.until("there is no such file or folder")
        text = file.read_text(encoding="utf-8")
        assert f"`{verify_log(tmp_path / 'room' / TIMELINE).head}`" in text


async def test_a_home_that_does_not_exist_is_said_in_the_dialog(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        scene = console.screen.session.scene()
        assert scene.incident is not None
        console.app.push_screen(ExportDialog(scene, scene.incident))
        await console.until("Export the log")
        console.app.screen.query_one("#file", Input).value = "~nobody-at-all/log.md"
        await console.press("enter")
        await console.until("There is no home folder ~nobody-at-all")
