"""A text as the sums and counts that the reading stands on (triage design, section 1). Pure, one pass."""

from typing import NamedTuple

from .lexicon import Lexicon
from .words import TOKEN, normal

NEGATED_POSITIVE, NEGATED_NEGATIVE = -0.6, -0.35
NEGATION_REACH = 4
"""Words after a negator that it turns, up to punctuation."""
INTENSIFIED, DIMINISHED = 1.3, 0.7
CAPITALS = 1.25
AFTER_CONTRAST, BEFORE_CONTRAST = 1.2, 0.7
EXCLAIMED, MOST_EXCLAIMED = 0.06, 4


class Features(NamedTuple):
    """Sums of positive and negative values (both ≥ 0), their balance from −1 to 1, and what else was seen."""

    pos: float
    neg: float
    balance: float
    question: bool
    exclamations: int
    capitals: int
    hostile: int
    advocate: int
    url: bool
    handles: int
    words: int
    starts_with_handle: bool
    hits: tuple[tuple[str, float], ...]

    def layer(self) -> tuple[float, ...]:
        """The fifteen features of the calibrated prior."""
        return (
            1.0,
            self.pos / (self.pos + 3),
            self.neg / (self.neg + 3),
            self.balance,
            1.0 if self.question else 0.0,
            min(self.exclamations, 3) / 3,
            min(self.capitals, 3) / 3,
            min(self.hostile, 2) / 2,
            min(self.advocate, 2) / 2,
            0.0 if self.hits else 1.0,
            1.0 if self.url else 0.0,
            min(self.handles, 3) / 3,
            min(self.words, 30) / 30,
            1.0 if self.starts_with_handle else 0.0,
            1.0 if self.question and self.neg > self.pos else 0.0,
        )


def features(text: str, lexicon: Lexicon) -> Features:
    """Read a text once, from left to right."""
    values, negators = lexicon.values, lexicon.negators
    hits: list[tuple[str, float]] = []
    turn_until = -1
    index = 0
    strength = 1.0
    question = url = False
    exclamations = capitals = hostile = advocate = handles = 0
    for found in TOKEN.finditer(text):
        kind = found.lastgroup
        token = found.group()
        if kind == "word":
            word = normal(token)
            index += 1
            shouted = len(token) > 3 and token.isupper()
            capitals += shouted
            if word in lexicon.hostile:
                hostile += 1
            if word in lexicon.advocate and index > turn_until:
                advocate += 1
            value = values.get(word)
            if value is None:
                value = lexicon.value(word)
            if value:
                value *= strength * (CAPITALS if shouted else 1.0)
                if index <= turn_until:
                    value *= NEGATED_POSITIVE if value > 0 else NEGATED_NEGATIVE
                hits.append((token, value))
            if word in negators or word.endswith("n't"):
                turn_until = index + NEGATION_REACH
            if word in lexicon.contrast:
                hits = [(hit, worth * BEFORE_CONTRAST) for hit, worth in hits]
                hits.append(("", 0.0))
            strength = (
                INTENSIFIED if word in lexicon.intensifiers else DIMINISHED if word in lexicon.diminishers else 1.0
            )
        elif kind == "stop":
            turn_until = -1
            strength = 1.0
        elif kind == "mark":
            turn_until = -1
            exclamations += token.count("!")
            question = question or "?" in token or "¿" in token
        elif kind in ("emoji", "emoticon"):
            value = values.get(token, 0.0)
            if value:
                hits.append((token, value))
        elif kind == "handle":
            handles += 1
        elif kind == "url":
            url = True
    hits = _after_contrast(hits)
    lowered = text.lower() if lexicon.hostile_phrases or lexicon.advocate_phrases else ""
    hostile += sum(phrase in lowered for phrase in lexicon.hostile_phrases)
    advocate += sum(phrase in lowered for phrase in lexicon.advocate_phrases)
    louder = 1 + EXCLAIMED * min(exclamations, MOST_EXCLAIMED)
    pos = sum(value for _, value in hits if value > 0) * louder
    neg = -sum(value for _, value in hits if value < 0) * louder
    d = pos - neg
    return Features(
        pos=pos,
        neg=neg,
        balance=d / (d * d + 15) ** 0.5,
        question=question,
        exclamations=exclamations,
        capitals=capitals,
        hostile=hostile,
        advocate=advocate,
        url=url,
        handles=handles,
        words=index,
        starts_with_handle=text.startswith("@"),
        hits=tuple(hits),
    )


def _after_contrast(hits: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """What follows the last "but" counts a fifth more; the marks of the contrasts go."""
    last = next((i for i in range(len(hits) - 1, -1, -1) if hits[i][0] == ""), None)
    if last is None:
        return hits
    return [
        (word, value * AFTER_CONTRAST if place > last else value) for place, (word, value) in enumerate(hits) if word
    ]
