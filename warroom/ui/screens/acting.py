"""What people did on this screen: written, then told; kept where it could not be written; taken back."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from warroom.domain.events import MentionEvent, Recorded
from warroom.domain.sentence import Refused, Sentence, say
from warroom.services.keymap import key_of
from warroom.store.errors import StoreError
from warroom.ui.coach import Coach
from warroom.ui.keyname import key_name
from warroom.ui.line import Part
from warroom.ui.messages import Act, Failure, Undo
from warroom.ui.screens.doors import Doors
from warroom.ui.session import Session
from warroom.ui.widgets.key_row import KeyRow

UNDO = 20
"""Acts that can be taken back, the newest."""


class _Done(NamedTuple):
    """An act that can be taken back: how, what was recorded, what was said of it, what brings the person back to what
    it was about, and the crisis that it is part of; mentions outlast theirs."""

    undo: Undo
    acts: Sequence[Recorded]
    done: Sentence
    back: Callable[[], None] | None
    crisis: str | None


class Acting(Doors):
    """A screen that writes what its views and dialogs hand up."""

    def __init__(self, session: Session, keys: Mapping[str, str], coach: Coach | None) -> None:
        super().__init__(session, keys)
        self._coach = coach
        self._undoable: deque[_Done] = deque(maxlen=UNDO)
        self._unsaved: list[Act] = []
        """What somebody did and what could not be written; it leaves this list once it stands in the log."""
        self._failed: tuple[datetime, Sentence] | None = None
        """When the log could not be written, and why; None once something could."""
        self._saving_again = False

    def look(self) -> None:
        """Show what is known now, and what the keys do here."""
        raise NotImplementedError

    def on_act(self, message: Act) -> None:
        message.stop()
        message.crisis = message.crisis or message.inc or self.scene().board.current
        if not message.written:
            self.run_worker(self._act(message), group="acts")

    async def _act(self, message: Act) -> None:
        """Write it, then say so. What was refused or could not be written is never shown as done."""
        words = self.session.words
        try:
            recorded = await self.session.do(message.decide, inc=message.inc)
        except Refused as refusal:
            self._forget(message)
            self._not_done(message, refusal, refusal.sentence)
            return
        except StoreError as error:
            self._failed = self.session.now(), error.sentence
            if not message.keeps and message.undo is None and message not in self._unsaved:
                self._unsaved.append(message)
            self._not_done(message, error, say("Not saved: {reason}", reason=error.sentence))
            self.look()
            return
        message.written, self._failed = True, None
        self._forget(message)
        if message.settled is not None:
            message.settled(None)
        if self.is_going:
            return
        if self._coach is not None:
            self._coach.recorded(one.data for one in recorded)
        if message.quiet:
            self.look()
            return
        done = message.told(recorded) if message.told is not None else message.done
        parts = [Part("✓ ", "bold $success"), Part(words.say(done), "bold")]
        if message.undo is not None and recorded:
            of_mentions = all(isinstance(one.data, MentionEvent) for one in recorded)
            crisis = None if of_mentions else message.crisis
            self._undoable.append(_Done(message.undo, recorded, done, message.back, crisis))
            key = key_name(key_of("console.undo", self._keys), words)
            parts += [Part(f"   {key} ", "bold $warning", "screen.undo"), Part(words.t("Undo"), "", "screen.undo")]
        self.query_one("#keys", KeyRow).tell(parts)
        self.look()

    def _not_done(self, message: Act, why: Failure, told: Sentence) -> None:
        if message.settled is not None:
            message.settled(why)
        self.tell(told, wrong=True)

    async def _save_again(self) -> None:
        """Try once more what could not be written, in its order; what still cannot is kept on."""
        self._saving_again = True
        try:
            for message in list(self._unsaved):
                if self._is_over(message.crisis):
                    what = message.done
                    self.tell(
                        say("“{what}” was for a crisis that is closed: no other takes it.", what=what), wrong=True
                    )
                else:
                    await self._act(message)
        finally:
            self._saving_again = False

    def _is_over(self, crisis: str | None) -> bool:
        """Whether another crisis, or none, is open now: what was done in one is not done in the next."""
        return crisis is not None and self.scene().board.current != crisis

    def _forget(self, message: Act) -> None:
        """It is in the log, or it will never be: there is nothing to try again."""
        if message in self._unsaved:
            self._unsaved.remove(message)

    def action_undo(self) -> None:
        """Take back the last act that can be, up to twenty deep, and say what it was."""
        if not self._undoable:
            self.tell(say("There is nothing more to undo here."))
            return
        last = self._undoable.pop()
        if self._is_over(last.crisis):
            self.tell(say("“{act}” was done in a crisis that is closed: it stays.", act=last.done))
            return

        def settled(why: Failure | None) -> None:
            if why is None and last.back is not None:
                last.back()

        undone = say("Undone: {act}", act=last.done)
        self.post_message(Act(lambda board: last.undo(board, last.acts), undone, settled=settled))

    def action_retry(self) -> None:
        """Write what could not be written; else do not wait for the next try of the sources that are lost."""
        scene = self.scene()
        if self._saving_again:
            self.tell(say("Trying again now."))
        elif self._unsaved:
            self.run_worker(self._save_again(), group="again")
        elif not scene.health:
            self.tell(say("No source is listened to here."))
        elif scene.elsewhere:
            self.tell(say("Another console runs the sources: try again there."))
        elif not scene.lost:
            self.tell(say("Every source is heard; there is nothing to try again."))
        else:
            self.session.retry_feeds()
            self.tell(say("Trying again now."))
