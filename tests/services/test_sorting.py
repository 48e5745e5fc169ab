"""Sorting on a real store: copies, topics and authors of the newest mentions, whatever the pages."""

from collections.abc import Iterator
from random import Random

import pytest

from tests.builders import START, mention
from warroom.domain.board import Board
from warroom.domain.events import MentionLabelled, Recorded
from warroom.domain.mention import Kept, Reading, Segment, reference
from warroom.domain.triage.labels import Given, Labels
from warroom.domain.triage.topics import Topic
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
from warroom.services.sorting import Sorting, author_of

COMPLAINT = "The oat drink of lot 4471 gave my daughter a rash, and nobody answers the phone since Friday"


def kepts(*texts: str, segment: Segment | None = Segment.DISLIKE) -> list[Kept]:
    return [
        Kept(row, mention(row, text, author_handle=f"@a{row}.example"), segment) for row, text in enumerate(texts, 1)
    ]


def sorting(*texts: str) -> Sorting:
    one = Sorting(Triage(load_lexicon()))
    one.look(kepts(*texts))
    return one


def test_copies_share_a_group_and_others_do_not() -> None:
    one = sorting(COMPLAINT, "Is the plant closed today?", COMPLAINT + "!!", "RT @x: " + COMPLAINT)
    assert list(one.copies(1)) == list(one.copies(4)) == [1, 3, 4]
    assert list(one.copies(2)) == [2]
    assert list(one.copies(99)) == [99]
    assert one.group(3) == kepts(COMPLAINT)[0].mention.key
    assert one.group(99) is None


def test_who_copies_a_text_is_counted_once() -> None:
    bot = [Kept(row, mention(row, COMPLAINT, author_handle="@bot.example"), Segment.HATE) for row in range(1, 600)]
    one = Sorting(Triage(load_lexicon()))
    one.look([*bot, Kept(600, mention(600, COMPLAINT + "!", author_handle="@b.example"), Segment.HATE)])
    group = one.group(600)
    assert group is not None
    assert len(one.rows_of(group)) == 600
    assert one.people_of(group) == 2
    assert one.people_of("unknown") == 0


def test_topics_are_found() -> None:
    one = sorting(COMPLAINT, "lovely weather")
    assert Topic.INJURY in [said.topic for said in one.topics(1)]
    assert not one.topics(2)


def test_authors_are_counted_once_each() -> None:
    one = Sorting(Triage(load_lexicon()))
    same = [Kept(row, mention(row, "bad", author_handle="@a.example"), Segment.HATE) for row in (1, 2, 3)]
    one.look([*same, Kept(4, mention(4, "bad", author_handle="@b.example"), Segment.HATE)])
    assert one.authors.board[Segment.HATE] == 2


async def test_what_came_before_the_newest_is_looked_at_later_and_known_as_if_it_had_been_seen_come_in() -> None:
    chance = Random(4471)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(2_000)]
    others = [" ".join(chance.sample(words, 12)) for _ in range(400)]
    texts = [f"{COMPLAINT} {'!' * (n % 3)}" if n % 4 == 0 else other for n, other in enumerate(others)]
    segments = [Segment.HATE, Segment.LIKE, Segment.LOVE]
    given = [
        Kept(row, mention(row, text, author_handle=f"@a{row % 50}.example"), segments[row * 7 % 3])
        for row, text in enumerate(texts, 1)
    ]
    live, opened = Sorting(Triage(load_lexicon())), Sorting(Triage(load_lexicon()))
    live.look(given)
    opened.since = 301
    opened.look(given[300:])
    assert opened.may_look_back
    assert len(opened.copies(397)) == 25
    for first in range(300, 0, -60):
        opened.look_back(given[first - 60 : first])
    assert not opened.may_look_back
    assert [list(opened.copies(row)) for row in range(1, 401)] == [list(live.copies(row)) for row in range(1, 401)]
    assert opened.authors.board == live.authors.board
    assert [opened.topics(row) for row in range(1, 401)] == [live.topics(row) for row in range(1, 401)]
    assert opened.family(given[0].mention.key) == live.family(given[0].mention.key)
    assert list(opened.dangers(START)) == list(live.dangers(START))[-25:]


