"""A draft made ready for the checks: flattened character by character, so that every place is a place in the text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

from msgspec import Struct

_ENDS = re.compile(r"(?<![.!?…])[.!?…]++[\"'»”)\]]*+(?=\s|$)|\n")
_SHORT = re.compile(r"(?<!\w)(?:(?P<title>sra?|dra?|mrs?|ms|no|num|tel|aprox|approx)|[ap]|[ap]\. ?m|etc)\.$")
"""Dots that end a word and not its sentence: after a title never, after the others where a small letter follows."""
_TOP = (
    "com|org|net|info|example|eu|es|cat|gal|eus|pt|fr|ie|uk|ca|mx|ar|cl|pe|uy|io|app|dev|help|health|social|news|online"
)
LINK = re.compile(
    r"https?://\S+"
    rf"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,61}}\.){{1,5}}(?:{_TOP})\b(?:[/?#]\S*)?"
    r"|(?<![\w@])@[\w.]{2,}"
)
"""Links, bare addresses and handles in flattened text. A bare address has a common ending: "4471.Please" is none."""
MAIL = re.compile(r"(?<![\w.+@-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
"""E-mail addresses in flattened text."""


_COMMON = {
    "en": re.compile(r"(?<!\w)(?:the|and|of|to|we|is|are|have|it|you|that|this|with|for|our|not|was|your|has)(?!\w)"),
    "es": re.compile(r"(?<!\w)(?:el|la|los|las|de|que|y|en|es|un|una|se|por|con|del|al|lo|su|hemos)(?!\w)"),
}
"""The commonest words of each language that the other does not have."""
_TELLING = 5
"""So many of them say which language it is, if there are twice as many as of any other."""


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
    """The text as written, flattened, and where its sentences are (without the blanks between them)."""

    raw: str
    flat: str
    sentences: tuple[Span, ...]

    def words(self, span: Span) -> str:
        """What is written there."""
        return self.raw[span.start : span.end].strip()

    def sentence_at(self, place: int) -> Span:
        """The sentence in which a place is; the whole text where there is none."""
        number = self.sentence_number(place)
        if number >= 0 and place < self.sentences[number].end:
            return self.sentences[number]
        return Span(0, len(self.raw))

    def sentence_number(self, place: int) -> int:
        """Which sentence begins last before a place, or there: 0 for the first, -1 before any."""
        return bisect_right(self.sentences, place, key=lambda sentence: sentence.start) - 1


def language_of(raw: str) -> str | None:
    """The language in which a text is clearly written; None where it is too short to tell."""
    flattened = flat(raw[:20_000])
    count = {lang: len(common.findall(flattened)) for lang, common in _COMMON.items()}
    first, second = sorted(count, key=lambda lang: -count[lang])[:2]
    return first if count[first] >= max(_TELLING, 2 * count[second]) else None


@lru_cache(maxsize=4)
def prepared(raw: str) -> Text:
    """The text made ready, once for all checks."""
    flattened = flat(raw)
    return Text(raw=raw, flat=flattened, sentences=tuple(_sentences(raw, flattened)))


def _sentences(raw: str, flattened: str) -> Iterator[Span]:
    """Up to a full stop that is followed by a blank, or up to the end of the line."""
    start = 0
    ends = [hit.end() for hit in _ENDS.finditer(flattened) if not _is_abbreviation(raw, flattened, hit)]
    for end in [*ends, len(raw)]:
        said = flattened[start:end]
        if said.strip():
            yield Span(start + len(said) - len(said.lstrip()), start + len(said.rstrip()))
        start = end


def _is_abbreviation(raw: str, flattened: str, end: re.Match[str]) -> bool:
    short = _SHORT.search(flattened, max(0, end.start() - 8), end.end())
    if short is None:
        return False
    following = raw[end.end() : end.end() + 2].lstrip(" \t")
    return bool(following) and (short["title"] is not None or following[0].islower())
