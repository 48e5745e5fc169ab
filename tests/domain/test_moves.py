"""What moves when a time or the severity is changed, and what a correction needs."""

from datetime import timedelta
from functools import partial

from tests.scenario import START, Scenario, declared
from warroom.domain.events import SeverityChanged, StepDone, StepOverdue
from warroom.domain.fold import corrected
from warroom.domain.moves import correct_times, moves, raised

EARLIER = START - timedelta(minutes=10)


def told(scenario: Scenario) -> list[tuple[object, int]]:
    """The names of the moves with the minutes that each goes."""
    incident = scenario.incident
    event = correct_times(incident, declared_at=EARLIER, reason="by phone", now=scenario.now)
    found = moves(incident, corrected(incident, event, scenario.now))
    assert all(move.before is not None and move.after is not None for move in found)
    return [
        (getattr(move.name, "id", None) or move.name["en"], int((move.after - move.before).total_seconds() // 60))  # type: ignore[index, operator]
        for move in found
    ]


def test_an_earlier_declaration_brings_every_open_deadline_forward() -> None:
    names = told(declared())
    assert {minutes for _, minutes in names} == {-10}
    assert [name for name, _ in names] == [
        "Freeze scheduled posts",
        "Objectives",
        "First word",
        "First word",
        "Holding statement",
        "Holding statement",
    ]


def test_what_is_done_does_not_move() -> None:
    scenario = declared().given(StepDone(step="freeze"))
    assert "Freeze scheduled posts" not in [name for name, _ in told(scenario)]


def test_a_correction_is_recorded_and_folded_with_its_deadlines() -> None:
    scenario = declared().minutes(20)
    scenario.when(
        lambda incident: correct_times(
            incident,
            declared_at=EARLIER,
            first_mention_at=START - timedelta(hours=1),
            reason="by phone",
            now=scenario.now,
        )
    )
    incident = scenario.incident
    assert incident.declared_at == EARLIER
    assert incident.first_mention_at == START - timedelta(hours=1)
    assert incident.steps["freeze"].due_at(incident.declared_at) == EARLIER + timedelta(minutes=5)


def test_the_step_of_the_declaration_goes_with_its_time() -> None:
    scenario = declared().minutes(20)
    assert scenario.incident.steps["declare"].done_at == START
    scenario.when(lambda i: correct_times(i, declared_at=EARLIER, reason="by phone", now=scenario.now))
    assert scenario.incident.steps["declare"].done_at == EARLIER


def test_a_step_that_is_no_longer_late_is_told_again_when_it_is() -> None:
    scenario = declared().minutes(6).given(StepOverdue(step="freeze", due_at=START + timedelta(minutes=5)))
    later = START + timedelta(minutes=4)
    scenario.when(lambda incident: correct_times(incident, declared_at=later, reason="clock", now=scenario.now))
    assert not scenario.incident.steps["freeze"].overdue_told
    assert not scenario.incident.late_steps(scenario.now)


def test_a_correction_needs_a_reason_a_difference_and_no_future() -> None:
    scenario = declared().minutes(5)
    now = scenario.now
    for at, reason, refusal in (
        (EARLIER, " ", "Say why the time is corrected"),
        (START, "x", "Nothing is different"),
        (now + timedelta(minutes=1), "x", "It cannot lie in the future"),
    ):
        said = scenario.refused(partial(correct_times, declared_at=at, reason=reason, now=now))
        assert said.startswith(refusal)


def test_a_higher_severity_brings_steps_and_moves_none() -> None:
    incident = declared().incident
    (move,) = moves(incident, raised(incident, SeverityChanged(severity=3)))
    assert move.name["en"] == "Regulators"  # type: ignore[index]
    assert (move.before, move.after) == (None, START + timedelta(minutes=90))
    assert moves(incident, raised(incident, SeverityChanged(severity=1))) == []
