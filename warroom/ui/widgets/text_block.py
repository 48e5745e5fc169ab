"""A few lines made of parts, painted and laid out only when they changed: the clock looks every second."""

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from warroom.ui.line import Part
from warroom.ui.widgets.action_line import clickable


class TextBlock(Static):
    """`show` puts other parts in. Where its size is given by the sheet, a change moves nothing else."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__("", id=id, classes=classes)
        self.auto_links = False  # what can be clicked is coloured by its own part
        self._shown: tuple[Part, ...] = ()

    def show(self, parts: Sequence[Part]) -> None:
        if (shown := tuple(parts)) != self._shown:
            self._shown = shown
            self.update(clickable(shown), layout=self.styles.auto_dimensions)


def entitle(panel: Widget, title: str | None = None, *, foot: str | None = None) -> None:
    """Write on a panel's border, above and below; None leaves what is there. Never read as markup, and nothing is
    painted where it says so already."""
    for place, text in (("border_title", title), ("border_subtitle", foot)):
        if text is not None and getattr(panel, place) != (content := Content(text)).markup:
            setattr(panel, place, content)
