"""What labels teach of the fifteen figures: exact on one figure, and by its promises on all."""

from random import Random

import pytest

from warroom.domain.triage.calibration import VARIANCE, VARIANCE_OF_ALL, Calibration, scores, taught, untaught

PRIOR = ((0.0, 0.0, 0.0), (0.5, 0.0, -0.5), (0.0, 0.3, 0.0))
NEG, NEU, POS = range(3)


def after(*labels: tuple[tuple[float, ...], int], weight: float = 1.0) -> Calibration:
    found = untaught(PRIOR)
    for layer, side in labels:
        found = taught(found, layer, side, weight)
    return found


def test_before_any_label_it_is_the_prior() -> None:
    assert untaught(PRIOR).weights == PRIOR
    assert scores(PRIOR, (1.0, 2.0, 0.0)) == (1.0, 0.0, -1.0)


def test_one_label_moves_every_weight_of_its_figure_by_how_unsure_it_is() -> None:
    found = taught(untaught(((0.0, 0.0, 0.0),)), (1.0,), NEG, 1.0)
    weight = 4 / 2**0.5 / (2**0.5 + 1 + 1)  # its side was seen twice, with the one that each has beforehand
    damped = 1 + weight * (1 / 3) * (2 / 3) * VARIANCE_OF_ALL
    moved = VARIANCE_OF_ALL * weight / damped
    assert found.weights[0] == pytest.approx((moved * 2 / 3, -moved / 3, -moved / 3))
    assert found.seen == (2, 1, 1)
    left = VARIANCE_OF_ALL - VARIANCE_OF_ALL**2 * weight * (2 / 9) / damped
    assert found.unsure[NEG][0][0] == pytest.approx(left)


def test_in_which_order_the_figures_are_summed_up_changes_nothing() -> None:
    """`sum` rounds as it goes, and not alike in every version of Python: two consoles would learn differently."""
    chance = Random(1)
    nothing = [(0.0, 0.0, 0.0)] * 15
    for _ in range(20):
        layer = [chance.random() * 5 for _ in range(14)]
        there = taught(untaught(nothing), (1.0, *layer), NEG, 1.0).weights
        back = taught(untaught(nothing), (1.0, *reversed(layer)), NEG, 1.0).weights
        assert there[1:] == back[:0:-1]


def test_what_a_text_does_not_have_teaches_nothing_and_stays_as_unsure() -> None:
    found = after(((1.0, 0.5, 0.0), NEG))
    assert found.weights[2] == PRIOR[2]
    assert found.unsure[NEG][2] == (0, 0, VARIANCE)


def test_a_label_that_says_what_is_foretold_anyway_moves_next_to_nothing() -> None:
    sure = ((0.0, 9.0, 0.0),)
    found = taught(untaught(sure), (1.0,), NEU, 1.0)
    assert found.weights[0] == pytest.approx(sure[0], abs=1e-5)


def test_each_label_moves_less_than_the_one_before() -> None:
    layer = (1.0, 0.5, 0.0)
    one, two, three = (scores(after(*[(layer, NEG)] * n).weights, layer)[NEG] for n in (1, 10, 11))
    start = scores(PRIOR, layer)[NEG]
    assert start < one < two < three
    assert three - two < one - start


def test_a_rare_side_counts_more_than_one_that_is_said_all_the_time() -> None:
    layer, other = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
    rare = after(*[(other, NEU)] * 20, (layer, NEG)).weights[0][NEG]
    usual = after(*[(other, NEG)] * 20, (layer, NEG)).weights[0][NEG]
    assert rare > 1.5 * usual > 0


def test_what_was_let_stand_counts_a_little_less_than_what_was_said() -> None:
    layer = (1.0, 0.0, 0.0)
    said, left = after((layer, NEG)).weights[0][NEG], after((layer, NEG), weight=0.25).weights[0][NEG]
    assert 0.65 < left / said < 0.85
