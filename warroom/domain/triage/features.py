"""A text as the sums and counts that the reading stands on (triage design, section 1). Pure, one pass."""

from collections.abc import Sequence
from typing import NamedTuple

from .context import in_context
from .tokens import tokens
from .vocabulary import WORD, Phrase, Vocabulary
from .words import normal

NEGATED_POSITIVE = -0.6
NEGATED_ANGER, ANGER = 0.5, -2.3
"""Anger behind a "not" is still anger: "couldn't be more furious", "sin maletas, un desastre". What is milder than that
says nothing there; it is praise only where a phrase of the lexicon says so ("no problem", "sin esperas")."""
NEGATION_REACH = 4
"""Words after a negator that it turns, up to punctuation, a handle, a hashtag or an address."""
DENIED = -1.4
"""What a customer is owed is worth within the reach of a negator, once for each of these."""
FURTHER = 2
"""Words beyond the reach of a negator at which it is still denied: "no me han vuelto a contestar"."""
BEFORE_CONTRAST = 0.7
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
            min(self.exclamations, 3) / 3 if self.pos > self.neg else 0.0,  # they are no joy where something is wrong
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


def features(text: str, vocabulary: Vocabulary) -> Features:
    """Read a text once, from left to right."""
    said = tokens(text)
    hits: list[tuple[str, float]] = []
    places: list[int] = []
    """Of the hits, among the tokens."""
    contrast: int | None = None
    turned_until = turned_at = 0
    denied_at = -1
    words = exclamations = capitals = hostile = advocate = handles = 0
    strength = 1.0
    question = asked = mocked = url = False
    for at, token in enumerate(said):
        meaning = vocabulary[token]
        if meaning is WORD:
            words += 1
            strength = 1.0
            continue
        kind = meaning.kind
        if kind == "word":
            words += 1
            turned = words <= turned_until and token[0] != "#"
            asked = asked or meaning.asks
            mocked = mocked or meaning.mocks or (meaning.negates and _takes_back(said, at))
            capitals += meaning.capitals
            # An insult stays one behind a "no": "no tenéis vergüenza". Praise does not: "not amazing".
            hostile += meaning.hostile
            advocate += meaning.advocate and not turned
            value = meaning.value * strength
            owed = meaning.owed
            if at and meaning.phrases and (candidates := meaning.phrases.get(normal(said[at - 1]))):
                ended = _ended(candidates, said, at)
                for begins, phrase in ended:
                    hostile += phrase.hostile
                    advocate += phrase.advocate and not (turned and turned_at < begins)
                for begins, phrase in ended:
                    if phrase.value is not None:  # the longest that has one
                        owed = False
                        if places and _outweighed(hits[-1], places[-1], begins, phrase.value):
                            value = 0.0
                            break
                        value = phrase.value
                        turned = turned and turned_at < begins
                        if turned_at >= begins and phrase.value >= 0:
                            turned_until = 0  # its "not" is spent: "nothing but praise", "sin duda"
                        while places and places[-1] >= begins:
                            places.pop()
                            hits.pop()
                        token = " ".join(said[begins : at + 1])
                        break
            if owed and turned_until and words <= turned_until + FURTHER:
                value = 0.0 if denied_at == turned_at else DENIED
                denied_at = turned_at
            elif turned:
                value = _turned(value)
            if value:
                hits.append((token, value))
                places.append(at)
            if meaning.negates:
                turned_until, turned_at = words + NEGATION_REACH, at
            if meaning.contrasts:
                hits = [(hit, worth * BEFORE_CONTRAST) for hit, worth in hits]
                contrast = len(hits)
            strength = meaning.strength
        elif kind == "stop":
            turned_until = 0
            strength = 1.0
        elif kind == "mark":
            turned_until = 0
            exclamations += meaning.exclamations
            question = question or meaning.question
        elif kind == "sign":
            if meaning.value:
                hits.append((token, meaning.value))
                places.append(at)
        elif kind == "handle":
            turned_until = 0
            handles += 1
        else:
            turned_until = 0
            url = url or not _goes_on(said, at)
    hits = in_context(hits, places, said, vocabulary, contrast, question=question, asked=asked, mocked=mocked)
    pos, neg = _sums(hits, exclamations)
    difference = pos - neg
    return Features(
        pos=pos,
        neg=neg,
        balance=difference / (difference * difference + 15) ** 0.5,
        question=question,
        exclamations=exclamations,
        capitals=capitals,
        hostile=hostile,
        advocate=advocate,
        url=url,
        handles=handles,
        words=words,
        starts_with_handle=text.startswith("@"),
        hits=tuple(hits),
    )


def _sums(hits: Sequence[tuple[str, float]], exclamations: int) -> tuple[float, float]:
    """What praises and what reproaches, both ≥ 0."""
    pos = neg = 0.0
    for _, value in hits:
        if value > 0:
            pos += value
        else:
            neg -= value
    louder = 1 + EXCLAIMED * min(exclamations, MOST_EXCLAIMED)
    return pos * louder, neg * louder


def _outweighed(hit: tuple[str, float], at: int, begins: int, value: float) -> bool:
    """Whether a phrase shares words with one that begins before it and says more: "sin saber donde | esta
    mi". One that silences does so."""
    return value != 0 and at >= begins > at - hit[0].count(" ") and abs(hit[1]) >= abs(value)


def _goes_on(said: Sequence[str], at: int) -> bool:
    """Whether the address leads to the rest of the post itself, which was cut off before it: "they never sa… https://…"."""
    return at > 0 and said[at - 1] == "…" and at + 1 == len(said)


def _takes_back(said: Sequence[str], at: int) -> bool:
    """Whether the word is a "not" that stands alone behind a sentence: "Great job, as ever. Not!"."""
    return (
        said[at].lower() == "not"
        and at > 1
        and said[at - 1][0] in ".…!?"
        and (at + 1 == len(said) or not said[at + 1][0].isalnum())
    )


def _turned(value: float) -> float:
    """What a word or phrase is worth within the reach of a negator."""
    if value > 0:
        return value * NEGATED_POSITIVE
    return value * NEGATED_ANGER if value <= ANGER else 0.0


def _ended(candidates: tuple[Phrase, ...], said: Sequence[str], at: int) -> list[tuple[int, Phrase]]:
    """Those that end with the token at `at`, the longest first, each with the place where it begins."""
    found = []
    for phrase in candidates:
        begins = at - len(phrase.words)
        if begins >= 0 and all(normal(said[begins + n]) == word for n, word in enumerate(phrase.words)):
            found.append((begins, phrase))
    return found
