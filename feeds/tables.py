"""Tables as mentions: exports of monitoring services, known by their headings, and any other table by a mapping."""

import csv
import io
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import NamedTuple

from feeds.base import Bad, Batch, FeedRejected
from feeds.values import FIELDS, Reading, build_mention, time_of
from warroom.domain.mention import Mention
from warroom.domain.sentence import Sentence, say

ROWS = 500
"""Mentions in a batch."""
LONGEST_LINE = 1024 * 1024
"""Bytes of a line that is still read."""
SAMPLE, SAMPLES = 200, 5
"""Characters of a bad line that are shown, and of how many lines."""
ENDS = ("\n", "\r")
LOOKED_AT = 20
"""Lines among which the headings of a table are looked for."""

PRESETS: Mapping[str, Mapping[str, str]] = {
    "Meltwater": {
        "native_id": "Document ID",
        "title": "Headline",
        "url": "URL",
        "text": "Hit Sentence",
        "opening": "Opening Text",
        "source": "Source",
        "author_name": "Influencer",
        "lang": "Language",
        "reach": "Reach",
        "followers": "Twitter Followers",
        "likes": "Likes",
        "replies": "Replies",
        "created_at": "Date",
        "clock": "Time",
        "other_day": "Alternate Date Format",
    },
    "Talkwalker": {
        "url": "url",
        "created_at": "published",
        "title": "title",
        "text": "content",
        "lang": "lang",
        "source": "source_type",
        "reach": "reach",
        "author_name": "extra_author_attributes.name",
    },
    "Brandwatch": {
        "created_at": "Date",
        "title": "Title",
        "text": "Full Text",
        "url": "Url",
        "author_name": "Author",
        "lang": "Language",
        "source": "Page Type",
    },
}
"""Field → heading of the exports of monitoring services (feeds design, section 3), known by their headings.

`clock` and `other_day` help where `created_at` is a day only, `opening` where there is no `text`.
"""


class Row(NamedTuple):
    """A row of a table below its headings: the line in which it begins, the place of each field, the cells, and the row
    as it is shown."""

    number: int
    columns: Mapping[str, int]
    cells: list[str]
    shown: str


class Unreadable(NamedTuple):
    """A line that is no row: its number, why, and its beginning or what more is known of it."""

    number: int
    why: Sentence
    shown: str


class _Lines:
    """The lines of a text, one by one. Of one that is too long nothing is handed on; `too_long` says which it was. The
    last line of a text that is `growing` is left alone until its end is written."""

    def __init__(self, text: io.TextIOBase, *, growing: bool) -> None:
        self._text, self._growing = text, growing
        self._number = 0
        self.too_long: deque[Unreadable] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        ended = line.endswith(ENDS)
        if not line or (self._growing and not ended and len(line) < LONGEST_LINE):
            raise StopIteration
        self._number += 1
        if ended or len(line) < LONGEST_LINE:
            return line
        while (rest := self._text.readline(LONGEST_LINE)) and not rest.endswith(ENDS):
            pass
        self.too_long.append(Unreadable(self._number, say("too long"), line[:SAMPLE]))
        return ""


Placed = Callable[[Sequence[str], Mapping[str, str]], Mapping[str, int] | None]
"""Takes a row for the headings, as `headings` does."""


def read_table(text: io.TextIOBase, how: Reading, *, growing: bool = False) -> Iterator[Batch]:
    """The mentions of a table, as many at a time as are one batch. Of a `growing` one, as far as it is written."""
    mentions: list[Mention] = []
    bad: list[Bad] = []
    bad_count = 0
    for row in rows_of(text, how.columns, growing=growing):
        found = _mention(row, how)
        if isinstance(found, Mention):
            mentions.append(found)
        else:
            bad_count += 1
            if len(bad) < SAMPLES:
                bad.append(found)
        if len(mentions) >= ROWS:
            yield Batch(mentions=mentions, bad=bad, bad_count=bad_count)
            mentions, bad, bad_count = [], [], 0
    if mentions or bad_count:
        yield Batch(mentions=mentions, bad=bad, bad_count=bad_count)


def _mention(row: Row | Unreadable, how: Reading) -> Mention | Bad:
    """The mention of a row, or what is told of a row that is none."""
    if isinstance(row, Unreadable):
        return Bad(row.shown, row.number, row.why)
    own = {field: row.cells[at] for field, at in row.columns.items() if at < len(row.cells) and row.cells[at].strip()}
    try:
        return build_mention(joined(own), how, how.clock())
    except ValueError:
        return Bad(row.shown[:SAMPLE], row.number, say("no text"))


