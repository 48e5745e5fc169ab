"""While nothing can be stored the console does not look calm, and nothing is claimed from what it does not see."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.consoles import MOMENT, Console, demo_console
from warroom.domain.events import SpikeSeen
from warroom.domain.sentence import say
from warroom.services.intake import Intake
from warroom.store.errors import StoreError
from warroom.ui.frame import identity

FULL = StoreError(say("The disk is full: {file} cannot grow. Make room, then try again.", file="mentions.db"))


def stuck(console: Console) -> tuple[Intake, Callable[[], None]]:
    """The intake of a console whose trouble lasts until it is ended: the demo's own disk is not full."""
    intake: Intake = console.screen.session.intake  # type: ignore[attr-defined]
    ends = intake.trouble.over
    intake.trouble.over = lambda: None  # type: ignore[method-assign]
    return intake, ends


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_while_nothing_is_stored_every_view_says_since_when(tmp_path: Path, size: tuple[int, int]) -> None:
    async with demo_console(tmp_path / "room", size) as console:
        intake, ends = stuck(console)
        console.room.board.spike = SpikeSeen(rate10=400, usual10=40)
        await console.press("6")
        await console.until("▲ Spike")
        intake.trouble.met(FULL)
        await console.until("The disk is full")
        at = console.screen.session.words.clock(MOMENT)
        assert (f"not stored since {at}" if size[0] >= 100 else f"✕ {at}") in console.lines()[0]
        text = console.text()
        assert f"as of {at}: nothing is stored since" in text
        assert "▲ Spike" not in text
        await console.press("1")
        assert "SPIKE" not in console.text()
        assert "▲ Spike" not in console.text()
        ends()
        await console.until("The disk is full", gone=True)
        assert "not stored" not in console.lines()[0]


async def test_in_calm_it_does_not_say_that_it_listens(tmp_path: Path) -> None:
    async with demo_console(tmp_path / "room", calm=True) as console:
        intake, _ = stuck(console)
        intake.runs_here = False  # the lease cannot be written either
        assert "LISTENING" in console.text() or "DEMO" in console.text()
        intake.trouble.met(FULL)
        await console.until("Nothing is stored since")
        assert "mentions a minute" not in console.text()
        scene = replace(console.screen.session.scene(), mode="calm")
        told = "".join(part.text for part in identity(scene, 120))
        assert "NOT STORING" in told
        assert "LISTENING" not in told
