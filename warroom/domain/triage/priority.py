"""How soon a mention is to be read: points, each of which has a name and a reason (triage design, section 4).

`priority` is a plain sum: what is at stake, how many people see it, how fast it spreads, whether an answer helps; less
where we have answered. The parts it shows always add up to its points. The weights stand in a data file; they were not
validated on data, which is why the reorderings of operators are to be logged.
"""

from collections.abc import Mapping
from math import log2, log10
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from warroom.domain.mention import Segment
from warroom.domain.sentence import Sentence, say, say_n

from .topics import NAMES, Said, Topic

Rank: TypeAlias = Literal["P1", "P2", "P3", "P4"]
Hint: TypeAlias = Literal["escalate", "correct", "monitor", "answer", "restore", "thank", ""]
"""What public response guides advise (US Air Force, Web Posting Response Assessment; Coombs, SCCT). Replying stays the
operator's decision."""
RANKS: tuple[Rank, ...] = ("P1", "P2", "P3", "P4")


class Weights(Struct, frozen=True, kw_only=True):
    """What each part is worth; read from data/triage/priority.json."""

    topics: Mapping[Topic, int]
    gates: Mapping[Topic, int]
    """The least that an unanswered mention of the topic has."""
    segments: Mapping[Segment, int]
    asking: int
    severity_most: int
    reach_tenfold: int
    reach_most: int
    known: int
    shared_twofold: int
    shared_most: int
    copies_twofold: int
    copies_most: int
    alarm: int
    question: int
    addressed: int
    waiting_minutes: int
    waiting_most: int
    answered: int
    attack_most: int
    """The most that an attack has which asks nothing and touches no gate."""
    most: int
    ranks: tuple[int, int, int]
    """The least of P1, P2 and P3."""


class Signals(Struct, frozen=True, kw_only=True, gc=False):
    """What is known of a mention when it is weighed. `followers` and the shares are None where nobody said."""

    segment: Segment
    question: bool = False
    topics: tuple[Said, ...] = ()
    followers: int | None = None
    known: bool = False
    """Verified, of the press, or on the organisation's own list."""
    reposts: int | None = None
    quotes: int | None = None
    copies: int = 0
    """Others of its cluster in the last 15 minutes."""
    alarm: bool = False
    """While the alarm is red."""
    addressed: bool = False
    """It names one of our accounts, or replies to us."""
    waiting: float = 0.0
    """Minutes since it was written, while nobody of ours has answered."""
    answered: bool = False
    """We have answered it, or a copy of it."""


class Part(NamedTuple):
    """One part of the sum. `name` is stable and short; `why` is for a person."""

    name: str
    points: int
    why: Sentence


class Priority(NamedTuple):
    """The parts add up to `points`; those worth nothing are left out, but for a reach that is not known."""

    points: int
    rank: Rank
    parts: tuple[Part, ...]
    hint: Hint
    unknown_reach: bool
    before: int
    """The points without what a gate adds: the order of those that a gate makes equal."""

    @property
    def order(self) -> tuple[int, int]:
        """What mentions are ordered by, the highest first."""
        return self.points, self.before


def priority(signals: Signals, weights: Weights) -> Priority:
    """Weigh a mention."""
    parts: list[Part] = []
    _severity(parts, signals, weights)
    _reach(parts, signals, weights)
    _velocity(parts, signals, weights)
    _answerable(parts, signals, weights)
    points = sum(part.points for part in parts)
    if points > weights.most:
        parts.append(Part("most", weights.most - points, say("no mention has more than {n} points", n=weights.most)))
        points = weights.most
    before = points
    gate = max(signals.topics, key=lambda said: weights.gates.get(said.topic, 0), default=None)
    least = weights.gates.get(gate.topic, 0) if gate is not None else 0
    if gate is not None and points < least:
        why = say("{topic} is never below {n} before it is answered", topic=NAMES[gate.topic], n=least)
        parts.append(Part("gate", least - points, why))
        points = least
    if signals.answered:
        parts.append(Part("answered", weights.answered, say("it, or a copy of it, has been answered")))
        points += weights.answered
    attack = signals.segment is Segment.HATE and not signals.question and not least
    if attack and points > weights.attack_most:
        why = say("an attack that asks nothing has at most {n}", n=weights.attack_most)
        parts.append(Part("attack", weights.attack_most - points, why))
        points = weights.attack_most
    if points < 0:
        parts.append(Part("least", -points, say("no mention has less than 0 points")))
        points = 0
    unknown = signals.followers is None
    return Priority(points, rank(points, weights), tuple(parts), hint(signals, weights), unknown, before)


