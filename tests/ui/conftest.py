"""What every test of the screen stands on: Pilot waits until the application rests and not for a moment, and what is
told stays until the test has seen it, however slow the machine."""

import pytest
from textual.pilot import Pilot

from tests.ui import rest
from warroom.ui.widgets import key_row


@pytest.fixture(autouse=True)
def _whatever_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pilot, "pause", rest.pause)
    monkeypatch.setattr(Pilot, "press", rest.press)
    monkeypatch.setattr(key_row, "SHOWN_FOR", 3600.0)
