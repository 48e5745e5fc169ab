"""A list of what is scheduled, read from a file that another tool wrote: CSV, TSV, JSON lines, or plain lines.

Columns are recognised by their headings in either language. A line that holds no text is counted and left; a time
that cannot be read without guessing is left out, and counted too.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from msgspec import Struct

from warroom.domain.checks.text import flat
from warroom.domain.faults import why
from warroom.domain.freeze import Scheduled
from warroom.domain.sentence import Refused, say
from warroom.domain.text import one_line

LARGEST = 4 * 1024 * 1024
"""Bytes of a file that is still read."""
MOST = 500
"""Lines that are taken: nobody holds more of them one by one."""
LONGEST = 500
"""Characters of a post that are kept: enough to know it again."""
DELIMITERS = "\t;,|"

_TEXT = ("text", "post", "content", "message", "caption", "copy", "body", "title", "headline", "name", "campaign")
_TEXT_ES = ("texto", "publicacion", "contenido", "mensaje", "pie", "titulo", "anuncio", "nombre", "campana", "ad")
_PLACE = ("network", "channel", "platform", "place", "account", "profile", "red", "red social", "canal")
_PLACE_ES = ("plataforma", "cuenta", "perfil", "medio", "lugar", "social network", "networks", "redes")
_WHEN = ("goes out", "goes_out_at", "scheduled", "scheduled at", "scheduled for", "publish at", "publish date", "when")
_WHEN_ES = (
    "date",
    "datetime",
    "start",
    "fecha",
    "fecha y hora",
    "programado",
    "programada",
    "cuando",
    "inicio",
    "sale",
)
_HOUR = ("time", "hour", "hora")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (*_TEXT, *_TEXT_ES),
    "place": (*_PLACE, *_PLACE_ES),
    "when": (*_WHEN, *_WHEN_ES),
    "hour": _HOUR,
}
"""Field → the headings under which tools write it, flattened."""


class FreezeFile(Struct, frozen=True, kw_only=True):
    """What a file holds. `bad` lines hold no text, `undated` ones an unread time, `left_out` were too many."""

    items: tuple[Scheduled, ...]
    bad: int = 0
    undated: int = 0
    left_out: int = 0


def read_file(path: Path, zone: tzinfo) -> FreezeFile:
    """The list that a file holds; `Refused` with a sentence where it cannot be read. `zone` is that of its times."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(say("{file} cannot be read: {reason}", file=str(path), reason=why(error))) from error
    if len(raw) > LARGEST:
        raise Refused(say("This file is larger than 4 MiB; that is no list of posts."))
    return read_list(_decoded(raw), path.suffix.lower(), zone)


def read_list(text: str, suffix: str, zone: tzinfo) -> FreezeFile:
    """The list in a text; `suffix` (".csv") says what it is where its first line does not."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if first.lstrip().startswith(("{", "[")) or suffix in (".jsonl", ".ndjson", ".json"):
        found = _objects(text, lines)
    elif (delimiter := _delimiter(first)) is not None or suffix in (".csv", ".tsv"):
        found = _table(text, delimiter or ("\t" if suffix == ".tsv" else ","))
    else:
        found = ({"text": line} for line in lines if line.strip())
    return _gathered(found, zone)


def _gathered(rows: Iterable[Mapping[str, str] | None], zone: tzinfo) -> FreezeFile:
    items: list[Scheduled] = []
    bad = undated = left_out = 0
    for row in rows:
        text = one_line(row.get("text", "")).strip() if row is not None else ""
        if row is None or not text:
            bad += 1
            continue
        if len(items) == MOST:
            left_out += 1
            continue
        when = " ".join(filter(None, (row.get("when", "").strip(), row.get("hour", "").strip())))
        at = moment(when, zone) if when else None
        undated += bool(when) and at is None
        short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        items.append(Scheduled(text=short, place=one_line(row.get("place", ""))[:80].strip(), goes_out_at=at))
    if not items:
        raise Refused(say("This file holds no scheduled post: name a column text, post, content, message or title."))
    return FreezeFile(items=tuple(items), bad=bad, undated=undated, left_out=left_out)


# --- the three kinds of file -----------------------------------------------------------------------------


def _objects(text: str, lines: Sequence[str]) -> Iterator[dict[str, str] | None]:
    """One JSON object a line, or one array of them."""
    if text.lstrip().startswith("["):
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError):
            return
        for entry in whole if isinstance(whole, list) else []:
            yield _fields(entry) if isinstance(entry, dict) else None
        return
    for line in lines:
        if line.strip():
            try:
                entry = json.loads(line)
            except (ValueError, RecursionError):
                entry = None
            yield _fields(entry) if isinstance(entry, dict) else None


def _table(text: str, delimiter: str) -> Iterator[dict[str, str] | None]:
    """Rows under headings. Without a heading for the text the first row is a row like the others: its first cell."""
    csv.field_size_limit(LARGEST)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        head = next((row for row in rows if any(cell.strip() for cell in row)), [])
        names = [field_of(cell) for cell in head]
        if "text" not in names:
            yield {"text": head[0]} if head else None
            names = ["text"]
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _named(zip(names, row, strict=False))
    except csv.Error:
        yield None


def _fields(entry: Mapping[str, object]) -> dict[str, str]:
    return _named((field_of(str(key)), value) for key, value in entry.items())


def _named(cells: Iterable[tuple[str, object]]) -> dict[str, str]:
    """The first cell of each field that holds something."""
    found: dict[str, str] = {}
    for name, value in cells:
        if name and isinstance(value, str | int | float) and str(value).strip():
            found.setdefault(name, str(value))
        elif name and isinstance(value, list):
            found.setdefault(name, ", ".join(str(one) for one in value))
    return found


def field_of(heading: str) -> str:
    """The field that a heading means; empty where it means none of ours."""
    name = re.sub(r"[_\s-]+", " ", flat(heading.lstrip("\ufeff"))).strip()
    return next((field for field, known in COLUMNS.items() if name in known), "")


def _delimiter(first: str) -> str | None:
    """What parts the headings of a table; None where the line holds none that we know, and is a plain line."""
    for delimiter in DELIMITERS:
        cells = first.split(delimiter)
        if len(cells) > 1 and "text" in [field_of(cell.strip('" ')) for cell in cells]:
            return delimiter
    return "," if field_of(first.strip('" ')) == "text" else None


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


# --- times -----------------------------------------------------------------------------------------------

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T,]+(\d{1,2})[:.h](\d{2}))?")


def moment(written: str, zone: tzinfo) -> datetime | None:
    """The time that was written, aware and in UTC: ISO, or day.month.year where it cannot be month.day.year.

    A time without a zone is in `zone`. None where reading it would be a guess.
    """
    try:
        at = datetime.fromisoformat(written.strip())
    except ValueError:
        found = _DAY_FIRST.fullmatch(written.strip())
        if found is None:
            return None
        day, month, year = int(found[1]), int(found[2]), int(found[3])
        if day <= 12 and "." not in written and day != month:  # 3/10/2026 is March or October: who knows
            return None
        try:
            at = datetime(year, month, day, int(found[4] or 0), int(found[5] or 0))  # noqa: DTZ001 - zone follows
        except ValueError:
            return None
    try:
        return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
