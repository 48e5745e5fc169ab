"""Judging the reading: F1, confusion and the learning curve, worked out by hand."""

import pytest

from warroom.domain.mention import Polarity
from warroom.domain.triage.evaluation import Confusion, learning_curve
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon

NEG, NEU, POS = Polarity


def test_rates_and_their_mean_are_those_of_the_table() -> None:
    found = Confusion([(NEG, NEG)] * 3 + [(NEG, POS)] + [(POS, POS)] * 2 + [(POS, NEG)] * 2)
    assert (found[NEG, NEG], found[NEG, POS], found[NEU, NEU], found.total, found.are(POS)) == (3, 1, 0, 8, 4)
    assert found.right == 5 / 8
    assert tuple(found.rates(NEG)) == pytest.approx((3 / 5, 3 / 4, 6 / 9))
    assert tuple(found.rates(POS)) == pytest.approx((2 / 3, 2 / 4, 4 / 7))
    assert found.macro_f1 == pytest.approx((6 / 9 + 4 / 7) / 2), "a kind that never occurs does not count"


def test_a_kind_that_is_only_read_counts_as_never_right() -> None:
    assert Confusion([(NEG, NEG), (NEG, NEU)]).macro_f1 == pytest.approx((2 / 3 + 0) / 2)
    empty: Confusion[Polarity] = Confusion([])
    assert (empty.macro_f1, empty.right) == (0, 0)


def fresh() -> Triage:
    return Triage(load_lexicon())


def test_the_curve_judges_only_what_comes_after_what_was_learnt() -> None:
    texts = [(f"the purple cap came with number {word}", NEG) for word in "abcdefghij"] + [("Thanks, great", POS)] * 10
    points = learning_curve(texts, fresh, checkpoints=(0, 10, 20))
    assert [(point.labels, point.judged) for point in points] == [(0, 20), (10, 10)]
    assert points[0].untaught == points[0].taught
    assert points[0].corrected == 0
    assert 0 < points[1].corrected <= 10, "those that were read rightly are left, not corrected"
    assert points[1].untaught == 1


def test_learning_shows_in_the_curve() -> None:
    texts = [("the purple cap came again", NEG), ("my oven is the blue one", NEU)] * 40
    points = learning_curve(texts, fresh, checkpoints=(0, 20))
    assert points[1].untaught < 0.5
    assert points[1].taught == 1
    assert points[1].corrected < 20
