"""A reply is judged by the same checks in a crisis and in calm, with what we said before in the same conversation."""

import pytest

from tests.scenario import Scenario, declared, kept
from warroom.domain.events import Outcome
from warroom.domain.mention import Kept, Segment
from warroom.domain.reply import reply
from warroom.services.desk import Desk, DeskSettings
from warroom.services.replying import judge_reply

DESK = Desk(DeskSettings(limits={"forum": 40}, protected_names=("Ana Vidal",)))
SAME = "We are sorry. Only lot 4471 is affected, please keep the carton."


def told(scenario: Scenario, text: str, to: Kept | None = None, outcome: Outcome = "answer") -> set[str]:
    found = judge_reply(DESK, text, to or kept(), scenario.board, scenario.now, lang="en", outcome=outcome)
    return {finding.check for finding in found}


@pytest.mark.parametrize("scenario", [Scenario(), declared()], ids=["calm", "crisis"])
def test_a_reply_is_read_for_respect_gaps_names_and_length(scenario: Scenario) -> None:
    assert told(scenario, "It is lot 4471 only: help.nordavena.example") == set()
    assert {"R1", "C9", "H7"} <= told(scenario, "You are lying, [name]. Ana Vidal is well.")
    forum = kept(source="forum")
    assert "C5" in told(scenario, "It is lot 4471 only, and it is off the shelves.", forum)
    assert "R3" in told(scenario, SAME, outcome="monitor")
    loud = Kept(2, kept(2, followers=54_000).mention, Segment.HATE)
    assert "R5" in told(scenario, SAME, loud)


def test_what_we_said_before_in_the_conversation_is_known() -> None:
    scenario = declared()
    for row in (2, 3):
        assert "R2" not in told(scenario, SAME, kept(1, thread="t"))
        scenario.given(reply(kept(row, thread="t"), SAME))
    assert "R2" in told(scenario, SAME, kept(1, thread="t"))
    assert "R2" not in told(scenario, SAME, kept(1, thread="another"))
