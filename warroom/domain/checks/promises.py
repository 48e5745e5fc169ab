"""What a text promises, with its time: "we will update you here at 16:00", "actualizaremos en una hora"."""

import re
from datetime import datetime, timedelta, tzinfo

from msgspec import Struct

from .text import Span, Text, prepared


class Promised(Struct, frozen=True):
    """A promise found in a text: its sentence, the words that give the time, and when it is due (aware, UTC)."""

    text: str
    start: int
    end: int
    due_at: datetime


_WILL = {
    "en": re.compile(
        r"(?<!\w)(?:will|we'll|next (?:word|update|news|statement|information)|update(?:s|d)? (?:here|you|at|by)"
        r"|by \d|promise)(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:\w+(?:aremos|eremos|iremos|dremos|rremos)|\w+ara|\w+era|proxim[oa]|siguiente|antes del?|"
        r"vamos a|prometemos)(?!\w)"
    ),
}
_CLOCK = {
    "en": re.compile(
        r"(?<!\w)(?:at|by|before|from|around)\s+(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|h|hrs|o'clock)?(?![\w:%])"
    ),
    "es": re.compile(
        r"(?<!\w)(?:a las|antes de las|a la|sobre las|desde las|hacia las)\s+(\d{1,2})(?:[:.](\d{2}))?\s*"
        r"(de la manana|de la tarde|de la noche|am|pm|h|horas)?(?![\w:%])"
    ),
}
_IN = {
    "en": re.compile(
        r"(?<!\w)(?:in|within)\s+(?:the next\s+)?(an?|one|two|three|half an|\d{1,3})\s+(minutes?|hours?|days?)(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:en|dentro de|en menos de|en las proximas|en los proximos)\s+(una?|dos|tres|media|\d{1,3})\s+"
        r"(minutos?|horas?|dias?)(?!\w)"
    ),
}
_NUMBERS = {
    "a": 1.0,
    "an": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "half an": 0.5,
    "un": 1.0,
    "una": 1.0,
    "dos": 2.0,
    "tres": 3.0,
    "media": 0.5,
}
_DAYS = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "es": ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
}
_TOMORROW = {"en": re.compile(r"(?<!\w)tomorrow(?!\w)"), "es": re.compile(r"(?<!\w)(?<!de la )manana(?!\w)")}
_BY_DAY = {
    "en": re.compile(rf"(?<!\w)(?:by|before|on|until)\s+({'|'.join(_DAYS['en'])})(?!\w)"),
    "es": re.compile(rf"(?<!\w)(?:antes del|el|hasta el)\s+({'|'.join(_DAYS['es'])})(?!\w)"),
}
END_OF_DAY = 18
"""The hour that "by Friday" means where no hour is given."""


def promises(text: str, lang: str, now: datetime, zone: tzinfo) -> list[Promised]:
    """Every promise with a time, in the order of the text. `zone` is in which the text tells the time."""
    return promised(prepared(text), lang, now, zone)


def promised(text: Text, lang: str, now: datetime, zone: tzinfo) -> list[Promised]:
    """The same for a text that is prepared already."""
    found: list[Promised] = []
    lang = lang if lang in _WILL else "en"
    for sentence in text.sentences:
        said = text.flat[sentence.start : sentence.end]
        if _WILL[lang].search(said) is None:
            continue
        told = _time(said, lang, now.astimezone(zone))
        if told is not None:
            due, span = told
            place = Span(sentence.start + span.start, sentence.start + span.end)
            found.append(Promised(text.words(sentence), place.start, place.end, due.astimezone(now.tzinfo)))
    return found


def _time(said: str, lang: str, local: datetime) -> tuple[datetime, Span] | None:
    """When a sentence says it will be, and where it says so."""
    relative = _IN[lang].search(said)
    clock = next((match for match in _CLOCK[lang].finditer(said) if _hour(match) is not None), None)
    day = _BY_DAY[lang].search(said)
    tomorrow = _TOMORROW[lang].search(said)
    if clock is not None:
        hour, minute = _hour(clock) or (0, 0)
        due = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if day is not None:
            due = _on(due, _DAYS[lang].index(day[1]))
        elif tomorrow is not None or due <= local:
            due += timedelta(days=1)
        return due, Span(clock.start(), clock.end())
    if relative is not None:
        amount = _NUMBERS.get(relative[1]) or float(relative[1])
        unit = relative[2]
        minutes = amount * (1 if unit.startswith("min") else 60 if unit.startswith("h") else 24 * 60)
        return local + timedelta(minutes=minutes), Span(relative.start(), relative.end())
    if day is not None:
        due = _on(local, _DAYS[lang].index(day[1])).replace(hour=END_OF_DAY, minute=0, second=0, microsecond=0)
        return due, Span(day.start(), day.end())
    return None


def _hour(match: re.Match[str]) -> tuple[int, int] | None:
    """Hour and minute of the day. A bare number without minutes, am or h is no time ("at 3 plants")."""
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    if match[2] is None and not half and not match[0].startswith(("a la", "antes de", "sobre", "hacia")):
        return None
    if half in ("pm", "de la tarde", "de la noche") and hour < 12:
        hour += 12
    if half in ("am", "de la manana") and hour == 12:
        hour = 0
    return (hour, minute) if hour < 24 and minute < 60 else None


def _on(local: datetime, weekday: int) -> datetime:
    return local + timedelta(days=(weekday - local.weekday()) % 7 or 7)
