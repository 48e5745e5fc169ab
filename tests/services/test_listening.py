"""Listening to one feed: how long it is left alone after it was lost, and what stops that."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from feeds.base import FeedError, FeedLimited
from tests.services.rooms import Hands, room_in
from tests.services.test_intake import Spoken, heard, until
from warroom.domain.sentence import say
from warroom.services.listening import Listening
from warroom.services.recorder import Recorder
from warroom.services.trouble import Trouble

LOST = FeedError(say("The connection was lost."))


class Longest(random.Random):
    """Chance that always takes the longest."""

    def uniform(self, a: float, b: float) -> float:
        return b


class SeldomAsked(Spoken):
    """A source that is asked once an hour."""

    interval = 3600.0


@asynccontextmanager
async def listened_to(folder: Path, feed: Spoken) -> AsyncIterator[Listening]:
    clock = Hands()
    async with room_in(folder, clock) as room, asyncio.TaskGroup() as tasks:
        trouble = Trouble(clock, room.tell)
        listening = Listening(room, [feed], Recorder(room, trouble), clock=clock, rng=Longest())
        task = tasks.create_task(listening.listen(feed))
        yield listening
        task.cancel()


async def waits(listening: Listening, times: int) -> Sequence[float]:
    """The seconds for which the feed is left alone, one after the other; nobody waits them out."""
    told: list[float] = []
    health = listening.health["a"]
    for tries in range(1, times + 1):
        await until(lambda tries=tries: health.tries == tries and health.retry_at is not None)  # type: ignore[misc]
        assert health.retry_at is not None
        told.append((health.retry_at - Hands().at).total_seconds())
        listening.retry_now()
    return told


async def test_a_feed_that_stays_lost_is_tried_ever_more_seldom_up_to_two_minutes(tmp_path: Path) -> None:
    async with listened_to(tmp_path, Spoken("a", *[LOST] * 10)) as listening:
        assert await waits(listening, 10) == [1, 2, 4, 8, 16, 32, 64, 120, 120, 120]


async def test_a_source_that_is_asked_seldom_is_not_asked_more_often_while_it_is_lost(tmp_path: Path) -> None:
    async with listened_to(tmp_path, SeldomAsked("a", *[LOST] * 14)) as listening:
        assert (await waits(listening, 14))[-2:] == [4096, 7200]


async def test_who_asks_us_to_slow_down_is_left_alone_for_as_long_as_they_say_and_a_little_more(tmp_path: Path) -> None:
    slower = FeedLimited(say("{host} asks us to slow down (429).", host="social.example"), 60.0)
    async with listened_to(tmp_path, Spoken("a", slower)) as listening:
        assert [round(one, 6) for one in await waits(listening, 1)] == [66]


async def test_what_is_heard_between_two_losses_does_not_hide_that_they_follow_each_other(tmp_path: Path) -> None:
    async with listened_to(tmp_path, Spoken("a", LOST, heard("1"), LOST)) as listening:
        health = listening.health["a"]
        await until(lambda: health.state == "lost")
        listening.retry_now()
        await until(lambda: health.state == "lost" and health.last_heard is not None)
        assert health.retry_at is not None
        assert (health.retry_at - Hands().at).total_seconds() == 2, "it was well for less than a minute"
