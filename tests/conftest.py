"""What every test stands on: a home, a clock and a language of its own; nothing of the developer's machine."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's config, data, language, colours or time zone leaks into a test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name in (
        "WARROOM_CONFIG",
        "WARROOM_DATA_DIR",
        "WARROOM_LANG",
        "WARROOM_AS",
        "WARROOM_THEME",
        "WARROOM_TIMEZONE",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    return home
