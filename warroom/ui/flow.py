"""How fast mentions come in, as somebody at the screen sees it: from the rows that were there at each look.

Above a rate nobody reads rows that run; then the list shows one of several, and is painted seldom (console design,
section 4). The time is monotonic seconds, an argument.
"""

from collections import deque
from itertools import pairwise

FLOOD = 50.0
"""Mentions a second from which the list shows one of several."""
OVER = 30.0
"""Mentions a second below which it shows all again: a flood that wavers must not flicker."""
SECONDS = 3
"""So many seconds one after the other have to bring that much: what comes at once (an import, a feed that is back) is
soon over, and is shown whole."""


class Flow:
    """Call `look` with the last row, once a second at least; `rate` is mentions a second."""

    def __init__(self) -> None:
        self.rate = 0.0
        self.flooded = False
        self._seen: deque[tuple[float, int]] = deque(maxlen=SECONDS + 1)

    def look(self, row: int, at: float) -> None:
        if self._seen and row < self._seen[-1][1]:
            self._seen.clear()
        if self._seen and at - self._seen[-1][0] < 1.0:
            return
        self._seen.append((at, row))
        if len(self._seen) <= SECONDS:
            return
        rates = [(row - before) / (at - began) for (began, before), (at, row) in pairwise(self._seen)]
        self.rate = sum(rates) / len(rates)
        self.flooded = self.rate > OVER if self.flooded else min(rates) > FLOOD

    def one_in(self, lines: int) -> int:
        """Of how many mentions one is shown, so that each stays for a second on a list of so many lines."""
        return max(2, -(-int(self.rate) // max(1, lines))) if self.flooded else 1
