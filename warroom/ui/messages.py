"""What views tell the screen. Messages go up; the screen decides and hands scenes down."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from textual.message import Message

from warroom.domain.board import Board
from warroom.domain.desk import undo_all
from warroom.domain.events import AnyEvent, Recorded
from warroom.domain.sentence import Refused, Sentence
from warroom.services.room import Decision
from warroom.store.errors import StoreError

Failure: TypeAlias = Refused | StoreError
"""Why an act is not done: it was refused, or it could not be written."""

Undo: TypeAlias = Callable[[Board, Sequence[Recorded]], AnyEvent | Sequence[AnyEvent]]
"""The decision that takes back what was recorded."""


class Act(Message):
    """Somebody did something: the decision, and the sentence that says it is done.

    `inc` names the crisis it belongs to, where that is not the open one. `settled` is called with what kept it from
    being done, None where it is. Who asked may keep the words until then (`keeps`); else the console keeps what could
    not be written, to be tried again. `undo` takes it back; acts on mentions (`undoable`) know how by themselves; then
    `back` brings the person to what it was about. Where what is to be said follows from what was decided, `told` finds
    it; a `quiet` act is not spoken of at all.
    """

    def __init__(
        self,
        decide: Decision,
        done: Sentence,
        *,
        told: Callable[[Sequence[Recorded]], Sentence] | None = None,
        quiet: bool = False,
        undoable: bool = False,
        undo: Undo | None = None,
        back: Callable[[], None] | None = None,
        inc: str | None = None,
        settled: Callable[[Failure | None], None] | None = None,
        keeps: bool = False,
    ) -> None:
        super().__init__()
        self.settled = settled
        self.keeps = keeps
        self.decide = decide
        self.done = done
        self.told = told
        self.quiet = quiet
        self.undo = undo or (_undo_mentions if undoable else None)
        self.back = back
        self.inc = inc
        self.crisis: str | None = None
        """The crisis in which it was done; the console says it."""
        self.written = False
        """Whether it stands in the log already."""


def _undo_mentions(board: Board, acts: Sequence[Recorded]) -> Sequence[AnyEvent]:
    return undo_all(board.desk, acts)


class Told(Message):
    """A sentence for the key row: a refusal, a hint."""

    def __init__(self, sentence: Sentence, *, wrong: bool = False) -> None:
        super().__init__()
        self.sentence = sentence
        self.wrong = wrong


class Asked(Message):
    """Somebody wants what the console has for all views: `action` is its name, like "seats"."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action


class Changed(Message):
    """Look again. Bursts fold into one, so it never says what changed."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Changed)
