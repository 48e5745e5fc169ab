"""A feed that brings mentions as fast as it is told to."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import ClassVar

from feeds.base import Batch
from warroom.domain.mention import Mention
from warroom.domain.sentence import Sentence, say

BREATH = 0.05
"""Seconds between two batches."""


class Flood:
    """So many mentions a second, until there were `total`; they are numbered from `first`."""

    name = "flood"
    source = "flood"
    ends = True
    coverage: ClassVar[Sentence] = say("what the benchmark sends")

    def __init__(self, rate: int, total: int, *, first: int = 0, go: Path | None = None) -> None:
        self.sent = 0
        self._rate = rate
        self._total = total
        self._first = first
        self._go = go

    async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        while self._go is not None and not self._go.exists():
            await asyncio.sleep(BREATH)
        start = monotonic()
        while self.sent < self._total:
            due = min(self._total, int((monotonic() - start) * self._rate))
            now = datetime.now(UTC)
            for sent in range(self.sent, due, 500):
                last = min(due, sent + 500)
                numbers = range(self._first + sent, self._first + last)
                yield Batch(mentions=[mention(i, now) for i in numbers], cursor=str(last).encode())
                self.sent = last
            await asyncio.sleep(BREATH)


def mention(i: int, now: datetime) -> Mention:
    return Mention(
        source="flood",
        native_id=str(i),
        text=f"f{i:09} arrives while somebody reads, and nobody at the company answers the phone, shame on them",
        received_at=now,
        created_at=now,
        feed="flood",
        author_handle=f"person{i % 9000}.example",
        followers=i % 3000,
        lang="en",
    )


def now() -> datetime:
    return datetime.now(UTC)
