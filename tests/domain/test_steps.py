"""The plan's steps: ticking, finishing, skipping, deadlines."""

from datetime import timedelta
from functools import partial

from tests.scenario import START, declared
from warroom.domain.events import AnyEvent, StepEvent
from warroom.domain.incident import Incident
from warroom.domain.steps import (
    Standing,
    StepState,
    action_order,
    assign_step,
    finish_step,
    move_deadline,
    overdue,
    return_step,
    skip_step,
    tick_item,
    undo_step,
)


def test_a_step_with_open_lines_is_finished_only_explicitly() -> None:
    scenario = declared()
    assert "still open" in scenario.refused(lambda incident: finish_step(incident.steps, "freeze"))
    scenario.when(lambda incident: tick_item(incident.steps, "freeze", "posts"))
    scenario.when(lambda incident: tick_item(incident.steps, "freeze", "ads"))
    scenario.by("PG").when(lambda incident: finish_step(incident.steps, "freeze"))
    assert scenario.incident.steps["freeze"].done_by == "PG"
    assert scenario.refused(lambda incident: finish_step(incident.steps, "freeze")).startswith("This step is done")


def test_a_second_tick_takes_the_first_back() -> None:
    scenario = declared()
    for expected in ({"posts"}, set()):
        scenario.when(lambda incident: tick_item(incident.steps, "freeze", "posts"))
        assert scenario.incident.steps["freeze"].ticked == expected
    scenario.refused(lambda incident: tick_item(incident.steps, "freeze", "nothing"))
    scenario.refused(lambda incident: tick_item(incident.steps, "nowhere", "posts"))


def test_not_needed_has_a_reason_and_can_be_taken_back() -> None:
    scenario = declared()
    scenario.refused(lambda incident: skip_step(incident.steps, "freeze", ""))
    scenario.when(lambda incident: skip_step(incident.steps, "freeze", "nothing scheduled"))
    assert scenario.incident.steps["freeze"].skipped == "nothing scheduled"
    scenario.when(lambda incident: return_step(incident.steps, "freeze"))
    assert scenario.incident.steps["freeze"].is_open
    scenario.refused(lambda incident: return_step(incident.steps, "freeze"))


def test_a_late_step_is_told_once_and_again_when_its_deadline_moves() -> None:
    scenario = declared()
    assert overdue(scenario.incident.steps, START, START + timedelta(minutes=5)) == []
    late = overdue(scenario.incident.steps, START, START + timedelta(minutes=6))
    assert [event.step for event in late] == ["freeze"]
    scenario.given(*late)
    assert overdue(scenario.incident.steps, START, START + timedelta(minutes=6)) == []
    scenario.when(lambda incident: move_deadline(incident.steps, "freeze", 8))
    assert overdue(scenario.incident.steps, START, START + timedelta(minutes=8)) == []
    assert len(overdue(scenario.incident.steps, START, START + timedelta(minutes=9))) == 1
    scenario.refused(lambda incident: move_deadline(incident.steps, "freeze", -1))


def test_action_order_is_late_now_next_done() -> None:
    scenario = declared().when(lambda incident: skip_step(incident.steps, "objectives", "known"))
    now = START + timedelta(minutes=6)
    order = action_order(scenario.incident.steps, START, now)
    assert [state.id for state in order] == ["freeze", "first-word", "holding", "declare", "objectives"]
    assert [state.standing(START, now) for state in order] == [
        Standing.LATE,
        Standing.NOW,
        Standing.NEXT,
        Standing.DONE,
        Standing.NOT_NEEDED,
    ]


def test_an_owner_is_named_by_initials() -> None:
    scenario = declared().when(lambda incident: assign_step(incident.steps, "freeze", "JS", "AM"))
    assert (scenario.incident.steps["freeze"].owner, scenario.incident.steps["freeze"].backup) == ("JS", "AM")
    scenario.when(lambda incident: assign_step(incident.steps, "freeze", "PG"))
    assert scenario.incident.steps["freeze"].backup == "AM"
    scenario.refused(lambda incident: assign_step(incident.steps, "freeze", " "))


def test_every_act_on_a_step_is_taken_back_and_leaves_the_step_as_it_was() -> None:
    scenario = declared()
    for decide in (
        lambda incident: tick_item(incident.steps, "freeze", "posts"),
        lambda incident: finish_step(incident.steps, "freeze", items_open_ok=True),
        lambda incident: skip_step(incident.steps, "freeze", "nothing scheduled"),
        lambda incident: assign_step(incident.steps, "freeze", "JS", "AM"),
        lambda incident: move_deadline(incident.steps, "freeze", 9),
    ):
        before = scenario.incident.steps["freeze"]
        scenario.when(decide)
        act = scenario.log[-1].data
        assert isinstance(act, StepEvent)
        assert scenario.incident.steps["freeze"] != before
        scenario.when(partial(undone, before, act))
        assert scenario.incident.steps["freeze"] == before


def undone(before: StepState, act: StepEvent, incident: Incident) -> AnyEvent:
    return undo_step(incident.steps, before, act)


def test_what_somebody_has_changed_since_is_not_taken_back() -> None:
    scenario = declared()
    before = scenario.incident.steps["freeze"]
    scenario.when(lambda incident: move_deadline(incident.steps, "freeze", 9))
    act = scenario.log[-1].data
    assert isinstance(act, StepEvent)
    scenario.by("JS").when(lambda incident: move_deadline(incident.steps, "freeze", 12))
    assert "since" in scenario.refused(lambda incident: undo_step(incident.steps, before, act))
