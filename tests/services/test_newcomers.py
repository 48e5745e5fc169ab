"""Newcomers: a source that is added is compared with itself for a day, and is one of the others afterwards."""

from collections.abc import Callable, Sequence
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from feeds.base import Batch
from tests.services.rooms import Hands, room_in
from tests.services.test_intake import Spoken, heard, intake_of, until
from tests.services.test_keeper import Watch
from warroom.domain.events import CrisisProposed, FeedAdded, FeedLost, SpikeOver, SpikeSeen
from warroom.domain.mention import Mention, Reading, Segment
from warroom.domain.newcomer import Newcomer
from warroom.domain.pulse import Pulse
from warroom.services.entries.entry import entry
from warroom.services.entries.noticed import wave
from warroom.services.intake import running
from warroom.services.keeper import MISSED, Keeper
from warroom.services.newcomers import Newcomers
from warroom.services.room import Room
from warroom.services.words import Words
from warroom.store.mentions import MentionStore

DAY = 24 * 60
LONG = timedelta(days=60)


async def brings(mentions: MentionStore, feed: str, clock: Hands, n: int, segment: Segment = Segment.HATE) -> None:
    await mentions.first_heard(feed, clock.at, LONG)
    told = [
        (Mention(source="x", native_id=f"{feed} {clock.at} {i}", text="t", received_at=clock.at, feed=feed), segment)
        for i in range(n)
    ]
    await mentions.add([(mention, Reading(read)) for mention, read in told])


def named(events: Sequence[FeedAdded]) -> list[str]:
    return [event.feed for event in events]


