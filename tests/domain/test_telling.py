"""What the operator decides of narratives."""

import pytest

from tests.scenario import Scenario
from warroom.domain.events import NarrativeMerged, NarrativeSplit
from warroom.domain.sentence import Refused
from warroom.domain.telling import merge, split
from warroom.domain.triage.narratives import Grouping, Narrative

KNOWN = [
    Narrative("big", ("#one",), ("big", "b2"), 40),
    Narrative("small", ("#two",), ("small", "s2", "s3"), 9),
]


def test_the_larger_one_keeps_its_place_whichever_was_marked_first() -> None:
    merged = NarrativeMerged(narrative="big", other="small")
    assert merge(KNOWN, "small", "big") == merge(KNOWN, "big", "small") == merged


def test_one_with_itself_or_one_that_went_quiet_is_refused() -> None:
    for one, other in (("big", "big"), ("big", "gone"), ("gone", "big")):
        with pytest.raises(Refused):
            merge(KNOWN, one, other)
    for narrative, group in (("gone", "g"), ("small", "b2")):
        with pytest.raises(Refused):
            split(KNOWN, narrative, group)


def test_the_board_keeps_what_was_decided() -> None:
    told = Scenario().given(merge(KNOWN, "big", "small"), split(KNOWN, "small", "s3"))
    assert told.board.grouping == Grouping(frozenset({("big", "small")}), frozenset({"s3"}))
    assert split(KNOWN, "small", "s3") == NarrativeSplit(narrative="small", group="s3")
