"""A room in a temporary folder with a clock that the test moves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tests.scenario import DECLARED, START
from warroom.services.room import Room, open_room


class Hands:
    """A clock with hands: `at` is aware UTC."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_minutes(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


@asynccontextmanager
async def room_in(folder: Path, clock: Hands, *, declared: bool = True, actor: str = "AM") -> AsyncIterator[Room]:
    """An open room; with the crisis of the scenarios declared."""
    async with open_room(folder, clock=clock, actor=actor) as room:
        if declared and room.incident is None and not room.board.incidents:
            await room.do(lambda board: DECLARED)
        yield room
