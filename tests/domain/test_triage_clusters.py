"""Near-copies: each rule alone, what a group remembers, and that memory has an end."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.domain.triage import clusters as bounds
from warroom.domain.triage.clusters import Clusters
from warroom.domain.triage.shingles import SKETCH, cleaned, likeness, shingles, sketch

TEXT = "My daughter got a rash after two glasses of lot 4471 and nobody at the company answers the phone"
OTHER = "The press conference at the town hall was moved to the afternoon because of the storm on the coast"


def alike(one: str, other: str) -> float:
    return likeness(shingles(cleaned(one)), shingles(cleaned(other)))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("RT @nora: RT @x.y: Two   GLASSES, of lot 4471!!! 😡 https://a.example/1", "two glasses of lot 4471"),
        ("@nordavena ¿Qué pasó? www.a.example", "que paso"),
        ("#Boicot nooooo", "boicot noo"),
        ("😡 @a https://a.example", ""),
        ("", ""),
    ],
)
def test_what_is_put_around_a_text_when_it_is_passed_on_is_taken_off(text: str, clean: str) -> None:
    assert cleaned(text) == clean


def test_shingles_are_five_characters_in_a_row_and_of_a_shorter_text_all_of_it() -> None:
    assert len(shingles("abcdefg")) == 3
    assert len(shingles("abc")) == 1
    assert shingles("") == frozenset()
    assert len(shingles("ñandúes")) == 3
    assert shingles("oats and ñ") & shingles("oats and more") == shingles("oats and ")


def test_a_sketch_is_the_smallest_shingles() -> None:
    assert sketch({5, 3, 9}) == [3, 5, 9]
    assert sketch(range(100)) == list(range(SKETCH))


def test_two_texts_are_copies_from_a_share_of_45_in_100() -> None:
    base = frozenset(range(39))
    assert likeness(base, frozenset(range(15, 54))) == 0  # 24 of 54
    assert likeness(base, frozenset(range(14, 53))) > 0  # 25 of 53


def test_a_short_one_within_a_long_one_is_a_copy_from_six_tenths_if_it_is_long_enough() -> None:
    long = frozenset(range(300))
    assert likeness(frozenset(range(276, 316)), long) == pytest.approx(0.6)
    assert likeness(frozenset(range(277, 317)), long) == 0
    assert likeness(frozenset(range(39)), long) == 0


def test_of_very_short_texts_more_must_be_the_same() -> None:
    assert alike("great plan", "great player") == 0
    assert alike("thank you", "Thank you!") == 1


@pytest.mark.parametrize(
    "copy",
    [
        TEXT,
        f"RT @nora: {TEXT}",
        f"This is what happened to us. {TEXT} https://a.example #Nordavena",
        TEXT.upper() + " 😡😡",
        TEXT.replace("daughter", "little son"),
        TEXT[:60],
        TEXT.replace("glasses", "glases").replace("phone", "phnoe"),
    ],
)
def test_an_edited_copy_joins_the_group_of_the_first(copy: str) -> None:
    clusters = Clusters()
    assert clusters.add("x|1", TEXT) == "x|1"
    assert clusters.add("x|2", OTHER) == "x|2"
    assert clusters.add("x|3", copy) == "x|1"
    assert [clusters.recent(name, 0) for name in ("x|1", "x|2", "x|9")] == [2, 1, 0]


def test_a_text_joins_the_group_it_is_most_like() -> None:
    weaker = OTHER[:60] + " with a violin and a trumpet"
    for order in ((weaker, TEXT), (TEXT, weaker)):
        clusters = Clusters()
        assert [clusters.add(text, text) for text in order] == list(order)
        assert alike(weaker, f"{TEXT} {OTHER}") > 0
        assert clusters.add("c", f"{TEXT} {OTHER}") == TEXT


def test_texts_of_nothing_but_signs_are_no_copies_of_each_other() -> None:
    clusters = Clusters()
    assert [clusters.add(str(i), text) for i, text in enumerate(["", "😡", "😡", "@a", "https://a.example"])] == list(
        "01234"
    )
    assert len(clusters) == 0


def test_a_mention_that_comes_again_is_no_new_copy() -> None:
    clusters = Clusters()
    for _ in range(3):
        assert clusters.add("a", TEXT, 10) == "a"
    assert clusters.recent("a", 10) == 1


def test_the_speed_of_a_group_is_its_copies_of_the_last_quarter_of_an_hour() -> None:
    clusters = Clusters()
    for i, minute in enumerate([0, 5, 5, 14, 15, 20]):
        clusters.add(str(i), TEXT, minute)
    assert [clusters.recent("0", minute) for minute in (4, 14, 15, 20, 34, 35)] == [1, 4, 4, 3, 1, 0]
    assert clusters.recent("nobody", 0) == 0


def test_a_flood_of_copies_takes_the_room_of_sixty_and_pushes_nothing_out() -> None:
    clusters = Clusters()
    clusters.add("first", OTHER)
    for i in range(1_000):
        assert clusters.add(f"b{i}", f"{TEXT} {i}", i // 100) == "b0"
    assert len(clusters) <= bounds.MOST_OF_ONE + 1
    assert clusters.recent("b0", 9) == 1_000
    assert clusters.add("again", OTHER) == "first"


def test_memory_has_an_end_and_the_groups_go_that_grew_least_lately(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_KEPT", 3)
    monkeypatch.setattr(bounds, "MOST_NAMED", 3)
    clusters = Clusters()
    texts = [
        "oat drink in the fridge of the office",
        "a train to the mountains was late",
        "which oven for a new bakery",
        "violin lessons on a rainy Thursday",
    ]
    for i, text in enumerate(texts[:3]):
        clusters.add(str(i), text)
    clusters.add("0 again", texts[0])
    clusters.add("3", texts[3])
    assert len(clusters) <= 3
    assert [clusters.recent(name, 0) for name in "013"] == [2, 0, 1]
    assert clusters.add("1 again", texts[1]) == "1 again"


def test_long_texts_take_the_room_of_several_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_SHINGLES", 2_000)
    chance = Random(1)
    clusters = Clusters()
    for i in range(10):
        clusters.add(str(i), "".join(chance.choices("abcdefghij ", k=5_000)))
    assert len(clusters) == 2
    assert clusters._held == sum(len(text.shingles) for text in clusters._texts.values()) <= 2_000
    flood = Clusters()
    for i in range(200):
        flood.add(str(i), f"{TEXT} {i}")
    assert flood._held == sum(len(text.shingles) for text in flood._texts.values())


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_texts_at_all_have_groups_and_always_the_same(texts: list[str]) -> None:
    def groups() -> list[str]:
        clusters = Clusters()
        return [clusters.add(str(i), text, i) for i, text in enumerate(texts)]

    found = groups()
    assert found == groups()
    assert all(found[int(name)] == name and int(name) <= i for i, name in enumerate(found))


def test_a_text_without_end_is_compared_by_its_beginning() -> None:
    clusters = Clusters()
    clusters.add("a", TEXT * 1_000)
    assert clusters.add("b", TEXT * 1_000 + OTHER) == "a"


def test_copies_to_the_letter_take_no_room_and_are_found_after_their_first_was_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = Clusters()
    assert {one.add(f"a{n}", f"RT @p{n}: {TEXT}!", n) for n in range(500)} == {"a0"}
    assert len(one) == 1
    assert one.recent("a0", 499) == 15
    monkeypatch.setattr(bounds, "MOST_OF_ONE", 2)
    for n in range(4):
        assert one.add(f"b{n}", f"{TEXT} {n * 111}") == "a0"
    monkeypatch.setattr(bounds, "MOST_KEPT", 2)
    for n, text in enumerate(["the train to the coast is late again", "lovely weather for a walk on the beach"]):
        one.add(f"c{n}", text)
    assert one.add("d", TEXT) == "d", "its group was let go, and so was what it was the same as"
    assert one.add("e", TEXT.upper()) == "d"
