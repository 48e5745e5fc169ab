"""What people did on this screen: written, then told; kept where it could not be written; taken back."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from warroom.domain.events import Recorded
from warroom.domain.sentence import Refused, Sentence, say
from warroom.services.keymap import key_of
from warroom.store.errors import StoreError
from warroom.ui.coach import Coach
from warroom.ui.keys import key_name
from warroom.ui.line import Part
from warroom.ui.messages import Act, Failure, Undo
from warroom.ui.screens.doors import Doors
from warroom.ui.session import Session
from warroom.ui.widgets.key_row import KeyRow

UNDO = 20
"""Acts that can be taken back, the newest."""


class _Done(NamedTuple):
    """An act that can be taken back: how, what was recorded, what was said of it, and what brings the person back to
    what it was about."""

    undo: Undo
    acts: Sequence[Recorded]
    done: Sentence
    back: Callable[[], None] | None


class Acting(Doors):
    """A screen that writes what its views and dialogs hand up."""

    def __init__(self, session: Session, keys: Mapping[str, str], coach: Coach | None) -> None:
        super().__init__(session, keys)
        self._coach = coach
        self._undoable: deque[_Done] = deque(maxlen=UNDO)
        self._unsaved: list[Act] = []
        """What somebody did and what could not be written; it leaves this list once it stands in the log."""
        self._saving_again = False

    def look(self) -> None:
        """Show what is known now, and what the keys do here."""
        raise NotImplementedError

    def on_act(self, message: Act) -> None:
        message.stop()
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
            if not message.keeps and message.undo is None and message not in self._unsaved:
                self._unsaved.append(message)
            self._not_done(message, error, say("Not saved: {reason}", reason=error.sentence))
            self.look()
            return
        message.written = True
        self._forget(message)
        if message.settled is not None:
            message.settled(None)
        if self._coach is not None:
            self._coach.recorded(one.data for one in recorded)
        if message.quiet:
            self.look()
            return
        done = message.told(recorded) if message.told is not None else message.done
        parts = [Part("✓ ", "bold $success"), Part(words.say(done), "bold")]
        if message.undo is not None and recorded:
            self._undoable.append(_Done(message.undo, recorded, done, message.back))
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
                await self._act(message)
        finally:
            self._saving_again = False

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
