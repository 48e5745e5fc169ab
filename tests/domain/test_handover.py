"""The brief of a shift, what stands in it, and who may take over."""

from datetime import timedelta
from hashlib import sha256

from msgspec.structs import replace

from tests.domain.test_criteria import crisis
from tests.scenario import Scenario
from warroom.domain.aftermath import note_question
from warroom.domain.approval import set_available
from warroom.domain.clocks import start_clock
from warroom.domain.freeze import list_item
from warroom.domain.handover import brief, hand_over
from warroom.domain.ledger import make_promise, record_fact
from warroom.domain.seats import take_seat
from warroom.services.brief import brief_lines, brief_text
from warroom.services.words import english


def busy() -> Scenario:
    told = crisis()
    told.when(lambda i: take_seat(i.plan, i.roles, i.seats, "lead", "AM"))
    told.when(lambda i: record_fact(i.facts, "Lot 4471 was filled on Tuesday", source="filling log"))
    told.when(lambda i: record_fact(i.facts, "A valve stuck", status="unconfirmed"))
    told.when(lambda i: record_fact(i.facts, "Glass in the jars", status="contested", rumour=True))
    told.when(lambda i: make_promise(i.promises, "next word", told.now + timedelta(minutes=60), owner="PG"))
    told.when(lambda i: note_question(i.questions, "Is it safe?"))
    told.when(lambda i: list_item(i.freeze, "Autumn sale"))
    told.when(lambda i: start_clock(i.plan, i.clocks, "nis2", told.now, told.now))
    return told.minutes(12)


def test_the_brief_holds_what_stands_open() -> None:
    told = busy()
    stands = brief(told.incident, told.now)
    assert stands.seats == (("lead", "AM", True), ("comms", "PG", False), ("community", "PG", False))
    assert [state.id for state in stands.late] == ["freeze", "objectives"]
    assert [state.id for state in stands.next_steps] == ["first-word", "holding"]
    assert [fact.id for fact in stands.facts] == ["F1"]
    assert [fact.id for fact in stands.open_facts] == ["F2"]
    assert [fact.id for fact in stands.rumours] == ["F3"]
    assert [clock.regulator.id for clock in stands.running] == ["nis2"]
    assert [clock.id for clock in stands.undecided] == ["sec"]
    assert [promise.id for promise in stands.promises] == ["P1"]
    assert [question.id for question in stands.questions] == ["Q1"]
    assert [item.id for item in stands.frozen] == ["Z1"]


def test_the_brief_in_words_names_the_most_urgent_and_counts_the_rest() -> None:
    told = busy()
    for n in range(5):
        told.given(note_question(told.incident.questions, f"Question {n}?"))
    lines = dict(brief_lines(told.incident, told.now, english()))
    assert lines["Late"] == "Freeze scheduled posts (PG); Objectives (AM)"
    assert lines["People ask"] == "Q1 Is it safe?; Q2 Question 0?; Q3 Question 1?; 3 more"
    assert lines["Seats"] == "AM lead ✓; PG comms, community"
    assert lines["Next"].startswith("First word 13:17 (3 min); First word 13:17 PG")
    assert "undecided: SEC" in lines["Clocks"]
    assert len(lines) == 12


def test_a_brief_of_hostile_text_stays_on_its_lines() -> None:
    told = busy().when(lambda i: record_fact(i.facts, "A\x1b[2J\nB" * 50, source="x"))
    text = brief_text(brief_lines(told.incident, told.now, english()))
    assert "\x1b" not in text
    assert text.count("\n") == 11


def test_who_takes_over_is_of_the_team_there_and_somebody_else() -> None:
    told = busy()
    assert told.refused(lambda i: hand_over(i, " ", "x")).startswith("Say who takes over")
    assert told.refused(lambda i: hand_over(i, "XX", "x")) == "{who} is not on the list of people."
    assert told.refused(lambda i: hand_over(i, "AM", "x")) == "{who} leads already."
    told.when(lambda i: set_available(i, "PG", False))
    assert told.refused(lambda i: hand_over(i, "PG", "x")) == "{who} is away."
    event = hand_over(told.incident, " js ", "what was read")
    assert (event.lead, event.brief) == ("JS", sha256(b"what was read").hexdigest())
    told.given(event)
    assert told.incident.lead == "JS"
    closed = replace(told.incident, closed_at=told.now)
    assert told.refused(lambda i: hand_over(closed, "AM", "x")).startswith("This crisis was stood down")
