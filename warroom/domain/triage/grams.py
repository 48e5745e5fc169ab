"""A text as hashed words, pairs of words and pieces of words: what corrections are learnt on (triage design, 1).

A hash is the crc32 of a piece with a letter for its kind in front, so that the same text has the same hashes on every
machine and in every run.
"""

from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from .vocabulary import WORD, Kind, Vocabulary
from .words import normal, tokens

NEGATED = 3
"""Words after a negator that are also counted as denied, up to punctuation."""
PIECE = 4
"""Characters of a piece of a word with its edges; words of fewer letters have no pieces."""
HALF = 0.5
"""What a piece weighs beside a word."""


class Grams(NamedTuple):
    """`whole` (words, pairs, denied words, emoji) weigh `unit` each, `pieces` half of it; together they have length 1.

    Each hash stands in it once, however often the text says it: a word said ten times is no ten times surer sign.
    """

    whole: tuple[int, ...]
    pieces: tuple[int, ...]
    unit: float


def grams(text: str, vocabulary: Vocabulary) -> Grams:
    """The hashed features of a text."""
    whole: dict[int, None] = {}
    pieces: dict[int, None] = {}
    before = ""
    denied = 0
    for token in tokens(text):
        meaning = vocabulary[token]
        kind = meaning.kind
        if meaning is WORD or kind is Kind.WORD:
            word = normal(token)
            own, parts = _word(word)
            whole[own] = None
            for part in parts:
                pieces[part] = None
            if before:
                whole[crc32(f"2{before} {word}".encode())] = None
            if denied:
                whole[crc32(f"!{word}".encode())] = None
                denied -= 1
            before = word
            if meaning.negates:
                denied = NEGATED
        elif kind is Kind.SIGN:
            if not token[0].isdigit():
                whole[crc32(f":{token}".encode())] = None
        elif kind is Kind.STOP or kind is Kind.MARK:
            before = ""
            denied = 0
    length = len(whole) + HALF * HALF * len(pieces)
    return Grams(tuple(whole), tuple(pieces), 1 / length**0.5 if length else 0.0)


@lru_cache(maxsize=20_000)
def _word(word: str) -> tuple[int, tuple[int, ...]]:
    """The hash of a word, and those of its pieces."""
    own = crc32(f"1{word}".encode())
    if len(word) < PIECE:
        return own, ()
    edged = f"<{word}>"
    return own, tuple(crc32(f"4{edged[i : i + PIECE]}".encode()) for i in range(len(edged) - PIECE + 1))
