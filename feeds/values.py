"""A mention from loose values: text where a number belongs, dates of any form, names that are missing."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from feeds.base import Clock
from feeds.text import plain
from warroom.domain.mention import Mention


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of JSONL in the fast case: our own names, the right types, nothing else."""

    text: str
    native_id: str
    source: str | None = None
    url: str | None = None
    kind: Literal["post", "reply", "repost", "quote", "review", "comment", "article"] = "post"
    author_name: str | None = None
    author_handle: str | None = None
    author_url: str | None = None
    author_id: str | None = None
    followers: int | None = None
    title: str | None = None
    lang: str | None = None
    created_at: datetime | None = None
    received_at: datetime | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    in_reply_to: str | None = None
    thread: str | None = None
    replies: int | None = None
    reposts: int | None = None
    likes: int | None = None
    quotes: int | None = None
    views: int | None = None
    score: int | None = None
    reach: int | None = None
    raw: str | None = None
    feed: str | None = None


FIELDS = frozenset(Line.__struct_fields__)
TIMES = ("created_at", "received_at", "edited_at", "deleted_at")
KINDS = ("post", "reply", "repost", "quote", "review", "comment", "article")
COUNTS = ("followers", "replies", "reposts", "likes", "quotes", "views", "score", "reach")


class Reading(Struct, frozen=True, kw_only=True):
    """How a stream is read: the feed it becomes, the network where a line names none, the zone of naive times."""

    feed: str
    source: str
    clock: Clock
    zone: tzinfo = UTC
    columns: Mapping[str, str] = {}
    format: Literal["auto", "jsonl", "csv"] = "auto"


@lru_cache(1024)
def network(name: str) -> str:
    """The name of a network as every line spells it, so that the same mention has the same name."""
    return name.strip().lower()[:40]


def build_mention(own: dict[str, Any], how: Reading, now: datetime, *, raw: str | None = None) -> Mention:
    """A mention from loose values."""
    text, title = str(own.get("text") or ""), own.get("title")
    if not text.strip() and not (title and str(title).strip()):
        raise ValueError("no text")
    kind = own.get("kind")
    return Mention(
        source=network(str(own.get("source") or "")) or how.source,
        native_id=str(own.get("native_id") or "").strip() or _name_of(own),
        text=plain(text),
        received_at=now,
        feed=how.feed,
        kind=kind if kind in KINDS else "post",
        raw=raw,
        **_loose(own, how.zone),
    )


def _name_of(own: dict[str, Any]) -> str:
    """A missing name becomes a hash over address, date and text, and where there is no address, over who says it."""
    told_by = () if own.get("url") else ("author_handle", "author_name")  # many say the same on one day
    seed = "\0".join(str(own.get(key) or "") for key in ("url", "created_at", "title", "text", *told_by))
    return hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:32]


def _loose(own: dict[str, Any], zone: tzinfo) -> dict[str, Any]:
    """The fields that may be anything: dates of any form, numbers as text, a handle where the name belongs."""
    fields: dict[str, Any] = {}
    for key in FIELDS - {"text", "native_id", "source", "feed", "kind", "raw", "received_at"}:
        value = own.get(key)
        if value is None or value == "":
            continue
        if key in TIMES:
            fields[key] = time_of(value, zone)
        elif key in COUNTS:
            fields[key] = _count(value)
        elif key == "lang":
            fields[key] = LANGUAGES.get(str(value).strip().casefold(), plain(str(value)))
        else:
            fields[key] = plain(str(value))
    if fields.get("author_name", "").startswith("@") and "author_handle" not in fields:
        fields["author_handle"] = fields.pop("author_name")
    return fields


def _count(value: Any) -> int | None:
    """A count from a number or from text like `1,840`; what is none is not known."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if value == value and abs(value) < 1e15 else None
    digits = str(value).replace(",", "").replace(" ", "").removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


LANGUAGES = {
    "english": "en",
    "spanish": "es",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "portuguese": "pt",
    "catalan": "ca",
    "galician": "gl",
    "basque": "eu",
    "dutch": "nl",
    "polish": "pl",
    "arabic": "ar",
    "chinese": "zh",
    "japanese": "ja",
    "russian": "ru",
}
"""Languages as exports write them out; everything else stays as it is."""

_DAYS = ("%Y-%m-%d", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y")
_CLOCKS = ("%H:%M", "%H:%M:%S", "%I:%M%p", "%I:%M:%S%p")
_MOMENT = re.compile(
    r"(.+?)[ ,T]+(\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?\s*([ap])?\.?(?:m\.?)?\s*(?:utc|gmt|z)?", re.IGNORECASE
)


def time_of(value: Any, zone: tzinfo) -> datetime | None:
    """A time from ISO 8601, seconds since the epoch, or the forms of the exports; else not known."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and 9 <= len(value) <= 13:
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
        except (ValueError, OverflowError, OSError):
            return None
    text = str(value).strip()
    try:
        return aware(datetime.fromisoformat(text), zone)
    except ValueError:
        pass
    parts = _MOMENT.fullmatch(text)
    day = _day(parts[1] if parts else text)
    if day is not None:
        at = _clock(f"{parts[2]}{parts[3]}m" if parts[3] else parts[2]) if parts else time()
        return None if at is None else aware(datetime.combine(day, at), zone)
    try:
        return aware(parsedate_to_datetime(text), zone)
    except (ValueError, TypeError, IndexError):
        return None


@lru_cache(1024)
def _day(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _clock(text: str) -> time | None:
    for form in _CLOCKS:
        try:
            return datetime.strptime(text, form).time()  # noqa: DTZ007 - the zone is added by the caller
        except ValueError:
            continue
    return None


def aware(at: datetime | None, zone: tzinfo) -> datetime | None:
    """In UTC. A time so near the ends of the calendar that it has no UTC is not known."""
    if at is None:
        return None
    try:
        return (at.replace(tzinfo=zone) if at.tzinfo is None else at).astimezone(UTC)
    except OverflowError:
        return None
