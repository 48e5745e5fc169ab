"""The word lists of the checks as one value, and how a phrase is looked for."""

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from warroom.domain.networks import Limits

from .text import flat


class Lists(Struct, frozen=True, kw_only=True):
    """Phrases by list and language, and the networks' limits. `*` stands for any letters of a word."""

    phrases: Mapping[str, Mapping[str, tuple[str, ...]]]
    limits: Limits

    def pattern(self, name: str, lang: str) -> re.Pattern[str]:
        """An expression for a list, to be searched in flattened text. An empty list matches nothing."""
        return _compiled(self.phrases.get(name, {}).get(lang, ()))


@lru_cache(maxsize=128)
def _compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    bodies = [
        r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in flat(phrase).split())
        for phrase in sorted(phrases, key=len, reverse=True)
        if phrase.strip()
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(bodies)})(?!\w)" if bodies else r"(?!)")
