"""A text as the set of its shingles: what two texts are compared by, whatever was put around them."""

import re
from collections.abc import Collection
from zlib import crc32

from .label import LONGEST
from .remembered import Remembered
from .tokens import is_address, tokens
from .words import normal

WIDTH = 5
"""Characters of a shingle."""
SKETCH = 24
"""Smallest shingles by which candidates are found."""
HIGHEST = 1 << 32
"""Shingles are below it."""
JACCARD = 0.45
"""Share of all shingles of both that two copies have in common at least."""
JACCARD_OF_SHORT, SHORT = 0.60, 10
"""The same where one has so few: "great plan" is no copy of "great player"."""
CONTAINED, ENOUGH = 0.60, 40
"""Or share of the shorter one's, where both have so many: a copy that was cut, or quoted with a comment. With 20, a
turn of phrase ("get what you pay for") made copies of real posts that say it independently."""

COMPARED = 1_000
"""Characters of a cleaned text that are compared: a copy of an article is told by its beginning."""

_PASSED_ON = re.compile(r"\s*(?:RT|MT|QT|via)\s+@[\w.]+:?\s*")


def cleaned(text: str) -> str:
    """The words and numbers of a text in their normal form, one blank between; no "RT @x:", addresses, handles."""
    text = text[:LONGEST]
    while (found := _PASSED_ON.match(text)) is not None:
        text = text[found.end() :]
    return " ".join(filter(None, map(_compared, tokens(text))))[:COMPARED]


def _word(token: str) -> str:
    """What is compared of a token; empty where nothing is."""
    return normal(token) if (token[0].isalnum() or token[0] == "#") and not is_address(token) else ""


_compared = Remembered(_word).__getitem__


def shingles(clean: str) -> frozenset[int]:
    """Hashes of every five characters in a row; of a shorter text the one of all of it; of nothing none."""
    if not clean:
        return frozenset()
    places = range(max(1, len(clean) - WIDTH + 1))
    if clean.isascii():
        data = clean.encode()
        return frozenset([crc32(data[i : i + WIDTH]) for i in places])
    return frozenset([crc32(clean[i : i + WIDTH].encode()) for i in places])


def sketch(found: Collection[int]) -> list[int]:
    """The smallest shingles: of two texts that share most, most are the same."""
    if len(found) > 2 * SKETCH:
        # They are spread evenly: those alone are sorted that may be among them.
        limit = HIGHEST * (SKETCH + SKETCH // 2) // len(found)
        if len(small := [shingle for shingle in found if shingle < limit]) >= SKETCH:
            return sorted(small)[:SKETCH]
    return sorted(found)[:SKETCH]


def likeness(one: frozenset[int], other: Collection[int]) -> float:
    """How sure it is that two texts are copies, 0 where they are not: the better of the two measures."""
    common = len(one.intersection(other))
    shorter = min(len(one), len(other))
    jaccard, contained = common / (len(one) + len(other) - common), common / shorter
    if jaccard >= (JACCARD if shorter >= SHORT else JACCARD_OF_SHORT):
        return max(jaccard, contained)
    return contained if contained >= CONTAINED and shorter >= ENOUGH else 0.0
