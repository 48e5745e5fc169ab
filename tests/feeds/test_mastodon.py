"""Mastodon against a small real server: pages by min_id, edits and deletes, also those that nobody heard."""

import asyncio
import json
import random
from collections.abc import Callable
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from feeds import again
from feeds.base import Batch, FeedError, FeedLimited, FeedRejected
from feeds.http import open_http
from feeds.mastodon import MastodonFeed, Options
from tests.feeds.mastodon_server import Server, serving, uri
from tests.patience import PATIENCE
from tests.services.rooms import Hands, room_in
from warroom.domain.mention import Mention
from warroom.domain.triage.triage import Triage
from warroom.services.intake import Intake, running
from warroom.services.lexicon import load_lexicon
from warroom.services.room import MENTIONS
from warroom.store.windows import MentionReader

NOW = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)


async def take(server: Server, cursor: bytes | None, count: int, **more: Any) -> list[Batch]:
    """Batches until `count` mentions and deletions were heard."""
    options = Options(server=server.url, hashtags=("nordavena",), internal=True, **more)
    async with open_http(user_agent="t", clock=lambda: NOW, internal=True) as http:
        feed = MastodonFeed("m", options, http=http, clock=lambda: NOW, rng=random.Random(1))
        batches: list[Batch] = []
        async with asyncio.timeout(PATIENCE):
            async with aclosing(feed.batches(cursor)) as told:
                async for batch in told:
                    batches.append(batch)
                    if sum(len(b.mentions) + len(b.deleted) for b in batches) >= count:
                        break
        return batches


async def listened(
    server: Server,
    folder: Path,
    *,
    until: Callable[[list[Mention]], bool],
    then: Callable[[], None] = lambda: None,
    token: str | None = None,
    after: float = 0.0,
) -> list[Mention]:
    """A room that listens to the server until its mentions are as wished; they are returned.

    `then` happens once the feed is connected and has caught up; `after` it listens on for so many seconds.
    """
    clock = Hands(NOW)
    async with room_in(folder, clock) as room, open_http(user_agent="t", clock=clock, internal=True) as http:
        options = Options(server=server.url, hashtags=("nordavena",), poll=0.1, token=token, internal=True)
        feed = MastodonFeed("m", options, http=http, clock=clock, rng=random.Random(1))
        intake = Intake(room, [feed], Triage(load_lexicon()), clock=clock, rng=random.Random(1))
        server.asked.clear()
        with MentionReader(folder / MENTIONS) as reader:
            async with running(intake), asyncio.timeout(PATIENCE):
                while sum("/timelines" in path for path in server.asked) < 2:  # at once, and when the stream is open
                    await asyncio.sleep(0.01)
                then()
                while not until(kept := [k.mention for k in reader.page(1, 10_000)]):
                    await asyncio.sleep(0.01)
                await asyncio.sleep(after)
            return kept


# --- timelines ------------------------------------------------------------------------------------------


async def test_a_status_that_cannot_be_read_costs_nobody_else() -> None:
    with serving() as server:
        server.post(0)
        server.post(1, created_at="yesterday", account=None)
        server.post(2)
        batches = await take(server, None, 2, streaming="poll", poll=0.01)
        assert [m.native_id for b in batches for m in b.mentions] == [uri(0), uri(2)]
        assert batches[0].bad_count == 1


async def test_after_a_gap_every_page_is_read_oldest_first() -> None:
    with serving() as server:
        for n in range(3):
            server.post(n)
        (first,) = await take(server, None, 3, streaming="poll", poll=0.01)
        for n in range(3, 130):
            server.post(n)
        rest = await take(server, first.cursor, 127, streaming="poll", poll=0.01)
        names = [mention.native_id for batch in rest for mention in batch.mentions]
        assert names == [uri(n) for n in range(3, 130)]


