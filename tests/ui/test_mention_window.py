"""The reader's place: it flows until something is chosen, and then nothing moves it but the reader."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from warroom.ui.widgets.mention_window import MentionWindow, Order


def window(last: int, height: int = 10, found: Sequence[int] | Order | None = None) -> MentionWindow:
    made = MentionWindow()
    made.resize(height)
    made.look(last, found)
    return made


def screen(of: MentionWindow) -> list[int]:
    """The rows on screen, from the top."""
    return [of.row(index) for index in of.shown]


def test_the_newest_is_at_the_top_and_rows_flow_in() -> None:
    feed = window(100, height=3)
    assert screen(feed) == [100, 99, 98]
    feed.look(105, None)
    assert (screen(feed), feed.held) == ([105, 104, 103], 0)


def test_a_line_that_comes_above_the_list_does_not_push_the_selected_row_out_of_sight() -> None:
    feed = window(100, height=3)
    feed.go(0)
    feed.shift(1)
    assert screen(feed)[0] == feed.cursor == 100
    feed.go(1)
    feed.shift(1)
    assert screen(feed) == [99, 98, 97], "its rows stay in the lines where they were"
    feed.shift(1)
    assert feed.cursor in screen(feed)


def test_once_something_is_selected_new_rows_wait_above() -> None:
    feed = window(100, height=3)
    feed.go(1)
    feed.look(300, None)
    assert (screen(feed), feed.cursor, feed.held) == ([100, 99, 98], 99, 200)
    feed.flow()
    feed.look(300, None)
    assert screen(feed) == [300, 299, 298]
    assert feed.cursor is None
    assert feed.held == 0


def test_moving_brings_the_selection_on_screen_and_stops_at_both_ends() -> None:
    feed = window(5, height=3)
    feed.go(4)
    assert (screen(feed), feed.cursor) == ([3, 2, 1], 1)
    feed.go(99)
    assert feed.cursor == 1
    feed.go(-7)
    assert (screen(feed), feed.cursor) == ([5, 4, 3], 5)


def test_in_an_empty_list_nothing_can_be_selected() -> None:
    feed = window(0)
    feed.go(0)
    feed.scroll(3)
    assert (feed.cursor, len(feed), screen(feed)) == (None, 0, [])


def test_the_wheel_leaves_the_selection_and_holds_a_list_that_flowed() -> None:
    feed = window(100, height=3)
    feed.scroll(-3)
    assert (screen(feed), feed.selected) == ([100, 99, 98], None)
    feed.scroll(5)
    assert (screen(feed), feed.cursor) == ([95, 94, 93], 100)
    feed.scroll(1_000)
    assert screen(feed) == [3, 2, 1]


def test_a_smaller_screen_keeps_the_selection_on_it() -> None:
    feed = window(100, height=20)
    feed.go(15)
    feed.resize(4)
    assert 85 in screen(feed)
    feed.resize(200)
    assert len(screen(feed)) == 100


def test_a_search_that_finds_newer_mentions_holds_them_too() -> None:
    feed = window(100, height=3, found=[90, 80, 70, 60])
    feed.go(1)
    feed.look(200, [150, 140, 90, 80, 70, 60])
    assert (screen(feed), feed.cursor, feed.held) == ([90, 80, 70], 80, 2)
    assert (feed.index(140), feed.index(90), feed.index(85)) == (None, 0, None)


def test_the_selected_mention_keeps_its_line_from_the_whole_list_into_a_search_and_back() -> None:
    feed = window(100, height=10)
    feed.go(19)
    line = feed.index(81)
    assert line is not None
    line -= feed.top
    feed.look(100, [99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 81, 70, 60])
    assert (feed.cursor, screen(feed)[line]) == (81, 81)
    feed.look(100, None)
    assert (feed.cursor, screen(feed)[line]) == (81, 81)


def test_where_the_selected_mention_has_left_the_list_its_neighbour_takes_its_place() -> None:
    feed = window(100, height=5, found=[90, 80, 70, 60, 50])
    feed.go(2)
    feed.look(100, [90, 80, 60, 50])
    assert (feed.cursor, feed.held) == (60, 0)


def test_another_search_starts_at_its_top_and_flows() -> None:
    feed = window(100, height=3, found=[90, 80, 70, 60, 50])
    feed.go(3)
    feed.look(100, [99, 45, 44, 43])
    assert (feed.cursor, screen(feed), feed.held) == (None, [99, 45, 44], 0)


def test_a_replay_that_goes_back_begins_at_its_newest() -> None:
    feed = window(100, height=3)
    feed.go(50)
    feed.look(40, None)
    assert (feed.cursor, screen(feed), feed.held) == (None, [40, 39, 38], 0)


# --- in an order of its own -----------------------------------------------------------------------------


def test_an_order_is_shown_as_it_is_and_flows_until_something_is_selected() -> None:
    feed = window(100, height=3, found=Order([40, 90, 7, 60]))
    assert screen(feed) == [40, 90, 7]
    assert [feed.index(row) for row in (7, 60, 8)] == [2, 3, None]
    feed.look(101, Order([101, 40, 90, 7, 60]))
    assert (screen(feed), feed.held) == ([101, 40, 90], 0)


def test_once_something_is_selected_an_order_stands_and_what_would_be_above_is_counted() -> None:
    feed = window(100, height=3, found=Order([40, 90, 7, 60]))
    feed.go(1)
    feed.look(120, Order([110, 40, 60, 90, 7, 105]))
    assert (screen(feed), feed.cursor, feed.held) == ([40, 90, 7], 90, 2)
    feed.look(121, Order([110, 121, 40, 60, 90, 7, 105]))
    assert feed.held == 3
    feed.flow()
    feed.look(121, Order([110, 121, 40, 60, 90, 7, 105]))
    assert (screen(feed), feed.held) == ([110, 121, 40], 0)


def test_where_the_selected_row_left_a_newer_order_the_next_one_says_what_is_above() -> None:
    feed = window(100, found=Order([40, 90, 7, 60]))
    feed.go(1)
    feed.look(100, Order([50, 40, 7, 60]))
    assert feed.held == 1
    feed.look(100, Order([50, 51]))
    assert feed.held == 2


def test_another_row_for_the_same_thing_is_nothing_new() -> None:
    feed = window(100, found=Order([40, 90, 7], names="abc"))
    feed.go(2)
    feed.look(100, Order([41, 95, 99, 8], names="abxc"))
    assert feed.held == 1


def test_the_sources_lost_an_order_stands_too() -> None:
    feed = window(100, height=3, found=Order([40, 90, 7]))
    feed.hold(100, deaf=True, settling=False)
    feed.look(110, Order([101, 40, 90, 7]))
    assert (screen(feed), feed.held, feed.cursor) == ([40, 90, 7], 1, None)
    feed.hold(110, deaf=False, settling=False)
    feed.look(110, Order([101, 40, 90, 7]))
    assert (screen(feed), feed.held) == ([40, 90, 7], 1)
    feed.flow()
    feed.look(110, Order([101, 40, 90, 7]))
    assert screen(feed) == [101, 40, 90]


def test_another_question_is_another_list_and_the_selected_row_keeps_its_line() -> None:
    feed = window(100, height=5)
    feed.go(10)
    line = 10 - feed.top
    feed.look(100, Order([1, 2, 3, 4, 5, 90, 6, 7], asked="urgent"))
    assert (feed.cursor, screen(feed)[line]) == (90, 90)
    feed.look(100, None)
    assert feed.cursor == 90
    assert screen(feed)[line] == 90


def test_a_copy_that_is_folded_away_leaves_its_place_to_what_stands_for_it() -> None:
    feed = window(100, height=5)
    feed.go(10)
    line = 10 - feed.top
    feed.look(100, Order([100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 60, 50, 40], asked="folded"), instead=60)
    assert (feed.cursor, screen(feed)[line]) == (60, 60)


def test_a_replay_that_goes_back_takes_the_order_of_then() -> None:
    feed = window(100, height=3, found=Order([40, 90, 7, 60]))
    feed.go(1)
    feed.look(50, Order([7, 40]))
    assert (feed.cursor, screen(feed), feed.held) == (None, [7, 40], 0)


rows = st.lists(st.integers(1, 60), unique=True).map(lambda some: sorted(some, reverse=True))


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("go"), st.integers(-5, 70)),
            st.tuples(st.just("scroll"), st.integers(-9, 9)),
            st.tuples(st.just("resize"), st.integers(1, 30)),
            st.tuples(st.just("more"), st.integers(0, 9)),
            st.tuples(st.just("find"), st.one_of(st.none(), rows)),
            st.tuples(st.just("flow"), st.none()),
        ),
        max_size=30,
    )
)
def test_whatever_happens_the_screen_shows_listed_rows_in_order(steps: list[tuple[str, object]]) -> None:
    feed, last = window(60), 60
    found: Sequence[int] | None = None
    for name, value in steps:
        match name, value:
            case "go", int():
                feed.go(value)
            case "scroll", int():
                feed.scroll(value)
            case "resize", int():
                feed.resize(value)
            case "more", int():
                last += value
                feed.look(last, found)
            case "find", _:
                found = value if isinstance(value, list) else None
                feed.look(last, found)
            case _:
                feed.flow()
                feed.look(last, found)
        shown = screen(feed)
        assert shown == sorted(shown, reverse=True)
        assert set(shown) <= (set(range(1, last + 1)) if found is None else set(found))
        assert len(shown) == min(feed.height, len(feed))
        assert feed.held >= 0
        assert (feed.cursor is None) == (feed.selected is None)
        assert feed.cursor is not None or feed.top == 0


orders = st.lists(st.integers(1, 60), unique=True)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("go"), st.integers(-5, 70)),
            st.tuples(st.just("scroll"), st.integers(-9, 9)),
            st.tuples(st.just("resize"), st.integers(1, 30)),
            st.tuples(st.just("newer"), orders),
            st.tuples(st.just("ask"), orders),
            st.tuples(st.just("find"), st.one_of(st.none(), rows)),
            st.tuples(st.just("flow"), st.none()),
        ),
        max_size=30,
    )
)
def test_whatever_happens_in_an_order_only_the_reader_moves_what_is_read(steps: list[tuple[str, object]]) -> None:
    feed, found, asked = window(60), Order([]), 0
    feed.look(60, found)
    for name, value in steps:
        before, held_by = screen(feed), feed.cursor
        match name, value:
            case "go", int():
                feed.go(value)
            case "scroll", int():
                feed.scroll(value)
            case "resize", int():
                feed.resize(value)
            case "newer", list():
                newer, shown = Order(value, asked), feed.found
                feed.look(60, newer)
                if held_by is not None and isinstance(shown, Order) and shown.asked == asked:
                    assert (screen(feed), feed.cursor) == (before, held_by)
                    above = set(shown.rows[: feed.selected])
                    until = next((newer.rows.index(row) for row in shown.rows[feed.selected :] if row in value), None)
                    assert feed.held == len(set(newer.rows[:until]) - above)
                else:
                    assert feed.found is newer
                    assert feed.held == 0
            case "ask", list():
                asked += 1
                feed.look(60, Order(value, asked))
                assert feed.cursor is None or held_by is not None
            case "find", _:
                feed.look(60, value if isinstance(value, list) else None)
            case _:
                feed.flow()
                feed.look(60, feed.found)
        listed = [feed.row(index) for index in range(len(feed))]
        assert screen(feed) == listed[feed.top : feed.top + feed.height]
        assert len(screen(feed)) == min(feed.height, len(feed))
        assert [feed.index(row) for row in listed] == list(range(len(feed)))
        assert (feed.cursor is None) == (feed.selected is None)
