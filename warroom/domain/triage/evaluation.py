"""How well texts are read, judged by what a person said of them: macro-F1, the confusion, the learning curve. Pure.

The curve is what an operator would live through: in the order of the file each text is read first, then learnt, as a
correction where the reading was wrong and as seen and left where it was right. What is judged was never learnt.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from warroom.domain.mention import Polarity

from .label import WEIGHTS
from .triage import Triage

Kind = TypeVar("Kind", bound=StrEnum)
CHECKPOINTS = (0, 50, 200, 1_000)
"""Labels after which the rest is judged."""


class Rates(NamedTuple):
    precision: float
    recall: float
    f1: float


class Confusion(Generic[Kind]):
    """What texts are against what they were read as."""

    def __init__(self, pairs: Iterable[tuple[Kind, Kind]]) -> None:
        self._pairs = Counter(pairs)

    def __getitem__(self, pair: tuple[Kind, Kind]) -> int:
        """Texts that are the first and were read as the second."""
        return self._pairs[pair]

    @property
    def total(self) -> int:
        return self._pairs.total()

    @property
    def right(self) -> float:
        """Share of texts that were read as what they are."""
        return sum(n for (is_, read), n in self._pairs.items() if is_ == read) / self.total if self.total else 0.0

    def are(self, kind: Kind) -> int:
        """Texts of a kind, whatever they were read as."""
        return sum(n for (is_, _), n in self._pairs.items() if is_ == kind)

    def rates(self, kind: Kind) -> Rates:
        hit, are = self._pairs[kind, kind], self.are(kind)
        read = sum(n for (_, as_), n in self._pairs.items() if as_ == kind)
        return Rates(hit / read if read else 0.0, hit / are if are else 0.0, 2 * hit / (are + read) if hit else 0.0)

    @property
    def macro_f1(self) -> float:
        """The mean of F1 over the kinds that occur, be it only in the reading: each counts as much as the largest."""
        kinds = {kind for pair in self._pairs for kind in pair}
        return sum(self.rates(kind).f1 for kind in kinds) / len(kinds) if kinds else 0.0


class Point(NamedTuple):
    """After `labels` of which `corrected` were corrections: macro-F1 on the `judged` texts that follow, by the untaught
    reading and by the taught one."""

    labels: int
    corrected: int
    judged: int
    untaught: float
    taught: float


def learning_curve(
    texts: Sequence[tuple[str, Polarity]],
    triage: Callable[[], Triage],
    checkpoints: Sequence[int] = CHECKPOINTS,
) -> list[Point]:
    """A point for every checkpoint after which texts are left to judge."""
    plain, taught = triage(), triage()
    untaught = [plain.read(text).polarity for text, _ in texts]
    points: list[Point] = []
    learnt = corrected = 0
    for checkpoint in checkpoints:
        if checkpoint >= len(texts):
            break
        for text, polarity in texts[learnt:checkpoint]:
            wrong = taught.read(text).polarity is not polarity
            corrected += wrong
            taught.learn(text, polarity, WEIGHTS["corrected" if wrong else "left"])
        learnt = checkpoint
        rest = texts[checkpoint:]
        points.append(
            Point(
                learnt,
                corrected,
                len(rest),
                Confusion((is_, read) for (_, is_), read in zip(rest, untaught[checkpoint:], strict=True)).macro_f1,
                Confusion((is_, taught.read(text).polarity) for text, is_ in rest).macro_f1,
            )
        )
    return points
