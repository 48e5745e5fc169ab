"""C5, C6, C7 and C9: the text fits where it goes: the network, the hour, the audience, no gap left (playbook 4f).

C5, decided: a text that a network's thread can carry does not block, and is not warned of either: the lengths row
shows "2×" as fine, every full statement is longer than a post on X, and a warning that is always there is not read.
"""

import re
from collections.abc import Iterator

from warroom.domain.networks import length, network_name
from warroom.domain.sentence import Sentence, say

from .finding import Case, Finding
from .holding import found
from .lists import Lists
from .text import LINK, MAIL, Span, Text, flat

_GAP = re.compile(
    r"\[[^\]\n]{0,80}\]|\{[^}\n]{0,80}\}|<(?=\S)[^<>\n]{1,80}>|_{3,}+"
    r"|(?<!\w)(?:x{3,}+|xx[:.h]xx|hh[:.]mm|dd/mm(?:/a{2,4}|/y{2,4})?|tbd|tbc|lorem ipsum|insert here"
    r"|to be (?:completed|filled in)|pendiente de (?:completar|rellenar|definir|anadir|redactar)"
    r"|por (?:completar|rellenar|definir)|pon aqui)(?!\w)"
)
_NOTE = re.compile(r"\[\d{1,2}\]")
"""A note's number, "[1]", is no gap."""
_FACT = re.compile(r"\[(f\d{1,4})\]")
"""How the room calls a fact, "[F2]": nobody outside knows what it stands for."""
_PICTURE = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
GRAVE = 3
"""The severity from which nothing is sold beside the crisis."""


def c5_length(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Over the network's length. Where a thread can carry it, that is said; where none can, it blocks."""
    for network in case.networks:
        measured = length(text.raw, network, lists.limits)
        rule = lists.limits.get(network)
        source = f"{rule.source} ({rule.date})" if rule is not None else network
        if not measured.fits:
            reason = say(
                "Too long for {network}: {used} of {limit}. Shorten it, or leave the network out.",
                network=network_name(network),
                used=measured.used,
                limit=measured.limit or 0,
            )
            yield found("C5", "B", "pertinence", reason, source)
        elif measured.parts > 1:
            reason = say("On {network} it becomes a thread of {n}.", network=network_name(network), n=measured.parts)
            yield found("C5", "I", "pertinence", reason, source)


def c6_commercial(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Something is sold, or a cheerful picture stands, while people are at risk. A sign (☎, ⚠) is no mood."""
    if case.severity < GRAVE:
        return
    for hit in lists.pattern("promo", case.lang).finditer(text.flat):
        words = text.raw[hit.start() : hit.end()]
        reason = say(
            "“{words}” sells something in a crisis of severity {n}: leave it out.", words=words, n=case.severity
        )
        yield found("C6", "W", "pertinence", reason, "playbook C6", Span(hit.start(), hit.end()))
    for hit in _PICTURE.finditer(text.raw):
        if hit[0] not in lists.measure.signs:
            reason = say("“{words}” is too light for severity {n}: leave it out.", words=hit[0], n=case.severity)
            yield found("C6", "W", "pertinence", reason, "playbook C6", Span(hit.start(), hit.end()))


def c7_same_copy(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """The same words as went to another audience, whose needs are others."""
    mine = frozenset(case.audiences)
    copy = _letters(text.flat)
    for before in case.said if mine and copy else ():
        theirs = frozenset(before.audiences)
        if theirs and not theirs & mine and before.lang[:2] == case.lang and _letters(flat(before.text)) == copy:
            reason = say(
                "Word for word what another audience was told ({id}). Answer what these people ask.", id=before.id
            )
            yield found("C7", "W", "pertinence", reason, "playbook C7; Covello")
            return


def _letters(flattened: str) -> str:
    """Without blanks, signs and figures, so that a new time alone makes no new copy."""
    return "".join(filter(str.isalpha, flattened))


def c9_gap(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """An unresolved placeholder."""
    for hit in _GAP.finditer(text.flat):
        words = text.raw[hit.start() : hit.end()]
        bare = hit[0].strip("<>")
        if _NOTE.fullmatch(hit[0]) or LINK.fullmatch(bare) or MAIL.fullmatch(bare):
            continue
        reason = _of_a_fact(hit[0], words, case) or say("“{words}” is a gap that is still to be filled.", words=words)
        yield found("C9", "B", "accountability", reason, "playbook C9", Span(hit.start(), hit.end()))


def _of_a_fact(gap: str, words: str, case: Case) -> Sentence | None:
    """What to say of a gap that names a fact; None where it names none, or no crisis has a table of them."""
    named = _FACT.fullmatch(gap)
    if named is None or case.declared_at is None:
        return None
    if (fact := case.facts.get(named[1].upper())) is None:
        return say("“{words}” names a fact that is not on the table: say it in words, or record it.", words=words)
    return say("“{words}” is only our name for a fact: say it in words, “{text}”.", words=words, text=fact.text)
