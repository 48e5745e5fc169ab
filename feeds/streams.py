"""The streams of the Mastodon API: server-sent events, else a WebSocket, else none.

A stream tells what happens and nothing of what happened before. It ends without a word, also when the token was
revoked, and it may be open and silent; who listens asks the timelines too.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import urlencode, urlsplit

import msgspec
from msgspec import Struct

from feeds.answers import host_of
from feeds.base import FeedError
from warroom.domain.sentence import say

if TYPE_CHECKING:
    from feeds.http import Http

QUIET = 40.0
"""Seconds without a heartbeat after which a stream is given up: 2.5 × 15 s, rounded up."""
LARGEST = 4 * 1024 * 1024
"""Bytes of one frame."""
NOWHERE = (301, 302, 307, 308, 400, 404, 405, 426, 501)
"""How servers say that they have no such stream here. A few send on to another address, which is asked for first."""

How: TypeAlias = Literal["auto", "sse", "websocket", "poll"]
"""Whichever the server has, only one of them, or no stream at all."""
Heard: TypeAlias = Callable[[str, str], Awaitable[None]]
"""Takes an event of a stream: its name and its data, as they came."""
Opened: TypeAlias = Callable[[], Awaitable[None]]
"""Is told when a stream is open: what happens from now on is heard."""


class _Urls(Struct, frozen=True):
    streaming: str = ""


class _Configuration(Struct, frozen=True):
    urls: _Urls = _Urls()


class _Instance(Struct, frozen=True):
    configuration: _Configuration = _Configuration()


class _Frame(Struct, frozen=True):
    event: str = ""
    payload: str = ""
    error: str | None = None


async def address(http: "Http", base: str, headers: Mapping[str, str]) -> str:
    """Where the server streams: what it says itself, since many stream from another host; else its own address."""
    try:
        answer = await http.get(f"{base}/api/v2/instance", headers=headers, ok=(401, 403, 404, 405, 410, 500, 501))
        told = answer.json(_Instance) if answer.status == 200 else _Instance()
    except FeedError:
        return base
    return address_of(base, told.configuration.urls.streaming)


def address_of(base: str, told: str) -> str:
    """The address that was told, as one for HTTP; `base` where it is none, or less secure than `base`."""
    try:
        parts = urlsplit(told)
    except ValueError:
        return base
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    if not parts.netloc or scheme not in ("https", urlsplit(base).scheme):
        return base
    return f"{scheme}://{parts.netloc}{parts.path}".rstrip("/")


class Streams:
    """The streams of one server. `base` is its streaming address; `headers` hold the token."""

    def __init__(self, base: str, headers: Mapping[str, str], http: "Http", how: How) -> None:
        self._base = base
        self._headers = headers
        self._http = http
        self._how = how

    async def listen(self, kind: str, extra: Mapping[str, str], heard: Heard, opened: Opened) -> bool:
        """Hand on what a stream tells until it ends; False where the server has no such stream."""
        if self._how in ("auto", "sse") and await self._by_sse(kind, extra, heard, opened):
            return True
        return self._how in ("auto", "websocket") and await self._by_websocket(kind, extra, heard, opened)

    async def _by_sse(self, kind: str, extra: Mapping[str, str], heard: Heard, opened: Opened) -> bool:
        url = f"{self._base}/api/v1/streaming/{kind.replace(':', '/')}" + (f"?{urlencode(extra)}" if extra else "")
        async with self._http.stream(url, headers=self._headers, quiet=QUIET, ok=NOWHERE) as stream:
            if stream.status != 200 or "event-stream" not in stream.headers.get("content-type", ""):
                return False
            await opened()
            event, data = "", list[str]()
            async for line in stream.lines():
                if line.startswith("event:"):
                    event = line[6:].strip()
                elif line.startswith("data:"):
                    data.append(line[5:].strip())
                elif not line:
                    if data:
                        await heard(event, "\n".join(data))
                    event, data = "", []
        return True

    async def _by_websocket(self, kind: str, extra: Mapping[str, str], heard: Heard, opened: Opened) -> bool:
        import websockets

        url = self._base.replace("http", "ws", 1) + "/api/v1/streaming"
        try:
            # There is no heartbeat on a socket but the ping: a server that does not answer it is given up.
            async with websockets.connect(
                url,
                additional_headers=self._headers,
                max_size=LARGEST,
                open_timeout=10,
                close_timeout=2,
                ping_interval=QUIET / 2,
                ping_timeout=QUIET / 2,
                proxy=None,
            ) as socket:
                await socket.send(msgspec.json.encode({"type": "subscribe", "stream": kind, **extra}).decode())
                await opened()
                async for frame in socket:
                    try:
                        told = msgspec.json.decode(frame, type=_Frame)
                    except msgspec.DecodeError:
                        await heard("", frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))
                        continue
                    if told.error is not None:
                        return False
                    await heard(told.event, told.payload)
        except websockets.InvalidStatus as error:
            status = error.response.status_code
            if status not in (401, 403, 429) and status < 500:
                return False
            from feeds.http import refusal

            raise refusal(status, host_of(self._base), None) from error
        except (OSError, websockets.WebSocketException) as error:
            raise FeedError(say("The connection was lost.")) from error
        return True
