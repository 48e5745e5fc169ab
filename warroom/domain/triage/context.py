"""What the telling words of a text are worth by what stands around them: thanks that are manners, praise that is only
asked about, mockery. Pure."""

from collections.abc import Sequence
from math import fsum

from .tokens import STOPS
from .vocabulary import INTENSIFIED, Vocabulary
from .words import normal

AFTER_CONTRAST = 1.2
COURTESY = 0.2
"""What thanks are worth beside a question or a please: there they are manners. "Is the shop open? Thanks!" """
GRUDGING, SLIGHT = -2.1, 0.5
"""What reproaches are worth together behind which thanks are manners too, and what praise may stand among them."""
ASKED = 0.4
"""What praise is worth that is only asked about."""
ASKED_WITHIN, FIRM, FIRM_WITHIN = 8, 2.2, 4
"""Tokens up to the question mark within which praise is only asked about; for praise worth so much, fewer."""
ENDS = ".…!?\n"
"""What a sentence ends with, by its first character."""
BELYING = -1.6
"""What reproaches are worth together that make mockery of the one word of praise before them."""
REPROACH, MOCKING = -1.2, -0.5
"""Praise that runs straight into a reproach is meant the other way round: at half its value."""


def in_context(
    hits: list[tuple[str, float]],
    places: list[int],
    said: Sequence[str],
    vocabulary: Vocabulary,
    contrast: int | None,
    *,
    question: bool,
    asked: bool,
    mocked: bool,
) -> list[tuple[str, float]]:
    """What the hits are worth by what stands around them, and in what text. `contrast` is how many of them stand before
    the last "but"."""
    if contrast is not None:
        hits[contrast:] = [(hit, worth * AFTER_CONTRAST) for hit, worth in hits[contrast:]]
    if hits and _only_opens(hits[0][0], places[0], said, vocabulary):
        del hits[0], places[0]
    if len(hits) > 1:
        _sworn(hits, places, vocabulary)
    if mocked:
        hits = [(hit, worth * MOCKING if worth > 0 else worth) for hit, worth in hits]
    if question:
        _only_asked(hits, places, said, vocabulary)
    if hits and (question or asked or _grudging(hits, vocabulary)):
        courtesy = vocabulary.lexicon.courtesy
        hits = [(hit, worth * COURTESY if normal(hit) in courtesy else worth) for hit, worth in hits]
    if len(hits) > 1:
        _mocked(hits, places, said, vocabulary)
        if contrast is None:
            _belied(hits, places, said, vocabulary)
    return hits


def _sworn(hits: list[tuple[str, float]], places: list[int], vocabulary: Vocabulary) -> None:
    """An oath right before praise strengthens it: "so fucking happy". Alone, or before a reproach, it is what it is."""
    swearing = vocabulary.lexicon.swearing
    for n in range(len(hits) - 2, -1, -1):
        (oath, value), (praise, worth) = hits[n], hits[n + 1]
        if value < 0 < worth and normal(oath) in swearing and places[n + 1] - praise.count(" ") == places[n] + 1:
            hits[n + 1] = praise, worth * INTENSIFIED
            del hits[n], places[n]


def _mocked(hits: list[tuple[str, float]], places: list[int], said: Sequence[str], vocabulary: Vocabulary) -> None:
    """Turn the praise that only introduces a reproach: "great, another delay", "gracias por las horas de retraso"."""
    irony, between = vocabulary.lexicon.irony, vocabulary.lexicon.between
    for n in range(len(hits) - 1):
        hit, worth = hits[n]
        if worth > 0 and hits[n + 1][1] <= REPROACH and " ".join(map(normal, hit.split())) in irony:
            begins = places[n + 1] - hits[n + 1][0].count(" ")
            if all(normal(word) in between or word in STOPS for word in said[places[n] + 1 : begins]):
                hits[n] = hit, worth * MOCKING


def _only_opens(hit: str, at: int, said: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the first word that is worth something only opens the text and praises nothing: "Bueno, ya veremos"."""
    return (
        normal(hit) in vocabulary.lexicon.fillers
        and at + 1 < len(said)
        and said[at + 1] in ",…"
        and not any(word[0].isalpha() for word in said[:at])
    )


def _only_asked(hits: list[tuple[str, float]], places: list[int], said: Sequence[str], vocabulary: Vocabulary) -> None:
    """Weaken the praise right before a question mark: "Is the app safe?" asks for it. "Amazing?!" cries out."""
    for n, (hit, worth) in enumerate(hits):
        if worth > 0 and hit[0].isalpha() and normal(hit) not in vocabulary.lexicon.courtesy:
            reach = places[n] + 1 + (FIRM_WITHIN if worth >= FIRM else ASKED_WITHIN)
            ended = next((token for token in said[places[n] + 1 : reach] if token[0] in ENDS), "")
            if "?" in ended and "!" not in ended:
                hits[n] = hit, worth * ASKED


def _grudging(hits: list[tuple[str, float]], vocabulary: Vocabulary) -> bool:
    """Whether thanks end a text of nothing but reproaches: "Cancelled again, hours lost. Thanks!"."""
    *others, (hit, worth) = hits
    return (
        worth > 0
        and normal(hit) in vocabulary.lexicon.courtesy
        and all(value < SLIGHT for _, value in others)
        and fsum(value for _, value in others) <= GRUDGING
    )


def _belied(hits: list[tuple[str, float]], places: list[int], said: Sequence[str], vocabulary: Vocabulary) -> None:
    """Turn the praise that opens a text, is its only one, and is followed by nothing but what went wrong: "Fantástico,
    cuarenta minutos en espera y sigo". Thanks are meant, or manners."""
    (hit, worth), *others = hits
    words = [normal(word) for word in hit.split()]
    if worth <= 0 or any(value > 0 for _, value in others) or fsum(value for _, value in others) > BELYING:
        return
    lexicon = vocabulary.lexicon
    opens = not any(word[0].isalpha() for word in said[: places[0] + 1 - len(words)])
    if opens and " ".join(words) in lexicon.irony and words[0] not in lexicon.courtesy:
        hits[0] = hit, worth * MOCKING
