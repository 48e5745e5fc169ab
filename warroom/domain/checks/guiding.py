"""Whether a text gives its readers something to do: "you can…", or a line that tells them to."""

import re
from functools import lru_cache
from itertools import chain

from .lists import Lists
from .text import Span, Text, flat

_OPENS = re.compile(r"(?:^|[.:;,!?¡¿–—\n•*-]|(?<!\w)(?:and|or|but|please|y|e|o|pero|favor|tambien|also))\s*$")
"""What a line that tells people to do something may follow: "… and keep the carton"."""


def guides(text: Text, lang: str, lists: Lists, within: Span | None = None) -> bool:
    """Whether a reader is given something to do, in the whole text or in a part of it."""
    part = within if within is not None else Span(0, len(text.flat))
    if lists.pattern("people_can", lang).search(text.flat, part.start, part.end) is not None:
        return True
    told = chain(
        lists.pattern("imperative", lang).finditer(text.flat, part.start, part.end),
        _told_to(lists.lines("tell", lang)).finditer(text.flat, part.start, part.end),
    )
    return any(opens(text, hit.start()) for hit in told)


@lru_cache(maxsize=8)
def _told_to(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    """Spanish tells every address by the ending, and whom or what by what hangs on it: "tíralo", "no la toméis"."""
    if not beginnings:
        return re.compile(r"(?!)")
    verbs = "|".join(map(re.escape, sorted(map(flat, beginnings), key=len, reverse=True)))
    return re.compile(
        rf"(?<!\w)(?:no\s+(?:(?:l[aeo]s?|se|te|os|nos)\s+){{0,2}}(?:{verbs})(?:[aei]s|[ae]n?|[ae]is)"
        rf"|(?:{verbs})(?:an?|en?|i|ad|ed|id)(?:(?:me|nos|se|te)?l[aeo]s?|me|nos|se|te)?|(?:{verbs})(?:ao|eo"
        rf"|io)s)(?!\w)"
    )


def opens(text: Text, place: int) -> bool:
    """Whether a clause begins there: "keep" tells people to do something, "these reports keep coming" does not."""
    return _OPENS.search(text.flat, max(0, place - 16), place) is not None
