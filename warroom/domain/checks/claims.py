"""What a text claims that another can contradict: how many of what, which lot, when something was, and the cause.

Promises and times still to come are no claims: they change with every text. Claims of one language are compared with
claims of the same, by the stem of what is counted.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from .lists import Lists
from .matter import STEM, stems
from .text import Span, Text, prepared
from .times import MONTHS, WEEK

MOST = 60
"""So many claims of a kind are read in one text: no statement has more, and each is compared with each."""

_ONES = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
}
_WORTH: dict[str, int] = {word: n for words in _ONES.values() for n, word in enumerate(words.split(), start=1)}
_WORTH |= {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "veinte": 20, "treinta": 30, "cuarenta": 40}
_WORTH |= {"cincuenta": 50, "cien": 100, "quince": 15, "fifteen": 15}
_TIMES = {"thousand": 1_000, "mil": 1_000, "million": 1_000_000, "millon": 1_000_000, "millones": 1_000_000}
_SMALL = "|".join(sorted((w for w in _WORTH if w not in ("one", "uno")), key=len, reverse=True))
_SCALE = "|".join(sorted(_TIMES, key=len, reverse=True))
_FIGURE = {
    "en": r"\d{1,3}(?:,\d{3}){1,3}|\d{1,9}(?:\.\d{1,3})?",
    "es": r"\d{1,3}(?:[.\s]\d{3}){1,3}|\d{1,9}(?:,\d{1,3})?",
}
_MORE = {
    "en": r"(?:more|new|further|additional|other|another)",
    "es": r"(?:mas|nuev[oa]s?|otr[oa]s?|adicional(?:es)?)",
}
_ABOUT = re.compile(
    r"(?:about|around|some|nearly|almost|over|under|up to|more than|fewer than|less than|at least|between|roughly"
    r"|un[oa]s|cerca de|casi|mas de|menos de|al menos|hasta|entre|alrededor de|aproximadamente|otr[oa]s"
    r"|another|other)\s+$"
)
_SKIPPED = {
    "en": r"(?:(?:confirmed|possible|suspected|separate|different|known|serious|affected|of our|of the|of these)\s+)",
    "es": r"(?:(?:posibles?|de l[oa]s|de nuestr[oa]s|graves?|leves?|distint[oa]s?|diferentes)\s+)",
}
_NO_COUNT = re.compile(
    r"(?:min(?:ute|uto)?s?|hours?|horas?|hrs?|days?|dias?|weeks?|semanas?|months?|mes(?:es)?|years?|años?|am|pm|h"
    rf"|percent|por|seconds?|segundos?|and|or|y|o|e|of|to|de|a|en|in|at|del|euros?|{MONTHS['en']}|{MONTHS['es']})$"
)
_ID = re.compile(r"[a-z]{0,3}-?\d[\w-]*")
_NAMED = re.compile(
    r"(?<!\w)(?:lot|lote|batch|flight|vuelo)s?\s+(?:n[o.º]*\s*)?"
    rf"(?P<ids>{_ID.pattern}(?:(?:,| and| y| e)\s+{_ID.pattern}){{0,6}})"
)
_BEFORE_ID = re.compile(
    r"(?<!\w)(?:\d{1,9}|lots?|lotes?|batch(?:es)?|lines?|lineas?|versions?|version(?:es)?|fillers?|llenadoras?|models?"
    r"|modelos?|flights?|vuelos?|pages?|paginas?|floors?|plantas?|routes?|rutas?|no|num|number|numero|article|articulo"
    r"|a las)[.\s]+$"
)
"""A number after these is a name and counts nothing."""
_DAY = {
    "en": re.compile(
        rf"(?<!\w)(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<m>{MONTHS['en']})"
        rf"|(?P<m2>{MONTHS['en']})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)(?!\w)"
    ),
    "es": re.compile(rf"(?<!\w)(?P<d>\d{{1,2}}) de (?P<m>{MONTHS['es']})(?!\w)(?P<m2>)?(?P<d2>)?"),
}
_WEEKDAY = {lang: re.compile(rf"(?<!\w)(?:{WEEK[lang]})(?!\w)") for lang in ("en", "es")}
_CLOCK = re.compile(r"(?<![\w:.,])(\d{1,2})[:.](\d{2})(?![\w:%]|[.,]\d)")
_TO_COME = {
    "en": re.compile(r"(?<!\w)(?:will|we'll|shall|going to|next|by|until|tomorrow|from (?=\d|now|today|noon))(?!\w)"),
    "es": re.compile(
        r"(?<!\w)(?:\w+[aeidrb]remos|va(?:mos|n)? a|proxim[oa]s?|siguiente|antes de|hasta|a partir)(?!\w)"
    ),
}
_CAUSE = {
    "en": re.compile(
        r"(?<!\w)(?:(?P<known>(?:the|its) (?:root )?cause (?:of (?:this|it|the [\w ]{3,40}?) )?(?:is|was|has been))"
        r"|(?P<not>not )?caused by|(?P<loose>(?P<not2>not )?due to))\s+(?P<what>[^.;,\n]{2,90})"
    ),
    "es": re.compile(
        r"(?<!\w)(?:(?P<known>(?:la causa|el origen)(?: de[l ][\w ]{3,40}?)? (?:es|fue|ha sido|era|esta en))"
        r"|(?P<not>no (?:fue |ha sido |esta )?)?(?:causad|provocad|originad)[oa]s? por"
        r"|(?P<loose>(?P<not2>no )?se (?:debe|debio|debia) a))"
        r"\s+(?P<what>[^.;,\n]{2,90})"
    ),
}
_NOT_KNOWN = {
    "en": re.compile(
        r"(?<!\w)(?:(?:do not|don't) (?:yet )?know (?:yet )?(?:the|what|its) (?:\w+ )?caused?"
        r"|cause (?:is|remains) (?:still )?(?:not (?:yet )?(?:known|clear|confirmed)|unknown))(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:no (?:sabemos|conocemos)(?: todavia| aun)? la causa|desconocemos la causa"
        r"|la causa (?:todavia |aun )?(?:no se conoce|no esta clara|es desconocida|se desconoce))(?!\w)"
    ),
}
_DENIES = re.compile(r"(?:not (?!only)|no |ni )")
_OPEN = re.compile(
    r"(?:not (?:yet )?(?:known|clear|confirmed)|unknown|still|being|under|todavia|aun|desconocid|objeto|en estudio)"
)


class Count(Struct, frozen=True):
    """So many of something, perhaps at a place of its own."""

    of: str
    value: float
    span: Span
    sentence: Span
    place: str


class When(Struct, frozen=True):
    """Something that was at a time: `kind` is day, weekday or clock; `about` is what the sentence speaks of."""

    kind: str
    value: str
    span: Span
    about: frozenset[str]
    ids: frozenset[str]


class Cause(Struct, frozen=True):
    """What it came from; `what` is empty where it is said not to be known.

    `of` is what it did where only that sentence says so ("late due to…"); None: the crisis itself.
    """

    what: frozenset[str]
    denied: bool
    span: Span
    of: frozenset[str] | None = None


class Claims(Struct, frozen=True):
    """All of a text."""

    text: Text
    counts: tuple[Count, ...]
    lots: tuple[tuple[str, Span], ...]
    times: tuple[When, ...]
    causes: tuple[Cause, ...]


def claims_of(raw: str, lang: str, lists: Lists) -> Claims:
    """What a text claims. Kept for texts that were read before: what is out is compared with every key."""
    known = _kept(raw, lang, lists.words("stop", lang))
    if not known:
        text = prepared(raw)
        known.append(
            Claims(
                text,
                tuple(islice(_counts(text, lang, lists), MOST)),
                tuple(islice(_lots(text), MOST)),
                tuple(islice(_times(text, lang, lists), MOST)),
                tuple(islice(_causes(text, lang, lists), MOST)),
            )
        )
    return known[0]


@lru_cache(maxsize=256)
def _kept(raw: str, lang: str, stop: frozenset[str]) -> list[Claims]:
    return []


def _counts(text: Text, lang: str, lists: Lists) -> Iterator[Count]:
    small = lists.words("stop", lang)
    unnamed = _NAMED.sub(lambda hit: " " * len(hit[0]), text.flat)
    for hit in _counted(lang).finditer(unnamed):
        if _ABOUT.search(text.flat, max(0, hit.start() - 20), hit.start()) or _BEFORE_ID.search(
            text.flat, max(0, hit.start() - 16), hit.start()
        ):
            continue
        noun = hit["noun"]
        if hit["more"] or hit["after"] or _NO_COUNT.match(noun) or noun in small:
            continue
        place = re.match(
            r"\s+(?:in|at|from|en|de)\s+(?:the\s+|la\s+|el\s+)?([A-ZÁÉÍÓÚÑ]\w+)", text.raw[hit.end() : hit.end() + 60]
        )
        yield Count(
            noun[:STEM],
            _value(hit["figure"], lang) * _TIMES.get(hit["scale"] or "", 1),
            Span(hit.start(), hit.end()),
            text.sentence_at(hit.start()),
            place[1].lower() if place is not None else "",
        )


@lru_cache(maxsize=8)
def _counted(lang: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w:/.,€$£#+-])(?P<figure>{_FIGURE[lang]}|(?:{_SMALL})(?!\w))\s+(?:(?P<scale>{_SCALE})\s+(?:de\s+)?)?"
        rf"(?:(?P<more>{_MORE[lang]})\s+)?{_SKIPPED[lang]}{{0,2}}(?P<noun>[^\W\d_]{{3,}})(?!\w)(?P<after>\s+(?:mas|more)(?!\w))?"
    )


def _value(figure: str, lang: str) -> float:
    if figure in _WORTH:
        return float(_WORTH[figure])
    group, point = (",", ".") if lang == "en" else (".", ",")
    return float("".join(figure.replace(group, "").split()).replace(point, "."))


def _lots(text: Text) -> Iterator[tuple[str, Span]]:
    for hit in _NAMED.finditer(text.flat):
        for name in _ID.finditer(text.flat, hit.start("ids"), hit.end("ids")):
            yield name[0], Span(hit.start(), hit.end())


def _times(text: Text, lang: str, lists: Lists) -> Iterator[When]:
    for sentence in text.sentences:
        said = text.flat[sentence.start : sentence.end]
        if _TO_COME[lang].search(said):
            continue
        found: list[tuple[str, str, re.Match[str]]] = []
        found += [("day", f"{h['d'] or h['d2']} {h['m'] or h['m2']}", h) for h in _DAY[lang].finditer(said)]
        found += [("weekday", h[0], h) for h in _WEEKDAY[lang].finditer(said)]
        found += [("clock", f"{int(h[1])}:{h[2]}", h) for h in _CLOCK.finditer(said)]
        if not found:
            continue
        rest = said
        for _, _, hit in found[:MOST]:
            rest = rest[: hit.start()] + " " * len(hit[0]) + rest[hit.end() :]
        about = frozenset(stem for stem in stems(rest, lang, lists) if not stem.isdigit())
        ids = frozenset(re.findall(r"\d+", rest))
        for kind, value, hit in found:
            place = Span(sentence.start + hit.start(), sentence.start + hit.end())
            yield When(kind, value, place, about, ids)


def _causes(text: Text, lang: str, lists: Lists) -> Iterator[Cause]:
    for hit in _NOT_KNOWN[lang].finditer(text.flat):
        yield Cause(frozenset(), False, Span(hit.start(), hit.end()))
    for hit in _CAUSE[lang].finditer(text.flat):
        span = Span(hit.start(), hit.end("what"))
        if hit["known"] and _OPEN.match(hit["what"]):
            yield Cause(frozenset(), False, span)
            continue
        denied = bool(hit["not"] or hit["not2"] or _DENIES.match(hit["what"]))
        about = stems(hit["what"], lang, lists)
        sentence = text.sentence_at(hit.start())
        of = (stems(text.flat[sentence.start : hit.start()], lang, lists) or None) if hit["loose"] else None
        if about:
            yield Cause(about, denied, span, of)
