"""Values become words and cells that keep their columns, whatever comes in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.builders import START, mention
from warroom.domain.mention import SEGMENT_NAMES, Kept, Segment
from warroom.domain.text import one_line
from warroom.services.words import Words, english
from warroom.ui.present import (
    NETWORKS,
    SEGMENT_MARKS,
    STATE_MARKS,
    age,
    ago,
    author_cell,
    fit,
    network_cell,
    reach_cell,
    text_cell,
    time_cell,
)

EN, ES = english(), Words("es", ZoneInfo("Europe/Madrid"))


def kept(text: str = "Is it safe?", **changes: object) -> Kept:
    return Kept(1, mention(1, text, **changes), Segment.LIKE)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(-5, "0s"), (0, "0s"), (59.9, "59s"), (60, "1m"), (3599, "59m"), (3600, "1h"), (86_399, "23h"), (86_400, "1d")],
)
def test_an_age_is_cut_to_its_last_full_unit(seconds: float, shown: str) -> None:
    assert age(START + timedelta(seconds=seconds), START) == shown


def test_an_age_never_outgrows_its_column() -> None:
    assert age(datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)) == "999d"


def test_ago_is_said_in_words_and_is_never_negative() -> None:
    assert ago(START + timedelta(minutes=9), START, EN) == "9 min"
    assert ago(START - timedelta(minutes=9), START, EN) == "0 s"


def test_a_time_is_local_where_there_is_room_and_an_age_elsewhere() -> None:
    assert time_cell(START, START, ES, clock=True) == "14:02:00"
    assert time_cell(START, START, ES, clock=False) == "0s"


def test_a_time_that_the_zone_does_not_have_is_shown_as_it_is() -> None:
    west = Words("en", ZoneInfo("America/New_York"))
    assert time_cell(START, datetime.min.replace(tzinfo=UTC), west, clock=True) == "00:00:00"
    assert time_cell(START, datetime.max.replace(tzinfo=UTC), ES, clock=True) == "23:59:59"


@pytest.mark.parametrize(
    ("people", "shown"),
    [(None, "?"), (0, "0"), (310, "310"), (1_299, "1.2k"), (27_000, "27k"), (999_999_999_999, "999G"), (-3, "?")],
)
def test_unknown_reach_is_a_question_mark_and_never_nought(people: int | None, shown: str) -> None:
    assert reach_cell(people, EN) == shown


@given(st.one_of(st.none(), st.integers()))
def test_a_reach_never_outgrows_its_column(people: int | None) -> None:
    assert cell_len(reach_cell(people, EN)) <= 5
    assert cell_len(reach_cell(people, ES)) <= 5


def test_every_segment_and_state_has_a_sign_of_its_own() -> None:
    assert list(SEGMENT_MARKS.values()) == ["++", "+", "·", "−", "−−"]
    assert SEGMENT_MARKS.keys() == SEGMENT_NAMES.keys() == set(Segment)
    assert len({sign for sign, _ in STATE_MARKS.values()}) == len(STATE_MARKS) == 5
    assert all(cell_len(sign) == 1 for sign, _ in STATE_MARKS.values())


@pytest.mark.parametrize("words", [EN, ES], ids=["en", "es"])
def test_the_word_of_a_segment_fits_its_nine_cells(words: Words) -> None:
    assert all(cell_len(words.say(name)) <= 9 for name in SEGMENT_NAMES.values())


@pytest.mark.parametrize(
    ("source", "shown"), [("bluesky", "BS"), ("x", "X"), ("forum", "FO"), ("", "?"), ("\x1b[2J", "·"), ("日本語", "日")]
)
def test_a_network_is_two_letters(source: str, shown: str) -> None:
    assert network_cell(source) == shown


@given(st.text(max_size=8))
def test_a_network_never_outgrows_its_column(source: str) -> None:
    assert cell_len(network_cell(source)) <= 2


def test_two_networks_are_never_the_same_letters_by_accident() -> None:
    assert {source for source, sign in NETWORKS.items() if sign == "NW"} == {"news", "rss"}
    assert len(set(NETWORKS.values())) == len(NETWORKS) - 1


def test_an_author_is_the_handle_with_its_at_else_the_name() -> None:
    assert author_cell(kept(author_handle="marta.example")) == "@marta.example"
    assert author_cell(kept(author_handle="@marta.example")) == "@marta.example"
    assert author_cell(kept(author_handle="/u/marta")) == "/u/marta"
    assert author_cell(kept(author_handle=None, author_name="Diario Ejemplo")) == "Diario Ejemplo"
    assert author_cell(kept(author_handle=None, author_name=None)) == "—"


def test_a_text_says_its_title_first_and_whether_it_was_changed_or_taken_away() -> None:
    assert text_cell(kept("We asked.", title="Parents report")) == "Parents report — We asked."
    assert text_cell(kept("", title="Parents report")) == "Parents report"
    assert text_cell(kept("Safe?", edited_at=START)) == "✎ Safe?"
    assert text_cell(kept("Safe?", edited_at=START, deleted_at=START)) == "✕ Safe?"


def test_what_a_stranger_writes_is_text_and_nothing_else() -> None:
    hostile = "\x1b]0;owned\x07[/nope]\n\u202ereversed\x1b[31m"
    for cell in (text_cell(kept(hostile)), author_cell(kept(author_handle=hostile))):
        assert "[/nope]" in cell
        assert cell.isprintable()


def test_text_is_cut_by_cells_and_not_by_letters() -> None:
    assert fit("abcdef", 4) == "abc…"
    assert fit("abcd", 4) == "abcd"
    assert fit("ab", 4) == "ab  "
    assert fit("日本語", 4) == "日… "
    assert fit("日本", 4) == "日本"
    assert fit("a b c", 3) == "a… "
    assert fit("abc", 0) == ""


@given(st.text(max_size=60), st.integers(0, 40))
def test_every_text_fits_its_column_exactly(text: str, width: int) -> None:
    assert cell_len(fit(one_line(text), width)) == width
