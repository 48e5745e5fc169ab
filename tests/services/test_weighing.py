"""Weighing: how soon a mention is to be read, by all that is known of it and by the word of a person."""

from datetime import timedelta

from tests.builders import START, mention
from tests.services.test_sorting import COMPLAINT, kepts
from warroom.domain.board import Board
from warroom.domain.desk import read_sooner
from warroom.domain.events import MentionActed, Recorded
from warroom.domain.mention import Kept, Segment, reference
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
from warroom.services.sorting import Rules, Sorting
from warroom.services.weighing import Weighing


def weighing(*texts: str) -> Weighing:
    one = Sorting(Triage(load_lexicon()), Rules(accounts=("@nordavena",)))
    one.look(kepts(*texts))
    return Weighing(one)


def test_a_danger_weighs_more_than_the_weather() -> None:
    one = weighing(COMPLAINT, "lovely weather")
    urgent = one.priority(kepts(COMPLAINT)[0], Board(), START)
    calm = one.priority(kepts("x", "lovely weather")[1], Board(), START)
    assert urgent.order > calm.order
    assert sum(part.points for part in urgent.parts) == urgent.points


def test_a_copy_that_was_answered_answers_the_others() -> None:
    one, board = weighing(COMPLAINT, COMPLAINT + "."), Board()
    first, second = kepts(COMPLAINT, COMPLAINT + ".")
    assert not one.signals(second, board, START).answered
    reply = MentionActed(mention=reference(first), act="reply")
    board.apply(1, Recorded(id="e", inc="room", agg="mention", actor="AM", wr="w", ws=1, prev="", at=START, data=reply))
    assert one.signals(second, board, START).answered


def test_who_names_our_account_speaks_to_us_and_waits() -> None:
    one = weighing("hello @Nordavena", "hello")
    two = kepts("hello @Nordavena", "hello")
    later = two[0].mention.at + timedelta(minutes=30)
    assert one.signals(two[0], Board(), later).addressed
    assert not one.signals(two[1], Board(), later).addressed
    assert one.signals(two[0], Board(), later).waiting == 30


def ranked_by(one: Weighing, board: Board, kept: Kept, actor: str, *, sooner: bool) -> None:
    found = one.ranked(kept, board, START)
    said = read_sooner(kept, found.rank, found.priority.rank, found.priority.points, sooner=sooner)
    envelope = Recorded(
        id=f"e{board.pos}", inc="room", agg="m", actor=actor, wr="w", ws=1, prev="", at=START, data=said
    )
    board.apply(board.pos + 1, envelope)


def test_the_word_of_a_person_goes_before_the_points_and_holds_for_later_copies() -> None:
    one, board = weighing(COMPLAINT, COMPLAINT + "!", "lovely weather"), Board()
    first, copy, other = kepts(COMPLAINT, COMPLAINT + "!", "lovely weather")
    by_points = one.ranked(first, board, START)
    assert (by_points.rank, by_points.by) == (by_points.priority.rank, "")
    ranked_by(one, board, first, "AM", sooner=False)
    for kept in (first, copy):
        found = one.ranked(kept, board, START)
        assert (found.rank, found.by, found.priority.rank) == ("P2", "AM", "P1")
    assert one.ranked(other, board, START).by == ""
    ranked_by(one, board, copy, "PG", sooner=False)
    later = Kept(4, mention(4, "RT @x: " + COMPLAINT), Segment.DISLIKE)
    one.sorting.look([later])
    assert (one.ranked(later, board, START).rank, one.ranked(later, board, START).by) == ("P3", "PG")


def test_a_word_moves_a_mention_to_the_end_of_another_rank_or_to_its_beginning() -> None:
    one, board = weighing("lovely weather", "Is the plant closed today?"), Board()
    low, asks = kepts("lovely weather", "Is the plant closed today?")
    assert one.ranked(asks, board, START).order > one.ranked(low, board, START).order
    ranked_by(one, board, low, "AM", sooner=True)
    assert one.ranked(low, board, START).order > one.ranked(asks, board, START).order


def test_who_is_on_the_list_weighs_more_whatever_the_at_and_the_capitals() -> None:
    plain = Weighing(Sorting(Triage(load_lexicon())))
    listed = Weighing(Sorting(Triage(load_lexicon()), Rules(known=["@A1.Example"])))
    kept = kepts("lovely weather")[0]
    more = [part.points for part in listed.priority(kept, Board(), START).parts if part.name == "known"]
    assert more == [plain.sorting.rules.weights.known]
    assert not plain.signals(kept, Board(), START).known


def test_a_longer_name_than_ours_is_not_ours() -> None:
    texts = ("hello @nordavenafans", "mail to me@nordavena", "hello (@NORDAVENA), really")
    one = weighing(*texts)
    assert [one.signals(kept, Board(), START).addressed for kept in kepts(*texts)] == [False, False, True]
