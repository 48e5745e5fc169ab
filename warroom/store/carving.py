"""Records from the bytes of a SQLite file, where SQLite itself cannot find the way to them any more.

The format is that of https://www.sqlite.org/fileformat2.html: a page of a table holds cells, a cell its length, its
rowid and a record; what does not fit goes on in a chain of pages. A log beside the file (-wal) holds newer pages.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

MAGIC = b"SQLite format 3\0"
LEAF = 0x0D
"""The kind of a page that holds the rows of a table."""
LONGEST = 1 << 26
"""Bytes of a record that is still believed."""
_WIDTHS = (0, 1, 2, 3, 4, 6, 8)
_VARINT = rb"[\x80-\xff]{0,3}[\x00-\x7f]"


class Record(NamedTuple):
    """A row: its rowid, None where the bytes before it are broken, and its values."""

    rowid: int | None
    values: Sequence[Any]


class Image:
    """A file and the newest pages of its log, as they lie there."""

    def __init__(self, path: Path, page_size: int) -> None:
        self.data = path.read_bytes()
        wal = path.with_name(path.name + "-wal")
        self.wal = wal.read_bytes() if wal.exists() else b""
        told = int.from_bytes(self.data[16:18], "big") if self.data.startswith(MAGIC) else 0
        self.size = told if told >= 512 and told & (told - 1) == 0 else page_size
        self._newer = self._log()

    def _log(self) -> dict[int, int]:
        """Where in the log the newest image of a page begins: of transactions that were finished."""
        newer: dict[int, int] = {}
        waiting: dict[int, int] = {}
        salts = self.wal[16:24]
        for at in range(32, len(self.wal) - self.size - 23, self.size + 24):
            if self.wal[at + 8 : at + 16] != salts:
                break
            waiting[int.from_bytes(self.wal[at : at + 4], "big")] = at + 24
            if self.wal[at + 4 : at + 8] != b"\0\0\0\0":
                newer |= waiting
                waiting = {}
        return newer

    def page(self, number: int, *, newest: bool = True) -> bytes:
        at = self._newer.get(number) if newest else None
        if at is not None:
            return self.wal[at : at + self.size]
        return self.data[(number - 1) * self.size : number * self.size] if number > 0 else b""

    @property
    def is_cut(self) -> bool:
        """Whether the log breaks off in the middle of a page: what stood behind it is gone without a trace."""
        return len(self.wal) > 32 and (len(self.wal) - 32) % (self.size + 24) != 0

    @property
    def pages(self) -> range:
        return range(1, max(-(-len(self.data) // self.size), *self._newer, 1) + 1)

    # --- rows by pages ----------------------------------------------------------------------------------

    def rows(self, fits: int) -> Iterator[Record]:
        """The rows of every page of a table whose records have up to `fits` values, the first of them NULL (the place
        of a rowid) and most of them there."""
        for number in self.pages:
            page = self.page(number)
            start = 100 if number == 1 else 0
            if len(page) < start + 8 or page[start] != LEAF:
                continue
            for place in range(int.from_bytes(page[start + 3 : start + 5], "big")):
                at = int.from_bytes(page[start + 8 + 2 * place : start + 10 + 2 * place], "big")
                length, at = varint(page, at)
                rowid, at = varint(page, at)
                values = self.values(page, at, length) if 0 < length < LONGEST else None
                if values is not None and fits // 2 < len(values) <= fits and values[0] is None:
                    yield Record(rowid, values)

    def values(self, source: bytes, at: int, length: int, *, newest: bool = True) -> list[Any] | None:
        """The values of the record of this length; None where it is none."""
        return unpacked(self._payload(source, at, length, newest=newest))

    def _payload(self, source: bytes, at: int, length: int, *, newest: bool) -> bytes:
        usable = self.size
        if length <= usable - 35:
            return source[at : at + length]
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        local = local if local <= usable - 35 else least
        parts = [source[at : at + local]]
        left, number = length - local, int.from_bytes(source[at + local : at + local + 4], "big")
        while left > 0:
            page = self.page(number, newest=newest)
            if len(page) < 5:
                break
            parts.append(page[4 : 4 + min(left, usable - 4)])
            left, number = left - (usable - 4), int.from_bytes(page[:4], "big")
        return b"".join(parts)

    # --- rows by their shape ----------------------------------------------------------------------------

    def shaped(self, shape: bytes) -> Iterator[Record]:
        """The records whose header looks like `shape`, wherever they lie: no page, no tree is asked for the way."""
        pattern = re.compile(shape, re.DOTALL)
        for source in (self.data, self.wal):
            for found in pattern.finditer(source):
                at = found.start()
                length = _length(source, at)
                if length is None:
                    continue
                rowid = _rowid_before(source, at, length)
                for newest in (True, False):
                    values = self.values(source, at, length, newest=newest)
                    if values is not None:
                        yield Record(rowid, values)
                    if length <= self.size - 35:
                        break


def shape(*serials: bytes) -> bytes:
    """What the header of a record with these types looks like; an empty one stands for any."""
    return b"[\\x02-\\x40]" + b"".join(serial or _VARINT for serial in serials)


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends; -1 where the bytes end before."""
    value = 0
    for place in range(9):
        if at + place >= len(data):
            return -1, at
        byte = data[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise AssertionError("the ninth byte ends it")


def unpacked(payload: bytes) -> list[Any] | None:
    """The values of a record; None where its header and its length do not agree."""
    end, at = varint(payload, 0)
    if not 0 < end <= len(payload):
        return None
    serials = []
    while at < end:
        serial, after = varint(payload, at)
        if serial < 0 or after == at:
            return None
        serials.append(serial)
        at = after
    if at != end:
        return None
    values: list[Any] = []
    for serial in serials:
        width = _width(serial)
        part = payload[at : at + width]
        if width < 0 or len(part) < width:
            return None
        values.append(_value(serial, part))
        at += width
    return values


def _width(serial: int) -> int:
    if serial >= 12:
        return (serial - 12) // 2
    return _WIDTHS[serial] if serial < 7 else 8 if serial == 7 else 0 if serial in (8, 9) else -1


def _value(serial: int, part: bytes) -> Any:
    match serial:
        case 0:
            return None
        case 8 | 9:
            return serial - 8
        case 7:
            return part  # no column of ours holds a float
        case _ if serial < 7:
            return int.from_bytes(part, "big", signed=True)
        case _:
            return part if serial % 2 == 0 else part.decode("utf-8", "replace")


def _length(source: bytes, at: int) -> int | None:
    """How long the record is whose header begins here, as the header says."""
    end, place = varint(source, at)
    end += at
    total = end - at
    while place < end:
        serial, after = varint(source, place)
        if after == place or (width := _width(serial)) < 0:
            return None
        total, place = total + width, after
    return total if place == end and total < LONGEST else None


def _rowid_before(source: bytes, at: int, length: int) -> int | None:
    """The rowid that stands between the length of a record and the record."""
    start = at - 1
    while start > 0 and at - start < 9 and source[start - 1] >= 0x80:
        start -= 1
    rowid, end = varint(source, start)
    told = _packed(length)
    return rowid if end == at and source[start - len(told) : start] == told else None


def _packed(number: int) -> bytes:
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))
