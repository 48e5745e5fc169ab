"""A fact that is taken back shakes what was published on it."""

from tests.scenario import Scenario, declared
from warroom.domain.corrections import published_text, shaken, uncorrected
from warroom.domain.events import Place, StatementApproved, StatementPublished, StatementRevised
from warroom.domain.ledger import change_fact, record_fact
from warroom.domain.statement import digest


def out(told: Scenario, statement: str, facts: tuple[str, ...], *, corrects: str = "", published: bool = True) -> None:
    """A statement from draft to public, on these facts."""
    text = f"{statement} says so"
    told.given(
        StatementRevised(
            statement=statement, revision=1, text=text, purpose="update", lang="en", facts=facts, corrects=corrects
        )
    )
    if published:
        mark = digest(text, (), "en", "", facts)
        told.given(
            StatementApproved(statement=statement, revision=1, digest=mark),
            StatementPublished(
                statement=statement,
                revision=1,
                digest=mark,
                purpose="update",
                places=(Place("web"),),
                published_at=told.now,
            ),
        )


def on_two_facts() -> Scenario:
    told = declared()
    told.when(lambda i: record_fact(i.facts, "41 reports")).when(lambda i: record_fact(i.facts, "one lot"))
    out(told, "S1", ("F1",))
    out(told, "S2", ("F1", "F2"))
    out(told, "S3", ("F2",), published=False)
    return told


def test_retracting_a_fact_lights_every_published_statement_that_used_it_and_no_other() -> None:
    told = on_two_facts()
    assert shaken(told.incident) == []
    told.when(lambda i: change_fact(i.facts, "F2", "retracted", "two lots"))
    assert [(one.statement, one.facts) for one in shaken(told.incident)] == [("S2", ("F2",))]
    told.when(lambda i: change_fact(i.facts, "F1", "contested"))
    assert [one.statement for one in shaken(told.incident)] == ["S1", "S2"]
    told.when(lambda i: change_fact(i.facts, "F1", "confirmed"))
    assert [one.statement for one in shaken(told.incident)] == ["S2"]


def test_it_stays_lit_until_the_linked_correction_is_out() -> None:
    told = on_two_facts().when(lambda i: change_fact(i.facts, "F2", "retracted", "two lots"))
    out(told, "S4", ("F1",), corrects="S2", published=False)
    assert [(one.corrected_by, one.corrected) for one in uncorrected(told.incident)] == [("S4", False)]
    out(told, "S4", ("F1",), corrects="S2")
    assert uncorrected(told.incident) == []
    assert [one.corrected for one in shaken(told.incident)] == [True]


def test_a_text_that_was_edited_after_it_went_out_is_judged_as_it_went_out() -> None:
    told = on_two_facts()
    told.given(StatementRevised(statement="S2", revision=2, text="new", purpose="update", lang="en", facts=("F1",)))
    told.when(lambda i: change_fact(i.facts, "F2", "retracted", "two lots"))
    assert [one.revision.text for one in shaken(told.incident)] == ["S2 says so"]


def test_what_is_not_out_has_no_published_text() -> None:
    told = on_two_facts()
    texts = [published_text(one) for one in told.incident.statements.values()]
    assert [text.text if text is not None else None for text in texts] == ["S1 says so", "S2 says so", None]
