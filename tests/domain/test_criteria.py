"""What the program sees of a step before anybody says "done": each criterion unmet and met, and the reason it asks."""

from datetime import timedelta
from typing import get_args

import pytest
from msgspec.structs import replace

from tests.domain.test_clocks import CLOCKED
from tests.scenario import DECLARED, PLAN, Scenario, kept
from warroom.domain.aftermath import agree_action, answer_question, note_question
from warroom.domain.clocks import exclude_clock, meet_clock, start_clock
from warroom.domain.criteria import Judgement, finish, judge, judgements
from warroom.domain.desk import act_on
from warroom.domain.events import (
    FeedLost,
    LinkAdded,
    Place,
    ShiftHandedOver,
    SpikeOver,
    SpikeSeen,
    StatementKind,
    StatementPublished,
    StatementRevised,
)
from warroom.domain.freeze import hold, list_item, release
from warroom.domain.incident import confirm_objectives
from warroom.domain.ledger import answer_rumour, keep_promise, make_promise, record_fact
from warroom.domain.mention import Segment
from warroom.domain.plan import Criterion
from warroom.domain.seats import name_seat, take_seat
from warroom.domain.sentence import Refused
from warroom.domain.stance import choose_stance
from warroom.services.words import english


def crisis() -> Scenario:
    """A crisis with regulators' clocks, where every step asks for what the program can see."""
    steps = tuple(replace(step, verify=("freeze",)) if step.id == "freeze" else step for step in PLAN.steps)
    return Scenario().given(replace(DECLARED, plan=replace(CLOCKED, steps=steps)))


def seen(told: Scenario, criterion: Criterion) -> Judgement:
    return judge(criterion, told.board, told.incident, told.now)


def said(told: Scenario, criterion: Criterion) -> tuple[bool, str]:
    judgement = seen(told, criterion)
    return judgement.met, english().say(judgement.state)


def published(told: Scenario, purpose: StatementKind = "first-word", *, url: str | None = None) -> None:
    told.given(
        StatementRevised(statement="S1", revision=1, text="We know.", purpose=purpose, lang="en"),
        StatementPublished(
            statement="S1",
            revision=1,
            digest="d",
            purpose=purpose,
            places=(Place("web", url),),
            published_at=told.now,
        ),
    )


@pytest.mark.parametrize("criterion", get_args(Criterion))
def test_every_criterion_says_how_it_stands_at_the_declaration(criterion: Criterion) -> None:
    met, state = said(crisis(), criterion)
    assert met == (criterion in ("rumours", "audiences", "promises", "thawed"))
    assert (state and state[0].islower()) or state[0].isdigit()
    assert not state.endswith(".")
    assert "{" not in state


def test_the_freeze_is_done_when_nothing_is_undecided() -> None:
    told = crisis()
    told.when(lambda i: list_item(i.freeze, "Autumn sale")).when(lambda i: list_item(i.freeze, "Recipe of the week"))
    told.when(lambda i: hold(i.freeze, "Z1"))
    assert said(told, "freeze") == (False, "1 scheduled post is undecided")
    told.when(lambda i: release(i.freeze, "Z2", "it is the help line"))
    assert said(told, "freeze") == (True, "all 2 scheduled posts are decided")
    assert said(told, "thawed") == (False, "1 scheduled post is still frozen")
    told.when(lambda i: release(i.freeze, "Z1"))
    assert said(told, "thawed") == (True, "the freeze is lifted")


def test_a_step_is_refused_while_something_is_missing_unless_a_reason_is_given() -> None:
    told = crisis()
    with pytest.raises(Refused) as refusal:
        finish(told.board, "freeze", told.now, items_open_ok=True)
    assert english().say(refusal.value.sentence) == (
        "It is not done yet: nothing is on the freeze list yet. Say why it is done all the same."
    )
    with pytest.raises(Refused):
        finish(told.board, "freeze", told.now, items_open_ok=True, reason="  ")
    done = finish(told.board, "freeze", told.now, items_open_ok=True, reason="nothing was scheduled")
    told.given(done)
    assert told.incident.steps["freeze"].done_reason == "nothing was scheduled"


