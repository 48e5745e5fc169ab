"""Intake: runs the feeds of a room. What they hear is stored and counted; once a second what is noticed is recorded.

One process at a time runs the feeds of a room (a lease in the store); the others follow the store. The same Intake
serves the console and `warroom listen`. Its parts: `listening` hears, `storing` keeps, `counting` counts and reads,
`recorder` writes what is noticed, `trouble` is that nothing can be written.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from feeds.base import Feed
from warroom.domain.triage.triage import Triage
from warroom.services.bell import Bell
from warroom.services.counting import Counting
from warroom.services.following import follow
from warroom.services.health import Health
from warroom.services.keeper import MISSED, Keeper
from warroom.services.learning import Learning
from warroom.services.listening import Listening
from warroom.services.newcomers import Newcomers
from warroom.services.recorder import Recorder
from warroom.services.room import MENTIONS, Clock, Room
from warroom.services.sorting import Sorting
from warroom.services.storing import Storing
from warroom.services.trouble import Trouble
from warroom.store.errors import StoreError
from warroom.store.steady import SteadyReader

LEASE = timedelta(seconds=15)
BLURRED = timedelta(minutes=65)
"""A feed that is lost for longer than the minutes that are compared has no part in whether a wave is over."""


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
        holder: str | None = None,
    ) -> None:
        """`sorting` looks at what comes in; `learning` says whether it is on where nobody has switched it; `holder`
        names who holds the lease, else this process."""
        self.room = room
        self.feeds = feeds
        self.triage = triage
        self.runs_here: bool | None = None
        """Whether this process runs the feeds; None until it has asked."""
        self.sorting = sorting or Sorting(triage)
        self.learning = Learning(triage, lambda: room.board, default=learning, keys=self.sorting.keys)
        self.keeper = keeper or Keeper()
        self.newcomers = Newcomers(room.mentions)
        self.trouble = Trouble(clock, room.tell)
        self._recorder = Recorder(room, self.trouble)
        self._listening = Listening(room, feeds, self._recorder, clock=clock, rng=rng)
        self._counting = Counting(
            room, self.sorting, self.learning, self.keeper, self.newcomers, self.trouble, clock=clock
        )
        self.storing = Storing(
            room, self._listening, self._counting, self.learning, self.newcomers, self.trouble, clock=clock
        )
        self._clock = clock
        self._holder = holder or f"{os.getpid()}"

    @property
    def health(self) -> Mapping[str, Health]:
        return self._listening.health

    def retry_now(self) -> None:
        """Do not wait any longer for the feeds that are lost."""
        self._listening.retry_now()

    async def run(self) -> None:
        """Hold the lease and run the feeds until cancelled; while another process holds it, follow the store."""
        while True:
            self.runs_here = bool(await self._leased())
            if self.runs_here:
                self._listening.go_on()
                with suppress(StoreError):  # then each is met as it is heard
                    await self.newcomers.begin(self.health)
                try:
                    await self._run_here()
                except* _LeaseLost:
                    pass
                finally:
                    self.runs_here = False
                    with suppress(StoreError):  # then it expires
                        await asyncio.shield(self.room.mentions.release(self._holder))
            try:
                await self._counting.follow(self.room.mentions.last_row())
                await self._counting.recount()
                await self._counting.count_new()
            except StoreError as error:
                self.trouble.met(error)
            self.keeper.look(self.room.board, self._clock(), apart=self.newcomers.of_now)
            await asyncio.sleep(1.0)

    async def _run_here(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for feed in self.feeds:
                tasks.create_task(self._listening.listen(feed))
            tasks.create_task(self.storing.run())
            tasks.create_task(self._keep())
            tasks.create_task(self._counting.read_on())
            tasks.create_task(self._counting.relabel())

    async def _leased(self) -> bool | None:
        """Whether this process may run the feeds; None where the store cannot tell now."""
        try:
            return await self.room.mentions.lease(self._holder, LEASE)
        except StoreError as error:
            self.trouble.met(error)
            return None

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
                self.trouble.over()
            kept = leased is not None
            await self._recorder.tell_rest()
            now = self._clock()
            await self._meet(now)
            await self._listening.look(now)
            await self._notice(now)

    async def _notice(self, now: datetime) -> None:
        async with self._counting.lock:  # all that is counted is counted up to the same row
            with suppress(StoreError):
                await self._counting.count_new()
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
            await self._recorder.record(events)

    async def _meet(self, now: datetime) -> None:
        """Note who is heard, and record who is new beside the others."""
        try:
            for health in self.health.values():
                if health.state == "live":
                    await self.newcomers.hears(health.name, now)
        except StoreError as error:
            self.trouble.met(error)
        for event in self.newcomers.met(self.room.board.added, now):
            await self._recorder.tell(event)

    @property
    def _hears(self) -> bool:
        """Whether what is counted goes on: somebody is heard, and it can be stored."""
        all_lost = bool(self.health) and all(health.is_lost for health in self.health.values())
        return self.trouble.error is None and not all_lost

    def _is_whole(self, now: datetime) -> bool:
        """Whether nobody is missing of those who are compared."""
        missing = [health.since for health in self.health.values() if health.is_lost]
        return all(since is not None and now - since > BLURRED for since in missing)

    def _missing(self, now: datetime) -> set[str]:
        """Who hears nothing and is still waited for before what is usual goes on without them."""
        lost = [(health.name, health.since) for health in self.health.values() if health.is_lost]
        return {name for name, since in lost if since is not None and now - since <= MISSED}


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
