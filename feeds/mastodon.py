"""The Mastodon API: hashtag and public timelines, notifications; streamed where the server streams, polled always.

While a stream is open a slow poll goes on beside it, because a stream can be open and silent. What ends the iterator:
a lost or silent connection, a clean end (also how a revoked token looks), an error of the server. The intake backs
off and asks again from the cursor; a 401 then says that the credentials are at fault.

What happened while nobody listened: new posts are in the timelines, after the cursor. Edits and deletions are not:
they are found by asking for the newest statuses again, once every stream is open and each time the timelines are read.
"""

import asyncio
import random
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from feeds.again import RECENT, Again
from feeds.answers import Response
from feeds.base import Bad, Batch, Clock, FeedError, check_address
from feeds.registry import FeedEnv
from feeds.secrets import Secret, resolve
from feeds.statuses import Notification, Status, each, mention_of
from feeds.streams import How, Streams, address
from warroom.domain.mention import Deleted, Mention
from warroom.domain.sentence import Sentence, say

if TYPE_CHECKING:
    from feeds.http import Http

PAGE = 40
BESIDE = 300.0
"""Seconds between polls while a stream is open (feeds design, section 2: 5 to 10 min)."""
BUFFER = 2_000
SETTLED = 10.0
"""Seconds that the streams have to open before the timelines are read without waiting for them."""
GONE = 2_000
"""Deletions that are remembered: one may overtake the post that it is about."""


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`server` is its address; `token` env:NAME or file:PATH of an account that only listens; `poll` in seconds."""

    server: str
    token: str | None = None
    hashtags: tuple[str, ...] = ()
    public: Literal["none", "local", "remote", "all"] = "none"
    notifications: bool = True
    streaming: How = "auto"
    poll: Annotated[float, Meta(ge=1)] = 60.0
    internal: bool = False

    def __post_init__(self) -> None:
        check_address(self.server)


class Cursor(Struct, frozen=True):
    """The highest id seen of each timeline, and the ids of the newest statuses, oldest first."""

    seen: dict[str, str] = {}
    recent: tuple[str, ...] = ()


class MastodonFeed:
    """One server. The newest `RECENT` statuses are how far back an edit or a deletion is found that nobody heard."""

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
        self._again = Again(self._base, http)

    async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        if self._options.token:
            self._token = resolve(self._options.token)
        known = msgspec.json.decode(cursor, type=Cursor) if cursor else Cursor()
        # What was handed on before a connection was lost may not be stored yet, and the cursor does not know it.
        self._seen, self._recent = dict(known.seen), OrderedDict.fromkeys((*known.recent, *self._recent))
        if self._token is not None:
            await self._get("/api/v1/accounts/verify_credentials")
        wanted = self._streams()
        where = await address(self._http, self._base, self._headers()) if wanted else self._base
        streams = Streams(where, self._headers(), self._http, self._options.streaming)
        queue: asyncio.Queue[_Told] = asyncio.Queue(BUFFER)
        ended: FeedError | GeneratorExit | None = None
        async with asyncio.TaskGroup() as tasks:
            listening = [tasks.create_task(self._streamed(streams, kind, extra, queue)) for kind, extra in wanted]
            try:
                async for batch in self._filled():
                    yield batch
                async for batch in self._beside(queue, len(wanted)):
                    yield batch
            except (FeedError, GeneratorExit) as end:
                ended = end  # a task group would wrap it; whoever listens wants it as it is
            finally:
                for stream in listening:
                    stream.cancel()
        if ended is not None:
            raise ended

    async def _beside(self, queue: "asyncio.Queue[_Told]", wanted: int) -> AsyncIterator[Batch]:
        """What the streams say, and what the timelines say: once all streams are open, then every few minutes."""
        loop = asyncio.get_running_loop()
        every = BESIDE if wanted else self._options.poll
        again = loop.time() + (SETTLED if wanted else 0.0)
        settled: set[str] = set()
        while True:
            try:
                async with asyncio.timeout_at(again):
                    told = await queue.get()
            except TimeoutError:
                async for batch in self._caught_up():
                    yield batch
                again = min(loop.time() + every * self._rng.uniform(0.9, 1.1), self._again.goes_on_at)
                continue
            if isinstance(told, _Settled):
                settled.add(told.stream)
                every = every if told.is_open else min(every, self._options.poll)
                again = loop.time() if len(settled) == wanted else again
                continue
            if isinstance(told, FeedError):
                raise told
            yield self._handed_on(told)

    def _handed_on(self, batch: Batch) -> Batch:
        """The batch with the cursor after it: that must not know of anything which is told later."""
        for mention in batch.mentions:
            if mention.local_id is not None and mention.deleted_at is None:
                self._recent[mention.local_id] = None
        for gone in batch.deleted:
            self._recent.pop(gone.native_id, None)
        while len(self._recent) > RECENT:
            self._recent.popitem(last=False)
        cursor = Cursor(seen=self._seen, recent=tuple(self._recent))
        return replace(batch, cursor=msgspec.json.encode(cursor, order="sorted"))

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

    async def _caught_up(self) -> AsyncIterator[Batch]:
        """What the timelines hold that is new, and what became of the newest that we know."""
        known = list(self._recent)
        async for batch in self._filled():
            yield batch
        async for there, gone in self._again.ask(known, self._headers()):
            edits = [m for s in there if s.edited_at is not None and (m := self._mention(s)) is not None]
            if edits or gone:
                yield self._handed_on(replace(self._deleted(gone), mentions=edits))

    async def _filled(self) -> AsyncIterator[Batch]:
        """Everything after the cursor, oldest page first: `min_id` is the page right after it, `since_id` loses the
        middle of a gap. Without a cursor only the newest page is asked for, and it becomes the cursor."""
        for name, path, extra in self._timelines():
            first = name not in self._seen
            while True:
                params = {"limit": str(PAGE), **extra}
                if not first:
                    params["min_id"] = self._seen[name]
                statuses, ids, bad = await self._page(name, path, params)
                before = self._seen.get(name, "")
                if ids:
                    self._seen[name] = max([*ids, before], key=_age)
                elif first:
                    self._seen[name] = "0"  # empty today: whatever comes from now on is new
                mentions = [m for status in reversed(statuses) if (m := self._mention(status)) is not None]
                yield self._handed_on(
                    Batch(mentions=mentions, bad=[Bad(shown) for shown in bad[:5]], bad_count=len(bad))
                )
                if first or self._seen[name] == before:
                    break  # also where a server takes no notice of min_id and answers with the same page for ever

    async def _page(self, name: str, path: str, params: dict[str, str]) -> tuple[list[Status], list[str], list[str]]:
        """The statuses of a page, the ids of its entries, and samples of what could not be read."""
        response = await self._get(path, params)
        if name == "notifications":
            told, bad = each(response, Notification)
            return [n.status for n in told if n.status is not None], [n.id for n in told], bad
        statuses, bad = each(response, Status)
        return statuses, [status.id for status in statuses], bad

    async def _get(self, path: str, params: Mapping[str, str] | None = None) -> Response:
        return await self._http.get(self._base + path, headers=self._headers(), params=dict(params or {}))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token.reveal()}"} if self._token is not None else {}

    def _mention(self, status: Status) -> Mention | None:
        mention = mention_of(status, self.name, self._clock())
        gone = self._gone.get(status.id)
        return mention if mention is None or gone is None else replace(mention, deleted_at=gone)

    # --- streams ----------------------------------------------------------------------------------------

    def _streams(self) -> list[tuple[str, dict[str, str]]]:
        """Kind and parameters of every stream that is wanted."""
        if self._options.streaming == "poll":
            return []
        found = [("hashtag", {"tag": tag.lstrip("#")}) for tag in self._options.hashtags]
        if self._options.public != "none":
            kind = {"local": "public:local", "remote": "public:remote"}.get(self._options.public, "public")
            found.append((kind, {}))
        if self._options.notifications and self._token is not None:
            found.append(("user:notification", {}))
        return found

    async def _streamed(
        self, streams: Streams, kind: str, extra: dict[str, str], queue: "asyncio.Queue[_Told]"
    ) -> None:
        """One stream; how it began and how it ended goes into the queue too."""
        name = f"{kind} {extra}"

        async def heard(event: str, data: str) -> None:
            batch = self._heard(event, data)
            if batch is not None:
                await queue.put(batch)

        async def opened() -> None:
            await queue.put(_Settled(name, is_open=True))

        try:
            if await streams.listen(kind, extra, heard, opened):
                await queue.put(FeedError(say("The stream ended.")))
            else:
                await queue.put(_Settled(name, is_open=False))
        except FeedError as error:
            await queue.put(error)

    def _heard(self, event: str, data: str) -> Batch | None:
        """One event of a stream. What cannot be read is a sample, never the end."""
        try:
            match event:
                case "update" | "status.update":
                    mention = self._mention(msgspec.json.decode(data.encode(), type=Status, strict=False))
                    return Batch(mentions=[mention]) if mention is not None else None
                case "notification":
                    told = msgspec.json.decode(data.encode(), type=Notification, strict=False)
                    mention = self._mention(told.status) if told.status and told.type == "mention" else None
                    return Batch(mentions=[mention]) if mention is not None else None
                case "delete":
                    # The stream tells the server's own id, and most often that of a post that we never heard.
                    return self._deleted([data.strip()])
                case "":
                    return Batch(bad=[Bad(data[:200])], bad_count=1)
                case _:
                    return None  # announcements, filters, conversations
        except msgspec.DecodeError:
            return Batch(bad=[Bad(data[:200])], bad_count=1)

    def _deleted(self, ids: Sequence[str]) -> Batch:
        at = self._clock()
        self._gone |= dict.fromkeys(ids, at)
        while len(self._gone) > GONE:
            self._gone.popitem(last=False)
        return Batch(deleted=[Deleted(self.source, id, at, local_to=self.name) for id in ids])


class _Settled(Struct, frozen=True):
    """It is known whether there is this stream: it is open, or the server has none of its kind."""

    stream: str
    is_open: bool


_Told: TypeAlias = Batch | FeedError | _Settled
"""What comes out of the streams."""


def _age(id: str) -> tuple[int, str]:
    """Ids grow with time: the longer is the newer, then the greater (snowflakes, ULIDs)."""
    return len(id), id


def build(name: str, options: Options, env: FeedEnv) -> MastodonFeed:
    http = env.internal if options.internal else env.http
    return MastodonFeed(name, options, http=http, clock=env.clock, rng=env.rng)
