"""Sorting: what is known of a mention beyond its segment: the copies of it, its topics, where its author stands. How
soon it is to be read follows from that (`weighing`).

What is found stays in memory only: the next opening looks at the mentions again (`services/following`). Each console
has one of its own, and so has a replay.
"""

from collections import OrderedDict, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from warroom.domain.board import Board
from warroom.domain.mention import Kept, Mention, Reading, Segment
from warroom.domain.triage.alarm import GATE_MINUTES
from warroom.domain.triage.authors import LATELY, Authors
from warroom.domain.triage.clusters import Clusters
from warroom.domain.triage.labels import Given, Labels
from warroom.domain.triage.narratives import Stories
from warroom.domain.triage.priority import Weights
from warroom.domain.triage.topics import Said, Topic
from warroom.domain.triage.triage import Triage
from warroom.services.breath import Keys
from warroom.services.labelled import Labelled
from warroom.services.narrating import Narrating
from warroom.services.topics import load_topics
from warroom.services.weights import load_weights

MOST = 50_000
"""Mentions that are known; then the oldest go."""
MOST_DANGERS = 1_000
"""Mentions of a danger that wait until somebody asks for them; in a recording nobody does."""
MOST_COPIES = 2_000
"""Newest copies of a text whose authors are counted."""
RECENT = timedelta(minutes=GATE_MINUTES)
READINGS = 2_000
"""Readings that are remembered for rows that are painted again."""


