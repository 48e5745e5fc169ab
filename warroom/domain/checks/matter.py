"""What a text speaks of: its words without the small ones, cut to their stems, so that two texts can be compared."""

import re
from functools import lru_cache

from .lists import Lists, matching

_WORD = re.compile(r"[^\W_]{3,}|\d+")
STEM = 5
"""So many letters make "report", "reports" and "reporting" one, and "carton" another than "carbon"."""


def stems(flattened: str, lang: str, lists: Lists) -> frozenset[str]:
    """The stems of a flattened text."""
    return _stems(flattened, lists.words("stop", lang))


@lru_cache(maxsize=2048)
def _stems(flattened: str, stop: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _WORD.findall(flattened) if word not in stop)


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter is in the longer, from 0 to 1."""
    fewest = min(len(one), len(other))
    return len(one & other) / fewest if fewest else 0.0


def touches(question: str, flattened: str, lang: str, lists: Lists) -> bool:
    """Whether a text speaks of at least half of what a question asks about, or of what means the same."""
    asked = stems(question, lang, lists)
    groups = [matching(tuple(word.strip() for word in line.split(","))) for line in lists.lines("topics", lang)]
    of_groups = [group for group in groups if group.search(question)]
    alike = {stem for group in of_groups for hit in group.findall(question) for stem in stems(hit, lang, lists)}
    met = sum(group.search(flattened) is not None for group in of_groups)
    met += len((asked - alike) & stems(flattened, lang, lists))
    wanted = len(of_groups) + len(asked - alike)
    return wanted == 0 or met * 2 >= wanted


def language_of(flattened: str, lists: Lists) -> str:
    """The language whose small words are more in it; empty where it cannot be told."""
    words = re.findall(r"[^\W\d_]+", flattened)
    en, es = (sum(word in lists.words("stop", lang) for word in words) for lang in ("en", "es"))
    return "" if en == es else "en" if en > es else "es"
