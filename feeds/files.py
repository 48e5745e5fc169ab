"""Mentions from files: JSONL in the record's own names, CSV with a mapping, standard input. Streamed, never whole.

A bad line is counted and sampled and never stops the rest. Reading a file again brings nothing new, because a
mention's name comes from the file, or, where it has none, from what it says.
"""

import asyncio
import codecs
import hashlib
import io
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from feeds.base import Bad, Batch, Clock, FeedError, FeedRejected, Unfit
from feeds.registry import FeedEnv
from feeds.tables import LONGEST_LINE, ROWS, SAMPLE, SAMPLES, read_table, unknown_field
from feeds.text import plain
from feeds.values import FIELDS, Line, Reading, aware, build_mention, network
from warroom.domain.faults import why
from warroom.domain.mention import Mention
from warroom.domain.sentence import Sentence, say
from warroom.domain.watch import Watch

HEAD = 4096
"""Bytes that tell whether a file is still the one we read."""
POLL = 0.5
"""Seconds between looks at a file that is followed."""
GONE_AFTER = 10
"""Looks after which a file that was read is missed. Whoever keeps old lines elsewhere puts a new file in its place."""
CHUNK = 4 * 1024 * 1024

_fast = msgspec.json.Decoder(Line)
_any = msgspec.json.Decoder()


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
        yield from _jsonl(_live_lines(start.removeprefix(codecs.BOM_UTF8), stream, quiet), how)
        return
    whole: io.BufferedReader[io.RawIOBase] = io.BufferedReader(_Rejoined(start, stream), 1 << 20)
    if chosen == "jsonl":
        if encoding != "utf-8":
            whole = io.BufferedReader(_Recoded(whole, encoding))
        yield from _jsonl(_lines(whole), how)
    else:
        yield from read_table(
            io.TextIOWrapper(whole, encoding=encoding, errors="replace", newline=""), how, growing=growing
        )


# --- JSONL ---------------------------------------------------------------------------------------------


