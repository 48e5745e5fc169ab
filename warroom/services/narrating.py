"""Narrating: keeps what the mentions of the last hours say, and works out once a minute which stories rise."""

import asyncio
from collections import deque

from warroom.domain.mention import Mention
from warroom.domain.triage.narratives import Grouping, Stories, Told, stories, terms
from warroom.services.lexicon import load_empty

MOST_TOLD = 20_000
"""Mentions that narratives are made of, of the last hours."""
AT_FIRST = 500
"""Mentions up to which narratives are worked out at each look, and not once a minute."""
NOTHING = Stories((), ())


class Narrating:
    """The `stories` that rise, by what was told last."""

    def __init__(self) -> None:
        self.stories = NOTHING
        self._told: deque[Told] = deque(maxlen=MOST_TOLD)
        self._minute = 0
        """The newest minute in which something was received: the clock of the narratives."""
        self._told_in_all = 0
        self._worked_out: tuple[int, int, Grouping] | None = None

    def tell(self, group: str, mention: Mention) -> None:
        """A mention came in, a copy of the group's others."""
        self._told.append(Told(group, int(mention.at.timestamp() // 60), terms(mention.words, load_empty())))
        self._told_in_all += 1
        self._minute = max(self._minute, int(mention.received_at.timestamp() // 60))

    async def work_out(self, grouping: Grouping) -> bool:
        """Work the stories out, beside everything else; whether that was due."""
        wanted = (self._minute, self._told_in_all if len(self._told) < AT_FIRST else 0, grouping)
        if wanted == self._worked_out:
            return False
        self._worked_out = wanted
        self.stories = await asyncio.to_thread(stories, list(self._told), self._minute, grouping)
        return True
