"""What every test of the screen stands on: Pilot waits until the application rests, and not for a moment."""

import pytest
from textual.pilot import Pilot

from tests.ui import rest


@pytest.fixture(autouse=True)
def _pilot_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pilot, "pause", rest.pause)
    monkeypatch.setattr(Pilot, "press", rest.press)
