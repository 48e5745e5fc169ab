"""A flood is told from a gulp, and the list that flows shows one of several; who reads sees all."""

from warroom.ui.flow import Flow
from warroom.ui.widgets.mention_window import MentionWindow


def test_a_flood_begins_above_fifty_a_second_and_ends_well_below() -> None:
    flow = Flow()
    row = 0

    def seconds(n: int, rate: int) -> bool:
        nonlocal row
        for _ in range(n):
            row += rate
            seconds.at += 1.0  # type: ignore[attr-defined]
            flow.look(row, seconds.at)  # type: ignore[attr-defined]
        return flow.flooded

    seconds.at = 0.0  # type: ignore[attr-defined]
    assert not seconds(10, 50)
    assert seconds(10, 52)
    assert seconds(10, 40)
    assert not seconds(10, 20)
    assert not seconds(10, 45)


def test_what_comes_at_once_is_no_flood() -> None:
    flow = Flow()
    row = 0
    for second in range(40):
        row += 400 if second % 3 == 0 else 20
        for tenth in range(10):
            flow.look(row, second + tenth / 10)
            assert not flow.flooded


def test_one_in_so_many_that_each_row_stays_a_second() -> None:
    flow = Flow()
    for second in range(5):
        flow.look(second * 200, float(second))
    assert flow.flooded
    assert flow.one_in(25) == 8
    assert flow.one_in(1_000) == 2


def flooded(height: int = 10, last: int = 1_003, one_in: int = 4) -> MentionWindow:
    window = MentionWindow()
    window.resize(height)
    window.look(last, None, one_in=one_in)
    return window


def test_the_list_that_flows_shows_every_fourth_row() -> None:
    window = flooded()
    assert [window.row(index) for index in window.shown] == list(range(1_000, 960, -4))
    assert len(window) == 250
    assert window.held == 0


def test_who_selects_a_row_sees_all_of_them_and_keeps_the_line() -> None:
    window = flooded()
    window.go(3)
    assert window.cursor == 988
    assert window.selected is not None
    assert window.selected - window.top == 3
    assert [window.row(index) for index in window.shown] == list(range(991, 981, -1))
    window.look(2_000, None, one_in=4)
    assert (window.cursor, window.stride, window.held) == (988, 1, 1_000)
    window.flow()
    window.look(2_000, None, one_in=4)
    assert window.row(0) == 2_000
    assert window.stride == 4


def test_a_filter_runs_on_all() -> None:
    window = flooded()
    window.look(1_003, [1_001, 999, 3], one_in=4)
    assert [window.row(index) for index in range(len(window))] == [1_001, 999, 3]
