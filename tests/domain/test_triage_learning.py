"""Learning from the operator: each rule alone, and the promise that the same labels give the same weights."""

from collections.abc import Sequence
from math import sqrt
from operator import mul
from pathlib import Path
from random import Random
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warroom.domain.mention import POLARITIES, Polarity, Segment
from warroom.domain.triage.evaluation import learning_curve
from warroom.domain.triage.features import features
from warroom.domain.triage.grams import Pieces
from warroom.domain.triage.label import Label, from_former, label
from warroom.domain.triage.learner import (
    BUFFER,
    JUDGED,
    LEAST_DOUBT,
    MOST_DOUBT,
    REPLAYED,
    Learner,
    Seen,
)
from warroom.domain.triage.triage import PRIOR, Triage
from warroom.domain.triage.vocabulary import Vocabulary
from warroom.services.lexicon import load_lexicon

DATA = Path(__file__).parent / "data"
LEXICON = load_lexicon()
VOCABULARY = Vocabulary(LEXICON)
PIECES = Pieces(VOCABULARY)
NEG, NEU, POS = POLARITIES

WORDS = st.sampled_from(
    ["carton", "lot", "not", "good", "asco", "😡", "oat", "gracias", "!", ",", "#lote", "scam", "?"]
)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
LABELS = st.lists(
    st.builds(
        Label,
        text=TEXTS,
        polarity=st.sampled_from(POLARITIES),
        weight=st.sampled_from([1.0, 0.25]),
        key=st.sampled_from(["", "a", "b", "c"]),
    ),
    max_size=25,
)


def fresh(seed: int = 1) -> Triage:
    return Triage(LEXICON, PRIOR, seed)


def learner() -> Learner:
    return Learner(VOCABULARY, PRIOR, 1)


def test_one_step_is_the_step_of_the_design() -> None:
    one = learner()
    text = "carton"  # grams: the word and its beginning
    before = fresh().read(text).probabilities
    one.learn(Label(text, NEG, 0.25))
    hashed = one.weights[1]
    found = PIECES.of(text)
    for side, wanted in enumerate((1, 0, 0)):
        off = 0.25 * (before[side] - wanted)
        at_word = off * found.unit
        at_beginning = off * found.unit / 2
        assert hashed[found.whole[0]][side] == pytest.approx(-0.25 * at_word / sqrt(0.01 + at_word**2))
        assert hashed[found.light[0]][side] == pytest.approx(-0.25 * at_beginning / sqrt(0.01 + at_beginning**2))


def less(before: Sequence[float], after: Sequence[float], doubt: float) -> list[float]:
    """What was learnt, less the doubt."""
    stood = before.index(max(before))
    moved = after[stood] - before[stood]
    return [now - min(doubt, max(0.0, now - was - moved)) for was, now in zip(before, after, strict=True)]


def believed(triage: Triage, text: str) -> tuple[list[float], list[float]]:
    """The exponents of the three sides by what was learnt of the layer, less its doubt, and with all that was learnt
    of words."""
    layer, hashed = triage.learner.weights
    found, share = PIECES.of(text), triage.learner.share
    values = features(text, VOCABULARY).layer()
    nothing = (0.0, 0.0, 0.0)
    listed = [sum(map(mul, PRIOR[side], values)) for side in range(3)]
    moved = [sum(map(mul, (row[side] for row in layer), values)) - listed[side] for side in range(3)]
    alone = [was + share * by for was, by in zip(listed, moved, strict=True)]
    before = less(listed, alone, triage.learner.doubt_of_layer)
    return before, [
        before[side]
        + found.unit * sum(hashed.get(at, nothing)[side] for at in found.whole)
        + found.unit / 2 * sum(hashed.get(at, nothing)[side] for at in found.light)
        for side in range(3)
    ]


