"""Mentions from files: JSONL in the record's own names, CSV with a mapping, standard input. Streamed, never whole.

A bad line is counted and sampled and never stops the rest. Reading a file again brings nothing new, because a
mention's name comes from the file, or, where it has none, from what it says.
"""

import asyncio
import codecs
import hashlib
import io
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import BinaryIO, ClassVar, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from feeds.base import Batch, Clock, FeedError, FeedRejected, Unfit
from feeds.encodings import HEAD, Recoded, Rejoined, encoding_of, format_of, live_lines, plain_lines
from feeds.jsonl import read_jsonl
from feeds.registry import FeedEnv
from feeds.tables import read_table, unknown_field
from feeds.values import Reading
from warroom.domain.faults import why
from warroom.domain.sentence import Sentence, say
from warroom.domain.watch import Watch

POLL = 0.5
"""Seconds between looks at a file that is followed."""
GONE_AFTER = 10
"""Looks after which a file that was read is missed. Whoever keeps old lines elsewhere puts a new file in its place."""
CHUNK = 4 * 1024 * 1024


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`follow` waits for what is added, like a log; `columns` maps our fields to a table's headings."""

    path: Path
    follow: bool = False
    format: Literal["auto", "jsonl", "csv"] = "auto"
    columns: dict[str, str] = {}
    source: str = "import"
    timezone: str = "UTC"
    match: bool = False

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (LookupError, ValueError, OSError) as error:
            raise Unfit(say("'{name}' is not a time zone.", name=self.timezone)) from error
        if (unknown := unknown_field(self.columns)) is not None:
            raise Unfit(unknown)


def read_stream(
    stream: io.BufferedIOBase | BinaryIO,
    how: Reading,
    *,
    name: str = "",
    growing: bool = False,
    quiet: Callable[[], bool] | None = None,
) -> Iterator[Batch]:
    """Everything in a stream, in batches of 500. What kind of file it is is seen from its name and first bytes.

    `quiet` waits a moment and says whether nothing came: whoever writes into the pipe is thinking, and what was read
    so far is handed on.
    """
    start = stream.read1(HEAD) if quiet is not None and isinstance(stream, io.BufferedReader) else stream.read(HEAD)
    encoding = encoding_of(start)
    chosen = how.format if how.format != "auto" else format_of(start, encoding, name)
    if (
        quiet is not None
        and chosen == "jsonl"
        and encoding.startswith("utf-8")
        and isinstance(stream, io.BufferedReader)
    ):
        yield from read_jsonl(live_lines(start.removeprefix(codecs.BOM_UTF8), stream, quiet), how)
        return
    whole: io.BufferedReader[io.RawIOBase] = io.BufferedReader(Rejoined(start, stream), 1 << 20)
    if chosen == "jsonl":
        if encoding != "utf-8":
            whole = io.BufferedReader(Recoded(whole, encoding))
        yield from read_jsonl(plain_lines(whole), how)
    else:
        yield from read_table(
            io.TextIOWrapper(whole, encoding=encoding, errors="replace", newline=""), how, growing=growing
        )


class _Cursor(Struct, frozen=True):
    """How far a file was read, in bytes; a hash over its first `span` bytes says whether it is still that file."""

    offset: int
    size: int
    span: int
    head: str
    lines: int | None = None
    """How many lines that are; None in a room of before they were counted."""