class Found(NamedTuple):
    """What is known of one mention. `group` is the key of the first of its copies; `author` the name by which authors
    are counted ("" where nobody is named); `people` its reach when it was looked at, -1 where that is not known."""

    key: str
    group: str
    topics: tuple[Said, ...]
    author: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an organisation says of mentions. `accounts` are its own handles, without the @: who names one speaks to it.
    `known` are handles whose mentions weigh more; `weights` what each part of a priority is worth."""

    accounts: Collection[str] = ()
    known: Collection[str] = ()
    weights: Weights = field(default_factory=load_weights)


class Sorting:
    """What is known of the mentions up to row `upto`."""

    def __init__(self, triage: Triage, rules: Rules | None = None) -> None:
        self.triage = triage
        self.rules = rules or Rules()
        self.keys = Keys()
        """What goes before the looking, and before all other work beside the screen."""
        self.upto = 0
        self.since = 1
        """The oldest row that was looked at; 1 where all were."""
        self.clusters = Clusters()
        self.authors = Authors()
        self._found: OrderedDict[int, Found] = OrderedDict()
        self._rows: dict[str, list[int]] = {}
        """By group, the rows of its members, ascending."""
        self._by_key: dict[str, int] = {}
        self._by_author: dict[str, list[int]] = {}
        self._segments: dict[int, Segment] = {}
        """By row, the segment that counts for its author."""
        self._readings: dict[int, tuple[object, Reading]] = {}
        self._labelled = Labelled(self._group_named)
        self._pins: dict[str, Segment] = {}
        self._dangers: deque[tuple[datetime, str]] = deque(maxlen=MOST_DANGERS)
        self.narrating = Narrating()

    def fresh(self, triage: Triage) -> "Sorting":
        """One by the same rules that knows nothing yet."""
        other = Sorting(triage, self.rules)
        other.keys = self.keys  # there is one keyboard
        return other

    @property
    def stories(self) -> Stories:
        """The stories that rise, and groups of copies that no other group joins; worked out anew once a minute."""
        return self.narrating.stories

    # --- looking ----------------------------------------------------------------------------------------

    def begin(self, first: int) -> None:
        """Where nothing is known yet, it begins with this row."""
        if not self._found:
            self.since = first

    def look(self, kepts: Sequence[Kept]) -> None:
        """Look at mentions, the next ones in the order of their rows."""
        for kept in kepts:
            if kept.row <= self.upto:
                continue
            self.upto = kept.row
            mention = kept.mention
            found = self._found[kept.row] = self._find(mention)
            group, author = found.group, found.author
            if any(said.topic in self.rules.weights.gates and said.topic is not Topic.PRESS for said in found.topics):
                self._dangers.append((mention.at, author or found.key))
            self._rows.setdefault(group, []).append(kept.row)
            self.narrating.tell(group, mention)
            self._by_key[found.key] = kept.row
            self._labelled.know(found.key, group)
            if author:
                self._by_author.setdefault(author, []).append(kept.row)
            if kept.segment is not None:
                self._segments[kept.row] = kept.segment
                if author:
                    self.authors.wrote(author, kept.segment)
            if len(self._found) > MOST:
                self._forget()

    def _find(self, mention: Mention) -> Found:
        """What a mention is beyond its segment; from now on it is one of its copies."""
        key = mention.key
        group = self.clusters.add(key, mention.words, int(mention.at.timestamp() // 60))
        people = -1 if mention.people is None else mention.people
        return Found(key, group, load_topics().of(mention.words), author_of(mention), people)

    def look_back(self, kepts: Sequence[Kept]) -> None:
        """Look at mentions that came before all that are known, in the order of their rows."""
        wrote: dict[str, None] = {}
        for kept in reversed(kepts):
            if kept.row >= self.since:
                continue
            self.since = kept.row
            mention = kept.mention
            found = self._found[kept.row] = self._find(mention)
            group, author = found.group, found.author
            self._found.move_to_end(kept.row, last=False)
            self._rows.setdefault(group, []).insert(0, kept.row)
            self._by_key.setdefault(found.key, kept.row)
            self._labelled.know(found.key, group)
            if author:
                self._by_author.setdefault(author, []).insert(0, kept.row)
            if kept.segment is not None:
                self._segments[kept.row] = kept.segment
                wrote[author] = None
        for author in wrote:
            if author:
                self._stands_anew(author)

    @property
    def may_look_back(self) -> bool:
        """Whether there is something before what is known, and room for it."""
        return 1 < self.since <= self.upto and len(self._found) < MOST and not self.clusters.is_full

    def _stands_anew(self, author: str) -> None:
        rows = self._by_author.get(author, ())[-LATELY:]
        self.authors.wrote_anew(author, [self._segments[row] for row in rows if row in self._segments])

    def _forget(self) -> None:
        row, found = self._found.popitem(last=False)
        rows = self._rows[found.group]
        rows.remove(row)
        if not rows:
            del self._rows[found.group]
        self._by_key.pop(found.key, None)
        self._labelled.forget(found.key)
        self._segments.pop(row, None)
        if (of_author := self._by_author.get(found.author)) is not None:
            of_author.remove(row)
            if not of_author:
                del self._by_author[found.author]

    def move(self, readings: Iterable[tuple[int, Reading]]) -> None:
        """Mentions that are known are in other segments now: where their authors stand follows from all that is known
        of theirs."""
        moved: dict[str, None] = {}
        for row, reading in readings:
            found = self._found.get(row)
            if found is None or self._segments.get(row) is reading.segment:
                continue
            self._segments[row] = reading.segment
            if found.author:
                moved[found.author] = None
        for author in moved:
            self._stands_anew(author)

    def start_again(self) -> None:
        """Forget everything: a replay went back."""
        self.upto, self.since = 0, 1
        self.clusters, self.authors = Clusters(), Authors()
        self._found.clear()
        self._rows.clear()
        self._readings.clear()
        self._by_key.clear()
        self._by_author.clear()
        self._segments.clear()
        self._labelled = Labelled(self._group_named)
        self._pins = {}
        self._dangers.clear()
        self.narrating = Narrating()

    def dangers(self, now: datetime) -> Sequence[str]:
        """The authors of mentions of a gate topic, but for the press: found since this was asked last, and not old; one
        for each mention."""
        told = [author for at, author in self._dangers if now - at < RECENT]
        self._dangers.clear()
        return told

    # --- what is known ----------------------------------------------------------------------------------

    def found(self, row: int) -> Found | None:
        """What is known of a mention; None where nobody has looked yet, or not any more."""
        return self._found.get(row)

    def group(self, row: int) -> str | None:
        """The key of the first of a mention's copies; None where nobody has looked yet."""
        found = self._found.get(row)
        return found.group if found is not None else None

    def copies(self, row: int) -> Sequence[int]:
        """The rows of a mention's group, itself among them, ascending."""
        found = self._found.get(row)
        return self._rows[found.group] if found is not None else (row,)

    def family(self, key: str) -> Sequence[int]:
        """The rows of the copies of a mention, itself among them; none where it is not known."""
        row = self._by_key.get(key)
        return self.copies(row) if row is not None else ()

    def _group_named(self, key: str) -> str | None:
        """The group of a mention by its name; None where it is not known."""
        row = self._by_key.get(key)
        return self._found[row].group if row is not None else None

    def hear(self, labels: Labels) -> None:
        """What operators said."""
        if not self._labelled.hear(labels):
            return
        pins = labels.pins()
        for author in self._pins.keys() - pins.keys():
            self.authors.unpin(author)
        for author, segment in pins.items():
            if self._pins.get(author) is not segment:
                self.authors.pin(author, segment)
        self._pins = pins

    def given(self, kept: Kept, board: Board) -> Given | None:
        """The label that counts of a mention: the last one that was given to it or to a copy by a key."""
        self.hear(board.labels)
        return self._labelled.of(self.group(kept.row) or kept.mention.key)

    def said(self, kept: Kept, board: Board) -> Segment | None:
        """What was said last by a key of a mention or of one of its copies; None where nobody said anything."""
        given = self.given(kept, board)
        return given.segment if given is not None else None

    def said_of(self, key: str, board: Board) -> Segment | None:
        """The same of a mention by its name, whether it is known here or not."""
        self.hear(board.labels)
        given = self._labelled.of(self._group_named(key) or key)
        return given.segment if given is not None else None

    def segment(self, kept: Kept, board: Board) -> Segment | None:
        """Where a mention is: by the operator's word, else as it was read."""
        return self.said(kept, board) or kept.segment

    def rows_of(self, group: str) -> Sequence[int]:
        """The rows of a group, ascending; none where it is not known."""
        return self._rows.get(group, ())

    def people_of(self, group: str) -> int:
        """How many authors wrote the newest copies of a group."""
        rows = self._rows.get(group, ())[-MOST_COPIES:]
        return len({found.author for row in rows if (found := self._found.get(row)) is not None and found.author})

    def topics(self, row: int) -> tuple[Said, ...]:
        """What a mention is about where that decides how soon it is read."""
        found = self._found.get(row)
        return found.topics if found is not None else ()

    def reading(self, kept: Kept) -> Reading:
        """How a mention's text is read now, with the words that decided."""
        by = (self.triage.taught_by, kept.mention.edited_at)
        known = self._readings.get(kept.row)
        if known is not None and known[0] == by:
            return known[1]
        if len(self._readings) >= READINGS:
            self._readings.clear()
        reading = self.triage.read(kept.mention.words, kept.mention.people)
        self._readings[kept.row] = by, reading
        return reading


def author_of(mention: Mention) -> str:
    """The name by which an author is counted: the network, and what it calls them."""
    who = mention.author_handle or mention.author_id or mention.author_name or ""
    return f"{mention.source}|{who}" if who else ""
