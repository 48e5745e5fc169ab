"""Learning: keeps what a process reads texts by in step with what the log says that operators said.

Whoever wrote a label, this console or another one, it comes here through the board. The weights follow from the labels
in their order and from nothing else, so it does not matter in which portions they are learnt.
"""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from warroom.domain.board import Board
from warroom.domain.triage.triage import Triage
from warroom.services.bell import GATHERS, Bell
from warroom.services.breath import Breath, Keys

PATIENCE = 5
"""Looks that labels which keep coming are waited for; those of one look are learnt together, so that two keys on one
mention are one label."""
SLICE, REST = 0.004, 0.012
"""Seconds of learning, and seconds for everything else in between."""
AT_ONCE = 60
"""New labels up to which they are learnt on the loop; more take so long that they are learnt in a thread."""


class Heard(NamedTuple):
    """Of which labels: a replay that goes back has others, and so has another incident."""

    labels: object
    version: int
    incident: str | None


class Learning:
    """One for each triage. `default` says whether learning is on where nobody has switched it."""

    def __init__(
        self, triage: Triage, board: Callable[[], Board], *, default: bool = True, keys: Keys | None = None
    ) -> None:
        """`keys` are those that go before the learning."""
        self.triage = triage
        self.default = default
        self._board = board
        self._keys = keys or Keys()
        self._learnt: Heard | None = None
        self._once = asyncio.Event()

    @property
    def in_step(self) -> bool:
        """Whether everything that was said is learnt."""
        return self._learnt == self._heard()

    @property
    def is_on(self) -> bool:
        """Whether texts are to be read with what was learnt."""
        board = self._board()
        return board.labels.learning(board.current, self.default)

    async def begun(self) -> None:
        """Wait until what was said before has been learnt."""
        await self._once.wait()

    def _heard(self) -> Heard:
        board = self._board()
        return Heard(board.labels, board.labels.version, board.current)

    async def follow(self, told: Callable[[], None], bell: Bell | None = None) -> None:
        """Learn what is said, until cancelled. `told` is called when texts are read otherwise than before; `bell` rings
        when something was said."""
        bell = bell or Bell()
        before, waited = self._heard(), PATIENCE
        while True:
            now = self._heard()
            if now != self._learnt and (now == before or waited >= PATIENCE):
                await self.catch_up()
                waited = 0
                told()
            elif now != self._learnt:
                waited += 1
            before = now
            await (bell.rung() if now == self._learnt else asyncio.sleep(GATHERS))

    async def catch_up(self) -> None:
        """Learn what is not learnt yet: where only the newest labels are others, those; else all of them again."""
        board, heard = self._board(), self._heard()
        wanted = board.labels.to_learn(heard.incident)
        learner, known = self.triage.learner, self.triage.labels()
        same = next((n for n, (one, other) in enumerate(zip(known, wanted, strict=False)) if one != other), None)
        if same is None:
            same = min(len(known), len(wanted))
        if len(wanted) - same <= AT_ONCE and learner.take_back(len(known) - same):
            breath = Breath(self._keys, SLICE, REST)
            for label in wanted[same:]:
                learner.learn(label)
                await breath.if_due()
        else:
            self.triage.learner = await asyncio.to_thread(self.triage.taught, wanted)
        self.triage.learning = board.labels.learning(heard.incident, self.default)
        self._learnt = heard
        self._once.set()
