"""The chart: how high, how loud, and where the alert begins."""

import pytest
from textual.app import App, ComposeResult

from warroom.ui.line import width_of
from warroom.ui.theme import DARK, defaults
from warroom.ui.widgets.pulse_chart import PulseChart, bars, squeezed


def drawn(series: list[int], width: int, height: int, *, alert: float | None = None) -> list[str]:
    return ["".join(part.text for part in line) for line in bars(series, width, height, alert=alert)]


def test_the_highest_bar_fills_the_height() -> None:
    assert drawn([0, 4, 8], 3, 2) == ["  █", " ██"]
    assert drawn([1, 2, 3, 4, 5, 6, 7, 8], 8, 1) == ["▁▂▃▄▅▆▇█"]


def test_one_mention_is_seen_beside_a_thousand_and_none_is_not() -> None:
    assert drawn([0, 1, 1000], 3, 2)[-1] == " ▁█"


def test_above_the_alert_line_bars_are_vermillion_and_below_it_blue() -> None:
    high = [part.style for line in bars([10], 1, 4, alert=5.0) for part in line]
    assert high == ["$error", "$error", "$primary", "$primary"]
    calm = [part.style for line in bars([4], 1, 4, alert=5.0) for part in line if part.text != "┈"]
    assert "$error" not in calm


def test_the_alert_line_is_drawn_where_no_bar_covers_it() -> None:
    assert drawn([0, 0, 12], 3, 4, alert=6.0)[1] == "┈┈█"
    assert "┈" not in "".join(drawn([0, 0, 12], 3, 4))


def test_from_stale_data_nothing_is_coloured() -> None:
    assert {part.style for line in bars([9, 9], 2, 2, alert=1.0, stale=True) for part in line} == {"$muted"}


def test_a_mark_stands_under_its_minute() -> None:
    lines = bars([1] * 60, 30, 2, alert=None, marks={0: "▲", 30: "◆", 59: "¶", 60: "!"})
    below = "".join(part.text for part in lines[-1])
    assert (below[0], below[15], below[29]) == ("▲", "◆", "¶")
    assert "!" not in below


@pytest.mark.parametrize(("width", "height"), [(1, 1), (7, 3), (60, 4), (61, 5), (180, 9)])
@pytest.mark.parametrize("series", [[], [0], [5], list(range(60)), [0] * 180])
def test_it_fills_any_room_exactly(series: list[int], width: int, height: int) -> None:
    lines = bars(series, width, height, alert=3.0, marks={0: "▲"})
    assert len(lines) == height + 1
    assert {width_of(line) for line in lines} == {width}


def test_minutes_share_a_column_by_their_mean_and_none_is_lost() -> None:
    assert squeezed([1, 3, 5, 7], 2) == [2.0, 6.0]
    assert squeezed([1, 2], 4) == [1.0, 1.0, 2.0, 2.0]
    assert sum(squeezed([0, 0, 30, 0, 0, 0, 0], 3)) > 0


class Charted(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return defaults("textual-dark")

    def compose(self) -> ComposeResult:
        yield PulseChart()

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name


async def test_the_widget_is_as_large_as_its_room_and_follows_the_series() -> None:
    app = Charted()
    async with app.run_test(size=(40, 6)) as pilot:
        chart = app.query_one(PulseChart)
        chart.show([1] * 60, alert=None)
        await pilot.pause()
        assert [line.text for line in chart.render_lines(chart.region)] == ["█" * 40] * 6
        chart.show([0] * 59 + [9], alert=3.0, marks={59: "▲"})
        await pilot.pause()
        below = chart.render_lines(chart.region)[-1].text
        assert below == " " * 39 + "▲"
