"""Standing down: its criteria are shown, met or not, a reason is asked, the harmless button has the focus."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Input, Label, Static

from warroom.domain.board import Board
from warroom.domain.criteria import LEAVES, judge
from warroom.domain.desk import Mark
from warroom.domain.events import StoodDown
from warroom.domain.incident import Incident, stand_down
from warroom.domain.sentence import Refused, say
from warroom.services.order import OPEN
from warroom.services.words import Words
from warroom.store.errors import StoreError
from warroom.store.steady import SteadyReader
from warroom.store.windows import Filter
from warroom.ui.dialogs.dialog import ROOMY, Dialog
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.present import BIG_REACH
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of

MOST_TOLD = 99
"""Mentions that wait, up to which they are counted."""
LOOKS_EVERY = 1.0
"""Seconds after which the criteria are judged again."""


def criteria_parts(board: Board, incident: Incident, words: Words, now: datetime) -> list[Part]:
    """What has to be true before a crisis is over, met or not (playbook 5, step 18), then what is still open."""
    parts: list[Part] = []
    judged = (judge(criterion, board, incident, now) for criterion in LEAVES)
    for met, state in dict.fromkeys((seen.met, words.say(seen.state)) for seen in judged):  # each is said once
        sign = Part("✓ ", "$success") if met else Part("! ", "bold $warning")
        parts += [sign, Part(f"{state[:1].upper()}{state[1:]}\n")]
    steps = sum(not state.is_settled(incident.declared_at, now) for state in incident.steps.values())
    told = words.tn("{n} step is still open", "{n} steps are still open", steps)
    return [*parts, Part("! " if steps else "✓ ", "bold $warning" if steps else "$success"), Part(told)]


def waiting(path: Path, marks: Sequence[Mark], since: datetime) -> int:
    """How many mentions of a crisis very many people can see and nobody has dealt with."""
    with SteadyReader(path) as reader:
        rows = reader.rows(Filter(states=OPEN, people=BIG_REACH), limit=MOST_TOLD, marks=marks)
        found = (reader.get(row) for row in rows)
        return sum(kept is not None and kept.mention.received_at >= since for kept in found)


def waiting_parts(n: int, words: Words) -> list[Part]:
    reach = words.number(BIG_REACH)
    if not n:
        return [
            Part("\n✓ ", "$success"),
            Part(words.t("Nothing that {reach} people or more can see waits", reach=reach)),
        ]
    told = words.tn(
        "{n} mention that {reach} people or more can see waits for an answer",
        "{n} mentions that {reach} people or more can see wait for an answer",
        n,
        reach=reach,
    )
    return [Part("\n! ", "bold $warning"), Part(told if n < MOST_TOLD else f"{told} +")]


class StandDownDialog(Dialog[Act]):
    """The criteria, and below them, always in sight, the reason that it takes."""

    FOOT_STAYS = True

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.words, say("Stand down"), yes=say("The crisis is over"), no=say("Not yet"))
        self._board = scene.board
        self._path = scene.reader.path
        self._waiting: int | None = None
        """How much waits, once it is counted."""
        self._counted = -1
        """The position of the log for which it is or was counted."""
        self._clock = scene.clock

    def body(self) -> ComposeResult:
        yield Static(id="criteria")

    def foot(self) -> ComposeResult:
        air = "\n" if self.app.size.height >= ROOMY else ""
        yield Label(content_of([Part(air + self.words.t("Why is it over?"), "$muted")]))
        yield Input(id="reason")

    def on_mount(self) -> None:
        self.query_one("#reason").focus()
        self._look()
        self.set_interval(LOOKS_EVERY, self._look)

    def _count(self, incident: Incident) -> None:
        """Beside the keys: there may be very many mentions."""
        self._counted, marks = self._board.pos, [mark for _, mark in self._board.desk]
        since = incident.first_mention_at or incident.declared_at

        def count() -> None:
            with suppress(StoreError):
                n = waiting(self._path, marks, since)
                self.app.call_from_thread(self._told, n)

        self.run_worker(count, thread=True, group="waiting")

    def _told(self, n: int) -> None:
        if self.query("#criteria"):  # else it was left meanwhile
            self._waiting = n
            self._look()

    def _look(self) -> None:
        """How the criteria stand while one reads them: somebody may keep a promise meanwhile, a spike may begin."""
        incident = self._board.incident
        if incident is not None:
            if self._counted != self._board.pos:
                self._count(incident)
            parts = criteria_parts(self._board, incident, self.words, self._clock())
            parts += waiting_parts(self._waiting, self.words) if self._waiting is not None else []
            self.query_one("#criteria", Static).update(content_of(parts))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()

    def confirm(self) -> None:
        reason = self.query_one("#reason", Input).value

        def decide(board: Board) -> StoodDown:
            if board.incident is None:
                raise Refused(say("No crisis is open."))
            return stand_down(board.incident, reason)

        try:
            decide(self._board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        self.hand_in(Act(decide, say("Stood down. The log can be exported.")))
