"""What the operator decides of narratives."""

import pytest

from tests.scenario import Scenario
from warroom.domain.board import Board
from warroom.domain.events import NarrativeMerged, NarrativeSplit, NarrativeUndone, Recorded
from warroom.domain.sentence import Refused
from warroom.domain.telling import merge, split, take_back
from warroom.domain.triage.narratives import Grouping, Narrative
from warroom.domain.triage.narratives import merge as merge_of

KNOWN = [
    Narrative("big", ("#one",), ("big", "b2"), 40),
    Narrative("small", ("#two",), ("small", "s2", "s3"), 9),
    Narrative("alone", ("some words",), ("alone",), 4),
]


def test_the_larger_one_keeps_its_place_whichever_was_marked_first() -> None:
    merged = NarrativeMerged(narrative="big", other="small")
    assert merge(KNOWN, "small", "big") == merge(KNOWN, "big", "small") == merged


def test_one_with_itself_or_one_that_went_quiet_is_refused() -> None:
    for one, other in (("big", "big"), ("big", "gone"), ("gone", "big")):
        with pytest.raises(Refused):
            merge(KNOWN, one, other)
    for narrative, group in (("gone", "g"), ("small", "b2"), ("alone", "alone")):
        with pytest.raises(Refused):
            split(KNOWN, narrative, group)


def test_the_board_keeps_what_was_decided() -> None:
    told = Scenario().given(merge(KNOWN, "big", "small"), split(KNOWN, "small", "s3"))
    assert told.board.grouping == Grouping(frozenset({("big", "small")}), frozenset({"s3"}))
    assert split(KNOWN, "small", "s3") == NarrativeSplit(narrative="small", group="s3")


def test_what_was_said_is_taken_back_to_what_was_before_and_only_once() -> None:
    told = Scenario().given(split(KNOWN, "small", "s3"))
    before = told.board.grouping
    told.given(merge(KNOWN, "big", "small"), merge(KNOWN, "alone", "small"))
    last = recorded_last(told.board)
    undone = take_back(told.board.regrouped, last)
    assert undone == NarrativeUndone(narrative="small", event=last.id)
    told.given(undone)
    with pytest.raises(Refused):
        take_back(told.board.regrouped, last)
    assert told.board.grouping == merge_of(before, "big", "small")


def recorded_last(board: Board) -> Recorded:
    return max(line for lines in board.timelines.values() for line in lines if line.pos == board.pos).recorded
