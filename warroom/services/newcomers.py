"""Newcomers: sources that are new beside others, counted apart for a day (`warroom.domain.newcomer`).

Who runs the feeds decides which are new and records it; every console counts what they bring, so that all of them
compare the same with the same. After a day everything is compared with everything.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from warroom.domain.events import FeedAdded
from warroom.domain.mention import Segment
from warroom.domain.newcomer import TOGETHER, Newcomer, new_among
from warroom.domain.pulse import Pulse
from warroom.services.keeper import MISSED
from warroom.store.mentions import MentionStore

NOTED = timedelta(hours=1)
"""How often it is noted that a feed is still heard."""


class Newcomers:
    """Of one room. `of_now` is what each has brought."""

    def __init__(self, mentions: MentionStore) -> None:
        self._mentions = mentions
        self._since: dict[str, datetime] = {}
        """Since when the feeds that run here are heard."""
        self._noted: dict[str, datetime] = {}
        self._told: dict[str, datetime] = {}
        self._row = 0
        """The row up to which is counted what they brought."""
        self.of_now: dict[str, Newcomer] = {}

    async def begin(self, feeds: Iterable[str]) -> None:
        """These are run here from now on: take up what the store knows of them."""
        known = await self._mentions.first_heards()
        self._since = {feed: known[feed] for feed in feeds if feed in known}
        self._noted.clear()

    async def hears(self, feed: str, now: datetime) -> None:
        """A feed is heard. After more than a day in which it was not (it was taken out of the config, it was lost) what
        is usual has gone on without it, and it is new again."""
        noted = self._noted.get(feed)
        if noted is None or abs(now - noted) >= NOTED:
            self._since[feed] = await self._mentions.first_heard(feed, now, MISSED)
            self._noted[feed] = now

    def met(self, known: Mapping[str, datetime], now: datetime) -> list[FeedAdded]:
        """Those that are new and of whom neither the log (`known`) nor anybody here has said so."""
        told = {**known, **self._told}
        unsaid = {feed: at for feed, at in new_among(self._since, now).items() if told.get(feed) != at}
        self._told |= unsaid
        return [FeedAdded(feed=feed, since=at) for feed, at in unsaid.items()]

    def settle(self, new: Mapping[str, datetime]) -> bool:
        """Whether one of them is by the log one of the others now."""
        settled = self.of_now.keys() - new.keys()
        for feed in settled:
            del self.of_now[feed]
        return bool(settled)

    async def count(self, new: Mapping[str, datetime], row: int) -> None:
        """Count what those that are new by the log brought, up to a row."""
        for feed, since in new.items():
            known, after = self.of_now.get(feed), self._row
            if known is None or known.since != since:
                known, after = Newcomer(since, Pulse()), 0
            if after < row:
                # What it brought first was read before it was met; and before that it was not heard for long.
                self._add(known, await self._mentions.heard_from(feed, since - TOGETHER, after, row))
            self.of_now[feed] = known
        self._row = max(row, self._row)

    def move(self, feed: str, minutes: Iterable[tuple[int, Segment | None, int]]) -> None:
        """Of what a feed brought and what is counted, some is read differently now: minute, segment, number."""
        if (known := self.of_now.get(feed)) is not None:
            self._add(known, minutes)

    def forget(self) -> None:
        """Count all of it anew when it is counted next."""
        self.of_now = {feed: Newcomer(known.since, Pulse()) for feed, known in self.of_now.items()}
        self._row = 0

    def _add(self, newcomer: Newcomer, minutes: Iterable[tuple[int, Segment | None, int]]) -> None:
        for minute, segment, n in minutes:
            newcomer.pulse.count(minute, segment, n)
