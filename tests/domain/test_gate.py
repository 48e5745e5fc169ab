"""The gate: whatever is written outside, nothing that moves, hides or turns reaches the screen."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.domain.text import one_line, plain, safe_url

FORBIDDEN = set("\x1b\x7f\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b")


def is_harmless(text: str, *, lines: bool) -> bool:
    allowed = "\n\t" if lines else ""
    return not any(c in FORBIDDEN or (category(c) in ("Cc", "Cs") and c not in allowed) for c in text)


@given(st.text())
def test_nothing_that_controls_a_terminal_passes(text: str) -> None:
    assert is_harmless(plain(text), lines=True)
    assert is_harmless(one_line(text), lines=False)


@given(st.text(alphabet="\x1b[]0;P^_X\\\x07\x9b\x9d\u202e\u2066abm4\n\t 👩\u200d\ufe0f\u0301[/x]"))
def test_neither_do_sequences_and_cleaning_twice_changes_nothing(text: str) -> None:
    for gate in (plain, one_line):
        once = gate(text)
        assert gate(once) == once
        assert is_harmless(once, lines=gate is plain)


@pytest.mark.parametrize(
    "text",
    ["Hola, ¿qué tal? «sí» — 50 %", "[/nope] [@click=x]y[/]", "مرحبا", "日本語 한국어", "café", "👍 🎉", "naïve\nline"],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_a_row_is_one_line_and_a_joined_emoji_its_first() -> None:
    assert one_line("a\n\tb\r\nc") == "a b c"
    assert one_line("👨‍👩‍👧 x") == "👨 x"
    assert one_line("👍🏽") == "👍"


def test_marks_do_not_pile_up_and_lines_do_not_grow_for_ever() -> None:
    assert len(plain("z" + "\u0335" * 50)) <= 9
    assert len(plain("x" * 10_000)) <= 4_000


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("", None),
        (None, None),
        ("https://аpple.example/", "https://xn--pple-43d.example/"),
    ],
)
def test_only_web_addresses_are_links_and_their_host_shows_what_it_is(url: str | None, expected: str | None) -> None:
    assert safe_url(url) == expected
