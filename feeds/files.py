"""Mentions from files: JSONL in the record's own names, CSV with a mapping, standard input. Streamed, never whole.

A bad line is counted and sampled and never stops the rest. Reading a file again brings nothing new, because a
mention's name comes from the file, or, where it has none, from what it says.
"""

import asyncio
import codecs
import csv
import hashlib
import io
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from feeds.base import Batch, Clock, FeedError, FeedRejected
from feeds.registry import FeedEnv
from feeds.text import plain
from warroom.domain.mention import Mention
from warroom.domain.sentence import Sentence, say
from warroom.domain.watch import Watch

ROWS = 500
"""Mentions in a batch."""
LONGEST_LINE = 1024 * 1024
"""Bytes of a line that is still read."""
SAMPLE, SAMPLES = 200, 5
"""Characters of a bad line that are shown, and of how many lines."""
HEAD = 4096
"""Bytes that tell whether a file is still the one we read."""
POLL = 0.5
"""Seconds between looks at a file that is followed."""
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


class _Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of JSONL in the fast case: our own names, the right types, nothing else."""

    text: str
    native_id: str
    source: str | None = None
    url: str | None = None
    kind: Literal["post", "reply", "repost", "quote", "review", "comment", "article"] = "post"
    author_name: str | None = None
    author_handle: str | None = None
    author_url: str | None = None
    author_id: str | None = None
    followers: int | None = None
    title: str | None = None
    lang: str | None = None
    created_at: datetime | None = None
    received_at: datetime | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    in_reply_to: str | None = None
    thread: str | None = None
    replies: int | None = None
    reposts: int | None = None
    likes: int | None = None
    quotes: int | None = None
    views: int | None = None
    score: int | None = None
    reach: int | None = None
    raw: str | None = None
    feed: str | None = None


FIELDS = frozenset(_Line.__struct_fields__)
TIMES = ("created_at", "received_at", "edited_at", "deleted_at")
COUNTS = ("followers", "replies", "reposts", "likes", "quotes", "views", "score", "reach")
_fast = msgspec.json.Decoder(_Line)
_any = msgspec.json.Decoder()

PRESETS: Mapping[str, Mapping[str, str]] = {
    "Meltwater": {
        "native_id": "Document ID",
        "title": "Headline",
        "url": "URL",
        "text": "Hit Sentence",
        "source": "Source",
        "author_name": "Influencer",
        "lang": "Language",
        "reach": "Reach",
        "followers": "Twitter Followers",
        "likes": "Likes",
        "replies": "Replies",
        "created_at": "Alternate Date Format",
    },
    "Talkwalker": {
        "url": "url",
        "created_at": "published",
        "title": "title",
        "text": "content",
        "lang": "lang",
        "source": "source_type",
        "reach": "reach",
        "author_name": "extra_author_attributes.name",
    },
    "Brandwatch": {
        "created_at": "Date",
        "title": "Title",
        "text": "Full Text",
        "url": "Url",
        "author_name": "Author",
        "lang": "Language",
        "source": "Page Type",
    },
}
"""Field → heading of the exports of monitoring services (feeds design, section 3), known by their headings."""


class Reading(Struct, frozen=True, kw_only=True):
    """How a stream is read: the feed it becomes, the network where a line names none, the zone of naive times."""

    feed: str
    source: str
    clock: Clock
    zone: tzinfo = UTC
    columns: Mapping[str, str] = {}
    format: Literal["auto", "jsonl", "csv"] = "auto"


def read_stream(stream: BinaryIO, how: Reading, *, name: str = "") -> Iterator[Batch]:
    """Everything in a stream, in batches of 500. What kind of file it is is seen from its name and first bytes."""
    start = stream.read(HEAD)
    encoding = _encoding(start)
    chosen = how.format if how.format != "auto" else _format(start, encoding, name)
    whole: io.BufferedReader[io.RawIOBase] = io.BufferedReader(_Rejoined(start, stream), 1 << 20)
    if chosen == "jsonl":
        if encoding != "utf-8":
            whole = io.BufferedReader(_Recoded(whole, encoding))
        yield from _jsonl(whole, how)
    else:
        yield from _table(io.TextIOWrapper(whole, encoding=encoding, errors="replace", newline=""), how)


# --- JSONL ---------------------------------------------------------------------------------------------


def _jsonl(stream: Iterable[bytes], how: Reading) -> Iterator[Batch]:
    mentions: list[Mention] = []
    bad: list[str] = []
    bad_count = 0
    now = how.clock()
    for line in stream:
        if len(line) > LONGEST_LINE:
            bad_count += 1
            bad.append(line[:SAMPLE].decode("utf-8", "replace"))
            continue
        if not line.strip():
            continue
        try:
            mentions.append(mention_of(line, how, now))
        except ValueError as error:
            bad_count += 1
            if len(bad) < SAMPLES:
                bad.append(f"{error}: {line[:SAMPLE].decode('utf-8', 'replace').strip()}"[:SAMPLE])
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
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError("no JSON") from error
    created, edited, deleted = found.created_at, found.edited_at, found.deleted_at
    if (created is not None and created.tzinfo is None) or edited is not None or deleted is not None:
        created, edited, deleted = (_aware(at, how.zone) for at in (created, edited, deleted))
    return Mention(
        source=found.source or how.source,
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


def _slowly(line: bytes, how: Reading, now: datetime) -> Mention:
    """A line with other keys, or numbers as text: what fits is taken, what has no field of its own stays in `raw`."""
    try:
        found = _any.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError("no JSON") from error
    if not isinstance(found, dict):
        raise ValueError("no object")
    own = {key: value for key, value in found.items() if key in FIELDS and value is not None}
    rest = {key: value for key, value in found.items() if key not in FIELDS}
    return build_mention(own, how, now, raw=msgspec.json.encode(rest).decode() if rest else None)


def build_mention(own: dict[str, Any], how: Reading, now: datetime, *, raw: str | None = None) -> Mention:
    """A mention from loose values. A missing name becomes a hash over address, date and text."""
    text, title = str(own.get("text") or ""), own.get("title")
    if not text.strip() and not (title and str(title).strip()):
        raise ValueError("no text")
    fields: dict[str, Any] = {}
    for key in FIELDS - {"text", "native_id", "source", "feed", "kind", "raw", "received_at"}:
        value = own.get(key)
        if value is None or value == "":
            continue
        if key in TIMES:
            fields[key] = _time(value, how.zone)
        elif key in COUNTS:
            fields[key] = _count(value)
        else:
            fields[key] = plain(str(value))
    native_id = str(own.get("native_id") or "").strip()
    if not native_id:
        seed = "\0".join(str(own.get(key) or "") for key in ("url", "created_at", "title", "text"))
        native_id = hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:32]
    kind = own.get("kind")
    kinds = ("post", "reply", "repost", "quote", "review", "comment", "article")
    return Mention(
        source=(str(own.get("source") or "").strip().lower() or how.source)[:40],
        native_id=native_id,
        text=plain(text),
        received_at=now,
        feed=how.feed,
        kind=kind if kind in kinds else "post",
        raw=raw,
        **fields,
    )


def _count(value: Any) -> int | None:
    """A count from a number or from text like `1,840`; what is none is not known."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if value == value and abs(value) < 1e15 else None
    digits = str(value).replace(",", "").replace(" ", "")
    return int(digits) if digits.isdigit() and len(digits) < 16 else None


