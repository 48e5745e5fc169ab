"""A mention: what somebody wrote about us, as it came in, and how we read it.

Times are aware datetimes in UTC. A count of `None` means *not known*; it is never 0.
`(source, native_id)` names a mention everywhere and for ever; `row` is its place in this room's store.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from math import exp
from types import MappingProxyType
from typing import Literal, TypeAlias

from msgspec import Struct

from .sentence import Sentence, say

Kind: TypeAlias = Literal["post", "reply", "repost", "quote", "review", "comment", "article"]


class Segment(StrEnum):
    """Where the author stands: the four audiences, and those who take no side yet."""

    LOVE = "love"
    LIKE = "like"
    NEUTRAL = "neutral"
    DISLIKE = "dislike"
    HATE = "hate"


SEGMENTS = (Segment.HATE, Segment.DISLIKE, Segment.NEUTRAL, Segment.LIKE, Segment.LOVE)
"""Every segment in the order of the screen; the position is the number kept in the store."""


SEGMENT_NAMES: Mapping[Segment, Sentence] = MappingProxyType(
    {
        Segment.LOVE: say("love"),
        Segment.LIKE: say("like"),
        Segment.NEUTRAL: say("neutral"),
        Segment.DISLIKE: say("dislike"),
        Segment.HATE: say("hate"),
    }
)


class Polarity(StrEnum):
    """Against us, neither, for us: what one text says fairly reliably, and what is learnt from the operator."""

    NEG = "neg"
    NEU = "neu"
    POS = "pos"


POLARITIES = (Polarity.NEG, Polarity.NEU, Polarity.POS)
"""In the order in which scores and probabilities stand."""
SIDES: Mapping[Segment, Polarity] = MappingProxyType(
    {
        Segment.HATE: Polarity.NEG,
        Segment.DISLIKE: Polarity.NEG,
        Segment.NEUTRAL: Polarity.NEU,
        Segment.LIKE: Polarity.POS,
        Segment.LOVE: Polarity.POS,
    }
)
"""The side on which each segment stands."""
UNSURE = 0.1
"""A reading whose two likeliest sides are nearer than this is marked as unsure. On 9,700 real posts about brands every
second reading below it was wrong, and two in three were right between it and .15."""


class Author(Struct, frozen=True, kw_only=True):
    """Who wrote it, as far as the source says. `followers` is a count of people or None."""

    name: str | None = None
    handle: str | None = None
    url: str | None = None
    id: str | None = None
    followers: int | None = None


class Mention(Struct, frozen=True, kw_only=True, gc=False):
    """One mention in the record's own names, which are also the keys of JSONL files.

    `source` is the network ("mastodon", "bluesky", "rss", "x" …), `feed` the configured feed that heard it.
    `text` is plain text. `raw` is what came in and found no field of its own: JSON, as received. `local_id` is what
    the feed's own server calls it, where that is not its name everywhere.
    """

    source: str
    native_id: str
    text: str
    received_at: datetime
    feed: str = ""
    url: str | None = None
    kind: Kind = "post"
    author_name: str | None = None
    author_handle: str | None = None
    author_url: str | None = None
    author_id: str | None = None
    followers: int | None = None
    title: str | None = None
    lang: str | None = None
    created_at: datetime | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    in_reply_to: str | None = None
    thread: str | None = None
    replies: int | None = None
    reposts: int | None = None
    likes: int | None = None
    quotes: int | None = None
    views: int | None = None
    score: int | None = None
    reach: int | None = None
    raw: str | None = None
    local_id: str | None = None

    @property
    def key(self) -> str:
        """The one name of this mention in events: `source|native_id`."""
        return f"{self.source}|{self.native_id}"

    @property
    def author(self) -> Author:
        return Author(
            name=self.author_name,
            handle=self.author_handle,
            url=self.author_url,
            id=self.author_id,
            followers=self.followers,
        )

    @property
    def people(self) -> int | None:
        """How many people it may reach: the source's own figure, else the followers, else not known."""
        return self.reach if self.reach is not None else self.followers

    @property
    def words(self) -> str:
        """Title and text in one: what is read to find the audience that speaks."""
        return f"{self.title}. {self.text}" if self.title else self.text

    @property
    def at(self) -> datetime:
        """When it was written, or, where nobody says, when it came in."""
        return self.created_at or self.received_at


class Deleted(Struct, frozen=True):
    """The source says that a mention is gone. It may arrive before the mention itself.

    Where `local_to` names a feed, `native_id` is only that feed's own `local_id` of it.
    """

    source: str
    native_id: str
    at: datetime
    local_to: str = ""


class Reading(Struct, frozen=True, gc=False):
    """How a text was read: the segment, whether it asks, and the words that decided, with their values.

    `scores` are the exponents of the three sides: what a reader of one mention asks is worked out when it is asked,
    because a flood asks nothing. `followers` is what the source said of the author's reach; None is not known.
    """

    segment: Segment
    question: bool = False
    hits: tuple[tuple[str, float], ...] = ()
    scores: tuple[float, float, float] = (0.0, 0.0, 0.0)
    followers: int | None = None

    @property
    def polarity(self) -> Polarity:
        """The side on which the segment stands."""
        return SIDES[self.segment]

    @property
    def probabilities(self) -> tuple[float, float, float]:
        """How likely the text is negative, neutral, positive; the three sum to 1."""
        return likelihoods(self.scores)

    @property
    def margin(self) -> float:
        """How far the likeliest side is ahead of the next one, 0 to 1."""
        return _margin(self.scores)

    @property
    def unsure(self) -> bool:
        return self.margin < UNSURE


@lru_cache(maxsize=1024)
def _margin(scores: tuple[float, float, float]) -> float:
    """Remembered, because every row in sight asks for it each second."""
    _, second, first = sorted(likelihoods(scores))
    return first - second


def likelihoods(scores: tuple[float, float, float]) -> tuple[float, float, float]:
    """Exponents as probabilities (softmax). The highest is taken off first, so that no exponent is too large."""
    highest = max(scores)
    negative, neutral, positive = exp(scores[0] - highest), exp(scores[1] - highest), exp(scores[2] - highest)
    total = negative + neutral + positive
    return negative / total, neutral / total, positive / total


class Kept(Struct, frozen=True, gc=False):
    """A mention in its place in the store. `segment` is None until it has been read (a fresh import)."""

    row: int
    mention: Mention
    segment: Segment | None = None
    question: bool = False


class MentionRef(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What an event says of a mention, so that the timeline stays whole when the mention is purged."""

    key: str
    row: int
    network: str
    author: str
    excerpt: str
    segment: Segment | None = None
    url: str | None = None
    people: int | None = None
    at: datetime | None = None
    """When it was written, as far as the source says."""


EXCERPT = 280
"""Characters of a mention's text that go into an event."""


def reference(kept: Kept) -> MentionRef:
    """The reference to a kept mention that an event carries."""
    mention = kept.mention
    text = f"{mention.title}: {mention.text}" if mention.title and mention.text else mention.title or mention.text
    handle = mention.author_handle
    author = (handle if handle.startswith("@") else f"@{handle}") if handle else mention.author_name or ""
    return MentionRef(
        key=mention.key,
        row=kept.row,
        network=mention.source,
        author=author,
        excerpt=text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…",
        segment=kept.segment,
        url=mention.url,
        people=mention.people,
        at=mention.at,
    )
