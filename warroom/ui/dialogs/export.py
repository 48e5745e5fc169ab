"""Writing the log of the crisis as a markdown file."""

from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Input, Label

from warroom.domain.faults import why
from warroom.domain.incident import Incident
from warroom.domain.sentence import Refused, Sentence, say
from warroom.services.logbook import logbook, write_whole
from warroom.services.room import folded
from warroom.services.typedpath import path_of
from warroom.store.errors import StoreError
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Tick


class ExportDialog(Dialog[Sentence]):
    """Answers with the sentence that says where the file is. A file that exists is not written over. Where it is
    `offered` and nobody asked for it, Enter leaves."""

    def __init__(self, scene: Scene, incident: Incident, *, offered: bool = False) -> None:
        no = say("Not now") if offered else say("Cancel")
        super().__init__(scene.words, say("Export the log"), yes=say("Write the file"), no=no)
        self._scene = scene
        self._incident = incident
        self._offered = offered

    def body(self) -> ComposeResult:
        yield Label(content_of([Part(self.words.t("File"), "$muted")]))
        yield Input(str(Path.cwd() / f"{self._incident.id}.md"), id="file", select_on_focus=False)
        yield Tick(self.words.t("Hide the authors of mentions"), id="redact", compact=True)

    def on_mount(self) -> None:
        self.query_one("#no" if self._offered else "#file").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.confirm()

    def confirm(self) -> None:
        try:
            self._write(path_of(self.query_one("#file", Input).value))
        except Refused as refusal:
            self.wrong(refusal.sentence)

    def _write(self, path: Path) -> None:
        folder, redact = self._scene.reader.path.parent, self.query_one("#redact", Tick).value
        try:
            # From the files and not from the screen: a replay stands somewhere in the middle, a console counts days.
            board = folded(folder)
            incident = board.incidents[self._incident.id]
            triage = self._scene.learning.triage.fresh()
            text, doubts = logbook(folder, board, incident, self.words.lang, redact=redact, triage=triage)
            write_whole(path, text)
        except FileExistsError:
            self.wrong(say("{file} exists already. Choose another name.", file=str(path)))
        except StoreError as error:
            self.wrong(error.sentence)
        except OSError as error:
            self.wrong(say("{file} could not be written: {reason}", file=str(path), reason=why(error)))
        else:
            told = say("Written: {file}", file=str(path))
            self.dismiss(say("{told}. {doubt}", told=told, doubt=doubts[0]) if doubts else told)
