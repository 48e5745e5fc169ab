"""The Room says of the statement at hand who is waited for and what the checks find, as the desk does."""

from pathlib import Path

import pytest

from tests.ui.consoles import demo_console
from warroom.ui.line import width_of
from warroom.ui.views.statement_card import card, verdicts


async def test_the_card_says_who_is_waited_for_and_what_the_checks_find(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.until("v1 waiting for A. Martín")
        await console.until("2 ! 1 i 3 ✓ Holding statement")
        await console.press("4")
        desk = [line.split("┃")[1][1:].strip() for line in console.lines() if line.count("┃") == 2]
        named = [line for line in desk if line[2:] in ("Objective", "Voice", "Pertinence", "Spokesperson", "Timing")]
        assert sorted(line[0] for line in named) == ["!", "!", "i", "✓", "✓"]


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_the_card_fits_its_width_and_counts_six_groups(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, lang=lang) as console:
        scene = console.screen.session.scene()
        assert scene.incident is not None
        assert scene.incident.statement is not None
        counts = verdicts(scene, scene.incident, scene.incident.statement)
        assert sum(counts.values()) == 6
        for width in (30, 40, 46):
            parts = card(scene, scene.incident, counts, width)
            place = next(at for at, part in enumerate(parts) if part.text == "\n")
            assert width_of(parts[:place]) == width
            assert width_of(parts[place + 1 :]) <= width
