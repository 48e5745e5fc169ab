"""Raising or lowering the severity; lowering needs a reason."""

from textual.app import ComposeResult
from textual.widgets import Input, Label, RadioSet

from warroom.domain.board import Board
from warroom.domain.events import SeverityChanged
from warroom.domain.incident import change_severity
from warroom.domain.sentence import Refused, say
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.frame import SEVERITIES, severity_bar
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Choice, ChoiceSet


class SeverityDialog(Dialog[Act]):
    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.words, say("Severity"), yes=say("Change"), no=say("Leave as it is"))
        self._board = scene.board

    def body(self) -> ComposeResult:
        incident = self._board.incident
        yield Label(content_of([Part(self.words.t("Severity"), "$muted")]))
        with ChoiceSet(id="severity"):
            for severity, meaning in SEVERITIES.items():
                label = f"{severity_bar(severity)} {severity} {self.words.say(meaning)}"
                yield Choice(label, value=incident is not None and severity == incident.severity)
        yield Label(content_of([Part(self.words.t("Reason"), "$muted")]))
        yield Input(id="reason")

    def on_mount(self) -> None:
        self.query_one("#severity").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#yes").focus()

    def confirm(self) -> None:
        severity = self.query_one("#severity", RadioSet).pressed_index + 1
        reason = self.query_one("#reason", Input).value

        def decide(board: Board) -> SeverityChanged:
            if board.incident is None:
                raise Refused(say("No crisis is open."))
            return change_severity(board.incident, severity, reason)

        try:
            decide(self._board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        self.dismiss(Act(decide, say("Severity is now {severity} of 4", severity=severity)))
