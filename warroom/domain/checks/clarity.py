"""C5 and C9: the text fits its networks, and holds no gap that is still to be filled (playbook 4f).

C5, decided: a text that a network's thread can carry does not block, and is not warned of either: the lengths row
shows "2×" as fine, every full statement is longer than a post on X, and a warning that is always there is not read.
"""

import re
from collections.abc import Iterator

from warroom.domain.networks import length
from warroom.domain.sentence import say

from .finding import Case, Finding
from .holding import found
from .lists import Lists
from .text import LINK, Span, Text

_GAP = re.compile(
    r"\[[^\]\n]{0,80}\]|\{[^}\n]{0,80}\}|<(?=\S)[^<>\n]{1,80}>|_{3,}+"
    r"|(?<!\w)(?:x{3,}+|xx[:.h]xx|hh[:.]mm|dd/mm(?:/a{2,4}|/y{2,4})?|tbd|tbc|lorem ipsum|insert here"
    r"|to be (?:completed|filled in)|pendiente de (?:completar|rellenar|definir|anadir|redactar)"
    r"|por (?:completar|rellenar|definir)|pon aqui)(?!\w)"
)
_NOTE = re.compile(r"\[\d{1,2}\]")
"""A note's number, "[1]", is no gap."""


def c5_length(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Over the network's length. Where a thread can carry it, that is said; where none can, it blocks."""
    for network in case.networks:
        measured = length(text.raw, network, lists.limits)
        rule = lists.limits.get(network)
        source = f"{rule.source} ({rule.date})" if rule is not None else network
        if not measured.fits:
            reason = say(
                "Too long for {network}: {used} of {limit}. Shorten it, or leave the network out.",
                network=network,
                used=measured.used,
                limit=measured.limit or 0,
            )
            yield found("C5", "B", "pertinence", reason, source)
        elif measured.parts > 1:
            reason = say("On {network} it becomes a thread of {n}.", network=network, n=measured.parts)
            yield found("C5", "I", "pertinence", reason, source)


def c9_gap(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """An unresolved placeholder."""
    for hit in _GAP.finditer(text.flat):
        words = text.raw[hit.start() : hit.end()]
        if _NOTE.fullmatch(hit[0]) or LINK.fullmatch(hit[0].strip("<>")):
            continue
        yield found(
            "C9",
            "B",
            "accountability",
            say("“{words}” is a gap that is still to be filled.", words=words),
            "playbook C9",
            Span(hit.start(), hit.end()),
        )
