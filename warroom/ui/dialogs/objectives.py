"""Confirming the objectives, by name: from then on statements can be sent."""

from textual.app import ComposeResult
from textual.widgets import Input, Static

from warroom.domain.board import Board
from warroom.domain.events import ObjectivesConfirmed
from warroom.domain.incident import Incident, confirm_objectives
from warroom.domain.sentence import Refused, say
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.widgets.action_line import content_of

MOST = 3


class ObjectivesDialog(Dialog[Act]):
    """One to three lines; the first matters most."""

    def __init__(self, words: Words, incident: Incident) -> None:
        super().__init__(words, say("Objectives on the table"), yes=say("Confirm, by my name"), no=say("Not yet"))
        self._incident = incident

    def body(self) -> ComposeResult:
        t = self.words.t
        told = t("What every statement has to serve, the most important first. One is enough; three are the most.")
        yield Static(content_of([Part(told, "$muted")]))
        known = [*self._incident.objectives, *[""] * MOST][:MOST]
        for place, objective in enumerate(known):
            yield Input(objective, id=f"objective-{place}", select_on_focus=False)

    def on_mount(self) -> None:
        self.query_one("#objective-0", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()

    def confirm(self) -> None:
        said = [self.query_one(f"#objective-{place}", Input).value for place in range(MOST)]
        try:
            confirm_objectives(self._incident, said)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return

        def decide(board: Board) -> ObjectivesConfirmed:
            if board.incident is None:
                raise Refused(say("No crisis is open."))
            return confirm_objectives(board.incident, said)

        self.hand_in(Act(decide, say("Objectives confirmed")))
