"""What the screen stands on: a live room or a recording. Both make scenes; only a live one can be written to."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol

from warroom.domain.events import Recorded
from warroom.domain.sentence import Refused, say
from warroom.domain.triage.triage import Triage
from warroom.services.desk import Desk
from warroom.services.health import as_told
from warroom.services.humanity import HumanityGauge
from warroom.services.intake import Intake
from warroom.services.learning import Learning
from warroom.services.lexicon import load_lexicon
from warroom.services.replay import Replay
from warroom.services.room import TIMELINE, Decision, Room, zone_of
from warroom.services.sorting import Sorting
from warroom.services.weighing import Weighing
from warroom.services.words import Words
from warroom.store.journal import iter_log
from warroom.store.windows import MentionReader
from warroom.ui.flow import Flow
from warroom.ui.known import Mode
from warroom.ui.scene import Practice, Scene
from warroom.ui.spoken import Spoken

DRILL = 1
"""What the console ends with where a drill is wished for."""


class Session(Protocol):
    """A room behind the screen."""

    words: Words
    reader: MentionReader
    sorting: Sorting
    learning: Learning

    def scene(self) -> Scene: ...

    def now(self) -> datetime: ...

    async def do(self, decide: Decision, *, inc: str | None = None) -> Sequence[Recorded]:
        """Take a decision and write it. Raises `Refused` or `StoreError`."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None: ...

    def retry_feeds(self) -> None: ...


class LiveSession:
    """The open room, its feeds running."""

    def __init__(
        self,
        room: Room,
        intake: Intake,
        reader: MentionReader,
        words: Words,
        desk: Desk,
        *,
        mode: Mode = "live",
        organisation: str,
        humanity: HumanityGauge | None = None,
        ticks: Callable[[], float] = monotonic,
        practice: Practice | None = None,
        drill_takes: timedelta | None = None,
    ) -> None:
        self._practice = practice
        self._drill_takes = drill_takes
        self.room = room
        self.sorting = intake.sorting
        self._weighing = Weighing(self.sorting)
        self.learning = intake.learning
        self._humanity = humanity
        self.intake = intake
        self.reader = reader
        self.words = words
        self._mode = mode
        self._desk = desk
        self._organisation = organisation
        self._ticks = ticks
        self._flow = Flow()
        self._spoken = Spoken()

    def now(self) -> datetime:
        return self.room.clock()

    def scene(self) -> Scene:
        incident = self.room.incident
        trouble, follows = self.intake.trouble, self.intake.runs_here is False
        ticks = self._ticks()
        self._flow.look(self.room.board.row, ticks)
        return Scene(
            board=self.room.board,
            words=self.words,
            now=self.now(),
            clock=self.now,
            mode=self._mode if self._mode in ("demo", "drill") else ("calm" if incident is None else incident.mode),
            actor=self.room.actor,
            reader=self.reader,
            health=as_told(self.intake.feeds, self.room.board) if follows else tuple(self.intake.health.values()),
            elsewhere=bool(self.intake.feeds) and follows,
            organisation=self._organisation,
            flow=self._flow,
            just_out=self._spoken.look(incident, ticks),
            desk=self._desk,
            sorting=self.sorting,
            weighing=self._weighing,
            learning=self.learning,
            alarm=self.intake.keeper.state,
            alarms_of_new=self.intake.keeper.of_new,
            trouble=trouble.error.sentence if trouble.error is not None else None,
            unstored_since=trouble.since,
            doubt=self.room.doubt or self.room.lost or self.reader.trouble,
            practice=self._practice,
            drill_takes=self._drill_takes,
            humanity=self._humanity.look(self.now()) if self._humanity is not None and incident is None else None,
        )

    async def do(self, decide: Decision, *, inc: str | None = None) -> Sequence[Recorded]:
        return await self.room.do(decide, inc=inc)

    async def recording(self, inc: str) -> "ReplaySession":
        """A crisis of this room as a recording, as far as it is written. It stands still at its start."""
        log = await asyncio.to_thread(lambda: list(iter_log(self.room.folder / TIMELINE)))
        replay = Replay(log, self.reader, inc)
        words = self.words.at(zone_of(self.room.board.incidents[inc]))
        return ReplaySession(
            replay,
            self.reader,
            words,
            self._desk,
            sorting=self.sorting.fresh(self.intake.triage.fresh()),
            learning=self.learning.default,
        )

    def on_change(self, listener: Callable[[], None]) -> None:
        self.room.on_change(listener)

    def retry_feeds(self) -> None:
        self.intake.retry_now()


class ReplaySession:
    """A recorded incident: everything can be looked at, nothing can be written."""

    def __init__(
        self,
        replay: Replay,
        reader: MentionReader,
        words: Words,
        desk: Desk,
        *,
        sorting: Sorting | None = None,
        learning: bool = True,
    ) -> None:
        """`sorting` knows nothing yet, and its triage has learnt nothing: it learns what was said up to the playhead.
        `learning` is what the config says of it."""
        self.replay = replay
        self.sorting = sorting or Sorting(Triage(load_lexicon()))
        self._weighing = Weighing(self.sorting)
        triage = self.sorting.triage
        self.learning = Learning(triage, lambda: replay.board, default=learning)
        self._desk = desk
        self.reader = reader
        self.words = words

    def now(self) -> datetime:
        return self.replay.at

    def scene(self) -> Scene:
        return Scene(
            board=self.replay.board,
            words=self.words,
            now=self.replay.at,
            clock=self.now,
            mode="replay",
            actor="",
            reader=self.reader,
            replay=self.replay,
            doubt=self.reader.trouble,
            desk=self._desk,
            sorting=self.sorting,
            weighing=self._weighing,
            learning=self.learning,
        )

    async def do(self, decide: Decision, *, inc: str | None = None) -> Sequence[Recorded]:
        raise Refused(say("This is a recording: it is read-only."))

    def on_change(self, listener: Callable[[], None]) -> None:
        """A recording changes only by its playhead, which the screen itself moves."""

    def retry_feeds(self) -> None:
        """A recording has no feeds."""
