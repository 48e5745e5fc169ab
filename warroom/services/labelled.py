"""What operators said of mentions by a key, by the groups of copies as they are known here: another console may name
them otherwise."""

from collections.abc import Callable
from typing import NamedTuple

from warroom.domain.triage.labels import Given, Labels


class Spoken(NamedTuple):
    """What was said by a key, and its place among all that was."""

    place: int
    given: Given


class Labelled:
    """The label that counts of each group. `group_of` names the group of a mention that is known, by its key."""

    def __init__(self, group_of: Callable[[str], str | None]) -> None:
        self._group_of = group_of
        self._heard: tuple[Labels, int] | None = None
        self._by_name: dict[str, Spoken] = {}
        """By name of a mention or a group, what was said last of it."""
        self._labelled: dict[str, Spoken] = {}
        """The same by group as it is known here; by name of what is not known."""

    def hear(self, labels: Labels) -> bool:
        """What was said so far; whether anything of it is new."""
        heard = (labels, labels.version)
        if heard == self._heard:
            return False
        self._heard = heard
        self._by_name, self._labelled = {}, {}
        for place, given in enumerate(labels.spoken()):
            for name in (given.about, given.key):
                self._by_name[name] = said = Spoken(place, given)
                self._labelled[self._group_of(name) or name] = said
        return True

    def know(self, key: str, group: str) -> None:
        """A mention is known now: what was said of it holds for its group. In a large room all that was ever said is
        too much to go through for each slice that is looked at."""
        spoken = self._by_name.get(key)
        if spoken is None:
            return
        if key != group:
            self._labelled.pop(key, None)
        said = self._labelled.get(group)
        if said is None or said.place < spoken.place:
            self._labelled[group] = spoken

    def forget(self, key: str) -> None:
        """A mention is not known any more: what was said of it holds for itself."""
        if (spoken := self._by_name.get(key)) is not None:
            self._labelled[key] = spoken

    def of(self, name: str) -> Given | None:
        """The label that counts: the last one that was given to a group, or to a mention that is not known."""
        said = self._labelled.get(name)
        return said.given if said is not None else None
