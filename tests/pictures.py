"""Pictures of the running console, made from the demo: `python -m tests.pictures docs` makes those of the README.

To be looked at: `python -m tests.pictures FOLDER --views all --sizes 80x24,120x36 --at 40` makes every view and dialog
at every size, as they stand 40 minutes after the declaration. Those that the suite compares (`tests/ui/pictures`) are
made anew by `python -m tests.pictures --kept`.
"""

import argparse
import asyncio
import os
import re
import tempfile
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color, ColorSystem

from tests.ui.consoles import Console, demo_console
from tests.ui.rest import press

DECLARED_AT = 23
"""Minutes after the declaration at which the demo stands by itself."""
FEW = {"256": ColorSystem.EIGHT_BIT, "16": ColorSystem.STANDARD}
CELL = 12.2
"""The width of a cell in Textual's pictures."""


class Seen(NamedTuple):
    """What is looked at: keys that are pressed one after the other, in the crisis or in calm."""

    keys: str
    calm: bool = False


VIEWS = {
    "room": Seen("1"),
    "feed": Seen("2"),
    "plan": Seen("3"),
    "statement": Seen("4"),
    "timeline": Seen("5"),
    "pulse": Seen("6"),
    "calm": Seen("", calm=True),
    "declare": Seen("d", calm=True),
    "approve": Seen("4 a"),
    "publish": Seen("4 p"),
    "mention": Seen("2 down enter"),
    "guide": Seen("2 down g"),
    "help": Seen("?"),
    "menu": Seen("ctrl+p"),
}
README = {"en": "room", "es": "sala"}
KEPT = Path(__file__).parent / "ui" / "pictures"
"""Where the pictures are that the suite compares: the six views in English at 120×36."""
SIX = ("room", "feed", "plan", "statement", "timeline", "pulse")
TEXT = re.compile(
    r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+" clip-path="[^"]*">([^<]*)</text>'
)

LINE_CLIP = re.compile(r'<clipPath id="[^"]*-line-\d+">\s*<rect [^>]*/>\s*</clipPath>\s*')
"""Each line's own frame, which no word of ours leaves."""


async def picture(
    lang: str,
    size: tuple[int, int],
    keys: Sequence[str],
    *,
    theme: str = "warroom-dark",
    calm: bool = False,
    later: timedelta = timedelta(0),
    ascii: bool = False,
) -> str:
    """The screen as SVG after these keys."""
    with tempfile.TemporaryDirectory() as folder:
        async with demo_console(
            Path(folder), size, lang=lang, theme=theme, calm=calm, later=later, ascii=ascii
        ) as console:
            await console.pilot.pause(0.3)
            if not calm:
                await console.sorted_out()
            for key in keys:
                await console.pilot.press(key)
                await console.pilot.pause(0.3)
            return taken(console)


def taken(console: Console) -> str:
    """The screen as it is now. Nothing in it depends on the machine, nor on what was made before it."""
    svg = placed(without_fonts(console.app.export_screenshot(title="warroom", simplify=True)))
    return re.sub(r"terminal-\d+", "terminal", svg)


async def kept_pictures() -> AsyncIterator[tuple[str, str]]:
    """Name and picture of the six views, one after the other in the same console."""
    with tempfile.TemporaryDirectory() as folder:
        async with demo_console(Path(folder)) as console:
            await console.sorted_out()
            for name in SIX:
                await press(console.pilot, *VIEWS[name].keys.split())
                yield name, taken(console)


async def keep() -> None:
    KEPT.mkdir(exist_ok=True)
    async for name, svg in kept_pictures():
        (KEPT / f"{name}.svg").write_text(svg, encoding="utf-8")


def without_fonts(svg: str) -> str:
    """The picture asks nobody for a font: it uses the reader's own, at the size at which its cells fit ours."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    return svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas").replace(
        "font-size: 20px", "font-size: 20.26px"
    )


def placed(svg: str) -> str:
    """Every word at its own cell: viewers differ in what they make of blanks, and of the length of a text."""

    def words(found: re.Match[str]) -> str:
        kind, x, y, text = found.groups()
        line = unescape(text).replace("\xa0", " ")
        parts = []
        for word in re.finditer(r"\S+", line):
            at = float(x) + cell_len(line[: word.start()]) * CELL
            wide = cell_len(word[0]) * CELL
            told = word[0].replace("&", "&amp;").replace("<", "&lt;")
            parts.append(f'<text class="{kind}" x="{at:g}" y="{y}" textLength="{wide:g}">{told}</text>')
        return "".join(parts)

    return LINE_CLIP.sub("", TEXT.sub(words, svg))


def fewer(svg: str, system: ColorSystem) -> str:
    """The picture as a terminal with 16 or 256 colours would show it."""

    def nearest(found: re.Match[str]) -> str:
        return Color.parse(found[0]).downgrade(system).get_truecolor().hex

    return re.sub(r"#[0-9a-fA-F]{6}\b", nearest, svg)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("docs"))
    parser.add_argument("--kept", action="store_true", help="make those anew that the suite compares, and no others")
    parser.add_argument("--views", default="room", help=f"all, or some of: {', '.join(VIEWS)}")
    parser.add_argument("--sizes", default="120x36")
    parser.add_argument("--langs", default="en,es")
    parser.add_argument("--theme", default="warroom-dark")
    parser.add_argument("--keys", default="", help="more keys, separated by blanks, pressed in each view")
    parser.add_argument("--at", type=int, default=DECLARED_AT, help="minutes after the declaration, from -30 to 70")
    parser.add_argument("--colours", choices=("all", "256", "16", "none"), default="all")
    parser.add_argument("--ascii", action="store_true")
    given = parser.parse_args()
    os.environ["TERM"] = "xterm-256color"
    os.environ["COLORTERM"] = "" if given.colours == "256" else "truecolor"
    if given.kept:
        asyncio.run(keep())
        return
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.colours == "none":
        os.environ["NO_COLOR"] = "1"
    views = list(VIEWS) if given.views == "all" else given.views.split(",")
    sizes = given.sizes.split(",")
    later = timedelta(minutes=given.at - DECLARED_AT)
    for lang in given.langs.split(","):
        for text in sizes:
            width, height = (int(part) for part in text.split("x"))
            for view in views:
                seen = VIEWS[view]
                keys = [*seen.keys.split(), *given.keys.split()]
                svg = asyncio.run(
                    picture(
                        lang, (width, height), keys, theme=given.theme, calm=seen.calm, later=later, ascii=given.ascii
                    )
                )
                plain = given.views == "room" and len(sizes) == 1
                path = given.folder / f"{README[lang] if plain else f'{view}-{text}-{lang}'}.svg"
                system = FEW.get(given.colours)
                path.write_text(svg if system is None else fewer(svg, system), encoding="utf-8")
                print(path)


if __name__ == "__main__":
    main()
