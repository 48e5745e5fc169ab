"""Jetstream against a real WebSocket server: matched here, resumed by cursor, repeats dropped, gaps said."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import websockets
from websockets.asyncio.server import ServerConnection, serve

from feeds.base import Batch, FeedError
from feeds.http import open_http
from feeds.jetstream import JetstreamFeed, Options
from tests.feeds.site import running_site
from tests.patience import PATIENCE
from tests.services.rooms import Hands, room_in
from warroom.domain.triage.triage import Triage
from warroom.domain.watch import Watch
from warroom.services.intake import Intake, running
from warroom.services.lexicon import load_lexicon
from warroom.services.room import MENTIONS
from warroom.store.mentions import open_mentions
from warroom.store.windows import MentionReader

NOW = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
T0 = int(NOW.timestamp() * 1e6)


def post(n: int, text: str, operation: str = "create") -> dict[str, Any]:
    commit: dict[str, Any] = {"operation": operation, "collection": "app.bsky.feed.post", "rkey": f"r{n}"}
    if operation != "delete":
        commit["record"] = {"text": text, "createdAt": "2026-03-10T12:59:00Z", "langs": ["en"]}
    return {"did": f"did:plc:{n}", "time_us": T0 + n * 1_000, "kind": "commit", "commit": commit}


class Jet:
    """Sends the frames after the cursor; drops the connection after `drop` frames of each connection."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.cursors: list[int] = []
        self.drop = 10**9
        self.url = ""

    async def handle(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        asked = parse_qs(urlsplit(socket.request.path).query)
        cursor = int(asked.get("cursor", ["0"])[0])
        self.cursors.append(cursor)
        sent = place = 0
        try:
            while True:
                while place < len(self.frames):
                    frame = self.frames[place]
                    place += 1
                    if frame["time_us"] < cursor:
                        continue
                    await socket.send(json.dumps(frame))
                    sent += 1
                    if sent >= self.drop:
                        return
                try:
                    async with asyncio.timeout(0.02):
                        await socket.recv()
                except TimeoutError:
                    continue
        except websockets.ConnectionClosed:
            pass


@asynccontextmanager
async def jet() -> AsyncIterator[Jet]:
    fake = Jet()
    async with serve(fake.handle, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        fake.url = f"ws://127.0.0.1:{port}/subscribe"
        yield fake


@asynccontextmanager
async def feed_of(fake: Jet, **more: Any) -> AsyncIterator[JetstreamFeed]:
    options = Options(endpoints=(fake.url,), **{"hydrate": False, "internal": True, **more})
    async with open_http(user_agent="t", clock=lambda: NOW, internal=True) as http:
        yield JetstreamFeed("b", options, http=http, clock=lambda: NOW, watch=Watch(["nordavena"]))


async def take(feed: JetstreamFeed, cursor: bytes | None = None, *, count: int) -> list[Batch]:
    found: list[Batch] = []
    async with asyncio.timeout(PATIENCE):
        async with aclosing(feed.batches(cursor)) as told:
            async for batch in told:
                found.append(batch)
                if sum(len(b.mentions) + len(b.deleted) for b in found) >= count:
                    break
    return found


async def test_only_what_names_us_is_kept_of_the_whole_network() -> None:
    async with jet() as fake, feed_of(fake) as feed:
        fake.frames = [post(n, "nordavena!" if n % 50 == 0 else "lunch") for n in range(500)]
        batches = await take(feed, count=10)
        mentions = [m for b in batches for m in b.mentions]
        assert [m.native_id for m in mentions] == [
            f"at://did:plc:{n}/app.bsky.feed.post/r{n}" for n in range(0, 500, 50)
        ]
        assert mentions[0].followers is None
        assert mentions[0].lang == "en"
        assert batches[-1].cursor is not None


async def test_a_delete_is_told_of_what_is_stored_also_after_a_restart(tmp_path: Path) -> None:
    clock = Hands(NOW)
    async with room_in(tmp_path, clock) as room, jet() as fake:
        fake.frames = [post(1, "nordavena"), post(2, "lunch")]
        for frames in ([], [post(2, "", "delete"), post(1, "", "delete"), post(3, "nordavena again")]):
            fake.frames += frames
            async with feed_of(fake) as feed, asyncio.timeout(PATIENCE):
                intake = Intake(room, [feed], Triage(load_lexicon()), clock=clock)
                async with running(intake):
                    while room.board.row < (2 if frames else 1):
                        await asyncio.sleep(0.02)
        with MentionReader(tmp_path / MENTIONS) as reader:
            kept = {kept.mention.native_id[-2:]: kept.mention.deleted_at for kept in reader.page(1, 9)}
        assert (kept["r1"] is not None, kept["r3"]) == (True, None)


@pytest.mark.parametrize(
    "made", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "yesterday", "", 7, None, ["x"]]
)
async def test_whatever_a_post_says_of_itself_the_others_are_heard(made: Any) -> None:
    async with jet() as fake, feed_of(fake) as feed:
        fake.frames = [post(n, f"nordavena {n}") for n in range(3)]
        fake.frames[1]["commit"]["record"] |= {"createdAt": made, "reply": 3, "embed": [], "langs": [None]}
        mentions = [m for b in await take(feed, count=3) for m in b.mentions]
        assert [m.text for m in mentions] == ["nordavena 0", "nordavena 1", "nordavena 2"]


async def test_a_frame_that_cannot_be_read_is_counted_and_costs_nobody_else() -> None:
    async with jet() as fake, feed_of(fake) as feed:
        fake.frames = [post(n, f"nordavena {n}") for n in range(3)]
        fake.frames[1]["time_us"] = 10**18
        deep: Any = []
        for _ in range(900):
            deep = [deep]
        fake.frames.insert(2, {**post(9, "nordavena"), "commit": deep})
        batches = await take(feed, count=2)
        assert [m.text for b in batches for m in b.mentions] == ["nordavena 0", "nordavena 2"]
        assert sum(b.bad_count for b in batches) == 2


async def test_a_cursor_that_was_moved_forward_is_a_gap() -> None:
    async with jet() as fake, feed_of(fake) as feed:
        fake.frames = [post(1, "nordavena")]
        asked = str(T0 - 3_600_000_000).encode()
        batches = await take(feed, asked, count=1)
        assert batches[0].gap is not None


async def test_a_dropped_connection_is_an_error_and_what_was_heard_is_handed_on_first() -> None:
    async with jet() as fake, feed_of(fake) as feed:
        fake.frames = [post(n, "nordavena") for n in range(10)]
        fake.drop = 4
        heard: list[Batch] = []
        async with aclosing(feed.batches(None)) as told:
            try:
                async for batch in told:
                    heard.append(batch)
            except FeedError:
                pass
            else:
                pytest.fail("the lost connection was not told")
        assert sum(len(b.mentions) for b in heard) == 4


async def test_authors_are_looked_up_and_a_dead_app_view_costs_no_mention() -> None:
    with running_site() as site:
        body = json.dumps({"profiles": [{"did": "did:plc:1", "handle": "ana.example", "followersCount": 7}]})
        site.page("/xrpc/app.bsky.actor.getProfiles", body)
        async with jet() as fake, feed_of(fake, hydrate=True, app_view=site.url) as feed:
            fake.frames = [post(1, "nordavena")]
            (mention,) = (await take(feed, count=1))[-1].mentions
            assert (mention.author_handle, mention.followers) == ("ana.example", 7)
        site.page("/xrpc/app.bsky.actor.getProfiles", b"", status=502)
        async with jet() as fake, feed_of(fake, hydrate=True, app_view=site.url) as feed:
            fake.frames = [post(1, "nordavena")]
            (mention,) = (await take(feed, count=1))[-1].mentions
            assert (mention.author_handle, mention.followers) == ("did:plc:1", None)


async def test_through_dropped_connections_every_mention_is_stored_exactly_once(tmp_path: Path) -> None:
    clock = Hands(NOW)
    async with jet() as fake, feed_of(fake) as feed, room_in(tmp_path, clock) as room:
        fake.frames = [post(n, f"nordavena {n}" if n % 3 == 0 else "lunch") for n in range(300)]
        fake.drop = 120
        intake = Intake(room, [feed], Triage(load_lexicon()), clock=clock)
        async with running(intake), asyncio.timeout(PATIENCE):
            while room.board.row < 100:
                if len(fake.cursors) >= 2:
                    fake.drop = 10**9
                if intake.health["b"].state == "lost":
                    intake.retry_now()
                await asyncio.sleep(0.05)
        with MentionReader(tmp_path / MENTIONS) as reader:
            names = [kept.mention.native_id for kept in reader.page(1, 10_000)]
        assert sorted(names) == sorted(f"at://did:plc:{n}/app.bsky.feed.post/r{n}" for n in range(0, 300, 3))
        # Never past what was stored: earlier is a repeat, later would be a loss.
        assert fake.cursors[1] <= T0 + 119 * 1_000 - 5_000_000


async def test_an_edit_that_names_us_no_more_reaches_what_is_stored(tmp_path: Path) -> None:
    async with jet() as fake, feed_of(fake) as feed, open_mentions(tmp_path / "m.db") as store:
        fake.frames = [post(1, "Nordavena, what is this?"), post(1, "Never mind.", "update"), post(2, "else", "update")]
        for batch in await take(feed, count=1):
            await store.add([(m, None) for m in batch.mentions], edits=batch.edits)
        assert store.last_row() == 1
        with MentionReader(tmp_path / "m.db") as reader:
            kept = reader.get(1)
        assert kept is not None
        assert kept.mention.text == "Never mind."
