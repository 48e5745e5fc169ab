"""A fact on the table: what we hold to be true, how sure, and from whom."""

from textual.app import ComposeResult
from textual.widgets import Input, Label, Static

from warroom.domain.board import Board
from warroom.domain.events import FactRecorded, FactStatus
from warroom.domain.incident import Incident
from warroom.domain.ledger import record_fact
from warroom.domain.sentence import Refused, say
from warroom.domain.text import one_line
from warroom.services.entries import STATUSES
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Tick


class FactDialog(Dialog[Act]):
    def __init__(self, scene: Scene, incident: Incident) -> None:
        super().__init__(scene.words, say("A fact"), yes=say("Record"), no=say("Cancel"))
        self._incident = incident

    def body(self) -> ComposeResult:
        t = self.words.t
        parts = [
            part
            for fact in self._incident.facts.values()
            for part in (
                Part(f"{fact.id} ", "bold"),
                Part(f"{self.words.say(STATUSES[fact.status])}: ", "$muted"),
                Part(one_line(fact.text) + "\n"),
            )
        ]
        yield Static(content_of(parts))
        yield Label(content_of([Part(t("The fact, in one sentence"), "$muted")]))
        yield Input(id="fact-text")
        yield Label(content_of([Part(t("Who says so?"), "$muted")]))
        yield Input(id="fact-source")
        yield Tick(t("confirmed"), value=True, id="fact-confirmed", compact=True)

    def on_mount(self) -> None:
        self.query_one("#fact-text", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def confirm(self) -> None:
        text, source = self.query_one("#fact-text", Input).value, self.query_one("#fact-source", Input).value
        status: FactStatus = "confirmed" if self.query_one("#fact-confirmed", Tick).value else "unconfirmed"
        try:
            fact = record_fact(dict(self._incident.facts), text, status=status, source=source)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return

        def decide(board: Board) -> FactRecorded:
            if board.incident is None:
                raise Refused(say("No crisis is open."))
            return record_fact(dict(board.incident.facts), text, status=status, source=source)

        self.dismiss(Act(decide, say("Fact {fact} recorded", fact=fact.fact)))
