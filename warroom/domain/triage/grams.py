"""A text as hashed words, pairs of words and beginnings of words: what corrections are learnt on (triage design, 1).

A hash is the crc32 of a piece with a letter for its kind in front, so that the same text has the same hashes on every
machine and in every run.
"""

from typing import NamedTuple
from zlib import crc32

from msgspec import Struct

from .remembered import Remembered
from .tokens import tokens
from .vocabulary import Vocabulary
from .words import normal

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


class _Piece(Struct, frozen=True, gc=False):
    """A token as it is hashed: alone, as the first of a pair, and what makes it the second. Without `spelt` it is in no
    pair, with `parts` none goes across it."""

    own: int | None = None
    beginning: int | None = None
    first: int = 0
    spelt: bytes = b""
    says: bool = False
    """It has a meaning of its own."""
    is_empty: bool = False
    parts: bool = False


_NOTHING, _END = _Piece(), _Piece(parts=True)


class Pieces(Remembered[_Piece]):
    """Hashes texts; remembers of each token met so far what is hashed of it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__(self._piece)
        self.vocabulary = vocabulary

    def of(self, text: str) -> Grams:
        """The hashed features of a text."""
        whole: dict[int, None] = {}
        light: dict[int, None] = {}
        before: _Piece | None = None
        for piece in map(self.__getitem__, tokens(text)):
            if piece.own is None:
                if piece.parts:
                    before = None
                continue
            (whole if piece.says else light)[piece.own] = None
            if piece.beginning is not None:
                light[piece.beginning] = None
            if piece.spelt:
                if before is not None:
                    # The hash of both, begun where that of the first one ended.
                    (whole if piece.says or not before.is_empty else light)[crc32(piece.spelt, before.first)] = None
                before = piece
        length = len(whole) + HALF * HALF * len(light)
        return Grams(tuple(whole), tuple(light), 1 / length**0.5 if length else 0.0)

    def _piece(self, token: str) -> _Piece:
        kind = self.vocabulary[token].kind
        if kind == "stop" or kind == "mark":
            return _END
        if kind == "sign" and not token[0].isdigit():
            return _Piece(crc32(f":{token}".encode()), says=True)
        if kind != "word":
            return _NOTHING
        word = normal(token)
        is_empty = word in self.vocabulary.lexicon.empty
        says = len(word) > 1 and not is_empty
        return _Piece(
            own=crc32(f"1{word}".encode()),
            beginning=crc32(f"5{word[:BEGINNING]}".encode()) if says and len(word) > BEGINNING else None,
            first=crc32(f"2{word} ".encode()),
            spelt=word.encode(),
            says=says,
            is_empty=is_empty,
        )
