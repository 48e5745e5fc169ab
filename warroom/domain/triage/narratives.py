"""Narratives: groups of copies that tell the same story, because they share what is rising (triage design, section 5).

What is counted is what people say alike: a hashtag, an address, two words in a row. What rises in the last half hour,
against the hours before, joins the groups that share it. The operator knows better: what was merged stays together and
what was split off stays apart, whatever rises.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from math import log
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec import Struct

from .label import LONGEST
from .tokens import STOPS, is_address, tokens
from .words import normal

RISING = 30
"""Minutes in which a term rises."""
BEFORE = 6 * 60
"""Minutes before them that say what is usual."""
LEAST_GROUPS, LEAST_MENTIONS = 2, 3
"""Groups and mentions that share a term before it joins anything."""
FACTOR = 3.0
"""How many times its usual share of all mentions a term must have."""
TOO_COMMON = 0.4
"""A term in more of the groups than this (the brand's name in a crisis) parts nothing from anything…"""
COMMON_FROM = 10
"""…where there are so many groups."""
TERMS = 3
MOST_ALONE = 20
"""Groups that no other one joins and that are told of at most."""


class Told(NamedTuple):
    """A mention as a narrative sees it: its group of copies, when it was written, and its terms, each once."""

    group: str
    minute: int
    terms: Sequence[str]


class Narrative(NamedTuple):
    """`id` is the group that came first, `name` the top terms, `mentions` those of the last half hour."""

    id: str
    name: tuple[str, ...]
    groups: tuple[str, ...]
    mentions: int


class Grouping(Struct, frozen=True):
    """What the operator decided: pairs of groups that belong together, groups that stand alone. Events carry it."""

    together: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[str] = frozenset()


def merge(grouping: Grouping, one: str, other: str) -> Grouping:
    """Put two narratives together, each named by any of its groups."""
    pair = (min(one, other), max(one, other))
    return Grouping(grouping.together | {pair}, grouping.apart - {one, other})


def split(grouping: Grouping, group: str) -> Grouping:
    """Take a group out of its narrative."""
    return Grouping(frozenset(pair for pair in grouping.together if group not in pair), grouping.apart | {group})


def terms(text: str, empty: Set[str]) -> tuple[str, ...]:
    """Hashtags, addresses without their query, and pairs of words none of which is in `empty` (in normal form): each
    once. A tuple, because twenty thousand of them are kept, and a set takes six times the room."""
    found: set[str] = set()
    before = ""
    for token in tokens(text[:LONGEST]):
        if is_address(token):
            found.add(_address(token))
            before = ""
        elif token[0] == "#":
            found.add(f"#{normal(token)}")
            before = ""
        elif token[0].isalnum():
            word = normal(token)
            if word in empty:
                before = ""
                continue
            if before:
                found.add(f"{before} {word}")
            before = word
        elif token in STOPS or token[0] in "!?¡¿@":
            before = ""
    return tuple(found - {""})


def _address(token: str) -> str:
    try:
        parts = urlsplit(token if "://" in token else f"//{token}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return f"{host}{parts.path.rstrip('/.,;:)')}"


class Stories(NamedTuple):
    """Narratives of two groups or more, and groups that stand alone but can be put with others: those that rise by
    copies only, and those that the operator took out of a narrative. Each the largest first."""

    narratives: tuple[Narrative, ...]
    alone: tuple[Narrative, ...]


def stories(told: Sequence[Told], minute: int, grouping: Grouping = Grouping()) -> Stories:  # noqa: B008
    """What is told now. `told` are the mentions of the last hours in the order of their arrival."""
    recent = [one for one in told if minute - RISING < one.minute <= minute]
    earlier = [one for one in told if minute - RISING - BEFORE < one.minute <= minute - RISING]
    rising = rising_terms(recent, earlier)
    parents: dict[str, str] = {}
    for one in recent:
        parents.setdefault(one.group, one.group)
    groups_of = _sharing([one for one in recent if one.group not in grouping.apart], rising)
    # Each group goes with the term that most groups share. Joining all that share anything chains stories together
    # that have nothing in common, and in a crisis leaves one.
    placed: set[str] = set()
    for term in sorted(groups_of, key=lambda term: (-len(groups_of[term]), -rising[term], term)):
        sharing = [group for group in groups_of[term] if group not in placed]
        if len(sharing) >= LEAST_GROUPS:
            placed.update(sharing)
            for other in sharing[1:]:
                _join(parents, sharing[0], other)
    for one_id, other_id in sorted(grouping.together):
        if one_id in parents and other_id in parents:
            _join(parents, one_id, other_id)
    found = _named(recent, parents, rising)
    alone = [
        one
        for one in found
        if len(one.groups) == 1 and (one.mentions >= LEAST_MENTIONS or one.groups[0] in grouping.apart)
    ]
    return Stories(tuple(one for one in found if len(one.groups) > 1), tuple(alone[:MOST_ALONE]))


def rising_terms(recent: Iterable[Told], earlier: Iterable[Told]) -> Mapping[str, float]:
    """Terms that are now said by more than one group and far more than before, with how much they stand out."""
    now, before = _Counts(recent), _Counts(earlier)
    found: dict[str, float] = {}
    for term, n in now.mentions.items():
        groups = len(now.groups[term])
        if n < LEAST_MENTIONS or groups < LEAST_GROUPS:
            continue
        if now.all_groups >= COMMON_FROM and groups > TOO_COMMON * now.all_groups:
            continue
        # Half a mention beforehand: a term that is new is not infinitely rarer.
        usual = (before.mentions[term] + 0.5) / (before.all + 1)
        share = n / now.all
        if share >= FACTOR * usual or not before.all:
            found[term] = n * log(1 + share / usual)
    return found


class _Counts:
    """Mentions and groups by term."""

    def __init__(self, told: Iterable[Told]) -> None:
        self.mentions: Counter[str] = Counter()
        self.groups: defaultdict[str, set[str]] = defaultdict(set)
        self.all = 0
        names: set[str] = set()
        for one in told:
            self.all += 1
            names.add(one.group)
            for term in one.terms:
                self.mentions[term] += 1
                self.groups[term].add(one.group)
        self.all_groups = len(names)


def _sharing(recent: Sequence[Told], rising: Mapping[str, float]) -> Mapping[str, Sequence[str]]:
    """The groups of each rising term, in the order of their arrival. A hashtag that was put behind one copy in ten is
    not what a group says: half of it must say it."""
    size = Counter(one.group for one in recent)
    said = Counter((term, one.group) for one in recent for term in one.terms if term in rising)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    order = {group: place for place, group in enumerate(size)}
    for term, group in sorted(said, key=lambda pair: order[pair[1]]):
        if 2 * said[term, group] >= size[group]:
            groups[term].append(group)
    return groups


def _join(parents: dict[str, str], one: str, other: str) -> None:
    """Put two groups under one root."""
    first, second = _root(parents, one), _root(parents, other)
    if first != second:
        parents[second] = first


def _root(parents: dict[str, str], group: str) -> str:
    while parents[group] != group:
        parents[group] = parents[parents[group]]
        group = parents[group]
    return group


def _named(recent: Sequence[Told], parents: dict[str, str], rising: Mapping[str, float]) -> list[Narrative]:
    members: defaultdict[str, list[str]] = defaultdict(list)
    for group in parents:
        members[_root(parents, group)].append(group)  # in the order of their arrival: the first names the narrative
    said: defaultdict[str, Counter[str]] = defaultdict(Counter)
    size: Counter[str] = Counter()
    told: set[tuple[str, str]] = set()
    for one in recent:
        root = _root(parents, one.group)
        size[root] += 1
        # What many say in their own words names the story, and not what one text says in many copies.
        for term in one.terms:
            if (one.group, term) not in told:
                told.add((one.group, term))
                said[root][term] += 1
    found = [
        Narrative(groups[0], _top(said[root], rising), tuple(groups), size[root]) for root, groups in members.items()
    ]
    return sorted(found, key=lambda narrative: (-narrative.mentions, narrative.id))


def _top(said: Counter[str], rising: Mapping[str, float]) -> tuple[str, ...]:
    """The terms that most groups say, of those the ones that stand out; two pairs that share a word are one phrase."""
    order = sorted(said, key=lambda term: (term not in rising, -said[term], -rising.get(term, 0.0), term))
    chosen: list[str] = []
    shared = [term for term in order if said[term] >= LEAST_GROUPS] or order
    for term in shared:
        words = set(term.split())
        if not any(words & set(other.split()) for other in chosen):
            chosen.append(term)
        if len(chosen) == TERMS:
            break
    return tuple(chosen)
