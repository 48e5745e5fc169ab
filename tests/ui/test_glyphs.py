"""Only signs that nearly every font has, one cell each, are drawn (console design, section 6)."""

import ast
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import warroom
from tests.ui.consoles import Console, demo_console
from warroom.store.windows import Filter

SIGNS = frozenset("●○◉◐◌◆◇◎▲▼▶✓✕✎¶★!·−+━╌═┈▌▞❚■□▁▂▃▄▅▆▇█•")
BORDERS = frozenset("─│╭╮╰╯┃┏┓┗┛╺╸┣┫╹╻┗╋┳┻")
WRITTEN = frozenset("“”«»‘’…–—¿¡×≥→←↑↓ºª€\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
"""What belongs to words, numbers and names of keys."""
DRAWN_BY = ("ui", "services/entries", "services/words.py")
LOOKED_AT = {
    False: ("1", "2", "3", "4", "5", "6", "4 a", "4 p", "4 t", "4 f", "2 down enter", "2 down g", "2 f", "?", "ctrl+p"),
    True: ("1", "d"),
}


def is_ours(character: str) -> bool:
    return character.isascii() or character.isalnum() or character in SIGNS | BORDERS | WRITTEN


def literals(path: Path) -> Iterator[str]:
    """The strings of a module without what is only said about it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_no_module_of_the_screen_holds_another_sign() -> None:
    home = Path(warroom.__file__).parent
    for place in DRAWN_BY:
        for path in (home / place).rglob("*.py") if (home / place).is_dir() else [home / place]:
            if path.name == "plain_signs.py":
                continue
            strange = {character for text in literals(path) for character in text if not is_ours(character)}
            assert not strange, f"{path.name}: {strange}"


def test_every_sign_is_one_cell_wide() -> None:
    assert {sign for sign in SIGNS | BORDERS | WRITTEN if cell_len(sign) != 1} == set()


@asynccontextmanager
async def looking(folder: Path, **how: Any) -> AsyncIterator[tuple[Console, AsyncIterator[str]]]:
    """A console, and what is pressed in it to see every view and dialog one after the other."""
    async with demo_console(folder, (120, 36), **how) as console:
        if not how.get("calm"):
            await console.sorted_out()

        async def steps() -> AsyncIterator[str]:
            for keys in LOOKED_AT[how.get("calm", False)]:
                await console.press(*keys.split())
                yield keys
                while console.app.screen is not console.screen:
                    await console.press("escape")

        yield console, steps()


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("calm", [False, True])
async def test_no_view_and_no_dialog_draws_another_sign(tmp_path: Path, lang: str, calm: bool) -> None:
    async with looking(tmp_path, lang=lang, calm=calm) as (console, steps):
        reader = console.app.session.reader
        kepts = [reader.get(row) for row in reader.rows(Filter(), limit=10_000)]
        theirs = {character for kept in kepts if kept is not None for character in kept.mention.text}
        async for keys in steps:
            strange = {one for one in console.text() if not is_ours(one) and one not in theirs and one != "\n"}
            assert not strange, f"{keys}: {strange}\n{console.text()}"


@pytest.mark.parametrize("calm", [False, True])
async def test_where_only_plain_characters_can_be_drawn_only_those_are(tmp_path: Path, calm: bool) -> None:
    async with looking(tmp_path, ascii=True, calm=calm) as (console, steps):
        reader = console.app.session.reader
        kepts = [reader.get(row) for row in reader.rows(Filter(), limit=10_000)]
        theirs = {character for kept in kepts if kept is not None for character in kept.mention.text}
        async for keys in steps:
            strange = {one for one in console.text() if not one.isascii() and not one.isalnum() and one not in theirs}
            assert not strange, f"{keys}: {strange}\n{console.text()}"
            assert {cell_len(line) for line in console.lines()} == {120}


async def test_without_colour_no_hue_is_left_and_every_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with looking(tmp_path / "colour") as (console, steps):
        coloured = [console.text() async for _ in steps]
    monkeypatch.setenv("NO_COLOR", "1")
    async with looking(tmp_path / "none") as (console, steps):
        async for keys in steps:
            assert console.text() == coloured.pop(0), keys
            for strip in console.app.screen._compositor.render_strips():
                for _text, style, _control in strip:
                    for colour in (style.color, style.bgcolor) if style is not None else ():
                        assert colour is None or len(set(colour.get_truecolor())) == 1, f"{keys}: {_text!r} {colour}"


async def test_a_key_is_named_in_letters_where_its_sign_would_be_another_key(tmp_path: Path) -> None:
    async with demo_console(tmp_path, ascii=True) as console:
        await console.until("Arrow down chooses a mention; then one letter acts on it.")
        await console.press("r")
        await console.until("Choose a mention first: Arrow down takes the newest.")
