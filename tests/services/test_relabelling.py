"""What is said of a mention on one console reaches the store, its copies, the counts, and the next opening."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from feeds.base import Batch
from tests.builders import START, mention
from tests.patience import PATIENCE
from tests.services.rooms import Hands, room_in
from tests.services.test_intake import Spoken, until
from warroom.domain.board import Board
from warroom.domain.desk import act_on, undo
from warroom.domain.events import LearningSwitched, MentionLabelled
from warroom.domain.mention import Deleted, Kept, Mention, Segment, reference
from warroom.domain.triage.labelling import pin_author, step
from warroom.domain.triage.triage import Triage
from warroom.services import relabelling
from warroom.services.intake import Intake, running
from warroom.services.lexicon import load_lexicon
from warroom.services.relabelling import Relabelling
from warroom.services.room import MENTIONS, TIMELINE, Room
from warroom.services.sorting import author_of
from warroom.store.journal import iter_log
from warroom.store.windows import MentionReader

COMPLAINT = "The oat drink of lot 4471 gave my daughter a rash, and nobody answers the phone since Friday"
LEXICON = load_lexicon()


class FeedOf(Spoken):
    """A feed that waits for the word to go."""

    go = asyncio.Event()

    def __init__(self, name: str, *mentions: Mention) -> None:
        super().__init__(name, Batch(mentions=list(mentions)))
        FeedOf.go = asyncio.Event()

    async def batches(self, cursor: bytes | None) -> AsyncGenerator[Batch, None]:
        await FeedOf.go.wait()
        async for batch in super().batches(cursor):
            yield batch


class Opened:
    """A room with its feeds under way."""

    def __init__(self, room: Room, intake: Intake, reader: MentionReader) -> None:
        self.room, self.intake, self.reader = room, intake, reader

    def segments(self) -> list[Segment | None]:
        return [kept.segment for kept in self.reader.page(1, self.room.board.row)]

    def kept(self, row: int) -> Kept:
        found = self.reader.get(row)
        assert found is not None
        return found

    async def store(self, *mentions: Mention) -> None:
        """As another process does it: an import beside the console."""
        await self.room.mentions.add([(one, self.intake.triage.read(one.words)) for one in mentions])
        last = self.room.mentions.last_row()
        await until(lambda: self.room.board.row == last and self.intake.sorting.upto == last)

    async def say(self, row: int, by: int) -> None:
        kept, sorting = self.kept(row), self.intake.sorting

        def decide(board: Board) -> object:
            return step(kept, sorting.segment(kept, board), by, group=sorting.group(row) or "")

        await self.room.do(decide)  # type: ignore[arg-type]

    async def until(self, holds: Callable[[], bool]) -> None:
        await until(holds)

    def counted(self) -> bool:
        """Whether the pulse says what stands in the store."""
        segments = self.segments()
        return all(self.room.board.pulse.of(one) == segments.count(one) for one in (None, *Segment))


async def opened(stack: AsyncExitStack, folder: Path, clock: Hands, *feeds: Spoken, actor: str = "AM") -> Opened:
    room = await stack.enter_async_context(room_in(folder, clock, actor=actor))
    intake = Intake(room, feeds, Triage(LEXICON), clock=clock, holder=actor)
    await stack.enter_async_context(running(intake))
    return Opened(room, intake, stack.enter_context(MentionReader(folder / MENTIONS)))


def complaints(first: int, n: int) -> Sequence[Mention]:
    return [mention(row, COMPLAINT + "!" * (row % 4)) for row in range(first, first + n)]


async def test_what_is_said_of_one_copy_holds_for_all_and_for_those_that_come_later(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        here = await opened(stack, tmp_path, Hands())
        await here.store(*complaints(1, 3), mention(4, "Where is the shop?"))
        assert set(here.segments()[:3]) <= {Segment.DISLIKE, Segment.HATE, Segment.NEUTRAL}
        for _ in range(4):
            if here.intake.sorting.segment(here.kept(2), here.room.board) is Segment.LOVE:
                break
            await here.say(2, +1)
        assert here.intake.sorting.segment(here.kept(3), here.room.board) is Segment.LOVE, "at once, on the screen"
        await here.until(lambda: here.segments()[:3] == [Segment.LOVE] * 3)
        assert here.segments()[3] is not Segment.LOVE
        await here.store(*complaints(5, 2))
        await here.until(lambda: here.segments()[4:6] == [Segment.LOVE] * 2)
        await here.until(here.counted)
        await here.until(lambda: here.intake.triage.learner.learnt == 1)
    async with AsyncExitStack() as stack:
        again = await opened(stack, tmp_path, Hands())
        await again.until(lambda: again.intake.triage.learner.learnt == 1)
        await again.store(*complaints(7, 1))
        await again.until(lambda: again.segments()[6] is Segment.LOVE)


async def test_a_mention_that_was_labelled_under_two_names_comes_to_rest(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        here = await opened(stack, tmp_path, Hands())
        await here.store(*complaints(1, 40))
        ref = reference(here.kept(1))
        for group, segment in (("as.it.was.called", Segment.LOVE), ("", Segment.LIKE)):
            event = MentionLabelled(mention=ref, segment=segment, judgement="corrected", group=group)
            await here.room.do(lambda _, event=event: event)  # type: ignore[misc]
        await here.until(lambda: here.segments() == [Segment.LIKE] * 40)
        relabelling = Relabelling(here.room, here.intake.sorting, here.intake.learning)
        relabelling._look_at_labels()
        relabelling._due.clear()
        relabelling._seen = None
        relabelling._look_at_labels()
        assert relabelling._due == []


async def test_what_is_taken_back_is_read_again(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        here = await opened(stack, tmp_path, Hands())
        await here.store(*complaints(1, 2))
        before = here.segments()
        await here.say(1, +1)
        await here.until(lambda: here.segments() != before)
        act = here.room.board.labels.spoken()
        recorded = next(given.event for given in act)
        log = [line for _, line in here.room.board.desk]
        assert log
        # The label stands; taking it back brings the reading back, for the copy too.
        async with asyncio.timeout(PATIENCE):
            [label] = [one for _, one in iter_log(tmp_path / TIMELINE) if one.id == recorded]
            await here.room.do(lambda board: undo(board.desk, label))
        await here.until(lambda: here.segments() == before and here.intake.triage.labels() == ())
        await here.until(here.counted)


async def test_a_label_of_another_console_reaches_the_store_and_its_own_counts(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        clock = Hands()
        first = await opened(stack, tmp_path, clock)
        await first.store(*complaints(1, 3))
        second = await opened(stack, tmp_path, clock, actor="PG")
        await second.until(lambda: second.intake.sorting.upto == 3 and second.room.board.row == 3)
        assert first.intake.runs_here
        assert not second.intake.runs_here
        before = first.segments()[0]
        await second.say(1, +1)
        await first.until(lambda: first.segments()[0] is not before and len(set(first.segments())) == 1)
        await second.until(second.counted)
        for one in (first, second):
            await one.until(lambda one=one: one.intake.triage.learner.learnt == 1)  # type: ignore[misc]
        assert first.intake.triage.learner.weights == second.intake.triage.learner.weights
        await asyncio.gather(first.say(2, +1), second.say(3, +1))
        await first.until(lambda: first.intake.learning.in_step and second.intake.learning.in_step)
        await first.until(lambda: first.segments() == second.segments() and first.counted() and second.counted())
        assert len({*first.segments()}) == 1


async def test_what_was_learnt_changes_the_newest_but_nothing_that_somebody_dealt_with(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        here = await opened(stack, tmp_path, Hands())
        texts = [f"kraftwerk {word} again" for word in "abcdefghijklmnopqrstuvwxyz"]
        await here.store(*[mention(n, text) for n, text in enumerate(texts, 1)])
        assert set(here.segments()) == {Segment.NEUTRAL}
        left, alone = here.kept(25), here.kept(26)
        await here.room.do(lambda board: act_on(board.desk, left, "reply", seen=True))
        await here.room.do(lambda board: act_on(board.desk, alone, "ignore"))
        for row in range(1, 21):
            await here.say(row, -2)
        await here.until(lambda: here.segments()[20:24] == [Segment.DISLIKE] * 4 or _hates(here))
        assert here.segments()[24:] == [Segment.NEUTRAL] * 2
        await here.until(here.counted)
        await here.room.do(lambda board: LearningSwitched(on=False))
        await here.until(lambda: here.segments()[20:24] == [Segment.NEUTRAL] * 4)
        assert set(here.segments()[:20]) == {Segment.HATE}


def _hates(here: Opened) -> bool:
    return all(segment in (Segment.DISLIKE, Segment.HATE) for segment in here.segments()[20:24])


async def test_only_the_newest_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relabelling, "NEWEST", 100)
    async with AsyncExitStack() as stack:
        here = await opened(stack, tmp_path, Hands())
        words = [sha256(str(n).encode()).hexdigest()[:30] for n in range(141)]
        await here.store(*[mention(n, f"{words[n]} kraftwerk") for n in range(1, 141)])
        for row in range(100, 130):
            await here.say(row, -2)
        await here.until(lambda: here.kept(50).segment is not Segment.NEUTRAL)
        await asyncio.sleep(0.5)
        assert here.kept(1).segment is Segment.NEUTRAL


async def test_an_edited_or_deleted_mention_keeps_what_was_said_of_it(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        here = await opened(stack, tmp_path, Hands())
        await here.store(mention(1, COMPLAINT), mention(2, "Where is the shop?"))
        first = here.kept(1)
        await here.say(1, +1)
        said = here.intake.sorting.segment(first, here.room.board)
        later = START + timedelta(minutes=3)
        edit = mention(1, "I love it, thank you!", edited_at=later)
        added = await here.room.mentions.add([], edits=[edit], deleted=[Deleted("x", "none", later)])
        for minute, segment, n in added.minutes:
            here.room.board.pulse.count(minute, segment, n)
        await here.until(lambda: here.kept(1).segment is said and here.kept(1).mention.edited_at is not None)
        second = here.kept(2).mention
        await here.room.mentions.add([], deleted=[Deleted(second.source, second.native_id, later)])
        await here.say(2, -1)
        await here.until(
            lambda: here.kept(2).segment is Segment.DISLIKE and here.kept(2).mention.deleted_at is not None
        )
        await here.until(here.counted)


async def test_a_mention_that_is_heard_again_with_other_words_stays_where_somebody_put_it(tmp_path: Path) -> None:
    at = START + timedelta(minutes=1)
    first, second = mention(1, COMPLAINT), mention(1, "I love it, thank you!", edited_at=at)
    feed = Spoken("a", Batch(mentions=[first]))
    async with AsyncExitStack() as stack:
        here = await opened(stack, tmp_path, Hands(), feed, FeedOf("b", second))
        await here.until(lambda: here.room.board.row == 1 and here.intake.sorting.upto == 1)
        await here.say(1, +1)
        said = here.intake.sorting.segment(here.kept(1), here.room.board)
        FeedOf.go.set()
        await here.until(lambda: here.kept(1).mention.edited_at is not None)
        assert here.kept(1).segment is said
        await here.until(here.counted)


async def test_authors_stand_where_their_corrected_posts_say_and_where_they_are_pinned(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        clock = Hands()
        first = await opened(stack, tmp_path, clock)
        second = await opened(stack, tmp_path, clock, actor="PG")
        await first.store(mention(1, "Where is the shop?"), mention(2, "It opens at nine"))
        await second.until(lambda: second.intake.sorting.upto == 2)
        author = author_of(first.kept(1).mention)
        await first.say(1, -2)
        for one in (first, second):
            await one.until(lambda one=one: one.intake.sorting.authors.segment(author) is Segment.HATE)  # type: ignore[misc]
        kept = first.kept(1)
        pin = pin_author(first.room.board.labels, kept, author, Segment.LIKE)
        await first.room.do(lambda board: pin)
        for one in (first, second):
            await one.until(lambda one=one: one.intake.sorting.authors.segment(author) is Segment.LIKE)  # type: ignore[misc]
        assert pin_author(first.room.board.labels, kept, author, Segment.LIKE).segment is None


async def test_texts_that_say_nothing_or_too_much_can_be_corrected(tmp_path: Path) -> None:
    texts = ["", "🤬🤬🤬", "x" * 10_000, "‮مرحبا بالعالم‬", "a\x1b[31m\x00\x07b", "\u202e\u2066 \t\n", "é" * 9_999]
    async with AsyncExitStack() as stack:
        here = await opened(stack, tmp_path, Hands())
        await here.store(*[mention(n, text) for n, text in enumerate(texts, 1)])
        for row in range(1, len(texts) + 1):
            await here.say(row, +1)
        await here.until(lambda: Segment.NEUTRAL not in here.segments() or here.intake.learning.in_step)
        await here.until(lambda: here.intake.learning.in_step and here.intake.triage.learner.learnt >= len(texts) - 1)
        await here.until(here.counted)
        assert all(len(given.text) <= 4_000 for given in here.room.board.labels.spoken())
    async with AsyncExitStack() as stack:
        again = await opened(stack, tmp_path, Hands())
        await again.until(lambda: again.intake.learning.in_step)
        assert again.intake.triage.learner.weights == here.intake.triage.learner.weights
        assert again.segments() == [given.segment for given in again.room.board.labels.spoken()]
