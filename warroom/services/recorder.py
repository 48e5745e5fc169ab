"""Recorder: writes into the log what the program notices by itself, now or as soon as it can be written."""

import asyncio
from collections.abc import Sequence

from warroom.domain.board import Board
from warroom.domain.events import AnyEvent
from warroom.services.room import Room
from warroom.services.trouble import Trouble
from warroom.store.errors import StoreError


class Recorder:
    """Of one room. What cannot be written is a trouble of it."""

    def __init__(self, room: Room, trouble: Trouble) -> None:
        self._room = room
        self._trouble = trouble
        self._untold: list[AnyEvent] = []
        self._telling = asyncio.Lock()

    async def record(self, events: Sequence[AnyEvent]) -> bool:
        """Write what is true now; whether it could be written. What could not will be noticed again."""

        def decided(_: Board) -> Sequence[AnyEvent]:
            return events

        try:
            await self._room.do(decided, actor="auto")
        except StoreError as error:
            self._trouble.met(error)
            return False
        return True

    async def tell(self, event: AnyEvent) -> None:
        """Write what is noticed once only: now, or with the rest."""
        self._untold.append(event)
        await self.tell_rest()

    async def tell_rest(self) -> None:
        """Write what could not be written until now, in the order in which it was noticed."""
        async with self._telling:
            while self._untold:
                events = tuple(self._untold)
                if not await self.record(events):
                    return
                del self._untold[: len(events)]
