"""Texts prepared in calm: what only fills the gaps of one, and what says more."""

import pytest

from tests.work import work
from warroom.domain.prepared import LONGEST_FILL, Prepared, only_fills_gaps

TEXT = "We know about [what] since [hh:mm]. Our next word comes at [hh:mm]. Help: [page]"


@pytest.mark.parametrize(
    "text",
    [
        "We know about lot 4471 since 14:10. Our next word comes at 16:00. Help: help.nordavena.example",
        "We know about what happened since Monday since 9:00. Our next word comes at 16:00. Help: 900 000 000",
        "We know about a rash (two families) since 14:10. Our next word comes at 4 p.m., here. Help: @nordavena",
        "  We know about x since y. Our next word comes at z. Help: w\n",
        "We know about " + "x" * LONGEST_FILL + " since y. Our next word comes at z. Help: w",
    ],
)
def test_a_filled_text_only_fills_its_gaps(text: str) -> None:
    assert only_fills_gaps(TEXT, text)


@pytest.mark.parametrize(
    "text",
    [
        "We know about lot 4471 since 14:10. Our next word comes at 16:00. Help: x. It is not our fault.",
        "We know about lot 4471. It is not our fault since 14:10. Our next word comes at 16:00. Help: x",
        "We know about lot 4471 since 14:10. Our next word comes at 16:00. Help: ",
        "We know about lot 4471 since 14:10. Our next word comes at [hh:mm]. Help: x",
        "We know about lot\n4471 since 14:10. Our next word comes at 16:00. Help: x",
        "We knew about lot 4471 since 14:10. Our next word comes at 16:00. Help: x",
        "We know about lot 4471 since 14:10. Our next word comes at 16:00.",
        "Sorry. We know about lot 4471 since 14:10. Our next word comes at 16:00. Help: x",
        "We know about " + "x" * (LONGEST_FILL + 1) + " since y. Our next word comes at z. Help: w",
        "We know about a rash; nobody is to blame since 14:10. Our next word comes at 16:00. Help: x",
        "",
    ],
)
def test_a_text_that_says_more_or_less_does_not(text: str) -> None:
    assert not only_fills_gaps(TEXT, text)


def test_a_text_without_gaps_is_itself_only() -> None:
    assert only_fills_gaps("We know.", "We know.")
    assert not only_fills_gaps("We know.", "We know!")


def test_no_text_makes_it_try_every_way() -> None:
    assert not only_fills_gaps(TEXT, "a" * 100_000)
    assert only_fills_gaps("[a] a [b] a [c] a [d]", "a " * 240)
    gaps = "[a]a" * 40
    assert only_fills_gaps(gaps, "a" * 4_000)
    assert work(lambda: only_fills_gaps(gaps, "a" * 4_000)) < 40 * work(lambda: only_fills_gaps(gaps, "a" * 400))


def test_gaps_are_listed_once_in_the_order_of_the_text() -> None:
    text = Prepared(id="a", purpose="holding", lang="en", text=TEXT)
    assert text.gaps == ("[what]", "[hh:mm]", "[page]")
