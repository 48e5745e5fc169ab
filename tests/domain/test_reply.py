"""The reply guide: where each path ends, what needs a reason, and what the log keeps of a reply."""

from collections.abc import Iterator
from typing import get_args

import pytest

from tests.scenario import Scenario, declared, kept
from warroom.domain.desk import act_on, undo_all
from warroom.domain.events import MentionActed, Outcome, decode, encode
from warroom.domain.mention import Kept
from warroom.domain.reply import (
    ANSWERED,
    CONSIDERATIONS,
    LONGEST_REPLY,
    NEXT,
    Proposal,
    Question,
    ahead,
    conversation,
    guide,
    reply,
    settled,
)
from warroom.domain.sentence import Refused

REPAIR = ("true:yes", "ours:yes")
RANT = ("true:no", "insult:yes")
THANKS = ("true:opinion", "insult:no", "fan:yes")


def paths(so_far: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Proposal]]:
    """Every way through the guide."""
    found = ahead(so_far)
    if isinstance(found, Proposal):
        yield so_far, found
    else:
        for answer in found.answers:
            yield from paths((*so_far, answer.id))


def test_every_path_ends_after_four_questions_at_most_and_nothing_lies_beside_them() -> None:
    ends = dict(paths())
    assert max(map(len, ends)) == 4
    reached = {path[:length] for path in ends for length in range(len(path) + 1)}
    assert reached == set(NEXT)
    assert {end.outcome for end in ends.values()} == set(get_args(Outcome))
    assert len(CONSIDERATIONS) == 5


def test_whether_it_is_true_is_asked_first_and_hostile_does_not_mean_wrong() -> None:
    first = ahead(())
    assert isinstance(first, Question)
    assert first.id == "true"
    assert ends(*REPAIR) == "repair"


def ends(*answers: str, people: int | None = None) -> str:
    found = ahead(answers, people)
    assert isinstance(found, Proposal)
    return found.outcome


def test_the_chart_with_its_corrections() -> None:
    assert ends("true:no", "insult:no") == "correct"
    assert ends("true:yes", "ours:no", "insult:no", "fan:yes") == "thank"
    assert ends("true:yes", "ours:no", "insult:no", "fan:no") == "let-stand"
    assert ends("true:opinion", "insult:no", "fan:asks") == "answer"
    assert ends("true:unknown", "insult:no") == "escalate"
    for path, end in paths():
        if "insult:threat" in path:
            assert end.outcome == "escalate"
        if "insult:yes" in path:
            assert end.outcome == "monitor"


def test_a_wrong_and_rude_post_that_many_read_is_corrected_for_the_audience() -> None:
    assert ends(*RANT) == ends(*RANT, people=300) == "monitor"
    assert ends(*RANT, people=10_000) == "correct"
    assert ends("true:opinion", "insult:yes", people=900_000) == "monitor"


def test_answers_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(Refused):
        ahead(("insult:yes", "true:no"))
    with pytest.raises(Refused, match="Answer first"):
        guide(kept(), ("true:yes",), "repair")


def test_to_watch_only_needs_a_reason_and_so_does_what_departs_from_the_proposal() -> None:
    with pytest.raises(Refused, match="only watched"):
        guide(kept(), RANT, "monitor", "  ")
    assert guide(kept(), RANT, "monitor", " a rant, 300 readers ").reason == "a rant, 300 readers"
    with pytest.raises(Refused, match="proposes something else"):
        guide(kept(), RANT, "correct")
    assert guide(kept(), REPAIR, "repair").reason == ""
    assert len(guide(kept(), RANT, "monitor", "x" * 9_000).reason) == 500


def test_only_watched_stays_visible_on_the_mark_and_is_a_line_of_the_timeline() -> None:
    scenario = declared()
    scenario.given(guide(kept(), RANT, "monitor", "a rant"), act_on(scenario.board.desk, kept(), "ignore"))
    mark = scenario.board.desk.mark("x|1")
    assert (mark.watched, mark.why, mark.state) == (True, "a rant", "ignore")
    assert [line.recorded.data.typ for line in scenario.board.timeline][-1] == "mention.guided"
    scenario.given(guide(kept(), REPAIR, "repair"))
    assert not scenario.board.desk.mark("x|1").watched


