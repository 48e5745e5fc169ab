"""The Mastodon API: hashtag and public timelines, notifications; streamed where the server streams, polled always.

While a stream is open a slow poll goes on beside it, because a stream can be open and silent. What ends the iterator:
a lost or silent connection, a clean end (also how a revoked token looks), an error of the server. The intake backs
off and asks again from the cursor; a 401 then says that the credentials are at fault.
"""

import asyncio
import random
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from feeds.answers import Response, host_of
from feeds.base import Batch, Clock, FeedError, FeedRejected, poll
from feeds.registry import FeedEnv
from feeds.secrets import Secret, resolve
from feeds.statuses import Notification, Status, mention_of
from warroom.domain.mention import Deleted, Mention
from warroom.domain.sentence import Sentence, say

if TYPE_CHECKING:
    from feeds.http import Http

PAGE = 40
BESIDE = 300.0
"""Seconds between polls while a stream is open (feeds design, section 2: 5 to 10 min)."""
QUIET = 40.0
"""Seconds without a heartbeat after which a stream is given up: 2.5 × 15 s, rounded up."""
BUFFER = 2_000
RECENT = 800
"""The newest statuses, which are asked for again after a silence: nothing else tells of an edit or a deletion that
nobody heard. 40 questions, of the 300 that a server allows in 5 minutes."""
AT_ONCE = 20
"""Statuses in one such question (Mastodon 4.3, GET /api/v1/statuses)."""
AGAIN = 60.0
"""Seconds: not more often than this, also where a connection is lost all the time."""
GONE = 2_000
"""Deletions that are remembered: one may overtake the post that it is about."""


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`server` is its address; `token` env:NAME or file:PATH of an account that only listens; `poll` in seconds."""

    server: str
    token: str | None = None
    hashtags: tuple[str, ...] = ()
    public: Literal["none", "local", "remote", "all"] = "none"
    notifications: bool = True
    streaming: Literal["auto", "sse", "websocket", "poll"] = "auto"
    poll: float = 60.0
    internal: bool = False


class Cursor(Struct, frozen=True):
    """The highest id seen of each timeline, and the ids of the newest statuses, oldest first."""

    seen: dict[str, str] = {}
    recent: tuple[str, ...] = ()


class MastodonFeed:
    """One server. What happened while nobody listened is read from the timelines and by asking for the newest
    statuses again: those that the server does not know any more are gone. A server without that question (before
    Mastodon 4.3, and most of its relatives) tells of an edit or a deletion only while the stream is open."""

    coverage: ClassVar[Sentence] = say("hashtags, mentions and public posts that one Mastodon server sees")

    def __init__(self, name: str, options: Options, *, http: "Http", clock: Clock, rng: random.Random) -> None:
        self.name = name
        self.source = "mastodon"
        self._options = options
        self._base = options.server.rstrip("/")
        self._http = http
        self._clock = clock
        self._rng = rng
        self._token: Secret | None = None
        self._seen: dict[str, str] = {}
        self._recent: OrderedDict[str, None] = OrderedDict()
        self._gone: OrderedDict[str, datetime] = OrderedDict()
        self._again_at = 0.0
        self._answers_again = True

    async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        if self._options.token:
            self._token = resolve(self._options.token)
        known = msgspec.json.decode(cursor, type=Cursor) if cursor else Cursor()
        self._seen, self._recent = dict(known.seen), OrderedDict.fromkeys(known.recent)
        if self._token is not None:
            await self._get("/api/v1/accounts/verify_credentials")
        if self._options.streaming == "poll":
            async for batch in self._polled(self._options.poll):
                yield batch
            return
        queue: asyncio.Queue[Batch | FeedError] = asyncio.Queue(BUFFER)
        ended: FeedError | GeneratorExit | None = None
        async with asyncio.TaskGroup() as tasks:
            streams = [tasks.create_task(self._streamed(kind, extra, queue)) for kind, extra in self._streams()]
            try:
                async for batch in self._caught_up():
                    yield batch
                async for batch in self._beside(queue):
                    yield batch
            except (FeedError, GeneratorExit) as end:
                ended = end  # a task group would wrap it; whoever listens wants it as it is
            finally:
                for stream in streams:
                    stream.cancel()
        if ended is not None:
            raise ended

    async def _beside(self, queue: "asyncio.Queue[Batch | FeedError]") -> AsyncIterator[Batch]:
        """What the streams say, and every few minutes what the timelines say."""
        loop = asyncio.get_running_loop()
        every = BESIDE
        again = loop.time() + every
        while True:
            try:
                async with asyncio.timeout_at(again):
                    told = await queue.get()
            except TimeoutError:
                async for batch in self._caught_up():
                    yield batch
                again = loop.time() + every
                continue
            if isinstance(told, _NoStream):
                every = min(every, self._options.poll)
                again = min(again, loop.time() + every)
                continue
            if isinstance(told, FeedError):
                raise told
            yield replace(told, cursor=self._cursor())

    def _cursor(self) -> bytes:
        return msgspec.json.encode(Cursor(seen=self._seen, recent=tuple(self._recent)), order="sorted")

    # --- timelines --------------------------------------------------------------------------------------

    def _timelines(self) -> list[tuple[str, str, dict[str, str]]]:
        """Name, path and parameters of every timeline that is listened to."""
        found: list[tuple[str, str, dict[str, str]]] = [
            (f"tag:{tag.lstrip('#')}", f"/api/v1/timelines/tag/{tag.lstrip('#')}", {}) for tag in self._options.hashtags
        ]
        if self._options.public != "none":
            where = {"local": {"local": "true"}, "remote": {"remote": "true"}}.get(self._options.public, {})
            found.append(("public", "/api/v1/timelines/public", where))
        if self._options.notifications and self._token is not None:
            found.append(("notifications", "/api/v1/notifications", {"types[]": "mention"}))
        return found

    async def _polled(self, every: float) -> AsyncIterator[Batch]:
        async for _ in poll(self._nothing, lambda: every, rng=self._rng):
            async for batch in self._caught_up():
                yield batch

    async def _nothing(self) -> Batch:
        return Batch()

    async def _caught_up(self) -> AsyncIterator[Batch]:
        """What the timelines hold that is new, and what became of the newest that we know."""
        known = list(self._recent)
        async for batch in self._filled():
            yield batch
        async for batch in self._asked_again(known):
            yield batch

    async def _asked_again(self, ids: list[str]) -> AsyncIterator[Batch]:
        """The statuses of these ids as they are now, newest first; those that are missing are gone.

        Where not one is left the answer is not believed: a server may answer this question with nothing at all.
        """
        now = asyncio.get_running_loop().time()
        if not ids or not self._answers_again or now < self._again_at:
            return
        self._again_at = now + AGAIN
        missing: list[str] = []
        present = False
        for last in range(len(ids), 0, -AT_ONCE):
            asked = ids[max(0, last - AT_ONCE) : last]
            params = [("id[]", id) for id in asked]
            response = await self._http.get(
                f"{self._base}/api/v1/statuses", headers=self._headers(), params=params, ok=(400, 404, 405, 422)
            )
            if response.status != 200:
                self._answers_again = False
                return
            statuses = response.json(list[Status])
            present = present or bool(statuses)
            missing += set(asked) - {status.id for status in statuses}
            yield Batch(mentions=[m for status in reversed(statuses) if (m := self._mention(status)) is not None])
        if present and missing:
            for id in missing:
                self._recent.pop(id, None)
            at = self._clock()
            gone = [Deleted(self.source, id, at, local_to=self.name) for id in missing]
            yield Batch(deleted=gone, cursor=self._cursor())

    async def _filled(self) -> AsyncIterator[Batch]:
        """Everything after the cursor, oldest page first: `min_id` is the page right after it, `since_id` loses the
        middle of a gap. Without a cursor only the newest page is asked for, and it becomes the cursor."""
        for name, path, extra in self._timelines():
            first = name not in self._seen
            while True:
                params = {"limit": str(PAGE), **extra}
                if not first:
                    params["min_id"] = self._seen[name]
                statuses, ids = await self._page(name, path, params)
                if ids:
                    self._seen[name] = max([*ids, self._seen.get(name, "")], key=_age)
                elif first:
                    self._seen[name] = "0"  # empty today: whatever comes from now on is new
                mentions = [m for status in reversed(statuses) if (m := self._mention(status)) is not None]
                yield Batch(mentions=mentions, cursor=self._cursor())
                if first or not ids:
                    break

    async def _page(self, name: str, path: str, params: dict[str, str]) -> tuple[list[Status], list[str]]:
        response = await self._get(path, params)
        if name == "notifications":
            told = response.json(list[Notification])
            return [n.status for n in told if n.status is not None], [n.id for n in told]
        statuses = response.json(list[Status])
        return statuses, [status.id for status in statuses]

    async def _get(self, path: str, params: Mapping[str, str] | None = None) -> Response:
        return await self._http.get(self._base + path, headers=self._headers(), params=dict(params or {}))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token.reveal()}"} if self._token is not None else {}

    def _mention(self, status: Status) -> Mention | None:
        mention = mention_of(status, self.name, self._clock())
        if mention is None:
            return None
        self._recent[status.id] = None
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)
        gone = self._gone.get(status.id)
        return mention if gone is None else replace(mention, deleted_at=gone)

    # --- streams ----------------------------------------------------------------------------------------

    def _streams(self) -> list[tuple[str, dict[str, str]]]:
        found = [("hashtag", {"tag": tag.lstrip("#")}) for tag in self._options.hashtags]
        if self._options.public != "none":
            kind = {"local": "public:local", "remote": "public:remote"}.get(self._options.public, "public")
            found.append((kind, {}))
        if self._options.notifications and self._token is not None:
            found.append(("user:notification", {}))
        return found

    async def _streamed(self, kind: str, extra: dict[str, str], queue: "asyncio.Queue[Batch | FeedError]") -> None:
        """SSE, else WebSocket, else the poll alone; how it ended goes into the queue."""
        wanted = self._options.streaming
        try:
            streamed = wanted in ("auto", "sse") and await self._by_sse(kind, extra, queue)
            if not streamed and wanted in ("auto", "websocket"):
                streamed = await self._by_websocket(kind, extra, queue)
            if streamed:
                await queue.put(FeedError(say("The stream ended.")))
            else:
                await queue.put(_NoStream(say("{host} does not stream.", host=host_of(self._base))))
        except FeedError as error:
            await queue.put(error)

    async def _by_sse(self, kind: str, extra: dict[str, str], queue: "asyncio.Queue[Batch | FeedError]") -> bool:
        """True when a stream was there and has ended; False where the server has none of this kind."""
        path = kind.replace(":", "/")
        query = "&".join(f"{name}={value}" for name, value in extra.items())
        url = f"{self._base}/api/v1/streaming/{path}" + (f"?{query}" if query else "")
        async with self._http.stream(url, headers=self._headers(), quiet=QUIET, ok=(400, 404, 405, 501)) as stream:
            if stream.status != 200 or "event-stream" not in stream.headers.get("content-type", ""):
                return False
            event, data = "", []
            async for line in stream.lines():
                if line.startswith("event:"):
                    event = line[6:].strip()
                elif line.startswith("data:"):
                    data.append(line[5:].strip())
                elif not line:
                    if data:
                        await self._heard(event, "\n".join(data), queue)
                    event, data = "", []
        return True

    async def _by_websocket(self, kind: str, extra: dict[str, str], queue: "asyncio.Queue[Batch | FeedError]") -> bool:
        import websockets

        url = self._base.replace("http", "ws", 1) + "/api/v1/streaming"
        try:
            async with websockets.connect(
                url, additional_headers=self._headers(), max_size=4 * 1024 * 1024, open_timeout=10, proxy=None
            ) as socket:
                await socket.send(msgspec.json.encode({"type": "subscribe", "stream": kind, **extra}).decode())
                async for frame in socket:
                    told = msgspec.json.decode(frame, type=_Frame)
                    if told.error:
                        return False
                    await self._heard(told.event, told.payload, queue)
        except websockets.InvalidStatus as error:
            if error.response.status_code in (401, 403):
                raise FeedRejected(
                    say("{host} does not accept the credentials ({status}).", host=host_of(self._base), status="401")
                ) from error
            return False
        except (OSError, websockets.WebSocketException, msgspec.DecodeError, TimeoutError) as error:
            raise FeedError(say("The connection was lost.")) from error
        return True

    async def _heard(self, event: str, data: str, queue: "asyncio.Queue[Batch | FeedError]") -> None:
        """One event of a stream. What cannot be read is a sample, never the end."""
        try:
            if event in ("update", "status.update"):
                mention = self._mention(msgspec.json.decode(data.encode(), type=Status, strict=False))
                if mention is not None:
                    await queue.put(Batch(mentions=[mention]))
            elif event == "notification":
                told = msgspec.json.decode(data.encode(), type=Notification, strict=False)
                mention = self._mention(told.status) if told.status is not None and told.type == "mention" else None
                if mention is not None:
                    await queue.put(Batch(mentions=[mention]))
            elif event == "delete":
                # The stream tells the server's own id, and most often that of a post that we never heard.
                id, at = data.strip(), self._clock()
                self._recent.pop(id, None)
                self._gone[id] = at
                if len(self._gone) > GONE:
                    self._gone.popitem(last=False)
                await queue.put(Batch(deleted=[Deleted(self.source, id, at, local_to=self.name)]))
        except msgspec.DecodeError:
            await queue.put(Batch(bad=[data[:200]], bad_count=1))


class _NoStream(FeedError):
    """The server has no stream of this kind: polling is all there is."""


class _Frame(Struct, frozen=True):
    event: str = ""
    payload: str = ""
    error: str | None = None


def _age(id: str) -> tuple[int, str]:
    """Ids grow with time: the longer is the newer, then the greater (snowflakes, ULIDs)."""
    return len(id), id


def build(name: str, options: Options, env: FeedEnv) -> MastodonFeed:
    http = env.internal if options.internal else env.http
    return MastodonFeed(name, options, http=http, clock=env.clock, rng=env.rng)
