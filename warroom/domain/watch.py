"""Watch terms: which texts are about us. Compared on NFKD and casefold, at the edges of words.

A term of any kind matches with and without `#` before it; one written with `@` matches that handle and nothing else,
because who writes `@shell` does not mean the shells on the beach. Accents do not matter, nobody in a hurry types them;
the tilde of ñ does, without it words mean something else. An exclusion vetoes all the texts of a mention.
"""

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from .mention import Mention

_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"
_MARKS = f"{_FIRST_MARK}-{_LAST_MARK}"
_TILDE = "\u0303"


class Watch:
    """Terms to watch and terms that rule a mention out. No terms at all: nothing matches."""

    def __init__(self, terms: Sequence[str], exclude: Sequence[str] = ()) -> None:
        self.terms = tuple(term for term in terms if term.strip())
        self.exclude = tuple(term for term in exclude if term.strip())
        self._wanted = _pattern(self.terms)
        self._veto = _pattern(self.exclude)

    def sorted(self, mentions: Iterable[Mention]) -> tuple[list[Mention], list[Mention]]:
        """Those that name us, and those that do not: among these may be edits of what once did."""
        ours: list[Mention] = []
        others: list[Mention] = []
        for mention in mentions:
            (ours if self.matches(mention.title or "", mention.text) else others).append(mention)
        return ours, others

    def matches(self, *texts: str) -> bool:
        """Whether any of the texts names us, and none of them is ruled out."""
        wanted, veto = self._wanted, self._veto
        if wanted is None:
            return False
        forms = [text.lower() if text.isascii() else _folded(text) for text in texts if text]
        if not any(wanted.search(form) for form in forms):
            return False
        return veto is None or not any(veto.search(form) for form in forms)


def _folded(text: str) -> str:
    """The form in which texts are compared: accents are marks behind their letters; the patterns step over them."""
    return normalize("NFKD", text).casefold()


def _pattern(terms: Sequence[str]) -> re.Pattern[str] | None:
    """One expression for all terms; the blanks inside a phrase match any run of blanks.

    Each branch begins with a plain letter and looks back over it only then: so `re` can jump from one possible first
    letter to the next, which makes the usual answer, no, three times as fast.
    """
    bodies = {body for term in terms if (body := _body(_folded(term).split()))}
    return re.compile("|".join(sorted(bodies, key=len, reverse=True))) if bodies else None


def _body(words: Sequence[str]) -> str:
    """What finds one term, given as folded words; empty for a lone `#` or `@`."""
    phrase = " ".join(words).lstrip("#")
    if not phrase.strip("@"):
        return ""
    first = re.escape(phrase[0])
    back = rf"(?<![\w{_MARKS}]{first})"
    letters = (_letter(phrase, place) for place in range(1, len(phrase)))
    return f"{first}{back}{_accents(phrase, 0)}{''.join(letters)}(?![\\w{_MARKS}])"


def _letter(phrase: str, place: int) -> str:
    """The pattern of one letter with the accents it may carry; the term's own accents count for nothing."""
    letter = phrase[place]
    if letter == " ":
        return r"\s+"
    if _FIRST_MARK <= letter <= _LAST_MARK:
        return ""
    return re.escape(letter) + _accents(phrase, place)


def _accents(phrase: str, place: int) -> str:
    """What may stand on a letter: any accent; on n the tilde if, and only if, the term has it."""
    if not phrase[place].isalpha():
        return ""
    if phrase[place] != "n":
        return f"[{_MARKS}]*+"
    return f"{_TILDE}[{_MARKS}]*+" if phrase[place + 1 : place + 2] == _TILDE else f"[{_MARKS}]*+(?<!{_TILDE})"