def test_when_there_is_no_more_room_the_oldest_goes_also_if_it_was_looked_at_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("warroom.services.sorting.MOST", 4)
    texts = ["one apple a day", "lovely weather here", "violin on Thursday", "the train is late", "blue curtains"]
    given = kepts(*texts)
    one = Sorting(Triage(load_lexicon()))
    one.since = 3
    one.look(given[2:4])
    one.look_back(given[:2])
    assert not one.may_look_back
    one.look(given[4:])
    assert [one.found(row) is not None for row in range(1, 6)] == [False, True, True, True, True]


def test_dangers_are_told_once_and_the_press_is_none() -> None:
    journalist = "I am a journalist at Diario Ejemplo and I am writing a story, please comment"
    one = sorting(COMPLAINT, journalist)
    assert Topic.PRESS in [said.topic for said in one.topics(2)]
    assert list(one.dangers(START)) == [author_of(kepts(COMPLAINT)[0].mention)]
    assert list(one.dangers(START)) == []


class Counted(Labels):
    """Labels that count how often all of them were gone through."""

    times = 0

    def spoken(self) -> Iterator[Given]:
        self.times += 1
        return super().spoken()


def labelled(board: Board, one: Kept, segment: Segment, group: str = "") -> None:
    board.labels.apply(
        Recorded(
            id=f"{one.row} {segment}", inc="room", agg="", actor="AM", wr="w", ws=1, prev="", at=START,
            data=MentionLabelled(
                mention=reference(one), segment=segment, judgement="corrected", group=group
            ),
        )
    )  # fmt: skip


def test_what_was_said_is_gone_through_once_however_many_slices_are_looked_at() -> None:
    chance, board = Random(7), Board()
    board.labels = Counted()
    texts = [
        " ".join(chance.choices(["scam", "refund", "train", "late", "oat", "lot", "rash"], k=9)) for _ in range(40)
    ]
    told = kepts(*(chance.choice(texts) for _ in range(300)))
    whole = Sorting(Triage(load_lexicon()))
    whole.look(told)
    for kept in chance.sample(told, 60):
        labelled(board, kept, chance.choice([Segment.LOVE, Segment.LIKE, Segment.HATE]), whole.group(kept.row) or "")
    one = Sorting(Triage(load_lexicon()))
    one.begin(201)
    for first in range(200, 300, 10):
        one.look(told[first : first + 10])
        one.said(told[0], board)
    for first in range(190, -10, -10):
        one.look_back(told[first : first + 10])
        one.said(told[0], board)
    assert board.labels.times == 1
    anew = {kept.row: one.said(kept, board) for kept in told}
    board.labels.version += 1
    assert anew == {kept.row: one.said(kept, board) for kept in told}
    assert len(set(anew.values())) == 4


def test_where_one_who_wrote_much_stands_is_the_same_whether_it_was_seen_come_in_or_looked_at_later() -> None:
    segments = [Segment.HATE, Segment.LOVE, Segment.LIKE, Segment.DISLIKE, Segment.NEUTRAL]
    given = [
        Kept(row, mention(row, f"{COMPLAINT} {row}", author_handle="@much.example"), segments[row * row % 5])
        for row in range(1, 301)
    ]
    live, opened = Sorting(Triage(load_lexicon())), Sorting(Triage(load_lexicon()))
    live.look(given)
    opened.since = 300
    opened.look(given[299:])
    for kept in reversed(given[:299]):
        opened.look_back([kept])
    assert opened.authors.board == live.authors.board
    moved = [(row, Reading(Segment.LOVE)) for row in range(241, 301)]
    opened.move(moved)
    assert opened.authors.board[Segment.LOVE] == 1, "the newest say where somebody stands"
