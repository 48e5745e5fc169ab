"""Tables as mentions: exports of monitoring services, known by their headings, and any other table by a mapping."""

import csv
import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import NamedTuple

from feeds.base import Bad, Batch, FeedRejected
from feeds.names import called
from feeds.rows import LONGEST_LINE, SAMPLE, Lines, Unreadable, cut_rows
from feeds.values import FIELDS, Reading, build_mention, time_of
from warroom.domain.mention import Mention
from warroom.domain.sentence import Sentence, say

ROWS = 500
"""Mentions in a batch."""
SAMPLES = 5
"""How many bad lines are shown."""
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
    lines = Lines(text, growing=growing)
    start = list(itertools.islice(lines, LOOKED_AT))
    if not any(line.strip() for line in start):
        return
    lines.back(start)
    delimiter = delimiter_of(start, wanted)
    columns: Mapping[str, int] | None = None
    passed: list[list[str]] = []
    for found in cut_rows(lines, delimiter):
        if isinstance(found, Unreadable):
            yield found
        elif columns is None:
            columns = (placed or headings)(found.cells, wanted)
            passed.append(found.cells)
            if columns is None and len(passed) == LOOKED_AT:
                break
        elif any(cell.strip() for cell in found.cells):
            yield Row(found.number, columns, found.cells, delimiter.join(found.cells))
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
    listed = ", ".join(cell for cell in fullest if cell)[:SAMPLE]
    if missing is None:
        return say(
            "No column is known to hold the text. There are: {known}. Name it: --column text='Full Text' (or columns: "
            "in config.yaml).",
            known=listed,
        )
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
    chosen = dict(given)
    for more in (own, best) if len(own) >= len(best) else (best, own):
        chosen |= {field: place for field, place in more.items() if _is_free(field, place, chosen)}
    free = [cell for place, cell in enumerate(lowered) if place not in chosen.values()]
    chosen |= {field: lowered.index(cell) for field, cell in called(free, chosen).items()}
    return chosen if "text" in chosen or ("title" in chosen and (wanted or len(chosen) >= 2)) else None


def _is_free(field: str, place: int, chosen: Mapping[str, int]) -> bool:
    return field not in chosen and place not in chosen.values()


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
