"""What a file is, by its first bytes, and its bytes as lines of UTF-8 whatever they are written in."""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Literal

from feeds.base import FeedRejected
from feeds.rows import LONGEST_LINE
from warroom.domain.sentence import say

HEAD = 4096
"""Bytes that tell what a file is, and whether it is still the one we read."""
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of Excel and of LibreOffice begin, the new ones and the old."""


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
    if start.startswith(WORKBOOKS):
        raise FeedRejected(
            say("This is a workbook, not a table in text. In Excel: File, Save As, “CSV UTF-8”; then bring that in.")
        )
    head = start.decode(encoding, "replace").lstrip("\ufeff")
    first = head.lstrip()
    if re.match(r"\[\s*[{\]]", first):
        raise FeedRejected(say("This is one JSON array. Write one object a line instead: jq -c '.[]' FILE"))
    if first.startswith("{") or name.endswith((".jsonl", ".ndjson", ".json")):
        return "jsonl"
    if name.endswith((".csv", ".tsv")):
        return "csv"
    return "jsonl" if any(line.startswith("{") for line in head.splitlines()) else "csv"


class Rejoined(io.RawIOBase):
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


class Recoded(io.RawIOBase):
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


def plain_lines(stream: "io.BufferedReader[io.RawIOBase]") -> Iterator[bytes]:
    """The lines of a stream. Of one that is too long to be read only the beginning is kept in memory."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)


def lines_of(stream: "io.BufferedReader[Any]", encoding: str) -> Iterator[bytes]:
    """The lines of a stream as UTF-8, without the mark of its encoding."""
    if encoding == "utf-8":
        yield from plain_lines(stream)
    elif encoding == "utf-8-sig":
        stream.read(len(codecs.BOM_UTF8))
        yield from plain_lines(stream)
    else:
        yield from plain_lines(io.BufferedReader(Recoded(stream, encoding)))


def live_lines(rest: bytes, stream: "io.BufferedReader[io.RawIOBase]", quiet: Callable[[], bool]) -> Iterator[bytes]:
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
