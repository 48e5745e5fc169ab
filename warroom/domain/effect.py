"""What was said before and after a statement went out: shares of the audiences, with the numbers they rest on.

It never claims a cause: something else may have happened in the same minutes. Whether the share of those against us
moved is tested as two proportions differ (two-sided, 5 %: |z| ≥ 1.96, pooled variance); under `LEAST` mentions on
either side nothing is said.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import sqrt
from typing import Literal, TypeAlias

from msgspec import Struct

from .mention import Segment
from .pulse import Pulse

WINDOWS = (15, 30, 60)
"""Minutes after a statement at which its effect is read (console design, Pulse)."""
LEAST = 20
"""Mentions on each side without which a share says nothing."""
Z = 1.96

Verdict: TypeAlias = Literal["moved", "no visible change", "too few"]


class Effect(Struct, frozen=True, kw_only=True):
    """`minutes` before and after. Shares are of all mentions that were read, by segment, from 0 to 1."""

    minutes: int
    before: Mapping[Segment, float]
    after: Mapping[Segment, float]
    n_before: int
    n_after: int
    verdict: Verdict

    def against(self, when: Literal["before", "after"]) -> float:
        """The share of those who dislike or hate us."""
        shares = self.before if when == "before" else self.after
        return shares.get(Segment.HATE, 0.0) + shares.get(Segment.DISLIKE, 0.0)


def effect(pulse: Pulse, at: datetime, minutes: int, now: datetime) -> Effect | None:
    """What moved around a statement that went out at `at`; None until the minutes after it are full."""
    if now < at + timedelta(minutes=minutes + 1):
        return None
    minute = int(at.timestamp() // 60)
    # The minute in which it went out belongs to neither side.
    before = pulse.by_segment(minute - 1, minutes)
    after = pulse.by_segment(minute + minutes, minutes)
    n_before, n_after = sum(before.values()), sum(after.values())
    return Effect(
        minutes=minutes,
        before={segment: n / n_before for segment, n in before.items()} if n_before else {},
        after={segment: n / n_after for segment, n in after.items()} if n_after else {},
        n_before=n_before,
        n_after=n_after,
        verdict=_verdict(before, after),
    )


def _verdict(before: Mapping[Segment, int], after: Mapping[Segment, int]) -> Verdict:
    n, m = sum(before.values()), sum(after.values())
    if n < LEAST or m < LEAST:
        return "too few"
    x, y = (counts[Segment.HATE] + counts[Segment.DISLIKE] for counts in (before, after))
    pooled = (x + y) / (n + m)
    spread = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return "moved" if spread and abs(x / n - y / m) / spread >= Z else "no visible change"
