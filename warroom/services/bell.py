"""A bell wakes who waits until something changed: nobody has to ask several times a second whether it has."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

GATHERS = 0.2
"""Seconds in which changes are gathered before they are looked at."""
SELDOM = 2.0
"""Seconds after which who waits looks by himself, should nobody ring."""


class Bell:
    """One for each that waits. `on_change` takes who is to be called after each change, as a room does; where nobody
    tells of changes, it rings by itself every `GATHERS` seconds."""

    def __init__(self, on_change: Callable[[Callable[[], None]], None] | None = None) -> None:
        self._rang = asyncio.Event()
        self._rang.set()  # nobody has looked yet
        self._tells = on_change is not None
        if on_change is not None:
            on_change(self._rang.set)

    async def rung(self) -> None:
        """Wait for a change, and for those that come right after it."""
        if self._tells:
            with suppress(TimeoutError):
                async with asyncio.timeout(SELDOM):
                    await self._rang.wait()
                    await asyncio.sleep(GATHERS)
        else:
            await asyncio.sleep(GATHERS)
        self._rang.clear()
