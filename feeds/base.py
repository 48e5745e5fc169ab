"""What a feed is, what it hands on, and how it fails. One module per source builds on this.

A feed is an asynchronous iterator of batches that ends or raises; polling, streaming and files look alike.

    FeedError                  anything that blinds a feed for now: it is tried again
    ├── FeedLimited            the other side asks us to wait (`retry_after`, seconds)
    └── FeedRejected           bad credentials, gone, refused: stop and tell a person

Every foreign exception becomes one of these where it enters. Messages are plain, short and free of secrets.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import ClassVar, Protocol
from urllib.parse import urlsplit

from msgspec import Struct

from warroom.domain.mention import Deleted, Mention
from warroom.domain.sentence import Sentence, say


class FeedError(Exception):
    """The feed is blind for now. `sentence` is what the person reads."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.id)
        self.sentence = sentence


class FeedLimited(FeedError):
    """Asked to slow down. `retry_after` is in seconds, already capped; None where nobody said."""

    def __init__(self, sentence: Sentence, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class FeedRejected(FeedError):
    """Only a person can mend this: the feed stops and says so."""


class Unfit(ValueError):
    """Options that cannot be, whatever their types: the config says `sentence` beside their line."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.id)
        self.sentence = sentence


def check_address(url: str) -> None:
    """An address as a person wrote it into the config; what is none is an `Unfit`."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise Unfit(say("An address of a feed starts with https:// or http://."))


class Gap(Struct, frozen=True):
    """Mentions between two times were missed and cannot be fetched any more."""

    since: datetime
    until: datetime
    reason: Sentence


class Bad(Struct, frozen=True):
    """What could not be read: its beginning, and in a file the number of its line and why."""

    shown: str
    number: int | None = None
    why: Sentence | None = None

    @property
    def sentence(self) -> Sentence:
        """`line 3: no JSON: {"text": …`"""
        if self.why is None:
            return say("{text}", text=self.shown)
        if self.number is None:
            return say("{why}: {text}", why=self.why, text=self.shown)
        return say("line {n}: {why}: {text}", n=self.number, why=self.why, text=self.shown)


class Batch(Struct, frozen=True, kw_only=True):
    """What a feed heard in one breath, in the order heard.

    An edit is the mention again, whole, with `edited_at`. `cursor` is what to resume from once this batch is
    stored; the store writes both in one transaction. `healthy` is True for a batch that proves the source is
    alive although it brings nothing (a 304, a heartbeat).
    """

    mentions: Sequence[Mention] = ()
    deleted: Sequence[Deleted] = ()
    edits: Sequence[Mention] = ()
    """Mentions that do not name us (any more): they change what is stored under their names, and bring nothing new."""
    cursor: bytes | None = None
    gap: Gap | None = None
    dropped: int = 0
    """Mentions that had to be let go because we could not keep up; shown, never silent."""
    bad: Sequence[Bad] = ()
    """A sample of what could not be read, each cut to 200 characters."""
    bad_count: int = 0


class Feed(Protocol):
    """A configured feed. `name` is unique in the room; `source` is the network its mentions belong to."""

    name: str
    source: str
    coverage: ClassVar[Sentence]
    """What this feed can hear, said out loud: "the whole network", "the items of this address"."""

    def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        """Everything after `cursor` (None: from now, or from what the source offers), until cancelled."""
        ...


Clock = Callable[[], datetime]
"""Now, as an aware datetime in UTC."""


async def poll(
    question: Callable[[], Awaitable[Batch]],
    every: Callable[[], float],
    *,
    rng: random.Random | None = None,
) -> AsyncIterator[Batch]:
    """Ask, hand on, sleep: the one home of sleep between questions. `every` is asked anew each time (seconds).

    The pause is jittered by ±10 % so that many feeds of one host do not ask in step.
    """
    chance = rng or random.Random()
    while True:
        yield await question()
        await asyncio.sleep(every() * chance.uniform(0.9, 1.1))
