"""Text into tokens, and words into the form in which the lexicon knows them."""

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
STOPS = frozenset('.,;:…()"«»“”\n')

_REPEATED = re.compile(r"(\D)\1{2,}")
_ACCENTS = str.maketrans("áéíóúüàèìòùâêîôûäëïöç", "aeiouuaeiouaeiouaeioc")
_SUFFIXES = (
    "amente", "isimos", "isimas", "mente", "aciones", "isimo", "isima", "acion", "ables", "ibles", "ingly", "iendo",
    "ando", "ados", "adas", "idos", "idas", "ness", "able", "ible", "ado", "ada", "ido", "ida", "ing", "ed", "ly", "er",
    "est", "es", "os", "as", "s", "o", "a", "e",
)  # fmt: skip
"""Endings of either language, the longest first: a light stemmer."""
_BY_LETTER = {
    letter: tuple(suffix for suffix in _SUFFIXES if suffix[-1] == letter)
    for letter in {suffix[-1] for suffix in _SUFFIXES}
}
"""By their last letter: the stems of the whole lexicon are looked for at every start."""
_PRONOUNS = re.compile(r"(.{3,}(?:[aei]r|ndo))(?:(?:me|te|se|nos|os)(?:l[oae]s?)?|l[oae]s?)")
"""A Spanish infinitive or gerund with the pronouns that are written behind it."""
_TENSES = (
    "asteis", "isteis", "abamos", "ieron", "ieran", "abais", "aste", "iste", "aron", "aban", "aran", "amos", "emos",
    "imos", "iera", "abas", "aba", "ian", "ara", "ais", "eis", "ar", "er", "ir", "an", "en",
)  # fmt: skip
"""Endings of Spanish verbs that are not among the suffixes. Wishes are left out: "me gustaría" is no praise."""


def tokens(text: str) -> list[str]:
    """The tokens of a text in their order. Accents are composed first: some systems write them apart."""
    return TOKEN.findall(text if text.isascii() else normalize("NFC", text))


@lru_cache(maxsize=50_000)
def normal(word: str) -> str:
    """Lower case, no accents (ñ stays), three or more of a letter (1000 stays) as two, no `#`, straight apostrophes."""
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


def bare(word: str) -> str:
    """A normal word without the pronouns that Spanish writes behind a verb: "devolvérmelo", "amargarnos"."""
    found = _PRONOUNS.fullmatch(word)
    return found[1] if found else word


def verb(word: str) -> str:
    """What a Spanish verb of any person and time has in common, at least four letters; empty where it is none."""
    for ending in _TENSES:
        if word.endswith(ending):
            return word[: -len(ending)] if len(word) - len(ending) >= 4 else ""
    return ""
