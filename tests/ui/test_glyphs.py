"""Only signs that nearly every font has, one cell each, are drawn (console design, section 6)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

import warroom
from tests.ui.consoles import demo_console
from warroom.store.windows import Filter

SIGNS = frozenset("●○◉◐◌◆◇◎▲▼▶✓✕✎¶★!·−+━╌═┈▌▞❚■□▁▂▃▄▅▆▇█•")
BORDERS = frozenset("─│╭╮╰╯┃┏┓┗┛╺╸┣┫╹╻┗╋┳┻")
WRITTEN = frozenset("“”«»‘’…–—¿¡×≥→←↑↓ºª€\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
"""What belongs to words, numbers and names of keys."""
DRAWN_BY = ("ui", "services/entries.py", "services/words.py")
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


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("calm", [False, True])
async def test_no_view_and_no_dialog_draws_another_sign(tmp_path: Path, lang: str, calm: bool) -> None:
    async with demo_console(tmp_path, (120, 36), lang=lang, calm=calm) as console:
        reader = console.app.session.reader
        kepts = [reader.get(row) for row in reader.rows(Filter(), limit=10_000)]
        theirs = {character for kept in kepts if kept is not None for character in kept.mention.text}
        for keys in LOOKED_AT[calm]:
            await console.press(*keys.split())
            await console.pilot.pause(0.2)
            strange = {one for one in console.text() if not is_ours(one) and one not in theirs and one != "\n"}
            assert not strange, f"{keys}: {strange}\n{console.text()}"
            while console.app.screen is not console.screen:
                await console.press("escape")
