"""The doors of the console: what its actions open over it. What a dialog answers with goes to the console as an act,
which writes it; nothing is written here."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from warroom.domain.board import Board
from warroom.domain.incident import Incident, correct_title, reopen
from warroom.domain.proposal import deny
from warroom.domain.sentence import Refused, Sentence, say
from warroom.services.room import Decision
from warroom.ui.compositor import FrugalScreen
from warroom.ui.line import Part
from warroom.ui.messages import Act, Asked, Told
from warroom.ui.scene import Scene
from warroom.ui.session import ReplaySession, Session
from warroom.ui.views.labelling import switched
from warroom.ui.widgets.key_row import KeyRow


def opened(board: Board) -> Incident:
    """The open crisis, at the moment of a decision."""
    if board.incident is None:
        raise Refused(say("No crisis is open."))
    return board.incident


class Doors(FrugalScreen[None]):
    """A screen with a session, and with every dialog that the session alone is enough for."""

    def __init__(self, session: Session, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.session = session
        self._keys = keys

    def scene(self) -> Scene:
        """What is known now."""
        return replace(self.session.scene(), keys=self._keys)

    @property
    def is_going(self) -> bool:
        """Whether this screen is taken away: its parts go before it does, and what was on its way finds them gone."""
        return self._pruning or not self.is_attached

    def tell(self, sentence: Sentence, *, wrong: bool = False) -> None:
        """Say something in the key row for a moment."""
        if self.is_going:
            return
        words = self.session.words
        sign = Part("✕ ", "bold $error") if wrong else Part("  ")
        self.query_one("#keys", KeyRow).tell([sign, Part(words.say(sentence), "bold" if wrong else "")])

    def on_told(self, message: Told) -> None:
        message.stop()
        self.tell(message.sentence, wrong=message.wrong)

    def _noted(self, act: Act | None) -> None:
        if act is not None:
            self.post_message(act)

    def _crisis(self) -> Scene | None:
        """The scene of the open or the recorded crisis; in calm it says that none is open."""
        scene = self.scene()
        if scene.incident is not None:
            return scene
        self.tell(say("No crisis is open."))
        return None

    def _writable(self) -> bool:
        if isinstance(self.session, ReplaySession):
            self.tell(say("This is a recording: it is read-only."))
            return False
        return True

    def action_note(self) -> None:
        """Write a line into the timeline, from anywhere."""
        from warroom.ui.dialogs.note import NoteDialog

        if self._writable():
            self.app.push_screen(NoteDialog(self.scene()), self._noted)

    def action_deny(self) -> None:
        """Say by name and with a reason that what is unusual is no crisis."""
        from warroom.ui.dialogs.ask import AskDialog, Field

        scene = self.session.scene()
        if scene.incident is not None or (scene.spike is None and scene.proposal is None):
            self.tell(say("Nothing is unusual: there is nothing to deny."))
        elif self._writable():
            dialog = AskDialog(
                scene.words,
                title=say("Not a crisis"),
                text=say("It is not asked again for this wave. Your name and the reason stand in the log."),
                yes=say("Not a crisis"),
                fields=[Field("reason", say("Why not?"))],
                check=lambda said: deny(self.session.scene().board, said["reason"]),
            )
            self.app.push_screen(dialog, self._denied)

    def _denied(self, said: dict[str, str] | None) -> None:
        if said is not None:
            self.post_message(Act(lambda board: deny(board, said["reason"]), say("Noted: not a crisis.")))

    def action_ledger(self, row: str = "") -> None:
        """Facts, rumours and promises, which stay open while one works on them; begun at a `row` by its id."""
        from warroom.ui.dialogs.ledger import LedgerDialog

        scene = self.scene()
        if scene.incident is None:
            self.tell(say("No crisis is open."))
        else:
            self.app.push_screen(LedgerDialog(scene, self._noted, self.session.now, row))

    def action_look_back(self) -> None:
        """Lessons and actions of the open crisis, or of the last one."""
        from warroom.ui.dialogs.look_back import LookBackDialog

        scene = self.scene()
        incident = scene.incident or next(reversed(list(scene.board.incidents.values())), None)
        if incident is None:
            self.tell(say("There was no crisis yet."))
        else:
            self.app.push_screen(LookBackDialog(scene, incident, self._noted, self.session.now))

    def action_freeze(self) -> None:
        """What would go out by itself."""
        from warroom.ui.dialogs.freeze import FreezeDialog

        if (scene := self._crisis()) is not None:
            self.app.push_screen(FreezeDialog(scene, self._noted, self.session.now))

    def action_seats(self) -> None:
        from warroom.ui.dialogs.seats import SeatsDialog

        if (scene := self._crisis()) is not None:
            self.app.push_screen(SeatsDialog(scene, self._noted, self.session.now))

    def action_regulators(self) -> None:
        """The clocks of authorities."""
        from warroom.ui.dialogs.clocks import ClocksDialog

        if (scene := self._crisis()) is not None:
            self.app.push_screen(ClocksDialog(scene, self._noted, self.session.now))

    def action_questions(self) -> None:
        from warroom.ui.dialogs.questions import QuestionsDialog

        if (scene := self._crisis()) is not None:
            self.app.push_screen(QuestionsDialog(scene, self._noted, self.session.now))

    def action_handover(self) -> None:
        from warroom.ui.dialogs.handover import HandoverDialog

        scene = self._crisis()
        if scene is not None and scene.incident is not None:
            self.app.push_screen(HandoverDialog(scene, scene.incident), self._noted)

    def action_objectives(self) -> None:
        """Read and confirm the objectives; after each new spike again."""
        from warroom.ui.dialogs.objectives import ObjectivesDialog

        scene = self._crisis()
        if scene is not None and scene.incident is not None and self._writable():
            self.app.push_screen(ObjectivesDialog(scene.words, scene.incident), self._noted)

    def action_severity(self) -> None:
        from warroom.ui.dialogs.severity import SeverityDialog

        if (scene := self._crisis()) is not None and self._writable():
            self.app.push_screen(SeverityDialog(scene), self._noted)

    def action_title(self) -> None:
        """Say in other words what is happening."""
        from warroom.ui.dialogs.ask import AskDialog, Field

        scene = self._crisis()
        if scene is None or scene.incident is None or not self._writable():
            return

        def corrected(said: dict[str, str]) -> Decision:
            return lambda board: correct_title(opened(board), said["title"])

        self.app.push_screen(
            AskDialog(
                scene.words,
                title=say("Correct the title"),
                text=say("The log keeps what it was declared with; the short name “{id}” stays.", id=scene.incident.id),
                yes=say("Correct, by my name"),
                fields=[Field("title", say("What is happening? (one sentence)"), scene.incident.title)],
                check=lambda said: corrected(said)(self.scene().board),
                act=lambda said: Act(corrected(said), say("Corrected.")),
            )
        )

    def action_times(self) -> None:
        """Correct when it was declared, or when the first mention was."""
        from warroom.ui.dialogs.times import TimesDialog

        scene = self._crisis()
        if scene is not None and scene.incident is not None and self._writable():
            self.app.push_screen(TimesDialog(scene, scene.incident), self._noted)

    def action_deadlines(self) -> None:
        """Every clock that runs."""
        from warroom.ui.dialogs.deadlines import DeadlinesDialog

        if (scene := self._crisis()) is not None:
            self.app.push_screen(DeadlinesDialog(scene, self._noted, self.session.now))

    def action_stance(self) -> None:
        from warroom.ui.dialogs.stance import StanceDialog

        scene = self.scene()
        if scene.incident is None:
            self.tell(say("No crisis is open."))
        elif self._writable():
            self.app.push_screen(StanceDialog(scene, scene.incident), self._noted)

    def action_stand_down(self) -> None:
        from warroom.ui.dialogs.stand_down import StandDownDialog

        if (scene := self._crisis()) is not None and self._writable():
            assert scene.incident is not None
            self.app.push_screen(StandDownDialog(scene), partial(self._stood_down, scene.incident.id))

    def _stood_down(self, id: str, act: Act | None) -> None:
        """It is over: back to calm, and the log is offered."""
        from warroom.ui.dialogs.export import ExportDialog

        if act is not None:
            self.post_message(Asked("view('room')"))
            scene = self.scene()
            self.app.push_screen(ExportDialog(scene, scene.board.incidents[id], offered=True), self._exported)

    def action_learning(self) -> None:
        """Switch on or off whether what was corrected changes how texts are read."""
        scene = self.scene()
        if self._writable():
            self.post_message(switched(scene, not scene.learning.is_on))

    def action_former(self) -> None:
        """Let the labels of a former crisis count here."""
        from warroom.ui.dialogs.former import FormerDialog

        scene = self.scene()
        if not self._writable():
            return
        if not FormerDialog.offered(scene):
            self.tell(say("No former crisis of this log has labels that could be learnt."))
        else:
            self.app.push_screen(FormerDialog(scene), self._noted)

    def action_add_source(self) -> None:
        from warroom.ui.dialogs.add_source import AddSourceDialog

        self.app.push_screen(AddSourceDialog(self.session.words))

    def action_export(self) -> None:
        """The open crisis, or the replayed one, as markdown in the folder of the data."""
        from warroom.ui.dialogs.export import ExportDialog

        scene = self.scene()
        if scene.incident is None:
            self.tell(say("No crisis is open. “warroom export” writes the log of a past one."))
        else:
            self.app.push_screen(ExportDialog(scene, scene.incident), self._exported)

    def _exported(self, done: Sentence | None) -> None:
        if done is not None:
            self.tell(done)

    def _open_again(self, inc: str) -> None:
        from warroom.ui.dialogs.ask import AskDialog, Field

        incident = self.scene().board.incidents[inc]

        def decision(reason: str) -> Decision:
            return lambda board: reopen(board.incidents[inc], reason, open_incident=board.incident)

        def check(said: dict[str, str]) -> None:
            decision(said["reason"])(self.scene().board)

        opened = say("Open again: {title}", title=incident.title)
        self.app.push_screen(
            AskDialog(
                self.session.words,
                title=say("Open again"),
                text=say("“{title}” goes on where it stopped: clocks, plan and promises.", title=incident.title),
                yes=say("Open again"),
                fields=[Field("reason", say("Reason"))],
                check=check,
                act=lambda said: Act(decision(said["reason"]), opened, inc=inc),
            ),
        )
