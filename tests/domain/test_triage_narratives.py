"""Narratives: what rises joins, what is common does not, and the operator has the last word."""

import pytest

from warroom.domain.triage.narratives import (
    Grouping,
    Told,
    merge,
    rising_terms,
    split,
    stories,
    terms,
)
from warroom.services.lexicon import load_empty

EMPTY = load_empty()
NOW = 1_000


def told(group: str, text: str, ago: int = 0) -> Told:
    return Told(group, NOW - ago, terms(text, EMPTY))


def ids(found: list[Told], grouping: Grouping = Grouping()) -> list[tuple[str, ...]]:  # noqa: B008
    return [narrative.groups for narrative in stories(found, NOW, grouping).narratives]


STORY = [
    told("a", "The purple cap leaks #PurpleCap"),
    told("b", "Same here: a purple cap that leaks"),
    told("c", "Nobody told us of that purple cap"),
    told("d", "Violin lessons on Thursday"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Purple caps", {"purple caps"}),
        ("purple and cap", set()),
        ("purple, cap", set()),
        ("#Lote4471 qué #ASCO", {"#lote4471", "#asco"}),
        ("Lote 1000, #Lote1000, lote L4471", {"lote 1000", "#lote1000", "lote l4471"}),
        ("caps from Avon, caps for Avon", set()),
        ("see https://www.News.example/a/?utm=1.", {"news.example/a"}),
        ("@purple cap", set()),
        ("Seen elsewhere: a purple cap", {"purple cap"}),
        ("", set()),
    ],
)
def test_terms_are_hashtags_addresses_and_pairs_of_words_that_mean_something(text: str, found: set[str]) -> None:
    found_terms = terms(text, EMPTY)
    assert (set(found_terms), len(found_terms)) == (found, len(found))


def test_groups_that_share_what_is_rising_are_one_narrative_named_by_its_terms() -> None:
    (found,) = stories(STORY, NOW).narratives
    assert (found.id, found.groups, found.mentions) == ("a", ("a", "b", "c"), 3)
    assert found.name[0] == "purple cap"
    assert len(found.name) <= 3


def test_a_term_rises_when_two_groups_and_three_mentions_say_it() -> None:
    assert "purple cap" in rising_terms(STORY, [])
    assert rising_terms(STORY[:2], []) == {}
    assert rising_terms([told("a", "purple cap")] * 5, []) == {}


def test_what_was_said_as_much_before_is_not_rising() -> None:
    before = [told(f"old{i}", "my purple cap", ago=60 + i) for i in range(50)]
    assert ids(before + STORY) == []
    some = [told(f"old{i}", "Violin lessons", ago=60 + i) for i in range(50)]
    assert ids(some + STORY) == [("a", "b", "c")]


def test_what_nearly_everybody_says_parts_nothing_from_anything() -> None:
    everybody = [told(str(i), f"#Nordavena thing{i} word{i}x") for i in range(12)]
    assert ids(everybody) == []


def test_what_is_older_than_half_an_hour_is_no_part_of_what_is_told_now() -> None:
    assert ids([told("a", "purple cap", 31), told("b", "purple cap"), told("c", "purple cap", 29)]) == []


def test_a_merge_holds_without_any_term_and_a_split_against_every_term() -> None:
    merged = merge(Grouping(), "d", "a")
    assert ids(STORY, merged) == [("a", "b", "c", "d")]
    apart = split(merged, "b")
    assert ids(STORY, apart) == [("a", "c", "d")]
    assert ids(STORY, split(apart, "d")) == [("a", "c")]
    assert ids(STORY, merge(apart, "b", "a")) == [("a", "b", "c", "d")]


def test_a_decision_on_groups_that_are_not_told_any_more_does_no_harm() -> None:
    assert ids(STORY, merge(split(Grouping(), "gone"), "gone too", "a")) == [("a", "b", "c")]


def test_the_largest_narrative_is_the_first() -> None:
    other = [told(f"v{i}", "Violin lessons tonight") for i in range(5)]
    assert [found.id for found in stories(STORY + other, NOW).narratives] == ["d", "a"]


def test_a_text_in_many_copies_and_what_was_taken_out_stand_alone_and_can_be_put_with_others() -> None:
    copies = [told("f", "Copy this before they delete it") for _ in range(4)]
    found = stories(STORY + copies, NOW)
    assert [one.id for one in found.narratives] == ["a"]
    assert [(one.id, one.groups, one.mentions) for one in found.alone] == [("f", ("f",), 4)]
    grouping = split(Grouping(), "c")
    assert [one.id for one in stories(STORY + copies, NOW, grouping).alone] == ["f", "c"]
    together = merge(merge(grouping, "a", "c"), "a", "f")
    (one,) = stories(STORY + copies, NOW, together).narratives
    assert set(one.groups) == {"a", "b", "c", "f"}
    assert stories(STORY + copies, NOW, together).alone == ()
