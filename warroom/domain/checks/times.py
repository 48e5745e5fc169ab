"""When the words of a sentence say that something will be: "at 16:00", "mañana a las 9", "within the hour"."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from warroom.domain.walltime import moments

from .text import Span

END_OF_DAY = 18
"""The hour that "by Friday" means where no hour is given."""
STILL_TODAY = timedelta(hours=2)
"""A bare time that passed less than this ago is a late promise of today, not one for tomorrow."""
MONTHS = {
    "en": "january|february|march|april|may|june|july|august|september|october|november|december",
    "es": "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
}
WEEK = {
    "en": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "es": "lunes|martes|miercoles|jueves|viernes|sabado|domingo",
}
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
)
_AMOUNTS = {
    **{word: float(n) for words in _NUMBERS for n, word in enumerate(words.split("|"), start=1)},
    **dict.fromkeys(("a", "an", "the", "the next", "un", "una"), 1.0),
    **dict.fromkeys(("half an", "media"), 0.5),
    **dict.fromkeys(("a couple of", "un par de"), 2.0),
    **dict.fromkeys(("fifteen", "quince"), 15.0),
    **dict.fromkeys(("twenty", "veinte"), 20.0),
    **dict.fromkeys(("thirty", "treinta"), 30.0),
}
_AMOUNT = "|".join(sorted(_AMOUNTS, key=len, reverse=True))
_CLOCK = {
    "en": re.compile(
        r"(?:(?<!\w)(?P<before>at|by|before|from|until|after|around|about)\s+(?:about\s+|around\s+)?)?"
        r"(?<![\w:.,/-])(?P<hour>\d{1,2})(?:(?P<sign>[:.])(?P<minute>\d{2}))?"
        r"\s{0,2}(?P<half>[ap]m|[ap]\. ?m\b\.?|h(?:rs)?|o'clock)?(?![\w:%/]|[.,]\d)"
    ),
    "es": re.compile(
        r"(?:(?<!\w)(?P<before>(?:a|antes de|sobre|desde|hacia|hasta|a partir de|para) las?)\s+)?"
        r"(?<![\w:.,/-])(?P<hour>\d{1,2})(?:(?P<sign>[:.])(?P<minute>\d{2}))?(?:\s(?P<and>y media|y cuarto))?"
        r"\s{0,2}(?P<half>de la ma[nñ]ana|de la tarde|de la noche|[ap]m|[ap]\. ?m\b\.?|h(?:oras|rs|s)?)?"
        r"(?![\w:%/]|[.,]\d)"
    ),
}
_WORDED = {
    "en": re.compile(
        r"(?<!\w)(?:at|by|before|from|until|after|around|about)\s+(?:about\s+|around\s+)?(?P<past>half past"
        r"|quarter past|quarter to)?\s?"
        rf"(?P<hour>{_NUMBERS[0]})\s?(?P<and>thirty|fifteen|forty-five)?\s?(?P<half>[ap]m|[ap]\. ?m\b\.?"
        rf"|o'clock)?(?!\w)"
    ),
    "es": re.compile(
        rf"(?<!\w)(?:a|antes de|sobre|desde|hacia|hasta|a partir de|para) las? (?P<hour>una|{_NUMBERS[1]})"
        r"(?P<and> y media| y cuarto| menos cuarto)?\s?(?P<half>de la ma[nñ]ana|de la tarde|de la noche)?(?!\w)"
        r"(?! \w{2,}(?:[^m]os|as|es)(?!\w))"
    ),
}
"""Hours in words; "a las dos empresas" and "at one of our shops" are none."""
_MINUTES = {
    **dict.fromkeys(("half past", "thirty", " y media"), 30),
    **dict.fromkeys(("quarter past", "fifteen", " y cuarto"), 15),
    **dict.fromkeys(("quarter to", " menos cuarto"), -15),
    "forty-five": 45,
}
_NOON = {
    "en": re.compile(r"(?<!\w)(?:at|by|before|until|around)\s+(?:(noon|midday)|midnight)(?!\w)"),
    "es": re.compile(r"(?<!\w)(?:al?|antes del?(?: la)?|hacia el|hasta el)\s+(?:(mediodia)|medianoche)(?!\w)"),
}
_IN = {
    "en": re.compile(
        r"(?<!\w)(?P<how>in|within|every)\s+(?:about\s+|around\s+|less than\s+|under\s+)?"
        rf"(?:the next\s+(?={_AMOUNT}|\d))?"
        rf"(?:(?P<amount>{_AMOUNT}|\d{{1,3}})\s*)?(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?)"
        r"(?P<and> and a half)?(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?P<how>en|dentro de|cada|antes de)\s+(?:unos\s+|unas\s+|menos de\s+|aproximadamente\s+)?"
        r"(?P<next>l[ao]s? proxim[ao]s?\s+)?"
        rf"(?:(?P<amount>{_AMOUNT}|\d{{1,3}})\s*)?(?P<unit>minutos?|min|horas?|h|dias?|semanas?)(?P<and> y media)?"
        r"(?!\w)"
    ),
}
_TODAY = {
    "en": re.compile(r"(?<!\w)(?:today|tonight|this (?:morning|afternoon|evening))(?!\w)"),
    "es": re.compile(r"(?<!\w)(?:hoy|esta (?:ma[nñ]ana|tarde|noche))(?!\w)"),
}
_TOMORROW = {
    "en": re.compile(r"(?<!\w)(?P<after>the day after )?tomorrow(?!\w)"),
    "es": re.compile(r"(?<!\w)(?<!la )(?<!esta )(?P<after>pasado )?ma[nñ]ana(?!\w)"),
}
_WEEKDAY = {
    "en": re.compile(rf"(?<!\w)(?:(?:on|by|before|until) )?(?P<next>next )?(?P<day>{WEEK['en']})(?!\w)"),
    "es": re.compile(rf"(?<!\w)(?:(?:antes del|hasta el|el|este) )?(?P<next>proximo )?(?P<day>{WEEK['es']})(?!\w)"),
}
_DATE = {
    "en": re.compile(
        rf"(?<!\w)(?:(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({MONTHS['en']})"
        rf"|({MONTHS['en']}) (\d{{1,2}})(?:st|nd|rd|th)?)(?!\w)"
    ),
    "es": re.compile(rf"(?<!\w)(\d{{1,2}}) de ({MONTHS['es']})(?!\w)"),
}
_STOPS = re.compile(r"\s*(?:$|[.,;!)–—]|and\b|sharp|today|tomorrow|tonight|on |this |with )")


class Hour(Struct, frozen=True):
    """A time of the day and where it is said. `by_half` where "a las 6" may as well be in the evening."""

    hour: int
    minute: int
    by_half: bool
    span: Span


class Day(Struct, frozen=True):
    """A day, as midnight in the zone of the text, and where it is said."""

    at: datetime
    span: Span


def told(said: str, lang: str, local: datetime, elsewhere: Day | None = None) -> tuple[datetime, Span] | None:
    """The first time that flattened text names, as an aware UTC datetime. `local` is now in the zone of the text.

    A time of the day wins over "in two hours", and that over a bare day, which ends at `END_OF_DAY`. `elsewhere` is
    a day that is named outside of these words, for the time of the day.
    """
    days = list(_days(said, lang, local))
    hour = next(_hours(said, lang), None)
    if hour is not None:
        return _at(hour, days[0] if days else elsewhere, local).astimezone(UTC), hour.span
    relative = next(_from_now(said, lang), None)
    if relative is not None:
        return local.astimezone(UTC) + relative[0], relative[1]
    for day in days:
        if _TODAY[lang].fullmatch(said, day.span.start, day.span.end) is None:
            return day.at.replace(hour=END_OF_DAY).astimezone(UTC), day.span
    return None


def day_in(said: str, lang: str, local: datetime) -> Day | None:
    """The first day that flattened text names."""
    return next(_days(said, lang, local), None)


def is_only_time(said: str, lang: str, local: datetime) -> bool:
    """Whether flattened words are nothing but a time ("on friday at 9"), as at the head of a sentence."""
    spans = [hour.span for hour in _hours(said, lang)] + [day.span for day in _days(said, lang, local)]
    rest = list(said)
    for span in [*spans, *(span for _, span in _from_now(said, lang))]:
        rest[span.start : span.end] = " " * (span.end - span.start)
    return bool(spans) and set("".join(rest).split()) <= {"on", "el", "the", "y", "and"}


def _at(hour: Hour, day: Day | None, local: datetime) -> datetime:
    base, now = day.at if day is not None else local, local.astimezone(UTC)
    due = _meant(base, hour.hour, hour.minute, now)
    if due > now:
        return due
    if hour.by_half and (later := _meant(base, hour.hour + 12, hour.minute, now)) > now:
        return later
    if day is not None or now - due < STILL_TODAY:
        return due
    return _meant(base + timedelta(days=1), hour.hour, hour.minute, now)


def _meant(day: datetime, hour: int, minute: int, now: datetime) -> datetime:
    """Of a time that the clock shows twice on a day, the one that is still to come."""
    found = moments(day + timedelta(days=hour // 24), hour % 24, minute)
    return next((at for at in found if at > now), found[-1])


def _hours(said: str, lang: str) -> Iterator[Hour]:
    """Times of the day, in the order of the text."""
    found = [hour for hit in _CLOCK[lang].finditer(said) if (hour := _hour(hit, said, lang)) is not None]
    found += [hour for hit in _WORDED[lang].finditer(said) if (hour := _worded(hit, said, lang)) is not None]
    for hit in _NOON[lang].finditer(said):
        found.append(Hour(12 if hit[1] else 24, 0, False, Span(hit.start(), hit.end())))
    yield from sorted(found, key=lambda hour: hour.span.start)


def _hour(hit: re.Match[str], said: str, lang: str) -> Hour | None:
    """A time of the day; a number that only looks like one ("at 3 plants", "version 4.50") is none."""
    hour, minute = int(hit["hour"]), int(hit["minute"] or 0)
    half, before = _half(hit), hit["before"]
    minute += {"y media": 30, "y cuarto": 15}.get(hit.groupdict().get("and") or "", 0)
    bare = hit["minute"] is None and not half
    if hour > 23 or minute > 59:
        return None
    if not before and half in ("", "h", "hrs", "horas") and hit["sign"] != ":":
        return None
    if bare and lang == "en" and (before not in ("at", "by", "before", "until") or not _STOPS.match(said, hit.end())):
        return None
    return Hour(_of_day(hour, half), minute, bare and 0 < hour <= 12, _span(hit))


def _worded(hit: re.Match[str], said: str, lang: str) -> Hour | None:
    """A time of the day in words, of which a bare one has to end what is said in English."""
    parts, half = hit.groupdict(), _half(hit)
    minute = _MINUTES.get(parts.get("past") or "", 0) + _MINUTES.get(parts["and"] or "", 0)
    if lang == "en" and not half and not minute and not _STOPS.match(said, hit.end()):
        return None
    since_midnight = (_of_day(int(_AMOUNTS[hit["hour"]]), half) * 60 + minute) % (24 * 60)
    return Hour(since_midnight // 60, since_midnight % 60, not half, _span(hit))


def _half(hit: re.Match[str]) -> str:
    """Which half of the day is said: "am", "de la tarde"; empty where none is."""
    half = (hit["half"] or "").replace(".", "")
    return half if half.startswith("de") else half.replace(" ", "")


def _of_day(hour: int, half: str) -> int:
    """The hour on a clock of 24."""
    if half in ("pm", "de la tarde", "de la noche") and hour < 12:
        return hour + 12
    return 0 if half in ("am", "de la manana", "de la mañana") and hour == 12 else hour


def _span(hit: re.Match[str]) -> Span:
    return Span(hit.start(), hit.start() + len(hit[0].rstrip()))


def _from_now(said: str, lang: str) -> Iterator[tuple[timedelta, Span]]:
    """Stretches of time from now: "in one hour", "cada 30 minutos"."""
    for hit in _IN[lang].finditer(said):
        amount = hit["amount"]
        if amount is None and not (hit["how"] in ("every", "cada") or hit.groupdict().get("next") or hit["and"]):
            continue  # "in minutes" is no time
        count = 1.0 if amount is None else _AMOUNTS.get(amount) or float(amount)
        if hit["and"]:
            count += 0.5
        unit = hit["unit"][0] if not hit["unit"].startswith("min") else "min"
        minutes = {"min": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60, "s": 7 * 24 * 60}[unit]
        yield timedelta(minutes=count * minutes), Span(hit.start(), hit.end())


def _days(said: str, lang: str, local: datetime) -> Iterator[Day]:
    """Days, in the order of the text: today, tomorrow, a weekday, a date."""
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    found: list[Day] = []
    for hit in _TODAY[lang].finditer(said):
        found.append(Day(midnight, Span(hit.start(), hit.end())))
    for hit in _TOMORROW[lang].finditer(said):
        found.append(Day(midnight + timedelta(days=2 if hit["after"] else 1), Span(hit.start(), hit.end())))
    for hit in _WEEKDAY[lang].finditer(said):
        ahead = (_index(WEEK[lang], hit["day"]) - local.weekday()) % 7
        late = ahead == 0 and (hit["next"] or local.hour >= END_OF_DAY)
        found.append(Day(midnight + timedelta(days=7 if late else ahead), Span(hit.start(), hit.end())))
    for hit in _DATE[lang].finditer(said):
        parts = [part for part in hit.groups() if part]
        number, month = sorted(parts, key=str.isalpha)
        at = _date(midnight, _index(MONTHS[lang], month) + 1, int(number))
        if at is not None:
            found.append(Day(at, Span(hit.start(), hit.end())))
    yield from sorted(found, key=lambda day: day.span.start)


def _index(names: str, name: str) -> int:
    return names.split("|").index(name)


def _date(midnight: datetime, month: int, day: int) -> datetime | None:
    """The next such day, today included; None for the 31st of February."""
    for year in (midnight.year, midnight.year + 1):
        try:
            at = midnight.replace(year=year, month=month, day=day)
        except ValueError:
            continue
        if at >= midnight:
            return at
    return None