def rank(points: int, weights: Weights) -> Rank:
    """P1 to P4."""
    return next((name for name, least in zip(RANKS, weights.ranks, strict=False) if points >= least), RANKS[-1])


def hint(signals: Signals, weights: Weights) -> Hint:
    """What to do with it, by the guides."""
    topics = [said.topic for said in signals.topics]
    if any(topic in weights.gates for topic in topics):
        return "escalate"
    if Topic.MISINFORMATION in topics:
        return "correct"
    match signals.segment:
        case Segment.HATE:
            return "answer" if signals.question else "monitor"
        case Segment.DISLIKE:
            return "answer" if signals.question else "restore"
        case Segment.LIKE | Segment.LOVE:
            return "answer" if signals.question else "thank"
        case Segment.NEUTRAL:
            return "answer" if signals.question else ""


def _severity(parts: list[Part], signals: Signals, weights: Weights) -> None:
    """The weightiest topic, and how it is said; at most `severity_most` together."""
    room = weights.severity_most
    if signals.topics:
        said = max(signals.topics, key=lambda said: weights.topics[said.topic])
        worth = min(room, weights.topics[said.topic])
        parts.append(Part("topic", worth, say("{topic}: “{words}”", topic=NAMES[said.topic], words=said.words)))
        room -= worth
    if stance := min(room, weights.segments.get(signals.segment, 0)):
        why = say("said in hate") if signals.segment is Segment.HATE else say("said in dislike")
        parts.append(Part("segment", stance, why))
    elif signals.question and signals.segment not in weights.segments and (asking := min(room, weights.asking)):
        parts.append(Part("asking", asking, say("somebody wants to know")))


def _reach(parts: list[Part], signals: Signals, weights: Weights) -> None:
    followers = signals.followers
    if followers is None:
        parts.append(Part("reach", 0, say("how many people see it is not known (?)")))
    elif worth := min(weights.reach_most, round(weights.reach_tenfold * log10(1 + max(0, followers)))):
        parts.append(Part("reach", worth, say_n("{n} person may see it", "{n} people may see it", followers)))
    if signals.known:
        parts.append(Part("known", weights.known, say("verified, of the press, or on your list")))
    shares = max(0, (signals.reposts or 0) + (signals.quotes or 0))
    if worth := min(weights.shared_most, round(weights.shared_twofold * log2(1 + shares))):
        parts.append(Part("shared", worth, say_n("shared {n} time", "shared {n} times", shares)))


def _velocity(parts: list[Part], signals: Signals, weights: Weights) -> None:
    copies = max(0, signals.copies)
    if worth := min(weights.copies_most, round(weights.copies_twofold * log2(1 + copies))):
        why = say_n("{n} more like it in 15 minutes", "{n} more like it in 15 minutes", copies)
        parts.append(Part("copies", worth, why))
    if signals.alarm:
        parts.append(Part("alarm", weights.alarm, say("the alarm is red")))


def _answerable(parts: list[Part], signals: Signals, weights: Weights) -> None:
    if signals.question:
        parts.append(Part("question", weights.question, say("a question can be answered")))
    if signals.addressed:
        parts.append(Part("addressed", weights.addressed, say("it speaks to us")))
    if not signals.answered and signals.waiting > 0:
        waited = int(signals.waiting)
        if worth := min(weights.waiting_most, int(signals.waiting / weights.waiting_minutes)):
            why = say_n("waiting for {n} minute", "waiting for {n} minutes", waited)
            parts.append(Part("waiting", worth, why))
