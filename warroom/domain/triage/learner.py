"""What is learnt from the operator's labels: weights on top of the calibrated prior (triage design, section 2).

The weights are a function of the labels in their order, of the prior and of the seed, and of nothing else: learning one
by one, in batches, or all over again after a restart gives the same numbers to the last bit. So labels are what is
kept; weights never are.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import chain
from math import sqrt
from random import Random
from typing import Any, NamedTuple, TypeVar

from warroom.domain.mention import POLARITIES, likelihoods

from .calibration import Calibration, Scores, scores, taught, untaught
from .features import features
from .grams import Grams, Pieces
from .label import LONGEST, Label
from .vocabulary import Vocabulary

RATE = 0.25
"""Of the hashes."""
STARTS = 0.01
"""What the sums of squared steps begin with (AdaGrad)."""
REPLAYED = 8
"""Old labels learnt again with each new one, so that the last word does not drown those before."""
BUFFER = 2_000
"""Newest labels among which those are drawn."""
LEAST_DOUBT, MOST_DOUBT = 0.5, 1.3
"""By how much another side must be ahead before what was learnt of words takes a text from the side that it had. A few
labels move many texts a little, and a text whose sides are close fell to any breath. Without any doubt half the runs
over real posts read worse after 50 labels than with none, by up to .06 of macro-F1.

Measured on real posts, 8 draws of each set, each text seen and corrected or left, macro-F1 of 400 others after 50, 100
and 200 labels. English, with the lists right in three of four, to airlines: -.002, .001, .000; to a maker of computers:
.003, .004, .011; of anything: .007, .005, .012; with them right in every other one, of a festival: .018, .047, .064;
about a medicine: .12, .15, .16. Spanish, to airlines: .005, .005, .002; to drivers' services in four countries: -.004,
.011 after 100; to a bank: -.001, .002. A hundred corrections come with some three hundred texts that were left: after
those airlines gained .005, computers .013, anything .025, the festival .066, the Spanish airlines .003. Of all
these draws one in four lies below the start, half of those by .005 at most, six of 176 by more than .010, one by .038.

There is not much more to be had: a logistic regression over the same features that knows four in five of all labels
gains .03 and .00 on the two Spanish sets of airlines, and .05 and .03 on the services and the bank; all that 7,000
labels can teach of the English airlines is .04. Labels of the Spanish airlines contradict each other: the same text has
all three. No other doubt, variance or weight of what was left did better on the mean of these sets than the ones here;
nor did believing only words of two or three labels, or only those whose labels say the same: after 200 labels they
gained .004 to .009 less, and single draws lost more. Nor did learning of the layer only how often each side is said
(its first figure, with variances from .02 to .2): over ten sets that gained .012 to .019 after 50 labels and .017 to
.020 after 100, all fifteen figures .016 and .019; and of 80 draws three to six lost more than .010, where now two do.

