"""The Room says of the statement at hand who is waited for and what the checks find, as the desk does."""

from pathlib import Path

import pytest

from tests.ui.consoles import demo_console
from warroom.ui.line import width_of
from warroom.ui.views.statement_card import card, verdicts


async def test_the_card_says_who_is_waited_for_and_what_the_checks_find(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.until("v1 waiting for you")
        await console.until("2 ! 1 i 3 ✓ Holding statement")
        await console.press("4")
        desk = [line.split("┃")[1][1:].strip() for line in console.lines() if line.count("┃") == 2]
        named = [line for line in desk if line[2:] in ("Objective", "Voice", "Pertinence", "Spokesperson", "Timing")]
        assert sorted(line[0] for line in named) == ["!", "!", "i", "✓", "✓"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_whose_word_is_waited_for_sees_it_on_the_tab_until_it_is_given(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with demo_console(tmp_path, size) as console:
        await console.until("4 Statement v1!")
        await console.press("4", "a")
        await console.click("Approve, by my name")
        await console.until("4 Statement v1!", gone=True)


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
