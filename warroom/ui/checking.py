"""What the checks say of the text in the editor: read between two keys, or beside them where the text is long."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from warroom.domain.incident import Incident
from warroom.services.desk import Reading
from warroom.services.draft import Draft
from warroom.ui.scene import Scene

AT_ONCE = 4_000
"""Characters that are read between two keys; a longer text is read beside them."""


class Wanted(NamedTuple):
    """What a reading depends on: the same again needs no second one. The checks of the clock look once a minute."""

    text: str
    draft: Draft
    incident: Incident
    answered: frozenset[str]
    minute: int

    def is_same(self, other: "Wanted") -> bool:
        """Whether two readings would be the same. The incident is the same one or it has changed."""
        return self.incident is other.incident and self[:2] == other[:2] and self[3:] == other[3:]

    def read(self, scene: Scene) -> Reading:
        return scene.desk.read(self.text, self.draft, self.incident, scene.now, self.answered)


class Checking:
    """The last `reading` that is done. One that takes long is done in a thread, one at a time: the next key waits for
    none of them."""

    def __init__(self) -> None:
        self.reading = Reading()
        self._wanted: Wanted | None = None
        self._is_aside = False

    def clear(self) -> None:
        """Nothing is read, and nothing is wanted."""
        self.reading, self._wanted = Reading(), None

    def look(self, wanted: Wanted, scene: Scene) -> bool:
        """Read what is wanted, if anything it depends on has changed; whether `aside` has to be called for it."""
        if self._wanted is not None and wanted.is_same(self._wanted):
            return False
        self._wanted = wanted
        if len(wanted.text) <= AT_ONCE:
            self.reading = wanted.read(scene)
            return False
        begins, self._is_aside = not self._is_aside, True
        return begins

    async def aside(self, scene: Callable[[], Scene], told: Callable[[], None]) -> None:
        """Read what is wanted beside the keys, again and again until nothing else is; `told` after each reading."""
        done: Wanted | None = None
        try:
            while (wanted := self._wanted) is not None and wanted is not done and len(wanted.text) > AT_ONCE:
                self.reading = await asyncio.to_thread(wanted.read, scene())
                done = wanted
                told()
        finally:
            self._is_aside = False
