"""A terminal that is made larger or smaller while a dialog is open: nothing breaks, and what lies beneath is whole."""

from pathlib import Path

import pytest
from textual.screen import Screen

from tests.ui.consoles import demo_console
from tests.ui.rest import paint

SIZES = ((60, 16), (200, 50), (80, 24), (120, 36), (59, 15), (120, 36))


@pytest.mark.parametrize(
    "keys", ["4 p", "4 f n", "3 t", "question_mark", "n", "2 down enter", "2 down g", "4 t", "5 enter"]
)
async def test_a_dialog_stands_every_size_and_so_does_what_is_beneath(
    tmp_path: Path, keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Screen, "_compositor_refresh", paint)  # on a terminal nobody waits until all is laid out
    async with demo_console(tmp_path, (80, 24)) as console:
        await console.press(*keys.split())
        dialog = console.app.screen
        assert dialog is not console.screen
        for width, height in SIZES:
            await console.pilot.resize_terminal(width, height)
            await console.settled()
            assert console.app.screen is dialog
            lines = console.lines()
            assert len(lines) == height
            if width >= 60 and height >= 16:
                assert "▞▞ DEMO ▞▞" in lines[0]
                assert "14:25" in lines[0][width - 22 :], "beneath it is as wide as the terminal"
                assert any("┗━" in line for line in lines), console.text()
        assert console.app._exception is None
