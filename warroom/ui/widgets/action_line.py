"""One line made of parts; a click on a part does what the part says."""

from collections.abc import Callable, Iterable, Sequence

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from warroom.ui.line import Part, width_of

Paint = Callable[[int], Sequence[Part]]
"""The parts for a width in cells."""


def content_of(parts: Sequence[Part]) -> Content:
    """Parts as content; the text is never read as markup."""
    return Content.assemble(*((part.text, part.style) for part in parts))


def clickable(parts: Sequence[Part]) -> Content:
    """Parts as content in which a click on a part runs its action, wherever the text is broken."""
    shown, at = content_of(parts), 0
    for part in parts:
        if part.action:
            shown = shown.stylize(Style.from_meta({"@click": part.action}), at, at + len(part.text))
        at += len(part.text)
    return shown


class Fitted(Visual):
    """Parts as they stand, where they fit into their lines; else broken into lines as any content. A line of the frame
    changes each second, and nothing in it has to be broken, aligned or marked."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts

    @property
    def plain(self) -> str:
        return "".join(part.text for part in self._parts)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        lines = list(_lines(self._parts))
        aligned = options.rules.get("text_align", "left") not in ("left", "start")
        if aligned or any(width_of(line) > width or any("\n" in part.text for part in line) for line in lines):
            return content_of(self._parts).render_strips(width, height, style, options)
        inks = {part.style: (style + options.get_style(part.style)).rich_style for part in self._parts}
        return [Strip(Segment(part.text, inks[part.style]) for part in line) for line in lines[:height]]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return content_of(self._parts).get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return content_of(self._parts).get_height(rules, width)


def _lines(parts: Iterable[Part]) -> Iterable[list[Part]]:
    """The parts of each line; a part that is a line break stands between two."""
    line: list[Part] = []
    for part in parts:
        if part.text == "\n":
            yield line
            line = []
        else:
            line.append(part)
    yield line


class ActionLine(Widget):
    """A line of the frame. `show` hands it the function that makes its parts for the width it has."""

    DEFAULT_CSS = """
    ActionLine {
        height: 1;
        width: 1fr;
    }
    """
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.auto_links = False  # what can be clicked is coloured by its own part
        self._paint: Paint = lambda width: []
        self._shown: tuple[Part, ...] = ()

    def show(self, paint: Paint) -> None:
        """Paint anew, if anything changed."""
        self._paint = paint
        width = self.size.width
        parts = tuple(paint(width)) if width else ()
        if parts != self._shown:
            self._shown = parts
            self.refresh()

    def on_resize(self) -> None:
        self.show(self._paint)

    def render(self) -> Fitted:
        return Fitted(self._shown)

    @property
    def plain(self) -> str:
        """What stands on the line, for tests and for reading aloud."""
        return "".join(part.text for part in self._shown)

    def plain_at(self, width: int) -> str:
        """What would stand on it, were it so many cells wide."""
        return "".join(part.text for part in self._paint(width))

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the part under the pointer."""
        x, y = event.get_content_offset_capture(self)
        for part in self._shown:
            if part.text == "\n":
                y -= 1
            elif y == 0 and (x := x - part.width) < 0:
                if part.action:
                    await self.run_action(part.action)
                return
