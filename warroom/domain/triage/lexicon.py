"""The lexicon: what words are worth, from −4 to +4, and the words that turn, strengthen or weaken others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import fsum

from .words import bare, stem, verb

STEMMED = 0.9
"""What a value found by its stem is worth of its full value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Words in their normal form. Emoji and emoticons stand in `values` as they are written.

    `phrases` are several words with a value of their own, 0 included: it takes the place of the values of their words.
    Praise in `irony` turns where only words of `between` stand between it and a reproach: "thanks for the delay".
    A hashtag of `mocking` turns all praise of its text: "#sarcasm".
    A word of `empty` has no meaning of its own: "the", "pero".
    An oath of `swearing` right before praise is no reproach but makes it louder: "damn good".
    What is `owed` to a customer is a complaint behind a "not": "no me han vuelto a contestar".
    Thanks in `courtesy` count little in a text that asks, be it with a question mark or with a word of `asking`, and
    where they end a text of nothing but reproaches.
    A word of `fillers` that opens a text before a comma praises nothing: "bueno, ya veremos".
    """

    values: Mapping[str, float]
    negators: frozenset[str]
    intensifiers: frozenset[str]
    diminishers: frozenset[str]
    contrast: frozenset[str]
    hostile: frozenset[str]
    advocate: frozenset[str]
    hostile_phrases: tuple[str, ...] = ()
    advocate_phrases: tuple[str, ...] = ()
    phrases: Mapping[str, float] = field(default_factory=dict)
    irony: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    courtesy: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    mocking: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    swearing: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    owed: frozenset[str] = frozenset()
    stems: Mapping[str, float] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stems", _stems(self.values))

    def value(self, word: str) -> float:
        """What a normal word is worth: itself, else its stem or the verb that it is a form of at nine tenths, else
        nothing."""
        exact = self.values.get(word)
        if exact is not None:
            return exact
        alone = bare(word)
        if alone != word and (known := self.values.get(alone)) is not None:
            return known * STEMMED
        roots = stem(word), stem(alone), verb(alone)
        return next((self.stems[root] for root in roots if root in self.stems), 0.0) * STEMMED


def _stems(values: Mapping[str, float]) -> dict[str, float]:
    """The mean value of each stem all of whose words agree in sign."""
    found: dict[str, list[float]] = {}
    for word, value in values.items():
        root = stem(word)
        if root:
            found.setdefault(root, []).append(value)
    return {root: fsum(known) / len(known) for root, known in found.items() if min(known) > 0 or max(known) < 0}
