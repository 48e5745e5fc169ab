"""The streams of Mastodon against real servers on loopback: server-sent events and WebSockets, and how they end."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import Server as Sockets
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from feeds import streams
from feeds.base import Batch, FeedError, FeedLimited, FeedRejected
from feeds.http import open_http
from feeds.mastodon import MastodonFeed, Options
from tests.feeds.mastodon_server import Server, serving
from tests.patience import PATIENCE

NOW = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)

Speak = Callable[[ServerConnection], Awaitable[None]]
Refuse = Callable[[ServerConnection, Request], Awaitable[Response | None]]


async def heard(server: Server, enough: Callable[[list[Batch]], bool] = lambda told: False, **more: Any) -> list[Batch]:
    """What the feed hands on until it is enough. How the feed ends otherwise is raised."""
    options = Options(server=server.url, hashtags=("nordavena",), internal=True, **more)
    told: list[Batch] = []
    async with open_http(user_agent="t", clock=lambda: NOW, internal=True) as http:
        feed = MastodonFeed("m", options, http=http, clock=lambda: NOW, rng=random.Random(1))
        async with asyncio.timeout(PATIENCE), aclosing(feed.batches(None)) as batches:
            async for batch in batches:
                told.append(batch)
                if enough(told):
                    break
    return told


async def over_websocket(
    server: Server,
    speak: Speak,
    enough: Callable[[list[Batch]], bool] = lambda told: False,
    *,
    refuse: Refuse | None = None,
    **more: Any,
) -> list[Batch]:
    """The same where the server tells that it streams at a WebSocket server, which does not answer anything else."""
    async with serve(speak, "127.0.0.1", 0, process_request=refuse) as sockets:
        server.streams_at = address(sockets)
        return await heard(server, enough, **more)


def address(sockets: Sockets) -> str:
    return f"ws://127.0.0.1:{next(iter(sockets.sockets)).getsockname()[1]}"


async def nothing(socket: ServerConnection) -> None:
    await socket.wait_closed()


def frame(event: str, payload: str) -> str:
    return json.dumps({"stream": ["hashtag", "nordavena"], "event": event, "payload": payload})


# --- WebSocket ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("streaming", ["auto", "websocket"])
async def test_over_a_websocket_posts_edits_and_deletes_are_heard(streaming: str) -> None:
    subscribed: list[object] = []
    said = Server()
    said.post(1)
    said.edit(1, "edited")
    said.delete(1)

    async def speak(socket: ServerConnection) -> None:
        subscribed.append(json.loads(await socket.recv()))
        for event, payload in (*said.events, ("announcement", "{}"), ("delete", "100009")):
            await socket.send(frame(event, payload))
        await socket.wait_closed()

    with serving() as server:
        told = await over_websocket(
            server, speak, lambda told: sum(len(b.deleted) for b in told) == 2, streaming=streaming
        )
    assert subscribed == [{"type": "subscribe", "stream": "hashtag", "tag": "nordavena"}]
    assert [m.text for batch in told for m in batch.mentions] == ["post 1\n#nordavena", "edited"]
    gone = [(gone.native_id, gone.local_to) for batch in told for gone in batch.deleted]
    assert gone == [("100001", "m"), ("100009", "m")]


async def test_what_cannot_be_read_is_a_sample_and_the_socket_stays() -> None:
    async def speak(socket: ServerConnection) -> None:
        await socket.recv()
        said = Server()
        said.post(1)
        for text in ("no json", frame("update", "{"), b"\xff", frame(*said.events[0])):
            await socket.send(text)
        await socket.wait_closed()

    with serving() as server:
        told = await over_websocket(server, speak, lambda told: any(b.mentions for b in told))
    assert [bad.shown for batch in told for bad in batch.bad] == ["no json", "{", "\ufffd"]


async def test_a_websocket_without_this_stream_leaves_polling() -> None:
    async def speak(socket: ServerConnection) -> None:
        await socket.recv()
        await socket.send(json.dumps({"error": "Unknown stream type", "status": 400}))
        server.post(1)
        await socket.wait_closed()

    with serving() as server:
        told = await over_websocket(server, speak, lambda told: any(b.mentions for b in told), poll=0.05)
    assert [m.local_id for batch in told for m in batch.mentions] == ["100001"]


@pytest.mark.parametrize(
    ("status", "error"), [(401, FeedRejected), (403, FeedRejected), (429, FeedLimited), (503, FeedError)]
)
async def test_a_websocket_that_is_refused_says_why(status: int, error: type[FeedError], tmp_path: Path) -> None:
    async def refuse(socket: ServerConnection, request: Request) -> Response | None:
        return socket.respond(status, "no")

    with serving() as server, pytest.raises(FeedError) as raised:
        await over_websocket(server, nothing, refuse=refuse, streaming="websocket")
    assert type(raised.value) is error
    assert str(status) in (*raised.value.sentence.params.values(), raised.value.sentence.id[-5:-2])


async def test_a_handshake_that_is_not_answered_as_one_leaves_polling() -> None:
    async def refuse(socket: ServerConnection, request: Request) -> Response | None:
        return socket.respond(200, "hello")

    with serving() as server:
        server.post(1)
        told = await over_websocket(
            server, nothing, lambda told: len(told) > 3, refuse=refuse, streaming="websocket", poll=0.05
        )
    assert len(told) > 3


async def test_a_socket_that_the_server_closes_is_a_lost_connection() -> None:
    async def speak(socket: ServerConnection) -> None:
        await socket.recv()
        await socket.close()

    with serving() as server, pytest.raises(FeedError) as raised:
        await over_websocket(server, speak)
    assert type(raised.value) is FeedError


async def test_a_socket_that_breaks_is_a_lost_connection() -> None:
    async def speak(socket: ServerConnection) -> None:
        await socket.recv()
        socket.transport.abort()

    with serving() as server, pytest.raises(FeedError) as raised:
        await over_websocket(server, speak)
    assert raised.value.sentence.id == "The connection was lost."


async def test_a_socket_that_answers_no_ping_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "QUIET", 0.2)
    given_up = asyncio.Event()

    async def speak(socket: ServerConnection) -> None:
        await socket.recv()
        socket.transport.pause_reading()
        await given_up.wait()
        socket.transport.abort()

    async with serve(speak, "127.0.0.1", 0) as sockets:
        with serving() as server:
            server.streams_at = address(sockets)
            try:
                with pytest.raises(FeedError) as raised:
                    await heard(server)
            finally:
                given_up.set()
    assert raised.value.sentence.id == "The connection was lost."


# --- server-sent events ---------------------------------------------------------------------------------


async def test_the_token_goes_to_the_stream_too(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("s3cret")
    secret.chmod(0o600)
    with serving() as server:
        server.token = "s3cret"
        server.post(1)
        told = await heard(server, lambda told: len(told) > 2, token=f"file:{secret}", poll=0.05)
        assert [m.local_id for batch in told for m in batch.mentions][:1] == ["100001"]
        assert {path for path in server.asked if "streaming" in path} == {
            "/api/v1/streaming/hashtag?tag=nordavena",
            "/api/v1/streaming/user/notification",
        }


async def test_an_open_stream_without_a_heartbeat_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "QUIET", 0.2)
    with serving() as server:
        server.silent = True
        with pytest.raises(FeedError) as raised:
            await heard(server)
    assert raised.value.sentence.id == "The stream has gone silent."


async def test_a_stream_with_nothing_but_a_heartbeat_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "QUIET", 4.0)
    with serving() as server:
        async with asyncio.TaskGroup() as tasks:
            hearing = tasks.create_task(heard(server, lambda told: any(batch.mentions for batch in told)))
            while not server.is_listened_to():
                await asyncio.sleep(0.01)
            await asyncio.sleep(5.0)
            server.post(1)
        assert [m.local_id for batch in hearing.result() for m in batch.mentions] == ["100001"]


async def test_what_was_posted_while_the_stream_was_opening_is_read_when_it_is_open() -> None:
    with serving() as server:

        def enough(batches: list[Batch]) -> bool:
            if len(batches) == 1:
                server.post(1, announce=False)
            return any(batch.mentions for batch in batches)

        told = await heard(server, enough)
        assert [m.local_id for batch in told for m in batch.mentions] == ["100001"]


# --- where a server streams -----------------------------------------------------------------------------


async def test_a_server_may_stream_from_another_host() -> None:
    with serving() as server, serving() as other:
        server.sse = False
        server.streams_at = other.url.replace("http", "ws", 1)
        async with asyncio.TaskGroup() as tasks:
            hearing = tasks.create_task(heard(server, lambda told: any(batch.mentions for batch in told)))
            while not other.opened:
                await asyncio.sleep(0.01)
            other.post(1)
        assert [m.local_id for batch in hearing.result() for m in batch.mentions] == ["100001"]
        assert other.asked == ["/api/v1/streaming/hashtag?tag=nordavena"]


@pytest.mark.parametrize(
    ("base", "told", "where"),
    [
        ("https://a.example", "wss://b.example", "https://b.example"),
        ("https://a.example", "wss://b.example:4000/x/", "https://b.example:4000/x"),
        ("https://a.example", "https://b.example", "https://b.example"),
        ("https://a.example", "ws://b.example", "https://a.example"),
        ("https://a.example", "", "https://a.example"),
        ("https://a.example", "file:///etc/hosts", "https://a.example"),
        ("https://a.example", "wss://[", "https://a.example"),
        ("http://a.example", "ws://b.example", "http://b.example"),
    ],
)
def test_a_secure_server_streams_securely(base: str, told: str, where: str) -> None:
    assert streams.address_of(base, told) == where
