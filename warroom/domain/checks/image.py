"""What a text does for our image: Benoit's labels, paragraph by paragraph (playbook 4d). For the record and the checks.

Words after a "not" or an "if" are left out ("this was no accident", "whether it was our fault"), and so is an apology
for the trouble alone ("we apologise for the confusion"), which admits nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from warroom.domain.sentence import Sentence, say

from .lists import Lists
from .text import Span, Text

Label: TypeAlias = Literal[
    "deny",
    "shift-blame",
    "provocation",
    "no-control",
    "accident",
    "good-intent",
    "bolster",
    "minimise",
    "differentiate",
    "transcend",
    "attack",
    "compensate",
    "corrective",
    "mortification",
]
LABELS: tuple[Label, ...] = get_args(Label)
DENYING: tuple[Label, ...] = ("deny", "shift-blame")
EVADING: tuple[Label, ...] = ("provocation", "no-control", "accident", "good-intent")
EXCUSING: tuple[Label, ...] = (*EVADING, "minimise", "differentiate", "transcend")
"""What Coombs calls to diminish: an excuse or a justification."""
OWNING: tuple[Label, ...] = ("mortification",)
NAMES: Mapping[Label, Sentence] = {
    "deny": say("Denial"),
    "shift-blame": say("Blame on others"),
    "provocation": say("Evasion: provoked"),
    "no-control": say("Evasion: out of our control"),
    "accident": say("Evasion: an accident"),
    "good-intent": say("Evasion: well meant"),
    "bolster": say("Made smaller: our good deeds"),
    "minimise": say("Made smaller: not so bad"),
    "differentiate": say("Made smaller: something else"),
    "transcend": say("Made smaller: the wider view"),
    "attack": say("Made smaller: attack on the accuser"),
    "compensate": say("Made smaller: compensation"),
    "corrective": say("Correction"),
    "mortification": say("Admission and apology"),
}
_LISTS: Mapping[Label, tuple[str, ...]] = {
    "deny": ("denial",),
    "shift-blame": ("blame",),
    "provocation": ("provocation",),
    "no-control": ("no_control",),
    "accident": ("accident",),
    "good-intent": ("good_intent",),
    "bolster": ("bolster",),
    "minimise": ("minimise",),
    "differentiate": ("differentiate",),
    "transcend": ("transcend",),
    "attack": ("attack",),
    "compensate": ("compensate",),
    "corrective": ("corrective", "no_repeat"),
    "mortification": ("responsibility", "apologise"),
}
_SINCE = {
    "en": re.compile(
        r"(?<!\w)(?:has|have) (?:made|been|served|worked|cared|produced)(?!\w)[^.!?\n]{0,60}"
        r"(?<!\w)(?:since (?:19|20)\d\d(?!\w)|for (?:\w+ )?(?:years|decades)(?!\w))"
    ),
    "es": re.compile(
        r"(?<!\w)(?:llevamos|lleva|hacemos|elaboramos|trabajamos)(?!\w)[^.!?\n]{0,60}"
        r"(?<!\w)(?:desde (?:19|20)\d\d|años|decadas)(?!\w)"
    ),
}
"""How long we have done well, which needs a number and is in no list."""
_NOT = re.compile(
    r"(?:(?<!\w)(?:no|not|never|neither|nor|cannot|without|any|whether|if|nunca|tampoco|sin|ni|ningun|ninguna|si)|n't)"
    r"\s+(?:(?:an?|the|our|any|in|by|is|was|been|it|this|that|we|es|son|fue|era|ha|han|hay|hubo|haya|sido|una?|el|la"
    r"|los|las|lo|se|nos|ningun|ninguna|de|por)\s+){0,3}$"
)
"""A "not" or an "if" just before, with nothing between but small words."""
_NEAR = 40
"""Characters in which that "not" is looked for."""


class Tag(Struct, frozen=True):
    """A label and the words that earn it."""

    label: Label
    span: Span


class Paragraph(Struct, frozen=True, kw_only=True):
    """A paragraph of the text with its tags in the order of the words."""

    span: Span
    tags: tuple[Tag, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        """Each label once, in the order of the words."""
        return tuple(dict.fromkeys(tag.label for tag in self.tags))


def labels(text: Text, lang: str, lists: Lists) -> tuple[Paragraph, ...]:
    """Every paragraph with its labels, those without any too. `lang` is "en" or "es"; in others nothing is known."""
    tags = tagged(text, lang, lists)
    starts = [tag.span.start for tag in tags]
    return tuple(
        Paragraph(span=span, tags=tags[bisect_left(starts, span.start) : bisect_left(starts, span.end)])
        for span in paragraphs(text)
    )


def paragraphs(text: Text) -> Iterator[Span]:
    """Runs of lines with something on them."""
    start = end = place = 0
    for line in text.raw.splitlines(keepends=True):
        if line.strip():
            if end <= start:
                start = place
            end = place + len(line.rstrip())
        elif end > start:
            yield Span(start, end)
            start = end = place + len(line)
        place += len(line)
    if end > start:
        yield Span(start, end)


def tagged(text: Text, lang: str, lists: Lists, wanted: Collection[Label] = LABELS) -> tuple[Tag, ...]:
    """The tags of some labels over the whole text, in the order of the words."""
    found = [Tag(label, span) for label in wanted for span in _words_of(label, text, lang, lists)]
    return tuple(sorted(found, key=lambda tag: (tag.span.start, tag.span.end)))


def _words_of(label: Label, text: Text, lang: str, lists: Lists) -> Iterator[Span]:
    for name in _LISTS[label]:
        for span in said(name, text, lang, lists):
            if name != "apologise" or not _is_courtesy(span, text, lang, lists):
                yield span
    if label == "bolster" and lang in _SINCE:
        for hit in _SINCE[lang].finditer(text.flat):
            yield Span(hit.start(), hit.end())


def _is_courtesy(span: Span, text: Text, lang: str, lists: Lists) -> bool:
    """Whether what is excused is only the trouble: confusion, worry, a wait."""
    end = text.sentence_at(span.start).end
    return lists.pattern("courtesy", lang).search(text.flat, span.end, end) is not None


def said(name: str, text: Text, lang: str, lists: Lists) -> tuple[Span, ...]:
    """Where a text says a phrase of a list, and says it flat."""
    return _affirmed(lists.pattern(name, lang), text.flat)


@lru_cache(maxsize=64)
def _affirmed(pattern: re.Pattern[str], flattened: str) -> tuple[Span, ...]:
    """Kept for as long as one draft is judged: several checks ask for the same list."""
    return tuple(
        Span(hit.start(), hit.end())
        for hit in pattern.finditer(flattened)
        if _NOT.search(flattened[max(0, hit.start() - _NEAR) : hit.start()]) is None
    )
