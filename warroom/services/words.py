"""Words: the one place where a sentence, a number or a time becomes text in the reader's language.

English is what the calls themselves say; other languages come from the gettext catalogues under
`warroom/data/locale`. Numbers are written by hand for the languages that exist: importing Babel's number code
costs 6 ms and a format some 40 µs, and the screen formats thousands of them. The tests hold the two equal.

Nothing here knows what a sentence is about, and nothing here fails on a bad catalogue: a placeholder that
nobody filled stays as it is, because at three in the morning a crooked line is better than none.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from warroom.domain.sentence import Param, Sentence, Share

SOURCE = "en"
"""The language of the message ids."""
LANGUAGES = (SOURCE, "es")
"""Every language the program speaks."""
LOCALE = Path(__file__).resolve().parent.parent / "data" / "locale"
DOMAIN = "warroom"

_PLACE = re.compile(r"\{(\w+)\}")
_SOUNDS_LIKE_I = re.compile(r"h?[ií](?![eaoé])", re.IGNORECASE)
"""Spanish `y` becomes `e` before the sound i (Inés, Hinojosa), not before a glide (hielo, Iago)."""


class Writing(Struct, frozen=True):
    """How a language writes its numbers and its days (CLDR 46; the grouping of four digits is the console's)."""

    group: str
    decimal: str
    percent: str
    days: tuple[str, ...]
    months: tuple[str, ...]


_WRITING = {
    "en": Writing(
        group=",",
        decimal=".",
        percent="%",
        days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ),
    "es": Writing(
        group=".",
        decimal=",",
        percent="\N{NO-BREAK SPACE}%",
        days=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
        months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
    ),
}


class Words:
    """The reader's language and zone. Cheap to make, safe to share between threads.

    Times are aware datetimes and are shown in `zone`; a naive one is refused with `ValueError`. A whole number
    given as a parameter is grouped ("1,840"): hand a year, an id or a port on as text. With `plain` the key `↓` is
    named in letters: the one character that else stands for it is a key of its own.
    """

    def __init__(self, lang: str, zone: tzinfo, *, plain: bool = False) -> None:
        self.lang = supported(lang) or SOURCE
        self.zone = zone
        self.plain = plain
        self._catalogue = _catalogue(self.lang)
        self._writing = _WRITING[self.lang]

    def at(self, zone: tzinfo) -> "Words":
        """The same in another zone."""
        return Words(self.lang, zone, plain=self.plain)

    # --- sentences -------------------------------------------------------------------------------------

    def t(self, message: str, /, **params: Param) -> str:
        """One message with its parameters; the literal is collected for translation."""
        return self._fill(self._catalogue.gettext(message) if message else "", params)

    def tn(self, singular: str, plural: str, n: int, /, **params: Param) -> str:
        """A message whose form depends on `n`, which is also the parameter `{n}`."""
        return self._fill(self._catalogue.ngettext(singular, plural, n), {"n": n, **params})

    def say(self, sentence: Sentence) -> str:
        """A sentence of the domain in the reader's language."""
        if sentence.plural is None:
            return self._fill(self._catalogue.gettext(sentence.id) if sentence.id else "", sentence.params)
        return self._fill(self._catalogue.ngettext(sentence.id, sentence.plural, sentence.n), sentence.params)

    def name(self, localized: Mapping[str, str]) -> str:
        """A text that a file brings in several languages: the reader's, else English, else whatever there is."""
        return localized.get(self.lang) or localized.get(SOURCE) or next(iter(localized.values()), "")

    def list_of(self, names: Sequence[str]) -> str:
        """ "Ana", "Ana and Luis", "Ana, Luis and Inés"; in Spanish "Ana, Luis e Inés"."""
        if len(names) < 2:
            return "".join(names)
        head, last = ", ".join(names[:-1]), names[-1]
        if self.lang == "es":
            return f"{head} {'e' if _SOUNDS_LIKE_I.match(last) else 'y'} {last}"
        return f"{head} and {last}"

    def _fill(self, template: str, params: Mapping[str, Param]) -> str:
        if self.plain and "↓" in template:
            template = template.replace("↓", self.t("Arrow down"))
        if "{" not in template:
            return template
        parts = _parts(template)
        filled = [
            part if place % 2 == 0 else self.value(params[part]) if part in params else f"{{{part}}}"
            for place, part in enumerate(parts)
        ]
        return "".join(filled)

    def value(self, value: Param) -> str:
        """What stands in the place of a parameter."""
        match value:
            case str():
                return value if value.isascii() and value.isprintable() else _gated(value)
            case int() | float():
                return self.number(value)
            case Share():
                return self.percent(value.of_one)
            case Sentence():
                return self.say(value)
            case datetime():
                return self.clock(value)
            case date():
                return _day(self.lang, value)
            case timedelta():
                return self.span(value)
            case _:
                return self.name(value)

    # --- numbers ---------------------------------------------------------------------------------------

    def number(self, n: float) -> str:
        """1,840 or 1.840. A number that is not whole shows one decimal: 2.2 or 2,2."""
        digits = f"{abs(n):,.1f}" if isinstance(n, float) and not n.is_integer() else f"{abs(n):,.0f}"
        return ("−" if n < 0 else "") + self._written(digits)

    def decimal(self, n: float, places: int) -> str:
        """With exactly so many decimals: 0.812 or 0,812."""
        return self._written(f"{n:,.{places}f}")

    def short(self, n: int) -> str:
        """310, 1.2k, 27k, 412k, 1.8M: at most four cells, always cut and never rounded up, so it claims no more."""
        size = abs(n)
        for unit, mark in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
            if size >= unit:
                tenths = size * 10 // unit
                text = f"{tenths // 10}.{tenths % 10}" if tenths < 100 else f"{tenths // 10:,}"
                return ("−" if n < 0 else "") + self._written(text) + mark
        return self.number(n)

    def percent(self, share: float) -> str:
        """A share from 0 to 1 in whole percent: 31% or 31 %, the blank unbreakable. A half goes up."""
        return self.number(int(share * 100 + 0.5) if share >= 0 else -int(-share * 100 + 0.5)) + self._writing.percent

    def _written(self, digits: str) -> str:
        """Digits as Python groups them (`,` and `.`) in the signs of this language."""
        if self._writing.group == ",":
            return digits
        return digits.translate({ord(","): self._writing.group, ord("."): self._writing.decimal})

    # --- times -----------------------------------------------------------------------------------------

    def local(self, at: datetime) -> datetime:
        """The same instant in the reader's zone."""
        if at.tzinfo is None:
            raise ValueError(f"a time without a zone: {at!r}")
        try:
            return at.astimezone(self.zone)
        except OverflowError:  # the first and the last day of the calendar, from a post that lies about its time
            return at

    def clock(self, at: datetime) -> str:
        """Local hours and minutes: 14:25."""
        return self.local(at).isoformat()[11:16]

    def clock_s(self, at: datetime) -> str:
        """Local time with seconds: 14:25:41."""
        return self.local(at).isoformat()[11:19]

    def offset(self, at: datetime) -> str:
        """The reader's distance from UTC at that instant: +01:00."""
        return self.local(at).isoformat(timespec="seconds")[19:25]

    def stamp(self, at: datetime) -> str:
        """Local time with seconds and its distance from UTC: 14:25:41 +01:00."""
        written = self.local(at).isoformat(timespec="seconds")
        return f"{written[11:19]} {written[19:25]}"

    def day(self, at: datetime) -> str:
        """The local day: "Mon 23 Nov 2026", "lun 23 nov 2026"."""
        return _day(self.lang, self.local(at).date())

    def span(self, length: timedelta) -> str:
        """How long, in words and without a sign: "45 s", "4 min", "96 min", "3 h 12 min", "2 d 5 h".

        Cut to the last full unit, like a clock. The units are the international signs and need no translation.
        """
        seconds = _seconds(length)
        if seconds < 60:
            return f"{seconds} s"
        if seconds < 100 * 60:
            return f"{seconds // 60} min"
        if seconds < 48 * 3600:
            return _two(seconds // 3600, "h", seconds % 3600 // 60, "min")
        return _two(seconds // 86400, "d", seconds % 86400 // 3600, "h")

    def timer(self, length: timedelta) -> str:
        """How long, as a running clock and without a sign: "36:19", and from an hour on "1:36:19"."""
        seconds = _seconds(length)
        if seconds < 3600:
            return f"{seconds // 60:02}:{seconds % 60:02}"
        return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


@cache
def _parts(template: str) -> list[str]:
    """The literal parts of a message with the names of its placeholders between them."""
    return _PLACE.split(template)


@lru_cache(1_024)
def _gated(text: str) -> str:
    """What is said may come from outside: no sentence carries what could do harm."""
    from warroom.domain.text import plain  # its patterns take as long to make as the rest of the words

    return plain(text)


def _day(lang: str, day: date) -> str:
    writing = _WRITING[lang]
    return f"{writing.days[day.weekday()]} {day.day} {writing.months[day.month - 1]} {day.year}"


def _seconds(length: timedelta) -> int:
    return int(abs(length).total_seconds())


def _two(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large} {large_unit} {small} {small_unit}" if small else f"{large} {large_unit}"


# --- the language --------------------------------------------------------------------------------------


def supported(name: str | None) -> str | None:
    """The language meant by "es", "ES", "es_MX.UTF-8" or "es-419", if the program speaks it."""
    lang = re.split(r"[^a-z]", (name or "").strip().lower(), maxsplit=1)[0]
    return lang if lang in LANGUAGES else None


def choose_lang(flag: str | None, environ: Mapping[str, str], config: str | None) -> str:
    """The language of the screen: `--lang`, then WARROOM_LANG, the config, the locale, English.

    A language that the program does not speak is passed over, and so is "auto".
    """
    asked = [flag, environ.get("WARROOM_LANG"), config]
    # The order of gettext and POSIX; LANGUAGE is a list, and the locale "C" switches it off.
    system = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    wishes = [] if system in ("", "C", "POSIX") else environ.get("LANGUAGE", "").split(":")
    return next((lang for name in (*asked, *wishes, system) if (lang := supported(name))), SOURCE)


class Catalogue(Protocol):
    """What a gettext catalogue can be asked."""

    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str: ...


class _English:
    """The source language: the message is its own translation."""

    def gettext(self, message: str, /) -> str:
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        return msgid1 if n == 1 else msgid2


@cache
def _catalogue(lang: str) -> Catalogue:
    """The catalogue of a language; English where its file is missing."""
    path = LOCALE / lang / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if lang == SOURCE or not path.exists():
        return _English()
    from gettext import GNUTranslations  # not needed in English: a few ms of the first paint

    with path.open("rb") as file:
        return GNUTranslations(file)


def english() -> Words:
    """Plain English in UTC, for logs and for what is said before the language is known."""
    return Words(SOURCE, UTC)
