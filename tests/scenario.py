"""A test that reads like a conversation: `given(events).when(decision).then(event)`.

`Scenario` folds events into a board with the program's own `apply`; nothing is stored and no clock is read.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Self

from warroom.domain.board import Board
from warroom.domain.events import FIRST, AnyEvent, IncidentDeclared, Person, Recorded, aggregate
from warroom.domain.incident import Incident
from warroom.domain.mention import Kept, Mention, Segment
from warroom.domain.plan import Item, Plan, Step
from warroom.domain.sentence import Refused

START = datetime(2026, 3, 10, 13, 2, tzinfo=UTC)
"""When the incident of the scenarios is declared: 14:02 in Madrid."""

PEOPLE = (
    Person(initials="AM", name="A. Martín", title="Head of communication"),
    Person(initials="PG", name="P. Gil", title="Community"),
    Person(initials="JS", name="J. Solà", title="Legal"),
    Person(initials="ES", name="Elena Soto", title="Quality director", spokesperson=True),
)

PLAN = Plan(
    id="small",
    version=1,
    name={"en": "Small plan", "es": "Plan pequeño"},
    roles={role: {"en": role, "es": role} for role in ("lead", "comms", "community", "legal")},
    steps=(
        Step(
            id="declare",
            name={"en": "Declare", "es": "Declarar"},
            owner="lead",
            due=0,
            done_when={"en": "declared", "es": "declarada"},
            proof="declared",
        ),
        Step(
            id="freeze",
            name={"en": "Freeze scheduled posts", "es": "Congelar lo programado"},
            owner="community",
            due=5,
            done_when={"en": "all held", "es": "todo parado"},
            items=(
                Item(id="posts", name={"en": "Posts held", "es": "Publicaciones paradas"}),
                Item(id="ads", name={"en": "Ads held", "es": "Anuncios parados"}),
            ),
        ),
        Step(
            id="objectives",
            name={"en": "Objectives", "es": "Objetivos"},
            owner="lead",
            due=10,
            done_when={"en": "confirmed", "es": "confirmados"},
            proof="objectives",
        ),
        Step(
            id="first-word",
            name={"en": "First word", "es": "Primera palabra"},
            owner="comms",
            due=15,
            done_when={"en": "out", "es": "publicada"},
            proof="first_word",
        ),
        Step(
            id="holding",
            name={"en": "Holding statement", "es": "Comunicado inicial"},
            owner="comms",
            due=60,
            done_when={"en": "out", "es": "publicado"},
            proof="holding",
        ),
        Step(
            id="legal",
            name={"en": "Regulators", "es": "Reguladores"},
            owner="legal",
            due=90,
            done_when={"en": "told", "es": "avisados"},
            severity=3,
        ),
    ),
)

DECLARED = IncidentDeclared(
    title="Reactions to oat drink, lot 4471",
    severity=2,
    lead="AM",
    objectives=("Nobody drinks lot 4471",),
    declared_at=START,
    plan=PLAN,
    roles={"lead": "AM", "comms": "PG", "community": "PG", "legal": "JS"},
    people=PEOPLE,
    zone="Europe/Madrid",
    organisation="Nordavena",
)


def kept(row: int = 1, text: str = "My daughter got a rash", **more: object) -> Kept:
    """A stored mention with sensible defaults."""
    fields: dict[str, object] = {
        "source": "x",
        "native_id": str(row),
        "text": text,
        "author_handle": "marta.example",
        "received_at": START + timedelta(seconds=row),
        **more,
    }
    return Kept(row, Mention(**fields), Segment.DISLIKE)  # type: ignore[arg-type]


class Scenario:
    """A board under way: `minutes` moves the clock, `by` says who acts next."""

    def __init__(self) -> None:
        self.board = Board()
        self.now = START
        self.actor = "AM"
        self.log: list[Recorded] = []

    @property
    def incident(self) -> Incident:
        assert self.board.incident is not None
        return self.board.incident

    def given(self, *events: AnyEvent) -> Self:
        for event in events:
            pos = len(self.log) + 1
            recorded = Recorded(
                id=f"e{pos}",
                inc="oat-4471",
                agg=aggregate(event),
                actor=self.actor,
                wr="w1",
                ws=pos,
                prev=FIRST,
                at=self.now,
                after_mention=self.board.row,
                data=event,
            )
            self.log.append(recorded)
            self.board.apply(pos, recorded)
        return self

    def by(self, actor: str) -> Self:
        self.actor = actor
        return self

    def minutes(self, minutes: float) -> Self:
        self.now += timedelta(minutes=minutes)
        return self

    def when(self, decide: Callable[[Incident], AnyEvent | Sequence[AnyEvent]]) -> Self:
        """Take a decision and fold what it returns; a refusal passes through."""
        decided = decide(self.incident)
        return self.given(*(decided if isinstance(decided, Sequence) else (decided,)))

    def refused(self, decide: Callable[[Incident], object]) -> str:
        """The message id of the refusal; fails where nothing is refused."""
        try:
            decide(self.incident)
        except Refused as refusal:
            return refusal.sentence.id
        raise AssertionError("the decision was not refused")


def declared() -> Scenario:
    """A scenario that starts with the declaration."""
    return Scenario().given(DECLARED)
