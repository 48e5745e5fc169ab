"""The incident: declaring, severity, objectives, stand-down, notes, clocks."""

from datetime import timedelta

import pytest

from tests.scenario import DECLARED, PEOPLE, PLAN, START, Scenario, declared
from warroom.domain.deadlines import next_deadline, update_due
from warroom.domain.events import IncidentDeclared, Place, PromiseMade, StatementPublished, StatementRevised
from warroom.domain.incident import (
    Incident,
    add_note,
    change_severity,
    confirm_objectives,
    correct_title,
    declare,
    incident_id,
    must_know_objectives,
    reopen,
    stand_down,
)
from warroom.domain.sentence import Refused
from warroom.domain.silence import silent_since


def declaration(**changes: object) -> IncidentDeclared:
    fields: dict[str, object] = {
        "title": " Reactions to \n oat drink ",
        "severity": 3,
        "lead": "AM",
        "objectives": ["Nobody drinks it", " "],
        "plan": PLAN,
        "roles": DECLARED.roles,
        "people": PEOPLE,
        "now": START,
        "zone": "Europe/Madrid",
        **changes,
    }
    return declare(**fields)  # type: ignore[arg-type]


def test_declaring_starts_the_clock_and_loads_the_plan() -> None:
    scenario = Scenario().given(declaration())
    incident = scenario.incident
    assert incident.title == "Reactions to oat drink"
    assert incident.objectives == ("Nobody drinks it",)
    assert set(incident.steps) == {"declare", "freeze", "objectives", "first-word", "holding", "legal"}
    assert incident.steps["declare"].done_by == "AM"
    assert incident.steps["freeze"].owner == "PG"


