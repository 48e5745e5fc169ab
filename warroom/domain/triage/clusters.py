"""Groups of near-copies: the same complaint again, with a word changed, cut short, or passed on (triage design, 5).

Whom to compare a text with is found by its sketch; whether it is a copy is decided on all its shingles. A group is
named by its first mention. Memory is bounded: at most 50,000 texts are kept to compare with, and of one group only a
few, so that a flood of copies pushes nothing else out.
"""

from array import array
from collections import Counter, OrderedDict
from itertools import chain
from typing import NamedTuple

from .shingles import SKETCH, cleaned, likeness, shingles, sketch

MOST_KEPT = 50_000
"""Texts that are compared with, and groups; then those go that have not grown for the longest time."""
MOST_SHINGLES = 8_000_000
"""Shingles of all of them together, four bytes each: long texts take the room of several short ones."""
FULL = 0.95
"""Share of either from which on hardly anything can be added."""
MOST_OF_ONE = 60
"""Texts of one group that are compared with: its first and its newest."""
BUCKETS = 1 << 18
"""Places of the index; shingles share them, which costs a chance candidate now and then and half the memory."""
NAMED = 60
"""Newest texts that a place of the index names at least."""
CANDIDATES = 8
COMMON = 3
"""Shingles of a full sketch that a candidate shares at least."""
VELOCITY = 15
"""Minutes over which the copies of a group are counted for its speed."""
MOST_MINUTES = 600
"""Counts of members a group keeps at most, however the minutes come mixed."""
MOST_NAMED = 50_000
"""Mentions whose group is remembered, so that one that comes again is no new copy."""


class Text(NamedTuple):
    """A text that is compared with: its shingles in a row of four bytes each, its group, and what it is the same by."""

    shingles: "array[int]"
    group: str
    same: int


class Group:
    """Near-copies under the name of the first."""

    __slots__ = ("counted", "last", "texts")

    def __init__(self) -> None:
        self.last = 0
        """The newest minute in which a member came."""
        self.texts: list[int] = []
        """Numbers of the texts that are compared with."""
        self.counted: list[tuple[int, int]] = []
        """Minutes, and how many members came in each; only the last of them are kept."""


class Clusters:
    """Every group that is remembered. Minutes are whole minutes since the epoch; they may come out of order."""

    def __init__(self) -> None:
        self._groups: OrderedDict[str, Group] = OrderedDict()
        """The one that grew last at the end."""
        self._texts: dict[int, Text] = {}
        self._same: dict[int, int] = {}
        """By the hash of a cleaned text, the number of the one that is kept: most copies are copies to the letter."""
        self._buckets: dict[int, list[int]] = {}
        self._named: OrderedDict[str, str] = OrderedDict()
        self._number = 0
        self._held = 0
        """Shingles of all texts that are kept."""

    def add(self, id: str, text: str, minute: int = 0) -> str:
        """The group of a text, which is `id` itself where it is like no other. The same `id` keeps its group."""
        known = self._named.get(id)
        if known is not None:
            return known
        clean = cleaned(text)
        kept = self._texts.get(self._same.get(hash(clean), 0))
        name = self._new(id, clean) if kept is None else kept.group
        _count(self._groups[name], minute)
        self._groups.move_to_end(name)
        self._name(id, name)
        self._make_room()
        return name

    def _new(self, id: str, clean: str) -> str:
        """The group of a text that none is the same as; from now on it is compared with."""
        found = shingles(clean)
        smallest = sketch(found)
        name = self._like(found, smallest) or id
        group = self._groups.setdefault(name, Group())
        if found:
            self._keep(Text(array("I", list(found)), name, hash(clean)), group, smallest)
        return name

    def recent(self, name: str, minute: int) -> int:
        """Members that came in the quarter of an hour that ends with a minute; 0 where the group is not remembered."""
        group = self._groups.get(name)
        if group is None:
            return 0
        return sum(n for at, n in group.counted if minute - VELOCITY < at <= minute)

    def __len__(self) -> int:
        """Texts that are kept to compare with."""
        return len(self._texts)

    @property
    def is_full(self) -> bool:
        """Whether hardly anything can be added without another one being let go."""
        return len(self._texts) >= FULL * MOST_KEPT or self._held >= FULL * MOST_SHINGLES

    def _like(self, found: frozenset[int], smallest: list[int]) -> str | None:
        """The group of the kept text that is most like this one, if any is a copy."""
        buckets = self._buckets
        named = Counter(chain.from_iterable([buckets.get(shingle % BUCKETS, ()) for shingle in smallest]))
        least = COMMON if len(smallest) == SKETCH else 1
        candidates = [number for number, times in named.items() if times >= least]
        # Of those that share as many shingles the newest first: whoever copies has seen it lately.
        candidates.sort(reverse=True)
        candidates.sort(key=named.__getitem__, reverse=True)
        best, group, compared = 0.0, None, 0
        for number in candidates:
            kept = self._texts.get(number)
            if kept is None:
                continue
            if (like := likeness(found, kept.shingles)) > best:
                best, group = like, kept.group
            compared += 1
            if compared == CANDIDATES:
                break
        return group

    def _keep(self, text: Text, group: Group, smallest: list[int]) -> None:
        self._number += 1
        self._texts[self._number] = text
        self._same[text.same] = self._number
        self._held += len(text.shingles)
        group.texts.append(self._number)
        if len(group.texts) > MOST_OF_ONE:
            self._drop(group.texts.pop(1))
        for shingle in smallest:
            place = shingle % BUCKETS
            bucket = self._buckets.setdefault(place, [])
            bucket.append(self._number)
            if len(bucket) > NAMED * 2:
                bucket[:] = [number for number in bucket if number in self._texts][-NAMED:]

    def _name(self, id: str, name: str) -> None:
        self._named[id] = name
        if len(self._named) > MOST_NAMED:
            self._named.popitem(last=False)

    def _make_room(self) -> None:
        """Let the group go that has not grown for the longest time, while there are too many."""
        while len(self._texts) > MOST_KEPT or len(self._groups) > MOST_KEPT or self._held > MOST_SHINGLES:
            _, gone = self._groups.popitem(last=False)
            for number in gone.texts:
                self._drop(number)

    def _drop(self, number: int) -> None:
        gone = self._texts.pop(number)
        self._held -= len(gone.shingles)
        if self._same[gone.same] == number:
            del self._same[gone.same]


def _count(group: Group, minute: int) -> None:
    group.last = max(group.last, minute)
    if group.counted and group.counted[-1][0] == minute:
        group.counted[-1] = minute, group.counted[-1][1] + 1
        return
    group.counted.append((minute, 1))
    if len(group.counted) > 2 * VELOCITY:
        group.counted = [(at, n) for at, n in group.counted if at > group.last - VELOCITY][-MOST_MINUTES:]
