"""A row keeps its columns, whoever wrote the mention and however wide the list is."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import START, mention
from warroom.domain.desk import UNMARKED, Mark
from warroom.domain.mention import Kept, Segment
from warroom.services.words import english
from warroom.ui.theme import CONTRAST, DARK, LIGHT
from warroom.ui.widgets.mention_row import (
    ROLES,
    age_of,
    cells_wide,
    edge_cells,
    inks,
    mention_cells,
    selected_inks,
)

WORDS = english()
VARIABLES = {
    **DARK.variables,
    **{role: getattr(DARK, role) for role in ("warning", "error", "success", "primary", "accent")},
    "surface": DARK.surface or "",
    "foreground": DARK.foreground or "",
}
INKS = inks(VARIABLES)


def row(width: int = 80, mark: Mark = UNMARKED, *, checked: bool = False, **changes: object) -> str:
    text = str(changes.pop("text", "Is it safe?"))
    segment, question = changes.pop("segment", Segment.DISLIKE), bool(changes.pop("question", False))
    assert isinstance(segment, Segment)
    fields: dict[str, object] = {"author_handle": "marta.example", "followers": 1_240, **changes}
    kept = Kept(7, mention(7, text, **fields), segment, question)
    age = age_of(kept, START + timedelta(seconds=10), WORDS, width)
    return "".join(cell.text for cell in mention_cells(kept, mark, age, WORDS, width, INKS, checked=checked))


def test_a_row_says_state_age_segment_network_author_text_and_reach() -> None:
    assert row(72) == "●   3s −  MA @marta.exam… Is it safe?                               1.2k"


def test_what_is_only_watched_says_so_in_every_state() -> None:
    assert "◌ Is it safe?" in row(72, Mark(outcome="monitor", why="a rant"))
    assert row(72, Mark(state="reply", outcome="monitor")).startswith("R ")
    assert "◌ " in row(72, Mark(state="reply", outcome="monitor"))
    assert "◌" not in row(72, Mark(outcome="answer"))


def test_from_96_cells_the_local_time_stands_where_the_age_was() -> None:
    assert row(95).startswith("●   3s −  ")
    assert row(96).startswith("● 13:02:07 −  ")


def test_from_110_cells_the_owner_is_named() -> None:
    assert "PG" not in row(109, Mark(owner="PG"))
    assert row(110, Mark(owner="PG")).endswith(" PG   1.2k")


def test_signs_say_pinned_question_and_checked() -> None:
    assert "★ ? Is it safe?" in row(mark=Mark(pinned=True), question=True)
    assert row(mark=Mark(state="reply")).startswith("R ")
    assert row(mark=Mark(state="reply"), checked=True).startswith("■ ")


def test_a_large_reach_is_bold_and_an_unknown_one_is_a_question_mark() -> None:
    assert row(followers=None).endswith("    ?")
    for people, bold in ((49_999, False), (50_000, True)):
        kept = Kept(1, mention(1, followers=people))
        reach = mention_cells(kept, Mark(state="reply"), "1s", WORDS, 80, INKS, checked=False)[-1]
        assert reach.style is not None
        assert bool(reach.style.bold) is bold


HOSTILE = [
    "[/nope] [@click=app.quit]here[/]",
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred",
    "\x9b2J\x9d52;c;ZWNobw==\x9c",
    "\u202eevil\u2066isolate\u200f",
    "two\nlines\tand\r\na tab\u2028more",
    "👨‍👩‍👧‍👦 👍🏽 🇪🇸 1️⃣ ❤️ family",
    "日本語のとても長いテキスト" * 9,
    "Z̸̡̢̛̞̦̈́a̵̛͉l̷g̶o̴" * 20,
    "\ud800 \x00 \U000e0041",
    "ﷺ" * 300,
    "",
]


@pytest.mark.parametrize("width", [58, 74, 96, 116, 196])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_in_any_field_keeps_every_column(hostile: str, width: int) -> None:
    plain = row(width, Mark(owner="PG"), source="zz")
    seen = row(
        width,
        Mark(owner=hostile, pinned=True),
        text=hostile,
        title=hostile,
        author_handle=hostile or None,
        author_name=hostile,
        source=hostile,
        question=True,
    )
    cells = mention_cells(Kept(1, mention(1, hostile)), UNMARKED, "3s", WORDS, width, INKS, checked=False)
    assert cells_wide(cells) == width
    assert all(character.isprintable() for character in seen)
    assert "\u202e" not in seen
    assert seen.endswith("1.2k")
    assert plain.endswith("1.2k")
    assert len(plain) == width


@settings(max_examples=150)
@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=4), st.one_of(st.none(), st.integers(0)))
def test_every_row_is_exactly_as_wide_as_the_list(text: str, author: str, owner: str, people: int | None) -> None:
    kept = Kept(1, mention(1, text, author_handle=author, source=owner, followers=people), Segment.HATE, True)
    for width in (58, 76, 96, 118):
        cells = mention_cells(kept, Mark(owner=owner, pinned=True), "59m", WORDS, width, INKS, checked=False)
        assert cells_wide(cells) == width


def test_nothing_on_the_selected_row_is_muted() -> None:
    chosen = selected_inks(VARIABLES)
    assert chosen["muted"] == chosen["neutral"] == chosen["text"]
    assert chosen["hate"] != chosen["text"]


def test_where_the_selected_row_is_reversed_every_ink_gives_way() -> None:
    reversed_row = selected_inks({**VARIABLES, **CONTRAST.variables})
    assert {reversed_row[role] for role in ROLES} == {reversed_row["text"]}
    light = selected_inks({**VARIABLES, **LIGHT.variables, "foreground": LIGHT.foreground or ""})
    assert light["hate"] != light["text"]


@pytest.mark.parametrize("ends", ["", "╭╮"])
@pytest.mark.parametrize("width", [1, 2, 3, 8, 20, 60, 120])
@pytest.mark.parametrize(("title", "note"), [("Feed", "1,840 · newest first"), ("日本語の題", ""), ("", "n"), ("", "")])
def test_a_rule_is_as_wide_as_the_list_and_cuts_its_words(title: str, note: str, width: int, ends: str) -> None:
    cells = edge_cells(title, note, width, INKS, ends=ends, focus=True)
    assert cells_wide(cells) == max(width, 2 + len(ends))
    if width == 60:
        line = "".join(cell.text for cell in cells)
        assert title in line
        assert note in line