Who only corrects loses at most .03, with a constant doubt it was .05. The words of one matter are learnt all the same:
two or three corrections turn what is said in them, however well the lists read all else. Weighing what was learnt by
how well it foretold the labels was tried and is unsafe: who only ever corrects would turn everything."""
MOST_DOUBT_OF_LAYER = 0.3
"""The same of what was learnt of the layer, where doubt is at its most; none where it is at its least. What is learnt
of the layer is surer (see calibration), but moves more texts at once."""
SURE, AT_ODDS, ONLY_CORRECTED = 0.1, 0.5, 0.75
"""Shares of labels that contradict the word lists. Where few do, there is little to win and much to lose: doubt is at
its most. It falls to its least where every other one does. Nobody's lists are wrong more often than that: then an
operator says only what is wrong, which tells nothing of all that is right, and doubt rises again."""
SUPPOSED, OUT_OF = 5, 20
"""Labels against the lists that are supposed before there are any, and out of how many."""
NEWEST = 30
"""Newest labels of those that are restored that can be taken back without learning all the others again."""
REMEMBERED = 20_000
"""Rows that are kept for that, some 4 MB: about seventy labels of usual length, and one however long."""
JUDGED = 50
"""Labels over which the agreement is told."""

Item = TypeVar("Item")
Row = tuple[float, float, float, float, float, float]
NEW: Row = (0.0, 0.0, 0.0, STARTS, STARTS, STARTS)
Prior = tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
"""Negative, neutral, positive: one weight for each feature of the layer."""


class Seen(NamedTuple):
    """A labelled text as it is learnt: read once, replayed often."""

    layer: tuple[float, ...]
    grams: Grams
    side: int
    weight: float


class Before(NamedTuple):
    """All that a label changed, as it was before: the layer and its sums, the rows of the hashes (None for those that
    were not there), the chance, how many were against the lists, and what fell out of the judged and of the buffer."""

    calibration: Calibration
    rows: dict[int, Row | None]
    chance: Any
    against: int
    judged: bool | None
    buffered: Seen | None


class Agreement(NamedTuple):
    """Of the last `of` labels, how many said what the program had said before it knew them."""

    agreed: int
    of: int

    @property
    def share(self) -> float | None:
        """0 to 1; None where nothing was judged yet."""
        return self.agreed / self.of if self.of else None


class Learner:
    """Scores a text by the prior and what was learnt on top of it."""

    def __init__(self, vocabulary: Vocabulary, prior: Prior, seed: int) -> None:
        self._vocabulary = vocabulary
        self._pieces = Pieces(vocabulary)
        self._calibration = untaught(list(zip(*prior, strict=True)))
        self._untaught = self._calibration.weights
        """By feature of the layer, what it is worth for each side by the prior alone."""
        self._labels: list[Label] = []
        self._buffer: deque[Seen] = deque(maxlen=BUFFER)
        self._judged: deque[bool] = deque(maxlen=JUDGED)
        self._chance = Random(seed)
        self._trusted: Sequence[Scores] = self._untaught
        """The same with what was learnt, as texts are read by it."""
        self.share = 1.0
        """How much of what was learnt of the layer is believed."""
        self._against = 0
        """Labels that contradict the word lists."""
        self.doubt, self.doubt_of_layer = MOST_DOUBT, MOST_DOUBT_OF_LAYER
        """By how much another side must be ahead of the one that stands without what was learnt: of words, of the
        layer."""
        self._grams: dict[int, Row] = {}
        """By hash: what it is worth for each side, then the sums of their squared steps."""
        self._past: deque[Before] = deque()
        """Of the newest labels, what each of them changed."""
        self._held = 0
        """Rows in it."""
        self.version = 0
        """Another one whenever texts are read otherwise."""
        self._trust()

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every standing label in the order in which it was learnt."""
        return tuple(self._labels)

    @property
    def learnt(self) -> int:
        """How many labels stand."""
        return len(self._labels)

    @property
    def agreement(self) -> Agreement:
        return Agreement(sum(self._judged), len(self._judged))

    @property
    def weights(self) -> tuple[tuple[Scores, ...], dict[int, Scores]]:
        """The weights of the layer, prior included, and those of the hashes: what two consoles must have alike."""
        return self._calibration.weights, {at: (row[0], row[1], row[2]) for at, row in self._grams.items()}

    def scores(self, layer: tuple[float, ...], text: str) -> Scores:
        """The exponents of negative, neutral, positive. The text is only hashed where something was learnt."""
        return self._read(layer, self._pieces.of(text) if self._grams else None)

    def _read(self, layer: tuple[float, ...], found: Grams | None) -> Scores:
        before = scores(self._untaught, layer)
        if self._labels:
            before = _doubted(before, scores(self._trusted, layer), self.doubt_of_layer)
        return before if found is None else _doubted(before, self._with(before, found), self.doubt)

    def _with(self, before: Scores, found: Grams) -> Scores:
        """And what its words were learnt to say."""
        negative, neutral, positive = before
        get = self._grams.get
        for hashes, worth in ((found.whole, found.unit), (found.light, found.unit / 2)):
            worse = same = better = 0.0
            for known in filter(None, map(get, hashes)):
                worse += known[0]
                same += known[1]
                better += known[2]
            negative += worse * worth
            neutral += same * worth
            positive += better * worth
        return negative, neutral, positive

    def learn(self, label: Label) -> bool:
        """Learn a label and a few old ones; tells whether it says what we had said."""
        chance = self._chance.getstate()
        steps = self._steps(label)
        self._remember(steps, chance)
        return self._learn(label, steps)

    def _steps(self, label: Label) -> list[Seen]:
        """The label as it is learnt, and the old ones that are learnt again with it."""
        text = label.text[:LONGEST]
        seen = Seen(
            features(text, self._vocabulary).layer(),
            self._pieces.of(text),
            POLARITIES.index(label.polarity),
            label.weight,
        )
        known = len(self._buffer)
        # Only `random()` itself promises the same numbers in every version of Python.
        return [seen, *(self._buffer[int(self._chance.random() * known)] for _ in range(min(REPLAYED, known)))]

    def _learn(self, label: Label, steps: Sequence[Seen]) -> bool:
        seen = steps[0]
        read = self._read(seen.layer, seen.grams)
        agreed = read.index(max(read)) == seen.side
        for one in steps:
            self._step(one)
        self._judged.append(agreed)
        listed = scores(self._untaught, seen.layer)
        self._against += listed.index(max(listed)) != seen.side
        self._calibration = taught(self._calibration, seen.layer, seen.side, seen.weight)
        self._buffer.append(seen)
        self._labels.append(label)
        self._trust()
        return agreed

    def _remember(self, steps: Sequence[Seen], chance: Any) -> None:
        """Keep what the steps of a label are about to change."""
        get = self._grams.get
        touched = chain.from_iterable(hashes for seen in steps for hashes in (seen.grams.whole, seen.grams.light))
        rows = {at: get(at) for at in touched}
        self._past.append(
            Before(
                self._calibration,
                rows,
                chance,
                self._against,
                self._judged[0] if len(self._judged) == JUDGED else None,
                self._buffer[0] if len(self._buffer) == BUFFER else None,
            )
        )
        self._held += len(rows)
        while self._held > REMEMBERED and len(self._past) > 1:
            self._held -= len(self._past.popleft().rows)

    def take_back(self, n: int) -> bool:
        """Be as before the newest labels were learnt, to the last bit; False, and nothing is done, where that is no
        longer remembered."""
        if n > len(self._past):
            return False
        for _ in range(n):
            before = self._past.pop()
            self._held -= len(before.rows)
            self._calibration = before.calibration
            for at, row in before.rows.items():
                if row is None:
                    del self._grams[at]
                else:
                    self._grams[at] = row
            self._chance.setstate(before.chance)
            self._against = before.against
            _shortened(self._judged, before.judged)
            _shortened(self._buffer, before.buffered)
            self._labels.pop()
        if n:
            self._trust()
        return True

    def _trust(self) -> None:
        self.version += 1
        against = (self._against + SUPPOSED) / (self.learnt + OUT_OF)
        self.doubt = _doubt(against)
        self.doubt_of_layer = MOST_DOUBT_OF_LAYER * (self.doubt - LEAST_DOUBT) / (MOST_DOUBT - LEAST_DOUBT)
        self.share = share = _share(against)
        self._trusted = self._calibration.weights
        if share < 1:
            self._trusted = [
                (worse + share * (row[0] - worse), same + share * (row[1] - same), better + share * (row[2] - better))
                for (worse, same, better), row in zip(self._untaught, self._calibration.weights, strict=True)
            ]

    def restore(self, labels: Iterable[Label]) -> None:
        """Learn labels in their order, as if each had just been given. Only of the newest it is remembered what they
        changed, which costs half as much again as the learning."""
        known = list(labels)
        if len(known) > NEWEST:
            self._past.clear()
            self._held = 0
        for label in known[:-NEWEST]:
            self._learn(label, self._steps(label))
        for label in known[-NEWEST:]:
            self.learn(label)

    def _step(self, seen: Seen) -> None:
        """One step of AdaGrad towards a label."""
        likely = likelihoods(self._with(scores(self._trusted, seen.layer), seen.grams))
        off = [seen.weight * (likely[side] - (side == seen.side)) for side in range(3)]
        unit = seen.grams.unit
        for hashes, worth in ((seen.grams.whole, unit), (seen.grams.light, unit / 2)):
            _towards(self._grams, hashes, off[0] * worth, off[1] * worth, off[2] * worth)


