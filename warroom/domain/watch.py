"""Watch terms: which texts are about us. Compared on NFKC and casefold, at the edges of words.

A hashtag matches with and without its `#`, a handle with and without its `@`. Accents do not matter, because nobody
in a hurry types them; the tilde of ñ does, because without it words mean something else. An exclusion vetoes the whole
text.
"""

import re
from collections.abc import Sequence
from unicodedata import normalize

_ACCENTS = re.compile("(?<![nN])[\u0300-\u036f]|(?<=[nN])[\u0300-\u0302\u0304-\u036f]")
"""Combining accents, but for the tilde on n."""


def folded(text: str) -> str:
    """The form in which texts are compared."""
    if text.isascii():
        return text.lower()
    return normalize("NFC", _ACCENTS.sub("", normalize("NFKD", text))).casefold()


class Watch:
    """Terms to watch and terms that rule a text out. No terms at all: nothing matches."""

    def __init__(self, terms: Sequence[str], exclude: Sequence[str] = ()) -> None:
        self.terms = tuple(term for term in terms if term.strip())
        self.exclude = tuple(term for term in exclude if term.strip())
        self._wanted = _pattern(self.terms)
        self._veto = _pattern(self.exclude)

    def matches(self, *texts: str) -> bool:
        """Whether any of the texts names us, and none of them is ruled out."""
        wanted, veto = self._wanted, self._veto
        if wanted is None:
            return False
        forms = [folded(text) for text in texts if text]
        if not any(wanted.search(form) for form in forms):
            return False
        return veto is None or not any(veto.search(form) for form in forms)


def _pattern(terms: Sequence[str]) -> re.Pattern[str] | None:
    """One expression for all terms; the blanks inside a phrase match any run of blanks."""
    bodies = set()
    for term in terms:
        bare = folded(term).strip()
        bare = bare.lstrip("#@") or bare
        bodies.add(r"\s+".join(re.escape(word) for word in bare.split()))
    if not bodies:
        return None
    longest_first = sorted(bodies, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
