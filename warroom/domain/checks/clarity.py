"""C5, C8, C9: the text fits its networks, holds no personal data and no gap (playbook 4f)."""

import re
from collections.abc import Iterator

from warroom.domain.networks import length
from warroom.domain.sentence import say

from .finding import Case, Finding
from .holding import found
from .lists import Lists
from .text import LINK, Span, Text

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/])(?:\+\d{1,3}[ .-]?)?(?:\(?\d{2,4}\)?[ .-]?){2,4}\d{2,4}(?![\w/])")
_DNI = re.compile(r"(?<!\w)(?:[xyz]|\d)\d{7}[ -]?([a-z])(?!\w)")
_SSN = re.compile(r"(?<!\w)\d{3}-\d{2}-\d{4}(?!\w)")
_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?(?!\w)")
_CARD = re.compile(r"(?<!\w)(?:\d[ -]?){13,19}(?!\w)")
_PLATE = re.compile(r"(?<!\w)\d{4}[ -]?[bcdfghjklmnprstvwxyz]{3}(?!\w)")
_GAP = re.compile(
    r"\[[^\]\n]{0,80}\]|\{[^}\n]{0,80}\}|<[^>\n]{1,80}>|(?<!\w)(?:x{3,}|tbd|tbc|lorem ipsum|to be confirmed here"
    r"|por confirmar aqui|pendiente de completar|por rellenar|pon aqui|insert here)(?!\w)|_{3,}"
)
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


def c5_length(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Over the network's length. Where a thread can carry it, that is said; where none can, it blocks."""
    for network in case.networks:
        measured = length(text.raw, network, lists.limits)
        if not measured.fits:
            reason = say(
                "Too long for {network}: {used} of {limit}. Shorten it, or leave the network out.",
                network=network,
                used=measured.used,
                limit=measured.limit or 0,
            )
            yield found("C5", "B", "pertinence", reason, "limits of the networks, with their dates")
        elif measured.parts > 1:
            reason = say("On {network} it becomes a thread of {n}.", network=network, n=measured.parts)
            yield found("C5", "I", "pertinence", reason, "limits of the networks, with their dates")


def c8_personal_data(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Personal data: phone, e-mail, id, bank, plate; what the organisation allows may stand."""
    allowed = [_squeezed(entry) for entry in case.allowed if entry.strip()]
    taken: list[Span] = [Span(hit.start(), hit.end()) for hit in re.finditer(r"https?://\S+", text.flat)]
    kinds = (
        (_MAIL, say("e-mail address")),
        (_IBAN, say("bank account")),
        (_SSN, say("identity number")),
        (_DNI, say("identity number")),
        (_CARD, say("card number")),
        (_PLATE, say("number plate")),
        (_PHONE, say("telephone number")),
    )
    for pattern, kind in kinds:
        for hit in pattern.finditer(text.flat):
            span = Span(hit.start(), hit.end())
            if any(span.start < other.end and other.start < span.end for other in taken):
                continue
            words = text.raw[span.start : span.end]
            if not _is_personal(pattern, hit, words) or any(entry in _squeezed(words) for entry in allowed):
                continue
            taken.append(span)
            reason = say(
                "“{words}” looks like somebody's {kind}. Take it out, or allow it in the config.",
                words=words.strip(),
                kind=kind,
            )
            yield found("C8", "B", "accountability", reason, "data protection; playbook C8", span)


def _is_personal(pattern: re.Pattern[str], hit: re.Match[str], words: str) -> bool:
    digits = re.sub(r"\D", "", words)
    if pattern is _PHONE:
        return 9 <= len(digits) <= 15 and _DATE.fullmatch(words.strip()) is None
    if pattern is _DNI:
        number = int(digits.rjust(8, "0")[-8:]) if digits else 0
        leading = {"x": 0, "y": 1, "z": 2}.get(hit[0][0])
        if leading is not None:
            number = int(f"{leading}{digits}")
        return "trwagmyfpdxbnjzsqvhlcke"[number % 23] == hit[1]
    if pattern is _CARD:
        return 13 <= len(digits) <= 19 and _luhn(digits)
    if pattern is _IBAN:
        return _iban(re.sub(r"\s", "", hit[0]))
    return True


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _iban(text: str) -> bool:
    turned = text[4:] + text[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def _squeezed(text: str) -> str:
    return re.sub(r"[\s().-]", "", text.casefold())


def c9_gap(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """An unresolved placeholder."""
    for hit in _GAP.finditer(text.flat):
        words = text.raw[hit.start() : hit.end()]
        if LINK.fullmatch(hit[0].strip("<>")):
            continue
        yield found(
            "C9",
            "B",
            "accountability",
            say("“{words}” is a gap that is still to be filled.", words=words),
            "playbook C9",
            Span(hit.start(), hit.end()),
        )
