"""Who waits for a change is woken by it, once for those that come together, and else is left alone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from tests.patience import PATIENCE
from warroom.services import bell
from warroom.services.bell import Bell


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "GATHERS", 0.01)
    monkeypatch.setattr(bell, "SELDOM", 1000.0)


class Waiter:
    """Waits again and again beside a test, and counts how often it was woken."""

    def __init__(self, one: Bell) -> None:
        self.woken = 0
        self._bell = one

    async def wait(self) -> None:
        while True:
            await self._bell.rung()
            self.woken += 1

    async def until(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.woken < times:
                await asyncio.sleep(0.005)


@asynccontextmanager
async def waiting(one: Bell) -> AsyncIterator[Waiter]:
    waiter = Waiter(one)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(waiter.wait())
        yield waiter
        task.cancel()


async def test_changes_that_come_together_wake_once_and_nobody_is_woken_without_one() -> None:
    listeners: list[Callable[[], None]] = []
    async with waiting(Bell(listeners.append)) as waiter:
        await waiter.until(1)  # the first look asks for no change
        await asyncio.sleep(0.1)
        assert waiter.woken == 1
        for _ in range(5):
            listeners[0]()
        await waiter.until(2)
        await asyncio.sleep(0.1)
        assert waiter.woken == 2


async def test_a_change_told_while_nobody_waits_is_not_missed() -> None:
    listeners: list[Callable[[], None]] = []
    one = Bell(listeners.append)
    await one.rung()
    listeners[0]()
    await asyncio.wait_for(one.rung(), PATIENCE)


async def test_it_is_looked_seldom_where_nothing_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    listeners: list[Callable[[], None]] = []
    monkeypatch.setattr(bell, "SELDOM", 0.02)
    async with waiting(Bell(listeners.append)) as waiter:
        await waiter.until(3)


async def test_it_rings_by_itself_where_nobody_tells_of_changes() -> None:
    async with waiting(Bell()) as waiter:
        await waiter.until(3)