_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d-%b-%Y %I:%M%p", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%Y-%m-%d")


def _time(value: Any, zone: tzinfo) -> datetime | None:
    """A time from ISO 8601, seconds since the epoch, or the forms of the exports; else not known."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
        except (ValueError, OverflowError, OSError):
            return None
    text = str(value).strip()
    try:
        return _aware(datetime.fromisoformat(text), zone)
    except ValueError:
        pass
    for form in _FORMS:
        try:
            return _aware(datetime.strptime(text, form), zone)  # noqa: DTZ007 - the zone is added at once
        except ValueError:
            continue
    return None


def _aware(at: datetime | None, zone: tzinfo) -> datetime | None:
    if at is None:
        return None
    return (at.replace(tzinfo=zone) if at.tzinfo is None else at).astimezone(UTC)


# --- tables --------------------------------------------------------------------------------------------


def _table(text: io.TextIOBase, how: Reading) -> Iterator[Batch]:
    """Rows of a table whose headings are mapped. Report lines before the headings are passed over."""
    csv.field_size_limit(LONGEST_LINE)
    start: list[str] = []
    for line in text:
        start.append(line)
        if len(start) >= 20:
            break
    delimiter = _delimiter(start)
    rows = csv.reader(_chained(start, text), delimiter=delimiter)
    columns: Mapping[str, int] | None = None
    passed = 0
    mentions: list[Mention] = []
    bad: list[str] = []
    bad_count = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            bad_count += 1
            bad.append(str(error)[:SAMPLE])
            continue
        if columns is None:
            columns = headings(row, how.columns)
            passed += 1
            if columns is None and passed >= 20:
                break
            continue
        if not any(cell.strip() for cell in row):
            continue
        own = {field: row[place] for field, place in columns.items() if place < len(row) and row[place].strip()}
        try:
            mentions.append(build_mention(own, how, how.clock()))
        except ValueError as error:
            bad_count += 1
            if len(bad) < SAMPLES:
                bad.append(f"{error}: {delimiter.join(row)}"[:SAMPLE])
        if len(mentions) >= ROWS:
            yield Batch(mentions=mentions, bad=bad, bad_count=bad_count)
            mentions, bad, bad_count = [], [], 0
    if columns is None:
        raise FeedRejected(
            say("No column holds the text. Name it: --column text='Full Text' (or columns: in config.yaml).")
        )
    if mentions or bad_count:
        yield Batch(mentions=mentions, bad=bad, bad_count=bad_count)


def headings(row: Sequence[str], wanted: Mapping[str, str]) -> dict[str, int] | None:
    """Field → place, by the mapping that was given, a known export, or our own names. None: these are no headings."""
    names = [cell.strip().lstrip("\ufeff") for cell in row]
    lowered = [name.casefold() for name in names]

    def placed(mapping: Mapping[str, str]) -> dict[str, int]:
        return {
            field: lowered.index(heading.casefold())
            for field, heading in mapping.items()
            if heading.casefold() in lowered
        }

    if wanted:
        found = placed(wanted)
        return found if "text" in found or "title" in found else None
    best = max((placed(preset) for preset in PRESETS.values()), key=len)
    own = placed({field: field for field in FIELDS})
    chosen = own if len(own) >= len(best) else best
    return chosen if "text" in chosen or ("title" in chosen and len(chosen) >= 2) else None


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that parts the cells: the one that is most often there in the fullest of the first lines."""
    return max("\t;,|", key=lambda sign: max((line.count(sign) for line in lines), default=0))


