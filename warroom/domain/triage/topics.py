"""What a mention is about where that decides how soon it is read: threat, injury, breach, press and their like.

Phrases in whole words, from data files, of every language at once. One behind a negation does not count ("nobody was
injured"), unless the negation is its own ("can't breathe"). It finds topics, it does not judge them: a joke that names
an ambulance is about an injury, and the reader sees by which words.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

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


class _Cue(NamedTuple):
    topic: Topic
    words: tuple[str, ...]
    """Without the first, by which it is found."""


class _Word(Struct, frozen=True, gc=False):
    normal: str
    negates: bool
    stops: bool
    cues: tuple[_Cue, ...]
    """Those that begin with it."""
    is_plain: bool
    """None of these: most words."""


_NAME = _Word("", negates=False, stops=False, cues=(), is_plain=True)
"""A handle or an address."""


class Topics:
    """Finds topics by their phrases."""

    def __init__(self, phrases: Mapping[Topic, Iterable[str]], negators: Collection[str]) -> None:
        """`phrases` are words in their normal form with one blank between them."""
        self._words = Remembered(self._word)
        self._negators = negators
        self._first: dict[str, list[_Cue]] = {}
        self._beginnings: dict[str, list[_Cue]] = {}
        for topic, known in phrases.items():
            for phrase in known:
                first, *rest = phrase.split()
                where = self._beginnings if first.endswith(REST) else self._first
                where.setdefault(first.removesuffix(REST), []).append(_Cue(topic, tuple(rest)))

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
            for cue in word.cues:
                if at >= negated_until and cue.topic not in found and _fits(cue.words, words, at + 1):
                    found[cue.topic] = " ".join(spoken[at : at + 1 + len(cue.words)])
            if word.negates:
                negated_until = at + 1 + NEGATED
        if len(found) < 2:
            return tuple([Said(topic, named) for topic, named in found.items()])
        return tuple([Said(topic, found[topic]) for topic in Topic if topic in found])

    def _word(self, token: str) -> _Word:
        if token[0] == "@" or is_address(token):
            return _NAME
        word = normal(token)
        cues = list(self._first.get(word, ()))
        for end in range(1, min(len(word), LONGEST_KEPT) + 1):
            cues += self._beginnings.get(word[:end], ())
        negates = word in self._negators or word.endswith("n't")
        stops = token in STOPS or not token.strip("!?¡¿")
        return _Word(word, negates, stops, tuple(cues), is_plain=not (cues or negates or stops))


def _fits(wanted: tuple[str, ...], words: list[_Word], at: int) -> bool:
    """Whether the words from `at` on are those of a phrase."""
    if at + len(wanted) > len(words):
        return False
    for pattern in wanted:
        word = words[at]
        at += 1
        if pattern == ANY:
            if word.stops:
                return False
        elif pattern.endswith(REST):
            if not word.normal.startswith(pattern[:-1]):
                return False
        elif word.normal != pattern:
            return False
    return True
