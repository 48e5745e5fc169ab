"""What publishing does to promises: which it keeps, which it makes, whose they are."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from tests.scenario import DECLARED, START, Scenario, declared
from warroom.domain.events import (
    AnyEvent,
    Place,
    PromiseAssigned,
    PromiseKept,
    PromiseMade,
    StatementApproved,
    StatementPublished,
    StatementRevised,
)
from warroom.domain.ledger import make_promise
from warroom.domain.statement import digest
from warroom.services.desk import Desk, DeskSettings
from warroom.services.draft import Draft
from warroom.services.release import release

DESK = Desk(DeskSettings(networks=("x", "web")))
AT_15 = START + timedelta(minutes=58)
AT_16 = START + timedelta(minutes=118)


def ready(text: str, *before: AnyEvent, networks: tuple[str, ...] = ()) -> Scenario:
    """A text that may go out; promises that were made before it."""
    mark = digest(text, networks, "en", "", ())
    return Scenario().given(
        replace(DECLARED, zone="Europe/Madrid"),
        *before,
        StatementRevised(
            statement="S9",
            revision=1,
            text=text,
            purpose="first-word",
            lang="en",
            networks=networks,
        ),
        StatementApproved(statement="S9", revision=1, digest=mark),
    )


def made(id: str, at: object, statement: str = "") -> PromiseMade:
    return PromiseMade(promise=id, text="next word", due_at=at, statement=statement, owner="JS")  # type: ignore[arg-type]


def released(told: Scenario, *networks: str, owners: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    places = tuple(map(Place, networks or ("x",)))
    found: list[tuple[str, ...]] = []
    for event in release(DESK, told.board, "S9", places, told.now, owners=owners):
        match event:
            case PromiseKept():
                found.append(("kept", event.promise))
            case PromiseMade():
                found.append(("made", event.promise, event.owner))
            case PromiseAssigned():
                found.append(("assigned", event.promise, event.owner))
    return found


TEXT = "We are sorry. We know about lot 4471 and are checking it. We will update you here at 16:00."


def test_the_owner_of_a_promise_is_who_was_named_in_the_review() -> None:
    assert released(ready(TEXT)) == [("made", "P1", "AM")]
    assert released(ready(TEXT), owners=(" ES ",)) == [("made", "P1", "ES")]
    assert released(ready(TEXT), owners=("",)) == [("made", "P1", "AM")]


def test_a_promise_that_is_open_for_the_same_time_is_neither_doubled_nor_kept() -> None:
    told = ready(TEXT, made("P1", AT_16))
    assert [(one.due_at, one.known, one.owner) for one in DESK.promised(TEXT, "en", told.incident, told.now)] == [
        (AT_16, "P1", "JS")
    ]
    assert released(told) == []
    assert released(told, owners=("ES",)) == [("assigned", "P1", "ES")]


def test_the_promise_before_it_is_kept_and_the_same_one_stays() -> None:
    assert released(ready(TEXT, made("P1", AT_15), made("P2", AT_16))) == [("kept", "P1")]
    assert released(ready(TEXT, made("P1", AT_15))) == [("kept", "P1"), ("made", "P2", "AM")]


def test_a_word_inside_keeps_no_promise_made_in_public_and_the_other_way_round() -> None:
    assert released(ready(TEXT, made("P1", AT_15), networks=("staff",)), "staff") == [("made", "P2", "AM")]
    inside: list[AnyEvent] = [
        StatementRevised(statement="S1", revision=1, text="For you.", purpose="update", lang="en"),
        StatementPublished(
            statement="S1", revision=1, digest="d", purpose="update", places=(Place("staff"),), published_at=START
        ),
        made("P1", AT_15, "S1"),
    ]
    assert released(ready(TEXT, *inside)) == [("made", "P2", "AM")]
    assert released(ready(TEXT, *inside, networks=("staff",)), "staff") == [("kept", "P1"), ("made", "P2", "AM")]


def test_after_the_first_hours_what_was_announced_is_the_rhythm() -> None:
    told = declared().minutes(200)
    announced = make_promise(told.incident.promises, "next word at 20:00", told.now + timedelta(hours=2))
    desk = Desk(DeskSettings())

    def silence(now: datetime) -> list[str]:
        draft = Draft(purpose="update", lang="en")
        found = desk.judge("We are still testing.", draft, told.incident, now, frozenset())
        return [finding.check for finding in found if finding.check == "M3"]

    told.given(
        StatementRevised(statement="S1", revision=1, text="We are testing.", purpose="update", lang="en"),
        StatementPublished(
            statement="S1", revision=1, digest="", purpose="update", places=(Place("web"),), published_at=told.now
        ),
    )
    assert silence(told.now + timedelta(minutes=60)) == ["M3"]
    told.given(announced)
    assert silence(told.now + timedelta(minutes=60)) == []
    assert silence(told.now + timedelta(minutes=130)) == ["M3"]
