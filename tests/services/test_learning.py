"""Learning in step with the log: whatever was said, taken back, switched or loaded, in whatever portions."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import START, mention
from tests.patience import PATIENCE
from warroom.domain.board import Board
from warroom.domain.desk import act_on, undo
from warroom.domain.events import (
    ROOM,
    AnyEvent,
    LabelsLoaded,
    LearningSwitched,
    MentionLabelled,
    Recorded,
)
from warroom.domain.mention import SEGMENTS, Kept, Segment, reference
from warroom.domain.sentence import Refused
from warroom.domain.triage.label import Judgement
from warroom.domain.triage.triage import Triage
from warroom.services import learning as learning_service
from warroom.services.learning import AT_ONCE, Learning
from warroom.services.lexicon import load_lexicon

LEXICON = load_lexicon()
TEXTS = (
    "My daughter got a rash after two glasses, shame on you",
    "Well done, the refund came the same day",
    "Where can I return lot 4471?",
    "otra vez tirados en el aeropuerto, vergüenza",
    "🤬🤬",
    "",
)


def kept(n: int) -> Kept:
    return Kept(n, mention(n, TEXTS[n % len(TEXTS)]), Segment.NEUTRAL)


class Log:
    """A board that grows by events, each with a name of its own."""

    def __init__(self) -> None:
        self.board = Board()
        self.written: list[Recorded] = []

    def add(self, event: AnyEvent, inc: str = ROOM) -> Recorded:
        n = self.board.pos + 1
        recorded = Recorded(id=f"e{n}", inc=inc, agg="mention", actor="AM", wr="w", ws=n, prev="", at=START, data=event)
        self.board.apply(n, recorded)
        self.written.append(recorded)
        return recorded


def labelled(n: int, segment: Segment, judgement: Judgement = "corrected", group: int = 0) -> MentionLabelled:
    return MentionLabelled(
        mention=reference(kept(n)),
        segment=segment,
        judgement=judgement,
        group=kept(group).mention.key if group else "",
    )


def same_as_anew(triage: Triage, board: Board) -> bool:
    fresh = triage.fresh()
    fresh.restore(board.labels.to_learn(board.current))
    return triage.labels() == fresh.labels() and triage.learner.weights == fresh.learner.weights


ACTS = st.one_of(
    st.tuples(st.just("label"), st.integers(1, 9), st.sampled_from(SEGMENTS), st.integers(0, 3)),
    st.tuples(st.just("left"), st.integers(1, 9), st.sampled_from(SEGMENTS), st.just(0)),
    st.tuples(st.just("reply"), st.integers(1, 9), st.sampled_from(SEGMENTS), st.just(0)),
    st.tuples(st.just("undo"), st.integers(1, 9), st.sampled_from(SEGMENTS), st.just(0)),
    st.tuples(st.just("load"), st.integers(1, 9), st.sampled_from(SEGMENTS), st.just(0)),
    st.tuples(st.just("learn"), st.integers(1, 9), st.sampled_from(SEGMENTS), st.just(0)),
)


@given(st.lists(ACTS, max_size=30))
@settings(max_examples=30, deadline=None)
def test_the_same_log_gives_the_same_weights_whatever_the_portions(
    acts: Sequence[tuple[str, int, Segment, int]],
) -> None:
    log, triage = Log(), Triage(LEXICON)
    log.add(labelled(8, Segment.HATE), inc="old")
    learning = Learning(triage, lambda: log.board)
    for act, n, segment, group in acts:
        if act == "label":
            log.add(labelled(n, segment, group=group))
        elif act == "left":
            log.add(labelled(n, segment, "left"))
        elif act == "reply":
            log.add(act_on(log.board.desk, kept(n), "reply", seen=True))
        elif act == "load":
            log.add(LabelsLoaded(former="old"))
        elif act == "undo":
            with suppress(Refused):
                log.add(undo(log.board.desk, log.written[-n % len(log.written)]))
        else:
            asyncio.run(learning.catch_up())
    asyncio.run(learning.catch_up())
    assert learning.in_step
    assert same_as_anew(triage, log.board)


async def test_where_the_newest_labels_are_others_only_those_are_learnt_and_else_a_new_learner_is_made() -> None:
    log, triage = Log(), Triage(LEXICON)
    learning = Learning(triage, lambda: log.board)
    log.add(labelled(1, Segment.HATE))
    await learning.catch_up()
    first = triage.learner
    log.add(labelled(2, Segment.LIKE))
    await learning.catch_up()
    assert triage.learner is first
    assert first.learnt == 2
    by = triage.taught_by
    log.add(labelled(1, Segment.LOVE))
    await learning.catch_up()
    assert triage.learner is first
    assert triage.taught_by != by, "as many labels, and others"
    assert same_as_anew(triage, log.board)
    for n in range(10, 11 + AT_ONCE):
        log.add(labelled(n, Segment.LOVE))
    second = triage.learner
    await learning.catch_up()
    assert triage.learner is not second
    assert same_as_anew(triage, log.board)


async def test_what_is_said_while_one_learns_is_learnt_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning_service, "SLICE", -1.0)
    log, triage = Log(), Triage(LEXICON)
    learning = Learning(triage, lambda: log.board)
    for n in range(1, 41):
        log.add(labelled(n, Segment.HATE))
    catching_up = asyncio.get_running_loop().create_task(learning.catch_up())
    await asyncio.sleep(0)
    assert 0 < triage.learner.learnt < 40
    log.add(labelled(50, Segment.LOVE))
    await catching_up
    assert not learning.in_step
    await learning.catch_up()
    assert same_as_anew(triage, log.board)


async def test_learning_switched_off_reads_by_the_word_lists_and_learns_on() -> None:
    log, triage = Log(), Triage(LEXICON)
    learning = Learning(triage, lambda: log.board)
    before = triage.read(TEXTS[1]).scores
    for n in range(1, 40, len(TEXTS)):
        log.add(labelled(n, Segment.HATE))
    await learning.catch_up()
    assert triage.read(TEXTS[1]).scores != before
    log.add(LearningSwitched(on=False))
    log.add(labelled(2, Segment.HATE))
    await learning.catch_up()
    assert triage.read(TEXTS[1]).scores == before
    assert same_as_anew(triage, log.board)
    off = Learning(Triage(LEXICON), lambda: Board(), default=False)
    await off.catch_up()
    assert not off.triage.learning


async def test_it_follows_the_board_and_tells_when_texts_are_read_otherwise() -> None:
    log, triage, told = Log(), Triage(LEXICON), asyncio.Event()
    learning = Learning(triage, lambda: log.board)
    task = asyncio.get_running_loop().create_task(learning.follow(told.set))
    try:
        await asyncio.wait_for(told.wait(), PATIENCE)
        told.clear()
        log.add(labelled(1, Segment.HATE))
        log.add(labelled(1, Segment.DISLIKE))
        await asyncio.wait_for(told.wait(), PATIENCE)
        assert triage.learner.learnt == 1
        log.board = Board()
        told.clear()
        await asyncio.wait_for(told.wait(), PATIENCE)
        assert triage.labels() == ()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
