"""Replay: the same fold on another clock; its end is the live room."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.scenario import DECLARED, START
from tests.services.rooms import Hands, room_in
from warroom.domain.desk import act_on, pin, undo
from warroom.domain.events import FeedAdded, SpikeSeen
from warroom.domain.incident import add_note, stand_down
from warroom.domain.mention import Kept, Mention, Reading, Segment
from warroom.domain.triage.labelling import load_labels, step
from warroom.services.replay import Replay
from warroom.services.room import MENTIONS, TIMELINE, Decision, Room
from warroom.store.journal import iter_log
from warroom.store.windows import MentionReader

SEGMENTS = [Segment.HATE, Segment.DISLIKE, Segment.LIKE, Segment.LOVE, Segment.NEUTRAL]


async def hear(room: Room, clock: Hands, n: int) -> None:
    """Store `n` mentions now and count them, as the intake does."""
    start = room.board.row
    read = [
        (
            Mention(source="x", native_id=str(start + i), text=f"mention {start + i}", received_at=clock()),
            Reading(SEGMENTS[i % 5]),
        )
        for i in range(n)
    ]
    added = await room.mentions.add(read)
    for minute, segment, count in added.minutes:
        room.board.pulse.count(minute, segment, count)
    room.board.row = added.last_row


OPEN = ExitStack()


@pytest.fixture(autouse=True)
def _close_readers() -> Iterator[None]:
    with OPEN:
        yield


def reader_of(folder: Path) -> MentionReader:
    """A reader that is open until the test ends."""
    return OPEN.enter_context(MentionReader(folder / MENTIONS))


def replied(kept: Kept) -> Decision:
    return lambda board: act_on(board.desk, kept, "reply")


def pinned(kept: Kept, clock: Hands) -> Decision:
    return lambda board: [pin(board.desk, kept), add_note("seen", now=clock())]


async def lived(folder: Path, *, closed: bool = True) -> Room:
    """A crisis of half an hour with mentions and acts between one another."""
    clock = Hands()
    async with room_in(folder, clock) as room:
        reader = reader_of(folder)
        for minute in range(30):
            await hear(room, clock, minute % 4 + 1)
            newest = reader.get(room.board.row)
            assert newest is not None
            if minute % 3 == 0:
                await room.do(replied(newest))
            if minute % 7 == 0:
                await room.do(pinned(newest, clock))
            clock.pass_minutes(1)
        if closed:
            await room.do(lambda board: stand_down(board.incident, "quiet"))  # type: ignore[arg-type]
        return room


def replay_of(folder: Path, room: Room) -> Replay:
    return Replay(list(iter_log(folder / TIMELINE)), reader_of(folder), next(iter(room.board.incidents)))


async def two_crises(folder: Path) -> Room:
    """A crisis in which three mentions were labelled, one of them in vain, and one that loads its labels."""
    clock = Hands()
    async with room_in(folder, clock) as room:
        await hear(room, clock, 4)
        kepts = [kept for row in range(1, 5) if (kept := reader_of(folder).get(row)) is not None]
        for kept in kepts[:3]:
            clock.pass_minutes(1)
            written = await room.do(labelled(kept))
        await room.do(lambda board: undo(board.desk, written[0]))
        former = await over(room)
        clock.pass_minutes(60)
        await room.do(lambda board: replace(DECLARED, title="Another one"))
        clock.pass_minutes(5)
        await room.do(lambda board: load_labels(board.labels, board.current, former))
        clock.pass_minutes(5)
        await room.do(labelled(kepts[3]))
    return room


def labelled(kept: Kept) -> Decision:
    return lambda board: step(kept, kept.segment, 1 if kept.segment is Segment.HATE else -1)


async def over(room: Room) -> str:
    """Stand the crisis down; its name."""
    incident = room.incident
    assert incident is not None
    await room.do(lambda board: stand_down(incident, "quiet"))
    return incident.id


async def test_a_replay_learns_what_was_loaded_from_a_former_crisis_and_nothing_else_of_it(tmp_path: Path) -> None:
    live = (await two_crises(tmp_path)).board
    former, inc = live.incidents
    wanted = live.labels.to_learn(inc)
    assert [label.weight for label in wanted] == [0.3, 0.3, 1.0]
    replay = Replay(list(iter_log(tmp_path / TIMELINE)), reader_of(tmp_path), inc)
    for _ in range(2):  # a second time on a board that was made anew
        replay.seek(replay.end)
        assert replay.board.labels.to_learn(inc) == wanted
        assert former not in replay.board.incidents
        assert [mark.said for _, mark in replay.board.desk if mark.said] == [Segment.LIKE]
        replay.seek(replay.start)
        assert replay.board.labels.to_learn(inc) == [], "nothing was loaded yet"


@pytest.mark.parametrize("closed", [True, False])
async def test_the_end_of_a_replay_is_the_live_room(tmp_path: Path, closed: bool) -> None:
    room = await lived(tmp_path, closed=closed)
    replay = replay_of(tmp_path, room)
    replay.seek(replay.end)
    live, again = room.board, replay.board
    assert again.incidents == live.incidents
    assert again.timelines == live.timelines
    assert dict(again.desk) == dict(live.desk)
    assert again.pulse == live.pulse
    assert (again.pos, again.row) == (live.pos, live.row)


async def test_a_replay_knows_of_a_new_source_and_of_its_wave_what_was_known_and_no_earlier(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await hear(room, clock, 3)
        clock.pass_minutes(10)
        since = clock.at
        await room.do(lambda _: [FeedAdded(feed="b", since=since)], actor="auto")
        clock.pass_minutes(90)
        seen = SpikeSeen(rate10=90, usual10=20, level="amber", count=99, expected10=300, feed="b", new_since=since)
        await room.do(lambda _: [seen], actor="auto")
        clock.pass_minutes(5)
    replay = replay_of(tmp_path, room)
    replay.seek(since - timedelta(minutes=1))
    assert (replay.board.new_at(replay.at), replay.board.spike) == ({}, None)
    replay.seek(since + timedelta(minutes=30))
    assert (replay.board.new_at(replay.at), replay.board.spike) == ({"b": since}, None)
    replay.seek(replay.end)
    assert (replay.board.new_at(replay.at), replay.board.spike) == ({"b": since}, seen)
    assert (room.board.added, room.board.spike, room.board.spike_at) == (
        replay.board.added,
        replay.board.spike,
        replay.board.spike_at,
    )


async def test_playing_in_small_steps_and_seeking_there_are_the_same(tmp_path: Path) -> None:
    room = await lived(tmp_path)
    played, sought = replay_of(tmp_path, room), replay_of(tmp_path, room)
    played.playing, played.speed = True, 16
    for _ in range(50):
        played.tick(0.7)
    sought.seek(played.at)
    assert played.at > played.start
    assert played.board.timelines == sought.board.timelines
    assert played.board.pulse == sought.board.pulse
    assert played.board.row == sought.board.row


async def test_going_back_shows_what_was_known_then(tmp_path: Path) -> None:
    room = await lived(tmp_path)
    replay = replay_of(tmp_path, room)
    replay.seek(START + timedelta(minutes=5))
    early = (replay.board.row, len(replay.board.timeline), replay.board.pulse.total)
    replay.seek(replay.end)
    assert replay.board.row > early[0]
    replay.seek(START + timedelta(minutes=5))
    assert (replay.board.row, len(replay.board.timeline), replay.board.pulse.total) == early
    incident = replay.board.incident
    assert incident is not None
    assert incident.is_open


async def test_what_came_after_an_event_is_not_shown_before_it(tmp_path: Path) -> None:
    """Mentions and events interleave by row, whatever the clocks say."""
    room = await lived(tmp_path)
    replay = replay_of(tmp_path, room)
    for mark in replay.marks:
        replay.seek(mark)
        last = replay.board.timeline[-1].recorded
        assert replay.board.row >= last.after_mention
        assert replay.board.pos >= 1


async def test_next_and_previous_go_from_event_to_event(tmp_path: Path) -> None:
    room = await lived(tmp_path)
    replay = replay_of(tmp_path, room)
    replay.seek(replay.start)
    seen = []
    while not replay.over:
        replay.next_mark()
        seen.append(replay.at)
    assert seen == sorted(set(seen))
    assert set(seen) <= {*replay.marks, replay.end}
    replay.previous_mark()
    assert replay.at == replay.marks[-2] or replay.at == replay.marks[-1]


async def test_the_speed_goes_up_and_down_its_steps(tmp_path: Path) -> None:
    room = await lived(tmp_path)
    replay = replay_of(tmp_path, room)
    for expected in (2, 4, 8, 16, 60, 60):
        replay.faster()
        assert replay.speed == expected
    for expected in (16, 8, 4, 2, 1, 1):
        replay.slower()
        assert replay.speed == expected
    assert replay.tick(1.0) is False
