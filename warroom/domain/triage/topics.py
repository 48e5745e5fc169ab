"""What a mention is about where that decides how soon it is read: threat, injury, breach, press and their like.

Phrases in whole words, from data files, of every language at once. One behind a negation does not count ("nobody was
injured"), unless the negation is its own ("can't breathe"). It finds topics, it does not judge them: a joke that names
an ambulance is about an injury, and the reader sees by which words.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from warroom.domain.sentence import Sentence, say

from .label import LONGEST
from .remembered import LONGEST_KEPT, Remembered
from .tokens import STOPS, is_address, tokens
from .words import normal

NEGATED = 3
"""Words after a negator in which a phrase that begins there does not count, up to punctuation."""
ANY = "_"
"""Stands for any one word of a phrase; never its first."""
REST = "*"
"""Behind the beginning of a word, stands for any ending."""
OR = "|"
"""Between words, one of which stands there."""
GAP, WITHIN = "~", 3
"""Stands for up to three words, none of which is a negator or a stop."""


class Topic(StrEnum):
    """In the order in which they weigh; the names are those of the data files."""

    THREAT = "threat"
    SELF_HARM = "self-harm"
    INJURY = "injury"
    PRODUCT_SAFETY = "product-safety"
    DATA_BREACH = "data-breach"
    LEGAL = "legal"
    REGULATOR = "regulator"
    DISCRIMINATION = "discrimination"
    PRESS = "press"
    MISINFORMATION = "misinformation"
    BOYCOTT = "boycott"
    MONEY = "money"
    SERVICE = "service"


NAMES: Mapping[Topic, Sentence] = MappingProxyType(
    {
        Topic.THREAT: say("threat"),
        Topic.SELF_HARM: say("self-harm"),
        Topic.INJURY: say("injury or illness"),
        Topic.PRODUCT_SAFETY: say("product safety"),
        Topic.DATA_BREACH: say("data breach"),
        Topic.LEGAL: say("legal"),
        Topic.REGULATOR: say("authority"),
        Topic.DISCRIMINATION: say("discrimination or abuse"),
        Topic.PRESS: say("press"),
        Topic.MISINFORMATION: say("hearsay"),
        Topic.BOYCOTT: say("boycott"),
        Topic.MONEY: say("money"),
        Topic.SERVICE: say("service failure"),
    }
)
"""What a person reads."""


class Said(NamedTuple):
    """A topic and the words by which it was found."""

    topic: Topic
    words: str


class _Pattern(NamedTuple):
    """What may stand in one place of a phrase, and how many other words may stand before it."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    after: int


class _Cue(NamedTuple):
    topic: Topic
    rest: tuple[_Pattern, ...]
    """Without the first, by which it is found."""


_Phrase: TypeAlias = tuple[Topic, str]
"""The same as it is written: it is taken apart when a word is met that begins it."""


class _Word(Struct, frozen=True, gc=False):
    normal: str
    negates: bool
    stops: bool
    cues: tuple[_Cue, ...]
    """Those that begin with it…"""
    then: Mapping[str, tuple[_Cue, ...]]
    """…and those that only one of a few words goes on with, by that word: most begin so."""
    is_plain: bool
    """None of these: most words."""


_NAME = _Word("", negates=False, stops=False, cues=(), then={}, is_plain=True)
"""A handle or an address."""


class Topics:
    """Finds topics by their phrases."""

    def __init__(self, phrases: Mapping[Topic, Iterable[str]], negators: Collection[str]) -> None:
        """`phrases` are words in their normal form with one blank between them, or what may stand in their place."""
        self._words = Remembered(self._word)
        self._negators = negators
        self._first: dict[str, list[_Phrase]] = {}
        self._beginnings: dict[str, list[_Phrase]] = {}
        for topic, known in phrases.items():
            for phrase in known:
                first, _, rest = phrase.partition(" ")
                for word in first.split(OR):
                    where = self._beginnings if word.endswith(REST) else self._first
                    where.setdefault(word.removesuffix(REST), []).append((topic, rest))

    def of(self, text: str) -> tuple[Said, ...]:
        """The topics of a text, each once, by the first words that name it; the weightiest first."""
        spoken = tokens(text[:LONGEST])
        words = list(map(self._words.__getitem__, spoken))
        found: dict[Topic, str] = {}
        negated_until = 0
        for at, word in enumerate(words):
            if word.is_plain:
                continue
            if word.stops:
                negated_until = 0
                continue
            if at >= negated_until:
                after = words[at + 1].normal if at + 1 < len(words) else ""
                for cue in (*word.then.get(after, ()), *word.cues):
                    if cue.topic not in found and (end := _end(cue.rest, words, at + 1)) is not None:
                        found[cue.topic] = " ".join(spoken[at:end])
            if word.negates:
                negated_until = at + 1 + NEGATED
        if len(found) < 2:
            return tuple([Said(topic, named) for topic, named in found.items()])
        return tuple([Said(topic, found[topic]) for topic in Topic if topic in found])

    def _word(self, token: str) -> _Word:
        if token[0] == "@" or is_address(token):
            return _NAME
        word = normal(token)
        phrases = list(self._first.get(word, ()))
        for end in range(1, min(len(word), LONGEST_KEPT) + 1):
            phrases += self._beginnings.get(word[:end], ())
        cues: list[_Cue] = []
        then: dict[str, list[_Cue]] = {}
        for topic, rest in phrases:
            cue = _Cue(topic, tuple(_patterns(rest)))
            if cue.rest and not cue.rest[0].after and not cue.rest[0].beginnings:
                for second in cue.rest[0].words:
                    then.setdefault(second, []).append(cue)
            else:
                cues.append(cue)
        negates = word in self._negators or word.endswith("n't")
        stops = token in STOPS or not token.strip("!?¡¿")
        return _Word(
            word,
            negates,
            stops,
            tuple(cues),
            {second: tuple(known) for second, known in then.items()},
            is_plain=not (phrases or negates or stops),
        )


def _patterns(phrase: str) -> Iterator[_Pattern]:
    """The places of a phrase, in their order."""
    after = 0
    for place in phrase.split():
        if place != GAP:
            yield _Pattern(*_choices(place), after)
        after = WITHIN if place == GAP else 0


@lru_cache(maxsize=256)
def _choices(place: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words that may stand in a place, and the beginnings of such. Many phrases have the same ones."""
    if place == ANY:
        return frozenset(), ("",)
    choices = place.split(OR)
    whole = frozenset([choice for choice in choices if not choice.endswith(REST)])
    return whole, tuple([choice.removesuffix(REST) for choice in choices if choice.endswith(REST)])


def _end(wanted: Sequence[_Pattern], words: Sequence[_Word], at: int, n: int = 0) -> int | None:
    """Where a phrase ends whose places from the `n`th on are looked for from `at` on; None where it is not said."""
    if n == len(wanted):
        return at
    pattern = wanted[n]
    for here in range(at, min(at + pattern.after + 1, len(words))):
        word = words[here]
        if word.stops:
            return None
        if word.normal in pattern.words or word.normal.startswith(pattern.beginnings):
            end = _end(wanted, words, here + 1, n + 1)
            if end is not None:
                return end
        if word.negates:
            return None
    return None
