"""The hashed features of a text, each kind alone."""

from zlib import crc32

import pytest

from warroom.domain.triage.grams import Pieces
from warroom.domain.triage.vocabulary import Vocabulary
from warroom.services.lexicon import load_lexicon

PIECES = Pieces(Vocabulary(load_lexicon()))


def whole(text: str) -> set[int]:
    return set(PIECES.of(text).whole)


def light(text: str) -> set[int]:
    return set(PIECES.of(text).light)


def hashed(*pieces: str) -> set[int]:
    return {crc32(piece.encode()) for piece in pieces}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Oat OAT oat", ("1oat", "2oat oat")),
        ("lot, oat", ("1lot", "1oat")),
        ("lot! oat", ("1lot", "1oat")),
        ("#Oat", ("1oat",)),
        ("😡 😡", (":😡",)),
        ("lot 4471 oat", ("1lot", "1oat", "2lot oat")),
        ("@oat https://oat.example", ()),
        ("my oat", ("1oat", "2my oat")),
        ("oat with", ("1oat", "2oat with")),
        ("x oat", ("1oat", "2x oat")),
        ("", ()),
    ],
)
def test_words_pairs_and_emoji_are_features(text: str, pieces: tuple[str, ...]) -> None:
    assert whole(text) == hashed(*pieces)


def test_longer_words_are_also_known_by_their_first_five_letters() -> None:
    assert light("milky oat") == set()
    assert light("Delayed") == light("delays") == hashed("5delay")


def test_words_without_a_meaning_of_their_own_and_pairs_of_such_weigh_half() -> None:
    assert whole("with the") == set()
    assert light("with the") == hashed("1with", "1the", "2with the")
    assert light("x") == hashed("1x")
    assert light("porque") == hashed("1porque"), "and their beginnings say nothing"


def test_a_text_has_the_length_of_one_and_a_beginning_weighs_half_a_word() -> None:
    found = PIECES.of("spoilt milk, spoilt milk")
    assert len(found.light) == 1
    assert len(found.whole) * found.unit**2 + len(found.light) * (found.unit / 2) ** 2 == pytest.approx(1)
    assert PIECES.of("4471").unit == 0
