"""Raising or lowering the severity: what it moves is shown first; lowering needs a reason."""

from textual.app import ComposeResult
from textual.widgets import Input, Label, RadioSet, Static

from warroom.domain.approval import roles_asked
from warroom.domain.board import Board
from warroom.domain.events import SeverityChanged
from warroom.domain.incident import change_severity
from warroom.domain.moves import moves, raised
from warroom.domain.sentence import Refused, say
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.dialogs.times import moves_parts
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
        self._clock = scene.clock

    def body(self) -> ComposeResult:
        incident = self._board.incident
        with ChoiceSet(id="severity"):
            for severity, meaning in SEVERITIES.items():
                label = f"{severity_bar(severity)} {severity} {self.words.say(meaning)}"
                yield Choice(label, value=incident is not None and severity == incident.severity)
        yield Label(content_of([Part(self.words.t("Reason (needed to lower it)"), "$muted")]))
        yield Input(id="reason")
        yield Static(id="effect")

    def on_mount(self) -> None:
        self.query_one("#severity").focus()
        self._look()

    def on_radio_set_changed(self, event: RadioSet.Changed) -> None:
        event.stop()
        self._look()

    def _look(self) -> None:
        """What another severity brings: steps with their deadlines, and who has to approve from then on."""
        incident, words = self._board.incident, self.words
        severity = self.query_one("#severity", RadioSet).pressed_index + 1
        if incident is None or severity < 1:
            return
        parts = [Part(words.t("Choose another severity to see what moves."), "$muted")]
        if severity != incident.severity:
            after = raised(incident, SeverityChanged(severity=severity))
            parts = moves_parts(moves(incident, after), words, self._clock())
            before, then = (roles_asked(incident.plan, level) for level in (incident.severity, severity))
            if before != then:
                names = ", ".join(words.name(incident.plan.roles.get(role, {"en": role})) for role in then)
                told = words.t("To approve from then on: {roles}.", roles=names or words.t("any other person"))
                parts.append(Part(f"\n{told}"))
            if severity < incident.severity:
                parts.append(Part("\n" + words.t("Steps that have joined stay; lowering needs a reason."), "$muted"))
        self.query_one("#effect", Static).update(content_of(parts))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()

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
        self.hand_in(Act(decide, say("Severity is now {severity} of 4", severity=severity)))
