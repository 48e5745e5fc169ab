"""Asking a server of the Mastodon API again for statuses that it told before: what was edited since, what is gone.

Nothing else tells of an edit or a deletion that happened while nobody listened. It is asked seldom and from the newest
on, and where the server is busy or knows no such question it is left alone: this must never cost what streams and
timelines tell.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from feeds.base import FeedError, FeedLimited
from feeds.statuses import Status

if TYPE_CHECKING:
    from feeds.http import Http

RECENT = 800
"""How many of the newest statuses are asked for: 40 questions, of the 300 that a server allows in 5 minutes."""
AT_ONCE = 20
"""Statuses in one question (GET /api/v1/statuses, Mastodon 4.3)."""
ONE_BY_ONE = 20
"""How many of the newest are asked for where a server answers for one at a time only."""
REST = 240.0
"""Seconds from one asking to the next, taken together: `BURST` of them may follow upon each other, so that a connection
which is lost twice is looked after at once, and one that is lost all the time asks no more than that."""
BURST = 3
NO_ANSWER = (400, 401, 403, 404, 405, 410, 422, 501)
"""How servers say that they do not know this question, or this status."""


class Found(NamedTuple):
    """What became of some of the statuses: as they are now, and the ids of those that are gone."""

    there: Sequence[Status]
    gone: Sequence[str]


class Again:
    """The questions to one server. `base` is its address. `goes_on_at` is when, by the clock of the event loop, to ask
    anew, where the server told us to wait in the midst of it; else never."""

    def __init__(self, base: str, http: "Http") -> None:
        self._base = base
        self._http = http
        self.goes_on_at = inf
        self._asked: deque[float] = deque(maxlen=BURST)
        self._answers_many = True

    async def ask(self, ids: Sequence[str], headers: Mapping[str, str]) -> AsyncIterator[Found]:
        """What became of the statuses of these ids, which are given oldest first; nothing during the rest."""
        loop = asyncio.get_running_loop()
        self.goes_on_at = inf
        if not ids or (len(self._asked) == BURST and loop.time() - self._asked[0] < BURST * REST):
            return
        self._asked.append(loop.time())
        try:
            if self._answers_many:
                for last in range(len(ids), 0, -AT_ONCE):
                    asked = ids[max(0, last - AT_ONCE) : last]
                    there = await self._many(asked, headers)
                    if there is None:
                        self._answers_many = False
                        break
                    yield Found(list(there.values()), [id for id in asked if id not in there])
            if not self._answers_many:
                for id in reversed(ids[-ONE_BY_ONE:]):
                    found = await self._one(id, headers)
                    if found is not None:
                        yield found
        except FeedLimited as limited:
            self.goes_on_at = loop.time() + (limited.retry_after or REST)
        except FeedError:
            return

    async def _many(self, ids: Sequence[str], headers: Mapping[str, str]) -> dict[str, Status] | None:
        """Those of the statuses that are there, by id; None where the server does not know the question.

        That one is missing is believed only where it is not there by itself either: some servers answer a question
        that they do not know with nothing at all.
        """
        answer = await self._http.get(
            f"{self._base}/api/v1/statuses", headers=headers, params=[("id[]", id) for id in ids], ok=NO_ANSWER
        )
        if answer.status != 200:
            return None
        there = {status.id: status for status in answer.json(list[Status])}
        missing = next((id for id in reversed(ids) if id not in there), None)
        if missing is not None:
            alone = await self._one(missing, headers)
            if alone is None or not alone.gone:
                return None
        return there

    async def _one(self, id: str, headers: Mapping[str, str]) -> Found | None:
        """What became of one status; None where the server does not say."""
        answer = await self._http.get(f"{self._base}/api/v1/statuses/{id}", headers=headers, ok=NO_ANSWER)
        if answer.status == 200:
            return Found([answer.json(Status)], [])
        return Found([], [id]) if answer.status in (404, 410) else None
