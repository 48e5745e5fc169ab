"""A text as its tokens: words, numbers, emoji, marks, handles, addresses."""

import re
from functools import lru_cache
from unicodedata import normalize

TOKEN = re.compile(
    r"""
    https?://\S+ | www\.\S+                                         # addresses
    | @[\w.]+                                                       # handles
    | (?:>:\( | [:=]'\( | :'\) | [:;=]-?[()DPp/\\\]\[|*] | D: | <3 | \^[_-]*\^)(?!\w)  # emoticons; no "note:please"
    | [xX]D\b | </3 | -[_.]+- | ¬¬ | T_T\b
    | \#\w*[^\W\d_]\w*                                             # hashtags
    | [^\W\d_]++\d\w*                                              # what has letters first, then digits: L4471
    | [^\W\d_]+(?:['’\-][^\W\d_]+)*                                # words
    | \d[\d.,]*\d                                                  # numbers, whose points end nothing
    | [!?¡¿]+
    | [.,;:…()"«»“”\n]                                              # what ends the reach of a "not"
    | [\u2190-\u2bff\u3000-\u303f\U0001f000-\U0001f3fa\U0001f400-\U0001faff]    # emoji, but for tones of skin
    """,
    re.VERBOSE,
)
"""One pass over the text; what no branch knows is skipped."""
_UNDER_COVER = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\uff01-\uff5e\U0001d400-\U0001d7ff]+")
"""Letters in other dress (bold and slanted ones of mathematics, wide ones) and what is not seen between letters."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
STOPS = frozenset('.,;:…()"«»“”\n')


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[str, ...]:
    """The tokens of a text in their order. Accents are composed first: some systems write them apart.

    The last texts are remembered: each is read, compared with others, and looked through for topics."""
    if not text.isascii():
        text = normalize("NFC", _UNDER_COVER.sub(_bared, text))
    return tuple(TOKEN.findall(text))


def _bared(found: re.Match[str]) -> str:
    """The letters as a reader sees them."""
    return normalize("NFKC", _UNSEEN.sub("", found[0]))


def is_address(token: str) -> bool:
    return "://" in token or token.startswith("www.")
