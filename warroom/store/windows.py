"""Reading mentions: pages by row, filters and search newest first, counts for a replay.

A reader has a connection of its own that can only read, so it never waits for the intake. Nothing here skips
(OFFSET), counts all or sorts: a page is a range of rows, a filter walks down from the newest.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
from msgspec import Struct

from warroom.domain.desk import Mark
from warroom.domain.events import Act, Outcome
from warroom.domain.mention import Kept, Kind, Segment
from warroom.domain.sentence import Sentence

from .batch import UNREAD, MinuteCount, count_rows, find, last_row
from .errors import translated
from .lease import Holder, is_fresh, is_held
from .names import this_machine
from .rows import NUMBERS, SELECT, from_row, segment
from .schema import MENTIONS, connect_read_only
from .times import micros, moment


class Filter(Struct, frozen=True, kw_only=True):
    """Which mentions to show: every condition that is set must hold. An empty set asks nothing.

    `people` is the least reach in people; a mention of unknown reach is not shown then. `text` holds the words of
    a search as typed: all must occur, "words in quotes" side by side, the last word may be unfinished.
    `states`, `outcomes` (of the reply guide), `owner` and `pinned` are about what the team did, which this store does
    not know: whoever asks brings the marks.
    """

    segments: frozenset[Segment] = frozenset()
    sources: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    states: frozenset[Act] = frozenset()
    outcomes: frozenset[Outcome] = frozenset()
    owner: str | None = None
    people: int | None = None
    lang: str | None = None
    question: bool | None = None
    pinned: bool | None = None
    text: str = ""


class MentionReader:
    """A window into the mention store. Usable from one thread at a time; `interrupt` may be called from any."""

    trouble: Sentence | None = None
    """What could not be read, where that does not end the reading (`SteadyReader`)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = connect_read_only(path, MENTIONS, shared=True)

    def __enter__(self) -> "MentionReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def interrupt(self) -> None:
        """End what is being read just now with `Interrupted`; nothing happens when nothing is, or after the close."""
        with suppress(sqlite3.ProgrammingError):
            self._db.interrupt()

    def last_row(self) -> int:
        """The row of the mention that came last; rows are dense from 1, so it is also how many there are."""
        with translated(self.path):
            return last_row(self._db)

    def version(self) -> int:
        """A number that changes when anything was written here, by whomever. Takes microseconds."""
        with translated(self.path):
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def page(self, first: int, last: int) -> list[Kept]:
        """The mentions of the rows `first` to `last`, both included, ascending."""
        with translated(self.path):
            rows = self._db.execute(SELECT + " WHERE row BETWEEN ? AND ? ORDER BY row", (first, last))
            return [from_row(row) for row in rows]

    def get(self, row: int) -> Kept | None:
        """The mention at a row."""
        found = self.page(row, row)
        return found[0] if found else None

    def upto(self, row: int) -> Kept | None:
        """The mention at a row, or the last one before it where none is there."""
        with translated(self.path):
            found = self._db.execute(SELECT + " WHERE row <= ? ORDER BY row DESC LIMIT 1", (row,)).fetchone()
        return None if found is None else from_row(found)

    def find(self, key: str) -> Kept | None:
        """The mention of this name (`Mention.key`)."""
        source, _, native_id = key.partition("|")
        with translated(self.path):
            return find(self._db, (source, native_id))

    def rows(
        self,
        where: Filter,
        before: int | None = None,
        limit: int = 128,
        *,
        after: int = 0,
        marks: Sequence[Mark] = (),
    ) -> list[int]:
        """Up to `limit` rows that the filter lets through, newest first: those after `after`, and below `before`
        where it is given. `marks` is what was done with the mentions; those without one are new.

        Raises `Interrupted` when `interrupt` was called meanwhile.
        """
        sql, values = _query(where, before, after, marks)
        with translated(self.path):
            return [row for (row,) in self._db.execute(sql, (*values, limit))]

    def by_author(self, handle: str, since: datetime, limit: int = 500) -> list[Kept]:
        """Up to `limit` mentions whose author's handle holds these words side by side, newest first, written since.

        Along the index of words: whoever asks holds the handle against each for its exact letters.
        """
        words = handle.replace('"', " ").replace("\0", " ")
        with translated(self.path):
            found = self._db.execute(
                "SELECT rowid FROM mention_text WHERE mention_text MATCH ? ORDER BY rowid DESC LIMIT ?",
                (f'{{author_handle}} : "{words}"', limit),
            )
            rows = [row for (row,) in found]
            listed = self._db.execute(
                SELECT + f" WHERE row IN {_LISTED} AND coalesce(created_at, received_at) >= ? ORDER BY row DESC",
                (msgspec.json.encode(rows).decode(), micros(since)),
            )
            return [from_row(row) for row in listed]

    def minute_counts(self, after: int, upto: int) -> list[MinuteCount]:
        """How many mentions of which segment were written when, of the rows after `after` up to `upto`."""
        with translated(self.path):
            return count_rows(self._db, after, upto)

    def minutes(self, since: datetime, until: datetime) -> list[MinuteCount]:
        """The pulse from the minute of `since` to the minute before that of `until`, oldest first."""
        with translated(self.path):
            found = self._db.execute(
                "SELECT minute, segment, n FROM pulse WHERE minute >= ? AND minute < ? AND n ORDER BY minute, segment",
                (micros(since) // 60_000_000, micros(until) // 60_000_000),
            )
            return [
                MinuteCount(minute, None if number == UNREAD else segment(number), n) for minute, number, n in found
            ]

    def counted(self, since: datetime, until: datetime) -> tuple[int, list[MinuteCount]]:
        """The row of the mention that came last, and `minutes` as they are with it and nothing after it."""
        with translated(self.path):
            self._db.execute("BEGIN")
            try:
                return last_row(self._db), self.minutes(since, until)
            finally:
                self._db.execute("ROLLBACK")

    def first_heards(self) -> dict[str, datetime]:
        """Since when each feed is heard without having been away for long."""
        with translated(self.path):
            found = self._db.execute("SELECT key, value FROM meta WHERE key GLOB 'first_heard *'")
            return {key.removeprefix("first_heard "): moment(value) for key, value in found}

    def heard_from(self, feed: str, since: datetime, after: int, upto: int) -> list[MinuteCount]:
        """How many mentions of which segment a feed brought since then, of the rows after `after` up to `upto`, by the
        minute in which they were written."""
        with translated(self.path):
            found = self._db.execute(
                "SELECT coalesce(created_at, received_at) / 60000000, segment, count(*) FROM mention NOT INDEXED"
                " WHERE feed = ? AND row > ? AND row <= ? AND received_at >= ? AND row >="
                " (SELECT min(row) FROM mention INDEXED BY mention_scan WHERE received_at >= ? AND row > ?)"
                " GROUP BY 1, 2",
                (feed, after, upto, micros(since), micros(since), after),
            )
            return [MinuteCount(minute, segment(number), n) for minute, number, n in found]

    def has_lease(self, holder: Holder, ttl: timedelta, now: datetime) -> bool:
        """Whether the lease is this holder's and need not be renewed yet."""
        with translated(self.path):
            return is_fresh(self._db, holder, ttl, now)

    def is_listened_to(self, now: datetime) -> bool:
        """Whether some process runs the feeds of this room now."""
        with translated(self.path):
            return is_held(self._db, this_machine(), now)

    def first_at(self) -> datetime | None:
        """When the oldest mention was written; None in an empty store."""
        with translated(self.path):
            found = self._db.execute("SELECT value FROM meta WHERE key = 'first_at'").fetchone()
        return None if found is None else moment(found[0])

    def received_span(self, after: int, upto: int) -> tuple[datetime, datetime] | None:
        """The first and the last time at which the rows after `after` up to `upto` came in; None without rows."""
        with translated(self.path):
            first, last = self._db.execute(
                "SELECT min(received_at), max(received_at) FROM mention INDEXED BY mention_scan"
                " WHERE row > ? AND row <= ?",
                (after, upto),
            ).fetchone()
        return None if first is None else (moment(first), moment(last))


_LISTED = "(SELECT value FROM json_each(?))"
"""The rows of a list, which is bound as JSON: any number of them, and one text of SQL."""


def _query(where: Filter, before: int | None, after: int, marks: Sequence[Mark]) -> tuple[str, list[Any]]:
    """The SELECT for a filter: newest first, along the index of words or the narrow index of rows."""
    conditions: list[str] = []
    values: list[Any] = []

    def ask(condition: str, *given: Any) -> None:
        conditions.append(condition)
        values.extend(given)

    def one_of(column: str, wanted: Iterable[Any]) -> None:
        if given := sorted(wanted):
            ask(f"{column} IN ({', '.join('?' * len(given))})", *given)

    among, without = _marked(where, marks)
    order = "row"
    table = "mention INDEXED BY mention_scan" if among is None else "mention"
    if where.text.strip():
        # CROSS JOIN keeps SQLite from turning the order around: the search leads, newest first.
        order = "mention_text.rowid"
        table = "mention_text CROSS JOIN mention ON mention.row = mention_text.rowid"
        ask("mention_text MATCH ?", search_expression(where.text))
    if before is not None:
        ask(f"{order} < ?", before)
    if after:
        ask(f"{order} > ?", after)
    if among is not None:
        ask(f"{order} IN {_LISTED}", msgspec.json.encode(among).decode())
    if without:
        ask(f"{order} NOT IN {_LISTED}", msgspec.json.encode(without).decode())
    one_of("segment", (NUMBERS[wanted] for wanted in where.segments))
    one_of("source", where.sources)
    one_of("kind", where.kinds)
    if where.lang is not None:
        ask("lang = ?", where.lang)
    if where.question is not None:
        ask("question = ?", int(where.question))
    if where.people is not None:
        ask("coalesce(reach, followers) >= ?", where.people)
    parts = ["SELECT", order, "FROM", table, *(["WHERE", " AND ".join(conditions)] if conditions else [])]
    return " ".join((*parts, "ORDER BY", order, "DESC LIMIT ?")), values


def _marked(where: Filter, marks: Sequence[Mark]) -> tuple[list[int] | None, list[int]]:
    """The only rows that can be meant, None for all of them; and the rows that are not meant."""
    among: list[list[int]] = []
    without: list[int] = []

    def only(fits: Callable[[Mark], bool], unmarked: bool) -> None:
        """`unmarked` says whether mentions that nobody touched are meant too."""
        if unmarked:
            without.extend(mark.row for mark in marks if mark.row and not fits(mark))
        else:
            among.append([mark.row for mark in marks if mark.row and fits(mark)])

    if where.states:
        only(lambda mark: mark.state in where.states, unmarked="new" in where.states)
    if where.outcomes:
        only(lambda mark: mark.outcome in where.outcomes, unmarked=False)
    if where.owner is not None:
        only(lambda mark: mark.owner == where.owner, unmarked=not where.owner)
    if where.pinned is not None:
        only(lambda mark: mark.pinned == where.pinned, unmarked=not where.pinned)
    if not among:
        return None, without
    return sorted(set(among[0]).intersection(*among[1:])), without


def search_expression(typed: str) -> str:
    """What was typed as a query of FTS5: nothing in it is syntax, except that quotes keep words together.

    The last word may be unfinished, unless its quote is closed or a blank follows it.
    """
    phrases = [(quoted or word, bool(word)) for quoted, word in re.findall(r'"([^"]*)"?|([^\s"]+)', typed)]
    terms = ['"{}"'.format(phrase.replace("\0", " ")) for phrase, _ in phrases if phrase.strip()]
    if terms and phrases[-1][1] and not typed[-1].isspace():
        terms[-1] += " *"
    return " AND ".join(terms) or '""'
