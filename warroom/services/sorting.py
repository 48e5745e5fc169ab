"""Sorting: what is known of a mention beyond its segment: the copies of it, its topics, where its author stands.

What is found stays in memory only: the next opening looks at the mentions again (`services/following`). Each console
has one of its own, and so has a replay.
"""

import re
from collections import OrderedDict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from warroom.domain.board import Board
from warroom.domain.desk import Mark
from warroom.domain.humanity import bare
from warroom.domain.mention import Kept, Mention, Reading, Segment
from warroom.domain.triage.alarm import GATE_MINUTES
from warroom.domain.triage.authors import LATELY, Authors
from warroom.domain.triage.clusters import Clusters
from warroom.domain.triage.labels import Given, Labels
from warroom.domain.triage.narratives import Stories
from warroom.domain.triage.priority import RANKS, Priority, Rank, Signals, Weights, priority
from warroom.domain.triage.topics import Said, Topic
from warroom.domain.triage.triage import Triage
from warroom.services.breath import Keys
from warroom.services.narrating import Narrating
from warroom.services.topics import load_topics
from warroom.services.weights import load_weights

MOST = 50_000
"""Mentions that are known; then the oldest go."""
MOST_DANGERS = 1_000
"""Mentions of a danger that wait until somebody asks for them; in a recording nobody does."""
ANSWERED = ("reply", "close")
MOST_COPIES = 2_000
"""Newest copies of a text whose authors are counted."""
COMPARED = 60
"""Newest copies of a mention that are asked whether one of them was answered."""
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


class Spoken(NamedTuple):
    """What was said by a key, and its place among all that was."""

    place: int
    given: Given


