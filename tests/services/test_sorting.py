"""Sorting on a real store: copies, topics and authors of the newest mentions, whatever the pages."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from tests.builders import START, mention
from warroom.domain.board import Board
from warroom.domain.events import MentionActed, Recorded
from warroom.domain.mention import Kept, Segment, reference
from warroom.domain.triage.topics import Topic
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
from warroom.services.sorting import Sorting

COMPLAINT = "The oat drink of lot 4471 gave my daughter a rash, and nobody answers the phone since Friday"


def kepts(*texts: str, segment: Segment | None = Segment.DISLIKE) -> list[Kept]:
    return [
        Kept(row, mention(row, text, author_handle=f"@a{row}.example"), segment) for row, text in enumerate(texts, 1)
    ]


def sorting(*texts: str) -> Sorting:
    one = Sorting(Triage(load_lexicon()), accounts=("@nordavena",))
    one.look(kepts(*texts))
    return one


def test_copies_share_a_group_and_others_do_not() -> None:
    one = sorting(COMPLAINT, "Is the plant closed today?", COMPLAINT + "!!", "RT @x: " + COMPLAINT)
    assert list(one.copies(1)) == list(one.copies(4)) == [1, 3, 4]
    assert list(one.copies(2)) == [2]
    assert list(one.copies(99)) == [99]
    assert one.group(3) == kepts(COMPLAINT)[0].mention.key
    assert one.group(99) is None


def test_topics_are_found_and_weighed() -> None:
    one = sorting(COMPLAINT, "lovely weather")
    assert Topic.INJURY in [said.topic for said in one.topics(1)]
    urgent = one.priority(kepts(COMPLAINT)[0], Board(), START)
    calm = one.priority(kepts("x", "lovely weather")[1], Board(), START)
    assert urgent.order > calm.order
    assert sum(part.points for part in urgent.parts) == urgent.points


def test_a_copy_that_was_answered_answers_the_others() -> None:
    one, board = sorting(COMPLAINT, COMPLAINT + "."), Board()
    first, second = kepts(COMPLAINT, COMPLAINT + ".")
    assert not one.signals(second, board, START).answered
    reply = MentionActed(mention=reference(first), act="reply")
    board.apply(1, Recorded(id="e", inc="room", agg="mention", actor="AM", wr="w", ws=1, prev="", at=START, data=reply))
    assert one.signals(second, board, START).answered


def test_who_names_our_account_speaks_to_us_and_waits() -> None:
    one = sorting("hello @Nordavena", "hello")
    two = kepts("hello @Nordavena", "hello")
    later = two[0].mention.at + timedelta(minutes=30)
    assert one.signals(two[0], Board(), later).addressed
    assert not one.signals(two[1], Board(), later).addressed
    assert one.signals(two[0], Board(), later).waiting == 30


def test_authors_are_counted_once_each() -> None:
    one = Sorting(Triage(load_lexicon()))
    same = [Kept(row, mention(row, "bad", author_handle="@a.example"), Segment.HATE) for row in (1, 2, 3)]
    one.look([*same, Kept(4, mention(4, "bad", author_handle="@b.example"), Segment.HATE)])
    assert one.authors.board[Segment.HATE] == 2


class Store:
    """Rows that grow, and may go back as a replay does."""

    def __init__(self, kepts: Sequence[Kept]) -> None:
        self.kepts = list(kepts)
        self.last = len(self.kepts)

    def page(self, first: int, last: int) -> Sequence[Kept]:
        return [kept for kept in self.kepts if first <= kept.row <= last]


async def test_it_follows_what_comes_in_and_starts_again_when_the_store_goes_back() -> None:
    store = Store(kepts(*[f"{COMPLAINT} {n % 7}" for n in range(200)]))
    one, told = Sorting(Triage(load_lexicon())), asyncio.Event()
    task = asyncio.get_running_loop().create_task(one.follow(store, lambda: store.last, told.set))
    try:
        await asyncio.wait_for(told.wait(), 10)
        assert one.upto == 200
        told.clear()
        store.last = 50
        await asyncio.wait_for(told.wait(), 10)
        assert one.upto == 50
        assert max(one.copies(1)) <= 50
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
