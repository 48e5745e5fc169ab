"""Order: the most urgent first, copies in one row, and only as much looked at as a reader needs."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders import START, mention
from warroom.domain.board import Board
from warroom.domain.desk import act_on, read_sooner
from warroom.domain.events import AnyEvent, Recorded
from warroom.domain.mention import Kept, Segment
from warroom.domain.triage.triage import Triage
from warroom.services import order
from warroom.services.lexicon import load_lexicon
from warroom.services.order import Arranged, Orderer, Wanted, copies_below, folded, unfolded
from warroom.services.sorting import Sorting
from warroom.services.weighing import Weighing

COMPLAINT = "The oat drink of lot 4471 gave my daughter a rash, and nobody answers the phone since Friday"
LATE = "My parcel is three weeks late and the courier blames the warehouse again"
NICE = "What a lovely colour the new cups have"
FOLDED, URGENT = Wanted(folded=True), Wanted(urgent=True, folded=True)


class Stored:
    """Mentions by row, looked at by a sorting; `told` folds what was done."""

    def __init__(self, *texts: str, known: int | None = None, **changes: Any) -> None:
        self.kepts = {
            row: Kept(row, mention(row, text, **changes.get(f"m{row}", {})), Segment.DISLIKE)
            for row, text in enumerate(texts, 1)
        }
        self.sorting = Sorting(Triage(load_lexicon()))
        self.weighing = Weighing(self.sorting)
        self.sorting.look([kept for row, kept in self.kepts.items() if known is None or row <= known])
        self.board = Board()
        self.reads = 0

    def get(self, row: int) -> Kept | None:
        self.reads += 1
        return self.kepts.get(row)

    def told(self, *events: AnyEvent) -> None:
        for data in events:
            pos = self.board.pos + 1
            self.board.apply(
                pos,
                Recorded(id=f"e{pos}", inc="room", agg="m", actor="AM", wr="w", ws=pos, prev="", at=START, data=data),
            )

    async def arranged(
        self, wanted: Wanted, found: Sequence[int] | None = None, *, now: datetime = START, only_open: bool = True
    ) -> Arranged:
        rows = range(len(self.kepts), 0, -1) if found is None else found
        return await Orderer(self.weighing, self.board, self, now).arrange(wanted, rows, only_open=only_open)


async def test_copies_stand_in_one_row_where_the_newest_of_them_stood() -> None:
    stored = Stored(COMPLAINT, NICE, COMPLAINT + "!", LATE, "RT @x: " + COMPLAINT)
    got = await stored.arranged(FOLDED)
    assert got.rows == [5, 4, 2]
    assert not got.more
    assert (await stored.arranged(Wanted())).rows == [5, 4, 3, 2, 1]


async def test_a_group_that_is_unfolded_has_its_copies_below_the_newest_first() -> None:
    stored = Stored(COMPLAINT, NICE, COMPLAINT + "!", LATE, "RT @x: " + COMPLAINT)
    group = stored.sorting.group(1)
    assert group is not None
    assert (await stored.arranged(Wanted(folded=True, apart=frozenset({group})))).rows == [5, 3, 1, 4, 2]
    assert (await stored.arranged(Wanted(apart=frozenset({group})))).rows == [5, 4, 2]


async def test_the_most_urgent_stand_first_and_of_copies_the_one_that_most_people_see() -> None:
    stored = Stored(NICE, COMPLAINT, LATE, COMPLAINT + "!", m2={"followers": 90_000})
    got = await stored.arranged(URGENT)
    assert got.rows[0] == 2
    assert sorted(got.rows) == [1, 2, 3]
    points = [stored.weighing.ranked(stored.kepts[row], stored.board, START).order for row in got.rows]
    assert points == sorted(points, reverse=True)


async def test_what_was_dealt_with_is_urgent_no_more_and_what_was_escalated_is() -> None:
    stored = Stored(NICE, COMPLAINT, LATE)
    desk = stored.board.desk
    stored.told(act_on(desk, stored.kepts[2], "reply"), act_on(desk, stored.kepts[3], "escalate"))
    assert set((await stored.arranged(URGENT)).rows) == {1, 3}
    assert set((await stored.arranged(URGENT, only_open=False)).rows) == {1, 2, 3}


async def test_a_story_is_open_while_one_of_its_copies_is() -> None:
    stored = Stored(COMPLAINT, COMPLAINT + "!", LATE)
    stored.told(act_on(stored.board.desk, stored.kepts[2], "ignore"))
    assert set((await stored.arranged(URGENT)).rows) == {1, 3}


async def test_the_word_of_a_person_decides_before_the_points() -> None:
    stored = Stored(COMPLAINT, NICE)
    assert (await stored.arranged(URGENT)).rows == [1, 2]
    for before in ("P1", "P2", "P3"):
        stored.told(read_sooner(stored.kepts[1], before, "P1", 90, sooner=False))
    stored.told(read_sooner(stored.kepts[2], "P4", "P4", 3, sooner=True))
    assert (await stored.arranged(URGENT)).rows == [2, 1]


async def test_the_order_is_that_of_what_was_found() -> None:
    stored = Stored(COMPLAINT, NICE, LATE, COMPLAINT + "!")
    assert (await stored.arranged(URGENT, [3, 2])).rows == [3, 2]
    group = stored.sorting.group(1)
    assert group is not None
    apart = Wanted(folded=True, apart=frozenset({group}))
    assert (await stored.arranged(apart, [4, 3])).rows == [4, 3]


async def test_what_nobody_has_looked_at_yet_is_listed_for_itself() -> None:
    stored = Stored(COMPLAINT, NICE, COMPLAINT + "!", known=2)
    assert (await stored.arranged(FOLDED)).rows == [3, 2, 1]
    assert set((await stored.arranged(URGENT)).rows) == {1, 2, 3}


async def test_among_thousands_the_newest_stories_are_ordered_and_it_says_that_there_are_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(order, "GROUPS", 3)
    monkeypatch.setattr(order, "LISTED", 2)
    stored = Stored(*(f"{word} {word}s the {word} of {word}" for word in ("one", "two", "three", "four", "five")))
    got = await stored.arranged(URGENT)
    assert (sorted(got.rows), got.more) == ([3, 4, 5], True)
    assert (await stored.arranged(FOLDED))[::2] == ([5, 4], True)
    assert stored.reads == 3


async def test_the_same_moment_has_the_same_order_however_it_came_to_be_known() -> None:
    texts = [f"{COMPLAINT if n % 3 else LATE} {'!' * (n % 4)} case {n % 5}" for n in range(60)]
    live, later = Stored(*texts, known=0), Stored(*texts)
    now = START + timedelta(minutes=30)
    for first in range(1, 61, 7):
        live.sorting.look([live.kepts[row] for row in range(first, min(first + 7, 61))])
        await live.arranged(URGENT, now=START + timedelta(minutes=first // 3))
    assert (await live.arranged(URGENT, now=now)).rows == (await later.arranged(URGENT, now=now)).rows


async def test_while_it_orders_everything_else_has_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = Stored(*(f"{NICE} {n}" for n in range(300)))
    monkeypatch.setattr(order, "SLICE", -1.0)
    monkeypatch.setattr(order, "REST", 0.0)
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.get_running_loop().create_task(others())
    await stored.arranged(FOLDED)
    task.cancel()
    assert turns >= 300 // order.TURN


def test_unfolding_and_folding_a_row_leaves_every_other_where_it_was() -> None:
    stored = Stored(COMPLAINT, NICE, COMPLAINT + "!", LATE, COMPLAINT + ".")
    below = copies_below(stored.sorting, 5)
    assert below == [3, 1]
    assert unfolded([4, 5, 2], 5, below) == [4, 5, 3, 1, 2]
    assert unfolded([5, 4, 3, 2, 1], 3, copies_below(stored.sorting, 3)) == [4, 3, 5, 1, 2]
    assert folded([4, 5, 3, 1, 2], 5, below) == [4, 5, 2]
