"""Which texts are about us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.domain.watch import Watch

WATCH = Watch(["Nordavéna", "#OatGate", "@shell", "señora avena", "año", "c++"], ["nordavena street"])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "nordavena",
            "NORDAVENA!",
            "Nordávena's",
            "(nordavena)",
            "ｎｏｒｄａｖｅｎａ",
            "nordave\u0301na",
            "nordavená",
        ),
        *("#nordavena", "@nordavena", "oatgate", "#OATGATE", "https://nordavena.example/x"),
        *(
            "@shell",
            "hey @Shell.example",
            "la Señora   Avena",
            "SEÑORA\nAVENA",
            "sen\u0303ora avena",
            "un año",
            "c++, no",
        ),
    ],
)
def test_a_term_is_found_in_any_capitals_accents_and_company(text: str) -> None:
    assert WATCH.matches(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "xnordavena", "énordavena", "nordavenas", "nordavena1", "nord avena", "shell", "a@shell", "@shells"),
        *("señora de avena", "ano", "años", "senora avena", "e\u0301año", "añó\u0303x", "c+"),
    ],
)
def test_a_part_of_another_word_is_not_a_term(text: str) -> None:
    assert not WATCH.matches(text)


def test_an_exclusion_rules_out_all_the_texts_of_a_mention() -> None:
    assert WATCH.matches("About Nordavena", "made in Nordavena")
    assert not WATCH.matches("About Nordavena", "a flat in NORDAVENA  Street")


def test_any_of_the_texts_is_enough() -> None:
    assert WATCH.matches("", "we drank Nordavena")
    assert not WATCH.matches()


def test_no_term_matches_nothing_and_blank_terms_are_none() -> None:
    assert not Watch([]).matches("anything")
    assert not Watch(["", "  ", "#", "@"]).matches("anything # @ at all")
    assert Watch(["x"], ["", " "]).matches("x")


def test_what_means_something_to_an_expression_is_a_letter_like_any_other() -> None:
    assert Watch(["a.b"]).matches("a.b")
    assert not Watch(["a.b"]).matches("axb")
    assert Watch(["(x|y)*"]).matches("say (x|y)* now")


@given(st.lists(st.text(min_size=1, max_size=12), max_size=5), st.text(max_size=60))
def test_any_terms_and_any_text_have_an_answer(terms: list[str], text: str) -> None:
    assert Watch(terms).matches(text) in (True, False)


@given(st.text(alphabet="abñnéö", min_size=1, max_size=8))
def test_every_term_finds_itself(term: str) -> None:
    assert Watch([term]).matches(f"… {term.upper()}, …")
