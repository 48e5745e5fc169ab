"""The first picture waits for nothing that it does not show."""

import subprocess
import sys
from pathlib import Path

from tests.ui.consoles import demo_console

LATER = (
    "babel",
    "httpx",
    "importlib.metadata",
    "warroom.domain.checks.judge",
    "warroom.services.report",
    "warroom.ui.dialogs.filters",
    "warroom.ui.views.pulse",
    "warroom.ui.views.statement",
)


def test_what_is_used_later_is_read_later() -> None:
    """In an interpreter of its own: the modules that stand between the command and the Room."""
    asked = (
        "import sys, warroom.__main__, warroom.verbs.screens, warroom.ui.app, warroom.ui.session;"
        f"print([name for name in {LATER!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_a_view_that_is_asked_for_before_it_is_there_is_shown_as_soon_as_it_is(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        screen = console.screen
        screen._is_complete = False
        screen.action_view("plan")
        await console.settled()
        assert "Read the room" not in "\n".join(line[:60] for line in console.lines())
        screen._is_complete = True
        screen.action_view(screen._awaited)
        await console.until("So far")
