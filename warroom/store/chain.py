"""Evidence: every writer's chain of hashes and the head of the whole log, recomputed from the stored bytes.

Each event names the hash of its writer's event before (`prev`) and its number (`ws`); the log head runs over all of
them in the order of the log. Who can rewrite the whole file can rewrite both: a head that was written down somewhere
else (`head`) is what proves the rest.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from msgspec import Struct

from warroom.domain.events import FIRST, Recorded, UnknownEvent, decode
from warroom.domain.sentence import Sentence, say

NO_HEAD = bytes(32)
"""The head of an empty log."""


class Stored(NamedTuple):
    """A row of the log as it stands in the file; after tampering anything may be in it."""

    pos: int
    id: str
    inc: str
    typ: str
    wr: str
    ws: int
    hash: bytes
    head: bytes
    body: bytes


class Standing(NamedTuple):
    """Where a chain stands: how many events, and the hash (of a writer) or head (of the log) of the last."""

    length: int
    hash: bytes


class Verdict(Struct, frozen=True, kw_only=True):
    """What a log is worth: `position` is the first place where it does not hold, None where all of it does.

    `events` is how many were found, `head` the head of the log in hexadecimal up to the last good one.
    """

    events: int
    head: str
    position: int | None = None
    trouble: Sentence | None = None

    @property
    def is_whole(self) -> bool:
        return self.position is None


class _Broken(Exception):
    def __init__(self, position: int, trouble: Sentence) -> None:
        self.position = position
        self.trouble = trouble


def next_head(head: bytes, pos: int, digest: bytes) -> bytes:
    """The log head after one more event: SHA-256 over the head before, the position as 8 bytes, the event's hash."""
    return hashlib.sha256(head + pos.to_bytes(8, "big") + digest).digest()


def digest(body: bytes) -> bytes:
    """The hash of an event: SHA-256 over its stored bytes."""
    return hashlib.sha256(body).digest()


def verify(rows: Iterable[Stored], log: Standing, writers: Mapping[str, Standing]) -> Verdict:
    """Walk through a log in order. `log` and `writers` are where the file itself says that the chains stand."""
    chain = _Chain(log)
    rows = iter(rows)
    events = 0
    try:
        for row in rows:
            events += 1
            chain.follow(row)
        chain.end(writers)
    except _Broken as broken:
        return Verdict(
            events=events + sum(1 for _ in rows),
            head=chain.head.hex(),
            position=broken.position,
            trouble=broken.trouble,
        )
    return Verdict(events=events, head=chain.head.hex())


def glance(rows: Iterable[Stored], log: Standing, writers: Mapping[str, Standing], *, after: int) -> Sentence | None:
    """What is wrong with the end of a log, its events after `after`: the first of them is believed about what came
    before it."""
    chain = _Chain(log)
    try:
        for row in rows:
            if after and not chain.pos:
                chain.pos, chain.head = row.pos, row.head
                chain.writers[row.wr] = Standing(row.ws, row.hash)
                continue
            if after and row.wr not in chain.writers:
                chain.believe(row)
            chain.follow(row)
        chain.end({wr: at for wr, at in writers.items() if not after or wr in chain.writers})
    except _Broken as broken:
        return broken.trouble
    return None


class _Chain:
    """Where the walk stands."""

    def __init__(self, log: Standing) -> None:
        self.log = log
        self.pos = 0
        self.head = NO_HEAD
        self.writers: dict[str, Standing] = {}

    def believe(self, row: Stored) -> None:
        """Take it from a writer's event where its chain stood before."""
        with suppress(ValueError):  # `follow` says what is wrong with it
            before = decode(row.body).prev
            if row.ws > 1:
                self.writers[row.wr] = Standing(row.ws - 1, bytes.fromhex(before))

    def follow(self, row: Stored) -> None:
        pos = self.pos + 1
        if row.pos != pos:
            raise _Broken(pos, say("An event was removed at position {pos}.", pos=pos))
        if pos > self.log.length:
            raise _Broken(pos, say("An event was added at position {pos} by something else.", pos=pos))
        if not isinstance(row.body, bytes) or digest(row.body) != row.hash:
            raise _Broken(pos, say("The event at position {pos} was changed.", pos=pos))
        try:
            recorded = decode(row.body)
        except ValueError:
            raise _Broken(pos, say("The event at position {pos} cannot be read.", pos=pos)) from None
        if (row.id, row.inc, row.typ, row.wr, row.ws) != _labels(recorded):
            raise _Broken(pos, say("The event at position {pos} does not belong there.", pos=pos))
        before = self.writers.get(row.wr, Standing(0, b""))
        if row.ws <= before.length:
            raise _Broken(pos, say("Two events claim one place in the chain, the second at position {pos}.", pos=pos))
        if row.ws > before.length + 1:
            raise _Broken(pos, say("An event is missing before position {pos}.", pos=pos))
        if recorded.prev != (before.hash.hex() if before.length else FIRST):
            raise _Broken(pos, say("The event at position {pos} does not follow from the one before.", pos=pos))
        head = next_head(self.head, pos, row.hash)
        if head != row.head:
            raise _Broken(pos, say("The event at position {pos} was changed or moved.", pos=pos))
        self.pos, self.head = pos, head
        self.writers[row.wr] = Standing(row.ws, row.hash)

    def end(self, writers: Mapping[str, Standing]) -> None:
        after = self.pos + 1
        if self.pos < self.log.length:
            raise _Broken(after, say("The end of the log was removed, from position {pos}.", pos=after))
        if self.head != self.log.hash or self.writers != writers:
            raise _Broken(self.pos, say("The log does not end as it was left, at position {pos}.", pos=self.pos))


def label(recorded: Recorded) -> str:
    """The kept name of an event's kind, of an unknown one too."""
    data = recorded.data
    return data.name if isinstance(data, UnknownEvent) else data.typ


def _labels(recorded: Recorded) -> tuple[str, str, str, str, int]:
    return recorded.id, recorded.inc, label(recorded), recorded.wr, recorded.ws
