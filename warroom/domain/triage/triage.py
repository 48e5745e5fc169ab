"""Reading a mention: which of the four audiences speaks, and whether it asks. Offline, explainable, deterministic."""

from math import exp

from warroom.domain.mention import Reading, Segment

from .features import Features, features
from .lexicon import Lexicon
from .vocabulary import Vocabulary

PRIOR = (
    (-0.05, -0.39, 0.82, -1.27, 0.23, -0.94, -0.18, 0.69, -0.26, -0.12, -0.56, -0.38, 0.28, 0.20, 0.02),
    (0.30, -0.78, -1.10, -0.16, 0.22, -0.26, 0.17, -0.40, -0.24, 0.01, 0.17, 0.04, 0.07, 0.08, 0.22),
    (-0.25, 1.17, 0.28, 1.43, -0.45, 1.20, 0.01, -0.29, 0.49, 0.11, 0.39, 0.34, -0.35, -0.28, -0.24),
)
"""Negative, neutral, positive: calibrated on general public posts, for values from −4 to +4 (triage design, 2)."""
BY_FEATURE = tuple(zip(*PRIOR, strict=True))
LONGEST = 4_000
"""Characters of a text that are read; what matters is said before."""


class Triage:
    """Reads texts with one lexicon for both languages at once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._vocabulary = Vocabulary(lexicon)

    def polarity(self, text: str) -> tuple[float, float, float]:
        """How likely the text is negative, neutral, positive; the three sum to 1."""
        raised = [exp(score) for score in _scores(features(text[:LONGEST], self._vocabulary))]
        total = sum(raised)
        return raised[0] / total, raised[1] / total, raised[2] / total

    def read(self, text: str) -> Reading:
        """The segment of a text, whether it asks, and the words that decided, with their values."""
        seen = features(text[:LONGEST], self._vocabulary)
        return Reading(_segment(seen), seen.question, tuple((word, round(value, 2)) for word, value in seen.hits))


def _segment(seen: Features) -> Segment:
    negative, neutral, positive = _scores(seen)
    if neutral >= negative and neutral >= positive:
        return Segment.NEUTRAL
    if negative >= positive:
        hates = (seen.balance < -0.55 and seen.hostile) or seen.hostile >= 2 or seen.balance < -0.88
        return Segment.HATE if hates else Segment.DISLIKE
    loves = seen.advocate >= 2 or (seen.advocate and seen.exclamations) or seen.balance > 0.88
    return Segment.LOVE if loves else Segment.LIKE


def _scores(seen: Features) -> tuple[float, float, float]:
    """The exponents of negative, neutral, positive: their order is that of the likelihoods."""
    negative = neutral = positive = 0.0
    for value, (worse, same, better) in zip(seen.layer(), BY_FEATURE, strict=True):
        if value:  # most are 0
            negative += value * worse
            neutral += value * same
            positive += value * better
    return negative, neutral, positive
