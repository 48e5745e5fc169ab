"""Bluesky by Jetstream: the whole network's public posts, matched here before anything else.

There is no keyword filter on the stream, so every frame comes; most are thrown away on their raw bytes. What ends the
iterator: a lost or silent connection; the intake backs off and asks again from the cursor, five seconds earlier, and
repeats are dropped by name. Every deletion is handed on: the store knows which of them are about what it holds, also
after a restart. Whatever somebody writes into a post, it never costs the posts beside it.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from feeds.base import Bad, Batch, Clock, FeedError, Gap
from feeds.registry import FeedEnv
from feeds.text import plain
from warroom.domain.mention import Deleted, Kind, Mention
from warroom.domain.sentence import Sentence, say
from warroom.domain.watch import Watch

if TYPE_CHECKING:
    from feeds.http import Http

ENDPOINTS = (
    "wss://jetstream1.us-east.bsky.network/subscribe",
    "wss://jetstream2.us-east.bsky.network/subscribe",
    "wss://jetstream1.us-west.bsky.network/subscribe",
    "wss://jetstream2.us-west.bsky.network/subscribe",
)
APP_VIEW = "https://public.api.bsky.app"
POSTS = "app.bsky.feed.post"
BACK = 5_000_000
"""Microseconds before the cursor from which a connection resumes."""
MOVED = timedelta(seconds=60)
"""A first event later than asked by more than this means that the server moved the cursor forward."""
QUEUE = 20_000
QUIET = 30.0
"""Seconds without a frame: the network is never that quiet."""
TOGETHER = 25
"""Profiles and posts asked for in one call."""
SECOND = 1.0


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`endpoints` are tried in turn; `hydrate` asks the public app view for authors and counts of what matched."""

    endpoints: tuple[str, ...] = ENDPOINTS
    app_view: str = APP_VIEW
    hydrate: bool = True
    internal: bool = False
    match: ClassVar[bool] = True


class Commit(Struct, frozen=True):
    operation: str = ""
    collection: str = ""
    rkey: str = ""
    record: Any = None


class Frame(Struct, frozen=True):
    did: str = ""
    time_us: int = 0
    kind: str = ""
    commit: Commit | None = None


class Profile(Struct, frozen=True, rename="camel"):
    did: str
    handle: str = ""
    display_name: str = ""
    followers_count: int | None = None


class Profiles(Struct, frozen=True):
    profiles: list[Profile] = []


_decoder = msgspec.json.Decoder(Frame)


class _Heard(Struct):
    """What a second brought. `first` and `last` are times of frames in microseconds, 0 where none came."""

    last: int
    first: int = 0
    mentions: list[Mention] = []
    deleted: list[Deleted] = []
    edits: list[Mention] = []
    bad: list[str] = []

    @property
    def is_empty(self) -> bool:
        return not (self.mentions or self.deleted or self.edits or self.bad)

    def moved(self, at: int) -> None:
        self.first = self.first or at
        self.last = max(self.last, at)

    def batch(self, dropped: int) -> Batch:
        return Batch(
            mentions=self.mentions,
            deleted=self.deleted,
            edits=self.edits,
            cursor=str(self.last).encode(),
            dropped=dropped,
            bad=[Bad(shown) for shown in self.bad[:5]],
            bad_count=len(self.bad),
        )


