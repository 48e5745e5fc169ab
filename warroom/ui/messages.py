"""What views tell the screen. Messages go up; the screen decides and hands scenes down."""

from collections.abc import Callable

from textual.message import Message

from warroom.domain.sentence import Sentence
from warroom.services.room import Decision


class Act(Message):
    """Somebody did something: the decision, and the sentence that says it is done.

    `inc` names the crisis it belongs to, where that is not the open one. `settled` is called with whether
    it could be done, so that whoever asked keeps the words where it could not.
    """

    def __init__(
        self,
        decide: Decision,
        done: Sentence,
        *,
        undoable: bool = False,
        inc: str | None = None,
        settled: Callable[[bool], None] | None = None,
    ) -> None:
        super().__init__()
        self.settled = settled
        self.decide = decide
        self.done = done
        self.undoable = undoable
        self.inc = inc


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
