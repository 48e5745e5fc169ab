"""A draft made ready for the checks: flattened character by character, so that every place is a place in the text."""

import re
from functools import lru_cache
from unicodedata import normalize

from msgspec import Struct

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|\n|$|[.!?])")
LINK = re.compile(
    r"https?://\S+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|es|eu|example|info|help|io|mx|ar|uk|ie)\b\S*|(?<!\w)@[\w.]{2,}"
)
"""Links, bare addresses and handles in flattened text."""


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    """The letter without its accent, in lower case; ñ stays. Always exactly one character."""
    if character in "ñÑ":
        return "ñ"
    if character in "’‘ʼ":
        return "'"
    plain = normalize("NFD", character)[0].lower()
    return plain if len(plain) == 1 else character


def flat(text: str) -> str:
    """Lower case without accents, as long as the text: places in the one are places in the other."""
    if text.isascii():
        return text.lower()
    return "".join(map(_bare, text))


class Span(Struct, frozen=True):
    """A stretch of the text: `start` inclusive, `end` exclusive."""

    start: int
    end: int


class Text(Struct, frozen=True, kw_only=True):
    """The text as written, flattened, and where its sentences are."""

    raw: str
    flat: str
    sentences: tuple[Span, ...]

    def words(self, span: Span) -> str:
        """What is written there."""
        return self.raw[span.start : span.end].strip()

    def sentence_at(self, place: int) -> Span:
        """The sentence in which a place is; the whole text where there is none."""
        return next((s for s in self.sentences if s.start <= place < s.end), Span(0, len(self.raw)))


def prepared(raw: str) -> Text:
    """The text made ready, once for all checks."""
    flattened = flat(raw)
    sentences = tuple(
        Span(found.start(), found.end()) for found in _SENTENCE.finditer(flattened) if found.group().strip()
    )
    return Text(raw=raw, flat=flattened, sentences=sentences)
