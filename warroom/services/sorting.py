"""Sorting: what is known of a mention beyond its segment: the copies of it, its topics, where its author stands.

It looks at the newest mentions of a store in the order of their rows, a few at a time between the looks of the screen,
and keeps what it finds in memory only: the next opening looks at them again. Each console has one of its own, and so
has a replay.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from time import perf_counter
from typing import NamedTuple, Protocol

from warroom.domain.board import Board
from warroom.domain.mention import Kept, Mention, Reading
from warroom.domain.triage.authors import Authors
from warroom.domain.triage.clusters import Clusters
from warroom.domain.triage.priority import Priority, Signals, priority
from warroom.domain.triage.topics import Said
from warroom.domain.triage.triage import Triage
from warroom.services.topics import load_topics, load_weights
from warroom.store.errors import StoreError

MOST = 50_000
"""Mentions that are known; then the oldest go."""
BEGINS = 10_000
"""Newest mentions that are looked at when a room is opened."""
SLICE, REST = 0.004, 0.016
"""Seconds of looking, and seconds for everything else in between: no key waits, and a flood takes a fifth of a core."""
PAGE = 64
QUIET = 0.25
"""Seconds until it is asked again whether something came in."""
ANSWERED = ("reply", "close")
COMPARED = 60
"""Newest copies of a mention that are asked whether one of them was answered."""
READINGS = 2_000
"""Readings that are remembered for rows that are painted again."""


class Rows(Protocol):
    """Where mentions are read from, by row."""

    def page(self, first: int, last: int) -> Sequence[Kept]: ...


class Found(NamedTuple):
    """What is known of one mention. `group` is the key of the first of its copies; `author` the name by which authors
    are counted ("" where nobody is named)."""

    key: str
    group: str
    topics: tuple[Said, ...]
    author: str


class Sorting:
    """What is known of the mentions up to row `upto`."""

    def __init__(self, triage: Triage, *, accounts: Collection[str] = ()) -> None:
        """`accounts` are our own handles, without the @: who names one speaks to us."""
        self.triage = triage
        self.upto = 0
        self.clusters = Clusters()
        self.authors = Authors()
        self._accounts = tuple(f"@{account.removeprefix('@').casefold()}" for account in accounts)
        self._found: OrderedDict[int, Found] = OrderedDict()
        self._rows: dict[str, list[int]] = {}
        """By group, the rows of its members, ascending."""
        self._readings: dict[int, tuple[object, Reading]] = {}

    # --- looking ----------------------------------------------------------------------------------------

    def look(self, kepts: Sequence[Kept]) -> None:
        """Look at mentions, the next ones in the order of their rows."""
        for kept in kepts:
            if kept.row <= self.upto:
                continue
            self.upto = kept.row
            mention = kept.mention
            group = self.clusters.add(mention.key, mention.words, int(mention.at.timestamp() // 60))
            author = author_of(mention)
            self._found[kept.row] = Found(mention.key, group, load_topics().of(mention.words), author)
            self._rows.setdefault(group, []).append(kept.row)
            if author and kept.segment is not None:
                self.authors.wrote(author, kept.segment)
            if len(self._found) > MOST:
                self._forget()

    def _forget(self) -> None:
        row, found = self._found.popitem(last=False)
        rows = self._rows[found.group]
        rows.remove(row)
        if not rows:
            del self._rows[found.group]

    def start_again(self) -> None:
        """Forget everything: a replay went back."""
        self.upto = 0
        self.clusters, self.authors = Clusters(), Authors()
        self._found.clear()
        self._rows.clear()
        self._readings.clear()

    async def follow(self, rows: Rows, last: Callable[[], int], told: Callable[[], None]) -> None:
        """Look at what comes in, until cancelled. `last` is the newest row; `told` is called when more is known."""
        while True:
            try:
                news = await self._catch_up(rows, last)
            except StoreError:
                news = False
            if news:
                told()
            await asyncio.sleep(QUIET)

    async def _catch_up(self, rows: Rows, last: Callable[[], int]) -> bool:
        """Whether there was something new."""
        before = self.upto
        if last() < before:
            self.start_again()
        while (newest := last()) > self.upto:
            begun = perf_counter()
            while perf_counter() - begun < SLICE and self.upto < newest:
                first = max(self.upto + 1, newest - BEGINS + 1)
                upto = min(first + PAGE - 1, newest)
                self.look(rows.page(first, upto))
                self.upto = max(self.upto, upto)
            await asyncio.sleep(REST)
        return self.upto != before

    # --- what is known ----------------------------------------------------------------------------------

    def group(self, row: int) -> str | None:
        """The key of the first of a mention's copies; None where nobody has looked yet."""
        found = self._found.get(row)
        return found.group if found is not None else None

    def copies(self, row: int) -> Sequence[int]:
        """The rows of a mention's group, itself among them, ascending."""
        found = self._found.get(row)
        return self._rows[found.group] if found is not None else (row,)

    def topics(self, row: int) -> tuple[Said, ...]:
        """What a mention is about where that decides how soon it is read."""
        found = self._found.get(row)
        return found.topics if found is not None else ()

    def reading(self, kept: Kept) -> Reading:
        """How a mention's text is read now, with the words that decided."""
        learnt = self.triage.learner if self.triage.learning else None
        known = self._readings.get(kept.row)
        if known is not None and known[0] is learnt and known[1].segment is kept.segment:
            return known[1]
        if len(self._readings) >= READINGS:
            self._readings.clear()
        reading = self.triage.read(kept.mention.words, kept.mention.people)
        self._readings[kept.row] = learnt, reading
        return reading

    def signals(self, kept: Kept, board: Board, now: datetime) -> Signals:
        """What is weighed of a mention."""
        mention, mark = kept.mention, board.desk.mark(kept.mention.key)
        reading = self.reading(kept)
        group = self.group(kept.row) or mention.key
        minute = int(now.timestamp() // 60)
        return Signals(
            segment=mark.said or kept.segment or reading.segment,
            question=kept.question or reading.question,
            topics=self.topics(kept.row),
            followers=mention.people,
            known=mention.kind == "article",
            reposts=mention.reposts,
            quotes=mention.quotes,
            copies=max(0, self.clusters.recent(group, minute) - 1),
            alarm=board.spike is not None and board.spike.level == "red",
            addressed=self._speaks_to_us(mention),
            waiting=max(0.0, (now - mention.at).total_seconds() / 60) if mark.state == "new" else 0.0,
            answered=self._answered(kept, board),
        )

    def _speaks_to_us(self, mention: Mention) -> bool:
        text = mention.words.casefold() if self._accounts else ""
        return any(account in text for account in self._accounts)

    def _answered(self, kept: Kept, board: Board) -> bool:
        """Whether it or a copy of it was answered."""
        if board.desk.mark(kept.mention.key).state in ANSWERED:
            return True
        others = (self._found[row].key for row in self.copies(kept.row)[-COMPARED:] if row in self._found)
        return any(board.desk.mark(key).state in ANSWERED for key in others)

    def priority(self, kept: Kept, board: Board, now: datetime) -> Priority:
        """How soon a mention is to be read, with every part of it."""
        return priority(self.signals(kept, board, now), load_weights())


def author_of(mention: Mention) -> str:
    """The name by which an author is counted: the network, and what it calls them."""
    who = mention.author_handle or mention.author_id or mention.author_name or ""
    return f"{mention.source}|{who}" if who else ""
