"""How long each network and each audience has heard nothing from us."""

from datetime import timedelta

from tests.scenario import DECLARED, START, Scenario, declared, kept
from warroom.domain.desk import act_on
from warroom.domain.events import Place, StatementPublished
from warroom.domain.mention import Segment
from warroom.domain.silence import by_audience, by_network
from warroom.domain.statement import revise


def published(told: Scenario, places: tuple[str, ...], audiences: tuple[Segment, ...] = ()) -> None:
    id = f"S{len(told.incident.statements) + 1}"
    told.when(
        lambda i: revise(
            i.statements, id, "We know.", purpose="update", lang="en", networks=places, audiences=audiences
        )
    )
    head = told.incident.statements[id].head
    told.given(
        StatementPublished(
            statement=id,
            revision=head.number,
            digest=head.digest,
            purpose="update",
            places=tuple(Place(place) for place in places),
            published_at=told.now,
        )
    )


def test_each_network_has_its_own_silence_and_the_longest_comes_first() -> None:
    told = declared().minutes(10)
    published(told, ("web", "x"))
    told.minutes(10)
    published(told, ("x", "forum"))
    readings = [(one.network, one.last_at) for one in by_network(told.incident, ("web", "x", "bluesky"))]
    at = [START + timedelta(minutes=n) for n in (10, 20)]
    assert readings == [("bluesky", None), ("web", at[0]), ("x", at[1]), ("forum", at[1])]


def test_a_statement_breaks_the_silence_to_whom_it_speaks() -> None:
    told = declared().minutes(10)
    published(told, ("web",), (Segment.LOVE, Segment.LIKE))
    said = {one.audience: one.last_at for one in by_audience(told.board, told.incident)}
    assert said == {
        Segment.HATE: None,
        Segment.DISLIKE: None,
        Segment.LIKE: START + timedelta(minutes=10),
        Segment.LOVE: START + timedelta(minutes=10),
    }
    told.minutes(5).given(act_on(told.board.desk, kept(), "reply"))
    said = {one.audience: one.last_at for one in by_audience(told.board, told.incident)}
    assert said[Segment.DISLIKE] == START + timedelta(minutes=15)
    told.minutes(5)
    published(told, ("web",))
    assert {one.last_at for one in by_audience(told.board, told.incident)} == {START + timedelta(minutes=20)}


def test_what_was_answered_before_the_crisis_breaks_no_silence_of_it() -> None:
    told = Scenario().minutes(-60)
    told.given(act_on(told.board.desk, kept(), "reply")).minutes(60)
    told.given(DECLARED)
    assert {one.last_at for one in by_audience(told.board, told.incident)} == {None}
