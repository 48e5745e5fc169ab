"""The crises of this room: replay one, or open a closed one again."""

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Button

from warroom.domain.incident import Incident
from warroom.domain.sentence import say
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.dialogs.incident_rows import MOST, IncidentRows
from warroom.ui.keys import bind
from warroom.ui.line import Part
from warroom.ui.scene import Scene
from warroom.ui.widgets.row_list import RowList


class Chosen(NamedTuple):
    """Which crisis, and whether it is to be opened again rather than replayed."""

    incident: str
    again: bool = False


class PastDialog(Dialog[Chosen]):
    """Enter replays the chosen crisis; `o` opens it again, which asks for a reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,down", "list", show=False),
        bind("past.again", "again"),
    ]

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.words, say("Past crises"), yes=say("Replay"), no=say("Close"))
        board = scene.board
        self._incidents = sorted(board.incidents.values(), key=lambda one: one.declared_at, reverse=True)
        self._open = board.incident is not None

    def body(self) -> ComposeResult:
        with Container(id="past"):
            yield RowList(id="past-list")

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-wide")
        again = Button(f"{self.words.t('Open again')} ({self.printed('past.again')})", id="again", disabled=self._open)
        self.query_one("#buttons").mount(again, before="#yes")
        rows = self.query_one(RowList)
        rows.show(IncidentRows(self._incidents, self.words, self._standing))
        self.query_one("#past").styles.height = min(MOST, len(self._incidents))
        rows.focus()

    def _standing(self, incident: Incident) -> Part:
        t = self.words.t
        state = t("still open") if incident.closed_at is None else t("closed")
        return Part(f"  {t('{n} of 4', n=incident.severities[-1].severity)}  {state} ", "$muted")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "again":
            event.stop()
            self.action_again()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        message.stop()
        self.confirm()

    def confirm(self) -> None:
        chosen = self.query_one(RowList).selected
        if chosen is not None:
            self.dismiss(Chosen(chosen))

    def action_list(self) -> None:
        self.query_one(RowList).focus()

    def action_again(self) -> None:
        chosen = self.query_one(RowList).selected
        incident = next((one for one in self._incidents if one.id == chosen), None)
        if incident is None:
            return
        if self._open:
            self.wrong(say("A crisis is open. Stand it down before you open another one."))
        elif incident.is_open:
            self.wrong(say("This crisis is open already."))
        else:
            self.dismiss(Chosen(incident.id, again=True))
