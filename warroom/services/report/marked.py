"""Text as markdown: shown as it was written, never obeyed. CommonMark that reads well as plain text."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from unicodedata import category, east_asian_width

from warroom.domain.incident import Incident
from warroom.domain.text import one_line, plain, safe_url
from warroom.services.words import Words

_SPECIAL = re.compile(r"([\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;))")
"""What markdown obeys anywhere in a line. A hashtag, an exclamation mark or a company's & stay as they were written,
and so does `_` between letters."""
_MAY_NEED = re.compile(r"[\\`*_\[\]<>#|~&]|^\s*[-+=\d]", re.MULTILINE)
"""Most texts need nothing escaped, and one look tells."""
_LINE_START = re.compile(r"^(\s*)(?:(\d+)([.)])(?=\s|$)|(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=]+\s*$))", re.MULTILINE)


def escaped(text: str) -> str:
    """Text from outside in one line of markdown: shown as it was written, never obeyed."""
    return _escape(one_line(text))


def quoted(text: str) -> str:
    """A text of several lines as a block quote. Two blanks at the end of a line keep its break; blanks at its start
    go, since four of them would make it code."""
    lines = [_escape(line.strip()) for line in plain(text).split("\n")]
    breaks = ["  " if line and after else "" for line, after in pairwise([*lines, ""])]
    return "\n".join(f"> {line}{end}" if line else ">" for line, end in zip(lines, breaks, strict=True))


def _escape(line: str) -> str:
    if _MAY_NEED.search(line) is None:
        return line
    return _LINE_START.sub(_at_start, _SPECIAL.sub(r"\\\1", line))


def _at_start(found: re.Match[str]) -> str:
    """What would begin a list, a heading or a quotation; of a number only the point after it can be escaped."""
    blank, number, point, sign = found.groups()
    return f"{blank}{number}\\{point}" if number else f"{blank}\\{sign}"


def link(url: str | None) -> str:
    """An address as an autolink; nothing where it is no http(s) address."""
    safe = safe_url(url)
    return f"<{safe.replace('<', '%3C').replace('>', '%3E')}>" if safe else ""


PADDED = 48
"""Cells up to which a column is padded: one long reason must not push the whole table out of the window."""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> Iterator[str]:
    """A table whose columns stand under each other in plain text too. The cells are markdown already; the columns in
    `right` hold numbers."""
    widths = [
        max(3, *(width for row in (heads, *rows) if (width := cells(row[place])) <= PADDED), 0)
        for place in range(len(heads))
    ]

    def line(row: Sequence[str]) -> str:
        padded = []
        for place, text in enumerate(row):
            gap = " " * (widths[place] - cells(text))
            padded.append(gap + text if place in right else text + gap)
        return f"| {' | '.join(padded)} |"

    yield line(heads)
    yield line(["-" * (width - 1) + ":" if place in right else "-" * width for place, width in enumerate(widths)])
    for row in rows:
        yield line(row)


def cells(text: str) -> int:
    """How many columns of a terminal a line takes: wide characters two, marks on others none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if category(character) in ("Mn", "Me", "Cf") else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def when(at: datetime, words: Words) -> str:
    """Local with offset, and UTC."""
    utc = at.strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"{words.day(at)} {words.stamp(at)} ({utc})"


def clock_in(at: datetime, incident: Incident, words: Words) -> str:
    """Hours and minutes, with the day where that is not the day of the declaration."""
    day = words.day(at)
    return words.clock(at) if day == words.day(incident.declared_at) else f"{day} {words.clock(at)}"


def who(incident: Incident, initials: str) -> str:
    person = incident.person(initials)
    return escaped(f"{person.name} ({initials})" if person is not None else initials)


def signed(delta: timedelta, words: Words) -> str:
    """How long before (−) or after (+)."""
    sign = "−" if delta < timedelta(0) else "+"
    return f"{sign}{words.span(abs(delta))}"
