"""Words in the form in which the lexicon knows them, and what is left of them without their endings."""

import re
from collections.abc import Callable
from unicodedata import normalize

from .remembered import Remembered

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


def _normal(word: str) -> str:
    word = word.lower().replace("’", "'")
    if not word.isascii():
        word = normalize("NFC", word).translate(_ACCENTS)
    return _REPEATED.sub(r"\1\1", word).lstrip("#")


normal: Callable[[str], str] = Remembered(_normal).__getitem__
"""Lower case, no accents (ñ stays), three or more of a letter (1000 stays) as two, no `#`, straight apostrophes."""


def unstretched(word: str) -> str:
    """The normal form with three or more of a letter as one ("graciaaas"); empty where no letter is drawn out."""
    once = _REPEATED.sub(r"\1", word.lower())
    return "" if len(once) == len(word) else normal(once)


def _stem(word: str) -> str:
    for suffix in _BY_LETTER.get(word[-1:], ()):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word if len(word) >= 4 else ""


stem: Callable[[str], str] = Remembered(_stem).__getitem__
"""The stem of a normal word, at least four letters; empty where none is left."""


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
