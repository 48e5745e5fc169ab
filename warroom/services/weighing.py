"""Weighing: how soon a mention is to be read, by what is known of it (`sorting`) and by the word of a person.

It keeps nothing of the mentions. What a part of a priority is worth is in `domain/triage/priority`.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from warroom.domain.board import Board
from warroom.domain.desk import Mark
from warroom.domain.humanity import bare
from warroom.domain.mention import Kept, Mention
from warroom.domain.triage.priority import RANKS, Priority, Rank, Signals, priority
from warroom.services.sorting import Sorting

ANSWERED = ("reply", "close")
COMPARED = 60
"""Newest copies of a mention that are asked whether one of them was answered."""


class Ranked(NamedTuple):
    """As what a mention is read: by the word of a person (`by`, of it or of a copy), else by its points."""

    rank: Rank
    by: str
    priority: Priority

    @property
    def order(self) -> tuple[int, int, int]:
        """What mentions are ordered by, the highest first. A word moves it to another rank; its points say where in
        that."""
        return -RANKS.index(self.rank), *self.priority.order


class Weighing:
    """Weighs mentions by the rules of a sorting, and by what it knows of them now."""

    def __init__(self, sorting: Sorting) -> None:
        self.sorting = sorting
        ours = "|".join(re.escape(account.removeprefix("@")) for account in sorting.rules.accounts)
        self._accounts = re.compile(rf"(?<!\w)@(?:{ours})(?![\w-])", re.IGNORECASE) if ours else None
        self._known = frozenset(bare(handle) for handle in sorting.rules.known)
        self._said: tuple[object, dict[str, Mark]] = None, {}

    def signals(self, kept: Kept, board: Board, now: datetime) -> Signals:
        """What is weighed of a mention."""
        mention, mark = kept.mention, board.desk.mark(kept.mention.key)
        reading = self.sorting.reading(kept)
        group = self.sorting.group(kept.row) or mention.key
        minute = int(now.timestamp() // 60)
        return Signals(
            segment=self.sorting.segment(kept, board) or reading.segment,
            question=kept.question or reading.question,
            topics=self.sorting.topics(kept.row),
            followers=mention.people,
            known=is_known(mention, self._known),
            reposts=mention.reposts,
            quotes=mention.quotes,
            copies=max(0, self.sorting.clusters.recent(group, minute) - 1),
            alarm=board.spike is not None and board.spike.level == "red",
            addressed=self._speaks_to_us(mention),
            waiting=max(0.0, (now - mention.at).total_seconds() / 60) if mark.state == "new" else 0.0,
            answered=self._answered(kept, board),
        )

    def _speaks_to_us(self, mention: Mention) -> bool:
        return self._accounts is not None and self._accounts.search(mention.words) is not None

    def _answered(self, kept: Kept, board: Board) -> bool:
        """Whether it or a copy of it was answered."""
        if board.desk.mark(kept.mention.key).state in ANSWERED:
            return True
        others = map(self.sorting.found, self.sorting.copies(kept.row)[-COMPARED:])
        return any(found is not None and board.desk.mark(found.key).state in ANSWERED for found in others)

    def priority(self, kept: Kept, board: Board, now: datetime) -> Priority:
        """How soon a mention is to be read, with every part of it."""
        return priority(self.signals(kept, board, now), self.sorting.rules.weights)

    def ranked(self, kept: Kept, board: Board, now: datetime) -> Ranked:
        """As what a mention is read: the word of a person goes before the points, and holds for copies too."""
        weighed = self.priority(kept, board, now)
        mark = board.desk.mark(kept.mention.key)
        if mark.rank is None:
            mark = self._spoken(board).get(self.sorting.group(kept.row) or "", mark)
        return Ranked(mark.rank or weighed.rank, mark.ranked_by, weighed)

    def _spoken(self, board: Board) -> Mapping[str, Mark]:
        """By group, the newest word of a person on one of its copies."""
        ranked = board.desk.ranked
        if not ranked:
            return ranked
        stamp = (board, board.pos, self.sorting.upto, self.sorting.since)
        if self._said[0] != stamp:
            told = ((self.sorting.group(mark.row), mark) for mark in ranked.values())
            self._said = stamp, {group: mark for group, mark in told if group is not None}
        return self._said[1]


def is_known(mention: Mention, known: Collection[str]) -> bool:
    """Of the press, or on the organisation's own list (`known`, handles made `bare`)."""
    return mention.kind == "article" or (bool(known) and bare(mention.author_handle or "") in known)
