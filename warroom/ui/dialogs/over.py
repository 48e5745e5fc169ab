"""What lies over the console and lets it through, dimmed."""

from typing import TypeVar

from textual.geometry import Region, Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.strip import Strip

from warroom.ui.compositor import FrugalScreen

Answer = TypeVar("Answer")


class OverScreen(ModalScreen[Answer], FrugalScreen[Answer]):
    """A modal screen that asks of what is beneath it only the lines that are painted. Textual's own paints the whole
    console each second for the line of it that has changed."""

    def action_scroll(self, lines: int) -> None:
        """Read on in a review that is longer than the screen; what has rows or words of its own keeps these keys."""
        self.query_one("#box").scroll_relative(y=lines, animate=False)

    def action_edge(self, bottom: bool) -> None:
        box = self.query_one("#box")
        (box.scroll_end if bottom else box.scroll_home)(animate=False)

    def _screen_resized(self, size: Size) -> None:
        """What is beneath is laid out before it is asked for its lines; Textual does that after it has painted this."""
        stack = self.app.screen_stack
        for below in stack[: stack.index(self)] if self in stack else ():
            below._screen_resized(size)
        super()._screen_resized(size)

    def render_line(self, y: int) -> Strip:
        stack, ground = self.app.screen_stack, self.styles.background
        place = stack.index(self) if self in stack else 0
        if not place or ground.a == 1:
            return super().render_line(y)
        line = stack[place - 1]._compositor._render_chops(Region(0, y, self.size.width, 1), {y}.__contains__)[y]
        return Strip(BackgroundScreen.process_segments(Strip.join(line.values()), ground), self.size.width)
