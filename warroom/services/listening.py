"""Listening: runs each feed for ever. What it hears goes into a queue; what blinds it is told, and backs it off."""

import asyncio
import random
from collections.abc import Sequence
from contextlib import aclosing
from datetime import datetime, timedelta

from feeds.base import Batch, Feed, FeedError, FeedLimited, FeedRejected
from warroom.domain.events import FeedBack, FeedGap, FeedLost
from warroom.domain.sentence import say
from warroom.services.health import Health, health_of
from warroom.services.keptwords import KeptWords, kept_words
from warroom.services.recorder import Recorder
from warroom.services.room import Clock, Room

QUEUE = 64
"""Batches that wait to be stored; a full queue slows the feeds."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 120.0
SELDOM = 6 * 3600.0
"""Seconds: a source that is asked seldom while it is well is not asked more often while it is not, up to this."""
SLOWER = 5.0
"""Seconds for which a server that asks us to slow down is left alone at least, also where it says 0."""
HEALTHY_AFTER = 60.0
"""Seconds of life after which the back-off starts from the beginning again."""
SHOWN = 3
"""Of what could not be read, how many a feed shows."""
BLIND_AFTER = timedelta(seconds=10)
"""A feed that is lost for longer goes into the timeline; a shorter hiccup only into the status."""
CATCHING_UP = timedelta(seconds=5)
"""How long what a stream sends after it was blind counts as what it had missed; who is asked answers in one piece."""


class Listening:
    """The feeds of a room. `health` has one entry per feed, in the order of the config; `queue` what they heard."""

    def __init__(
        self, room: Room, feeds: Sequence[Feed], recorder: Recorder, *, clock: Clock, rng: random.Random | None = None
    ) -> None:
        self.health = {feed.name: health_of(feed, room.board) for feed in feeds}
        self.queue: asyncio.Queue[tuple[Feed, Batch]] = asyncio.Queue(QUEUE)
        self._room = room
        self._recorder = recorder
        self._clock = clock
        self._rng = rng or random.Random()
        # These answer in one piece; the others send what was missed bit by bit.
        self._asked = {feed.name for feed in feeds if hasattr(feed, "interval")}
        self._wake: dict[str, asyncio.Event] = {feed.name: asyncio.Event() for feed in feeds}

    def retry_now(self) -> None:
        """Do not wait any longer for the feeds that are lost."""
        for event in self._wake.values():
            event.set()

    def go_on(self) -> None:
        """What the log says of feeds that are blind goes on, whoever ran them until now."""
        for health in self.health.values():
            lost = self._room.board.blind.get(health.name)
            if lost is not None and health.state != "live":
                health.told, health.since = True, lost.since

    # --- one feed ---------------------------------------------------------------------------------------

    async def listen(self, feed: Feed) -> None:
        """Run one feed for ever, or until it ends by itself."""
        health = self.health[feed.name]
        wait = FIRST_WAIT
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            self._wake[feed.name].clear()
            error = await self._heard_out(feed, health)
            if error is None:
                return
            if isinstance(error, FeedRejected):
                await self._lost(health, error, None, fatal=True)
                await self._woken(feed, None)
                continue
            if loop.time() - started >= HEALTHY_AFTER:
                wait = FIRST_WAIT
            delay = self._delay(error, wait)
            wait = min(wait * 2, max(LONGEST_WAIT, min(2 * getattr(feed, "interval", 0.0), SELDOM)))
            await self._lost(health, error, delay)
            await self._woken(feed, delay)

    async def _heard_out(self, feed: Feed, health: Health) -> FeedError | None:
        """Hear a feed until it is lost, and why it was; None where it had no more to say."""
        try:
            cursor = await self._room.mentions.cursor(feed.name)
            async with aclosing(feed.batches(cursor)) as batches:
                async for batch in batches:
                    await self._alive(health, batch)
                    await self.queue.put((feed, batch))
        except FeedError as lost:
            return lost
        except Exception as unforeseen:  # noqa: BLE001 - the one broad except: a feed may not end the room
            return FeedError(say("Something unforeseen: {kind}.", kind=type(unforeseen).__name__))
        return None if getattr(feed, "ends", False) else FeedError(say("The source ended the connection."))

    def _delay(self, error: FeedError, wait: float) -> float:
        """Seconds until it is tried again, after a `wait` of so many at the most."""
        delay = self._rng.uniform(0.1, wait)
        if isinstance(error, FeedLimited):
            return max(error.retry_after or 0.0, delay, SLOWER) * self._rng.uniform(1.0, 1.1)
        return delay

    async def _woken(self, feed: Feed, delay: float | None) -> None:
        """Sleep, unless a person asks to try again now. None waits for the person only."""
        try:
            async with asyncio.timeout(delay):
                await self._wake[feed.name].wait()
        except TimeoutError:
            pass

    async def _alive(self, health: Health, batch: Batch) -> None:
        now = self._clock()
        health.last_heard = now
        health.dropped += batch.dropped
        health.bad += batch.bad_count
        health.bad_last = [*health.bad_last, *batch.bad][-SHOWN:]
        if batch.gap is not None:
            gap, said = batch.gap, kept_words(batch.gap.reason)._asdict()
            await self._recorder.tell(FeedGap(feed=health.name, since=gap.since, until=gap.until, **said))
        if health.state != "live":
            if _is_blind(health, now):
                await self._blind(health)
            since = health.since
            health.state, health.since, health.retry_at, health.tries, health.reason = "live", now, None, 0, None
            if health.told and since is not None:
                health.told, health.back_since, health.caught_up = False, since, 0
            self._room.tell()

    async def _lost(self, health: Health, error: FeedError, delay: float | None, *, fatal: bool = False) -> None:
        now = self._clock()
        if not health.is_lost and not health.told:
            health.since = now
        health.state = "rejected" if fatal else "lost"
        health.reason = error.sentence
        health.tries += 1
        health.retry_at = None if delay is None else now + timedelta(seconds=delay)
        if fatal and not health.told:
            await self._blind(health)
        self._room.tell()

    # --- what the timeline says of them -----------------------------------------------------------------

    async def look(self, now: datetime) -> None:
        """Tell of the feeds that stay blind, and of those that have brought what they had missed."""
        for health in self.health.values():
            if _is_blind(health, now):
                await self._blind(health)
            back = health.since if health.state == "live" else None
            if back is not None and now - back >= CATCHING_UP:
                await self._back(health)

    async def stored(self, feed: str, new: int) -> None:
        """Count what was new; after it was blind, the timeline learns what it had missed and brings now."""
        health = self.health[feed]
        health.heard += new
        if health.back_since is not None:
            health.caught_up += new
            health.caught_up_at = self._room.board.row
            if feed in self._asked:
                await self._back(health)

    async def _back(self, health: Health) -> None:
        if (since := health.back_since) is not None:
            health.back_since = None
            await self._recorder.tell(FeedBack(feed=health.name, blind_since=since, caught_up=health.caught_up))

    async def _blind(self, health: Health) -> None:
        health.told = True
        said = kept_words(health.reason) if health.reason is not None else KeptWords("", {}, ())
        await self._recorder.tell(
            FeedLost(
                feed=health.name,
                since=health.since or self._clock(),
                **said._asdict(),
                fatal=health.state == "rejected",
            )
        )


def _is_blind(health: Health, now: datetime) -> bool:
    """Whether a feed is lost for so long that the timeline is to say so, and does not yet."""
    lost = health.state == "lost" and not health.told
    return lost and health.since is not None and now - health.since >= BLIND_AFTER
