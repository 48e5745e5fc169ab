"""Handing over the shift: the brief on one screen, confirmed by name by whoever comes in."""

from textwrap import wrap

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from warroom.domain.board import Board
from warroom.domain.events import Person, ShiftHandedOver
from warroom.domain.handover import hand_over
from warroom.domain.incident import Incident
from warroom.domain.sentence import Refused, say
from warroom.services.brief import MOST, brief_lines, brief_text
from warroom.ui.dialogs.dialog import Dialog, room_within
from warroom.ui.dialogs.people import PLACE, asked
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import clickable, content_of


class HandoverDialog(Dialog[Act]):
    """What was read is what is confirmed: the brief stands still while the dialog is open."""

    FOOT_STAYS = True

    def __init__(self, scene: Scene, incident: Incident) -> None:
        super().__init__(
            scene.words, say("Hand over the shift"), yes=say("I have read it and I lead"), no=say("Not yet")
        )
        self._board = scene.board
        self._incident = incident
        self._now = scene.now
        self._actor = scene.actor
        self._text = ""
        self._read_only = scene.read_only

    def body(self) -> ComposeResult:
        small = self.app.size.height < 30
        lines = brief_lines(self._incident, self._now, self.words, 2 if small else MOST)
        self._text = brief_text(lines)
        indent = 1 + max((len(name) for name, _ in lines), default=0)
        width = room_within(self.app.size.width, wide=True) - indent
        for name, text in lines:
            rows = f"\n{'':{indent}}".join(wrap(text, max(20, width)))
            yield Static(content_of([Part(f"{name:<{indent}}", "bold $primary"), Part(rows)]), classes="brief")

    def foot(self) -> ComposeResult:
        """Who confirms stands beside the buttons, however long the brief is."""
        here = next((one.initials for one in self._available() if one.initials == self._actor), "")
        small = self.app.size.height < 30
        people = {one.initials: one.initials if small else f"{one.initials} {one.name}" for one in self._available()}
        with Horizontal(classes="beside"):
            question = self.words.t("Who takes over ({who})?", who=PLACE)
            yield Static(clickable(asked(question, people, "$muted")))
            yield Input(here, id="lead", select_on_focus=True)

    def _available(self) -> list[Person]:
        """Who could take over now."""
        return [one for one in self._incident.people if one.available and one.initials != self._incident.lead]

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-wide", "-tight")
        self.query_one("#yes").disabled = self._read_only
        lead = self.query_one("#lead", Input)
        (self.query_one("#no") if lead.value else lead).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()

    def confirm(self) -> None:
        lead, text = self.query_one("#lead", Input).value, self._text

        def decide(board: Board) -> ShiftHandedOver:
            if board.incident is None:
                raise Refused(say("No crisis is open."))
            return hand_over(board.incident, lead, text)

        try:
            event = decide(self._board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        person = self._incident.person(event.lead)
        name = person.name if person is not None else event.lead
        self.hand_in(Act(decide, say("{who} has read the brief and leads.", who=name)))
