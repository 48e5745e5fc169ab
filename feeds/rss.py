"""RSS, Atom, RDF and JSON Feed by conditional GET.

Well-formed documents are read by ElementTree, everything else by feedparser, which copes with every broken feed
but is 50 times slower. Both end in the same loose `Item`, so both give the same mentions.
"""

import asyncio
import hashlib
import random
import re
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar

import msgspec
from msgspec import Meta, Struct

from feeds.answers import host_of
from feeds.base import Bad, Batch, Clock, FeedError, Gap, check_address, poll
from feeds.items import Document, read_document
from feeds.registry import FeedEnv
from feeds.text import from_html, plain
from warroom.domain.mention import Mention
from warroom.domain.sentence import Sentence, say
from warroom.domain.watch import Watch

if TYPE_CHECKING:
    from feeds.http import Http

SLOWEST = 6 * 3600.0
BODY = 10 * 1024 * 1024
PARSE_SECONDS = 5.0
KNOWN = 4_000
"""Ids of the last fetches that a cursor keeps at most."""


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`every` is in seconds; the feed's own wishes and back-off may make it longer. `match` keeps what names us."""

    url: str
    every: Annotated[float, Meta(ge=1)] = 120.0
    match: bool = False
    source: str = "rss"
    internal: bool = False

    def __post_init__(self) -> None:
        check_address(self.url)


class Cursor(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Validators as the server sent them, the ids of the last two fetches, shortened, and how many minutes the feed
    asked to be left alone: an answer that nothing is new does not repeat it."""

    etag: str | None = None
    modified: str | None = None
    last: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    at: datetime | None = None
    ttl: int = 0


class RssFeed:
    """One address. What is missing from a later fetch is not deleted: absence says nothing."""

    coverage: ClassVar[Sentence] = say("the items of one address")

    def __init__(
        self, name: str, options: Options, *, http: "Http", clock: Clock, watch: Watch, rng: random.Random
    ) -> None:
        self.name = name
        self.source = options.source
        self._options = options
        self._http = http
        self._clock = clock
        self._watch = watch
        self._rng = rng
        self._cursor = Cursor()
        self._every = options.every

    @property
    def interval(self) -> float:
        """Seconds between two questions while all is well."""
        return self._every

    async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        self._cursor = msgspec.json.decode(cursor, type=Cursor) if cursor else Cursor()
        async for batch in poll(self._ask, lambda: self._every, rng=self._rng):
            yield batch

    async def _ask(self) -> Batch:
        """Ask once. 304 is a batch with nothing in it: the source lives."""
        headers = {"Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9"}
        if self._cursor.etag:
            headers["If-None-Match"] = self._cursor.etag
        if self._cursor.modified:
            headers["If-Modified-Since"] = self._cursor.modified
        response = await self._http.get(self._options.url, headers=headers, cap=BODY)
        self._wait(response.headers.get("cache-control", ""), self._cursor.ttl)
        if response.status == 304:
            return Batch()
        document = await parsed(response.body, response.headers.get("content-type", ""), response.url)
        self._wait(response.headers.get("cache-control", ""), document.ttl)
        now = self._clock()
        ids = tuple(dict.fromkeys(_short(item.id) for item in document.items))[:KNOWN]
        gap = self._gap(ids, now)
        mentions = list(mentions_of(document, self.name, self.source, now))
        edits: list[Mention] = []
        if self._options.match:
            mentions, edits = self._watch.sorted(mentions)
        self._cursor = Cursor(
            etag=response.headers.get("etag"),
            modified=response.headers.get("last-modified"),
            last=ids,
            before=self._cursor.last or self._cursor.before,
            at=now,
            ttl=document.ttl,
        )
        return Batch(
            mentions=mentions,
            edits=edits,
            cursor=msgspec.json.encode(self._cursor),
            gap=gap,
            bad=[Bad(shown) for shown in document.bad[:5]],
            bad_count=len(document.bad),
        )

    def _wait(self, cache: str, ttl: int) -> None:
        """How long until the next question: what is set, or what the server wishes where that is longer."""
        self._every = max(self._options.every, _max_age(cache), min(ttl * 60.0, SLOWEST))

    def _gap(self, ids: tuple[str, ...], now: datetime) -> Gap | None:
        """If nothing of the last fetches is in this one, items went by unseen."""
        known = {*self._cursor.last, *self._cursor.before}
        if not known or not ids or known & set(ids):
            return None
        return Gap(self._cursor.at or now, now, say("Nothing of the last look is in this one: items went by unseen."))


async def parsed(body: bytes, content_type: str, url: str) -> Document:
    """The document, read off the loop, with a deadline."""
    try:
        async with asyncio.timeout(PARSE_SECONDS):
            return await asyncio.to_thread(read_document, body, content_type, url)
    except TimeoutError as error:
        raise FeedError(say("{host} sends a feed that takes too long to read.", host=host_of(url))) from error


def mentions_of(document: Document, feed: str, source: str, now: datetime) -> list[Mention]:
    """The items as mentions, oldest first as far as the order of the document says."""
    found: list[Mention] = []
    for item in reversed(document.items):
        created = item.published or item.updated
        if created is not None and created > now + timedelta(minutes=2):
            created = now
        title = from_html(item.title) if item.title else None
        author = plain(item.author).strip() if item.author else None
        if item.publisher and title and title.endswith(f" - {item.publisher}"):
            title = title[: -len(item.publisher) - 3]
        edited = item.updated if item.updated and item.published and item.updated > item.published else None
        found.append(
            Mention(
                source=source,
                feed=feed,
                native_id=item.id,
                url=item.link or None,
                kind="comment" if item.reply_to else "article",
                author_name=item.publisher or author or document.title or None,
                author_handle=author if author and author.startswith("/u/") else None,
                title=title,
                text=from_html(item.content),
                lang=item.lang or document.lang or None,
                created_at=created,
                edited_at=edited,
                received_at=now,
                in_reply_to=item.reply_to or None,
            )
        )
    return found


def _short(id: str) -> str:
    return id if len(id) <= 24 else hashlib.sha256(id.encode("utf-8", "replace")).hexdigest()[:16]


def _max_age(header: str) -> float:
    found = re.search(r"max-age=(\d{1,7})", header)
    return min(float(found[1]), SLOWEST) if found else 0.0


def build(name: str, options: Options, env: FeedEnv) -> RssFeed:
    http = env.internal if options.internal else env.http
    return RssFeed(name, options, http=http, clock=env.clock, watch=env.watch, rng=env.rng)
