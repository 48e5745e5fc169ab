"""A few lines made of parts, painted and laid out only when they changed: the clock looks every second."""

from collections.abc import Sequence
from functools import lru_cache

from textual.content import Content
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget
from textual.widgets import Static

from warroom.ui.line import Part, hung
from warroom.ui.widgets.action_line import clickable


class Hung(Visual):
    """Lines that go on below where their first words end: how, depends on the width they get."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.plain = "".join(part.text for part in parts)
        self.within = lru_cache(maxsize=4)(lambda width: clickable(hung(parts, width)))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self.within(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self.within(container_width).get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self.within(width).get_height(rules, width)


class TextBlock(Static):
    """`show` puts other parts in. Where its size is given by the sheet, a change moves nothing else."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__("", id=id, classes=classes)
        self.auto_links = False  # what can be clicked is coloured by its own part
        self._shown: tuple[Part, ...] = ()

    def show(self, parts: Sequence[Part]) -> None:
        if (shown := tuple(parts)) != self._shown:
            self._shown = shown
            hangs = any(part.hangs for part in shown)
            self.update(Hung(shown) if hangs else clickable(shown), layout=self.styles.auto_dimensions)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What the mouse marked is copied as it stands there."""
        if isinstance(self.visual, Hung):
            return selection.extract(self.visual.within(self.content_size.width).plain), "\n"
        return super().get_selection(selection)


def entitle(panel: Widget, title: str | None = None, *, foot: str | None = None) -> None:
    """Write on a panel's border, above and below; None leaves what is there. Never read as markup, and nothing is
    painted where it says so already."""
    for place, text in (("border_title", title), ("border_subtitle", foot)):
        if text is not None and getattr(panel, place) != (content := Content(text)).markup:
            setattr(panel, place, content)
