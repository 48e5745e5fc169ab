"""Crises as rows of a list: the day, the title, and at the end what is asked of each."""

from collections.abc import Callable, Sequence

from warroom.domain.incident import Incident
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.line import Part, clip, width_of

MOST = 12
"""Rows that are seen at once."""


class IncidentRows:
    """In the order given. `end` is what stands at the right."""

    def __init__(self, incidents: Sequence[Incident], words: Words, end: Callable[[Incident], Part]) -> None:
        self._incidents = incidents
        self._words = words
        self._end = end

    def __len__(self) -> int:
        return len(self._incidents)

    def key(self, index: int) -> str:
        return self._incidents[index].id

    def selectable(self, index: int) -> bool:
        return True

    def line(self, index: int, width: int) -> Sequence[Part]:
        incident, words = self._incidents[index], self._words
        day = Part(f"{words.day(incident.declared_at)} {words.clock(incident.declared_at)}  ", "$muted")
        end = self._end(incident)
        free = width - width_of([day, end])
        title = clip([Part(one_line(incident.title), "bold")], max(8, free))
        return [day, *title, Part(" " * max(0, free - width_of(title))), end]
