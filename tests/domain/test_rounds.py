"""Steps that come back: the next deadline after each time, late again, counted; and proofs that wait for the rest."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.scenario import DECLARED, PLAN, START, Scenario
from warroom.domain.criteria import finish, judgements, proven
from warroom.domain.events import (
    AnyEvent,
    FeedLost,
    LinkAdded,
    ObjectivesConfirmed,
    Place,
    ShiftHandedOver,
    SpikeOver,
    SpikeSeen,
    StatementKind,
    StatementPublished,
    StatementRevised,
    StepDone,
    StepEscalated,
    StepProved,
    StepReturned,
)
from warroom.domain.incident import stand_down
from warroom.domain.plan import Item, Step
from warroom.domain.sentence import Refused
from warroom.domain.steps import (
    Standing,
    StepState,
    action_order,
    assign_step,
    escalations,
    finish_step,
    move_deadline,
    overdue,
    return_step,
    skip_step,
    tick_item,
    undo_step,
)
from warroom.services.words import english

ITEMS = (Item(id="board", name={"en": "Board", "es": "Tablero"}),)
BACK = replace(PLAN.steps[1], id="back", due=30, items=ITEMS, backup="legal")


def crisis(step: Step = BACK, *, proofs: str = "verified") -> Scenario:
    """A crisis with one step more."""
    plan = replace(PLAN, steps=(*PLAN.steps, step))
    return Scenario().given(replace(DECLARED, plan=plan, proofs=proofs))


def back(told: Scenario) -> StepState:
    return told.incident.steps["back"]


def done(told: Scenario, at: float) -> Scenario:
    told.now = START + timedelta(minutes=at)
    return told.when(lambda incident: finish_step(incident.steps, "back", items_open_ok=True))


def standing(told: Scenario, at: float) -> Standing:
    return back(told).standing(START, START + timedelta(minutes=at))


@pytest.mark.parametrize(
    ("step", "times", "dues"),
    [
        ({"every": 30}, (28, 60, 95), (58, 90, 125)),
        ({"every": 20, "until": 120}, (80, 99.5, 120), (100, 120, None)),
        ({"every": 20, "until": 120}, (118.2, 139), (139, None)),
        ({"again": (360, 1440)}, (120, 350, 1500), (360, 1440, None)),
        ({"again": (360, 1440)}, (400,), (1440,)),
        ({"every": 30, "again": (70,)}, (30, 45, 66), (60, 70, 96)),
        ({"spike": True}, (40,), (None,)),
    ],
    ids=["every", "until", "past until", "again", "again, one missed", "both", "spike"],
)
def test_the_next_deadline_follows_from_when_it_was_done(
    step: dict[str, object], times: tuple[float, ...], dues: tuple[int | None, ...]
) -> None:
    told = crisis(replace(BACK, **step))
    for number, (at, due) in enumerate(zip(times, dues, strict=True), 1):
        done(told, at)
        assert back(told).due == due if due is not None else not back(told).is_open
        assert [round.at for round in back(told).rounds] == [START + timedelta(minutes=at) for at in times[:number]]
    assert back(told).last == (told.now, "AM")


def test_between_two_times_the_step_is_settled_then_now_then_late_and_its_checklist_is_empty() -> None:
    told = crisis(replace(BACK, every=30)).when(lambda incident: tick_item(incident.steps, "back", "board"))
    done(told, 10)
    assert [standing(told, at) for at in (10, 24, 25, 40, 41)] == [
        Standing.DONE,
        Standing.DONE,
        Standing.NOW,
        Standing.NOW,
        Standing.LATE,
    ]
    assert back(told).ticked == frozenset()
    assert back(told).is_settled(START, START + timedelta(minutes=24))
    assert not back(told).is_settled(START, START + timedelta(minutes=25))
    order = [state.id for state in action_order(told.incident.steps, START, START + timedelta(minutes=24))]
    assert order.index("back") > order.index("holding")


def test_it_is_told_late_and_escalated_in_every_round() -> None:
    told = crisis(replace(BACK, every=30))
    for round in range(1, 3):
        late = START + timedelta(minutes=30 * round + 11)
        assert escalations(told.incident.steps, START, late, timedelta(minutes=10)) == [], "nobody was told yet"
        told.given(*(event for event in overdue(told.incident.steps, START, late) if event.step == "back"))
        assert escalations(told.incident.steps, START, late, timedelta(minutes=12)) == []
        called = escalations(told.incident.steps, START, late, timedelta(minutes=10))
        assert called == [StepEscalated(step="back", to="JS")]
        told.given(*called)
        assert all(event.step != "back" for event in overdue(told.incident.steps, START, late))
        done(told, 30 * round)


def test_a_new_spike_brings_it_back_once_it_was_done() -> None:
    told = crisis(replace(BACK, spike=True, again=(360,)))
    spike = (SpikeSeen(rate10=300, usual10=20), SpikeOver(rate10=20))
    told.minutes(5).given(*spike)
    assert back(told).due == 30
    done(told, 40)
    told.minutes(20).given(*spike)
    assert back(told).due == 75
    told.minutes(5).given(*spike)
    assert back(told).due == 75
    done(told, 90)
    assert back(told).due == 360
    done(told, 400)
    assert not back(told).is_open
    told.minutes(1).given(*spike)
    assert (back(told).is_open, back(told).due, len(back(told).rounds)) == (True, 416, 3)
    told.when(lambda incident: skip_step(incident.steps, "back", "over")).given(*spike)
    assert not back(told).is_open


def test_what_was_the_last_time_can_be_taken_back_and_a_moved_deadline_counts() -> None:
    told = crisis(replace(BACK, every=30, until=60))
    done(told, 30).when(lambda incident: move_deadline(incident.steps, "back", 65))
    done(told, 65)
    assert (back(told).is_open, len(back(told).rounds)) == (False, 2)
    told.when(lambda incident: return_step(incident.steps, "back"))
    assert (back(told).due, back(told).last) == (65, (START + timedelta(minutes=30), "AM"))


@pytest.mark.parametrize("until", [None, 30])
def test_who_completed_it_by_mistake_takes_it_back_and_finds_it_as_it_was(until: int | None) -> None:
    told = done(crisis(replace(BACK, every=30, until=until or 100)), 28)
    if until is None:
        told.when(lambda incident: tick_item(incident.steps, "back", "board"))
    else:
        told = crisis(replace(BACK, every=30, until=until)).when(lambda i: tick_item(i.steps, "back", "board"))
    before = back(told)
    done(told, 40)
    act = told.log[-1].data
    assert isinstance(act, StepDone)
    told.when(lambda incident: undo_step(incident.steps, before, act))
    assert back(told) == before
    assert "changed this step" in told.refused(lambda incident: undo_step(incident.steps, before, act))


def test_a_clock_that_was_set_back_makes_no_deadline_before_the_declaration() -> None:
    told = done(crisis(replace(BACK, every=30)), -60)
    assert back(told).due == 30


@pytest.mark.parametrize(
    ("criterion", "event", "words"),
    [
        (
            "objectives",
            ObjectivesConfirmed(objectives=("Nobody drinks it",)),
            "nobody has confirmed the objectives again since 13:32",
        ),
        (
            "handover",
            ShiftHandedOver(lead="PG", brief="0" * 64),
            "no incoming lead has confirmed the brief since 13:32",
        ),
    ],
)
def test_each_round_asks_anew_for_what_a_person_confirms(criterion: str, event: AnyEvent, words: str) -> None:
    told = done(crisis(replace(BACK, every=30, verify=(criterion,))).given(event), 30)
    told.minutes(-20)  # the order of the log counts, not the clock
    (seen,) = judgements(back(told).step, told.board, told.incident, told.now)
    assert (seen.met, english().say(seen.state)) == (False, words)
    told.given(event)
    (seen,) = judgements(back(told).step, told.board, told.incident, told.now)
    assert seen.met


# --- proofs ---------------------------------------------------------------------------------------------

PROVED = replace(BACK, proof="first_word", verify=("first-word", "links"), items=())


def published(told: Scenario, *places: Place, purpose: StatementKind = "first-word") -> Scenario:
    return told.given(
        StatementRevised(statement="S1", revision=1, text="We know.", purpose=purpose, lang="en"),
        StatementPublished(
            statement="S1", revision=1, digest="d", purpose=purpose, places=places, published_at=told.now
        ),
    )


def follows(told: Scenario) -> list[AnyEvent]:
    return list(proven(told.board, told.incident, told.now))


def test_a_proof_finishes_a_step_only_when_all_that_it_verifies_holds() -> None:
    told = crisis(PROVED)
    assert follows(told) == []
    published(told, Place("web", "https://a.example/1"), Place("x"))
    assert told.incident.steps["first-word"].last == (told.now, "AM")
    assert back(told).is_open
    assert follows(told) == [StepProved(step="back", missing=("links",))]
    told.given(*follows(told))
    assert follows(told) == []
    told.minutes(4).by("PG").given(LinkAdded(statement="S1", network="x", url="https://x.example/1", digest="d"))
    assert follows(told) == [StepDone(step="back")]
    told.given(*follows(told))
    assert back(told).last == (told.now, "PG")
    assert follows(told) == []


def test_with_everything_there_the_proof_is_enough_and_what_was_opened_again_waits_for_a_person() -> None:
    told = published(crisis(PROVED), Place("web", "https://a.example/1"))
    assert follows(told) == [StepDone(step="back")]
    told.given(*follows(told)).when(lambda incident: return_step(incident.steps, "back"))
    assert follows(told) == []


def test_a_step_that_waits_is_not_done_without_a_reason() -> None:
    told = published(crisis(PROVED), Place("x"))
    with pytest.raises(Refused):
        finish(told.board, "back", told.now)
    told.given(finish(told.board, "back", told.now, reason="the network is down"))
    assert (back(told).done_reason, follows(told)) == ("the network is down", [])


def test_in_a_log_of_before_the_proof_was_enough() -> None:
    told = published(crisis(PROVED, proofs="alone"), Place("x"))
    assert back(told).last == (told.now, "AM")
    assert follows(told) == []


@pytest.mark.parametrize(
    ("purpose", "counts"),
    [("first-word", False), ("holding", False), ("reply", False), ("update", True), ("full", True), ("apology", True)],
)
def test_an_update_is_what_tells_people_more(purpose: StatementKind, counts: bool) -> None:
    told = crisis(replace(BACK, proof="update", every=20, items=()))
    published(told.minutes(25), Place("web", "https://a.example/1"), purpose=purpose)
    assert (len(back(told).rounds), back(told).due) == ((1, 45) if counts else (0, 30))


def test_who_stands_down_has_given_the_reason_for_what_is_still_open() -> None:
    told = crisis(replace(BACK, proof="stand_down", verify=("quiet", "thawed"), items=()))
    told.given(FeedLost(feed="brand", since=told.now, reason="down"))
    told.when(lambda incident: stand_down(incident, "nobody speaks of it any more"))
    closed = told.board.incidents["oat-4471"]
    assert proven(told.board, closed, told.now) == [StepDone(step="back", reason="nobody speaks of it any more")]


def test_what_was_not_needed_any_more_comes_back_with_its_rounds() -> None:
    told = done(crisis(replace(BACK, every=30)), 28)
    told.when(lambda incident: skip_step(incident.steps, "back", "calm"))
    told.when(lambda incident: return_step(incident.steps, "back"))
    assert (back(told).is_open, back(told).due, len(back(told).rounds)) == (True, 58, 1)


def test_small_things_of_a_step_are_kept() -> None:
    told = crisis(replace(BACK, verify=("links",)))
    assert back(told).last is None
    told.when(lambda incident: move_deadline(incident.steps, "back", 0))
    assert back(told).due == 0
    told.when(lambda incident: assign_step(incident.steps, "back", " JS "))
    assert back(told).owner == "JS"
    told.given(finish(told.board, "back", told.now, items_open_ok=True, reason="the network is down"))
    before = back(told)
    told.when(lambda incident: return_step(incident.steps, "back"))
    act = told.log[-1].data
    assert isinstance(act, StepReturned)
    told.when(lambda incident: undo_step(incident.steps, before, act))
    assert back(told).done_reason == "the network is down"
