"""A console on a live room whose sources the test holds in its hand, by a clock with hands."""

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import ClassVar
from zoneinfo import ZoneInfo

from feeds.base import Batch, FeedError
from tests.scenario import PEOPLE, PLAN
from tests.services.rooms import Hands, room_in
from tests.ui.consoles import Console
from warroom.domain.mention import Mention
from warroom.domain.sentence import Sentence, say
from warroom.domain.triage.triage import Triage
from warroom.services.desk import Desk, DeskSettings
from warroom.services.intake import Intake, running
from warroom.services.keeper import Keeper
from warroom.services.lexicon import load_lexicon
from warroom.services.room import MENTIONS
from warroom.services.words import Words
from warroom.store.windows import MentionReader
from warroom.ui.app import WarroomApp
from warroom.ui.scene import Muster
from warroom.ui.session import LiveSession


class Source:
    """A feed that says what the test has it say, and is lost and back as the test wants. It is asked, like RSS."""

    coverage: ClassVar[Sentence] = say("what the test says")
    interval = 1.0

    def __init__(self, name: str, clock: Hands) -> None:
        self.name = self.source = name
        self._clock = clock
        self._said = 0
        self._turns: asyncio.Queue[Batch | FeedError] = asyncio.Queue()

    def say(self, n: int, text: str = "nordavena made me sick") -> None:
        """`n` mentions, written now."""
        first, self._said = self._said, self._said + n
        at = self._clock()
        mentions = [
            Mention(
                source=self.name,
                native_id=f"{place}",
                author_handle=f"u{place}.example",
                text=f"{text} {place}",
                created_at=at,
                received_at=at,
            )
            for place in range(first, first + n)
        ]
        self._turns.put_nowait(Batch(mentions=mentions))

    def lose(self) -> None:
        self._turns.put_nowait(FeedError(say("{host} cannot be reached.", host="news.example")))

    async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        while True:
            turn = await self._turns.get()
            if isinstance(turn, FeedError):
                raise turn
            yield turn


class Patient(random.Random):
    """Back-off without chance: the longest wait, so that only the test ends it."""

    def uniform(self, a: float, b: float) -> float:
        return 3600.0


@asynccontextmanager
async def live_console(
    folder: Path,
    size: tuple[int, int] = (120, 36),
    *,
    sources: Sequence[str] = ("news", "forum", "blog"),
    lang: str = "en",
    declared: bool = True,
    clock: Hands | None = None,
    ticks: Callable[[], float] = monotonic,
    expected: float | None = None,
) -> AsyncIterator[tuple[Console, Hands, list[Source]]]:
    """The console, its clock (14:02 in Madrid at first) and its sources."""
    hands = clock or Hands()
    words = Words(lang, ZoneInfo("Europe/Madrid"))
    async with AsyncExitStack() as stack:
        room = await stack.enter_async_context(room_in(folder, hands, declared=declared))
        reader = stack.enter_context(MentionReader(folder / MENTIONS))
        feeds = [Source(name, hands) for name in sources]
        intake = Intake(room, feeds, Triage(load_lexicon()), clock=hands, rng=Patient(), keeper=Keeper(expected))
        await stack.enter_async_context(running(intake))
        desk = Desk(DeskSettings(lang=lang))
        session = LiveSession(room, intake, reader, words, desk, organisation="Nordavena", ticks=ticks)
        muster = Muster(plan=PLAN, roles={}, people=PEOPLE, zone=str(words.zone))
        app = WarroomApp(session, muster=muster)
        async with app.run_test(size=size) as pilot:
            console = Console(app, pilot, room)
            await console.begun()
            yield console, hands, feeds
