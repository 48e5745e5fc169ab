"""A sentence for a person: a message id with named parameters, not yet in anybody's language.

The domain says what it has to say with `say` and `say_n`; only the screen, the command line and the
report turn a `Sentence` into words (`warroom.services.words`). The message id *is* the English text,
with `{name}` where a parameter goes, so the catalogues are made from the calls themselves.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct

Localized: TypeAlias = Mapping[str, str]
"""One text in several languages, by language code: `{"en": …, "es": …}`."""


class Share(Struct, frozen=True):
    """A part of a whole, 0 to 1; each language writes its percent in its own way."""

    of_one: float


Param: TypeAlias = "str | int | float | datetime | date | timedelta | Localized | Share | Sentence"


class Sentence(Struct, frozen=True):
    """What to say: `id` is the English text; `plural` and `n` only where a count decides the form."""

    id: str
    params: Mapping[str, "Param"] = MappingProxyType({})
    plural: str | None = None
    n: int = 1


def say(message: str, /, **params: "Param") -> Sentence:
    """A sentence with its parameters; the literal is collected for translation."""
    return Sentence(message, params)


def say_n(singular: str, plural: str, n: int, /, **params: "Param") -> Sentence:
    """A sentence whose form depends on `n`, which is also the parameter `{n}`."""
    return Sentence(singular, {"n": n, **params}, plural, n)


def listed(names: Sequence["Param"]) -> "Param":
    """Several names in one parameter: "Web, X"."""
    told = names[-1] if names else ""
    for name in reversed(names[:-1]):
        told = say("{first}, {rest}", first=name, rest=told)
    return told


class Refused(Exception):
    """A decision that cannot be taken now; `sentence` is what the person reads."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.id)
        self.sentence = sentence