def test_who_leads_is_written_as_they_sign() -> None:
    event = declaration(lead=" am ")
    assert (event.lead, event.roles["lead"]) == ("AM", "AM")
    assert declaration(lead="new").lead == "new", "whoever nobody knows stays as typed"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "  "}, "Say in one sentence what is happening."),
        ({"severity": 0}, "Severity goes from 1 to 4."),
        ({"severity": 5}, "Severity goes from 1 to 4."),
        ({"lead": " "}, "Say who leads, by initials."),
        ({"lead": "Nobody drinks lot 4471"}, "“{start}…” is too long for initials: they stand in every row."),
        ({"open_incident": declared().incident}, "A crisis is already open: {title}. Stand it down first."),
    ],
)
def test_a_declaration_that_cannot_be_says_why(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        declaration(**changes)
    assert refusal.value.sentence.id == sentence


def test_steps_of_a_higher_severity_join_when_it_is_raised_and_stay_when_it_is_lowered() -> None:
    scenario = declared()
    assert "legal" not in scenario.incident.steps
    scenario.when(lambda incident: change_severity(incident, 3))
    assert scenario.incident.steps["legal"].owner == "JS"
    scenario.when(lambda incident: change_severity(incident, 1, "only one complaint"))
    assert "legal" in scenario.incident.steps
    assert [mark.severity for mark in scenario.incident.severities] == [2, 3, 1]


def test_lowering_the_severity_needs_a_reason() -> None:
    refusal = declared().refused(lambda incident: change_severity(incident, 1))
    assert refusal == "Lowering the severity needs a reason."
    assert "already" in declared().refused(lambda incident: change_severity(incident, 2))


def test_the_objectives_lock_opens_when_somebody_puts_their_name_to_them() -> None:
    scenario = declared()
    assert "objectives" in scenario.refused(must_know_objectives)
    scenario.by("PG").when(lambda incident: confirm_objectives(incident, ["One", "Two"]))
    must_know_objectives(scenario.incident)
    assert scenario.incident.objectives_by == "PG"
    assert scenario.incident.objectives == ("One", "Two")
    assert scenario.incident.steps["objectives"].done_by == "PG"


@pytest.mark.parametrize("objectives", [[], ["", " "], ["a", "b", "c", "d"]])
def test_one_to_three_objectives_are_confirmed(objectives: list[str]) -> None:
    declared().refused(lambda incident: confirm_objectives(incident, objectives))


def test_a_crisis_is_stood_down_with_a_reason_and_can_be_opened_again() -> None:
    scenario = declared()
    assert scenario.refused(lambda incident: stand_down(incident, " ")) == "Say why the crisis is over."
    incident = scenario.incident
    scenario.when(lambda incident: stand_down(incident, "two quiet hours"))
    closed = scenario.board.incidents["oat-4471"]
    assert not closed.is_open
    assert scenario.board.incident is None
    with pytest.raises(Refused):
        change_severity(closed, 4)
    with pytest.raises(Refused):
        reopen(closed, "")
    scenario.given(reopen(closed, "a new report"))
    assert scenario.incident.is_open
    assert incident.id == scenario.incident.id


def test_a_note_has_two_times_and_cannot_lie_in_the_future() -> None:
    note = add_note(" plant confirms ", now=START, happened_at=START - timedelta(minutes=12))
    assert (note.text, note.happened_at) == ("plant confirms", START - timedelta(minutes=12))
    assert add_note("now", now=START).happened_at == START
    with pytest.raises(Refused):
        add_note("later", now=START, happened_at=START + timedelta(minutes=5))
    with pytest.raises(Refused):
        add_note("  ", now=START)


def _draft(purpose: str = "first-word", statement: str = "S1", networks: tuple[str, ...] = ()) -> StatementRevised:
    return StatementRevised(
        statement=statement,
        revision=1,
        text="We know.",
        purpose=purpose,  # type: ignore[arg-type]
        lang="en",
        networks=networks,
    )


def _out(incident: Incident, purpose: str, at: int, statement: str = "S1", networks: str = "x") -> StatementPublished:
    return StatementPublished(
        statement=statement,
        revision=1,
        digest=incident.statements[statement].head.digest,
        purpose=purpose,  # type: ignore[arg-type]
        places=tuple(Place(network) for network in networks.split()),
        published_at=START + timedelta(minutes=at),
    )


def _at_hand(incident: Incident) -> str:
    return incident.statement.id if incident.statement is not None else ""


def test_the_statement_at_hand_is_the_newest_until_it_is_out_everywhere_then_one_that_still_waits() -> None:
    scenario = declared()
    assert scenario.incident.statement is None
    scenario.given(_draft("holding", "S1"), _draft("update", "S2", ("x", "web")))
    assert _at_hand(scenario.incident) == "S2"
    scenario.when(lambda i: _out(i, "update", 5, "S2", "x"))
    assert _at_hand(scenario.incident) == "S2"
    scenario.when(lambda i: _out(i, "update", 6, "S2", "web"))
    assert _at_hand(scenario.incident) == "S1"
    scenario.when(lambda i: _out(i, "holding", 7, "S1"))
    assert _at_hand(scenario.incident) == "S2"


def test_a_text_that_went_out_on_some_networks_does_not_come_back_once_a_newer_one_is_out() -> None:
    scenario = declared().given(_draft("first-word", "S1", ("x", "web")), _draft("holding", "S2", ("x",)))
    scenario.when(lambda i: _out(i, "first-word", 5, "S1", "x")).when(lambda i: _out(i, "holding", 6, "S2", "x"))
    assert _at_hand(scenario.incident) == "S2"


def test_the_clock_goes_from_first_word_to_holding_statement_to_what_was_promised() -> None:
    scenario = declared()
    deadline = next_deadline(scenario.incident)
    assert deadline is not None
    assert (deadline.name.id, deadline.at - START) == ("First word", timedelta(minutes=15))
    assert silent_since(scenario.incident) == START
    scenario.given(_draft()).minutes(12).when(lambda incident: _out(incident, "first-word", 12))
    deadline = next_deadline(scenario.incident)
    assert deadline is not None
    assert (deadline.name.id, deadline.at - START) == ("Holding statement", timedelta(minutes=60))
    assert scenario.incident.steps["first-word"].done_at is not None
    assert silent_since(scenario.incident) == START + timedelta(minutes=12)
    promised = START + timedelta(minutes=30)
    scenario.given(PromiseMade(promise="P1", text="next word at 14:32", due_at=promised))
    deadline = next_deadline(scenario.incident)
    assert deadline is not None
    assert deadline.at == promised
    scenario.when(lambda incident: _out(incident, "holding", 50))
    assert scenario.incident.steps["holding"].done_at is not None
    assert scenario.incident.holding_at == START + timedelta(minutes=50)


def test_updates_are_due_by_the_rhythm_of_the_plan_then_by_what_was_announced() -> None:
    scenario = declared().given(_draft()).minutes(12).when(lambda incident: _out(incident, "first-word", 12))
    scenario.minutes(38).when(lambda incident: _out(incident, "holding", 50))
    update = next_deadline(scenario.incident)
    assert update is not None
    assert (update.name.id, update.at - START) == ("Update", timedelta(minutes=70))
    assert update.start - START == timedelta(minutes=50)
    far = START + timedelta(minutes=180)
    scenario.given(PromiseMade(promise="P1", text="next word at 17:02", due_at=far))
    assert next_deadline(scenario.incident) == update
    # From here on the next update would fall behind the first two hours: what was announced counts.
    scenario.minutes(55).when(lambda incident: _out(incident, "update", 105))
    announced = next_deadline(scenario.incident)
    assert announced is not None
    assert (announced.name.id, announced.at) == ("Next word promised", far)


def test_between_first_word_and_holding_statement_no_update_is_due() -> None:
    scenario = declared()
    assert update_due(scenario.incident) is None
    scenario.given(_draft()).minutes(12).when(lambda incident: _out(incident, "first-word", 12))
    assert update_due(scenario.incident) is None


def test_a_promise_for_the_minute_of_an_update_is_the_same_deadline() -> None:
    scenario = declared().given(_draft()).minutes(50).when(lambda incident: _out(incident, "holding", 50))
    due = START + timedelta(minutes=70)
    scenario.given(PromiseMade(promise="P1", text="next word at 15:12", due_at=due))
    deadline = next_deadline(scenario.incident)
    assert deadline is not None
    assert (deadline.name.id, deadline.at) == ("Update", due)


def test_the_short_name_of_an_incident_is_its_telling_words_and_unique() -> None:
    assert incident_id("Reactions to oat drink, lot 4471", ()) == "reactions-drink-4471"
    assert incident_id("Reactions to oat drink, lot 4471", {"reactions-drink-4471"}) == "reactions-drink-4471-2"
    assert incident_id("¿Qué?", ()) == "que"
    assert incident_id("???", ()) == "crisis"
    assert incident_id("Room", ()) == "crisis"
    assert incident_id("Demo", ()) == "crisis"
    assert incident_id("anything", (), mode="demo") == "demo"
    assert len(incident_id("extraordinarily-long-" * 9, {"extraordinarily-long"})) <= 32


def test_the_title_can_be_said_in_other_words_and_the_short_name_stays() -> None:
    told = declared()
    before = told.incident
    told.when(lambda i: correct_title(i, " Rashes after \n lot 4471 "))
    assert (told.incident.title, told.incident.id) == ("Rashes after lot 4471", before.id)
    assert told.refused(lambda i: correct_title(i, "Rashes after lot 4471")).startswith("Nothing is different")
    assert told.refused(lambda i: correct_title(i, " ")).startswith("Say in one sentence")
    told.when(lambda i: stand_down(i, "over"))
    with pytest.raises(Refused):
        correct_title(told.board.incidents[before.id], "Other")