def _doubt(against: float) -> float:
    """How much is doubted where that share of labels contradicts the word lists. Without a jump."""
    odds = (against - SURE) / (AT_ODDS - SURE)
    if against > AT_ODDS:
        odds = (ONLY_CORRECTED - against) / (ONLY_CORRECTED - AT_ODDS)
    return MOST_DOUBT - (MOST_DOUBT - LEAST_DOUBT) * min(1.0, max(0.0, odds))


def _share(against: float) -> float:
    """How much of what was learnt of the layer is believed: all, unless nearly everything that is said contradicts."""
    return min(1.0, max(0.0, (ONLY_CORRECTED - against) / (ONLY_CORRECTED - AT_ODDS)))


def _doubted(before: Scores, after: Scores, doubt: float) -> Scores:
    """What was learnt, less the doubt: a side that gains on the one that stood before gains nothing up to the doubt,
    and beyond it what is beyond. That is without a jump, and nothing where nothing was learnt."""
    stood = before.index(max(before))
    moved = after[stood] - before[stood]
    return (
        after[0] - min(doubt, max(0.0, after[0] - before[0] - moved)),
        after[1] - min(doubt, max(0.0, after[1] - before[1] - moved)),
        after[2] - min(doubt, max(0.0, after[2] - before[2] - moved)),
    )


def _shortened(row: deque[Item], fell: Item | None) -> None:
    """Without its newest, and with the oldest that it had pushed out."""
    row.pop()
    if fell is not None:
        row.appendleft(fell)


def _towards(weights: dict[int, Row], hashes: tuple[int, ...], worse: float, same: float, better: float) -> None:
    """The same step on every hash; written out, because a correction takes hundreds of them."""
    worse2, same2, better2 = worse * worse, same * same, better * better
    worse, same, better = worse * RATE, same * RATE, better * RATE
    get = weights.get
    for at in hashes:
        first, second, third, sum1, sum2, sum3 = get(at, NEW)
        sum1 += worse2
        sum2 += same2
        sum3 += better2
        weights[at] = (
            first - worse / sqrt(sum1),
            second - same / sqrt(sum2),
            third - better / sqrt(sum3),
            sum1,
            sum2,
            sum3,
        )
