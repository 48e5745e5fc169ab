"""Intake: runs the feeds of a room. Read, batch, store with the cursor, count, back off, report blindness.

One process at a time runs the feeds of a room (a lease in the store); the others follow the store. The same Intake
serves the console and `warroom listen`.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import datetime, timedelta

from feeds.base import Batch, Feed, FeedError, FeedLimited, FeedRejected
from warroom.domain.board import Board
from warroom.domain.events import AnyEvent, FeedBack, FeedGap, FeedLost
from warroom.domain.mention import Mention, Reading
from warroom.domain.sentence import say
from warroom.domain.triage.triage import Triage
from warroom.services.bell import Bell
from warroom.services.breath import Breath
from warroom.services.following import follow
from warroom.services.health import Health, health_of
from warroom.services.keeper import MISSED, Keeper
from warroom.services.keptwords import KeptWords, kept_words
from warroom.services.learning import Learning
from warroom.services.newcomers import Newcomers
from warroom.services.relabelling import REST, Relabelling
from warroom.services.room import MENTIONS, PULSE_KEPT, Clock, Room
from warroom.services.sorting import Sorting
from warroom.store.errors import StoreError
from warroom.store.steady import SteadyReader

FLUSH_ROWS = 500
FLUSH_AFTER = 0.05
"""Seconds that a mention waits for company before it is stored (architecture, section 3)."""
SLICE = 100
"""Texts that were stored unread and are written back together once they are read."""
BREATH = 0.002
"""Seconds of reading after which the loop may breathe: a key that is pressed meanwhile needs some turns of it."""
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
LEASE = timedelta(seconds=15)
CATCHING_UP = timedelta(seconds=5)
"""How long what a stream sends after it was blind counts as what it had missed; who is asked answers in one piece."""
BLURRED = timedelta(minutes=65)
"""A feed that is lost for longer than the minutes that are compared has no part in whether a wave is over."""


LEARNT_WITHIN = 2.0
"""Seconds for which what is heard waits until the labels of before are learnt; a thousand take one and a half."""
RECOUNTED = 20.0
"""Seconds after a label for which a console that does not run the feeds counts again what the other one moves."""


class _LeaseLost(Exception):
    """Another process runs the feeds now."""


class Intake:
    """The feeds of a room, under way. `health` has one entry per feed, in the order of the config."""

    def __init__(
        self,
        room: Room,
        feeds: Sequence[Feed],
        triage: Triage,
        *,
        clock: Clock,
        rng: random.Random | None = None,
        sorting: Sorting | None = None,
        learning: bool = True,
        keeper: Keeper | None = None,
    ) -> None:
        """`sorting` looks at what comes in; `learning` says whether it is on where nobody has switched it."""
        self.room = room
        self.keeper = keeper or Keeper()
        self.feeds = feeds
        self.health = {feed.name: health_of(feed, room.board) for feed in feeds}
        self.runs_here = False
        self.trouble: StoreError | None = None
        """Why nothing can be stored now, and since when (`trouble_since`)."""
        self.trouble_since: datetime | None = None
        self.triage = triage
        self.sorting = sorting or Sorting(triage)
        self.learning = Learning(triage, lambda: room.board, default=learning, keys=self.sorting.keys)
        self._bell = Bell(room.on_change)
        self._relabelling = Relabelling(room, self.sorting, self.learning)
        self._recounted = (0, 0.0)
        """The version of the labels that was looked at, and until when it is counted again for it."""
        self._recounted_at: int | None = None
        """The version of the store that was counted last."""
        self._clock = clock
        self._rng = rng or random.Random()
        self._queue: asyncio.Queue[tuple[Feed, Batch]] = asyncio.Queue(QUEUE)
        # These answer in one piece; the others send what was missed bit by bit.
        self._asked = {feed.name for feed in feeds if hasattr(feed, "interval")}
        self._wake: dict[str, asyncio.Event] = {feed.name: asyncio.Event() for feed in feeds}
        self._holder = f"{os.getpid()}"
        # Storing, following and reading on each change the store and then the board: one after the other, so that
        # no mention is counted twice.
        self._counting = asyncio.Lock()
        self.newcomers = Newcomers(room.mentions)
        self._untold: list[AnyEvent] = []
        self._telling = asyncio.Lock()

    def retry_now(self) -> None:
        """Do not wait any longer for the feeds that are lost."""
        for event in self._wake.values():
            event.set()

    async def run(self) -> None:
        """Hold the lease and run the feeds until cancelled; while another process holds it, follow the store."""
        mentions = self.room.mentions
        while True:
            if await self._leased():
                self.runs_here = True
                self._go_on()
                with suppress(StoreError):  # then each is met as it is heard
                    await self.newcomers.begin(self.health)
                try:
                    async with asyncio.TaskGroup() as tasks:
                        for feed in self.feeds:
                            tasks.create_task(self._listen(feed))
                        tasks.create_task(self._store())
                        tasks.create_task(self._keep())
                        tasks.create_task(self._read_on())
                        tasks.create_task(self._relabel())
                except* _LeaseLost:
                    pass
                finally:
                    self.runs_here = False
                    with suppress(StoreError):  # then it expires
                        await asyncio.shield(mentions.release(self._holder))
            try:
                await self._follow(mentions.last_row())
                await self._recount()
                await self._count_new()
            except StoreError as error:
                self._troubled(error)
            self.keeper.look(self.room.board, self._clock(), apart=self.newcomers.of_now)
            await asyncio.sleep(1.0)

    def _go_on(self) -> None:
        """What the log says of feeds that are blind goes on, whoever ran them until now."""
        for health in self.health.values():
            lost = self.room.board.blind.get(health.name)
            if lost is not None and health.state != "live":
                health.told, health.since = True, lost.since

    async def _leased(self) -> bool | None:
        """Whether this process may run the feeds; None where the store cannot tell now."""
        try:
            return await self.room.mentions.lease(self._holder, LEASE)
        except StoreError as error:
            self._troubled(error)
            return None

    def _troubled(self, error: StoreError) -> None:
        self.trouble, self.trouble_since = error, self.trouble_since or self._clock()
        self.room.tell()

    def _untroubled(self) -> None:
        if self.trouble is not None:
            self.trouble = self.trouble_since = None
            self.room.tell()

    # --- one feed ---------------------------------------------------------------------------------------

    async def _listen(self, feed: Feed) -> None:
        """Run one feed for ever: what it hears goes into the queue, what blinds it backs it off."""
        health = self.health[feed.name]
        wait = FIRST_WAIT
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            self._wake[feed.name].clear()
            pause: float | None = None
            try:
                cursor = await self.room.mentions.cursor(feed.name)
                async with aclosing(feed.batches(cursor)) as batches:
                    async for batch in batches:
                        await self._alive(health, batch)
                        await self._queue.put((feed, batch))
                return_reason = None if getattr(feed, "ends", False) else say("The source ended the connection.")
                if return_reason is None:
                    return
                error: FeedError = FeedError(return_reason)
            except FeedRejected as rejected:
                await self._lost(health, rejected, None, fatal=True)
                await self._woken(feed, None)
                continue
            except FeedError as lost:
                error = lost
                pause = lost.retry_after if isinstance(lost, FeedLimited) else None
            except Exception as unforeseen:  # noqa: BLE001 - the one broad except: a feed may not end the room
                error = FeedError(say("Something unforeseen: {kind}.", kind=type(unforeseen).__name__))
            if loop.time() - started >= HEALTHY_AFTER:
                wait = FIRST_WAIT
            delay = self._rng.uniform(0.1, wait)
            if isinstance(error, FeedLimited):
                delay = max(pause or 0.0, delay, SLOWER) * self._rng.uniform(1.0, 1.1)
            seldom = min(2 * getattr(feed, "interval", 0.0), SELDOM)
            wait = min(wait * 2, max(LONGEST_WAIT, seldom))
            await self._lost(health, error, delay)
            await self._woken(feed, delay)

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
            await self._tell(FeedGap(feed=health.name, since=gap.since, until=gap.until, **said))
        if health.state != "live":
            if self._is_blind(health, now):
                await self._blind(health)
            since = health.since
            health.state, health.since, health.retry_at, health.tries, health.reason = "live", now, None, 0, None
            if health.told and since is not None:
                health.told, health.back_since, health.caught_up = False, since, 0
            self.room.tell()

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
        self.room.tell()

    def _is_blind(self, health: Health, now: datetime) -> bool:
        """Whether a feed is lost for so long that the timeline is to say so, and does not yet."""
        lost = health.state == "lost" and not health.told
        return lost and health.since is not None and now - health.since >= BLIND_AFTER

    async def _blind(self, health: Health) -> None:
        health.told = True
        said = kept_words(health.reason) if health.reason is not None else KeptWords("", {}, ())
        await self._tell(
            FeedLost(
                feed=health.name,
                since=health.since or self._clock(),
                **said._asdict(),
                fatal=health.state == "rejected",
            )
        )

    async def _tell(self, event: AnyEvent) -> None:
        """Record what became of a feed, now or as soon as it can be written."""
        self._untold.append(event)
        await self._tell_rest()

    async def _tell_rest(self) -> None:
        async with self._telling:
            while self._untold:
                events = tuple(self._untold)
                if not await self._record(events):
                    return
                del self._untold[: len(events)]

    async def _record(self, events: Sequence[AnyEvent]) -> bool:
        def decided(_: Board) -> Sequence[AnyEvent]:
            return events

        try:
            await self.room.do(decided, actor="auto")
        except StoreError as error:
            self._troubled(error)
            return False
        return True

    # --- storing ----------------------------------------------------------------------------------------

    async def _store(self) -> None:
        """Take batches from the queue and store them: each transaction holds the rows and the feed's cursor."""
        async for group in self._groups():
            while True:
                try:
                    for feed, batches in group:
                        async with self._counting:
                            new = await self._flush(feed, batches)
                        await self._stored(self.health[feed.name], new)
                    self._untroubled()
                    break
                except StoreError as error:
                    # Nothing is lost: the batches stay here, the queue fills, the feeds wait.
                    self._troubled(error)
                    await asyncio.sleep(1.0)

    async def _stored(self, health: Health, new: int) -> None:
        """Count what was new; after it was blind, the timeline learns what it had missed and brings now."""
        health.heard += new
        if health.back_since is not None:
            health.caught_up += new
            health.caught_up_at = self.room.board.row
            if health.name in self._asked:
                await self._back(health)

    async def _back(self, health: Health) -> None:
        if (since := health.back_since) is not None:
            health.back_since = None
            await self._tell(FeedBack(feed=health.name, blind_since=since, caught_up=health.caught_up))

    async def _groups(self) -> AsyncIterator[list[tuple[Feed, list[Batch]]]]:
        """Batches of up to 500 rows or 50 ms, gathered by feed in the order heard."""
        while True:
            feed, batch = await self._queue.get()
            gathered: dict[str, tuple[Feed, list[Batch]]] = {feed.name: (feed, [batch])}
            rows = len(batch.mentions)
            try:
                async with asyncio.timeout(FLUSH_AFTER):
                    while rows < FLUSH_ROWS:
                        feed, batch = await self._queue.get()
                        gathered.setdefault(feed.name, (feed, []))[1].append(batch)
                        rows += len(batch.mentions)
            except TimeoutError:
                pass
            yield list(gathered.values())

    async def _flush(self, feed: Feed, batches: list[Batch]) -> int:
        """Store batches of one feed, which are then no more; how many of their mentions were new."""
        mentions = [mention for batch in batches for mention in batch.mentions]
        deleted = [gone for batch in batches for gone in batch.deleted]
        edits = [mention for batch in batches for mention in batch.edits]
        cursor = next((batch.cursor for batch in reversed(batches) if batch.cursor is not None), None)
        if not mentions and not deleted and not edits and cursor is None:
            return 0
        await self.newcomers.hears(feed.name, self._clock())
        read = await self._read(mentions)
        added = await self.room.mentions.add(read, deleted=deleted, edits=edits, feed=feed.name, cursor=cursor)
        await self._follow(added.first_row - 1)  # what another process stored in between
        board = self.room.board
        for minute, segment, n in added.minutes:
            board.pulse.count(minute, segment, n)
        board.row = max(board.row, added.last_row)
        batches.clear()
        self.room.tell()
        return added.new

    async def _read(self, mentions: Sequence[Mention]) -> list[tuple[Mention, Reading | None]]:
        with suppress(TimeoutError):  # then they are read again as soon as it is learnt
            await asyncio.wait_for(self.learning.begun(), LEARNT_WITHIN)
        read: list[tuple[Mention, Reading | None]] = []
        breath = Breath(self.sorting.keys, BREATH)
        for mention in mentions:
            read.append((mention, self._relabelling.heard(mention)))
            await breath.if_due()
        return read

    async def _read_on(self) -> None:
        """Follow what another process stores (an import beside the console), and read a slice at a time what was
        stored without being read. Where nothing was written since, there is nothing to look for."""
        mentions = self.room.mentions
        seen: int | None = None
        while True:
            more = False
            try:
                if (version := mentions.version()) != seen:
                    async with self._counting:
                        await self._follow(mentions.last_row())
                        more = await self._read_slice()
                    if not more:
                        seen = version
            except StoreError as error:
                self._troubled(error)
            await asyncio.sleep(0.01 if more else 1.0)

    async def _read_slice(self) -> bool:
        """Whether there was something to read."""
        board, mentions = self.room.board, self.room.mentions
        unread = [kept for kept in await mentions.unread(SLICE) if kept.row <= board.row]
        if not unread:
            return False
        readings: list[tuple[int, Reading]] = []
        breath = Breath(self.sorting.keys, BREATH)
        for kept in unread:
            readings.append((kept.row, self._relabelling.reading(kept)))
            await breath.if_due()
        await self._move(readings)
        return True

    async def _move(self, readings: Sequence[tuple[int, Reading]]) -> None:
        """Keep how mentions are read now, and count them where they are now."""
        await self._count_new()
        for feed, minutes in (await self.room.mentions.set_readings(readings)).items():
            self.newcomers.move(feed, minutes)
            for minute, segment, n in minutes:
                self.room.board.pulse.count(minute, segment, n)
        self.sorting.move(readings)
        self.room.tell()

    async def _relabel(self) -> None:
        """Keep the segments in step with what was said and learnt: some at a time, between everything else."""
        while True:
            more = False
            try:
                async with self._counting:
                    changed = self._relabelling.some()
                    if changed:
                        await self._move(changed)
                    more = self._relabelling.more
            except StoreError as error:
                self._troubled(error)
            await (self._rest() if more else self._bell.rung())

    async def _rest(self) -> None:
        await asyncio.sleep(REST)
        await self.sorting.keys.passed()

    # --- what the program notices -----------------------------------------------------------------------

    async def _keep(self) -> None:
        """Once a second: renew the lease, and record deadlines that passed, spikes, feeds that stay blind."""
        kept = True
        while True:
            await asyncio.sleep(1.0)
            leased = await self._leased()
            if leased is False:
                raise _LeaseLost
            if leased and not kept:
                self._untroubled()
            kept = leased is not None
            await self._tell_rest()
            now = self._clock()
            await self._meet(now)
            for health in self.health.values():
                if self._is_blind(health, now):
                    await self._blind(health)
                back = health.since if health.state == "live" else None
                if back is not None and now - back >= CATCHING_UP:
                    await self._back(health)
            async with self._counting:  # all that is counted is counted up to the same row
                with suppress(StoreError):
                    await self._count_new()
                events = self.keeper.notice(
                    self.room.board,
                    now,
                    hears=self._hears,
                    whole=self._is_whole(now),
                    missing=self._missing(now),
                    apart=self.newcomers.of_now,
                    dangers=self.sorting.dangers(now),
                )
            if events:
                await self._record(events)

    async def _meet(self, now: datetime) -> None:
        """Note who is heard, and record who is new beside the others."""
        try:
            for health in self.health.values():
                if health.state == "live":
                    await self.newcomers.hears(health.name, now)
        except StoreError as error:
            self._troubled(error)
        for event in self.newcomers.met(self.room.board.added, now):
            await self._tell(event)

    async def _count_new(self) -> None:
        """Count apart what those brought that are new by the log."""
        board = self.room.board
        new = board.new_at(self._clock())
        if self.newcomers.settle(new):
            self.keeper.begin_again()
        await self.newcomers.count(new, board.row)

    @property
    def _hears(self) -> bool:
        """Whether what is counted goes on: somebody is heard, and it can be stored."""
        return self.trouble is None and not (self.health and all(health.is_lost for health in self.health.values()))

    def _is_whole(self, now: datetime) -> bool:
        """Whether nobody is missing of those who are compared."""
        missing = [health.since for health in self.health.values() if health.is_lost]
        return all(since is not None and now - since > BLURRED for since in missing)

    def _missing(self, now: datetime) -> set[str]:
        """Who hears nothing and is still waited for before what is usual goes on without them."""
        lost = [(health.name, health.since) for health in self.health.values() if health.is_lost]
        return {name for name, since in lost if since is not None and now - since <= MISSED}

    async def _follow(self, row: int) -> None:
        """Another process stores: count what came in since we last looked."""
        board = self.room.board
        if row > board.row:
            for minute, segment, n in await self.room.mentions.counts_between(board.row, row):
                board.pulse.count(minute, segment, n)
            board.row = row
            self.room.tell()

    async def _recount(self) -> None:
        """Who runs the feeds moves mentions from one segment to another by what was said and learnt: for a while after
        it, count again. Nothing in the store says which of them were moved."""
        board, loop = self.room.board, asyncio.get_running_loop()
        version, until = self._recounted
        if board.labels.version != version:
            self._recounted = board.labels.version, loop.time() + RECOUNTED
        elif loop.time() > until:
            if self._recounted_at is not None:
                self._recounted_at = None
                self.newcomers.forget()
            return
        stored = self.room.mentions.version()
        if stored == self._recounted_at:
            return
        self._recounted_at = stored
        now = self._clock()
        row, counts = await self.room.mentions.counts_now(now - PULSE_KEPT, now + PULSE_KEPT)
        board.pulse.count_anew(counts)
        board.row = max(board.row, row)
        await self._relabelling.look_again()
        self.room.tell()


@asynccontextmanager
async def running(intake: Intake) -> AsyncIterator[Intake]:
    """The intake under way for as long as the block lasts, the log of other consoles followed, what is said learnt and
    what comes in looked at. What ends the block leaves it as it is, and not as one of a group."""
    ended: Exception | None = None
    room = intake.room
    with SteadyReader(room.folder / MENTIONS) as reader:
        async with asyncio.TaskGroup() as tasks:
            board = room.board
            said, came = Bell(room.on_change), Bell(room.on_change)
            looked_at = follow(intake.sorting, reader, lambda: board.row, room.tell, lambda: board, came)
            under_way = [
                tasks.create_task(intake.learning.follow(room.tell, said)),
                tasks.create_task(looked_at),
                tasks.create_task(intake.run()),
                tasks.create_task(_follow_log(room)),
            ]
            try:
                yield intake
            except Exception as error:  # noqa: BLE001 - it is raised again below
                ended = error
            finally:
                for task in under_way:
                    task.cancel()
    if ended is not None:
        raise ended


async def _follow_log(room: Room) -> None:
    """Follow what other consoles write, until cancelled; where it cannot be read just now, try again."""
    while True:
        try:
            await room.follow()
        except StoreError:
            await asyncio.sleep(1.0)
