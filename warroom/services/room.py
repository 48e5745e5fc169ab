"""The room: the one way to write. Decide, append, apply, tell: in this order, under one lock.

Nothing is shown that is not on disk. A caller that is cancelled in the middle never splits a write from its
effect: the append goes on under its shield and the next caller waits for the lock.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence, Set
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from warroom.domain.board import Board
from warroom.domain.criteria import proven
from warroom.domain.events import ROOM, AnyEvent, Draft, IncidentDeclared, Recorded
from warroom.domain.incident import Incident, incident_id
from warroom.domain.sentence import Refused, Sentence, say
from warroom.store.batch import MinuteCount
from warroom.store.errors import Damaged, StoreError
from warroom.store.journal import Behind, Entry, SqliteJournal, iter_log, open_journal
from warroom.store.mentions import MentionStore, open_mentions
from warroom.store.windows import MentionReader

Clock = Callable[[], datetime]
Decision = Callable[[Board], AnyEvent | Sequence[AnyEvent]]

TIMELINE = "timeline.db"
MENTIONS = "mentions.db"
PULSE_KEPT = timedelta(days=7)
"""How far back minute counts are read into the pulse when a room opens."""


SET_ASIDE = "mentions.damaged-"
"""How the name of a store begins that was damaged, and that a fresh one took the place of."""


def set_aside(folder: Path) -> list[Path]:
    """The damaged stores of mentions that were kept beside the one in use, oldest first."""
    return sorted(folder.glob(f"{SET_ASIDE}*.db"))


def folded(folder: Path) -> Board:
    """The board of a room, read only. A room that does not exist yet is empty."""
    board = Board()
    if (folder / TIMELINE).exists():
        for pos, recorded in iter_log(folder / TIMELINE):
            board.apply(pos, recorded)
    return board


class Room:
    """An open room: its board, and the only way to change it. `actor` are the initials at this console."""

    def __init__(
        self,
        folder: Path,
        board: Board,
        journal: SqliteJournal,
        mentions: MentionStore,
        writes: asyncio.TaskGroup,
        *,
        clock: Clock,
        actor: str,
    ) -> None:
        self.folder = folder
        self.board = board
        self.mentions = mentions
        self.clock = clock
        self.actor = actor
        self._journal = journal
        self._lock = asyncio.Lock()
        self._writes = writes
        self._listeners: list[Callable[[], None]] = []
        self.doubt: Sentence | None = None
        """Why the log cannot be believed as a whole; None as long as `look_whole` has found nothing."""
        self.lost: Sentence | None = None
        """What became of the mentions of before, where their store was damaged when the room was opened."""

    @property
    def incident(self) -> Incident | None:
        return self.board.incident

    async def do(self, decide: Decision, *, actor: str | None = None, inc: str | None = None) -> list[Recorded]:
        """Take a decision, write its events, apply them, and return them as recorded.

        Raises `Refused` where the decision cannot be taken, `StoreError` where it could not be written: then
        nothing has changed on the board either.
        """
        outcome: asyncio.Future[list[Recorded]] = asyncio.get_running_loop().create_future()
        outcome.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._writes.create_task(self._write(outcome, decide, actor or self.actor, inc))
        return await asyncio.shield(outcome)

    async def _write(
        self, outcome: asyncio.Future[list[Recorded]], decide: Decision, actor: str, inc: str | None
    ) -> None:
        """Runs in the room's own task group, so that a cancelled caller cannot interrupt it."""
        try:
            outcome.set_result(await self._do(decide, actor, inc))
        except (Refused, StoreError) as error:
            outcome.set_exception(error)

    async def _do(self, decide: Decision, actor: str, inc: str | None) -> list[Recorded]:
        async with self._lock:
            appended: list[Entry] | None = None
            while appended is None:
                await self._catch_up()
                decided = decide(self.board)
                events = [decided] if not isinstance(decided, Sequence) else list(decided)
                drafts = [self._draft(event, actor, inc) for event in events]
                # Another console that was quicker may have declared, approved or published just this.
                with suppress(Behind):
                    appended = await self._journal.append(drafts, after=self.board.pos) if drafts else []
            await self._catch_up()
            # What was decided is written; what follows from it is found again with the next write.
            with suppress(StoreError):
                await self._follow_up(actor, {recorded.inc for _, recorded in appended})
        self.tell()
        return [recorded for _, recorded in appended]

    async def _follow_up(self, actor: str, incs: Set[str]) -> None:
        """Write that steps are done whose proof has come, or what they still wait for."""
        for inc in incs & self.board.incidents.keys():
            written = False
            while not written:
                events = proven(self.board, self.board.incidents[inc], self.clock())
                drafts = [self._draft(event, actor, inc) for event in events]
                with suppress(Behind):
                    written = not drafts or bool(await self._journal.append(drafts, after=self.board.pos))
                await self._catch_up()

    def _draft(self, event: AnyEvent, actor: str, inc: str | None) -> Draft:
        if isinstance(event, IncidentDeclared):
            place = incident_id(event.title, self.board.incidents.keys(), mode=event.mode)
        else:
            place = inc or self.board.current or ROOM
        return Draft(inc=place, actor=actor, at=self.clock(), data=event, after_mention=self.board.row)

    async def _catch_up(self) -> None:
        """Apply what stands in the log after the board's position, whoever wrote it."""
        while batch := await self._journal.read(after=self.board.pos):
            for pos, recorded in batch:
                self.board.apply(pos, recorded)

    async def follow(self) -> None:
        """Apply what other consoles write, until cancelled."""
        async for _ in self._journal.tail(self.board.pos):
            async with self._lock:
                before = self.board.pos
                await self._catch_up()
            if self.board.pos != before:
                self.tell()

    def look_whole(self) -> None:
        """Compute the chains of the log again, beside everything else: a fold alone does not see a changed byte."""
        self._writes.create_task(self._look_whole())

    async def _look_whole(self) -> None:
        try:
            trouble = (await self._journal.verify()).trouble
        except StoreError as error:
            trouble = error.sentence
        if trouble is not None:
            self.doubt = say("This log cannot be believed as a whole: {doubt}", doubt=trouble)
            self.tell()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each change: it says *look again*, never what changed."""
        self._listeners.append(listener)

    def tell(self) -> None:
        for listener in self._listeners:
            listener()


@asynccontextmanager
async def open_room(folder: Path, *, clock: Clock, actor: str) -> AsyncIterator[Room]:
    """Open a data directory as a room: both stores, and the board folded from the whole log."""
    board, known = Board(), 0
    async with open_journal(folder / TIMELINE) as journal, AsyncExitStack() as stack:
        for pos, recorded in iter_log(folder / TIMELINE):
            board.apply(pos, recorded)
            known = max(known, recorded.after_mention)
        now, lost = clock(), None
        try:
            mentions, counts = await _heard(folder, stack, now)
        except Damaged:
            # The acts of the team are in the other file, and whole: they do not wait for a backup.
            lost = await _begin_again(folder, known, now)
            mentions, counts = await _heard(folder, stack, now)
        board.row = mentions.last_row()
        for minute, segment, n in counts:
            board.pulse.count(minute, segment, n)
        async with group_of_writes() as writes:
            room = Room(folder, board, journal, mentions, writes, clock=clock, actor=actor)
            room.lost = lost
            yield room


async def _heard(folder: Path, stack: AsyncExitStack, now: datetime) -> tuple[MentionStore, Sequence[MinuteCount]]:
    """The store of the mentions, open as long as the stack is, with what the pulse begins with."""
    async with AsyncExitStack() as own:
        mentions = await own.enter_async_context(open_mentions(folder / MENTIONS))
        mentions.last_row()
        counts = await mentions.minute_counts(now - PULSE_KEPT, now + PULSE_KEPT)
        await stack.enter_async_context(own.pop_all())
    return mentions, counts


async def _begin_again(folder: Path, known: int, now: datetime) -> Sentence:
    """Keep the damaged store beside a fresh one, whose rows go on behind those that the log knows of."""
    with suppress(StoreError), MentionReader(folder / MENTIONS) as reader:
        known = max(known, reader.last_row())
    kept = folder / f"{SET_ASIDE}{now:%Y%m%dT%H%M%SZ}.db"
    for ending in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            (folder / f"{MENTIONS}{ending}").rename(f"{kept}{ending}")
    async with open_mentions(folder / MENTIONS) as fresh:
        await fresh.begin_after(known)
    return say(
        "The store of mentions was damaged: it is kept as {file}, and what comes in goes into a fresh one. "
        "“warroom recover” brings back what is intact.",
        file=kept.name,
    )


@asynccontextmanager
async def group_of_writes() -> AsyncIterator[asyncio.TaskGroup]:
    """A task group for writes. What ends the block leaves it as it is, and after the writes that are under way: a
    plain group would cancel them and wrap a refusal into a group of errors, which nobody above expects."""
    ended: BaseException | None = None
    async with asyncio.TaskGroup() as writes:
        try:
            yield writes
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - it is raised again below
            ended = error
    if ended is not None:
        raise ended


def zone_of(incident: Incident) -> tzinfo:
    """The zone of those who declared; what stands in an old log may be unknown here, and then it is UTC."""
    try:
        return ZoneInfo(incident.zone)
    except (LookupError, ValueError, OSError):
        return UTC