def _chained(first: Iterable[str], rest: Iterable[str]) -> Iterator[str]:
    yield from first
    yield from rest


# --- bytes ---------------------------------------------------------------------------------------------


def _encoding(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start[1:4:2] == b"\0\0":
        return "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _format(start: bytes, encoding: str, name: str) -> Literal["jsonl", "csv"]:
    first = start.decode(encoding, "replace").lstrip("\ufeff \r\n\t")
    if first.startswith("{"):
        return "jsonl"
    return "jsonl" if name.endswith((".jsonl", ".ndjson", ".json")) and not first else "csv"


class _Rejoined(io.RawIOBase):
    """A stream with the bytes that were looked at put back."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
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


class FilesFeed:
    """A file as a feed: read once, or followed as it grows. A file that is not there yet is waited for."""

    coverage: ClassVar[Sentence] = say("what is written into the file")

    def __init__(self, name: str, options: Options, *, clock: Clock, watch: Watch) -> None:
        self.name = name
        self.source = options.source
        self.ends = not options.follow
        self._options = options
        self._watch = watch
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
        path = self._options.path
        while True:
            try:
                size = _size(path)
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
                yield Batch()
            except OSError as error:
                raise FeedError(
                    say("{file} cannot be read: {reason}.", file=str(path), reason=str(error.strerror))
                ) from error
            if not self._options.follow:
                return
            await asyncio.sleep(POLL)

    async def _read(self, path: Path, known: _Cursor | None) -> AsyncIterator[Batch]:
        """What was added since the cursor. A file that was replaced, and a table, is read from its beginning."""
        with path.open("rb") as file:
            start = file.read(HEAD)
            size = _size(path)
            if _encoding(start) not in ("utf-8", "utf-8-sig") or self._kind(start, path) == "csv":
                file.seek(0)
                for batch in read_stream(file, self._how, name=path.name):
                    yield self._matching(batch)
                    await asyncio.sleep(0)
                yield self._upto(size, size, start)
                return
            same = known is not None and size >= known.offset and _digest(start[: known.span]) == known.head
            offset = known.offset if known is not None and same else 0
            file.seek(offset)
            while chunk := file.read(CHUNK):
                end = chunk.rfind(b"\n") + 1
                if not end and (self._options.follow and len(chunk) < CHUNK):
                    break  # the last line is still being written
                end = end or len(chunk)
                for batch in _jsonl(chunk[:end].lstrip(codecs.BOM_UTF8).splitlines(keepends=True), self._how):
                    yield self._matching(batch)
                    await asyncio.sleep(0)
                offset += end
                file.seek(offset)
                yield self._upto(offset, size, start)
            yield self._upto(offset, size, start)

    def _kind(self, start: bytes, path: Path) -> Literal["jsonl", "csv"]:
        wanted = self._options.format
        return wanted if wanted != "auto" else _format(start, _encoding(start), path.name)

    def _upto(self, offset: int, size: int, start: bytes) -> Batch:
        span = min(len(start), offset)
        return Batch(cursor=msgspec.json.encode(_Cursor(offset, size, span, _digest(start[:span]))))

    def _matching(self, batch: Batch) -> Batch:
        if not self._options.match:
            return batch
        mentions = [m for m in batch.mentions if self._watch.matches(m.title or "", m.text)]
        return Batch(mentions=mentions, bad=batch.bad, bad_count=batch.bad_count)


def _size(path: Path) -> int:
    return path.stat().st_size


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def build(name: str, options: Options, env: FeedEnv) -> FilesFeed:
    return FilesFeed(name, options, clock=env.clock, watch=env.watch)
