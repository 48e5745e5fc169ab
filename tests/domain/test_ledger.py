"""Facts, rumours and promises: what stands, what moved, and what a reason is asked for."""

from datetime import timedelta

from tests.scenario import declared
from warroom.domain.ledger import (
    answer_rumour,
    assign_promise,
    break_promise,
    change_fact,
    keep_promise,
    make_promise,
    move_promise,
    record_fact,
)


def test_a_fact_keeps_its_source_until_a_better_one_is_named() -> None:
    told = declared().when(lambda i: record_fact(i.facts, "Lot 4471 was stopped", status="unconfirmed", source="plant"))
    told.when(lambda i: change_fact(i.facts, "F1", "contested", "the shop says otherwise"))
    assert (told.incident.facts["F1"].source, told.incident.facts["F1"].status) == ("plant", "contested")
    told.when(lambda i: change_fact(i.facts, "F1", "confirmed", source="laboratory"))
    assert told.incident.facts["F1"].source == "laboratory"
    assert told.refused(lambda i: change_fact(i.facts, "F1", "confirmed")).startswith("Fact {fact} already")


def test_a_fact_is_not_taken_back_without_a_reason() -> None:
    told = declared().when(lambda i: record_fact(i.facts, "Nobody was hurt"))
    assert told.refused(lambda i: change_fact(i.facts, "F1", "retracted", " ")).startswith("Say why")
    assert told.refused(lambda i: change_fact(i.facts, "F9", "retracted", "wrong")) == "There is no fact {fact}."


def test_only_a_rumour_is_answered() -> None:
    told = declared().when(lambda i: record_fact(i.facts, "Lot 4471 was stopped"))
    told.when(
        lambda i: record_fact(i.facts, "They knew", status="contested", rumour=True, channel="a forum", risk="high")
    )
    told.when(lambda i: answer_rumour(i.facts, "F2", "We heard of it on Friday at 17:40."))
    rumour = told.incident.facts["F2"]
    assert (rumour.channel, rumour.risk, rumour.answer) == ("a forum", "high", "We heard of it on Friday at 17:40.")
    assert told.refused(lambda i: answer_rumour(i.facts, "F1", "no")) == "{fact} is not a rumour."


def test_a_promise_that_moves_remembers_its_dates() -> None:
    told = declared()
    first = told.now + timedelta(hours=1)
    told.when(lambda i: make_promise(i.promises, "Next word at 15:00", first, owner="PG"))
    told.when(lambda i: assign_promise(i.promises, "P1", "AM"))
    told.when(lambda i: move_promise(i.promises, "P1", first + timedelta(hours=2), "the laboratory needs longer"))
    promise = told.incident.promises["P1"]
    assert (promise.owner, promise.moved, promise.due_at) == ("AM", (first,), first + timedelta(hours=2))
    assert told.refused(lambda i: move_promise(i.promises, "P1", first, "")).startswith("Say why the date moves")


def test_a_settled_promise_is_settled() -> None:
    told = declared().when(lambda i: make_promise(i.promises, "Refunds by Friday", i.declared_at))
    assert told.refused(lambda i: break_promise(i.promises, "P1", "")) == "Say why the promise is not kept."
    told.by("PG").when(lambda i: break_promise(i.promises, "P1", "the bank is closed"))
    promise = told.incident.promises["P1"]
    assert (promise.kept, promise.ended_by, promise.reason) == (False, "PG", "the bank is closed")
    assert told.refused(lambda i: keep_promise(i.promises, "P1")) == "Promise {promise} is already settled."


def test_nothing_is_written_without_its_words() -> None:
    told = declared().when(lambda i: record_fact(i.facts, "They knew", rumour=True))
    told.when(lambda i: make_promise(i.promises, "Refunds", i.declared_at))
    assert told.refused(lambda i: record_fact(i.facts, " \n")) == "Say the fact in one sentence."
    assert told.refused(lambda i: answer_rumour(i.facts, "F1", "\t")) == "Write what we answer to the rumour."
    assert told.refused(lambda i: make_promise(i.promises, " ", i.declared_at)) == "Say what was promised."
    assert told.refused(lambda i: assign_promise(i.promises, "P1", " ")) == "Say who sees to it, by initials."
    assert told.refused(lambda i: move_promise(i.promises, "P1", i.declared_at, "why")).startswith("The promise has")


def test_what_is_written_is_kept_without_the_blanks_around_it_with_its_reason_and_its_name() -> None:
    told = declared().by("LR").when(lambda i: record_fact(i.facts, " They knew ", source=" a forum ", rumour=True))
    fact = told.incident.facts["F1"]
    assert (fact.text, fact.source, fact.by) == ("They knew", "a forum", "LR")
    told.by("PG").when(lambda i: change_fact(i.facts, "F1", "retracted", " it was a joke ", " the author "))
    fact = told.incident.facts["F1"]
    assert (fact.reason, fact.source, fact.by) == ("it was a joke", "the author", "PG")
    later = told.now + timedelta(hours=1)
    told.when(lambda i: make_promise(i.promises, " Refunds ", i.declared_at, owner=" PG "))
    assert (told.incident.promises["P1"].text, told.incident.promises["P1"].owner) == ("Refunds", "PG")
    told.when(lambda i: assign_promise(i.promises, "P1", " AM "))
    told.when(lambda i: move_promise(i.promises, "P1", later, " the bank is closed "))
    assert (told.incident.promises["P1"].owner, told.incident.promises["P1"].reason) == ("AM", "the bank is closed")
    told.when(lambda i: keep_promise(i.promises, "P1"))
    assert told.incident.promises["P1"].reason == "the bank is closed", "why it moved is not forgotten"
    told.when(lambda i: make_promise(i.promises, "More", later)).when(
        lambda i: keep_promise(i.promises, "P2", " paid ")
    )
    assert told.incident.promises["P2"].reason == "paid"
    told.when(lambda i: make_promise(i.promises, "Much", later)).when(lambda i: break_promise(i.promises, "P3", " no "))
    assert told.incident.promises["P3"].reason == "no"