def test_what_was_learnt_of_words_counts_less_the_doubt_and_so_does_that_of_the_layer() -> None:
    triage = fresh()
    for _ in range(6):
        triage.learn("carton", NEG)
    triage.restore([Label("Press conference at four", NEU)] * 6)
    before, learnt = believed(triage, "carton")
    assert triage.learner.doubt > triage.learner.doubt_of_layer > 0
    assert triage.read("carton").scores == pytest.approx(less(before, learnt, triage.learner.doubt))
    assert triage.read("carton").scores != pytest.approx(learnt)


@given(LABELS, TEXTS)
@settings(deadline=None)
def test_a_text_changes_sides_only_where_the_other_one_is_ahead_by_more_than_the_doubt(
    labels: list[Label], text: str
) -> None:
    triage = fresh()
    triage.restore(labels)
    before, learnt = believed(triage, text)
    stood = before.index(max(before))
    ahead = max(learnt) - learnt[stood] - triage.learner.doubt
    scores = triage.read(text).scores
    if labels and abs(ahead) > 1e-9:
        assert scores.index(max(scores)) == (learnt.index(max(learnt)) if ahead > 0 else stood)


def heard(agreed: int, against: int) -> float:
    """The doubt after labels that say what the word lists say, and others that contradict them."""
    one = learner()
    one.restore([Label("Press conference at four", NEU)] * agreed + [Label("Press conference at four", NEG)] * against)
    return one.doubt


def test_the_oftener_the_word_lists_are_right_the_more_is_doubted_what_was_learnt() -> None:
    assert heard(0, 0) == pytest.approx(1.3 - 0.8 * (5 / 20 - 0.1) / 0.4), "a quarter is supposed to be wrong"
    assert heard(40, 0) == heard(80, 0) == MOST_DOUBT
    assert heard(30, 30) == pytest.approx(1.3 - 0.8 * (35 / 80 - 0.1) / 0.4)
    assert heard(25, 35) == pytest.approx(LEAST_DOUBT)
    assert MOST_DOUBT > heard(30, 10) > heard(20, 20) > LEAST_DOUBT


def test_who_only_ever_corrects_is_doubted_most() -> None:
    """What they do not say is all that was right."""
    assert heard(0, 10) < heard(0, 30) < heard(0, 45)
    assert heard(0, 45) == heard(0, 90) == MOST_DOUBT


def test_who_only_ever_corrects_teaches_what_the_words_say_and_nothing_of_all_texts() -> None:
    one = learner()
    one.restore([Label("The road is long", NEG)] * 45)
    layer = features("Press conference at four", VOCABULARY).layer()
    assert one.share == 0
    assert one.scores(layer, "") == pytest.approx(learner().scores(layer, ""))
    one.restore([Label("Press conference at four", NEU)] * 45)
    assert one.share == 1
    assert one.scores(layer, "") != pytest.approx(learner().scores(layer, ""))


def rows_of(language: str) -> list[tuple[str, Polarity]]:
    """What customers and citizens write, in our own words, on no common matter."""
    rows: list[tuple[str, Polarity]] = []
    for name in ("voices_tuned.tsv", "voices_held_out.tsv"):
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            if not line.startswith("//"):
                side, _, spoken, text = line.split("\t")
                rows += [(text, Polarity(side))] if spoken == language else []
    return rows


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_few_labels_do_not_cost_what_the_word_lists_know(language: str) -> None:
    """Texts that share nothing but the language have next to nothing to teach each other. Each is seen and corrected or
    left, as an operator would, and those that follow are judged."""
    lost = []
    for seed in range(5):
        texts = rows_of(language)
        Random(seed).shuffle(texts)
        for point in learning_curve(texts, fresh, checkpoints=(20, 50)):
            lost.append(point.untaught - point.taught)
    assert mean(lost) < 0.004
    assert max(lost) < 0.02


def test_a_few_labels_do_not_turn_texts_that_share_no_word_with_them() -> None:
    few, many = fresh(), fresh()
    other = "Conferencia hoy"
    negative = few.read(other).probabilities[0]
    few.restore([Label("purple cap", NEG)] * 5)
    many.restore([Label("purple cap", NEG), Label("useless", NEG)] * 100)
    assert few.read(other).polarity is fresh().read(other).polarity
    assert abs(few.read(other).probabilities[0] - negative) < 0.04
    assert many.read(other).probabilities[0] - negative > 0.05
    assert few.read("purple cap").polarity is NEG