class JetstreamFeed:
    """The whole network. The cursor is `time_us` of the last frame that was handed on."""

    coverage: ClassVar[Sentence] = say("the whole public network of Bluesky")

    def __init__(self, name: str, options: Options, *, http: "Http", clock: Clock, watch: Watch) -> None:
        self.name = name
        self.source = "bluesky"
        self._options = options
        self._http = http
        self._clock = clock
        self._watch = watch
        self._turn = 0
        self._dropped = 0

    async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        last = int(cursor) if cursor else 0
        endpoint = self._options.endpoints[self._turn % len(self._options.endpoints)]
        self._turn += 1
        queue: asyncio.Queue[bytes | FeedError] = asyncio.Queue(QUEUE)
        ended: FeedError | GeneratorExit | None = None
        async with asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(self._reads(endpoint, last, queue))
            try:
                async for batch in self._batched(queue, last):
                    yield batch
            except (FeedError, GeneratorExit) as end:
                ended = end  # a task group would wrap it; whoever listens wants it as it is
            finally:
                reading.cancel()
        if ended is not None:
            raise ended

    async def _reads(self, endpoint: str, last: int, queue: "asyncio.Queue[bytes | FeedError]") -> None:
        """One task reads the socket and only queues: a consumer that is slow is cut off by the server."""
        import websockets

        url = f"{endpoint}?wantedCollections={POSTS}" + (f"&cursor={last - BACK}" if last else "")
        try:
            async with websockets.connect(
                url, max_size=4 * 1024 * 1024, open_timeout=10, compression=None, proxy=None
            ) as socket:
                while True:
                    async with asyncio.timeout(QUIET):
                        frame = await socket.recv(decode=False)
                    try:
                        queue.put_nowait(frame)
                    except asyncio.QueueFull:
                        self._dropped += 1
        except TimeoutError:
            await queue.put(FeedError(say("The stream has gone silent.")))
        except (OSError, websockets.WebSocketException):
            await queue.put(FeedError(say("The connection was lost.")))

    async def _batched(self, queue: "asyncio.Queue[bytes | FeedError]", last: int) -> AsyncIterator[Batch]:
        """At most a second of frames at a time: matched, hydrated, with the cursor after them."""
        asked, first = last, True
        while True:
            heard = _Heard(last=last)
            ended = await self._second(queue, heard)
            if first and heard.first:
                first = False
                if (gap := self._gap(asked, heard.first)) is not None:
                    yield Batch(gap=gap)
            if self._options.hydrate and heard.mentions:
                heard.mentions = await self._hydrated(heard.mentions)
            dropped, self._dropped = self._dropped, 0
            if dropped or heard.last != last or not heard.is_empty:
                yield heard.batch(dropped)
            last = heard.last
            if ended is not None:
                raise ended

    async def _second(self, queue: "asyncio.Queue[bytes | FeedError]", heard: "_Heard") -> FeedError | None:
        """Take what comes within a second, or up to the end of the stream, which is handed back."""
        try:
            async with asyncio.timeout(SECOND):
                while not isinstance(told := await queue.get(), FeedError):
                    try:
                        self._take(told, heard)
                    except (ValueError, OverflowError, RecursionError, OSError):
                        heard.bad.append(told[:200].decode("utf-8", "replace"))
                return told
        except TimeoutError:
            return None

    def _gap(self, asked: int, at: int) -> Gap | None:
        if not asked or at - asked <= MOVED.total_seconds() * 1e6:
            return None
        return Gap(_moment(asked), _moment(at), say("The stream does not reach back that far."))

    def _take(self, raw: bytes, heard: "_Heard") -> None:
        """One frame. What cannot be read is an exception of its own."""
        frame = _decoder.decode(raw)
        commit = frame.commit
        if commit is not None and commit.collection == POSTS:
            self._match(frame, commit, heard)
        heard.moved(frame.time_us)

    def _match(self, frame: Frame, commit: Commit, heard: "_Heard") -> None:
        uri = f"at://{frame.did}/{POSTS}/{commit.rkey}"
        if commit.operation == "delete":
            gone = _local(frame.did, commit.rkey)
            heard.deleted.append(Deleted("bluesky", gone, _moment(frame.time_us), local_to=self.name))
        elif isinstance(commit.record, dict):
            is_edit = commit.operation == "update"
            names_us = self._watch.matches(str(commit.record.get("text") or ""))
            if names_us or is_edit:
                mention = self._mention(uri, frame, commit.record, edited=is_edit)
                (heard.mentions if names_us else heard.edits).append(mention)

    def _mention(self, uri: str, frame: Frame, record: dict[str, Any], *, edited: bool) -> Mention:
        text = str(record.get("text") or "")
        at = _moment(frame.time_us)
        created = _time(record.get("createdAt")) or at
        reply = record.get("reply") if isinstance(record.get("reply"), dict) else {}
        embed = record.get("embed") if isinstance(record.get("embed"), dict) else {}
        kind: Kind = "quote" if "record" in (embed or {}) else "reply" if reply else "post"
        langs = record.get("langs")
        rkey = uri.rsplit("/", 1)[1]
        return Mention(
            source="bluesky",
            feed=self.name,
            native_id=uri,
            local_id=_local(frame.did, rkey),
            url=f"https://bsky.app/profile/{frame.did}/post/{rkey}",
            kind=kind,
            text=plain(text),
            author_handle=frame.did,
            author_id=frame.did,
            lang=str(langs[0]) if isinstance(langs, list) and langs else None,
            created_at=min(created, at),
            edited_at=at if edited else None,
            received_at=self._clock(),
            in_reply_to=_uri(reply, "parent"),
            thread=_uri(reply, "root"),
        )

    async def _hydrated(self, mentions: Sequence[Mention]) -> list[Mention]:
        """With names and followers. Where the app view does not answer, the author stays the bare DID."""
        dids = list(dict.fromkeys(mention.author_id for mention in mentions if mention.author_id))
        known: dict[str, Profile] = {}
        for start in range(0, len(dids), TOGETHER):
            params = [("actors", did) for did in dids[start : start + TOGETHER]]
            try:
                response = await self._http.get(
                    f"{self._options.app_view}/xrpc/app.bsky.actor.getProfiles", params=params
                )
                known |= {profile.did: profile for profile in response.json(Profiles).profiles}
            except FeedError:
                break
        return [
            replace(
                mention,
                author_handle=profile.handle or mention.author_handle,
                author_name=profile.display_name or None,
                author_url=f"https://bsky.app/profile/{profile.handle or profile.did}",
                followers=profile.followers_count,
            )
            if (profile := known.get(mention.author_id or "")) is not None
            else mention
            for mention in mentions
        ]


def _local(did: str, rkey: str) -> str:
    """What a post is called on this stream: a deletion of one that the store does not hold leaves nothing behind."""
    return f"{did}/{rkey}"


def _uri(reply: Any, name: str) -> str | None:
    end = reply.get(name) if isinstance(reply, dict) else None
    return str(end["uri"]) if isinstance(end, dict) and end.get("uri") else None


def _moment(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1e6, UTC)


def _time(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
        return at.astimezone(UTC) if at.tzinfo is not None else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def build(name: str, options: Options, env: FeedEnv) -> JetstreamFeed:
    http = env.internal if options.internal else env.http
    return JetstreamFeed(name, options, http=http, clock=env.clock, watch=env.watch)
