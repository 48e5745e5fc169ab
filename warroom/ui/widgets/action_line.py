"""One line made of parts; a click on a part does what the part says."""

from collections.abc import Callable, Sequence

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from warroom.ui.line import Part

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
        self._paint: Paint = lambda width: []
        self._shown: tuple[Part, ...] = ()

    def show(self, paint: Paint) -> None:
        """Paint anew, if anything changed."""
        self._paint = paint
        parts = tuple(paint(self.size.width)) if self.size.width else ()
        if parts != self._shown:
            self._shown = parts
            self.refresh()

    def on_resize(self) -> None:
        self.show(self._paint)

    def render(self) -> Content:
        return content_of(self._shown)

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
