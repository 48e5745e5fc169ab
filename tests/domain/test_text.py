"""What the gate marks, what it takes away, what it leaves: each rule by its exact result."""

import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.domain.text import (
    LONGEST_LINE,
    LONGEST_PARAGRAPH,
    MOST_COMBINING,
    harmless,
    one_line,
    plain,
    safe_url,
)

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
SPELLING = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Format characters that are signs in their own right: number and verse signs of Arabic, Syriac and Kaithi."""
PARTS = [
    *(
        "\x1b",
        "\x9b",
        "\x9d",
        "\x9c",
        "\x07",
        "\x1b\\",
        "]52;c;QUFB",
        "[31m",
        "[",
        "]8;;",
        "P",
        "_",
        "^",
        "X",
        "m",
        " ",
    ),
    *(
        "\n",
        "\t",
        "\r",
        "\u2028",
        "\x85",
        "\u200b",
        "\u200c",
        "\u200d",
        "\ufe0f",
        "\u202e",
        "\u2066",
        "\u00ad",
        "\ufeff",
    ),
    *(
        "\u0301",
        "\u0e34",
        "\u064b",
        "\u20e3",
        "\U000e0041",
        "\U000e0100",
        "\ud83d",
        "👩",
        "❤",
        "🏽",
        "م",
        "क",
        "x",
        "日",
    ),
]


def width_less(text: str) -> int:
    return max(
        (len(run) for run in "".join("m" if category(c) in ("Mn", "Me") else " " for c in text).split()), default=0
    )


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a\x1b[31mb\x1b[0mc", "a·b·c"),
        ("a\x9b31mb", "a·b"),
        ("x\x1b]0;owned\x07y", "x·y"),
        ("x\x1b]52;c;QUFB\x1b\\y", "x·y"),
        ("x\x1b]8;;https://evil.example\x9cy", "x·y"),
        ("x\x1b]52;c;QUFB\nnext line", "x·\nnext line"),
        ("x\x1bPq#0\x1b\\y\x1b_z\x07", "x·y·"),
        ("x\x9d52;c;QUFB\x07y", "x·y"),
        ("mis\x9etaken for a letter", "mis·taken for a letter"),
        ("x\x1bcy\x1b(By\x1b", "x·y·y·"),
        ("nul\x00\x01\x02del\x7f", "nul·del·"),
        ("\u202egpj.exe", "·gpj.exe"),
        ("a\u2066\u2069\u200bb", "a·b"),
        ("a\u200db \u200c", "a·b "),
        ("می‌خواهم", "می‌خواهم"),
        ("क्‍ष", "क्‍ष"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("a\r\nb\rc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"),
        ("lone \ud83d one", "lone \ufffd one"),
        ("flag 🏴\U000e0067\U000e0062\U000e007f", "flag 🏴·"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u0301no base, \u0301here", "no base, here"),
        ("[/nope] [@click=app.quit]x[/]", "[/nope] [@click=app.quit]x[/]"),
    ],
)
def test_what_acts_or_hides_becomes_one_mark(text: str, safe: str) -> None:
    assert plain(text) == safe


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("  a\n\n\tb  c ", "a b c"),
        ("👨‍👩‍👧hola", "👨hola"),
        ("❤️‍🔥ok 1️⃣", "❤ok 1⃣"),
        ("می‌خواهم", "می‌خواهم"),
        ("x\x1b]0;t\x07\ny", "x· y"),
    ],
)
def test_a_row_keeps_the_words_and_the_first_of_joined_emoji(text: str, row: str) -> None:
    assert one_line(text) == row


@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_no_mixture_of_harmful_parts_leaves_anything_to_do(text: str) -> None:
    for gate, lines in ((plain, {"\n", "\t"}), (one_line, set[str]())):
        safe = gate(text)
        assert gate(safe) == safe
        assert {c for c in safe if category(c) in UNSEEN} - lines <= {"\u200c", "\u200d"}
        assert width_less(safe) <= MOST_COMBINING


def test_of_all_characters_there_are_none_that_cannot_be_seen_passes_alone() -> None:
    passed = {c for c in map(chr, range(sys.maxunicode + 1)) if category(c) in UNSEEN and c in plain(f"a{c}b")}
    kept = {c for c in passed if c not in "\n\t" and c not in SPELLING}
    assert {f"{ord(c):x}" for c in kept} == set()


@pytest.mark.parametrize("mark", ["\u0335", "\u0e34", "\u0901", "\u20dd", "\ufe0f", "\U0001d165"])
def test_marks_of_any_script_are_at_most_eight(mark: str) -> None:
    assert plain("a" + mark * 50 + "b" + mark) in ("a" + mark * 8 + "b" + mark, "a" + mark * 50 + "b" + mark)
    assert width_less(plain("a" + mark * 50)) <= MOST_COMBINING


def test_a_line_is_cut_by_cells_each_line_alone() -> None:
    assert plain("x" * LONGEST_LINE) == "x" * LONGEST_LINE
    assert plain("x" * (LONGEST_LINE + 1)) == "x" * (LONGEST_LINE - 1) + "…"
    assert plain("日" * 2_000) == "日" * 2_000
    assert plain("日" * 2_001) == "日" * 1_999 + "…"
    assert plain("\t" * 501) == "\t" * 499 + "…"
    assert plain("x" * 3_999 + "\n" + "y" * 3_999) == "x" * 3_999 + "\n" + "y" * 3_999


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("HTTPS://A.Example:8443/x?y=1#z", "https://a.example:8443/x?y=1#z"),
        ("https://bank.example@evil.example/login", "https://evil.example/login"),
        ("https://a.example/\u202egpj y", "https://a.example/%E2%80%AEgpj%20y"),
        ("https://a.example/\ud83d", "https://a.example/%3F"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("https://a.example/señal", "https://a.example/señal"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        *(
            (bad, None)
            for bad in ("https://", "https:///x", "https://a b.example", "https://a.example:x", "//a.example")
        ),
        *(
            (bad, None)
            for bad in ("data:text/html,x", "http://[::1", "https://a..example", "https://a.example/" + "x" * 2_000)
        ),
    ],
)
def test_a_link_leads_where_it_seems_to_lead_or_is_none(url: str, safe: str | None) -> None:
    assert safe_url(url) == safe


@pytest.mark.parametrize(
    "text", ["word " * 2_000, "a" * 9_000, "short\n" + "b c " * 3_000, "\x1b[2J" + "d " * 3_000, ""], ids=range(5)
)
def test_a_text_that_somebody_goes_on_writing_loses_no_word_and_has_no_endless_line(text: str) -> None:
    shown = harmless(text)
    assert harmless(shown) == shown
    assert max(map(len, shown.split("\n"))) <= LONGEST_PARAGRAPH
    assert "\x1b" not in shown
    if "\x1b" not in text:
        assert "".join(shown.split()) == "".join(text.split())