async def test_what_is_posted_to_an_empty_timeline_is_read_from_its_beginning() -> None:
    with serving() as server:
        options = Options(server=server.url, hashtags=("nordavena",), streaming="poll", poll=0.01, internal=True)
        async with open_http(user_agent="t", clock=lambda: NOW, internal=True) as http:
            feed = MastodonFeed("m", options, http=http, clock=lambda: NOW, rng=random.Random(1))
            async with asyncio.timeout(PATIENCE), aclosing(feed.batches(None)) as batches:
                assert (await anext(batches)).mentions == []
                for n in range(100):
                    server.post(n)
                names: list[str] = []
                while len(names) < 100:
                    names += [mention.native_id for mention in (await anext(batches)).mentions]
        assert names == [uri(n) for n in range(100)]


async def test_a_server_that_takes_no_notice_of_min_id_is_not_asked_for_the_same_page_for_ever() -> None:
    with serving() as server:
        server.heeds_min_id = False
        server.post(1)
        (first,) = await take(server, None, 1, streaming="poll")
        server.asked.clear()
        server.post(2)
        await take(server, first.cursor, 6, streaming="poll", poll=0.01)
        assert len(server.asked) <= 6


async def test_a_status_keeps_its_name_on_every_server_and_its_text_without_tags() -> None:
    with serving() as server:
        server.post(1, "Two &amp; two", spoiler_text="Careful", in_reply_to_id="9", favourites_count=3)
        ((batch),) = await take(server, None, 1, streaming="poll")
        (mention,) = batch.mentions
        assert (mention.native_id, mention.local_id) == (uri(1), "100001")
        assert mention.text == "Careful\nTwo & two\n#nordavena"
        assert (mention.kind, mention.author_handle, mention.followers, mention.likes) == ("reply", "ana", 12, 3)
        assert mention.reach is None


async def test_private_posts_are_nobodys_mention() -> None:
    with serving() as server:
        server.post(1, visibility="direct")
        server.post(2)
        batches = await take(server, None, 1, streaming="poll")
        assert [m.native_id for b in batches for m in b.mentions] == [uri(2)]


def token_in(folder: Path) -> str:
    secret = folder / "token"
    secret.write_text("s3cret")
    secret.chmod(0o600)
    return f"file:{secret}"


async def test_a_refused_token_is_for_a_person_to_mend(tmp_path: Path) -> None:
    with serving() as server:
        server.token = "another"
        with pytest.raises(FeedRejected) as error:
            await take(server, None, 1, token=token_in(tmp_path))
        assert "s3cret" not in str(error.value)


async def test_a_server_that_is_busy_says_until_when() -> None:
    with serving() as server:
        server.busy_at, server.clock = {1}, lambda: NOW
        with pytest.raises(FeedLimited) as error:
            await take(server, None, 1, streaming="poll")
        assert error.value.retry_after == 0.3


# --- edits and deletes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("streaming", [True, False])
async def test_what_is_stored_is_what_the_server_holds(tmp_path: Path, streaming: bool) -> None:
    with serving() as server:
        server.sse = streaming
        for n in range(60):
            server.post(n)

        def more() -> None:
            for n in range(60, 120):
                server.post(n)
            server.edit(70, "edited")
            server.delete(71)

        def is_true(kept: list[Mention]) -> bool:
            return len(kept) == 99 or (len(kept) == 100 and any(m.deleted_at for m in kept))

        kept = {m.native_id: m for m in await listened(server, tmp_path, until=is_true, then=more)}
        assert {uri(n) for n in range(20, 120) if n != 71} == set(kept) - {uri(71)}
        assert kept[uri(70)].text == "edited"
        if streaming:
            assert kept[uri(71)].text
            assert kept[uri(71)].deleted_at is not None


async def test_a_delete_after_a_restart_finds_what_was_heard_before_it(tmp_path: Path) -> None:
    with serving() as server:
        for n in range(3):
            server.post(n)
        await listened(server, tmp_path, until=lambda kept: len(kept) == 3)
        server.many = "is unknown"
        kept = await listened(
            server, tmp_path, until=lambda kept: any(m.deleted_at for m in kept), then=lambda: server.delete(1)
        )
        assert [m.native_id for m in kept if m.deleted_at] == [uri(1)]


