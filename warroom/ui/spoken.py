"""The moment after a statement went out: for a few seconds the clock says after how long. Monotonic seconds."""

from datetime import datetime

from warroom.domain.incident import Incident

SHOWN_FOR = 10.0
"""Seconds, of the person and not of a fast clock (console design, section 4)."""


class Spoken:
    """Call `look` once a second at least."""

    def __init__(self) -> None:
        self._incident = ""
        self._word: datetime | None = None
        self._until = 0.0

    def look(self, incident: Incident | None, at: float) -> datetime | None:
        """When the statement went out that is new; None once it has been shown, and for those of before."""
        if incident is None:
            return None
        word = incident.last_word_at
        if incident.id != self._incident:
            self._incident, self._word, self._until = incident.id, word, 0.0
        elif word != self._word:
            self._word, self._until = word, at + SHOWN_FOR
        return word if at < self._until else None
