"""Painting a part of the screen asks nothing of the widgets that are not in that part."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip

Bare = dict[int, list[tuple[int, int]]]
"""By line, the pieces that nothing covers yet: the first column and the one after the last."""


class FrugalCompositor(Compositor):
    """Textual's compositor, which renders every widget whole before each partial update, except in that.

    The console changes one line in forty each second, for hours: a widget without a cell that is painted, or behind
    one that covers it, is left alone, and of the others only the painted lines are asked for.
    """

    _spans: Sequence[tuple[int, int, int]] | None = None
    """Of a partial update the line, the first column and the column after the last of each piece; None where lines
    are painted in their whole width."""

    def render_partial_update(self) -> ChopsUpdate | None:
        self._spans = list(self._regions_to_spans(self._dirty_regions))
        try:
            return super().render_partial_update()
        finally:
            self._spans = None

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        whole = [(y, crop.x, crop.right) for y in crop.line_range if is_rendered_line(y)]
        self._painted = whole if self._spans is None else self._spans
        return super()._render_chops(crop, is_rendered_line)

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None:
            yield from super()._get_renders(crop)
            return
        bare: Bare = {}
        for y, x1, x2 in self._painted:
            bare.setdefault(y, []).append((x1, x2))
        for widget, (region, clip) in self.visible_widgets.items():
            if not bare:
                return
            shown = region.intersection(clip)
            for first, after in _covered(bare, shown):
                rows = Region(shown.x, first, shown.width, after - first)
                yield region, rows, widget.render_lines(rows.translate(-region.offset))


def _covered(bare: Bare, shown: Region) -> list[tuple[int, int]]:
    """The runs of lines (the first, and the one after the last) in which a widget covers what was bare. That is bare
    no more: widgets come from the front to the back, and whoever is first has the cell."""
    left, right = shown.x, shown.right
    runs: list[tuple[int, int]] = []
    for y in [y for y in bare if shown.y <= y < shown.bottom]:
        before = bare[y]
        if all(x2 <= left or x1 >= right for x1, x2 in before):
            continue
        halves = [half for x1, x2 in before for half in ((x1, min(x2, left)), (max(x1, right), x2))]
        if after := [(x1, x2) for x1, x2 in halves if x1 < x2]:
            bare[y] = after
        else:
            del bare[y]
        if runs and runs[-1][1] == y:
            runs[-1] = runs[-1][0], y + 1
        else:
            runs.append((y, y + 1))
    return runs


class FrugalScreen(Screen[ScreenResultType]):
    """A screen that is painted so, also while others lie over it: those are told which lines are new, and it is not
    painted whole for them a moment later, as Textual does."""

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._compositor = FrugalCompositor()

    def on_compose(self) -> None:
        """Its parts get their styles for the size that it has. Textual says its classes of size once all is there, and
        then gives everything its styles again."""
        width, height = self.app.size
        across, down = self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS
        across, down = across or self.app.HORIZONTAL_BREAKPOINTS or [], down or self.app.VERTICAL_BREAKPOINTS or []
        named = self._get_breakpoint_classes(width, across) | self._get_breakpoint_classes(height, down)
        self.add_class(*named, update=False)
        self.app.stylesheet.apply(self)

    def _compositor_refresh(self) -> None:
        stack = self.app.screen_stack
        if self not in stack[:-1]:
            super()._compositor_refresh()
            return
        changed = self._compositor._dirty_regions.copy()
        self._compositor._dirty_regions.clear()
        self._dirty_widgets.clear()
        if changed:
            for over in stack[stack.index(self) + 1 :]:
                over.refresh(*changed)
