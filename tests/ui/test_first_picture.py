"""The first picture waits for nothing that it does not show."""

import subprocess
import sys
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from tests.ui.consoles import demo_console
from warroom.domain.checks.lists import matching

LATER = (
    "babel",
    "httpx",
    "importlib.metadata",
    "warroom.domain.checks.judge",
    "warroom.services.report.log",
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


async def test_keys_that_come_before_the_views_are_there_act_on_the_view_they_are_meant_for(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True, at_once=("2", "o")) as console:
        await console.until("most urgent first")
        assert console.screen is console.app.screen  # in the Room that key opens the crises of the past
        assert console.screen.view.id == "feed"


async def test_who_quits_before_the_views_are_there_waits_for_none_of_them(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True, at_once=("q",)) as console:
        await console.so(lambda: console.app._exit)


async def test_the_sheets_are_read_once_and_again_for_another_theme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = list[Stylesheet]()
    again = Stylesheet.reparse

    def reparse(sheet: Stylesheet) -> None:
        read.append(sheet)
        again(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", reparse)
    async with demo_console(tmp_path, calm=True, theme="warroom-light") as console:
        await console.settled()
        paper = console.screen.styles.background
        assert not read
        console.app.theme = "warroom-dark"
        await console.so(lambda: console.screen.styles.background != paper)
        assert len(read) == 1


async def test_who_writes_the_first_word_waits_for_no_word_list(tmp_path: Path) -> None:
    matching.cache_clear()
    async with demo_console(tmp_path, calm=True) as console:
        scene = console.screen.scene()
        lists = scene.desk.lists
        known = {lines for by_lang in lists.phrases.values() for lines in by_lang.values()}
        await console.so(lambda: matching.cache_info().currsize >= len(known))
        before = matching.cache_info().misses
        for lang in ("en", "es"):
            for name in lists.phrases:
                lists.pattern(name, lang)
        assert matching.cache_info().misses == before, "in both languages: who writes may choose either"
