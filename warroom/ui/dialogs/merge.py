"""Two texts that were written at the same time: side by side, what tells them apart, and the one that comes of them."""

from collections.abc import Hashable

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Label, Static

from warroom.domain.board import Board
from warroom.domain.events import AnyEvent
from warroom.domain.incident import Incident
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Revision, Statement, revise
from warroom.domain.text import harmless
from warroom.ui.dialogs.approve import diff_parts
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.views.desk_lines import names_of
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.draft_area import DraftArea


class MergeDialog(Dialog[Act]):
    """Answers with the text that brings both together. Both stay in the log as they were."""

    FOOT_STAYS = True

    def __init__(self, scene: Scene, incident: Incident, statement: Statement) -> None:
        super().__init__(scene.words, say("Two texts at once"), yes=say("This is the one text"), no=say("Not yet"))
        self._incident = incident
        self._statement = statement
        self._head = statement.head
        self._rival = statement.rivals[0]

    def kept_as(self) -> Hashable:
        return type(self), self.asked_in, self._head.digest, self._rival.digest

    def body(self) -> ComposeResult:
        t = self.words.t
        with Horizontal(id="both"):
            for place, revision in (("head", self._head), ("rival", self._rival)):
                with VerticalScroll(id=f"text-{place}", classes="half"):
                    yield Static(content_of([*self._by(revision), Part(harmless(revision.text))]))
        yield Label(content_of([Part(t("From the left to the right: [+new+] [−gone−]"), "$muted")]))
        with VerticalScroll(id="diff", classes="-low"):
            yield Static(content_of(diff_parts(self._head.text, self._rival.text)))
        yield Label(
            content_of([Part(t("The one text that goes on (nothing of either is lost from the log):"), "$muted")])
        )
        yield DraftArea(harmless(self._head.text), id="together", soft_wrap=True)
        with Horizontal(id="takes"):
            yield Button(t("Take the left"), id="take-head")
            yield Button(t("Take the right"), id="take-rival")

    def _by(self, revision: Revision) -> list[Part]:
        who, when = names_of(self._incident, revision.authors), self.words.clock_s(revision.at)
        return [Part(f"{who} {when}\n", "bold $primary")]

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-wide")
        self.query_one("#no").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        # The base class hears the same message; the two buttons of every dialog are its business.
        taken = {"take-head": self._head, "take-rival": self._rival}.get(event.button.id or "")
        if taken is not None:
            event.stop()
            self.query_one("#together", DraftArea).load_text(harmless(taken.text))

    def _decide(self, board: Board, text: str) -> AnyEvent:
        if board.incident is None:
            raise Refused(say("No crisis is open."))
        head, rival = self._head, self._rival
        return revise(
            board.incident.statements,
            self._statement.id,
            text,
            purpose=head.purpose,
            lang=head.lang,
            networks=head.networks,
            spokesperson=head.spokesperson,
            question=head.question or rival.question,
            facts=tuple(dict.fromkeys((*head.facts, *rival.facts))),
            objective=head.objective or rival.objective,
            audiences=tuple(dict.fromkeys((*head.audiences, *rival.audiences))),
            corrects=head.corrects,
            template=head.template,
            base=head.digest,
            parents=(head.digest, rival.digest),
        )

    def confirm(self) -> None:
        text = self.query_one("#together", DraftArea).text
        if not text.strip():
            self.wrong(say("There is no text yet."))
            return
        self.hand_in(Act(lambda board: self._decide(board, text), say("Brought together")))
