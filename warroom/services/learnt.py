"""What operators said of how mentions were read: as figures for the log, and label by label for programs."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from warroom.domain.board import Board
from warroom.domain.events import ROOM, MentionRanked
from warroom.domain.mention import SIDES
from warroom.domain.sentence import Share
from warroom.domain.triage.label import WEIGHTS
from warroom.domain.triage.learner import Agreement
from warroom.domain.triage.priority import Rank
from warroom.domain.triage.triage import Triage
from warroom.services.words import Words


class Learnt(Struct, frozen=True, kw_only=True):
    """How many labels of a crisis stand, how often the last ones said what was read before, and whether texts were
    read with what was learnt."""

    corrected: int
    confirmed: int
    left: int
    agreement: Agreement
    on: bool


def learnt(board: Board, inc: str, triage: Triage, *, default: bool = True) -> Learnt:
    """What was learnt in a crisis up to the end of its log. `triage` is taught its labels."""
    stand = board.labels.by_judgement(inc)
    triage.learner = triage.taught(board.labels.to_learn(inc))
    return Learnt(
        corrected=stand.get("corrected", 0),
        confirmed=stand.get("confirmed", 0),
        left=stand.get("left", 0),
        agreement=triage.agreement,
        on=board.labels.learning(inc, default),
    )


def told_of(learnt: Learnt, words: Words) -> str:
    """`corrected 12 · confirmed 30 · let stand 9 · agreement 81 % (last 50)`"""
    t = words.t
    told = t("corrected {a} · confirmed {b} · let stand {c}", a=learnt.corrected, b=learnt.confirmed, c=learnt.left)
    agreement = learnt.agreement
    if agreement.share is not None:
        told += " · " + t("agreement {share} (last {of})", share=Share(agreement.share), of=agreement.of)
    return told if learnt.on else f"{told} · {t('learning was off')}"


def ranked_of(board: Board, inc: str, words: Words) -> str:
    """How many mentions somebody read sooner or later than their points say, and stood by it; empty where nobody did.
    Each of these words, with the points that stood there, is in the export for programs: by them the weights can be
    judged."""
    stand: dict[str, tuple[Rank, Rank]] = {}  # by mention, where its points put it and where somebody does
    for one in board.rankings.get(inc, ()):
        said = one.data
        if not isinstance(said, MentionRanked) or one.id in board.taken_back:
            continue
        by_points, _ = stand.pop(said.mention.key, (said.before, said.before))
        if said.rank is not None:
            stand[said.mention.key] = by_points, said.rank
    if not stand:
        return ""
    sooner = sum(rank < by_points for by_points, rank in stand.values())
    later = sum(rank > by_points for by_points, rank in stand.values())
    return words.t("sooner {a} · later {b} than by their points", a=sooner, b=later)


def as_data(learnt: Learnt) -> dict[str, Any]:
    """The same for programs."""
    return {
        "corrected": learnt.corrected,
        "confirmed": learnt.confirmed,
        "left": learnt.left,
        "agreed": learnt.agreement.agreed,
        "agreed_of": learnt.agreement.of,
        "learning": learnt.on,
    }


def label_rows(board: Board, inc: str, hide: Callable[[str], str] | None = None) -> Iterator[dict[str, Any]]:
    """The labels that teach in a crisis, in their order: `warroom triage --labels` learns the same from them. With
    `hide` they name no mention, and what leads to an author is taken out of their texts."""
    for given in board.labels.standing((ROOM, inc)):
        source, _, native_id = given.key.partition("|")
        yield {
            "source": source,
            "native_id": None if hide is not None else native_id,
            "text": given.text if hide is None else hide(given.text),
            "segment": given.segment.value,
            "polarity": SIDES[given.segment].value,
            "judgement": given.judgement,
            "weight": WEIGHTS[given.judgement],
            "by": given.by,
            "at": given.at,
        }
