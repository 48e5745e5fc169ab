"""Text into tokens, and words into the form in which the lexicon knows them."""

import re
from functools import lru_cache
from unicodedata import normalize

TOKEN = re.compile(
    r"""
    https?://\S+ | www\.\S+                                         # addresses
    | @[\w.]+                                                       # handles
    | (?:>:\( | :'\( | [:;=]-?[()DPp/] | D: | <3 | \^\^)(?!\w)      # emoticons; not the :p of "note:please"
    | [xX]D\b | </3 | -_+- | ¬¬ | T_T\b
    | \#?[^\W\d_]+(?:['’\-][^\W\d_]+)*                              # words and hashtags
    | \d[\d.,]*\d                                                  # numbers, whose points end nothing
    | [!?¡¿]+
    | [.,;:…()"«»“”\n]                                              # what ends the reach of a "not"
    | [\u2190-\u2bff\u3000-\u303f\U0001f000-\U0001f3fa\U0001f400-\U0001faff]    # emoji, but for tones of skin
    """,
    re.VERBOSE,
)
"""One pass over the text; what no branch knows is skipped."""
STOPS = frozenset('.,;:…()"«»“”\n')

_REPEATED = re.compile(r"(.)\1{2,}")
_ACCENTS = str.maketrans("áéíóúüàèìòùâêîôûäëïöç", "aeiouuaeiouaeiouaeioc")
_SUFFIXES = (
    "amente", "mente", "aciones", "acion", "ingly", "iendo", "ando", "ados", "adas", "idos", "idas", "ness", "able",
    "ible", "ado", "ada", "ido", "ida", "ing", "ed", "ly", "er", "est", "es", "os", "as", "s", "o", "a", "e",
)  # fmt: skip
"""Endings of either language, the longest first: a light stemmer."""
_BY_LETTER = {
    letter: tuple(suffix for suffix in _SUFFIXES if suffix[-1] == letter)
    for letter in {suffix[-1] for suffix in _SUFFIXES}
}
"""By their last letter: the stems of the whole lexicon are looked for at every start."""


def tokens(text: str) -> list[str]:
    """The tokens of a text in their order. Accents are composed first: some systems write them apart."""
    return TOKEN.findall(text if text.isascii() else normalize("NFC", text))


@lru_cache(maxsize=50_000)
def normal(word: str) -> str:
    """Lower case, no accents (ñ stays), three or more of a letter as two, no `#`, straight apostrophes."""
    word = word.lower().replace("’", "'")
    if not word.isascii():
        word = normalize("NFC", word).translate(_ACCENTS)
    return _REPEATED.sub(r"\1\1", word).lstrip("#")


def unstretched(word: str) -> str:
    """The normal form with three or more of a letter as one ("graciaaas"); empty where no letter is drawn out."""
    once = _REPEATED.sub(r"\1", word.lower())
    return "" if len(once) == len(word) else normal(once)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a normal word, at least four letters; empty where none is left."""
    for suffix in _BY_LETTER.get(word[-1:], ()):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word if len(word) >= 4 else ""
