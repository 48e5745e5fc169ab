"""C8: no personal data in a text: e-mail, telephone, identity, bank account, card, plate (playbook 4f).

What can be proven by its check digits is proven; what has none must look like the real thing and must not be a
date, a sum of money or the number of a lot.
"""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from warroom.domain.sentence import Sentence, say

from .finding import Case, Finding
from .holding import found
from .lists import Lists
from .service import is_role_mailbox, is_service_line
from .text import LINK, MAIL, Span, Text, prepared

_NUMBERED = re.compile(
    r"(?<!\w)(?:lots?|lotes?|batch(?:es)?|partidas?|ref|refs|referencia|reference|order|orders|pedidos?|model|modelo"
    r"|serial|serie|ean|barcode|barras|expediente|version|flight|vuelo)"
    r"(?:\s(?:number|numero|no|num|n|code|codigo))?[.:#º°ª]{0,3}\s*(?:[a-z]{0,3}\d[\w-]*(?:\s[a-z]{3})?(?:,|\sand|\sy|\sor|\so)\s){0,4}$"
)
"""What makes the number after it the number of a thing, also in a row of them ("lots 4471 BCD, 4472 BCD")."""
_DATE = re.compile(
    r"\d(?:(?<![\d./-]\d)(?:\d{3}-\d{1,2}-\d{1,2}|\d?([./-])\d{1,2}\1\d{2,4})(?![./-]?\d)"
    r"(?:[ t]\d{1,2}(?=[:.h]))?|\d?:\d{2}(?::\d{2})?)"
)
"""Here and below a digit comes first and what may not be before it second: so the search skips from digit to digit."""
_MONEY = re.compile(r"\s?(?:€|\$|£|%|eur\b|euros?\b|dollars?\b|pounds?\b|usd\b|gbp\b|de euros\b|million|millones)")
_UNITS = frozenset(
    {"RPM", "KGS", "PTS", "MHZ", "GHZ", "KWH", "KMH", "HRS", "DPT", "CFR", "LTD", "PPM", "GMT", "CST", "PST"}
)
_LAST = re.compile(r"[ -]+[^ -]*$")
_SCHEMED = re.compile(r"https?://\S+")


class Kind(Struct, frozen=True):
    """One kind of personal data: where it may be, what it is called, and what proves it."""

    pattern: re.Pattern[str]
    name: Sentence
    is_real: Callable[[str], bool]
    """Given the words as they stand in the text."""
    is_number: bool = True
    """Whether dates, money and the numbers of lots look like it."""
    may_run_on: bool = False
    """Whether the words that follow may look like a part of it: then they are dropped until the rest is proven."""
    letters_first: int = 0
    """So many letters stand before the digit with which the pattern begins."""


def c8_personal_data(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Personal data: phone, e-mail, id, bank, plate; what is nobody's and what the organisation allows may stand."""
    for kind, span in _found(text):
        words = text.words(span)
        if (kind.name == _PHONE and is_service_line(words, case.lang)) or (
            kind.name == _MAIL and is_role_mailbox(words, lists)
        ):
            continue
        if any(_is_allowed(words, entry) for entry in case.allowed):
            continue
        reason = say(
            "“{words}” looks like somebody's {kind}. Take it out, or allow it in the config.",
            words=words,
            kind=kind.name,
        )
        yield found("C8", "B", "accountability", reason, "data protection; playbook C8", span)


def personal_spans(raw: str) -> Iterator[Span]:
    """Where in a text personal data is or may be, whatever anybody allows."""
    return (span for _, span in _found(prepared(raw)))


def _found(text: Text) -> Iterator[tuple[Kind, Span]]:
    taken = [Span(hit.start(), hit.end()) for hit in _SCHEMED.finditer(text.flat)]
    for kind in KINDS:
        for hit in kind.pattern.finditer(text.flat):
            span = _proven(kind, text, hit)
            if span is None or any(span.start < other.end and other.start < span.end for other in taken):
                continue
            taken.append(span)
            yield kind, span
        if not kind.is_number:
            taken += [Span(hit.start(), hit.end()) for hit in LINK.finditer(text.flat)]
            taken += [Span(hit.start(), hit.end()) for hit in _DATE.finditer(text.flat)]


def _proven(kind: Kind, text: Text, hit: re.Match[str]) -> Span | None:
    """The words that are what they look like, where they are."""
    start = hit.start() - kind.letters_first
    if kind.is_number and (
        _NUMBERED.search(text.flat, max(0, start - 60), start) or _MONEY.match(text.flat, hit.end())
    ):
        return None
    words = text.raw[start : hit.end()].rstrip(" -.")
    while words:
        if kind.is_real(words):
            return Span(start, start + len(words))
        shorter = _LAST.sub("", words) if kind.may_run_on else words
        words = shorter if shorter != words else ""
    return None


def _is_allowed(words: str, entry: str) -> bool:
    """Whether the config lets these words stand: the same, "@domain" for all its addresses, or with another prefix."""
    here, allowed = _squeezed(words), _squeezed(entry)
    if entry.strip().startswith("@"):
        return here.endswith(allowed)
    digits, own = re.sub(r"\D", "", here), re.sub(r"\D", "", allowed)
    is_phone = len(own) >= 9 and not re.search(r"[^\d+]", allowed)
    return here == allowed or (is_phone and len(digits) >= 9 and (digits.endswith(own) or own.endswith(digits)))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s().-]", "", text.casefold())


