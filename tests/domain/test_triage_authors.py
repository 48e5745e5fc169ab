"""Where authors stand: the value, its borders, the operator's pin, and one author with many posts."""

import pytest

from warroom.domain.mention import SEGMENTS, Segment
from warroom.domain.triage import authors as bounds
from warroom.domain.triage.authors import Authors, segment_of

HATE, DISLIKE, NEUTRAL, LIKE, LOVE = SEGMENTS


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        (-2, HATE),
        (-1.21, HATE),
        (-1.2, DISLIKE),
        (-0.31, DISLIKE),
        (-0.3, NEUTRAL),
        (0.1 + 0.2, NEUTRAL),
        (0.31, LIKE),
        (1.2, LIKE),
        (1.21, LOVE),
        (2, LOVE),
    ],
)
def test_the_borders_of_the_segments(value: float, segment: Segment) -> None:
    assert segment_of(value) is segment


def test_a_first_post_is_all_that_is_known_and_later_ones_move_it_by_three_tenths() -> None:
    authors = Authors()
    assert authors.segment("x|a") is None
    assert authors.wrote("x|a", HATE) is HATE
    # −0.8 by the second post, then seven tenths of that with each: −0.56, −0.39, −0.27.
    posts = (LOVE, NEUTRAL, NEUTRAL, NEUTRAL)
    assert [authors.wrote("x|a", post) for post in posts] == [DISLIKE, DISLIKE, DISLIKE, NEUTRAL]


def test_a_pin_holds_whatever_is_written_until_it_is_taken_back() -> None:
    authors = Authors()
    authors.wrote("x|a", DISLIKE)
    authors.pin("x|a", LOVE)
    assert authors.wrote("x|a", HATE) is LOVE
    assert authors.board[LOVE] == 1
    authors.unpin("x|a")
    assert authors.segment("x|a") is HATE, "−1.3 by what was written meanwhile"
    authors.unpin("x|nobody")
    assert sum(authors.board.values()) == 1


def test_the_board_counts_authors_so_that_one_bot_is_one() -> None:
    authors = Authors()
    for _ in range(1_000):
        authors.wrote("x|bot", HATE)
    for name in "abc":
        authors.wrote(f"x|{name}", LIKE)
    assert list(authors.board.items()) == [(HATE, 1), (DISLIKE, 0), (NEUTRAL, 0), (LIKE, 3), (LOVE, 0)]


def test_memory_has_an_end_and_pinned_authors_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_KEPT", 2)
    authors = Authors()
    authors.wrote("pinned", HATE)
    authors.pin("pinned", HATE)
    authors.wrote("old", LIKE)
    authors.wrote("new", LOVE)
    assert (authors.segment("pinned"), authors.segment("old"), authors.segment("new")) == (HATE, None, LOVE)
    assert sum(authors.board.values()) == 2
