"""Statements: revisions, approval welded to the text, publishing."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.scenario import START, Scenario, declared
from warroom.domain.approval import approve
from warroom.domain.events import LinkAdded, Place, StatementRevised
from warroom.domain.incident import Incident
from warroom.domain.mention import Segment
from warroom.domain.publishing import AlreadyOut, add_link, publish, web_address
from warroom.domain.sentence import Refused
from warroom.domain.statement import Statement, Unchanged, digest, override, revise, send_back, submit
from warroom.domain.statement_fold import written


def write(text: str, **more: object) -> StatementRevised:
    return StatementRevised(statement="S1", revision=1, text=text, purpose="holding", lang="en", **more)  # type: ignore[arg-type]


def edited(incident: Incident, text: str, **more: Any) -> StatementRevised:
    return revise(incident.statements, "S1", text, purpose="holding", lang="en", **more)


def of(incident: Incident) -> Statement:
    return incident.statements["S1"]


def sent() -> Scenario:
    return declared().by("PG").given(write("We are sorry.")).when(lambda i: submit(of(i), blocking=()))


def approved() -> Scenario:
    scenario = sent().by("AM")
    return scenario.when(lambda i: approve(i, of(i), by="AM", digest=of(i).head.digest, now=scenario.now))


def test_an_approval_is_for_exactly_one_text() -> None:
    scenario = approved()
    assert of(scenario.incident).approval is not None
    assert of(scenario.incident).voided is None


def test_editing_after_approval_voids_it() -> None:
    scenario = approved().by("PG").when(lambda i: edited(i, "We are very sorry."))
    statement = of(scenario.incident)
    assert statement.head.number == 2
    assert statement.approval is None
    assert statement.voided is not None
    assert statement.voided.by == "AM"
    assert "voids it" in scenario.refused(lambda i: publish(of(i), places=(Place("x"),), blocking=(), now=START))


def test_the_digest_covers_text_network_language_spokesperson_and_facts() -> None:
    base = digest("We know.", ("x", "web"), "en", "ES", ("F1",))
    assert base == digest("We know.", ("web", "x"), "en", "ES", ("F1",))
    others = {
        digest("We know!", ("x", "web"), "en", "ES", ("F1",)),
        digest("We know.", ("x",), "en", "ES", ("F1",)),
        digest("We know.", ("x", "web"), "es", "ES", ("F1",)),
        digest("We know.", ("x", "web"), "en", "AM", ("F1",)),
        digest("We know.", ("x", "web"), "en", "ES", ()),
    }
    assert base not in others
    assert len(others) == 5


def test_saves_keep_the_number_until_the_text_was_sent() -> None:
    scenario = declared().by("PG").when(lambda i: edited(i, "One")).when(lambda i: edited(i, "Two"))
    assert [revision.number for revision in of(scenario.incident).revisions] == [1]
    with pytest.raises(Unchanged):
        edited(scenario.incident, "Two")
    scenario.when(lambda i: submit(of(i), blocking=())).when(lambda i: edited(i, "Three"))
    assert [revision.text for revision in of(scenario.incident).revisions] == ["Two", "Three"]
    assert of(scenario.incident).revisions[0].number == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "We are very sorry."},
        {"purpose": "update"},
        {"lang": "es"},
        {"networks": ("x",)},
        {"spokesperson": "ES"},
        {"question": "What happened?"},
        {"facts": ("F1",)},
        {"objective": "Safety first"},
        {"audiences": (Segment.HATE,)},
        {"corrects": "S0"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_whatever_goes_with_a_text_can_be_saved_alone_and_only_once(changed: dict[str, Any]) -> None:
    saved: dict[str, Any] = {"text": "We are sorry.", "purpose": "holding", "lang": "en"}
    scenario = declared().by("PG").when(lambda i: revise(i.statements, "S1", **saved))
    scenario.when(lambda i: revise(i.statements, "S1", **saved | changed))
    (name, value), head = *changed.items(), of(scenario.incident).head
    assert getattr(head, name) == value
    with pytest.raises(Unchanged):
        revise(scenario.incident.statements, "S1", **saved | changed)


def test_a_blocking_check_keeps_the_statement_from_being_sent() -> None:
    scenario = declared().given(write("We are sorry."))
    assert "still block" in scenario.refused(lambda i: submit(of(i), blocking=("H5",)))
    assert "no text" in scenario.refused(lambda i: submit(None, blocking=()))


def test_an_override_has_a_reason_and_holds_for_this_text_only() -> None:
    scenario = declared().by("PG").given(write("We are sorry."))
    scenario.refused(lambda i: override(of(i), "H5", " "))
    scenario.when(lambda i: override(of(i), "H5", "the page says when"))
    assert of(scenario.incident).overridden() == {"H5"}
    scenario.when(lambda i: edited(i, "We are very sorry."))
    assert of(scenario.incident).overridden() == frozenset()


def test_the_author_cannot_approve_without_a_reason_and_a_wait() -> None:
    scenario = sent()
    mark = of(scenario.incident).head.digest
    now = scenario.now
    assert "Somebody else" in scenario.refused(lambda i: approve(i, of(i), by="PG", digest=mark, now=now))
    assert "once more" in scenario.refused(lambda i: approve(i, of(i), by="PG", digest=mark, now=now, solo="alone"))
    later = now + timedelta(minutes=2)
    scenario.when(lambda i: approve(i, of(i), by="PG", digest=mark, now=later, solo="alone on shift"))
    approval = of(scenario.incident).approval
    assert approval is not None
    assert approval.solo == "alone on shift"


def test_what_was_not_read_is_not_approved() -> None:
    scenario = sent()
    assert "has changed" in scenario.refused(lambda i: approve(i, of(i), by="AM", digest="0" * 64, now=START))
    draft = declared().given(write("Draft"))
    mark = of(draft.incident).head.digest
    assert "not been sent" in draft.refused(lambda i: approve(i, of(i), by="PG", digest=mark, now=START))


def test_sending_back_needs_a_reason_and_ends_the_waiting() -> None:
    scenario = sent().by("JS")
    mark = of(scenario.incident).head.digest
    scenario.refused(lambda i: send_back(of(i), digest=mark, reason=""))
    scenario.when(lambda i: send_back(of(i), digest=mark, reason="name the lot"))
    assert not of(scenario.incident).awaits_approval


def test_a_text_that_was_sent_back_can_be_sent_once_more() -> None:
    scenario = sent().by("JS")
    mark = of(scenario.incident).head.digest
    scenario.when(lambda i: send_back(of(i), digest=mark, reason="name the lot"))
    assert "not been sent" in scenario.refused(lambda i: approve(i, of(i), by="AM", digest=mark, now=scenario.now))
    scenario.by("PG").when(lambda i: submit(of(i), blocking=()))
    scenario.by("AM").when(lambda i: approve(i, of(i), by="AM", digest=mark, now=scenario.now))
    assert of(scenario.incident).approval is not None


def test_publishing_needs_approval_places_and_web_links() -> None:
    scenario = approved()
    now = scenario.now
    assert "Say where" in scenario.refused(lambda i: publish(of(i), places=(), blocking=(), now=now))
    assert "https" in scenario.refused(
        lambda i: publish(of(i), places=(Place("x", "javascript:alert(1)"),), blocking=(), now=now)
    )
    assert "still block" in scenario.refused(lambda i: publish(of(i), places=(Place("x"),), blocking=("C8",), now=now))
    assert "Nobody has approved" in sent().refused(lambda i: publish(of(i), places=(Place("x"),), blocking=(), now=now))
    scenario.when(
        lambda i: publish(of(i), places=(Place("x"), Place("web", "https://a.example")), blocking=(), now=now)
    )
    assert of(scenario.incident).is_published
    assert scenario.incident.first_word_at == now
    assert scenario.incident.publications[0].links_missing == ("x",)
    with pytest.raises(AlreadyOut):
        publish(of(scenario.incident), places=(Place("bluesky"), Place("x")), blocking=(), now=now)


def test_a_missing_link_is_filled_in_later() -> None:
    scenario = approved()
    scenario.when(lambda i: publish(of(i), places=(Place("x"), Place("web")), blocking=(), now=START))
    scenario.refused(lambda i: add_link(of(i), "bluesky", "https://b.example"))
    scenario.when(lambda i: add_link(of(i), "x", "https://x.example/1"))
    assert scenario.refused(lambda i: add_link(of(i), "x", "https://x.example/1")) == "That is the link as it stands."
    scenario.when(lambda i: add_link(of(i), "x", "https://x.example/2"))  # the first one was wrong
    assert {place.network: place.url for place in of(scenario.incident).publications[0].places}["x"] == (
        "https://x.example/2"
    )
    assert of(scenario.incident).publications[0].links_missing == ("web",)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://x.example/1 ", "https://x.example/1"),
        ("http://x.example", "http://x.example"),
        ("nordavena.example/lote-4471?a=b", "https://nordavena.example/lote-4471?a=b"),
        ("www.ejemplo.example", "https://www.ejemplo.example"),
    ],
)
def test_a_link_may_leave_out_what_everybody_leaves_out(typed: str, kept: str) -> None:
    assert web_address(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "later", "see web", "ftp://x.example/1", "javascript:alert(1)", "a..example", "1.2"]
)
def test_what_is_no_link_is_not_kept_as_one(typed: str) -> None:
    with pytest.raises(Refused, match="A link starts with"):
        web_address(typed)


def test_two_who_edit_at_once_lose_nothing_and_bring_their_texts_together() -> None:
    told = declared().by("PG").when(lambda i: edited(i, "We are sorry."))
    base = told.incident.statements["S1"].head.digest
    told.when(lambda i: edited(i, "We are sorry. We stopped lot 4471.", base=base))
    told.by("AM").when(lambda i: edited(i, "We apologise.", base=base))
    statement = told.incident.statements["S1"]
    assert (statement.head.author, [rival.text for rival in statement.rivals]) == ("PG", ["We apologise."])
    assert told.refused(lambda i: submit(i.statements["S1"], blocking=())).startswith("{who} edited the same text")
    told.when(lambda i: edited(i, "We apologise!", base=i.statements["S1"].rivals[0].digest))
    statement = told.incident.statements["S1"]
    assert [rival.text for rival in statement.rivals] == ["We apologise!"]
    parents = (statement.head.digest, statement.rivals[0].digest)
    mark = statement.head.digest
    assert "edited the same text" in told.refused(lambda i: approve(i, of(i), by="JS", digest=mark, now=told.now))
    assert "edited the same text" in told.refused(
        lambda i: publish(of(i), places=(Place("x"),), blocking=(), now=told.now)
    )
    only_one = (statement.head.digest, digest("An older text", (), "en", "", ()))
    assert "has changed since" in told.refused(lambda i: edited(i, "Both", parents=only_one))
    assert "has changed since" in told.refused(lambda i: edited(i, "Both", parents=parents[1:]))
    told.when(lambda i: edited(i, "We apologise. We stopped lot 4471.", parents=parents))
    statement = told.incident.statements["S1"]
    assert (statement.head.text, statement.rivals) == ("We apologise. We stopped lot 4471.", ())


def test_what_is_brought_together_names_both_authors_until_somebody_takes_one_text_whole() -> None:
    told = declared().by("PG").when(lambda i: edited(i, "We are sorry."))
    base = of(told.incident).head.digest
    told.when(lambda i: edited(i, "We are sorry. We stopped lot 4471.", base=base))
    told.by("JS").when(lambda i: edited(i, "We apologise.", base=base))
    parents = (of(told.incident).head.digest, of(told.incident).rivals[0].digest)
    event = edited(told.incident, "We apologise. We stopped lot 4471.", parents=parents)
    taken = edited(told.incident, "We apologise.", parents=parents)
    assert of(declared_again(told, taken)).head.authors == ("AM", "JS")
    told.by("AM").given(event)
    assert of(told.incident).head.authors == ("AM", "PG", "JS")
    told.by("PG").when(lambda i: edited(i, "We apologise. We stopped lot 4471 today."))
    assert of(told.incident).head.authors == ("PG", "AM", "JS")


def declared_again(told: Scenario, event: StatementRevised) -> Incident:
    """What would be, if AM did this."""
    again = declared()
    for recorded in told.log[len(again.log) :]:
        again.by(recorded.actor).given(recorded.data)
    return again.by("AM").given(event).incident


def test_a_link_goes_to_the_version_that_it_is_of() -> None:
    told = approved().when(lambda i: publish(of(i), places=(Place("x"),), blocking=(), now=START))
    first = of(told.incident).publications[0]
    known = replace(of(told.incident), publications=(first, replace(first, digest="another")))

    def after(event: LinkAdded) -> Statement:
        return written({known.id: known}, event, "AM", START, {})[known.id]

    one = after(add_link(known, "x", " https://x.example/2 ", "another"))
    assert [out.places for out in one.publications] == [(Place("x"),), (Place("x", "https://x.example/2"),)]
    both = after(add_link(known, "x", "https://x.example/2"))
    assert [out.links_missing for out in both.publications] == [(), ()]