class Sorting:
    """What is known of the mentions up to row `upto`."""

    def __init__(
        self,
        triage: Triage,
        *,
        accounts: Collection[str] = (),
        known: Collection[str] = (),
        weights: Weights | None = None,
    ) -> None:
        """`accounts` are our own handles, without the @: who names one speaks to us. `known` are handles whose
        mentions weigh more; `weights` what each part of a priority is worth."""
        self.triage = triage
        self.keys = Keys()
        """What goes before the looking, and before all other work beside the screen."""
        self._rules = (accounts, known, weights)
        self.weights = weights or load_weights()
        self.upto = 0
        self.since = 1
        """The oldest row that was looked at; 1 where all were."""
        self.clusters = Clusters()
        self.authors = Authors()
        ours = "|".join(re.escape(account.removeprefix("@")) for account in accounts)
        self._accounts = re.compile(rf"(?<!\w)@(?:{ours})(?![\w-])", re.IGNORECASE) if ours else None
        self._known = frozenset(bare(handle) for handle in known)
        self._found: OrderedDict[int, Found] = OrderedDict()
        self._rows: dict[str, list[int]] = {}
        """By group, the rows of its members, ascending."""
        self._by_key: dict[str, int] = {}
        self._by_author: dict[str, list[int]] = {}
        self._segments: dict[int, Segment] = {}
        """By row, the segment that counts for its author."""
        self._readings: dict[int, tuple[object, Reading]] = {}
        self._said: tuple[object, dict[str, Mark]] = None, {}
        self._heard: tuple[object, int] | None = None
        self._by_name: dict[str, Spoken] = {}
        """By name of a mention or a group, what was said last of it by a key."""
        self._labelled: dict[str, Spoken] = {}
        """The same by group as it is known here; by name of what is not known."""
        self._pins: dict[str, Segment] = {}
        self._dangers: deque[tuple[datetime, str]] = deque(maxlen=MOST_DANGERS)
        self.narrating = Narrating()

    def fresh(self, triage: Triage) -> "Sorting":
        """One by the same rules that knows nothing yet."""
        accounts, known, weights = self._rules
        other = Sorting(triage, accounts=accounts, known=known, weights=weights)
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
            if any(said.topic in self.weights.gates and said.topic is not Topic.PRESS for said in found.topics):
                self._dangers.append((mention.at, author or found.key))
            self._rows.setdefault(group, []).append(kept.row)
            self.narrating.tell(group, mention)
            self._by_key[found.key] = kept.row
            self._heard_of(found)
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
            self._heard_of(found)
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
        if (spoken := self._by_name.get(found.key)) is not None:
            self._labelled[found.key] = spoken
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
        self._heard = None
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

    def hear(self, labels: Labels) -> None:
        """What operators said, by the groups as they are known here: another console may name them otherwise."""
        heard = (labels, labels.version)
        if heard == self._heard:
            return
        self._heard = heard
        self._by_name, self._labelled = {}, {}
        for place, given in enumerate(labels.spoken()):
            for name in (given.about, given.key):
                row = self._by_key.get(name)
                self._by_name[name] = said = Spoken(place, given)
                self._labelled[self._found[row].group if row is not None else name] = said
        pins = labels.pins()
        for author in self._pins.keys() - pins.keys():
            self.authors.unpin(author)
        for author, segment in pins.items():
            if self._pins.get(author) is not segment:
                self.authors.pin(author, segment)
        self._pins = pins

    def _heard_of(self, found: Found) -> None:
        """A mention is known now: what was said of it holds for its group. In a large room all that was ever said is
        too much to go through for each slice that is looked at."""
        spoken = self._by_name.get(found.key)
        if spoken is None:
            return
        if found.key != found.group:
            self._labelled.pop(found.key, None)
        said = self._labelled.get(found.group)
        if said is None or said.place < spoken.place:
            self._labelled[found.group] = spoken

    def given(self, kept: Kept, board: Board) -> Given | None:
        """The label that counts of a mention: the last one that was given to it or to a copy by a key."""
        self.hear(board.labels)
        said = self._labelled.get(self.group(kept.row) or kept.mention.key)
        return said.given if said is not None else None

    def said(self, kept: Kept, board: Board) -> Segment | None:
        """What was said last by a key of a mention or of one of its copies; None where nobody said anything."""
        given = self.given(kept, board)
        return given.segment if given is not None else None

    def said_of(self, key: str, board: Board) -> Segment | None:
        """The same of a mention by its name, whether it is known here or not."""
        self.hear(board.labels)
        said = self._labelled.get(self.group(self._by_key.get(key, 0)) or key)
        return said.given.segment if said is not None else None

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

    def signals(self, kept: Kept, board: Board, now: datetime) -> Signals:
        """What is weighed of a mention."""
        mention, mark = kept.mention, board.desk.mark(kept.mention.key)
        reading = self.reading(kept)
        group = self.group(kept.row) or mention.key
        minute = int(now.timestamp() // 60)
        return Signals(
            segment=self.segment(kept, board) or reading.segment,
            question=kept.question or reading.question,
            topics=self.topics(kept.row),
            followers=mention.people,
            known=is_known(mention, self._known),
            reposts=mention.reposts,
            quotes=mention.quotes,
            copies=max(0, self.clusters.recent(group, minute) - 1),
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
        others = (self._found[row].key for row in self.copies(kept.row)[-COMPARED:] if row in self._found)
        return any(board.desk.mark(key).state in ANSWERED for key in others)

    def priority(self, kept: Kept, board: Board, now: datetime) -> Priority:
        """How soon a mention is to be read, with every part of it."""
        return priority(self.signals(kept, board, now), self.weights)

    def ranked(self, kept: Kept, board: Board, now: datetime) -> Ranked:
        """As what a mention is read: the word of a person goes before the points, and holds for copies too."""
        weighed = self.priority(kept, board, now)
        mark = board.desk.mark(kept.mention.key)
        if mark.rank is None:
            mark = self._spoken(board).get(self.group(kept.row) or "", mark)
        return Ranked(mark.rank or weighed.rank, mark.ranked_by, weighed)

    def _spoken(self, board: Board) -> Mapping[str, Mark]:
        """By group, the newest word of a person on one of its copies."""
        ranked = board.desk.ranked
        if not ranked:
            return ranked
        stamp = (board, board.pos, self.upto, self.since)
        if self._said[0] != stamp:
            told = ((self.group(mark.row), mark) for mark in ranked.values())
            self._said = stamp, {group: mark for group, mark in told if group is not None}
        return self._said[1]


def author_of(mention: Mention) -> str:
    """The name by which an author is counted: the network, and what it calls them."""
    who = mention.author_handle or mention.author_id or mention.author_name or ""
    return f"{mention.source}|{who}" if who else ""


def is_known(mention: Mention, known: Collection[str]) -> bool:
    """Of the press, or on the organisation's own list (`known`, handles made `bare`)."""
    return mention.kind == "article" or (bool(known) and bare(mention.author_handle or "") in known)
