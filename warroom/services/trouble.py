"""Trouble: that nothing can be stored now, why, and since when. Until it is over nothing is claimed from what is not
kept; who waits tries again by itself."""

from collections.abc import Callable
from datetime import datetime

from warroom.services.room import Clock
from warroom.store.errors import StoreError


class Trouble:
    """Of one room. `told` is called when it begins, each time it is met again, and when it is over."""

    def __init__(self, clock: Clock, told: Callable[[], None]) -> None:
        self.error: StoreError | None = None
        """What was met last; None where all is well."""
        self.since: datetime | None = None
        self._clock = clock
        self._told = told

    def met(self, error: StoreError) -> None:
        self.error, self.since = error, self.since or self._clock()
        self._told()

    def over(self) -> None:
        """Something could be stored."""
        if self.error is not None:
            self.error = self.since = None
            self._told()
