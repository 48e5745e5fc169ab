"""Painting a part of the screen asks nothing of the widgets that are not in that part."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class FrugalCompositor(Compositor):
    """Textual's compositor, which renders every widget whole before each partial update, except in that.

    The console changes one line in forty each second, for hours: a widget without a cell that is painted is left
    alone, and of the others only the rows between the first and the last painted line are asked for.
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
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            top, bottom, left, right = shown.y, shown.bottom, shown.x, shown.right
            painted = [y for y, x1, x2 in self._painted if top <= y < bottom and x1 < right and x2 > left]
            if not painted:
                continue
            rows = Region(left, painted[0], shown.width, painted[-1] + 1 - painted[0])
            yield region, rows, widget.render_lines(rows.translate(-region.offset))
