"""Mastodon against a small real server: pages by min_id, SSE, edits, deletes, a token that is revoked."""

import asyncio
import json
import random
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from feeds.base import Batch, FeedError, FeedRejected
from feeds.http import open_http
from feeds.mastodon import MastodonFeed, Options
from feeds.text import from_html
from tests.services.rooms import Hands, room_in
from warroom.domain.mention import Mention
from warroom.domain.triage.triage import Triage
from warroom.services.intake import Intake, running
from warroom.services.lexicon import load_lexicon
from warroom.services.room import MENTIONS
from warroom.store.windows import MentionReader

NOW = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)


class Server:
    """A server with one hashtag timeline. `streams` are events to send; what it holds is the truth."""

    def __init__(self) -> None:
        self.statuses: dict[int, dict[str, Any]] = {}
        self.events: list[tuple[str, str]] = []
        self.wake = threading.Condition()
        self.sse = True
        self.bulk = True
        self.token_ok = True
        self.edits = 0
        self.asked: list[str] = []
        self.end_stream = False
        self.url = ""

    def post(self, n: int, text: str = "", *, announce: bool = True, **more: Any) -> None:
        status = {
            "id": str(100_000 + n),
            "uri": f"https://social.example/statuses/{n}",
            "url": f"https://social.example/@ana/{n}",
            "content": f"<p>{text or f'post {n}'}</p><p>#nordavena</p>",
            "visibility": "public",
            "language": "en",
            "created_at": "2026-03-10T12:00:00.000Z",
            "account": {"acct": "ana", "display_name": "Ana", "id": "1", "followers_count": 12},
            **more,
        }
        self.statuses[100_000 + n] = status
        if announce:
            self.tell("update", json.dumps(status))

    def edit(self, n: int, text: str, *, announce: bool = True) -> None:
        self.edits += 1
        at = f"2026-03-10T13:{self.edits // 60 % 60:02}:{self.edits % 60:02}.000Z"
        status = {**self.statuses[100_000 + n], "content": f"<p>{text}</p>", "edited_at": at}
        self.statuses[100_000 + n] = status
        if announce:
            self.tell("status.update", json.dumps(status))

    def delete(self, n: int, *, announce: bool = True) -> None:
        del self.statuses[100_000 + n]
        if announce:
            self.tell("delete", str(100_000 + n))

    def tell(self, event: str, data: str) -> None:
        with self.wake:
            self.events.append((event, data))
            self.wake.notify_all()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def _json(self, value: object, status: int = 200) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            server.asked.append(self.path)
            if not server.token_ok:
                self._json({"error": "The access token is invalid"}, 401)
            elif parts.path == "/api/v1/accounts/verify_credentials":
                self._json({"acct": "monitor"})
            elif parts.path.startswith("/api/v1/streaming"):
                self._stream()
            elif parts.path.startswith("/api/v1/timelines/tag/"):
                asked = parse_qs(parts.query)
                limit = int(asked["limit"][0])
                ids = sorted(server.statuses)
                if "min_id" in asked:
                    page = [id for id in ids if id > int(asked["min_id"][0])][:limit]
                else:
                    page = ids[-limit:]
                self._json([server.statuses[id] for id in reversed(page)])
            elif parts.path == "/api/v1/statuses":
                wanted = [int(id) for id in parse_qs(parts.query).get("id[]", [])]
                held = [server.statuses[id] for id in wanted if id in server.statuses]
                self._json(held[:20] if server.bulk else {"error": "not found"}, 200 if server.bulk else 404)
            else:
                self._json([])

        def _stream(self) -> None:
            if not server.sse:
                self._json({"error": "not found"}, 404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.close_connection = True
            sent = len(server.events)
            try:
                self.wfile.write(b":)\n\n")
                while not server.end_stream:
                    with server.wake:
                        server.wake.wait(0.05)
                        fresh, sent = server.events[sent:], len(server.events)
                    for event, data in fresh:
                        self.wfile.write(f"event: {event}\ndata: {data}\n\n".encode())
                    self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                pass

    return Handler


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.end_stream = True
        http.shutdown()
        http.server_close()
        thread.join()


async def take(server: Server, cursor: bytes | None, count: int, **more: Any) -> list[Batch]:
    """Batches until `count` mentions were heard."""
    options = Options(server=server.url, hashtags=("nordavena",), internal=True, **more)
    async with open_http(user_agent="t", clock=lambda: NOW, internal=True) as http:
        feed = MastodonFeed("m", options, http=http, clock=lambda: NOW, rng=random.Random(1))
        batches: list[Batch] = []
        async with asyncio.timeout(10):
            async with aclosing(feed.batches(cursor)) as told:
                async for batch in told:
                    batches.append(batch)
                    if sum(len(b.mentions) for b in batches) >= count:
                        break
        return batches


async def test_after_a_gap_every_page_is_read_oldest_first() -> None:
    with serving() as server:
        for n in range(3):
            server.post(n)
        (first,) = await take(server, None, 3, streaming="poll", poll=0.01)
        for n in range(3, 130):
            server.post(n)
        rest = await take(server, first.cursor, 127, streaming="poll", poll=0.01)
        names = [mention.native_id for batch in rest for mention in batch.mentions]
        assert names == [f"https://social.example/statuses/{n}" for n in range(3, 130)]


async def test_a_status_keeps_its_name_on_every_server_and_its_text_without_tags() -> None:
    with serving() as server:
        server.post(1, "Two &amp; two", spoiler_text="Careful", in_reply_to_id="9", favourites_count=3)
        ((batch),) = await take(server, None, 1, streaming="poll")
        (mention,) = batch.mentions
        assert mention.native_id == "https://social.example/statuses/1"
        assert mention.text == "Careful\nTwo & two\n#nordavena"
        assert (mention.kind, mention.author_handle, mention.followers, mention.likes) == ("reply", "ana", 12, 3)
        assert mention.reach is None


async def test_private_posts_are_nobodys_mention() -> None:
    with serving() as server:
        server.post(1, visibility="direct")
        server.post(2)
        batches = await take(server, None, 1, streaming="poll")
        assert [m.native_id[-1] for b in batches for m in b.mentions] == ["2"]


async def test_a_refused_token_is_for_a_person_to_mend(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("s3cret")
    secret.chmod(0o600)
    with serving() as server:
        server.token_ok = False
        with pytest.raises(FeedRejected) as error:
            await take(server, None, 1, token=f"file:{secret}")
        assert "s3cret" not in str(error.value)


async def test_a_stream_that_ends_is_a_lost_connection() -> None:
    with serving() as server:
        server.post(1)
        server.end_stream = True
        with pytest.raises(FeedError):
            await take(server, None, 99, streaming="sse")


@pytest.mark.parametrize("streaming", [True, False])
async def test_what_is_stored_is_what_the_server_holds(tmp_path: Path, streaming: bool) -> None:
    clock = Hands(NOW)
    with serving() as server:
        server.sse = streaming
        for n in range(60):
            server.post(n)
        async with room_in(tmp_path, clock) as room, open_http(user_agent="t", clock=clock, internal=True) as http:
            options = Options(server=server.url, hashtags=("nordavena",), poll=0.1, internal=True)
            feed = MastodonFeed("m", options, http=http, clock=clock, rng=random.Random(1))
            intake = Intake(room, [feed], Triage(load_lexicon()), clock=clock)
            async with running(intake), asyncio.timeout(20):
                while room.board.row < 40:
                    await asyncio.sleep(0.02)
                await asyncio.sleep(0.2)
                for n in range(60, 120):
                    server.post(n)
                    await asyncio.sleep(0.002)
                server.post(70, "edited", edited_at="2026-03-10T12:30:00.000Z", announce=False)
                server.tell("status.update", json.dumps(server.statuses[100_070]))
                server.tell("delete", "100071")
                while room.board.row < 100:
                    await asyncio.sleep(0.02)
                await asyncio.sleep(0.4)
        with MentionReader(tmp_path / MENTIONS) as reader:
            kept = {k.mention.native_id: k.mention for k in reader.page(1, 10_000)}
        expected = {f"https://social.example/statuses/{n}" for n in range(20, 120)}
        assert set(kept) == expected
        if streaming:
            assert kept["https://social.example/statuses/70"].text.startswith("edited")
            gone = kept["https://social.example/statuses/71"]
            assert gone.deleted_at is not None
            assert gone.text


async def test_what_was_edited_or_deleted_while_nobody_listened_is_asked_for_again() -> None:
    with serving() as server:
        for n in range(30):
            server.post(n)
        (first,) = await take(server, None, 30, streaming="poll")
        server.edit(3, "edited in the dark", announce=False)
        server.delete(4, announce=False)
        second = await take(server, first.cursor, 29, streaming="poll")
        texts = {m.local_id: m.text for batch in second for m in batch.mentions}
        assert texts["100003"] == "edited in the dark"
        assert "100004" not in texts


async def test_a_post_that_is_missing_when_asked_for_again_is_gone(tmp_path: Path) -> None:
    with serving() as server:
        for n in range(30):
            server.post(n)
        await listened(server, tmp_path, until=lambda kept: len(kept) == 30)
        server.delete(4, announce=False)
        kept = await listened(server, tmp_path, until=lambda kept: any(m.deleted_at for m in kept))
        assert [m.native_id[-2:] for m in kept if m.deleted_at] == ["/4"]


@pytest.mark.parametrize("answers", ["nothing at all", "no such question"])
async def test_a_server_that_cannot_be_asked_again_deletes_nothing(tmp_path: Path, answers: str) -> None:
    with serving() as server:
        for n in range(5):
            server.post(n)
        await listened(server, tmp_path, until=lambda kept: len(kept) == 5)
        server.bulk = answers == "nothing at all"
        server.statuses.clear()
        server.post(9)
        kept = await listened(server, tmp_path, until=lambda kept: len(kept) == 6, after=0.2)
        assert not [m for m in kept if m.deleted_at]


async def test_a_deletion_that_overtakes_its_post_still_wins(tmp_path: Path) -> None:
    with serving() as server:
        server.post(1)

        def late() -> None:
            server.tell("delete", "100002")
            server.post(2)

        kept = await listened(server, tmp_path, until=lambda kept: len(kept) == 2, then=late)
        assert [m.deleted_at is not None for m in kept] == [False, True]


async def listened(
    server: Server,
    folder: Path,
    *,
    until: Callable[[list[Mention]], bool],
    then: Callable[[], None] = lambda: None,
    after: float = 0.0,
) -> list[Mention]:
    """A room that listens to the server until its mentions are as wished; they are returned."""
    clock = Hands(NOW)
    async with room_in(folder, clock) as room, open_http(user_agent="t", clock=clock, internal=True) as http:
        options = Options(server=server.url, hashtags=("nordavena",), poll=0.1, internal=True)
        feed = MastodonFeed("m", options, http=http, clock=clock, rng=random.Random(1))
        intake = Intake(room, [feed], Triage(load_lexicon()), clock=clock)
        with MentionReader(folder / MENTIONS) as reader:
            async with running(intake), asyncio.timeout(10):
                while not any("streaming" in path for path in server.asked) or not intake.health["m"].heard:
                    await asyncio.sleep(0.02)
                await asyncio.sleep(0.2)
                then()
                while not until(kept := [k.mention for k in reader.page(1, 10_000)]):
                    await asyncio.sleep(0.02)
                await asyncio.sleep(after)
            return kept


async def test_over_a_websocket_the_same_is_heard() -> None:
    status = Server()
    status.post(1, announce=False)
    post = json.dumps(status.statuses[100_001])

    async def speak(socket: ServerConnection) -> None:
        assert json.loads(await socket.recv()) == {"type": "subscribe", "stream": "hashtag", "tag": "nordavena"}
        for event, payload in (("update", post), ("status.update", post), ("update", "{"), ("delete", "100001")):
            await socket.send(json.dumps({"stream": ["hashtag", "nordavena"], "event": event, "payload": payload}))
        await socket.close()

    *told, end = await over_websocket(speak)
    batches = [batch for batch in told if isinstance(batch, Batch)]
    assert [[m.local_id for m in batch.mentions] for batch in batches] == [["100001"], ["100001"], [], []]
    assert batches[2].bad == ["{"]
    assert [(gone.native_id, gone.local_to) for gone in batches[3].deleted] == [("100001", "m")]
    assert isinstance(end, FeedError)


async def test_a_websocket_without_this_stream_leaves_polling() -> None:
    async def speak(socket: ServerConnection) -> None:
        await socket.recv()
        await socket.send(json.dumps({"error": "Unknown stream type", "status": 400}))

    (told,) = await over_websocket(speak)
    assert isinstance(told, FeedError)
    assert "does not stream" in told.sentence.id


async def test_a_websocket_that_refuses_the_token_is_for_a_person_to_mend() -> None:
    async def refuse(socket: ServerConnection, request: Request) -> Response | None:
        return socket.respond(401, "no")

    (told,) = await over_websocket(None, refuse)
    assert isinstance(told, FeedRejected)


async def over_websocket(
    handler: Callable[[ServerConnection], Awaitable[None]] | None,
    process: Callable[[ServerConnection, Request], Awaitable[Response | None]] | None = None,
) -> list[Batch | FeedError]:
    """What the feed hears of a real WebSocket server, up to how it ends."""

    async def nothing(socket: ServerConnection) -> None:
        await socket.wait_closed()

    heard: asyncio.Queue[Batch | FeedError] = asyncio.Queue()
    async with serve(handler or nothing, "127.0.0.1", 0, process_request=process) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        options = Options(server=f"http://127.0.0.1:{port}", hashtags=("nordavena",), streaming="websocket")
        async with open_http(user_agent="t", clock=lambda: NOW, internal=True) as http:
            feed = MastodonFeed("m", options, http=http, clock=lambda: NOW, rng=random.Random(1))
            async with asyncio.timeout(10):
                await feed._streamed("hashtag", {"tag": "nordavena"}, heard)
    return [heard.get_nowait() for _ in range(heard.qsize())]


async def test_killed_three_times_in_the_midst_of_it_what_is_stored_is_what_is_true(tmp_path: Path) -> None:
    chance = random.Random(20)
    posts = 2_000
    kills = sorted(chance.sample(range(200, posts - 200), 3))
    with serving() as server:
        (tmp_path / "config.yaml").write_text(
            "organisation: {name: Nordavena}\nfeeds:\n"
            f"  - {{name: m, type: mastodon, server: '{server.url}', hashtags: [nordavena], internal: true}}\n"
        )
        command = ["-m", "warroom", "--config", str(tmp_path / "config.yaml"), "--data-dir", str(tmp_path), "listen"]

        async def start() -> asyncio.subprocess.Process:
            server.asked.clear()
            quiet = asyncio.subprocess.DEVNULL
            return await asyncio.create_subprocess_exec(sys.executable, *command, stdout=quiet, stderr=quiet)

        async def connected() -> None:
            while not any("streaming" in path for path in server.asked):
                await asyncio.sleep(0.01)

        ids = count(1)

        def live() -> None:
            """One post, and now and then an edit or a deletion of a recent one."""
            server.post(n := next(ids))
            recent = [id - 100_000 for id in list(server.statuses)[-200:]]
            if chance.random() < 0.1:
                server.edit(chance.choice(recent), f"post {n} in other words")
            if chance.random() < 0.05:
                server.delete(chance.choice(recent))

        async with asyncio.timeout(60):
            listen = await start()
            await connected()
            # The first words are there before the first kill: without a cursor only the newest page is read.
            server.post(0)
            await stored(tmp_path, lambda kept: bool(kept))
            for n in range(1, posts):
                live()
                if n in kills:
                    listen.kill()
                    await listen.wait()
                    for _ in range(20):
                        live()
                    listen = await start()
                if n % 10 == 0:
                    await asyncio.sleep(0.02)
            truth = {status["uri"]: status["content"] for status in server.statuses.values()}

            def as_true(kept: list[Mention]) -> bool:
                return {m.native_id for m in kept if m.deleted_at is None} == set(truth)

            await stored(tmp_path, as_true)
            listen.terminate()
            await listen.wait()
    kept = await stored(tmp_path, lambda kept: True)
    shown = {m.native_id: m.text for m in kept if m.deleted_at is None}
    assert shown == {uri: from_html(content) for uri, content in truth.items()}
    assert len({m.native_id for m in kept}) == len(kept)
    assert any(m.deleted_at for m in kept)
    assert any("in other words" in text for text in shown.values())


async def stored(folder: Path, until: Callable[[list[Mention]], bool]) -> list[Mention]:
    """The mentions of a room, once they are as wished."""
    while not (folder / MENTIONS).exists():
        await asyncio.sleep(0.02)
    with MentionReader(folder / MENTIONS) as reader:
        while not until(kept := [k.mention for k in reader.page(1, 100_000)]):
            await asyncio.sleep(0.1)
        return kept
