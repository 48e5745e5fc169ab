"""A reader for the screen: where the file of the mentions is damaged it says so, and goes on with the rest.

A large file is not looked through when it is opened; a damaged page is met when somebody scrolls there.
"""

from collections.abc import Sequence

from warroom.domain.desk import Mark
from warroom.domain.mention import Kept

from .batch import MinuteCount
from .errors import Damaged
from .windows import Filter, MentionReader


class SteadyReader(MentionReader):
    """What cannot be read is not there, and `trouble` says why."""

    def page(self, first: int, last: int) -> list[Kept]:
        """The mentions of the rows that can be read: a broken page costs its own rows only."""
        try:
            return super().page(first, last)
        except Damaged as error:
            self.trouble = error.sentence
        if first >= last:
            return []
        middle = (first + last) // 2
        return [*self.page(first, middle), *self.page(middle + 1, last)]

    def upto(self, row: int) -> Kept | None:
        try:
            return super().upto(row)
        except Damaged as error:
            self.trouble = error.sentence
            return None

    def find(self, key: str) -> Kept | None:
        try:
            return super().find(key)
        except Damaged as error:
            self.trouble = error.sentence
            return None

    def rows(
        self,
        where: Filter,
        before: int | None = None,
        limit: int = 128,
        *,
        after: int = 0,
        marks: Sequence[Mark] = (),
    ) -> list[int]:
        try:
            return super().rows(where, before, limit, after=after, marks=marks)
        except Damaged as error:
            self.trouble = error.sentence
            return []

    def minute_counts(self, after: int, upto: int) -> list[MinuteCount]:
        try:
            return super().minute_counts(after, upto)
        except Damaged as error:
            self.trouble = error.sentence
            return []
