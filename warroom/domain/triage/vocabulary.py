"""What each token says for itself, worked out once: a million mentions are made of a few thousand words."""

from enum import Enum, auto
from typing import NamedTuple

from .lexicon import Lexicon
from .words import STOPS, normal

CAPITALS = 1.25
INTENSIFIED, DIMINISHED = 1.3, 0.7
MOST_KEPT = 50_000
"""Tokens remembered; then the memory starts afresh, so that made-up words cannot fill it."""
LONGEST_KEPT = 32
"""Characters of a token worth remembering."""


class Kind(Enum):
    """What a token is for the reader of a text."""

    WORD = auto()
    SIGN = auto()
    MARK = auto()
    STOP = auto()
    HANDLE = auto()
    URL = auto()


class Meaning(NamedTuple):
    """One token, whatever stands around it. `value` already holds what capitals add."""

    kind: Kind
    value: float = 0.0
    capitals: bool = False
    hostile: bool = False
    advocate: bool = False
    negates: bool = False
    contrasts: bool = False
    strength: float = 1.0
    """What the next word's value is multiplied with."""
    closes: bool = False
    """Whether a phrase of the cues ends with it: only then is the text searched for phrases."""
    exclamations: int = 0
    question: bool = False


HANDLE, URL, STOP = Meaning(Kind.HANDLE), Meaning(Kind.URL), Meaning(Kind.STOP)
WORD = Meaning(Kind.WORD)
"""A word that says nothing: most words of most texts."""


class Vocabulary(dict[str, Meaning]):
    """The meaning of every token met so far; asking for another one works it out. Bounded."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon
        self._closing = {phrase.split()[-1] for phrase in (*lexicon.hostile_phrases, *lexicon.advocate_phrases)}

    def __missing__(self, token: str) -> Meaning:
        if token[0] == "@":
            return HANDLE
        if "://" in token or token.startswith("www."):
            return URL
        meaning = self._meaning(token)
        if len(token) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[token] = meaning
        return meaning

    def _meaning(self, token: str) -> Meaning:
        lexicon = self.lexicon
        if token in STOPS:
            return STOP
        if not token.strip("!?¡¿"):
            return Meaning(Kind.MARK, exclamations=token.count("!"), question="?" in token or "¿" in token)
        if token in lexicon.values and not token[0].isalpha():
            return Meaning(Kind.SIGN, lexicon.values[token])
        if not (token[0].isalpha() or token[0] == "#"):
            return Meaning(Kind.SIGN)
        word = normal(token)
        shouted = len(token) > 3 and token.isupper()
        meaning = Meaning(
            Kind.WORD,
            value=lexicon.value(word) * (CAPITALS if shouted else 1.0),
            capitals=shouted,
            hostile=word in lexicon.hostile,
            advocate=word in lexicon.advocate,
            negates=word in lexicon.negators or word.endswith("n't"),
            contrasts=word in lexicon.contrast,
            strength=(
                INTENSIFIED if word in lexicon.intensifiers else DIMINISHED if word in lexicon.diminishers else 1.0
            ),
            closes=word in self._closing,
        )
        return WORD if meaning == WORD else meaning
