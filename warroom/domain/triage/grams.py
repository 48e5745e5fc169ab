"""A text as hashed words, pairs of words and beginnings of words: what corrections are learnt on (triage design, 1).

A hash is the crc32 of a piece with a letter for its kind in front, so that the same text has the same hashes on every
machine and in every run.
"""

from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from .vocabulary import WORD, Kind, Vocabulary
from .words import normal, tokens

BEGINNING = 5
"""Letters by which longer words are also known: delayed, delays. Every piece of four letters, as it was, taught no more
and cost twice the time."""
HALF = 0.5
"""What a light one weighs beside the others."""


class Grams(NamedTuple):
    """`whole` (words, pairs, emoji) weigh `unit` each; `light` half of it: beginnings, words without a meaning of their
    own and pairs of such. Together they have length 1.

    Each hash stands in it once, however often the text says it: a word said ten times is no ten times surer sign.
    """

    whole: tuple[int, ...]
    light: tuple[int, ...]
    unit: float


def grams(text: str, vocabulary: Vocabulary) -> Grams:
    """The hashed features of a text."""
    empty = vocabulary.lexicon.empty
    whole: dict[int, None] = {}
    light: dict[int, None] = {}
    before = ""
    for token in tokens(text):
        meaning = vocabulary[token]
        kind = meaning.kind
        if meaning is WORD or kind is Kind.WORD:
            word = normal(token)
            own, beginning = _word(word)
            says = len(word) > 1 and word not in empty
            (whole if says else light)[own] = None
            if says and beginning is not None:
                light[beginning] = None
            if before:
                (whole if says or before not in empty else light)[crc32(f"2{before} {word}".encode())] = None
            before = word
        elif kind is Kind.SIGN:
            if not token[0].isdigit():
                whole[crc32(f":{token}".encode())] = None
        elif kind is Kind.STOP or kind is Kind.MARK:
            before = ""
    length = len(whole) + HALF * HALF * len(light)
    return Grams(tuple(whole), tuple(light), 1 / length**0.5 if length else 0.0)


@lru_cache(maxsize=20_000)
def _word(word: str) -> tuple[int, int | None]:
    """The hash of a word, and that of its beginning where it is longer."""
    own = crc32(f"1{word}".encode())
    return own, crc32(f"5{word[:BEGINNING]}".encode()) if len(word) > BEGINNING else None
