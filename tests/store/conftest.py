"""A room's files, and other processes that write to them."""

import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).parents[2]

Work: TypeAlias = Callable[..., AbstractAsyncContextManager[Process]]


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    return tmp_path / "room" / "timeline.db"


@pytest.fixture
def mentions(tmp_path: Path) -> Path:
    return tmp_path / "room" / "mentions.db"


@pytest.fixture
def worker() -> Work:
    """Start `tests.store.worker` for the length of a block; it is killed at the end."""

    @asynccontextmanager
    async def start(kind: str, file: Path, name: str = "other", count: int = 1_000_000) -> AsyncIterator[Process]:
        process = await create_subprocess_exec(
            sys.executable, "-m", "tests.store.worker", kind, str(file), name, str(count), cwd=ROOT, stdout=PIPE
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            # The rest of what it said is read, so that its pipe is closed with it.
            await process.communicate()

    return start
