"""What each token says for itself, worked out once."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from .lexicon import Lexicon
from .remembered import Remembered
from .tokens import STOPS, is_address
from .words import bare, normal, unstretched

CAPITALS = 1.25
INTENSIFIED, DIMINISHED = 1.3, 0.7
PART = re.compile(r"[^\W\d_](?:[^\W\d_A-ZÁÉÍÓÚÑ]+|[A-ZÁÉÍÓÚÑ]+(?![a-záéíóúñ]))")
"""A word inside a hashtag whose words begin with capitals: WorstServiceEver."""
SHORTEST_PART = 4
"""Letters of a word that is looked for inside a hashtag."""
LEAST_REST = 3
"""Letters that must be left of it: #malaga is a town, no reproach."""
REPROACHING, PRAISING, IN_HASHTAG = -2.0, 2.5, 0.7
"""What such a word must be worth to be believed there, and how much of it is believed: "#bestever", but "#BestBuy"."""


Kind: TypeAlias = Literal["word", "sign", "mark", "stop", "handle", "url"]
"""What a token is for the reader of a text."""


class Phrase(NamedTuple):
    """Several words and what they say together. The last one is not in `words`: it is known when it is met."""

    words: tuple[str, ...]
    value: float | None
    """None where it is only a cue, and the words keep their own values."""
    hostile: bool
    advocate: bool


Phrases = Mapping[str, tuple[Phrase, ...]]
"""By the last word but one, those of the most words first: most words that could end a phrase end none."""
NO_PHRASES: Phrases = MappingProxyType({})


class Meaning(Struct, frozen=True, gc=False):
    """One token, whatever stands around it. `value` already holds what capitals add."""

    kind: Kind
    value: float = 0.0
    capitals: bool = False
    hostile: bool = False
    advocate: bool = False
    negates: bool = False
    contrasts: bool = False
    asks: bool = False
    mocks: bool = False
    """It says that what was praised was not meant so."""
    owed: bool = False
    """A customer may count on it."""
    strength: float = 1.0
    """What the next word's value is multiplied with."""
    phrases: Phrases = NO_PHRASES
    """Those that end with it."""
    exclamations: int = 0
    question: bool = False


HANDLE, URL, STOP = Meaning("handle"), Meaning("url"), Meaning("stop")
WORD = Meaning("word")
"""A word that says nothing: most words of most texts."""


class Vocabulary(Remembered[Meaning]):
    """The meaning of every token met so far."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(self._meaning)
        self.lexicon = lexicon
        self._phrases = _by_last_words(lexicon)
        self._longest = max(map(len, lexicon.values), default=0)

    def _meaning(self, token: str) -> Meaning:
        lexicon = self.lexicon
        if token[0] == "@":
            return HANDLE
        if is_address(token):
            return URL
        if token in STOPS:
            return STOP
        if not token.strip("!?¡¿"):
            return Meaning("mark", exclamations=token.count("!"), question="?" in token or "¿" in token)
        if token in lexicon.values and not token[0].isalpha():
            return Meaning("sign", lexicon.values[token])
        if not (token[0].isalpha() or token[0] == "#"):
            return Meaning("sign")
        word = normal(token)
        shouted = len(token) > 3 and token.isupper() and not any(map(str.isdigit, token))
        value = lexicon.value(word) or lexicon.value(unstretched(token))
        if not value and token[0] == "#" and word not in lexicon.values:
            value = self._of_parts(token)
        meaning = Meaning(
            "word",
            value=value * (CAPITALS if shouted else 1.0),
            capitals=shouted,
            hostile=word in lexicon.hostile,
            advocate=word in lexicon.advocate,
            negates=word in lexicon.negators or word.endswith("n't"),
            contrasts=word in lexicon.contrast,
            asks=word in lexicon.asking,
            mocks=token[0] == "#" and word in lexicon.mocking,
            owed=bare(word) in lexicon.owed,
            strength=(
                INTENSIFIED if word in lexicon.intensifiers else DIMINISHED if word in lexicon.diminishers else 1.0
            ),
            phrases=self._phrases.get(word, NO_PHRASES),
        )
        return WORD if meaning == WORD else meaning

    def _of_parts(self, tag: str) -> float:
        """What a hashtag of several words is worth: what its most telling part is. "#HappyFriday" is a greeting."""
        values = self.lexicon.values
        parts = [normal(part) for part in PART.findall(tag)]
        if len(parts) < 2:
            word = normal(tag)
            longest = min(len(word) - LEAST_REST, self._longest)
            parts = [part for at in range(SHORTEST_PART, longest + 1) for part in (word[:at], word[-at:])]
        value = max((values.get(part, 0.0) for part in parts), key=abs, default=0.0)
        if value <= REPROACHING:
            return value * IN_HASHTAG
        if value < PRAISING:
            return 0.0
        return -value * IN_HASHTAG if normal(tag).startswith(("not", "never", "nada")) else value * IN_HASHTAG


def _by_last_words(lexicon: Lexicon) -> dict[str, Phrases]:
    """Phrases by their last word, then by the one before it."""
    found: dict[str, dict[str, list[Phrase]]] = {}
    hostile, advocate = frozenset(lexicon.hostile_phrases), frozenset(lexicon.advocate_phrases)
    for phrase in {**lexicon.phrases, **dict.fromkeys((*lexicon.hostile_phrases, *lexicon.advocate_phrases))}:
        *words, last = phrase.split()
        known = found.setdefault(last, {}).setdefault(words[-1], [])
        known.append(Phrase(tuple(words), lexicon.phrases.get(phrase), phrase in hostile, phrase in advocate))
    return {
        last: {before: tuple(sorted(known, key=lambda one: -len(one.words))) for before, known in befores.items()}
        for last, befores in found.items()
    }