def rows_of(
    text: io.TextIOBase, wanted: Mapping[str, str], *, placed: Placed | None = None, growing: bool = False
) -> Iterator[Row | Unreadable]:
    """The rows of a table whose headings are mapped. Report lines before the headings and empty rows are passed over.

    `placed` says what the headings are, where that is more than the fields of a mention. The last line of a table that
    is `growing` is left alone until its end is written. Raises `FeedRejected` where nothing can be the headings.
    """
    csv.field_size_limit(LONGEST_LINE)
    lines = _Lines(text, growing=growing)
    start = list(itertools.islice(lines, LOOKED_AT))
    if not any(line.strip() for line in start):
        return
    delimiter = delimiter_of(start, wanted)
    rows = csv.reader(itertools.chain(start, lines), delimiter=delimiter)
    columns: Mapping[str, int] | None = None
    passed: list[list[str]] = []
    while columns is not None or len(passed) < LOOKED_AT:
        number = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield Unreadable(number, say("no row of a table"), str(error)[:SAMPLE])
            continue
        while lines.too_long and lines.too_long[0].number <= rows.line_num:
            yield lines.too_long.popleft()
        if columns is None:
            columns = (placed or headings)(row, wanted)
            passed.append(row)
        elif any(cell.strip() for cell in row):
            yield Row(number, columns, row, delimiter.join(row))
    if columns is None:
        raise FeedRejected(no_headings(passed, wanted))


def joined(own: dict[str, str]) -> dict[str, str]:
    """The cells of a row with those that help put where they help: a day and a clock are one time."""
    clock, other, opening = own.pop("clock", ""), own.pop("other_day", ""), own.pop("opening", "")
    day = own.get("created_at", "")
    if other and time_of(day, UTC) is None:
        day = other
    own["created_at"] = f"{day} {clock}" if day and clock and ":" not in day else day
    if opening and "text" not in own:
        own["text"] = opening
    return own


def no_headings(rows: Sequence[Sequence[str]], wanted: Mapping[str, str]) -> Sentence:
    """Why no row could be taken for the headings: a name that was given is in none, or no column holds the text."""
    fullest = [cell.strip() for cell in max(rows, key=len, default=[])]
    known = {cell.casefold() for cell in fullest}
    missing = next((name for name in wanted.values() if name.casefold() not in known), None)
    if missing is None:
        return say("No column holds the text. Name it: --column text='Full Text' (or columns: in config.yaml).")
    listed = ", ".join(cell for cell in fullest if cell)[:SAMPLE]
    return say("No column is called “{name}”. There are: {known}.", name=missing, known=listed)


def headings(row: Sequence[str], wanted: Mapping[str, str]) -> dict[str, int] | None:
    """Field → place, by a known export or our own names, and by the mapping that was given, which goes before them.
    None: these are no headings."""
    lowered = [cell.strip().lstrip("\ufeff").casefold() for cell in row]

    def placed(mapping: Mapping[str, str]) -> dict[str, int]:
        return {
            field: lowered.index(heading.casefold())
            for field, heading in mapping.items()
            if heading.casefold() in lowered
        }

    given = placed(wanted)
    if len(given) < len(wanted):
        return None
    best = max((placed(preset) for preset in PRESETS.values()), key=len)
    own = placed({field: field for field in FIELDS})
    taken = set(given.values())
    found = own if len(own) >= len(best) else best
    chosen = {field: place for field, place in found.items() if place not in taken} | given
    return chosen if "text" in chosen or ("title" in chosen and (wanted or len(chosen) >= 2)) else None


def unknown_field(columns: Iterable[str]) -> Sentence | None:
    """What is wrong with a mapping field → heading: it names a field that no mention has."""
    known = sorted(FIELDS - {"feed", "raw", "received_at"})
    wrong = next((field for field in columns if field not in known), None)
    if wrong is None:
        return None
    return say("A mention has no field “{field}”. There are: {known}.", field=wrong, known=", ".join(known))


def delimiter_of(lines: Sequence[str], wanted: Mapping[str, str]) -> str:
    """The sign that parts the cells: the one by which most headings are found, else the one that is most often there
    in the fullest of the first lines. Commas are many in a text whose cells are parted by semicolons."""

    def found(sign: str) -> tuple[int, int]:
        most = 0
        try:
            for row in csv.reader(lines, delimiter=sign):
                most = max(most, len(headings(row, wanted) or ()))
        except csv.Error:
            pass
        return most, max((line.count(sign) for line in lines), default=0)

    return max("\t;,|", key=found)
