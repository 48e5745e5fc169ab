"""Where each author stands, over all they wrote: the board of the audiences counts these, not posts (triage design, 3).

One text parts those who dislike from those who hate only roughly, so an author has a value from −2 to +2 that every
post moves a little. A first post is all that is known and decides alone. The operator's word pins an author for the
incident, whatever they write afterwards.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping

from warroom.domain.mention import SEGMENTS, Segment

KEPT, NEW = 0.7, 0.3
"""What the value so far and the new post weigh."""
POSTS: Mapping[Segment, int] = {segment: place - 2 for place, segment in enumerate(SEGMENTS)}
"""What a post is worth: hate −2 … love +2."""
FAR, NEAR = 1.2, 0.3
"""Beyond 1.2 an author hates or loves; up to 0.3 they take no side."""
LATELY = 60
"""Newest posts that say where an author stands: what was before them weighs less than a billionth."""
MOST_KEPT = 100_000
"""Authors that are remembered; those who have been silent longest go first, pinned ones never."""
_ROUNDING = 1e-9


class Authors:
    """Every author by the name that the source gives them ("network|handle")."""

    def __init__(self) -> None:
        self._values: OrderedDict[str, float] = OrderedDict()
        """−2 to +2, of what they wrote alone."""
        self._pinned: dict[str, Segment] = {}
        self._board: Counter[Segment] = Counter()

    def wrote(self, author: str, segment: Segment) -> Segment:
        """A post came: the segment in which its author is now."""
        before = self.segment(author)
        known = self._values.get(author)
        post = float(POSTS[segment])
        self._values[author] = post if known is None else KEPT * known + NEW * post
        self._values.move_to_end(author)
        after = self._moved(author, before)
        if len(self._values) > MOST_KEPT:
            self._forget()
        return after

    def wrote_anew(self, author: str, segments: Iterable[Segment]) -> None:
        """What an author wrote, in its order, because some of it is read otherwise now: all of it, or the newest
        `LATELY`."""
        before = self.segment(author)
        value: float | None = None
        for segment in segments:
            post = float(POSTS[segment])
            value = post if value is None else KEPT * value + NEW * post
        if value is not None:
            self._values[author] = value
            self._moved(author, before)

    def pin(self, author: str, segment: Segment) -> None:
        """The operator's word, which holds until it is taken back."""
        before = self.segment(author)
        self._pinned[author] = segment
        self._moved(author, before)

    def unpin(self, author: str) -> None:
        before = self.segment(author)
        self._pinned.pop(author, None)
        self._moved(author, before)

    def segment(self, author: str) -> Segment | None:
        """Where an author stands; None where nobody knows."""
        pinned = self._pinned.get(author)
        if pinned is not None:
            return pinned
        value = self._values.get(author)
        return segment_of(value) if value is not None else None

    @property
    def board(self) -> Mapping[Segment, int]:
        """Authors of each segment, in the order of the screen."""
        return {segment: self._board[segment] for segment in SEGMENTS}

    def _moved(self, author: str, before: Segment | None) -> Segment:
        after = self.segment(author)
        if before is not None:
            self._board[before] -= 1
        if after is not None:
            self._board[after] += 1
        return after or Segment.NEUTRAL

    def _forget(self) -> None:
        gone = next((author for author in self._values if author not in self._pinned), None)
        if gone is not None:
            before = self.segment(gone)
            del self._values[gone]
            if before is not None:
                self._board[before] -= 1


def segment_of(value: float) -> Segment:
    """Hate below −1.2, dislike below −0.3, like above 0.3, love above 1.2. Sums of tenths are not exact: a hair's
    breadth is no side."""
    if value < -FAR - _ROUNDING:
        return Segment.HATE
    if value < -NEAR - _ROUNDING:
        return Segment.DISLIKE
    if value <= NEAR + _ROUNDING:
        return Segment.NEUTRAL
    return Segment.LIKE if value <= FAR + _ROUNDING else Segment.LOVE
