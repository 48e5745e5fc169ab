"""Standing down: what is still open is shown, a reason is asked, the harmless button has the focus."""

from textual.app import ComposeResult
from textual.widgets import Input, Label, Static

from warroom.domain.board import Board
from warroom.domain.events import StoodDown
from warroom.domain.incident import Incident, stand_down
from warroom.domain.sentence import Refused, say
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of


def still_open(incident: Incident, words: Words) -> list[Part]:
    """What a stand-down would leave behind, counted: steps, promises, links."""
    steps = sum(state.is_open for state in incident.steps.values())
    promises = len(incident.open_promises)
    links = sum(len(out.links_missing) for out in incident.publications)
    counted = [
        (steps, words.tn("{n} step is still open", "{n} steps are still open", steps)),
        (promises, words.tn("{n} promise is still open", "{n} promises are still open", promises)),
        (links, words.tn("{n} link is missing", "{n} links are missing", links)),
    ]
    return [
        part
        for n, text in counted
        for part in (Part("! " if n else "✓ ", "bold $warning" if n else "$success"), Part(f"{text}\n"))
    ]


class StandDownDialog(Dialog[Act]):
    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.words, say("Stand down"), yes=say("The crisis is over"), no=say("Not yet"))
        self._board = scene.board

    def body(self) -> ComposeResult:
        incident = self._board.incident
        if incident is not None:
            yield Static(content_of(still_open(incident, self.words)))
        yield Label(content_of([Part(self.words.t("Why is it over?"), "$muted")]))
        yield Input(id="reason")

    def on_mount(self) -> None:
        self.query_one("#no").focus()

    def confirm(self) -> None:
        reason = self.query_one("#reason", Input).value

        def decide(board: Board) -> StoodDown:
            if board.incident is None:
                raise Refused(say("No crisis is open."))
            return stand_down(board.incident, reason)

        try:
            decide(self._board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        self.dismiss(Act(decide, say("Stood down. The log can be exported.")))