async def test_who_comes_an_hour_later_is_new_for_a_day_also_after_a_restart_and_is_told_once(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await brings(room.mentions, "a", clock, 3)
        clock.pass_minutes(50)
        await brings(room.mentions, "beside it", clock, 3)
        clock.pass_minutes(30)
        await brings(room.mentions, "b", clock, 5)
        since = clock.at
        new = Newcomers(room.mentions)
        await new.begin(["a", "beside it", "b", "never heard"])
        assert new.met({}, clock.at) == [FeedAdded(feed="b", since=since)]
        assert new.met({}, clock.at) == []
        again = Newcomers(room.mentions)
        await again.begin(["a", "b"])
        assert again.met({"b": since}, clock.at) == []
        later = Newcomers(room.mentions)
        await later.begin(["a", "b"])
        assert later.met({}, clock.at + timedelta(hours=24)) == []


async def test_what_is_new_is_counted_apart_row_by_row_and_after_a_day_no_more(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await brings(room.mentions, "b", clock, 2)
        clock.pass_minutes(120)
        since, minute = clock.at, int(clock.at.timestamp() // 60)
        await brings(room.mentions, "b", clock, 5)
        await brings(room.mentions, "a", clock, 7, Segment.LOVE)
        new = Newcomers(room.mentions)
        await new.count({"b": since}, 6)
        assert new.of_now["b"].pulse.total == 4, "of the seven of it two are from before, and one is not counted yet"
        await new.count({"b": since}, 14)
        await new.count({"b": since}, 14)
        pulse = new.of_now["b"].pulse
        assert (pulse.at(minute), pulse.of(Segment.HATE)) == (5, 5)
        new.move("b", [(minute, Segment.HATE, -1), (minute, Segment.LIKE, 1)])
        new.move("a", [(minute, Segment.LIKE, 2)])
        assert (pulse.at(minute), pulse.of(Segment.HATE)) == (5, 4)
        new.forget()
        await new.count({"b": since}, 14)
        assert new.of_now["b"].pulse.of(Segment.HATE) == 5
        assert not new.settle({"b": since})
        assert new.settle({})
        assert not new.settle({})
        assert new.of_now == {}


async def test_of_sources_that_all_begin_now_none_is_new(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        new = Newcomers(room.mentions)
        await new.begin(["a", "b"])
        for feed in ("a", "b"):
            await new.hears(feed, clock.at)
        assert new.met({}, clock.at) == []


async def heard_daily(room: Room, clock: Hands, feed: str, days: int) -> None:
    for _ in range(days):
        await room.mentions.first_heard(feed, clock.at, MISSED)
        clock.pass_minutes(DAY)


async def test_a_source_that_comes_back_after_months_is_new_again_and_one_that_missed_a_night_is_not(
    tmp_path: Path,
) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await room.mentions.first_heard("b", clock.at, MISSED)
        await heard_daily(room, clock, "a", 60)

        async def met() -> list[str]:
            new = Newcomers(room.mentions)
            await new.begin(["a", "b"])
            for feed in ("a", "b"):
                await new.hears(feed, clock.at)
            return named(new.met({}, clock.at))

        assert await met() == ["b"]
        clock.pass_minutes(DAY)
        assert await met() == []
        clock.pass_minutes(12 * 60)
        assert await met() == []


async def test_a_room_that_was_closed_for_a_week_has_no_new_sources(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        for feed in ("a", "b"):
            await room.mentions.first_heard(feed, clock.at, MISSED)
        clock.pass_minutes(7 * DAY)
        new = Newcomers(room.mentions)
        await new.begin(["a", "b"])
        for feed in ("a", "b"):
            await new.hears(feed, clock.at)
            clock.pass_minutes(5)
        assert new.met({}, clock.at) == []


async def test_a_source_that_is_added_later_is_in_the_log_as_new_and_counted_apart(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await brings(room.mentions, "a", clock, 1)
        clock.pass_minutes(120)
        brought = [replace(mention, feed="b", received_at=clock.at) for mention in heard("2", "3").mentions]
        intake = intake_of(room, clock, Spoken("a", heard("1")), Spoken("b", Batch(mentions=brought)))
        async with running(intake):
            await until(lambda: bool(intake.newcomers.of_now))
            assert room.board.new_at(clock.at) == {"b": clock.at}
            await until(lambda: intake.newcomers.of_now["b"].pulse.total == 2)
            assert room.board.pulse.total == 4
        told = [line.recorded for line in room.board.timeline if isinstance(line.recorded.data, FeedAdded)]
        assert len(told) == 1
        assert "New source: b, heard since " in Words("en", UTC).say(entry(told[0], None).text)


async def test_who_only_follows_compares_the_same_as_who_listens_and_goes_on_so_when_it_takes_over(
    tmp_path: Path,
) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await brings(room.mentions, "a", clock, 1)
        clock.pass_minutes(120)
        await room.do(lambda _: [FeedAdded(feed="b", since=clock.at)], actor="auto")
        for _ in range(10):
            await brings(room.mentions, "b", clock, 40)
            clock.pass_minutes(1)
        assert await room.mentions.lease("another", timedelta(hours=1))
        keeper = Keeper(expected_per_minute=2)
        intake = intake_of(room, clock, Spoken("a"), Spoken("b"), keeper=keeper)

        def told() -> tuple[int, int] | None:
            if keeper.state is None or "b" not in keeper.of_new:
                return None
            return keeper.state.count, keeper.of_new["b"].count

        async with running(intake):
            await until(lambda: told() is not None)
            assert not intake.runs_here
            assert told() == (0, 360), "the minute in which it came is not full"
            await room.mentions.release("another")
            await until(lambda: bool(intake.runs_here))
            await until(lambda: room.board.new_at(clock.at).keys() == {"b"})
            assert told() == (0, 360)
        assert not [line for line in room.board.timeline if isinstance(line.recorded.data, SpikeSeen)]


# --- what the alarm makes of it -------------------------------------------------------------------------


class Added(Watch):
    """A room of three days at five a minute, to which a source is added."""

    def __init__(self) -> None:
        super().__init__(Keeper())
        self.heard_before(3 * DAY, 5)
        while self.keeper.state is None:
            self.live(1, 5)
        self.since = self.scenario.now
        self.pulse = Pulse()

    def goes_on(self, minutes: int, rate: int, new: int, segment: Segment = Segment.HATE) -> "Added":
        for _ in range(minutes):
            self.pulse.count(self.at(self.minute), segment, new)
            self.board.pulse.count(self.at(self.minute), segment, new)
            self.live(1, rate, apart={"b": Newcomer(self.since, self.pulse)})
        return self

    def seen(self) -> list[SpikeSeen]:
        return [event for _, event in self.told if isinstance(event, SpikeSeen)]


def minutes_until(watch: Added, seen: Callable[[], bool]) -> int:
    for minute in range(60):
        if seen():
            return minute
        watch.goes_on(1, 5, 100)
    raise AssertionError("never")


def test_what_a_new_source_brings_is_no_wave_of_the_others_and_hides_none_and_is_usual_after_a_day() -> None:
    watch = Added().goes_on(5 * 60, 5, 20)
    assert watch.told == []
    assert watch.keeper.state is not None
    assert watch.keeper.state.count == 75
    assert watch.keeper.of_new["b"].count == 300
    watch.goes_on(20, 40, 20)
    assert {event.feed for event in watch.seen()} == {""}
    watch.goes_on(19 * 60, 5, 20)
    watch.told.clear()
    watch.keeper.begin_again()
    watch.live(60, 25)
    assert watch.told == []
    assert watch.keeper.of_new == {}
    assert watch.keeper.state is not None
    assert 300 < watch.keeper.state.expected < 450
    assert watch.keeper.state.level == "calm"


def test_a_new_source_that_jumps_after_two_hours_is_amber_then_red_and_asks_by_itself_and_is_over_by_itself() -> None:
    watch = Added().goes_on(2 * 60, 5, 20)
    assert watch.told == []
    assert minutes_until(watch, lambda: [event.level for event in watch.seen()] == ["amber", "red"]) <= 5
    watch.goes_on(20, 5, 100)
    seen = watch.seen()[-1]
    assert (seen.feed, seen.new_since, watch.board.spike) == ("b", watch.since, seen)
    assert seen.usual10 == 200
    assert CrisisProposed in watch.kinds
    told = Words("en", UTC).say(wave(seen))
    assert told.startswith(f"Spike at b, new since {Words('en', UTC).clock(watch.since)}: ")
    assert watch.keeper.state is not None
    assert watch.keeper.state.level == "calm"
    watch.goes_on(60, 5, 20)
    assert watch.kinds.count(SpikeOver) == 1
    assert watch.board.spike is None


def test_a_new_source_warns_of_nothing_in_its_first_hour_and_of_amber_only_in_its_second() -> None:
    watch = Added().goes_on(30, 5, 20)
    assert not watch.keeper.of_new["b"].warm
    assert watch.goes_on(20, 5, 100).told == []
    watch = Added().goes_on(70, 5, 20)
    assert watch.keeper.of_new["b"].warm
    watch.goes_on(20, 5, 100)
    assert [event.level for event in watch.seen()] == ["amber"]


def test_what_was_written_before_a_source_was_heard_says_nothing_of_it() -> None:
    watch = Added()
    for minute in range(watch.minute - 30, watch.minute):
        watch.pulse.count(watch.at(minute), Segment.HATE, 50)
        watch.board.pulse.count(watch.at(minute), Segment.HATE, 50)
    watch.goes_on(10, 5, 2)
    assert watch.keeper.of_new["b"].count == 2 * 9
    assert watch.told == []


def test_a_new_source_that_is_lost_waits_by_itself_and_the_others_go_on_learning() -> None:
    watch = Added().goes_on(90, 5, 20)
    watch.scenario.given(FeedLost(feed="b", since=watch.scenario.now, reason="down"))
    watch.goes_on(3 * 60, 5, 0)
    assert watch.keeper.of_new["b"].frozen
    assert watch.keeper.of_new["b"].expected == pytest.approx(300)
    assert watch.keeper.state is not None
    assert not watch.keeper.state.frozen
    watch.scenario.given(FeedLost(feed="a", since=watch.scenario.now, reason="down"))
    watch.goes_on(2, 5, 0)
    assert watch.keeper.state.frozen


def test_a_busy_source_that_is_new_does_not_make_a_quiet_brand_a_busy_one() -> None:
    def watched(minutes: int, new: int) -> float | None:
        watch = Added()
        watch.keeper, pulse = Keeper(), Pulse()
        watch.board.pulse.count_anew((watch.at(minute), Segment.LIKE, 1) for minute in range(0, watch.minute, 6))
        for minute in range(watch.minute - minutes, watch.minute):
            pulse.count(watch.at(minute), Segment.LIKE, new)
            watch.board.pulse.count(watch.at(minute), Segment.LIKE, new)
        since = watch.scenario.now - timedelta(minutes=minutes)
        while watch.keeper.state is None:
            watch.live(1, 0, apart={"b": Newcomer(since, pulse)})
        return watch.keeper.state.line

    assert watched(600, 9) == watched(600, 0)


def test_a_wave_of_a_new_source_goes_on_when_the_console_is_opened_again() -> None:
    watch = Added().goes_on(6 * 60, 5, 20).goes_on(10, 5, 100)
    assert watch.board.spike is not None
    watch.told.clear()
    watch.keeper = Keeper()
    watch.goes_on(60, 5, 100)
    assert watch.keeper.of_new["b"].level == "red"
    assert watch.told == []


def test_a_new_source_that_is_silent_for_most_of_a_day_raises_no_alarm_with_a_few_mentions() -> None:
    watch = Added().goes_on(20 * 60, 5, 0)
    for _ in range(6):
        watch.goes_on(1, 5, 1).goes_on(20, 5, 0)
    assert watch.told == []
    assert watch.keeper.of_new["b"].level == "calm"


def test_a_clock_that_jumps_raises_no_alarm_of_a_new_source_and_none_is_lost_by_it() -> None:
    watch = Added().goes_on(3 * 60, 5, 20)
    for jump in (-90, 300, -20, 600):
        watch.minute += jump
        watch.goes_on(3, 0, 0)
    assert watch.told == []
    watch.goes_on(40, 5, 100)
    assert "b" in {event.feed for event in watch.seen()}


async def test_a_clock_that_was_ahead_leaves_no_source_new_for_longer(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        begun = clock.at
        assert await room.mentions.first_heard("a", clock.at + timedelta(days=300), MISSED) > begun
        assert await room.mentions.first_heard("a", clock.at, MISSED) == begun


def test_one_wave_at_a_time_is_told_and_it_is_over_when_it_is_nowhere() -> None:
    watch = Added().goes_on(3 * 60, 5, 20).goes_on(20, 5, 100)
    told = len(watch.told)
    watch.goes_on(20, 60, 100)
    assert len(watch.told) == told, "it is red already"
    watch.goes_on(60, 60, 20)
    assert SpikeOver not in watch.kinds
    watch.goes_on(6 * 60, 5, 20)
    assert watch.kinds.count(SpikeOver) == 1
