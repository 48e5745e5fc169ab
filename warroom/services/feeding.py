"""The feeds of a configuration, made and opened together, closed together."""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from typing import Protocol

from msgspec import Struct

from feeds import registry
from feeds.base import Clock, Feed
from feeds.registry import FeedEnv
from warroom.domain.watch import Watch


class Configured(Protocol):
    """A feed as the config has it."""

    @property
    def name(self) -> str: ...

    @property
    def type(self) -> str: ...

    @property
    def enabled(self) -> bool: ...

    @property
    def options(self) -> Struct: ...


@asynccontextmanager
async def open_feeds(
    configured: Sequence[Configured], *, terms: Sequence[str], exclude: Sequence[str], clock: Clock
) -> AsyncIterator[list[Feed]]:
    """The enabled feeds. The network code is loaded only when one of them needs it."""
    wanted = [feed for feed in configured if feed.enabled]
    if not wanted:
        yield []
        return
    from feeds.http import open_http

    agent = f"warroom/{version('warroom')} (crisis monitoring by the organisation itself)"
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(open_http(user_agent=agent, clock=clock))
        internal = await stack.enter_async_context(open_http(user_agent=agent, clock=clock, internal=True))
        env = FeedEnv(clock=clock, http=http, internal=internal, watch=Watch(terms, exclude), rng=random.Random())
        yield [registry.build(feed.type, feed.name, feed.options, env) for feed in wanted]
