"""The report of a drill: every deadline that was due has its line, with the time that it took."""

from datetime import UTC, timedelta

from msgspec.structs import replace

from tests.scenario import DECLARED, PLAN, START, Scenario
from warroom.domain.steps import finish_step, return_step, skip_step
from warroom.services.exercise import load_exercise
from warroom.services.scorecard import card, told
from warroom.services.words import Words

FREEZE = PLAN.steps[1]


def crisis() -> Scenario:
    """A crisis whose freeze comes back every half hour; it is first due after five minutes."""
    plan = replace(PLAN, steps=(replace(FREEZE, every=30, items=()), *PLAN.steps[2:]))
    return Scenario().given(replace(DECLARED, plan=plan))


def lines(scenario: Scenario, minutes: float) -> list[str]:
    """What the report says of the freeze, so many minutes after the declaration."""
    now = START + timedelta(minutes=minutes)
    report = told(card(scenario.board, load_exercise("lumbria", "en"), START, now), Words("en", UTC))
    return [" ".join(line.split()) for line in report if "Freeze" in line]


def test_each_round_of_a_step_that_comes_back_has_its_deadline_and_its_time() -> None:
    scenario = crisis()
    for minutes in (4, 29, 35):
        scenario.minutes(minutes).when(lambda incident: finish_step(incident.steps, FREEZE.id))
    done = [
        "✓ Freeze scheduled posts 5 min 4 min",
        "✓ Freeze scheduled posts 34 min 33 min",
        "✕ Freeze scheduled posts 63 min 68 min",
    ]
    assert lines(scenario, 98) == done, "the next one is not due yet"
    assert lines(scenario, 99) == [*done, "✕ Freeze scheduled posts 98 min not done"]


def test_what_was_not_needed_has_no_line_but_what_was_done_of_it_before_has() -> None:
    scenario = crisis().when(lambda incident: skip_step(incident.steps, FREEZE.id, "nothing is scheduled"))
    assert lines(scenario, 60) == []
    scenario.when(lambda incident: return_step(incident.steps, FREEZE.id))
    scenario.minutes(3).when(lambda incident: finish_step(incident.steps, FREEZE.id))
    scenario.when(lambda incident: skip_step(incident.steps, FREEZE.id, "all is frozen"))
    assert lines(scenario, 60) == ["✓ Freeze scheduled posts 5 min 3 min"]
