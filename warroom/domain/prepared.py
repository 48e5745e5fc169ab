"""Texts prepared in calm: for which stage and whom, who approved them, and whether a draft only fills their gaps."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from .events import Person, StatementKind

Reader: TypeAlias = Literal["public", "affected", "press", "staff", "partners"]
"""Whom a prepared text is written for."""
EMERGENCY: frozenset[StatementKind] = frozenset({"first-word", "holding"})
"""What may go out past a silent approver: words that say no more than that we know and are on it (playbook 4, 5)."""

GAP = re.compile(r"\[[^\[\]\n]+\]")
LONGEST_FILL = 120
"""Characters that may stand in a gap: more is a text of one's own."""
_STOPS = re.compile(r"[\n\r\u2028\u2029\x0b\x0c\x85\[\]]|[.!?…;]++[\"'»”)]*+(?=\s|$)")
"""Where a fill has to end: it is a piece of a sentence, and the end of one inside it would add another to the text that
was approved."""


class Prepared(Struct, frozen=True, kw_only=True):
    """A text with its gaps in [square brackets]. `id` is the same in every language; `approved_by` are initials,
    `approved_on` is an ISO date; both are empty where nobody has approved it yet. `own` is the organisation's own."""

    id: str
    purpose: StatementKind
    lang: str
    text: str
    audience: Reader = "public"
    name: str = ""
    approved_by: str = ""
    approved_on: str = ""
    own: bool = False

    def is_approved(self, people: Collection[Person]) -> bool:
        """Whether somebody of the team has approved it in calm."""
        return bool(self.approved_by) and any(person.initials == self.approved_by for person in people)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is still to be filled, each once, in the order of the text."""
        return tuple(dict.fromkeys(GAP.findall(self.text)))


def only_fills_gaps(template: str, text: str) -> bool:
    """Whether a text is the template, word for word, with something short in the place of each gap.

    Every place where a fixed piece may end is carried along, so that a fill which happens to hold the words after its
    gap is read right. Each place of the text is looked at once for each piece.
    """
    template, text = template.strip(), text.strip()
    first, *rest = GAP.split(template)
    if len(text) > len(template) + LONGEST_FILL * len(rest):
        return False
    stops = [stop.start() for stop in _STOPS.finditer(text)]
    ends = [len(first)] if text.startswith(first) else []
    for piece in rest:
        begins = (begin for reach in _reaches(text, ends, stops) for begin in reach)
        ends = [begin + len(piece) for begin in begins if text.startswith(piece, begin)]
    return len(text) in ends


def _reaches(text: str, ends: list[int], stops: list[int]) -> Iterator[range]:
    """Where the words in a gap may end that begins at one of these places, in order and each place once."""
    done = 0
    for end in ends:
        filled = end + 1 + len(text[end:]) - len(text[end:].lstrip()) if text[end : end + 1].isspace() else end + 1
        at = bisect_left(stops, end)
        last = min(end + LONGEST_FILL, len(text), stops[at] if at < len(stops) else len(text))
        yield range(max(filled, done), last + 1)
        done = max(done, last + 1)
