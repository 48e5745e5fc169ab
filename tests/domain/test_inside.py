"""A text to our own people, or to a journalist, is no word in public."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.domain.checks.judging import CASE, of
from tests.scenario import DECLARED, START, Scenario
from warroom.domain.checks.finding import Case
from warroom.domain.deadlines import next_deadline
from warroom.domain.events import AnyEvent, Place, StatementPublished, StatementRevised
from warroom.domain.networks import network_names, reaches_public
from warroom.domain.plan import Step
from warroom.domain.sentence import say
from warroom.domain.silence import by_audience, by_network, longest_silence, silent_since
from warroom.services.words import Words

WORDS = Words("en", UTC)
OWN_PEOPLE = Step(
    id="own-people",
    name={"en": "Tell our own people", "es": "Avisar a la plantilla"},
    owner="lead",
    due=20,
    done_when={"en": "they have heard it", "es": "lo saben"},
    proof="staff",
)
DECLARED_WITH_STAFF = replace(DECLARED, plan=replace(DECLARED.plan, steps=(*DECLARED.plan.steps, OWN_PEOPLE)))


def out_on(*networks: str, statement: str = "S1", minutes: int = 10) -> list[AnyEvent]:
    revised = StatementRevised(statement=statement, revision=1, text="We know.", purpose="holding", lang="en")
    published = StatementPublished(
        statement=statement,
        revision=1,
        digest="d",
        purpose="holding",
        places=tuple(map(Place, networks)),
        published_at=START + timedelta(minutes=minutes),
    )
    return [revised, published]


def test_a_text_for_our_own_people_is_no_first_word_and_ends_no_silence() -> None:
    scene = Scenario().given(DECLARED_WITH_STAFF, *out_on("staff", "press"))
    incident = scene.incident
    assert (incident.first_word_at, incident.holding_at, incident.last_word_at) == (None, None, None)
    assert silent_since(incident) == START
    deadline = next_deadline(incident)
    assert deadline is not None
    assert deadline.name == say("First word")
    assert incident.steps["first-word"].is_open
    assert incident.steps["holding"].is_open
    assert incident.publications[0].links_missing == ()
    assert [(one.network, one.last_at) for one in by_network(incident, ["x", "staff"])] == [("x", None)]
    assert {one.last_at for one in by_audience(scene.board, incident)} == {None}


def test_it_finishes_the_step_of_telling_them_and_the_press_alone_does_not() -> None:
    assert not Scenario().given(DECLARED_WITH_STAFF, *out_on("staff")).incident.steps["own-people"].is_open
    assert Scenario().given(DECLARED_WITH_STAFF, *out_on("press")).incident.steps["own-people"].is_open
    assert Scenario().given(DECLARED_WITH_STAFF, *out_on("web")).incident.steps["own-people"].is_open


def test_the_same_text_on_a_network_too_is_a_public_word() -> None:
    incident = Scenario().given(DECLARED_WITH_STAFF, *out_on("staff", "web")).incident
    assert incident.first_word_at == incident.holding_at == START + timedelta(minutes=10)
    assert not incident.steps["own-people"].is_open
    assert incident.publications[0].links_missing == ("web",)


def test_the_longest_silence_goes_on_over_a_word_inside() -> None:
    scene = Scenario().given(
        DECLARED_WITH_STAFF, *out_on("staff", minutes=30), *out_on("x", statement="S2", minutes=50)
    )
    assert longest_silence(scene.board, scene.incident)[0] == timedelta(minutes=50)


@pytest.mark.parametrize(
    ("check", "case"),
    [
        ("M1", replace(CASE, purpose="first-word", declared_at=datetime(2026, 3, 10, tzinfo=UTC), first_word_at=None)),
        ("M2", replace(CASE, purpose="holding", declared_at=datetime(2026, 3, 10, tzinfo=UTC), holding_at=None)),
        ("M3", replace(CASE, last_word_at=datetime(2026, 3, 10, tzinfo=UTC))),
        ("M4", replace(CASE, purpose="holding", staff_told=False)),
        ("M5", replace(CASE, is_public=False, first_word_at=None)),
        ("E1", replace(CASE, purpose="update", declared_at=datetime(2026, 3, 10, tzinfo=UTC), first_word_at=None)),
    ],
)
def test_the_clocks_of_the_public_do_not_judge_it(check: str, case: Case) -> None:
    text = "We know what happened. Here is what to say when somebody asks you."
    now = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
    assert of(check, text, replace(case, now=now, networks=("x",)))
    assert of(check, text, replace(case, now=now, networks=("staff",))) == []


def test_networks_are_called_what_people_call_them() -> None:
    assert WORDS.value(network_names(["x", "staff", "a.example"])) == "X, Our own people, a.example"
    assert reaches_public(["staff", "x"])
    assert not reaches_public(["staff", "press"])
    finding = of("C5", "word " * 100, replace(CASE, networks=("x",)))[0]
    assert WORDS.say(finding.reason) == "On X it becomes a thread of 2."
