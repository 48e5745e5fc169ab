"""Newcomers: a source that is added raises no alarm by being added, and is one of the others after a day."""

from datetime import timedelta
from pathlib import Path

from tests.services.rooms import Hands, room_in
from tests.services.test_intake import Spoken, heard, intake_of, until
from tests.services.test_keeper import Watch
from warroom.domain.events import SpikeSeen
from warroom.domain.mention import Mention, Reading, Segment
from warroom.domain.pulse import Pulse
from warroom.services.intake import running
from warroom.services.keeper import Keeper
from warroom.services.newcomers import Newcomers
from warroom.store.mentions import MentionStore

DAY = 24 * 60


async def brings(mentions: MentionStore, feed: str, clock: Hands, n: int, segment: Segment = Segment.HATE) -> None:
    await mentions.first_heard(feed, clock.at)
    told = [
        (Mention(source="x", native_id=f"{feed} {clock.at} {i}", text="t", received_at=clock.at, feed=feed), segment)
        for i in range(n)
    ]
    await mentions.add([(mention, Reading(read)) for mention, read in told])


async def test_who_came_an_hour_later_is_new_for_a_day_and_counted_apart_also_after_a_restart(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await brings(room.mentions, "a", clock, 3)
        clock.pass_minutes(50)
        await brings(room.mentions, "beside it", clock, 3)
        clock.pass_minutes(30)
        await brings(room.mentions, "b", clock, 5)
        since, minute = clock.at, int(clock.at.timestamp() // 60)
        await brings(room.mentions, "a", clock, 7, Segment.LOVE)
        new = Newcomers(room.mentions)
        await new.begin(["a", "beside it", "b", "never heard"], clock.at)
        assert [new.until(feed, clock.at) for feed in ("a", "beside it", "never heard")] == [None, None, None]
        assert new.until("b", clock.at) == since + timedelta(hours=24)
        assert [(pulse.at(minute), pulse.of(Segment.HATE)) for pulse in new.counts] == [(5, 5)]
        new.heard("b", [(minute, Segment.LIKE, 2)], clock.at)
        new.heard("a", [(minute, Segment.LIKE, 2)], clock.at)
        assert [pulse.at(minute) for pulse in new.counts] == [7]
        assert not new.settle(clock.at)
        clock.pass_minutes(DAY)
        assert new.settle(clock.at)
        assert not new.settle(clock.at)
        assert new.counts == []


async def test_of_sources_that_all_begin_now_none_is_new(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        new = Newcomers(room.mentions)
        await new.begin(["a", "b"], clock.at)
        for feed in ("a", "b"):
            await new.hears(feed, clock.at)
            assert new.until(feed, clock.at) is None


async def test_a_source_that_is_added_later_is_called_new_where_people_see_how_sources_are(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await brings(room.mentions, "a", clock, 1)
        clock.pass_minutes(120)
        intake = intake_of(room, clock, Spoken("a", heard("1")), Spoken("b", heard("2", "3")))
        async with running(intake):
            await until(lambda: intake.health["b"].new_until is not None)
            assert intake.health["b"].new_until == clock.at + timedelta(hours=24)
            assert intake.health["a"].new_until is None
            assert [pulse.total for pulse in intake.newcomers.counts] == [2]
            assert room.board.pulse.total == 4


async def test_who_takes_over_from_another_console_raises_no_alarm_for_what_is_new(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await brings(room.mentions, "a", clock, 1)
        clock.pass_minutes(120)
        for _ in range(10):
            await brings(room.mentions, "b", clock, 40)
            clock.pass_minutes(1)
        assert await room.mentions.lease("another", timedelta(hours=1))
        intake = intake_of(room, clock, Spoken("a"), Spoken("b"))
        intake.keeper = Keeper(expected_per_minute=2)
        async with running(intake):
            await until(lambda: intake.keeper.state is not None and intake.keeper.state.count == 400)
            assert not intake.runs_here
            await room.mentions.release("another")
            await until(lambda: intake.runs_here and intake.health["b"].new_until is not None)
            await until(lambda: intake.keeper.state is not None)
            assert intake.keeper.state is not None
            assert intake.keeper.state.count == 0
        assert not [line for line in room.board.timeline if isinstance(line.recorded.data, SpikeSeen)]


def test_what_a_new_source_brings_is_no_wave_and_hides_none_and_is_usual_after_a_day() -> None:
    watch, apart = Watch(Keeper()).heard_before(3 * DAY, 5), Pulse()
    while watch.keeper.state is None:
        watch.live(1, 5)

    def live(minutes: int, rate: int, new: int) -> None:
        for _ in range(minutes):
            minute = watch.at(watch.minute)
            apart.count(minute, Segment.HATE, new)
            watch.board.pulse.count(minute, Segment.HATE, new)
            watch.live(1, rate, apart=[apart])

    live(5 * 60, 5, 20)
    assert watch.told == []
    assert watch.keeper.state.count == 75
    live(20, 40, 20)
    assert SpikeSeen in watch.kinds
    live(19 * 60, 5, 20)
    watch.told.clear()
    watch.keeper.begin_again()
    watch.live(60, 25)
    assert watch.told == []
    assert watch.keeper.state is not None
    assert 300 < watch.keeper.state.expected < 450
    assert watch.keeper.state.level == "calm"
