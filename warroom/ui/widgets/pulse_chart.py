"""The pulse as a bar chart: blue up to the alert line, vermillion above it. A pure function and a thin widget."""

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widget import Widget

from warroom.ui.line import Part
from warroom.ui.widgets.action_line import content_of

BLOCKS = " ▁▂▃▄▅▆▇█"


def squeezed(series: Sequence[int], width: int) -> list[float]:
    """The series in exactly `width` columns: minutes share a column by their mean, or a minute fills several."""
    if not series or width <= 0:
        return [0.0] * max(0, width)
    columns: list[float] = []
    for x in range(width):
        first = x * len(series) // width
        last = max(first + 1, (x + 1) * len(series) // width)
        part = series[first:last]
        columns.append(sum(part) / len(part))
    return columns


def bars(
    series: Sequence[int],
    width: int,
    height: int,
    *,
    alert: float | None,
    marks: Mapping[int, str] | None = None,
    stale: bool = False,
) -> list[list[Part]]:
    """Lines from top to bottom. `alert` is in the series' own unit; `marks` puts a glyph under a place of the series.

    However high the highest bar is, one mention is seen: little must not look like silence.
    """
    columns = squeezed(series, width)
    top = max([*columns, (alert or 0.0) * 1.2, 1.0])
    line = None if alert is None else int(alert / top * height)
    lines: list[list[Part]] = []
    for level in reversed(range(height)):
        parts: list[Part] = []
        for value in columns:
            filled = value / top * height - level
            least = 1 if level == 0 and value else 0
            block = BLOCKS[min(8, max(least, round(filled * 8)))]
            above = alert is not None and value > alert and line is not None and level >= line
            style = "$muted" if stale else "$error" if above else "$primary"
            if block == " " and line == level:
                block, style = "┈", "$lines"
            parts.append(Part(block, style))
        lines.append(_joined(parts))
    if marks:
        row = [Part(" ")] * width
        for place, glyph in sorted(marks.items()):
            if 0 <= place < len(series):
                row[min(width - 1, place * width // len(series))] = Part(glyph, "$warning")
        lines.append(_joined(row))
    return lines


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Neighbours of one style as one part."""
    joined: list[Part] = []
    for part in parts:
        if joined and joined[-1].style == part.style:
            joined[-1] = Part(joined[-1].text + part.text, part.style)
        else:
            joined.append(part)
    return joined


class PulseChart(Widget):
    """As high and wide as it is given room."""

    DEFAULT_CSS = """
    PulseChart {
        height: 1fr;
        width: 1fr;
    }
    """
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._series: tuple[int, ...] = ()
        self._alert: float | None = None
        self._marks: Mapping[int, str] = {}
        self._stale = False

    def show(
        self,
        series: Sequence[int],
        *,
        alert: float | None,
        marks: Mapping[int, str] | None = None,
        stale: bool = False,
    ) -> None:
        new = (tuple(series), alert, marks or {}, stale)
        if new != (self._series, self._alert, self._marks, self._stale):
            self._series, self._alert, self._marks, self._stale = new
            self.refresh()

    def render(self) -> Content:
        height = self.size.height - bool(self._marks)
        lines = bars(
            self._series, self.size.width, max(1, height), alert=self._alert, marks=self._marks, stale=self._stale
        )
        parts: list[Part] = []
        for line in lines:
            parts += [*line, Part("\n")]
        return content_of(parts[:-1])