class FilesFeed:
    """A file as a feed: read once, or followed as it grows. A file that is not there yet is waited for; one that was
    there and is gone is a loss."""

    coverage: ClassVar[Sentence] = say("what is written into the file")

    def __init__(self, name: str, options: Options, *, clock: Clock, watch: Watch) -> None:
        self.name = name
        self.source = options.source
        self.ends = not options.follow
        self._options = options
        self._watch = watch
        self._bad = 0
        """Of a table, how many lines could not be read."""
        self._how = Reading(
            feed=name,
            source=options.source,
            clock=clock,
            zone=ZoneInfo(options.timezone),
            columns=options.columns,
            format=options.format,
        )

    async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        known = msgspec.json.decode(cursor, type=_Cursor) if cursor else None
        path, missed = self._options.path, 0
        while True:
            try:
                size = _size(path)
                missed = 0
                if known is None or size != known.size:
                    async for batch in self._read(path, known):
                        yield batch
                        if batch.cursor is not None:
                            known = msgspec.json.decode(batch.cursor, type=_Cursor)
                else:
                    yield Batch()
            except FileNotFoundError as error:
                if not self._options.follow:
                    raise FeedRejected(say("{file} does not exist.", file=str(path))) from error
                missed += 1
                if known is None:
                    yield Batch()
                elif missed > GONE_AFTER:
                    raise FeedError(say("{file} is not there any more.", file=str(path))) from error
            except OSError as error:
                raise FeedError(say("{file} cannot be read: {reason}.", file=str(path), reason=why(error))) from error
            if not self._options.follow:
                return
            await asyncio.sleep(POLL)

    async def _read(self, path: Path, known: _Cursor | None) -> AsyncIterator[Batch]:
        """What was added since the cursor. A file that was replaced, and a table, is read from its beginning."""
        with path.open("rb") as file:
            start = file.read(HEAD)
            size = _size(path)
            if encoding_of(start) not in ("utf-8", "utf-8-sig") or self._kind(start, path) == "csv":
                file.seek(0)
                told, self._bad = self._bad, 0
                for batch in read_stream(file, self._how, name=path.name, growing=self._options.follow):
                    self._bad += batch.bad_count
                    yield self._matching(batch, min(batch.bad_count, max(0, self._bad - told)))
                    await asyncio.sleep(0)
                yield self._upto(size, size, start, None)
                return
            same = known is not None and size >= known.offset and _digest(start[: known.span]) == known.head
            offset, lines = (known.offset, known.lines) if known is not None and same else (0, 0)
            file.seek(offset)
            while chunk := file.read(CHUNK):
                end = chunk.rfind(b"\n") + 1
                if not end and (self._options.follow and len(chunk) < CHUNK):
                    break  # the last line is still being written
                end = end or len(chunk)
                whole = chunk[:end].lstrip(codecs.BOM_UTF8).splitlines(keepends=True)
                for batch in read_jsonl(whole, self._how, lines):
                    yield self._matching(batch, batch.bad_count)
                    await asyncio.sleep(0)
                offset += end
                lines = None if lines is None else lines + len(whole) - (not chunk[:end].endswith((b"\n", b"\r")))
                file.seek(offset)
                yield self._upto(offset, size, start, lines)
            yield self._upto(offset, size, start, lines)

    def _kind(self, start: bytes, path: Path) -> Literal["jsonl", "csv"]:
        wanted = self._options.format
        return wanted if wanted != "auto" else format_of(start, encoding_of(start), path.name)

    def _upto(self, offset: int, size: int, start: bytes, lines: int | None) -> Batch:
        span = min(len(start), offset)
        return Batch(cursor=msgspec.json.encode(_Cursor(offset, size, span, _digest(start[:span]), lines)))

    def _matching(self, batch: Batch, bad_count: int) -> Batch:
        """What names us, and of the bad lines so many: a table that grows is read again from its beginning, and what
        was told of it is no news."""
        bad = batch.bad[batch.bad_count - bad_count :]
        mentions, edits = self._watch.sorted(batch.mentions) if self._options.match else (batch.mentions, batch.edits)
        return Batch(mentions=mentions, edits=edits, bad=bad, bad_count=bad_count)


def _size(path: Path) -> int:
    return path.stat().st_size


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def build(name: str, options: Options, env: FeedEnv) -> FilesFeed:
    return FilesFeed(name, options, clock=env.clock, watch=env.watch)
