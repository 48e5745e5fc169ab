"""The recording of the demo is shown with what belongs to the demo, and not to the house that looks at it."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.ui.consoles import lived_before
from warroom.__main__ import main
from warroom.services.words import Words
from warroom.ui.session import ReplaySession
from warroom.verbs import screens
from warroom.verbs.setting import DEMO


def test_its_text_is_read_in_the_voice_of_its_own_organisation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Words("es", ZoneInfo("Europe/Madrid"))
    asyncio.run(lived_before(tmp_path / DEMO, words, timedelta(0)))
    config = tmp_path / "config.yaml"
    config.write_text("voice: {tone: short and dry}\n", encoding="utf-8")
    seen: list[str] = []

    async def played(_: object, session: ReplaySession) -> None:
        seen.append(session.scene().desk.settings.voice.tone)

    monkeypatch.setattr(screens, "_play", played)
    monkeypatch.setattr(screens, "needs_terminal", lambda _: None)
    given = ["replay", "demo", "--lang", "es", "--data-dir", str(tmp_path), "--config", str(config)]
    monkeypatch.setattr(sys, "argv", ["warroom", *given])
    with pytest.raises(SystemExit):
        main()
    assert seen == ["cercana, clara, «nosotros»"]
