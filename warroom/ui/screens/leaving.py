"""Leaving the console: what was typed is saved first, and a live crisis is not left without a question."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from warroom.domain.sentence import say
from warroom.services.room import Decision
from warroom.ui.coach import Coach
from warroom.ui.scene import Scene
from warroom.ui.screens.moving import Moving
from warroom.ui.session import DRILL, Session

if TYPE_CHECKING:
    from warroom.ui.dialogs.left import Left
    from warroom.ui.dialogs.unsaved import UnsavedDialog
    from warroom.ui.views.statement import StatementView


class Leaving(Moving):
    """A screen that can be left: for good, for the room that a recording was opened over, or for a drill."""

    def __init__(self, session: Session, keys: Mapping[str, str], coach: Coach | None) -> None:
        super().__init__(session, keys, coach)
        self._draft_desk: StatementView | None = None
        """The statement desk, also where the screen is gone already."""

    async def _complete(self) -> None:
        await super()._complete()
        self._draft_desk = self._desk()

    def action_leave(self) -> None:
        """Quit; what was typed last is saved before."""
        if self._over_another:
            self.app.pop_screen()
        elif (desk := self._desk()) is not None:
            desk.save(self._leave, anyway=True)
        else:
            self._leave()

    def _desk(self) -> "StatementView | None":
        """The statement desk, once it is there."""
        if not self._is_complete:
            return None
        from warroom.ui.views.statement import StatementView

        desks = self.query(StatementView)
        return desks.first() if desks else None

    def last_words(self) -> tuple[Decision, str] | None:
        """What still has to be written where the console ends without being asked, and in which crisis."""
        return self._draft_desk.last_words() if self._draft_desk is not None else None

    def _leave(self) -> None:
        """In a live crisis after a question, because the crisis stays open and its clock keeps counting; and where
        something could not be saved."""
        from warroom.ui.dialogs.drill_over import DrillOverDialog
        from warroom.ui.dialogs.leave import LeaveDialog

        scene = self.scene()
        desk = self._desk()
        draft = desk.unsaved_text if desk is not None else ""
        typed = self._typed()
        if self._unsaved or draft or typed:
            self.app.push_screen(self._unsaved_dialog(scene, draft, typed), self._left)
        elif scene.practice is not None:
            over = DrillOverDialog(scene.words, scene.practice.report())
            self.app.push_screen(over, lambda end: self.app.exit() if end else None)
        elif scene.incident is None or scene.mode != "live":
            self.app.exit()
        else:
            self.app.push_screen(LeaveDialog(scene.words), self._left)

    def action_drill(self) -> None:
        """Practise: the app ends with the wish for it, and whoever opened it opens the drill."""
        scene = self.scene()
        if scene.drill_takes is None:
            self.tell(say("A drill is started from a room of your own, in calm."))
        elif scene.incident is not None:
            self.tell(say("A crisis is open: this is no time for a drill."))
        else:
            self.app.exit(DRILL)

    def _typed(self) -> list[str]:
        """What was typed in dialogs that were left while the log could not be written."""
        left: Mapping[object, Left] = getattr(self.app, "left", {}) if self._failed is not None else {}
        return [words for one in left.values() for words in one.words]

    def _unsaved_dialog(self, scene: Scene, draft: str, typed: Sequence[str]) -> "UnsavedDialog":
        from warroom.ui.dialogs.unsaved import UnsavedDialog

        acts = [(act.done, act.decide) for act in self._unsaved]
        return UnsavedDialog(scene, acts, draft, typed)

    def _left(self, leave: bool | None) -> None:
        if leave:
            self.app.exit()

    @property
    def _over_another(self) -> bool:
        """Whether this is a recording that was opened over the room."""
        return any(isinstance(below, Leaving) for below in self.app.screen_stack[:-1])

    def action_back(self) -> None:
        """Esc: one panel of several again; else from a recording back to the room."""
        if self.view.unzoom():
            self.call_after_refresh(self.look)
        elif self._over_another:
            self.app.pop_screen()
