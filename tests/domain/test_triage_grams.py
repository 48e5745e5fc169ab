"""The hashed features of a text, each kind alone."""

from zlib import crc32

import pytest

from warroom.domain.triage.grams import grams
from warroom.domain.triage.vocabulary import Vocabulary
from warroom.services.lexicon import load_lexicon

VOCABULARY = Vocabulary(load_lexicon())


def whole(text: str) -> set[int]:
    return set(grams(text, VOCABULARY).whole)


def hashed(*pieces: str) -> set[int]:
    return {crc32(piece.encode()) for piece in pieces}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Oat OAT oat", ("1oat", "2oat oat")),
        ("my oat", ("1my", "1oat", "2my oat")),
        ("my, oat", ("1my", "1oat")),
        ("my! oat", ("1my", "1oat")),
        ("#Oat", ("1oat",)),
        ("😡 😡", (":😡",)),
        ("my 4471 oat", ("1my", "1oat", "2my oat")),
        ("@oat https://oat.example", ()),
        ("no a b c d", ("1no", "1a", "1b", "1c", "1d", "2no a", "2a b", "2b c", "2c d", "!a", "!b", "!c")),
        ("no a. b", ("1no", "1a", "1b", "2no a", "!a")),
        ("", ()),
    ],
)
def test_words_pairs_denied_words_and_emoji_are_features(text: str, pieces: tuple[str, ...]) -> None:
    assert whole(text) == hashed(*pieces)


def test_words_of_four_letters_and_more_are_also_known_by_their_pieces() -> None:
    assert set(grams("mil", VOCABULARY).pieces) == set()
    assert set(grams("Milk", VOCABULARY).pieces) == hashed("4<mil", "4milk", "4ilk>")


def test_a_text_has_the_length_of_one_and_a_piece_weighs_half_a_word() -> None:
    found = grams("spoilt milk, spoilt milk", VOCABULARY)
    assert len(found.whole) * found.unit**2 + len(found.pieces) * (found.unit / 2) ** 2 == pytest.approx(1)
    assert grams("4471", VOCABULARY).unit == 0