def test_without_labels_a_text_is_read_by_the_prior_alone() -> None:
    read = fresh().read("awful, useless")
    off = fresh()
    off.learn("awful, useless", POS)
    assert off.read("awful, useless") != read
    off.learning = False
    assert off.read("awful, useless") == read
    off.learning = True
    assert off.read("awful, useless") != read, "labels given in the meantime count"


def test_a_correction_moves_texts_of_the_same_words_to_the_side_that_was_said() -> None:
    triage = fresh()
    text, like_it = "the carton came with a purple cap", "my carton has a purple cap too"
    assert triage.read(like_it).segment is Segment.NEUTRAL
    for _ in range(3):
        triage.learn(text, NEG)
    assert triage.read(like_it).polarity is NEG
    assert triage.read("Press conference at four").probabilities[0] < triage.read(like_it).probabilities[0] - 0.1


def test_where_the_word_lists_are_always_right_three_corrections_still_teach_the_words_they_are_of() -> None:
    triage = fresh()
    triage.restore([Label("Press conference at four", NEU, 0.25)] * 200)
    assert triage.learner.doubt == MOST_DOUBT
    for _ in range(3):
        triage.learn("the carton came with a purple cap", NEG)
    assert triage.read("the carton came with a purple cap").polarity is NEG
    assert triage.read("again the purple cap of the carton").polarity is NEG


def test_what_was_seen_and_left_teaches_less_than_what_was_said() -> None:
    said, left = fresh(), fresh()
    said.restore([label("carton leaks", NEG, "corrected")])
    left.restore([label("carton leaks", NEG, "left")])
    before = fresh().read("carton leaks").probabilities[0]
    assert before < left.read("carton leaks").probabilities[0] < said.read("carton leaks").probabilities[0]
    assert (label("x", NEG, "confirmed").weight, label("x", NEG, "left").weight) == (1, 0.25)


def test_labels_of_a_former_crisis_count_three_tenths_and_belong_to_no_mention_of_this_one() -> None:
    assert from_former(Label("x", NEG, 1.0, "a|1")) == Label("x", NEG, 0.3)
    assert from_former(Label("x", NEG, 0.25, "a|1")).weight == pytest.approx(0.075)


@given(LABELS, st.integers(0, 25))
@settings(deadline=None)
def test_the_same_labels_give_the_same_weights_whatever_the_batches(labels: list[Label], cut: int) -> None:
    at_once, in_two, one_by_one = learner(), learner(), learner()
    at_once.restore(labels)
    in_two.restore(labels[:cut])
    in_two.restore(labels[cut:])
    for one in labels:
        one_by_one.learn(one)
    assert at_once.weights == in_two.weights == one_by_one.weights
    assert at_once.agreement == in_two.agreement == one_by_one.agreement


@given(LABELS, TEXTS)
@settings(deadline=None)
def test_what_is_kept_restores_what_was_learnt(labels: list[Label], text: str) -> None:
    before, after = fresh(), fresh()
    for one in labels:
        before.learn(one.text, one.polarity, one.weight)
    after.restore(before.labels())
    assert after.learner.weights == before.learner.weights
    assert after.read(text) == before.read(text)
    assert after.agreement == before.agreement


@given(LABELS, LABELS)
@settings(deadline=None)
def test_a_learner_made_beside_is_taught_its_labels_alone_and_touches_nothing_of_the_one_in_use(
    labels: list[Label], others: list[Label]
) -> None:
    triage, never = fresh(), fresh()
    triage.restore(labels)
    before = triage.learner.weights
    beside = triage.taught(others)
    never.restore(others)
    assert (beside.weights, beside.labels) == (never.learner.weights, tuple(others))
    assert (triage.learner.weights, triage.labels()) == (before, tuple(labels))


