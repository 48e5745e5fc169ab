"""Breath: what works in the background works in slices, and a key that is on its way to the screen goes first."""

import asyncio
from contextlib import suppress
from time import perf_counter

LONGEST, SELDOM = 0.05, 0.25
"""Seconds for which a key goes first where nothing is painted for it, and until the next one may: somebody may hold a
key that does nothing here."""


class Keys:
    """Keys and clicks between the moment they come in and the moment something is painted."""

    def __init__(self) -> None:
        self._until = self._again = 0.0
        self._painted = asyncio.Event()

    def pressed(self) -> None:
        """From any thread: terminals are read beside the loop."""
        now = perf_counter()
        if now >= self._again:
            self._until, self._again = now + LONGEST, now + SELDOM

    def painted(self) -> None:
        self._until = self._again = 0.0
        self._painted.set()

    @property
    def under_way(self) -> bool:
        return self._until > perf_counter()

    async def passed(self) -> None:
        """Wait until none is under way."""
        if self.under_way:
            self._painted.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._painted.wait(), LONGEST)


class Breath:
    """Slices of work on the loop, `slice` seconds each, and `rest` seconds for everything else in between."""

    def __init__(self, keys: Keys, slice: float, rest: float = 0.0) -> None:
        self._keys = keys
        self._slice = slice
        self._rest = rest
        self._begun = perf_counter()

    @property
    def is_due(self) -> bool:
        """Whether this slice is over."""
        return self._keys.under_way or perf_counter() - self._begun > self._slice

    async def take(self, rest: float | None = None) -> None:
        """Let everything else have its turn, and begin the next slice."""
        await asyncio.sleep(self._rest if rest is None else rest)
        await self._keys.passed()
        self._begun = perf_counter()

    async def if_due(self) -> None:
        if self.is_due:
            await self.take()
