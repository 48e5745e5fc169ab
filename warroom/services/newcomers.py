"""Newcomers: sources that have been listened to for less than a day, beside others that were there before.

What they bring is more listening and not more talk. It is counted apart, so that no source raises an alarm by being
added, and so that it does not become what is usual of the others. After a day everything is compared with everything.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from warroom.domain.mention import Segment
from warroom.domain.pulse import Pulse
from warroom.store.mentions import MentionStore

SETTLED, TOGETHER = timedelta(hours=24), timedelta(hours=1)
"""A feed says what is usual after a day of it; those that began within an hour of each other began together."""


class Newcomers:
    """Of the feeds of one room. The store remembers when each was heard first."""

    def __init__(self, mentions: MentionStore) -> None:
        self._mentions = mentions
        self._first: dict[str, datetime] = {}
        self._counts: dict[str, Pulse] = {}

    async def begin(self, feeds: Collection[str], now: datetime) -> None:
        """Take up what the store knows of these feeds."""
        known = await self._mentions.first_heards()
        self._first = {feed: known[feed] for feed in feeds if feed in known}
        self._counts = {}
        for feed in self._first:
            if self.until(feed, now) is not None:
                self._count(feed, await self._mentions.heard_from(feed, self._first[feed]))

    async def hears(self, feed: str, now: datetime) -> None:
        """Something is going to be stored from a feed."""
        if feed not in self._first:
            self._first[feed] = await self._mentions.first_heard(feed, now)

    def heard(self, feed: str, minutes: Iterable[tuple[int, Segment | None, int]], now: datetime) -> None:
        """This came in from a feed: minute, segment, number."""
        if self.until(feed, now) is not None:
            self._count(feed, minutes)

    def until(self, feed: str, now: datetime) -> datetime | None:
        """When a feed is none any more; None where it is none."""
        first = self._first.get(feed)
        if first is None or first - min(self._first.values()) < TOGETHER:
            return None
        return first + SETTLED if now < first + SETTLED else None

    def settle(self, now: datetime) -> bool:
        """Whether one of them has become one of the others since this was asked last."""
        settled = [feed for feed in self._counts if self.until(feed, now) is None]
        for feed in settled:
            del self._counts[feed]
        return bool(settled)

    @property
    def counts(self) -> Sequence[Pulse]:
        """What they brought, by minute."""
        return list(self._counts.values())

    def _count(self, feed: str, minutes: Iterable[tuple[int, Segment | None, int]]) -> None:
        pulse = self._counts.setdefault(feed, Pulse())
        for minute, segment, n in minutes:
            pulse.count(minute, segment, n)
