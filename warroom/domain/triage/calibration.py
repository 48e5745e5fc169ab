"""How far the prior is off for one brand: what labels teach of the fifteen figures, apart from any word.

A logistic regression that starts at the prior and is carried on label by label (Laplace's approximation: beside each
weight stands how unsure it is, and what is sure moves little). Nothing is replayed: each label is learnt once.

Sums are those of `fsum`: `sum` rounds otherwise from Python 3.12 on, and two consoles must learn the same.
"""

from collections.abc import Sequence
from math import fsum
from operator import mul
from typing import NamedTuple

from warroom.domain.mention import likelihoods

Scores = tuple[float, float, float]
Matrix = tuple[tuple[float, ...], ...]

VARIANCE = 0.04
"""Of every weight before the first label: by how much one brand's posts may differ from public ones, squared."""
VARIANCE_OF_ALL = 0.02
"""The same of the first figure, which every text has."""
RARITY = 0.5
"""Power by which a side that is rare among the labels counts more: else the largest swallows the others."""
LOOK = 0.25
"""Power of a label's weight: what was let stand was looked at less, but tells nearly as much of all that is read right
as a correction does of what is wrong. Counted a quarter, as words are, it made the reading of rare sides worse."""


class Calibration(NamedTuple):
    """Per figure, its weight for each side; per side, how unsure its weights are; and the labels of each side."""

    weights: tuple[Scores, ...]
    unsure: tuple[Matrix, Matrix, Matrix]
    seen: Scores = (1.0, 1.0, 1.0)


def untaught(prior: Sequence[Scores]) -> Calibration:
    """The prior as it stands before any label."""
    unsure = tuple(
        tuple((VARIANCE if at else VARIANCE_OF_ALL) if at == other else 0.0 for other in range(len(prior)))
        for at in range(len(prior))
    )
    return Calibration(tuple(prior), (unsure, unsure, unsure))


def taught(before: Calibration, layer: Sequence[float], side: int, weight: float) -> Calibration:
    """With one label more."""
    likely = likelihoods(scores(before.weights, layer))
    weight **= LOOK
    worse, same, better = before.seen
    seen = worse + weight * (side == 0), same + weight * (side == 1), better + weight * (side == 2)
    weight *= fsum(seen) / seen[side] ** RARITY / fsum(n ** (1 - RARITY) for n in seen)
    moved, unsure = zip(
        *(_moved(before.unsure[at], layer, weight, likely[at], at == side) for at in range(3)), strict=True
    )
    weights = tuple(
        (was[0] + by[0], was[1] + by[1], was[2] + by[2])
        for was, by in zip(before.weights, zip(*moved, strict=True), strict=True)
    )
    return Calibration(weights, unsure, seen)


def _moved(
    unsure: Matrix, layer: Sequence[float], weight: float, likely: float, right: bool
) -> tuple[list[float], Matrix]:
    """By how much the weights of one side move, and how unsure they are then."""
    along = [fsum(map(mul, row, layer)) for row in unsure]
    curve = weight * likely * (1 - likely)
    damped = 1 + curve * fsum(map(mul, along, layer))
    step, shrink = weight * (right - likely) / damped, curve / damped
    return [step * value for value in along], tuple(
        tuple([value - by * other for value, other in zip(row, along, strict=True)])
        for row, by in zip(unsure, [shrink * value for value in along], strict=True)
    )


def scores(weights: Sequence[Scores], layer: Sequence[float]) -> Scores:
    """The exponents of negative, neutral, positive by the layer alone."""
    negative = neutral = positive = 0.0
    for value, (worse, same, better) in zip(layer, weights, strict=True):
        if value:  # most are 0
            negative += value * worse
            neutral += value * same
            positive += value * better
    return negative, neutral, positive
