"""Mastodon against a small real server: pages by min_id, SSE, edits, deletes, a token that is revoked."""

import asyncio
import json
import random
import threading
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from feeds.base import Batch, FeedError, FeedRejected
from feeds.http import open_http
from feeds.mastodon import MastodonFeed, Options
from tests.services.rooms import Hands, room_in
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
        self.token_ok = True
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
