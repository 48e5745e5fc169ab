"""Text as markdown: shown as it was written, never obeyed. CommonMark that reads well as plain text."""

import re
from datetime import datetime
from itertools import pairwise

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


def when(at: datetime, words: Words) -> str:
    """Local with offset, and UTC."""
    utc = at.strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"{words.day(at)} {words.stamp(at)} ({utc})"


def who(incident: Incident, initials: str) -> str:
    person = incident.person(initials)
    return escaped(f"{person.name} ({initials})" if person is not None else initials)
