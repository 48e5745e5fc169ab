"""A sentence as an event keeps it: in the log, and to be said in each reader's language."""

from datetime import UTC
from typing import NamedTuple

from warroom.domain.sentence import Sentence
from warroom.services.words import Words


class KeptWords(NamedTuple):
    """A sentence as an event keeps it, to be said in each reader's language. `sayings` are those of the values that are
    sentences of their own."""

    reason: str
    values: dict[str, str | int | float]
    sayings: tuple[str, ...]


def kept_words(sentence: Sentence) -> KeptWords:
    """A sentence for an event; in English what is not plain."""
    values: dict[str, str | int | float] = {}
    sayings: list[str] = []
    for name, value in sentence.params.items():
        if isinstance(value, Sentence) and not value.params and value.plural is None:
            values[name] = value.id
            sayings.append(name)
        elif isinstance(value, str | int | float):
            values[name] = value
    if sentence.plural is None and len(values) == len(sentence.params):
        return KeptWords(sentence.id, values, tuple(sayings))
    return KeptWords(Words("en", UTC).say(sentence), {}, ())
