"""What every test of the screen stands on: Pilot waits until the application rests and not for a moment, and what is
told stays until the test has seen it, however slow the machine."""

from functools import cache

import pytest
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen

from tests.ui import rest, sheets
from warroom.services import demo
from warroom.services.planfile import load_plan
from warroom.ui.widgets import key_row

_load_plan = cache(load_plan)
"""The plan of the demo is the same each time."""


@pytest.fixture(autouse=True)
def _whatever_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pilot, "pause", rest.pause)
    monkeypatch.setattr(Pilot, "press", rest.press)
    monkeypatch.setattr(Screen, "_compositor_refresh", rest.put_off)
    monkeypatch.setattr(Stylesheet, "_parse_rules", sheets.parse_once)
    monkeypatch.setattr(demo, "load_plan", _load_plan)
    monkeypatch.setattr(key_row, "SHOWN_FOR", 3600.0)