@given(LABELS, LABELS, LABELS)
@settings(deadline=None)
def test_newest_labels_that_are_taken_back_were_never_learnt(
    first: list[Label], then: list[Label], instead: list[Label]
) -> None:
    one, never = learner(), learner()
    one.restore([*first, *then])
    assert one.take_back(len(then))
    never.restore(first)
    for known in (one, never):
        known.restore(instead)
    assert (one.weights, one.labels, one.agreement) == (never.weights, never.labels, never.agreement)
    assert one.doubt == never.doubt
    assert one.scores(features("carton", VOCABULARY).layer(), "carton") == never.scores(
        features("carton", VOCABULARY).layer(), "carton"
    )


def test_what_fell_out_of_the_judged_and_the_buffer_is_there_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warroom.domain.triage.learner.BUFFER", 6)
    monkeypatch.setattr("warroom.domain.triage.learner.JUDGED", 4)
    labels = [Label(f"carton {word}", side) for word, side in zip("abcdef", POLARITIES * 2, strict=True)] * 2
    monkeypatch.setattr("warroom.domain.triage.learner.NEWEST", 4)
    one, never = learner(), learner()
    one.restore([*labels, *labels[:3]])
    assert not one.take_back(5), "only the newest of those that are restored are remembered"
    assert one.take_back(3)
    never.restore(labels)
    for known in (one, never):
        known.restore(labels[4:])
    assert (one.weights, one.agreement) == (never.weights, never.agreement)


def test_taking_back_has_an_end_and_changes_nothing_beyond_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warroom.domain.triage.learner.REMEMBERED", 20)
    one = learner()
    one.restore(Label(f"carton {word}", NEG) for word in "abcdefghij")
    before = one.weights, one.labels
    assert not one.take_back(8)
    assert (one.weights, one.labels) == before
    assert one.take_back(1)


def test_old_labels_are_learnt_again_with_each_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    one = learner()
    steps: list[int] = []
    step = Learner._step

    def counted(self: Learner, seen: Seen) -> None:
        steps.append(seen.side)
        step(self, seen)

    monkeypatch.setattr(Learner, "_step", counted)
    counts = []
    for _ in range(REPLAYED + 3):
        steps.clear()
        one.learn(Label("carton", NEG))
        counts.append(len(steps))
    assert counts == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9]


def test_only_the_newest_labels_are_replayed_but_none_is_forgotten() -> None:
    one = learner()
    one.restore([Label("", NEU)] * (BUFFER + 5))
    assert len(one._buffer) == BUFFER
    assert one.learnt == len(one.labels) == BUFFER + 5


def test_another_seed_draws_other_old_labels() -> None:
    labels = [Label(f"carton {word}", side) for word, side in zip("abcdef", POLARITIES * 2, strict=True)] * 3
    one, two = fresh(1), fresh(2)
    one.restore(labels)
    two.restore(labels)
    assert one.learner.weights != two.learner.weights


def test_agreement_is_over_the_last_fifty_labels_each_judged_before_it_was_learnt() -> None:
    one = learner()
    assert (one.agreement.share, one.learnt) == (None, 0)
    assert one.learn(Label("Press conference at four", NEU))
    assert not one.learn(Label("The road is long", POS))
    assert one.agreement.share == 0.5
    for _ in range(JUDGED):
        one.learn(Label("Press conference at four", NEU))
    assert tuple(one.agreement) == (JUDGED, JUDGED)


@pytest.mark.parametrize("text", ["", "   ", "😡", "@a https://a.example", "مرحبا", "a" * 10_000, "\x00\u202e\ud800"])
def test_strange_texts_can_be_learnt(text: str) -> None:
    triage = fresh()
    for polarity in POLARITIES:
        triage.learn(text, polarity)
    assert sum(triage.read(text).probabilities) == pytest.approx(1)


def test_a_thousand_labels_of_one_side_leave_finite_weights() -> None:
    triage = fresh()
    triage.restore([Label("scam 😡 not good", POS)] * 1_000)
    read = triage.read("scam 😡 not good")
    assert read.polarity is Polarity.POS
    assert max(map(abs, read.scores)) < 50
