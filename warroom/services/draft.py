"""A draft: what goes with the text in the editor beside its words."""

from msgspec import Struct
from msgspec.structs import replace

from warroom.domain.corrections import Shaken
from warroom.domain.events import StatementKind
from warroom.domain.incident import Incident
from warroom.domain.mention import Segment
from warroom.domain.statement import Statement


class Draft(Struct, frozen=True, kw_only=True):
    """What goes with the text in the editor. `statement` is None until it is saved for the first time."""

    statement: str | None = None
    purpose: StatementKind = "first-word"
    lang: str = ""
    networks: tuple[str, ...] = ()
    spokesperson: str = ""
    question: str = ""
    facts: tuple[str, ...] = ()
    objective: str = ""
    audiences: tuple[Segment, ...] = ()
    corrects: str = ""
    template: str = ""

    @classmethod
    def of(cls, statement: Statement) -> "Draft":
        head = statement.head
        return cls(
            statement=statement.id,
            purpose=head.purpose,
            lang=head.lang,
            networks=head.networks,
            spokesperson=head.spokesperson,
            question=head.question,
            facts=head.facts,
            objective=head.objective,
            audiences=head.audiences,
            corrects=head.corrects,
            template=head.template,
        )

    def begun(self, statement: str) -> "Draft":
        return replace(self, statement=statement)


def correction_of(shaken: Shaken, incident: Incident) -> Draft:
    """What goes with a correction: where the old text went, in its language, linked to it, on what still holds."""
    old = shaken.revision
    out = [place.network for done in incident.statements[shaken.statement].publications for place in done.places]
    return Draft(
        purpose="update",
        lang=old.lang,
        networks=tuple(dict.fromkeys(out)),
        spokesperson=old.spokesperson,
        question=old.question,
        facts=tuple(fact for fact in old.facts if fact not in shaken.facts),
        objective=old.objective,
        audiences=old.audiences,
        corrects=shaken.statement,
    )
