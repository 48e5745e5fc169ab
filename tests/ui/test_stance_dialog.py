"""The dialog that asks what kind of crisis it is: by the palette's act and by the finding, in both languages."""

from pathlib import Path

import pytest
from textual.widgets import Input, RadioSet

from tests.ui.consoles import Console, demo_console
from warroom.ui.dialogs.stance import StanceDialog
from warroom.ui.widgets.choices import Choice


async def opened(console: Console) -> StanceDialog:
    await console.app.run_action("screen.stance", console.app.screen)
    await console.pilot.pause(0.2)
    assert isinstance(console.app.screen, StanceDialog)
    return console.app.screen


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(
    ("lang", "question", "base", "rebuild"),
    [
        ("en", "How much do people blame us", "Base response, then explain", "apologise and repair"),
        ("es", "¿Cuánto nos culpa la gente?", "Respuesta básica y explicar", "disculpa y reparación"),
    ],
)
async def test_the_response_follows_the_mark_and_no_label_is_cut(
    tmp_path: Path, size: tuple[int, int], lang: str, question: str, base: str, rebuild: str
) -> None:
    async with demo_console(tmp_path, size, lang=lang) as console:
        await opened(console)
        first = console.text()
        assert question in first
        assert base in first
        assert not any("▌" in line and "…" in line.split("▌", 1)[1].split("┃")[0] for line in console.lines())
        await console.press("down", "space")
        await console.until(rebuild)
        assert "10.1057/palgrave.crr.1550049" in console.text() or size == (80, 24)
        assert not any("▌" in line and "…" in line.split("▌", 1)[1].split("┃")[0] for line in console.lines())


async def test_a_kind_that_is_known_needs_its_reason_and_keeps_what_was_marked(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        dialog = await opened(console)
        await console.press("down", "space", "tab", "down", "space")
        dialog.query_one("#stance-reason", Input).value = ""
        dialog.confirm()
        await console.until("Say why")
        for _ in range(40):
            if dialog.query_one("#stance-reason", Input).has_focus:
                break
            await console.pilot.pause(0.05)
        assert dialog.query_one("#stance-reason", Input).has_focus
        await console.press(*"valve open")
        dialog.query_one("#stance-refused", Input).value = "victim: it was our valve"
        dialog.confirm()
        await console.until("The kind of crisis is chosen.")
        incident = console.room.board.incident
        assert incident is not None
        assert incident.stance is not None
        stance = incident.stance
        assert (stance.cluster, stance.cause, stance.history) == ("preventable", "human-error", "clean")
        assert (stance.reason, stance.turned_down) == ("valve open", "victim: it was our valve")


async def test_a_cause_of_another_kind_is_never_kept(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        dialog = await opened(console)
        await console.press("down", "space", "tab", "down", "space")
        shown = [button.id for button in dialog.query_one("#stance-cause", RadioSet).children if button.display]
        marked = [button.id for button in dialog.query_one("#stance-cause", RadioSet).query(Choice) if button.value]
        assert marked == ["cause-human-error"]
        assert shown == ["cause-human-error", "cause-misconduct", "cause-knowing-risk", "cause-"]
        await console.press("shift+tab", "up", "up", "space")
        dialog.query_one("#stance-reason", Input).value = "somebody opened cartons"
        dialog.confirm()
        await console.until("The kind of crisis is chosen.")
        incident = console.room.board.incident
        assert incident is not None
        assert incident.stance is not None
        assert (incident.stance.cluster, incident.stance.cause) == ("victim", "")


async def test_escape_chooses_nothing(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        known = console.room.board.incident
        assert known is not None
        assert known.stance is not None
        await opened(console)
        await console.press("down", "space", "escape")
        incident = console.room.board.incident
        assert incident is not None
        assert incident.stance == known.stance