def test_a_reason_is_not_kept_where_nothing_was_missing() -> None:
    told = crisis().when(lambda i: list_item(i.freeze, "Autumn sale")).when(lambda i: hold(i.freeze, "Z1"))
    assert finish(told.board, "freeze", told.now, items_open_ok=True, reason="because").reason == ""


def test_what_the_program_cannot_see_is_left_to_the_person() -> None:
    told = crisis()
    step = told.incident.plan.steps[1]
    assert [judgement.criterion for judgement in judgements(step, told.board, told.incident, told.now)] == ["freeze"]
    assert judgements(told.incident.plan.steps[0], told.board, told.incident, told.now) == ()
    assert finish(told.board, "first-word", told.now).step == "first-word"


def test_seats_count_who_has_said_here_and_name_the_empty_one() -> None:
    told = crisis()
    assert said(told, "seats") == (False, "0 of 3 roles have said “here”")
    for role, who in (("lead", "AM"), ("comms", "PG"), ("community", "PG")):
        told.given(take_seat(told.incident.plan, told.incident.roles, told.incident.seats, role, who))
    assert said(told, "seats") == (True, "3 of 3 roles have said “here”")
    told.when(lambda i: name_seat(i.plan, i.roles, "comms", "LR"))
    assert said(told, "seats") == (False, "2 of 3 roles have said “here”")
    empty = Scenario().given(replace(DECLARED, roles={"lead": "AM"}))
    assert said(empty, "seats") == (False, "nobody is comms yet")


def test_objectives_are_to_be_read_again_after_a_spike() -> None:
    told = crisis().when(lambda i: confirm_objectives(i, i.objectives))
    assert said(told, "objectives") == (True, "the objectives are confirmed, by AM at 13:02")
    told.minutes(1).given(SpikeSeen(rate10=400, usual10=20))
    assert not seen(told, "objectives").met


def test_a_fact_counts_with_its_source_and_a_rumour_never() -> None:
    told = crisis().when(lambda i: record_fact(i.facts, "Glass in the jars", rumour=True, source="a chat"))
    assert said(told, "facts") == (False, "no fact is confirmed yet")
    assert said(told, "rumours") == (False, "1 rumour has no answer yet")
    told.when(lambda i: answer_rumour(i.facts, "F1", "There is no glass line in this plant."))
    assert said(told, "rumours")[0]
    told.when(lambda i: record_fact(i.facts, "Lot 4471 was filled on Tuesday"))
    assert said(told, "facts") == (False, "no confirmed fact names its source")
    told.when(lambda i: record_fact(i.facts, "Lot 4471 has 12,000 packs", source="filling log"))
    assert said(told, "facts") == (True, "1 confirmed fact has a source")


def test_questions_are_three_and_each_is_answered() -> None:
    told = crisis()
    for text in ("Is it safe?", "Which lot?", "Where do I give it back?"):
        told.given(note_question(told.incident.questions, text))
    assert said(told, "questions") == (True, "3 top questions are written down")
    assert said(told, "answered") == (False, "3 top questions have no answer yet")
    for question in ("Q1", "Q2", "Q3"):
        told.given(answer_question(told.incident.questions, question))
    assert seen(told, "answered").met


def test_an_audience_that_spoke_waits_for_an_answer_of_this_crisis() -> None:
    told = crisis()
    told.board.pulse.count(1, Segment.DISLIKE)
    told.board.pulse.count(1, Segment.LOVE)
    assert said(told, "audiences") == (False, "0 of 2 audiences have had an answer")
    told.given(act_on(told.board.desk, kept(), "reply"))
    assert said(told, "audiences") == (False, "1 of 2 audiences have had an answer")


def test_an_answer_from_before_the_crisis_answers_nobody_in_it() -> None:
    told = Scenario().minutes(-60)
    told.board.pulse.count(1, Segment.DISLIKE)
    told.given(act_on(told.board.desk, kept(), "reply")).minutes(60).given(DECLARED)
    assert said(told, "audiences") == (False, "0 of 1 audiences have had an answer")


