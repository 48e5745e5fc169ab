"""Pictures of the running console, made from the demo at a fixed moment: `python -m tests.pictures docs`.

With `--views all --sizes 80x24,120x36` it makes every view at every size, to be looked at.
"""

import argparse
import asyncio
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.ui.consoles import demo_console

VIEWS = {"room": "1", "feed": "2", "plan": "3", "statement": "4", "timeline": "5", "pulse": "6"}
NAMES = {"en": {"room": "room"}, "es": {"room": "sala"}}


async def picture(
    lang: str, size: tuple[int, int], keys: Sequence[str], *, theme: str = "warroom-dark", calm: bool = False
) -> str:
    """The screen as SVG after these keys."""
    with tempfile.TemporaryDirectory() as folder:
        async with demo_console(Path(folder), size, lang=lang, theme=theme, calm=calm) as console:
            await console.pilot.pause(0.3)
            for key in keys:
                await console.pilot.press(key)
                await console.pilot.pause(0.3)
            svg = console.app.export_screenshot(title="warroom", simplify=True)
    return _without_fonts(svg)


def _without_fonts(svg: str) -> str:
    """The picture asks nobody for a font: it uses the reader's own."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    return svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--views", default="room")
    parser.add_argument("--sizes", default="120x36")
    parser.add_argument("--langs", default="en,es")
    parser.add_argument("--theme", default="warroom-dark")
    parser.add_argument("--keys", default="", help="more keys, separated by blanks, pressed in each view")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    views = list(VIEWS) if given.views == "all" else given.views.split(",")
    sizes = given.sizes.split(",")
    for lang in given.langs.split(","):
        for text in sizes:
            width, height = (int(part) for part in text.split("x"))
            for view in views:
                keys = [VIEWS[view], *given.keys.split()]
                svg = asyncio.run(picture(lang, (width, height), keys, theme=given.theme))
                plain = given.views == "room" and len(sizes) == 1
                name = NAMES[lang]["room"] if plain else f"{view}-{text}-{lang}"
                path = given.folder / f"{name}.svg"
                path.write_text(svg, encoding="utf-8")
                print(path)


if __name__ == "__main__":
    main()
