"""Intake: real feeds into a real store; what blinds a feed is said, nothing is lost, nothing doubled."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from feeds.base import Batch, FeedError, FeedLimited, FeedRejected, Gap
from feeds.http import open_http
from feeds.rss import Options, RssFeed
from tests.feeds.site import running_site
from tests.patience import PATIENCE
from tests.services.rooms import Hands, room_in
from warroom.domain.events import FeedBack, FeedGap, FeedLost
from warroom.domain.incident import add_note
from warroom.domain.mention import Mention
from warroom.domain.sentence import Sentence, say, say_n
from warroom.domain.triage.triage import Triage
from warroom.domain.watch import Watch
from warroom.services.intake import Intake, running
from warroom.services.keptwords import kept_words
from warroom.services.lexicon import load_lexicon
from warroom.services.room import MENTIONS, Room, open_room
from warroom.services.words import Words
from warroom.store.errors import StoreError
from warroom.store.mentions import open_mentions
from warroom.store.windows import MentionReader


class Spoken:
    """A feed that plays what the test hands it: batches are yielded, errors raised, in turn; then it is silent."""

    coverage: ClassVar[Sentence] = say("what the test says")

    def __init__(self, name: str, *turns: Batch | FeedError) -> None:
        self.name = name
        self.source = "x"
        self.turns = list(turns)
        self.asked: list[bytes | None] = []

    async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        self.asked.append(cursor)
        while self.turns:
            turn = self.turns.pop(0)
            if isinstance(turn, FeedError):
                raise turn
            yield turn
        await asyncio.sleep(3600)


def heard(*ids: str, cursor: bytes | None = None) -> Batch:
    at = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
    mentions = [Mention(source="x", native_id=id, text=f"text {id}", received_at=at) for id in ids]
    return Batch(mentions=mentions, cursor=cursor)


async def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


def intake_of(room: Room, clock: Hands, *feeds: Spoken, **more: Any) -> Intake:
    return Intake(room, feeds, Triage(load_lexicon()), clock=clock, rng=random.Random(1), **more)


async def test_mentions_are_stored_with_their_cursor_read_and_counted(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        intake = intake_of(room, clock, Spoken("a", heard("1", "2", cursor=b"c1"), heard("2", "3", cursor=b"c2")))
        async with running(intake):
            await until(lambda: room.board.row == 3)
        assert await room.mentions.cursor("a") == b"c2"
        assert room.board.pulse.total == 3
        with MentionReader(tmp_path / MENTIONS) as reader:
            assert [kept.mention.native_id for kept in reader.page(1, 9)] == ["1", "2", "3"]
            assert all(kept.segment is not None for kept in reader.page(1, 9))


async def test_what_was_imported_for_later_is_read_by_and_by(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await room.mentions.add([(mention, None) for mention in heard(*map(str, range(250))).mentions])
        async with running(intake_of(room, clock, Spoken("a"))):
            await until(lambda: room.board.row == 250 and room.board.pulse.of(None) == 0)
        with MentionReader(tmp_path / MENTIONS) as reader:
            assert all(kept.segment is not None for kept in reader.page(1, 250))
        assert await room.mentions.unread(1) == []


async def test_a_feed_goes_on_from_its_cursor_after_an_error(tmp_path: Path) -> None:
    clock = Hands()
    feed = Spoken("a", heard("1", cursor=b"c1"), FeedError(say("The connection was lost.")), heard("2", cursor=b"c2"))
    async with room_in(tmp_path, clock) as room:
        intake = intake_of(room, clock, feed)
        async with running(intake):
            await until(lambda: room.board.row == 2)
            assert intake.health["a"].state == "live"
    assert feed.asked == [None, b"c1"]


async def test_a_short_hiccup_is_no_entry_and_a_blind_feed_is_one(tmp_path: Path) -> None:
    clock = Hands()
    lost = FeedError(say("The connection was lost."))
    feed = Spoken("a", heard("1"), *[lost] * 50)
    async with room_in(tmp_path, clock) as room:
        intake = intake_of(room, clock, feed)
        async with running(intake):
            await until(lambda: intake.health["a"].state == "lost")
            assert "a" not in room.board.blind
            clock.pass_minutes(1)
            await until(lambda: "a" in room.board.blind)
        told = [line.recorded.data for line in room.board.timeline if isinstance(line.recorded.data, FeedLost)]
        assert len(told) == 1
        assert not told[0].fatal


async def test_bad_credentials_stop_the_feed_and_say_so_until_a_person_asks_again(tmp_path: Path) -> None:
    clock = Hands()
    feed = Spoken(
        "a",
        FeedRejected(say("{host} does not accept the credentials ({status}).", host="social.example", status="401")),
    )
    async with room_in(tmp_path, clock) as room:
        intake = intake_of(room, clock, feed)
        async with running(intake):
            await until(lambda: intake.health["a"].state == "rejected" and "a" in room.board.blind)
            await asyncio.sleep(0.3)
            assert len(feed.asked) == 1
            feed.turns.append(heard("1"))
            clock.pass_minutes(3)
            intake.retry_now()
            await until(lambda: room.board.row == 1)
            clock.pass_minutes(1)
            await until(lambda: "a" not in room.board.blind)
        lost, back = (line.recorded.data for line in room.board.timeline[-2:])
        assert isinstance(lost, FeedLost)
        assert lost.fatal
        assert Words("en", UTC).say(lost.why) == "social.example does not accept the credentials (401)."
        assert Words("es", UTC).say(lost.why) == "social.example no acepta las credenciales (401)."
        assert isinstance(back, FeedBack)
        assert back.caught_up == 1


async def test_one_broken_feed_does_not_silence_the_others(tmp_path: Path) -> None:
    clock = Hands()

    class Broken(Spoken):
        async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
            self.asked.append(cursor)
            raise ZeroDivisionError
            yield Batch()

    async with room_in(tmp_path, clock) as room:
        intake = intake_of(room, clock, Broken("bad"), Spoken("good", heard("1")))
        async with running(intake):
            await until(lambda: room.board.row == 1 and intake.health["bad"].state == "lost")
        reason = intake.health["bad"].reason
        assert reason is not None
        assert reason.params["kind"] == "ZeroDivisionError"


@pytest.mark.parametrize("asked", [None, 0.0, 0.01])
async def test_who_asks_us_to_slow_down_is_left_alone(tmp_path: Path, asked: float | None) -> None:
    clock = Hands()
    slower = FeedLimited(say("{host} asks us to slow down (429).", host="social.example"), asked)
    feed = Spoken("a", *[slower] * 1_000)
    async with room_in(tmp_path, clock) as room, running(intake_of(room, clock, feed)):
        await until(lambda: bool(feed.asked))
        await asyncio.sleep(0.5)
        assert len(feed.asked) == 1


async def test_what_was_known_already_is_not_caught_up(tmp_path: Path) -> None:
    clock = Hands()
    lost = FeedRejected(say("{host} does not accept the credentials ({status}).", host="a.example", status="401"))
    feed = Spoken("a", heard("1", "2"), lost)
    async with room_in(tmp_path, clock) as room:
        intake = intake_of(room, clock, feed)
        async with running(intake):
            await until(lambda: room.board.row == 2 and "a" in room.board.blind)
            feed.turns.append(heard("1", "2", "3"))
            intake.retry_now()
            await until(lambda: intake.health["a"].heard == 3)
            clock.pass_minutes(1)
            await until(lambda: "a" not in room.board.blind)
        back = room.board.timeline[-1].recorded.data
        assert isinstance(back, FeedBack)
        assert back.caught_up == 1


async def test_a_store_that_cannot_be_written_ends_nothing_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hands()
    full = StoreError(say("The disk is full: {file} cannot grow. Make room, then try again.", file="mentions.db"))
    is_full = True
    gap = Batch(gap=Gap(clock.at, clock.at, say("too old")))
    async with room_in(tmp_path, clock) as room:
        real_lease, real_add, real_do = room.mentions.lease, room.mentions.add, room.do
        refused: set[object] = set()

        def failing(real: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
            async def tried(*args: Any, **more: Any) -> Any:
                if is_full:
                    refused.add(real)
                    raise full
                return await real(*args, **more)

            return tried

        monkeypatch.setattr(room.mentions, "add", failing(real_add))
        monkeypatch.setattr(room, "do", failing(real_do))
        intake = intake_of(room, clock, Spoken("a", gap, heard("1", "2", cursor=b"c")))
        async with running(intake):
            await until(lambda: bool(intake.runs_here))
            monkeypatch.setattr(room.mentions, "lease", failing(real_lease))
            await until(lambda: refused == {real_lease, real_add, real_do})
            assert intake.trouble.error is full
            assert intake.trouble.since is not None
            assert intake.runs_here
            is_full = False
            await until(lambda: room.board.row == 2 and intake.trouble.error is None)
            assert intake.trouble.since is None
            await until(lambda: any(isinstance(line.recorded.data, FeedGap) for line in room.board.timeline))


async def test_once_what_was_heard_can_be_stored_again_the_trouble_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hands()
    full = StoreError(say("The disk is full: {file} cannot grow. Make room, then try again.", file="mentions.db"))
    async with room_in(tmp_path, clock) as room:
        real, failed = room.mentions.add, 0

        async def add(*args: Any, **more: Any) -> Any:
            nonlocal failed
            failed += 1
            if failed < 3:
                raise full
            return await real(*args, **more)

        monkeypatch.setattr(room.mentions, "add", add)
        intake = intake_of(room, clock, Spoken("a", heard("1")))
        async with running(intake):
            await until(lambda: intake.trouble.error is full)
            await until(lambda: room.board.row == 1 and intake.trouble.error is None)


async def test_no_spike_is_claimed_while_nothing_can_be_stored(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        minute = int(clock.at.timestamp() // 60)
        for before in range(1, 90):
            room.board.pulse.count(minute - before, None, 40 if before < 6 else 1)
        intake = Intake(room, [], Triage(load_lexicon()), clock=clock)
        intake.trouble.met(
            StoreError(say("The disk is full: {file} cannot grow. Make room, then try again.", file="x"))
        )
        async with running(intake):
            await asyncio.sleep(1.5)
            assert room.board.spike is None
            intake.trouble.over()
            await until(lambda: room.board.spike is not None)


async def test_an_edit_that_names_us_no_more_is_stored_and_read_anew(tmp_path: Path) -> None:
    at = datetime(2026, 3, 10, 13, 5, tzinfo=UTC)
    gone = Mention(source="x", native_id="1", text="Never mind.", received_at=at, edited_at=at)
    never = Mention(source="x", native_id="9", text="The weather.", received_at=at, edited_at=at)
    async with room_in(tmp_path, Hands()) as room:
        feed = Spoken("a", heard("1"), Batch(edits=[gone, never]))
        with MentionReader(tmp_path / MENTIONS) as reader:

            def now_says(text: str) -> bool:
                kept = reader.get(1)
                return kept is not None and kept.mention.text == text and kept.segment is not None

            async with running(Intake(room, [feed], Triage(load_lexicon()), clock=Hands())):
                await until(lambda: now_says("Never mind."))
            assert reader.last_row() == 1
            assert room.board.pulse.total == 1


async def test_what_another_process_stores_in_between_is_counted(tmp_path: Path) -> None:
    async with room_in(tmp_path, Hands()) as room:
        intake = Intake(room, [], Triage(load_lexicon()), clock=Hands())
        async with open_mentions(tmp_path / MENTIONS) as other:
            await other.add([(mention, None) for mention in heard(*map(str, range(100, 130))).mentions])
        assert await intake.storing.flush(Spoken("a"), [heard("1")]) == 1
        assert (room.board.row, room.board.pulse.total) == (31, 31)


async def test_a_gap_is_an_entry(tmp_path: Path) -> None:
    clock = Hands()
    since = clock.at - timedelta(hours=40)
    gap = Batch(gap=Gap(since, clock.at, say("too old")))
    async with room_in(tmp_path, clock) as room, running(intake_of(room, clock, Spoken("a", gap))):
        await until(lambda: any(isinstance(line.recorded.data, FeedGap) for line in room.board.timeline))


async def test_one_process_runs_the_feeds_and_another_follows(tmp_path: Path) -> None:
    """A lease of the same process would be its own: the other holder is named by hand."""
    clock = Hands()
    async with room_in(tmp_path, clock) as one, room_in(tmp_path, clock, actor="PG") as two:
        first = intake_of(one, clock, Spoken("a", heard("1", "2")))
        second = intake_of(two, clock, Spoken("a"), holder="another")
        async with running(first):
            await until(lambda: one.board.row == 2)
            assert first.runs_here
            async with running(second):
                await until(lambda: two.board.row == 2)
                assert not second.runs_here
                assert two.board.pulse == one.board.pulse


async def test_a_late_step_is_recorded_once(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        async with running(intake_of(room, clock, Spoken("a", heard("1")))):
            clock.pass_minutes(6)
            await until(lambda: any(line.recorded.data.typ == "step.overdue" for line in room.board.timeline))
            await asyncio.sleep(1.2)
        told = [line for line in room.board.timeline if line.recorded.data.typ == "step.overdue"]
        assert [line.recorded.agg for line in told] == ["step/freeze"]
        assert told[0].recorded.actor == "auto"


@pytest.mark.parametrize("manner", ["", "gzip"])
async def test_a_real_server_is_heard_lost_and_heard_again(tmp_path: Path, manner: str) -> None:
    clock = Hands()
    item = "<item><guid>{0}</guid><title>nordavena {0}</title></item>"
    page = "<rss version='2.0'><channel>{}</channel></rss>"
    with running_site() as site:
        async with room_in(tmp_path, clock) as room, open_http(user_agent="t", clock=clock, internal=True) as http:
            site.page("/f", page.format(item.format(1) + item.format(2)), manner=manner)
            feed = RssFeed(
                "news",
                Options(url=site.url + "/f", every=0.05, internal=True),
                http=http,
                clock=clock,
                watch=Watch([]),
                rng=random.Random(1),
            )
            intake = Intake(room, [feed], Triage(load_lexicon()), clock=clock, rng=random.Random(1))
            async with running(intake):
                await until(lambda: room.board.row == 2)
                site.page("/f", b"", status=500)
                await until(lambda: intake.health["news"].state == "lost")
                site.page("/f", page.format("".join(item.format(n) for n in range(1, 5))), manner=manner)
                intake.retry_now()
                await until(lambda: room.board.row == 4)
                assert intake.health["news"].state == "live"


async def test_what_ends_a_block_around_the_feeds_comes_out_alone(tmp_path: Path) -> None:
    clock = Hands()

    async def ended() -> None:
        async with room_in(tmp_path, clock) as room, running(intake_of(room, clock)):
            raise StoreError(say("No room."))

    with pytest.raises(StoreError):
        await ended()


async def test_other_consoles_are_followed_again_after_a_read_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as one, open_room(tmp_path, clock=clock, actor="PG") as two:
        follow, tries = one.follow, 0

        async def once_refused() -> None:
            nonlocal tries
            tries += 1
            if tries == 1:
                raise StoreError(say("The disk fails."))
            await follow()

        monkeypatch.setattr(one, "follow", once_refused)
        async with running(intake_of(one, clock)):
            await two.do(lambda board: add_note("from the other console", now=clock()))
            await until(lambda: one.board.pos == two.board.pos)


def test_a_reason_that_counts_is_kept_as_it_reads() -> None:
    assert kept_words(say("Asked to wait {n} s.", n=9)) == ("Asked to wait {n} s.", {"n": 9}, ())
    assert kept_words(say_n("{n} try", "{n} tries", 2)) == ("2 tries", {}, ())
    nested = say("{what} Twice.", what=say("Lost {n} times.", n=2))
    assert kept_words(nested) == ("Lost 2 times. Twice.", {}, ())


def test_a_reason_within_a_reason_is_said_in_the_language_of_who_reads_it() -> None:
    lost = say("{file} cannot be read: {reason}.", file="m.jsonl", reason=say("it is a folder"))
    event = FeedLost(feed="a", since=datetime(2026, 3, 10, tzinfo=UTC), **kept_words(lost)._asdict())
    assert Words("es", UTC).say(event.why) == "m.jsonl no se puede leer: es una carpeta."
    assert Words("en", UTC).say(event.why) == "m.jsonl cannot be read: it is a folder."


async def test_what_a_stream_brings_bit_by_bit_after_it_was_blind_is_caught_up_as_a_whole(tmp_path: Path) -> None:
    clock = Hands()
    lost = FeedRejected(say("{host} does not accept the credentials ({status}).", host="a.example", status="401"))
    feed = Spoken("a", lost)
    async with room_in(tmp_path, clock) as room:
        intake = intake_of(room, clock, feed)
        async with running(intake):
            await until(lambda: "a" in room.board.blind)
            feed.turns += [heard("1", "2"), heard("3"), heard("4", "5", "6")]
            intake.retry_now()
            await until(lambda: room.board.row == 6)
            assert "a" in room.board.blind
            clock.pass_minutes(0.1)
            await until(lambda: "a" not in room.board.blind)
        back = room.board.timeline[-1].recorded.data
        assert isinstance(back, FeedBack)
        assert back.caught_up == 6


async def test_who_opens_a_room_that_was_blind_when_it_was_closed_hears_when_the_feed_is_back(tmp_path: Path) -> None:
    clock = Hands()
    lost = FeedRejected(say("{host} does not accept the credentials ({status}).", host="a.example", status="401"))
    async with room_in(tmp_path, clock) as room, running(intake_of(room, clock, Spoken("a", lost))):
        await until(lambda: "a" in room.board.blind)
    since = clock.at
    clock.pass_minutes(30)
    async with room_in(tmp_path, clock) as room, running(intake_of(room, clock, Spoken("a", heard("1")))):
        await until(lambda: room.board.row == 1)
        clock.pass_minutes(0.1)
        await until(lambda: "a" not in room.board.blind)
        back = next(line.recorded.data for line in room.board.timeline if isinstance(line.recorded.data, FeedBack))
        assert (back.blind_since, back.caught_up) == (since, 1)


async def test_who_takes_the_feeds_over_goes_on_with_what_was_blind(tmp_path: Path) -> None:
    clock = Hands()
    since = clock.at
    async with room_in(tmp_path, clock) as room:
        intake = intake_of(room, clock, Spoken("a", heard("1")))
        await room.do(lambda board: FeedLost(feed="a", since=since, reason="gone"))
        clock.pass_minutes(3)
        async with running(intake):
            await until(lambda: room.board.row == 1)
            clock.pass_minutes(0.1)
            await until(lambda: "a" not in room.board.blind)
        back = next(line.recorded.data for line in room.board.timeline if isinstance(line.recorded.data, FeedBack))
        assert (back.blind_since, back.caught_up) == (since, 1)
