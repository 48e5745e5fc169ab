"""Who sits where, what kind of crisis it is, and what is handed over."""

from datetime import timedelta

from msgspec.structs import replace

from tests.scenario import DECLARED, PLAN, Scenario, declared
from warroom.domain.approval import initials_of
from warroom.domain.events import AvailabilityChanged, ShiftHandedOver, SpikeSeen, StepEscalated, StepOverdue
from warroom.domain.incident import confirm_objectives
from warroom.domain.plan import Step
from warroom.domain.seats import name_seat, needed, take_seat
from warroom.domain.stance import choose_stance
from warroom.domain.steps import assign_step, escalations, finish_step
from warroom.services.keeper import deadlines


def test_only_who_holds_a_seat_says_here() -> None:
    told = declared()
    assert told.refused(lambda i: take_seat(i.plan, i.roles, i.seats, "legal", "AM")).startswith("{who} holds")
    told.by("JS").when(lambda i: take_seat(i.plan, i.roles, i.seats, "legal", "JS"))
    assert set(told.incident.seats) == {"legal"}
    assert told.refused(lambda i: take_seat(i.plan, i.roles, i.seats, "legal", "JS")).startswith("You have said")


def test_a_new_holder_gets_the_open_steps_and_has_not_said_here() -> None:
    told = declared().by("JS").when(lambda i: take_seat(i.plan, i.roles, i.seats, "legal", "JS"))
    told.by("PG").when(lambda i: finish_step(i.steps, "freeze", items_open_ok=True))
    told.when(lambda i: name_seat(i.plan, i.roles, "community", "LR"))
    told.when(lambda i: name_seat(i.plan, i.roles, "legal", "LR"))
    assert told.incident.steps["freeze"].owner == "PG"
    assert told.incident.seats == {}
    told.when(lambda i: name_seat(i.plan, i.roles, "comms", "LR"))
    assert told.incident.steps["first-word"].owner == "LR"


def test_who_gets_the_seat_of_the_lead_leads() -> None:
    told = declared().when(lambda i: name_seat(i.plan, i.roles, "lead", "JS"))
    assert told.incident.lead == "JS"
    told.when(lambda i: name_seat(i.plan, i.roles, "legal", "LR"))
    assert told.incident.lead == "JS"


def test_a_sentence_in_the_line_of_initials_takes_no_seat() -> None:
    told = declared()
    said = "Protect health first: stop it"
    assert "too long" in told.refused(lambda i: name_seat(i.plan, i.roles, "legal", said))
    assert "too long" in told.refused(lambda i: assign_step(i.steps, "freeze", said))
    assert "too long" in told.refused(lambda i: assign_step(i.steps, "freeze", "JS", said))


def test_the_roles_that_are_needed_depend_on_the_severity() -> None:
    assert needed(PLAN, 2, ()) == ["lead", "comms", "community"]
    assert needed(PLAN, 3, ()) == ["lead", "comms", "community", "legal"]


def test_a_type_of_crisis_brings_its_steps() -> None:
    step = Step(id="recall", name={}, owner="lead", due=30, done_when={}, types=("product",))
    plan = replace(PLAN, steps=(*PLAN.steps, step), types={"product": {"en": "Product", "es": "Producto"}})
    told = Scenario().given(replace(DECLARED, plan=plan))
    assert "recall" not in told.incident.steps
    told.when(lambda i: choose_stance(i.plan, "unknown", types=("product",)))
    assert "recall" in told.incident.steps
    assert told.refused(lambda i: choose_stance(i.plan, "unknown", types=("fire",))).startswith("The plan has no type")
    assert told.refused(lambda i: choose_stance(i.plan, "preventable")).startswith("Say why")


def test_a_spike_asks_for_the_objectives_again() -> None:
    told = declared()
    assert told.incident.objectives_due
    told.when(lambda i: confirm_objectives(i, i.objectives))
    assert not told.incident.objectives_due
    told.minutes(5).given(SpikeSeen(rate10=400, usual10=20))
    assert told.incident.objectives_due
    told.minutes(1).when(lambda i: confirm_objectives(i, i.objectives))
    assert not told.incident.objectives_due


def test_who_takes_over_leads_and_is_seated() -> None:
    told = declared().by("JS").given(ShiftHandedOver(lead="JS", brief="0" * 64))
    assert (told.incident.lead, told.incident.roles["lead"]) == ("JS", "JS")
    assert "lead" in told.incident.seats
    assert told.incident.steps["objectives"].owner == "JS"


def test_somebody_can_become_unavailable() -> None:
    told = declared().given(AvailabilityChanged(who="ES", available=False))
    assert [person.initials for person in told.incident.people if not person.available] == ["ES"]


def test_a_late_step_calls_its_backup_once() -> None:
    plan = replace(PLAN, steps=tuple(replace(step, backup="legal") for step in PLAN.steps))
    told = Scenario().given(replace(DECLARED, plan=plan)).minutes(20)
    after = timedelta(minutes=10)
    assert escalations(told.incident.steps, told.incident.declared_at, told.now, after) == []
    told.given(StepOverdue(step="freeze", due_at=told.now))
    called = escalations(told.incident.steps, told.incident.declared_at, told.now, after)
    assert [(event.step, event.to) for event in called] == [("freeze", "JS")]
    told.given(*called)
    assert escalations(told.incident.steps, told.incident.declared_at, told.now, after) == []


def test_the_program_calls_the_backup_by_itself_once_after_the_plans_time() -> None:
    plan = replace(PLAN, escalate_after=4, steps=tuple(replace(step, backup="legal") for step in PLAN.steps))
    told = Scenario().given(replace(DECLARED, plan=plan)).minutes(9)
    assert [type(event) for event in deadlines(told.board, told.now)] == [StepOverdue]
    told.given(*deadlines(told.board, told.now))
    assert deadlines(told.board, told.now) == []
    told.minutes(0.5)
    called = deadlines(told.board, told.now)
    assert called == [StepEscalated(step="freeze", to="JS")]
    told.given(*called)
    assert deadlines(told.board, told.now) == []
    told.minutes(-300)
    assert deadlines(told.board, told.now) == []


def test_an_approver_of_this_severity_is_needed_although_no_step_is_theirs() -> None:
    plan = replace(PLAN, roles={**PLAN.roles, "top": {"en": "Top leader"}}, approvals={"4": ("lead", "top")})
    assert "top" in needed(plan, 4, ())
    assert "top" not in needed(plan, 3, ())


def test_initials_are_found_in_any_case_and_whoever_nobody_knows_stays_as_typed() -> None:
    told = declared()
    assert initials_of(told.incident, " pg ") == "PG"
    assert initials_of(told.incident, "ZZ") == "ZZ"
