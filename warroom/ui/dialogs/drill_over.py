"""The end of a drill: its report, as it stands now. The drill can go on."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from warroom.domain.sentence import say
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.widgets.action_line import content_of

STYLES = {"✓": "$success", "✕": "bold $error"}


class DrillOverDialog(Dialog[bool]):
    """Answers with True where the drill is to end. The focused button goes on with it."""

    FOOT_STAYS = True

    def __init__(self, words: Words, report: Sequence[str]) -> None:
        super().__init__(words, say("The drill so far"), yes=say("End the drill"), no=say("Go on"))
        self._report = report

    def body(self) -> ComposeResult:
        parts: list[Part] = []
        for line in self._report:
            sign = line[:1]
            parts += [Part(sign, STYLES[sign]), Part(line[1:])] if sign in STYLES else [Part(line)]
            parts.append(Part("\n"))
        yield Static(content_of(parts))

    def on_mount(self) -> None:
        self.query_one("#no").focus()

    def confirm(self) -> None:
        self.dismiss(True)
