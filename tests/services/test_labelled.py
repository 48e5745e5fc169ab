"""What operators said holds for a group as it is known here, whichever of its copies it was said of."""

from tests.builders import START
from tests.services.test_sorting import kepts
from warroom.domain.events import MentionLabelled, Recorded
from warroom.domain.mention import Segment, reference
from warroom.domain.triage.labels import Labels
from warroom.services.labelled import Labelled

FIRST, COPY = (kept.mention.key for kept in kepts("scam", "scam!"))


def said(*told: tuple[int, Segment]) -> Labels:
    """What was said of mentions by their rows, one after the other."""
    labels = Labels()
    for place, (row, segment) in enumerate(told, 1):
        about = reference(kepts("scam", "scam!")[row - 1])
        data = MentionLabelled(mention=about, segment=segment, judgement="corrected", group="")
        labels.apply(
            Recorded(id=f"e{place}", inc="room", agg="", actor="AM", wr="w", ws=place, prev="", at=START, data=data)
        )
    return labels


def heard_nothing(**groups: str) -> Labelled:
    return Labelled(lambda key: groups.get(key))


def counts(labelled: Labelled, name: str) -> Segment | None:
    given = labelled.of(name)
    return given.segment if given is not None else None


def test_what_was_said_of_a_mention_holds_for_its_group_once_it_is_known() -> None:
    labelled = heard_nothing()
    assert labelled.hear(said((2, Segment.LOVE)))
    assert (counts(labelled, FIRST), counts(labelled, COPY)) == (None, Segment.LOVE)
    labelled.know(COPY, FIRST)
    assert (counts(labelled, FIRST), counts(labelled, COPY)) == (Segment.LOVE, None)


def test_of_two_copies_what_was_said_last_counts_in_whatever_order_they_are_looked_at() -> None:
    for about in ((2, 1), (1, 2)):
        for order in ((FIRST, COPY), (COPY, FIRST)):
            labelled = heard_nothing()
            labelled.hear(said((about[0], Segment.LOVE), (about[1], Segment.HATE)))
            for key in order:
                labelled.know(key, FIRST)
            assert counts(labelled, FIRST) is Segment.HATE


def test_what_was_said_of_a_mention_that_is_forgotten_holds_for_itself_again() -> None:
    labelled = heard_nothing(**{COPY: FIRST})
    labelled.hear(said((2, Segment.LOVE)))
    assert counts(labelled, COPY) is None
    labelled.forget(COPY)
    assert counts(labelled, COPY) is Segment.LOVE


def test_what_was_heard_once_is_not_gone_through_again_until_more_is_said() -> None:
    labels, labelled = said((1, Segment.LOVE)), heard_nothing()
    assert [labelled.hear(labels), labelled.hear(labels)] == [True, False]
    labels.version += 1
    assert labelled.hear(labels)