def _digits(words: str) -> str:
    return re.sub(r"\D", "", words)


def _is_iban(words: str) -> bool:
    """ISO 13616: the country first, and what remains of it all by 97 is 1."""
    bare = re.sub(r"[ -]", "", words)
    if not 15 <= len(bare) <= 34 or not bare.isascii():
        return False
    return int("".join(str(int(character, 36)) for character in bare[4:] + bare[:4])) % 97 == 1


def _is_card(words: str) -> bool:
    """13 to 19 digits that end as Luhn's rule wants; a row of one digit is none."""
    digits = _digits(words)
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _is_dni(words: str) -> bool:
    """Spanish DNI and NIE: the letter is the rest by 23 in the ministry's table."""
    bare = re.sub(r"[ .-]", "", words).upper()
    number = bare[:-1].translate(str.maketrans("XYZ", "012"))
    return number.isdigit() and "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == bare[-1]


def _is_rut(words: str) -> bool:
    """Chilean RUT: the sign after the dash is 11 less the sum by 2 to 7 from the right, by 11."""
    number, sign = _digits(words[:-1]), words[-1].upper()
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(number)))
    return "0123456789K0"[11 - total % 11] == sign


def _is_ssn(words: str) -> bool:
    """Numbers of the US Social Security: these beginnings were never given out."""
    area, group, serial = words.split("-")
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def _is_plate(words: str) -> bool:
    """Spain before and after 2000, the United Kingdom: in capitals, and no unit after a figure."""
    return words.isascii() and words == words.upper() and words[-3:] not in _UNITS


def _is_phone(words: str) -> bool:
    """With its country, or of Spain, the United Kingdom or North America; groups of one digit are a list."""
    digits = _digits(words)
    if words.startswith(("+", "00")):
        return 9 <= len(digits) <= 15
    if digits.endswith("000000") or any(len(group) == 1 for group in re.findall(r"\d+", words)[1:]):
        return False
    return len(digits) in (9, 10, 11)


_MAIL = say("e-mail address")
_PHONE = say("telephone number")
KINDS = (
    Kind(MAIL, _MAIL, lambda words: True, is_number=False),
    Kind(
        re.compile(r"\d(?<=[a-z]{2}\d)(?<!\w[a-z]{2}\d)\d(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?(?!\w)"),
        say("bank account"),
        _is_iban,
        may_run_on=True,
        letters_first=2,
    ),
    Kind(re.compile(r"\d(?<![\w-]\d)\d{2}-\d{2}-\d{4}(?![\w-])"), say("identity number"), _is_ssn),
    Kind(
        re.compile(r"(?<!\w)(?:[xyz][ -]?\d{7}|\d{8}|\d{1,2}\.\d{3}\.\d{3})[ -]?[a-z](?!\w)"),
        say("identity number"),
        _is_dni,
    ),
    Kind(re.compile(r"\d(?<![\w.-]\d)\d?\.\d{3}\.\d{3}-[\dk](?![\w-])"), say("identity number"), _is_rut),
    # DNI and cédula of other countries have no letter, but their name; the Mexican CURP has a shape of its own.
    Kind(
        re.compile(r"\d(?:(?<=dni \d)|(?<=cedula \d))(?:\.?\d){5,9}(?![\w-]|\.\d)"),
        say("identity number"),
        lambda words: True,
    ),
    Kind(
        re.compile(r"\d{6}(?<=[a-z]{4}\d{6})(?<!\w[a-z]{4}\d{6})[hmx][a-z]{5}[a-z0-9]\d(?!\w)"),
        say("identity number"),
        lambda words: True,
        letters_first=4,
    ),
    Kind(re.compile(r"\d(?<!\w\d)(?:[ -]?\d){12,18}(?!\w)"), say("card number"), _is_card, may_run_on=True),
    Kind(
        re.compile(
            r"(?<![\w-])(?:\d{4}[ -]?[bcdfghjklmnprstvwxyz]{3}|[a-z]{1,2}-\d{4}-[a-z]{1,2}"
            r"|[a-z]{2}\d{2} ?[a-z]{3})(?![\w-])"
        ),
        say("number plate"),
        _is_plate,
    ),
    Kind(
        re.compile(
            r"(?<![\w/.,:+-])(?:(?:\+|00)\d{1,3}(?:[ .()-]{0,2}\d){6,12}|[6-9](?:[ .-]?\d){8}"
            r"|\(?\d{2}\)? \d{4}[ -]\d{4}"
            r"|\(?0\d{2,4}\)?[ .-]?\d{3,4}[ .-]?\d{3,4}|(?:1[ .-])?\(?[2-9]\d{2}\)?[ .-]{0,2}[2-9]\d{2}[ .-]?\d{4})"
            r"(?!\w|[ .,:/-]?\d)"
        ),
        _PHONE,
        _is_phone,
    ),
)
