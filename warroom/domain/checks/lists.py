"""The word lists and tables of the checks as one value, and how a phrase is looked for."""

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from warroom.domain.networks import Limits
from warroom.domain.scct import Table

from .reading import Measure
from .text import flat


class Lists(Struct, frozen=True, kw_only=True):
    """Phrases by list and language, the networks' limits, and what each kind of crisis allows to say.

    `*` stands for any letters of a word.
    """

    phrases: Mapping[str, Mapping[str, tuple[str, ...]]]
    limits: Limits
    scct: Table
    measure: Measure = Measure()

    def pattern(self, name: str, lang: str) -> re.Pattern[str]:
        """An expression for a list, to be searched in flattened text. An empty list matches nothing."""
        return matching(self.lines(name, lang))

    def prepare(self, lang: str) -> None:
        """Make every expression of a language, which are kept."""
        for name in self.phrases:
            self.pattern(name, lang)

    def lines(self, name: str, lang: str) -> tuple[str, ...]:
        """The list as it stands in its file."""
        return self.phrases.get(name, {}).get(lang, ())

    def words(self, name: str, lang: str) -> frozenset[str]:
        """A list of single words, flattened, to look words up in."""
        return _words(self.lines(name, lang))


@lru_cache(maxsize=128)
def _words(lines: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(flat, lines))


@lru_cache(maxsize=512)
def matching(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """An expression for phrases, to be searched in flattened text; where several begin alike, the longest is found.

    The first letter stands first and what may not be before it second: so the search skips from letter to letter
    instead of asking at every place, which takes half the time.
    """
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = [re.escape(word).replace(r"\*", r"\w*") for word in flat(phrase).split()]
        if words:
            first = flat(phrase).lstrip()[0]
            rest = r"\s+".join(words).removeprefix("" if first == "*" else re.escape(first))
            by_first.setdefault(first, []).append(rest)
    bodies = []
    for first, rests in by_first.items():
        letter = "" if first == "*" else re.escape(first)
        bodies.append(rf"{letter}(?<!\w{letter})(?:{'|'.join(rests)})")
    return re.compile(rf"(?:{'|'.join(bodies)})(?!\w)" if bodies else r"(?!)")
