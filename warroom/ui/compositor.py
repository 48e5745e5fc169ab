"""Painting a part of the screen asks nothing of the widgets that are not in that part."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class FrugalCompositor(Compositor):
    """Textual's compositor, which renders every widget whole before each partial update, except in that.

    The console changes one line in forty each second, for hours: a widget without a line that is painted is left
    alone, and of the others only the rows between the first and the last painted line are asked for.
    """

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        self._painted = tuple(y for y in crop.line_range if is_rendered_line(y))
        return super()._render_chops(crop, is_rendered_line)

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            painted = [y for y in self._painted if shown.y <= y < shown.bottom]
            if not painted or not shown.width:
                continue
            rows = Region(shown.x, painted[0], shown.width, painted[-1] + 1 - painted[0])
            yield region, rows, widget.render_lines(rows.translate(-region.offset))
