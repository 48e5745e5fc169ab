"""The entries of a crisis as rows for programs and for a spreadsheet; every text in them may come from outside."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from warroom.domain.board import Board
from warroom.domain.events import (
    MentionEvent,
)
from warroom.domain.incident import Incident
from warroom.domain.text import one_line
from warroom.services.entries.entry import entry
from warroom.services.report.redaction import redaction_of, told_lines
from warroom.services.words import Words

_FORMULA = re.compile(r"^[\s'\"]*[=+\-@\t\r]")


def rows(board: Board, incident: Incident, words: Words, *, redact: bool = False) -> Iterator[dict[str, object]]:
    """One mapping per entry with stable keys; times UTC in RFC 3339."""
    hide = redaction_of(board, incident, words).known if redact else str
    for line in told_lines(board, incident, words, redact=redact):
        told = entry(line.recorded, incident)
        data = line.recorded.data
        ref = data.mention if isinstance(data, MentionEvent) else None
        yield {
            "pos": line.pos,
            "id": told.id,
            "at": utc(told.at),
            "recorded_at": utc(told.recorded_at),
            "minutes": incident.minutes(told.at),
            "type": line.recorded.data.typ,
            "who": told.who,
            "text": hide(one_line(words.say(told.text))),
            "corrects": told.corrects,
            "source": ref.network if ref else None,
            "author": ref.author if ref else None,
            "reach": ref.people if ref else None,
            "segment": ref.segment.value if ref and ref.segment else None,
            "url": ref.url if ref else None,
        }


def as_csv(board: Board, incident: Incident, words: Words, *, redact: bool = False) -> str:
    """One row per entry; a cell that a spreadsheet would take for a formula gets a leading apostrophe."""
    out = io.StringIO()
    table = list(rows(board, incident, words, redact=redact))
    keys = list(table[0]) if table else ["pos"]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(keys)
    for row in table:
        writer.writerow([_cell(row[key]) for key in keys])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else value


def utc(at: datetime) -> str:
    """RFC 3339 in UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
