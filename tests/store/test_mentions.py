"""What comes in: each mention once, edits and deletes as they should be, and never a cursor without its rows."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import START, mention, minutes, reading
from tests.store.conftest import Work
from tests.store.worker import BATCH
from warroom.domain.mention import Deleted, Kept, Mention, Reading, Segment
from warroom.store import batch
from warroom.store.batch import MinuteCount
from warroom.store.mentions import open_mentions
from warroom.store.windows import Filter, MentionReader

MINUTE = int(START.timestamp()) // 60


def everything(file: Path) -> list[Kept]:
    with MentionReader(file) as reader:
        return reader.page(1, reader.last_row())


def gone(of: Mention, at: float = 5) -> Deleted:
    return Deleted(of.source, of.native_id, START + minutes(at))


def search(file: Path, text: str) -> list[int]:
    with MentionReader(file) as reader:
        return reader.rows(Filter(text=text))


async def test_what_is_added_is_read_back_whole_in_the_order_of_arrival(mentions: Path) -> None:
    full = mention(
        1,
        "Glass in the jar! ¿Es seguro? 安全",
        url="https://social.example/1",
        kind="quote",
        author_name="Ana",
        author_url="https://social.example/@ana",
        author_id="7",
        followers=12,
        title="Jar",
        lang="es",
        created_at=START - timedelta(microseconds=1),
        edited_at=START,
        deleted_at=START,
        in_reply_to="a",
        thread="b",
        replies=1,
        reposts=2,
        likes=3,
        quotes=4,
        views=5,
        score=-6,
        reach=7,
        raw='{"x":1}',
        local_id="77",
    )
    assert not [name for name in Mention.__struct_fields__ if getattr(full, name) in (None, "")]
    async with open_mentions(mentions) as store:
        added = await store.add([(full, reading(Segment.HATE, question=True)), (mention(2), None)])
        assert (added.first_row, added.last_row, added.new) == (1, 2, 2)
        assert store.last_row() == 2
    assert everything(mentions) == [Kept(1, full, Segment.HATE, True), Kept(2, mention(2))]


async def test_a_repeat_changes_nothing_and_rows_stay_dense(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        await store.add([(mention(n), reading()) for n in (1, 2)])
        added = await store.add(
            [(mention(n, received_at=START + minutes(9)), reading(Segment.HATE)) for n in (2, 3, 3)]
        )
        assert (added.first_row, added.last_row, added.new, added.repeated, added.edited) == (3, 3, 1, 2, 0)
        assert [kept.row for kept in everything(mentions)] == [1, 2, 3]
        assert everything(mentions)[1] == Kept(2, mention(2), Segment.NEUTRAL)
        nothing = await store.add([])
        assert (nothing.first_row, nothing.last_row, nothing.new) == (4, 3, 0)


async def test_the_same_id_on_two_networks_is_two_mentions(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        added = await store.add([(mention(1, source=source), None) for source in ("mastodon", "bluesky")])
        assert added.new == 2


async def test_an_edit_replaces_the_words_in_the_row_and_in_the_search(mentions: Path) -> None:
    first = mention(1, "glass in the jar", likes=3, created_at=START)
    async with open_mentions(mentions) as store:
        await store.add([(first, reading(Segment.HATE)), (mention(2, "jar"), reading())])
        at = START + minutes(3)
        newer = mention(1, "sorry, my mistake", edited_at=at, created_at=at, received_at=at, feed="tag")
        added = await store.add([(newer, reading(Segment.LIKE, question=True))])
        assert (added.new, added.edited, added.repeated) == (0, 1, 0)
        older = mention(1, "an older text", edited_at=START + minutes(2))
        assert (await store.add([(older, reading())])).repeated == 1
    kept = everything(mentions)[0]
    assert kept.mention.text == "sorry, my mistake"
    assert (kept.mention.received_at, kept.mention.created_at) == (first.received_at, START)
    assert (kept.mention.feed, kept.mention.likes) == ("brand", 3)
    assert (kept.segment, kept.question) == (Segment.LIKE, True)
    assert search(mentions, "mistake") == [1]
    assert search(mentions, "glass") == []
    assert search(mentions, "jar") == [2]


async def test_an_item_without_times_of_edits_that_says_something_else_is_an_edit(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        await store.add([(mention(1, "Recall", title="Jars"), None)])
        assert (await store.add([(mention(1, "Recall", title="Jars recalled"), None)])).edited == 1
        assert (
            await store.add([(mention(1, "Recall widened"), None), (mention(1, "Recall widened"), None)])
        ).edited == 1
    assert everything(mentions)[0].mention.title is None


async def test_a_delete_keeps_the_text_and_a_later_edit_does_not_revive_it(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        added = await store.add([(mention(1, "gone soon"), None)], deleted=[gone(mention(1)), gone(mention(1), 9)])
        assert added.deleted == 1
        await store.add([(mention(1, "edited before", edited_at=START + minutes(1)), None)])
    kept = everything(mentions)[0].mention
    assert (kept.text, kept.deleted_at) == ("edited before", START + minutes(5))
    assert search(mentions, "edited") == [1]


async def test_a_mention_heard_again_as_deleted_is_deleted(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        await store.add([(mention(1), None)])
        for at in (START, START + minutes(1)):
            assert (await store.add([(mention(1, deleted_at=at), None)])).repeated == 1
    assert everything(mentions)[0].mention == mention(1, deleted_at=START)


async def test_a_delete_that_overtakes_its_mention_waits_for_it_a_day_at_least(mentions: Path) -> None:
    now = START
    async with open_mentions(mentions, clock=lambda: now) as store:
        await store.add([], deleted=[gone(mention(1)), gone(mention(2))])
        now = START + timedelta(hours=25)
        await store.add([], deleted=[gone(mention(8))])
        assert (await store.add([(mention(1, "late"), None)], deleted=[gone(mention(9))])).deleted == 1
        now = START + timedelta(days=3)
        await store.add([], deleted=[gone(mention(9))])
        assert (await store.add([(mention(2), None)])).deleted == 0
    assert [kept.mention.deleted_at for kept in everything(mentions)] == [START + minutes(5), None]
    assert everything(mentions)[0].mention.text == "late"


async def test_a_mention_that_claims_the_future_was_written_when_it_came_in(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        times = (timedelta(minutes=2), timedelta(minutes=2, microseconds=1))
        await store.add(
            [(mention(n, received_at=START, created_at=START + ahead), None) for n, ahead in enumerate(times)]
        )
    assert [kept.mention.created_at for kept in everything(mentions)] == [START + minutes(2), START]


async def test_one_bad_item_does_not_cost_its_neighbours(mentions: Path) -> None:
    bad = [mention(2, "half a \ud83d character"), mention(3, likes=1 << 80), mention(4, native_id="\ud83d"), mention(5)]
    async with open_mentions(mentions) as store:
        added = await store.add([(item, None) for item in (mention(1), *bad)], deleted=[Deleted("x", "\udc00", START)])
        assert added.new == 5
        assert (await store.add([(bad[2], None)])).repeated == 1
    kept = everything(mentions)
    assert kept[1].mention.text == "half a \ufffd character"
    assert kept[2].mention.likes is None
    assert kept[4].mention == mention(5)


async def test_a_time_without_a_zone_is_refused_and_stores_nothing(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        with pytest.raises(TypeError):
            await store.add(
                [(mention(1), None), (mention(2, received_at=START.replace(tzinfo=None)), None)], feed="f", cursor=b"1"
            )
        assert store.last_row() == 0
        assert await store.cursor("f") is None


async def test_minutes_count_every_mention_when_it_was_written_and_follow_new_readings(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        assert await store.first_at() is None
        added = await store.add(
            [
                (mention(1), reading(Segment.HATE)),
                (mention(2), reading(Segment.HATE)),
                (mention(3, created_at=START - minutes(1)), reading(Segment.LOVE)),
                (mention(4), None),
            ]
        )
        expected = [
            MinuteCount(MINUTE - 1, Segment.LOVE, 1),
            MinuteCount(MINUTE, None, 1),
            MinuteCount(MINUTE, Segment.HATE, 2),
        ]
        assert sorted(added.minutes, key=str) == sorted(expected, key=str)
        assert await store.minute_counts(START - minutes(1), START + minutes(1)) == expected
        assert await store.minute_counts(START, START + minutes(1)) == expected[1:]
        await store.add([(mention(9, source="rss", received_at=START + timedelta(days=9)), None)])
        assert await store.first_at() == START - minutes(1)
        edit = mention(1, "all good", edited_at=START + minutes(9))
        changed = await store.add([(edit, reading(Segment.LIKE))])
        assert list(changed.minutes) == [MinuteCount(MINUTE, Segment.HATE, -1), MinuteCount(MINUTE, Segment.LIKE, 1)]
        read = await store.set_readings([(4, reading(Segment.HATE, question=True)), (99, reading())])
        assert list(read.values()) == [[MinuteCount(MINUTE, None, -1), MinuteCount(MINUTE, Segment.HATE, 1)]]
        assert await store.minute_counts(START, START + minutes(1)) == [
            MinuteCount(MINUTE, Segment.HATE, 2),
            MinuteCount(MINUTE, Segment.LIKE, 1),
        ]
        assert await store.counts_between(1, 4) == [
            MinuteCount(MINUTE - 1, Segment.LOVE, 1),
            MinuteCount(MINUTE, Segment.HATE, 2),
        ]


async def test_the_first_mention_is_the_one_written_first_whenever_it_comes_in(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        for n, written in enumerate((5, 3, 9)):
            await store.add([(mention(n, created_at=START - timedelta(hours=written)), None)])
        assert await store.first_at() == START - timedelta(hours=9)
        await store.add([(mention(7), None)])
        assert await store.first_at() == START - timedelta(hours=9)


async def test_a_bulk_import_is_read_for_segments_afterwards_where_it_stopped(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        await store.add([(mention(n), None) for n in range(5)])
        first = await store.unread(2)
        assert [kept.row for kept in first] == [1, 2]
        await store.set_readings([(kept.row, reading(Segment.LIKE)) for kept in first])
    async with open_mentions(mentions) as store:
        rest = await store.unread(10)
        assert [kept.row for kept in rest] == [3, 4, 5]
        await store.set_readings([(kept.row, reading(Segment.LIKE)) for kept in rest])
        assert await store.unread(10) == []


async def test_the_cursor_of_a_feed_is_its_own_and_stays_when_a_batch_brings_none(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        assert await store.cursor("a") is None
        await store.add([(mention(1), None)], feed="a", cursor=b"1")
        await store.add([(mention(2), None)], feed="a")
        await store.add([], feed="b", cursor=b"\x00\xff")
        assert (await store.cursor("a"), await store.cursor("b")) == (b"1", b"\x00\xff")


async def test_a_failure_in_the_middle_takes_back_rows_search_counts_and_cursor(
    mentions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("no more")

    async with open_mentions(mentions) as store:
        await store.add([(mention(1, "one"), reading())], feed="f", cursor=b"1")
        with monkeypatch.context() as patch:
            patch.setattr(batch, "add_to_pulse", fail)
            with pytest.raises(Exception, match="cannot be used"):
                await store.add([(mention(2, "two"), reading())], feed="f", cursor=b"2")
        assert store.last_row() == 1
        assert await store.cursor("f") == b"1"
        assert await store.minute_counts(START, START + minutes(1)) == [MinuteCount(MINUTE, Segment.NEUTRAL, 1)]
        assert (await store.add([(mention(2, "two"), reading())], feed="f", cursor=b"2")).new == 1
    assert search(mentions, "two") == [2]


async def test_a_cancelled_caller_leaves_whole_batches_with_their_cursor(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        for n in range(8):
            rows: list[tuple[Mention, Reading | None]] = [(mention(n * 10 + part), None) for part in range(10)]
            task = asyncio.get_running_loop().create_task(store.add(rows, feed="f", cursor=str(n + 1).encode()))
            for _ in range(n):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert await store.cursor("f") in (None, str(n + 1).encode(), str(n).encode())
        last = int(await store.cursor("f") or b"0")
        names = [kept.mention.native_id for kept in everything(mentions)]
        assert len(names) % 10 == 0
        assert mention(last * 10 - 1).native_id == names[-1]


async def test_a_kill_neither_loses_nor_doubles_and_the_cursor_is_never_ahead(mentions: Path, worker: Work) -> None:
    said = 0
    for kills in range(4):
        async with worker("mentions", mentions) as other:
            assert other.stdout is not None
            for _ in range(1 + 4 * kills):
                said = int(await other.stdout.readline())
            other.kill()
        async with open_mentions(mentions) as store:
            cursor = int(await store.cursor("other") or b"0")
            assert cursor >= said
            assert store.last_row() == cursor
            counted = await store.minute_counts(START - minutes(1), START + timedelta(days=9))
            assert sum(count.n for count in counted) == cursor
    names = [kept.mention.native_id for kept in everything(mentions)]
    assert names == [mention(n).native_id for n in range(1, len(names) + 1)]
    assert len(names) % BATCH == 0
    with closing(sqlite3.connect(mentions)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.execute("INSERT INTO mention_text (mention_text, rank) VALUES ('integrity-check', 1)")


async def test_two_processes_fill_one_store(mentions: Path, worker: Work) -> None:
    async with open_mentions(mentions) as store, worker("mentions", mentions, "theirs", 20 * BATCH) as other:
        for n in range(20):
            await store.add([(mention(n, source="mine"), reading())], feed="mine", cursor=str(n).encode())
        await other.communicate()
        assert other.returncode == 0
        assert store.last_row() == 20 + 20 * BATCH
        assert (await store.cursor("mine"), await store.cursor("theirs")) == (b"19", str(20 * BATCH).encode())


async def test_one_process_runs_the_feeds_until_it_gives_them_back_or_lets_them_lapse(mentions: Path) -> None:
    now = START
    async with open_mentions(mentions, clock=lambda: now) as store:
        assert await store.lease("a", timedelta(seconds=15))
        assert not await store.lease("b", timedelta(seconds=15))
        await store.release("b")
        now += timedelta(seconds=14)
        assert await store.lease("a", timedelta(seconds=15))
        now += timedelta(seconds=14)
        assert not await store.lease("b", timedelta(seconds=15))
        now += timedelta(seconds=2)
        assert await store.lease("b", timedelta(seconds=15))
        assert not await store.lease("a", timedelta(seconds=15))
        await store.release("b")
        assert await store.lease("a", timedelta(seconds=15))


async def test_a_lease_that_is_asked_for_every_second_is_written_every_few(mentions: Path) -> None:
    now = START
    async with open_mentions(mentions, clock=lambda: now) as store:
        written = set()
        for _ in range(60):
            assert await store.lease("a", timedelta(seconds=15))
            written.add(store.version())
            now += timedelta(seconds=1)
            assert not await store.lease("b", timedelta(seconds=15))
        assert len(written) <= 15


async def test_a_holder_whose_lease_was_taken_over_learns_it_at_the_next_look(mentions: Path) -> None:
    now = START
    async with open_mentions(mentions, clock=lambda: now) as store:
        assert await store.lease("a", timedelta(seconds=15))
        now += timedelta(seconds=16)
        assert await store.lease("b", timedelta(seconds=15))
        assert not await store.lease("a", timedelta(seconds=15))


async def test_the_lease_of_a_process_that_has_ended_is_free_at_once(mentions: Path, worker: Work) -> None:
    async with open_mentions(mentions, machine="here") as store:
        async with worker("mentions", mentions, "x", 1) as other:
            await other.communicate()
        for machine, free in (("elsewhere", False), ("here", True)):
            with closing(sqlite3.connect(mentions)) as db:
                far = int((START + timedelta(days=99_999)).timestamp() * 1e6)
                db.execute("REPLACE INTO lease VALUES (1, 'x', ?, ?, ?)", (machine, other.pid, far))
                db.commit()
            assert await store.lease("a", timedelta(seconds=15)) is free