async def test_a_deletion_that_overtakes_its_post_still_wins(tmp_path: Path) -> None:
    with serving() as server:
        server.post(1)

        def late() -> None:
            server.tell("delete", "100002")
            server.post(2)

        kept = await listened(server, tmp_path, until=lambda kept: len(kept) == 2, then=late)
        assert [m.deleted_at is not None for m in kept] == [False, True]


@pytest.mark.parametrize("many", ["answers", "is empty", "is unknown"])
async def test_what_was_edited_or_deleted_while_nobody_listened_is_asked_for_again(tmp_path: Path, many: Any) -> None:
    with serving() as server:
        for n in range(30):
            server.post(n)
        await listened(server, tmp_path, until=lambda kept: len(kept) == 30)
        server.many = many
        server.edit(13, "edited in the dark", announce=False)
        server.delete(14, announce=False)

        def is_true(kept: list[Mention]) -> bool:
            return any(m.deleted_at for m in kept) and any(m.edited_at for m in kept)

        kept = await listened(server, tmp_path, until=is_true, after=0.1)
        assert {m.native_id: m.text for m in kept if m.edited_at} == {uri(13): "edited in the dark"}
        assert [m.native_id for m in kept if m.deleted_at] == [uri(14)]


async def test_a_server_that_refuses_to_be_asked_again_is_listened_to_all_the_same(tmp_path: Path) -> None:
    with serving() as server:
        for n in range(3):
            server.post(n)
        await listened(server, tmp_path, until=lambda kept: len(kept) == 3)
        server.many = "fails"
        kept = await listened(server, tmp_path, until=lambda kept: len(kept) == 4, then=lambda: server.post(3))
        assert not [m for m in kept if m.deleted_at]


async def test_asking_again_waits_when_told_to_and_then_goes_on(tmp_path: Path) -> None:
    with serving() as server:
        for n in range(3):
            server.post(n)
        await listened(server, tmp_path, until=lambda kept: len(kept) == 3)
        server.delete(1, announce=False)
        server.busy_for, server.clock = "statuses?", lambda: NOW
        kept = await listened(server, tmp_path, until=lambda kept: any(m.deleted_at for m in kept))
        assert [m.native_id for m in kept if m.deleted_at] == [uri(1)]


async def test_a_connection_that_is_lost_all_the_time_does_not_ask_all_the_time() -> None:
    with serving() as server:
        server.post(1)
        async with open_http(user_agent="t", clock=lambda: NOW, internal=True) as http:
            questions = again.Again(server.url, http)
            answers = [found for _ in range(9) async for found in questions.ask(["100001"], {})]
        assert len(answers) == len(server.asked) == again.BURST


async def test_the_cursor_never_knows_of_a_deletion_that_is_told_later() -> None:
    with serving() as server:
        for n in range(2):
            server.post(n)
        options = Options(server=server.url, hashtags=("nordavena",), internal=True)
        async with open_http(user_agent="t", clock=lambda: NOW, internal=True) as http:
            feed = MastodonFeed("m", options, http=http, clock=lambda: NOW, rng=random.Random(1))
            async with asyncio.timeout(PATIENCE), aclosing(feed.batches(None)) as batches:
                await anext(batches)
                while not server.is_listened_to():
                    await asyncio.sleep(0.01)
                server.many = "fails"  # so that only the stream tells of it
                server.post(2)
                server.delete(0)
                await asyncio.sleep(0.3)  # both are heard by now, and wait to be handed on
                told: list[Batch] = []
                while not any(batch.deleted for batch in told):
                    told.append(await anext(batches))
        before = told[-2].cursor
        assert before is not None
        assert "100000" in json.loads(before)["recent"]
        assert "100000" not in json.loads(told[-1].cursor or b"")["recent"]


async def test_a_stream_that_ends_is_a_lost_connection() -> None:
    with serving() as server:
        server.post(1)
        server.ends_after = 1
        with pytest.raises(FeedError):
            await take(server, None, 99, streaming="sse")