def test_what_is_out_is_out_since_a_time_and_links_are_missed() -> None:
    told = crisis().minutes(12)
    published(told)
    assert said(told, "first-word") == (True, "it is out since 13:14")
    assert not seen(told, "holding").met
    assert said(told, "links") == (False, "1 link is missing")
    told.given(LinkAdded(statement="S1", network="web", url="https://nordavena.example/1"))
    assert said(told, "links") == (True, "every published text has its link")
    published(told, "holding", url="https://nordavena.example/2")
    assert seen(told, "holding").met


def test_a_promise_is_overdue_only_after_its_time() -> None:
    told = crisis()
    told.when(lambda i: make_promise(i.promises, "next word", told.now + timedelta(minutes=30)))
    assert said(told, "promises") == (True, "1 promise is open, not yet due")
    told.minutes(31)
    assert said(told, "promises") == (False, "1 promise is overdue")
    told.when(lambda i: keep_promise(i.promises, "P1"))
    assert said(told, "promises") == (True, "no promise is open")


def test_regulators_are_decided_then_met_or_ruled_out() -> None:
    told = crisis()
    assert said(told, "clocks") == (False, "2 clocks are undecided")
    told.when(lambda i: exclude_clock(i.plan, "sec", "not listed"))
    told.when(lambda i: start_clock(i.plan, i.clocks, "nis2", told.now, told.now))
    assert seen(told, "clocks").met
    assert said(told, "regulators") == (False, "1 clock is running")
    for stage in ("early", "full"):
        told.given(meet_clock(told.incident.plan, told.incident.clocks, "nis2", stage))
    assert seen(told, "regulators").met
    none = Scenario().given(DECLARED)
    assert said(none, "regulators") == (True, "the plan has no clock for this kind of crisis")


def test_quiet_counts_from_the_end_of_the_spike_and_nobody_blind_claims_it() -> None:
    told = crisis().minutes(5).given(SpikeSeen(rate10=400, usual10=20))
    assert said(told, "quiet") == (False, "the spike is not over")
    told.minutes(30).given(SpikeOver(rate10=20)).minutes(119)
    assert said(told, "quiet") == (False, "quiet for 1 h 59 min; the plan asks for 2 h")
    told.minutes(1)
    assert seen(told, "quiet").met
    told.given(FeedLost(feed="brand", since=told.now, reason="gone"))
    assert said(told, "quiet") == (False, "1 source is blind: calm cannot be told")


def test_a_clock_that_jumps_back_breaks_nothing() -> None:
    told = crisis().minutes(5).given(SpikeSeen(rate10=400, usual10=20)).given(SpikeOver(rate10=20)).minutes(-600)
    assert said(told, "quiet")[1].startswith("quiet for 0 s")
    for criterion in get_args(Criterion):
        assert said(told, criterion)[1]


def test_the_last_word_comes_after_the_last_spike() -> None:
    told = crisis().minutes(5)
    published(told)
    assert seen(told, "final-word").met
    told.minutes(5).given(SpikeSeen(rate10=400, usual10=20)).minutes(5).given(SpikeOver(rate10=20))
    assert said(told, "final-word") == (False, "nothing was published since the last spike")
    told.minutes(5)
    published(told, "full")
    assert said(told, "final-word") == (True, "the last word is from 13:22")


def test_the_rest_is_seen_from_its_event() -> None:
    told = crisis()
    told.when(lambda i: choose_stance(i.plan, "unknown"))
    assert said(told, "stance") == (True, "the kind of crisis is chosen, by AM")
    told.by("JS").given(ShiftHandedOver(lead="JS", brief="0" * 64))
    assert said(told, "handover") == (True, "JS has confirmed the brief at 13:02")
    told.when(lambda i: agree_action(i.actions, "Second line for calls", "PG", "2026-05-31"))
    assert said(told, "actions") == (True, "1 action has an owner and a day")