def _lines(stream: "io.BufferedReader[io.RawIOBase]") -> Iterator[bytes]:
    """The lines of a stream. Of one that is too long to be read only the beginning is kept in memory."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)


def lines_of(stream: "io.BufferedReader[Any]", encoding: str) -> Iterator[bytes]:
    """The lines of a stream as UTF-8, without the mark of its encoding."""
    if encoding == "utf-8":
        yield from _lines(stream)
    elif encoding == "utf-8-sig":
        stream.read(len(codecs.BOM_UTF8))
        yield from _lines(stream)
    else:
        yield from _lines(io.BufferedReader(_Recoded(stream, encoding)))


def _live_lines(rest: bytes, stream: "io.BufferedReader[io.RawIOBase]", quiet: Callable[[], bool]) -> Iterator[bytes]:
    """The lines of a pipe as they come, and nothing at all (no line, not even an end) for a pause."""
    too_long = False
    while True:
        *whole, rest = rest.split(b"\n")
        for line in whole:
            if not too_long:
                yield line + b"\n"
            too_long = False
        if len(rest) > LONGEST_LINE:
            if not too_long:
                yield rest
            rest, too_long = b"", True
        if quiet():
            yield b""
        chunk = stream.read1(1 << 16)
        if not chunk:
            break
        rest += chunk
    if rest and not too_long:
        yield rest


def _jsonl(stream: Iterable[bytes], how: Reading, before: int | None = 0) -> Iterator[Batch]:
    """The mentions of lines, `before` of which came earlier (None: nobody has counted)."""
    mentions: list[Mention] = []
    bad: list[Bad] = []
    bad_count = number = 0
    now = how.clock()

    def told(why: Sentence) -> Bad:
        shown = line[:SAMPLE].decode("utf-8", "replace").strip()
        return Bad(shown, None if before is None else before + number, why)

    for line in stream:
        number += bool(line)
        if len(line) > LONGEST_LINE:
            bad_count += 1
            if len(bad) < SAMPLES:
                bad.append(told(say("too long")))
            continue
        if not line.strip():
            if not line and (mentions or bad_count):  # a pause
                yield Batch(mentions=mentions, bad=bad, bad_count=bad_count)
                mentions, bad, bad_count, now = [], [], 0, how.clock()
            continue
        try:
            mentions.append(mention_of(line, how, now))
        except ValueError as error:
            bad_count += 1
            if len(bad) < SAMPLES:
                bad.append(told(say(str(error))))
        if len(mentions) >= ROWS:
            yield Batch(mentions=mentions, bad=bad, bad_count=bad_count)
            mentions, bad, bad_count, now = [], [], 0, how.clock()
    if mentions or bad_count:
        yield Batch(mentions=mentions, bad=bad, bad_count=bad_count)


def mention_of(line: bytes, how: Reading, now: datetime) -> Mention:
    """One line as a mention. Raises `ValueError` with a few words where it is none."""
    try:
        found = _fast.decode(line)
    except msgspec.ValidationError:
        return _slowly(line, how, now)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if (whole := mended(line)) != line:
            return mention_of(whole, how, now)
        raise ValueError("no JSON") from error
    if not (found.native_id and (found.text or found.title)):
        return _slowly(line, how, now)
    created, edited, deleted = found.created_at, found.edited_at, found.deleted_at
    if (created is not None and created.tzinfo is None) or edited is not None or deleted is not None:
        created, edited, deleted = (aware(at, how.zone) for at in (created, edited, deleted))
    return Mention(
        source=network(found.source or "") or how.source,
        native_id=found.native_id,
        text=plain(found.text),
        received_at=now,
        feed=how.feed,
        url=found.url,
        kind=found.kind,
        author_name=found.author_name,
        author_handle=found.author_handle,
        author_url=found.author_url,
        author_id=found.author_id,
        followers=found.followers,
        title=found.title,
        lang=found.lang,
        created_at=created,
        edited_at=edited,
        deleted_at=deleted,
        in_reply_to=found.in_reply_to,
        thread=found.thread,
        replies=found.replies,
        reposts=found.reposts,
        likes=found.likes,
        quotes=found.quotes,
        views=found.views,
        score=found.score,
        reach=found.reach,
        raw=found.raw,
    )


_ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a whole character
    rb"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\xed[\xa0-\xbf][\x80-\xbf])"
    rb"|\\.",
    re.DOTALL,
)


def mended(line: bytes) -> bytes:
    """The line with each half of a character (a lone surrogate: an emoji that somebody cut in two) as U+FFFD."""
    return _ESCAPE.sub(lambda found: b"\\ufffd" if found["half"] else found[0], line)


def _slowly(line: bytes, how: Reading, now: datetime) -> Mention:
    """A line with other keys, or numbers as text: what fits is taken, what has no field of its own stays in `raw`."""
    try:
        found = _any.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if (whole := mended(line)) != line:
            return _slowly(whole, how, now)
        raise ValueError("no JSON") from error
    if not isinstance(found, dict):
        raise ValueError("no object")
    own = {key: value for key, value in found.items() if key in FIELDS and value is not None}
    rest = {key: value for key, value in found.items() if key not in FIELDS}
    raw = own.get("raw")
    if raw is not None and rest:
        rest["raw"] = raw
    elif isinstance(raw, str):
        return build_mention(own, how, now, raw=raw)
    kept = rest or raw
    return build_mention(own, how, now, raw=None if not kept else msgspec.json.encode(kept).decode())


# --- bytes ---------------------------------------------------------------------------------------------


def encoding_of(start: bytes) -> str:
    """The encoding that the first bytes of a file tell."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start[1:4:2] == b"\0\0":
        return "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")("surrogatepass").decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def format_of(start: bytes, encoding: str, name: str) -> Literal["jsonl", "csv"]:
    """What the first bytes look like. One broken line at the beginning does not make a table of JSONL."""
    head = start.decode(encoding, "replace").lstrip("\ufeff")
    first = head.lstrip()
    if re.match(r"\[\s*[{\]]", first):
        raise FeedRejected(say("This is one JSON array. Write one object a line instead: jq -c '.[]' FILE"))
    if first.startswith("{") or name.endswith((".jsonl", ".ndjson", ".json")):
        return "jsonl"
    if name.endswith((".csv", ".tsv")):
        return "csv"
    return "jsonl" if any(line.startswith("{") for line in head.splitlines()) else "csv"


class _Rejoined(io.RawIOBase):
    """A stream with the bytes that were looked at put back."""

    def __init__(self, start: bytes, stream: io.BufferedIOBase | BinaryIO) -> None:
        self._start, self._stream = start, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._start[: len(buffer)] or self._stream.read(len(buffer))
        self._start = self._start[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


class _Recoded(io.RawIOBase):
    """A stream of another encoding as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._stream, self._ready, self._ended = stream, b"", False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._ended:
            chunk = self._stream.read(1 << 16)
            self._ended = not chunk
            self._ready = self._decoder.decode(chunk, final=self._ended).encode()
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


# --- the feed ------------------------------------------------------------------------------------------


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
                for batch in _jsonl(whole, self._how, lines):
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