def test_where_the_guide_ends_without_a_reply_the_mention_is_no_longer_new() -> None:
    scenario = declared()
    desk = scenario.board.desk
    acts = {outcome: act for outcome in get_args(Outcome) if (act := settled(desk, kept(), outcome)) is not None}
    assert {outcome: act.act for outcome, act in acts.items()} == {
        "let-stand": "ignore",
        "monitor": "ignore",
        "escalate": "escalate",
    }
    scenario.given(acts["monitor"])
    assert settled(desk, kept(), "let-stand") is None
    assert set(ANSWERED).isdisjoint(acts)


def test_a_reply_is_kept_with_its_conversation_and_taken_back_with_it() -> None:
    scenario = declared()
    desk = scenario.board.desk
    first, second = kept(1, thread="t"), kept(2, in_reply_to="t")
    assert conversation(first.mention) == conversation(second.mention) == "x|t"
    assert conversation(kept(3).mention) == "x|3"
    scenario.given(reply(first, " We are sorry. "), reply(second, "It is lot 4470."), reply(kept(3), "Elsewhere."))
    assert desk.replies("x|t") == ("We are sorry.", "It is lot 4470.")
    assert desk.mark("x|1").state == "reply"
    scenario.given(*undo_all(desk, [scenario.log[-2]]))
    assert desk.replies("x|t") == ("We are sorry.",)
    assert desk.replies("x|nothing") == ()


def test_a_reply_that_a_check_holds_goes_out_with_a_reason_only_and_a_gap_never() -> None:
    with pytest.raises(Refused, match="empty"):
        reply(kept(), " ")
    with pytest.raises(Refused, match="Held by"):
        reply(kept(), "You are lying.", held=("R1",))
    with pytest.raises(Refused, match="brackets"):
        reply(kept(), "Thank you. [name]", held=("C9",), reason="in a hurry")
    said = reply(kept(), "You are lying.", held=("R1",), reason="Legal asks for it")
    assert (said.overridden, said.reason) == (("R1",), "Legal asks for it")
    before = len(declared().board.timeline)
    assert len(declared().given(said).board.timeline) == before + 1
    assert len(declared().given(reply(kept(), "Thank you.", reason="unasked")).board.timeline) == before
    assert len(reply(kept(), "x" * 90_000).text) == LONGEST_REPLY


def test_what_was_done_together_is_undone_together() -> None:
    scenario = declared()
    desk = scenario.board.desk
    scenario.given(act_on(desk, kept(), "escalate"))
    at = len(scenario.log)
    scenario.given(guide(kept(), THANKS, "thank"), reply(kept(), "Thank you."))
    both = scenario.log[at:]
    scenario.given(*undo_all(desk, both))
    mark = desk.mark("x|1")
    assert (mark.state, mark.outcome) == ("escalate", None)
    assert desk.replies("x|1") == ()


def test_acts_that_somebody_has_acted_upon_since_are_not_undone() -> None:
    scenario = declared()
    desk = scenario.board.desk
    at = len(scenario.log)
    scenario.given(guide(kept(), THANKS, "thank"), reply(kept(), "Thank you."))
    both = scenario.log[at:]
    scenario.by("JS").given(act_on(desk, kept(), "escalate"))
    assert "cannot be undone" in scenario.refused(lambda _: undo_all(desk, both))


def test_an_older_log_has_replies_without_a_text() -> None:
    scenario: Scenario = declared().given(MentionActed(mention=reply(kept(), "x").mention, act="reply"))
    body = encode(scenario.log[-1])
    assert b'"text"' not in body
    assert decode(body).data == scenario.log[-1].data


def test_the_number_of_readers_is_the_mentions_own() -> None:
    loud: Kept = kept(1, followers=54_000)
    assert guide(loud, RANT, "correct").outcome == "correct"
