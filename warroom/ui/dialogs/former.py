"""What was learnt in a former crisis of this log: choose one whose labels are to count here too."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from warroom.domain.incident import Incident
from warroom.domain.sentence import Refused, say
from warroom.domain.text import one_line
from warroom.domain.triage.labelling import load_labels
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.dialogs.incident_rows import MOST, IncidentRows
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.row_list import RowList


class FormerDialog(Dialog[Act]):
    """Enter loads the labels of the chosen crisis."""

    def __init__(self, scene: Scene) -> None:
        title = say("Load what was learnt in a former crisis…")
        super().__init__(scene.words, title, yes=say("Load"), no=say("Close"))
        self._scene = scene

    @staticmethod
    def offered(scene: Scene) -> list[Incident]:
        """The crises that have labels and do not count here yet, the newest first."""
        labels, here = scene.board.labels, scene.board.current
        taken = {here, *labels.loaded(here)}
        with_labels = [
            incident for id, incident in scene.board.incidents.items() if id not in taken and labels.count(id)
        ]
        return sorted(with_labels, key=lambda one: one.declared_at, reverse=True)

    def body(self) -> ComposeResult:
        told = self.words.t("They count with less weight than what is said in this crisis.")
        yield Static(content_of([Part(told, "$muted")]))
        with Container(id="past"):
            yield RowList(id="former-list")

    def on_mount(self) -> None:
        offered = self.offered(self._scene)
        self.query_one("#box").add_class("-wide")
        rows = self.query_one(RowList)
        counts = {incident.id: self._scene.board.labels.count(incident.id) for incident in offered}
        rows.show(IncidentRows(offered, self.words, lambda incident: self._labels(counts[incident.id])))
        self.query_one("#past").styles.height = min(MOST, len(offered))
        rows.focus()

    def _labels(self, n: int) -> Part:
        return Part(f"  {self.words.tn('{n} label', '{n} labels', n)} ", "bold")

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        message.stop()
        self.confirm()

    def confirm(self) -> None:
        former = self.query_one(RowList).selected
        if former is None:
            return
        board = self._scene.board
        try:
            load_labels(board.labels, board.current, former)
        except Refused as no:
            self.wrong(no.sentence)
            return
        title = one_line(board.incidents[former].title)
        done = say("What was learnt in “{title}” counts here too", title=title)
        self.dismiss(Act(lambda board: load_labels(board.labels, board.current, former), done))
