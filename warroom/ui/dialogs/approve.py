"""Approving a statement: what changed since the last approval, word by word, and what the checks say."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Input, Label, Static

from warroom.domain.approval import approve
from warroom.domain.board import Board
from warroom.domain.diff import word_diff
from warroom.domain.events import AnyEvent
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Statement, send_back
from warroom.domain.text import one_line, plain
from warroom.services.desk import Desk, Draft
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of

STYLES = {"same": "", "new": "bold underline $success", "gone": "strike $error"}
SIGNS = {"same": ("", ""), "new": ("[+", "+]"), "gone": ("[−", "−]")}


def diff_parts(before: str, after: str) -> list[Part]:
    """The word diff as parts: what is new and what is gone by signs as well as by colour."""
    if not before:
        return [Part(plain(after))]
    parts: list[Part] = []
    for change in word_diff(before, after):
        opening, closing = SIGNS[change.kind]
        parts.append(Part(f"{opening}{plain(change.text)}{closing}", STYLES[change.kind]))
    return parts


class ApproveDialog(Dialog[Act]):
    """Answers with the approval of exactly the text that is shown, or with sending it back."""

    def __init__(self, scene: Scene, statement: Statement, desk: Desk) -> None:
        title = say("Approve revision {n}", n=statement.head.number)
        super().__init__(scene.words, title, yes=say("Approve, by my name"), no=say("Not yet"))
        self._scene = scene
        self._statement = statement
        self._desk = desk

    def body(self) -> ComposeResult:
        t, statement, scene = self.words.t, self._statement, self._scene
        head, incident = statement.head, scene.incident
        before = statement.last_approved()
        if before is not None and before.digest != head.digest:
            told = t("What changed since v{n}: [+new+] [−gone−]", n=before.number)
        else:
            told = t("The whole text; nothing of it was approved before.")
        yield Static(content_of([Part(told, "$muted")]))
        with VerticalScroll(id="diff"):
            yield Static(content_of(diff_parts(before.text if before is not None else "", head.text)))
        facts: list[Part] = []
        if incident is not None:
            author = incident.person(head.author)
            speaker = incident.person(head.spokesperson)
            name = speaker.name if speaker is not None else head.spokesperson or t("nobody named")
            facts += [
                Part(t("Written by") + " ", "$muted"),
                Part(one_line(author.name if author is not None else head.author) + "\n", "bold"),
                Part(t("Spoken by") + " ", "$muted"),
                Part(one_line(name) + "\n", "bold"),
                Part(t("For") + " ", "$muted"),
                Part((", ".join(head.networks) or t("every network")) + "\n", "bold"),
            ]
            findings = self._desk.judge(head.text, Draft.of(statement), incident, scene.now, statement.answered())
            for finding in findings:
                if finding.check in statement.overridden():
                    facts.append(Part(f"! {finding.check} {t('overridden')}: ", "bold $warning"))
                    facts.append(Part(one_line(self.words.say(finding.reason)) + "\n"))
                elif finding.level == "W":
                    facts.append(Part(f"! {finding.check} ", "bold $warning"))
                    facts.append(Part(one_line(self.words.say(finding.reason)) + "\n"))
        yield Static(content_of(facts))
        if scene.actor == head.author:
            told = t("You wrote it. Alone on shift: say why nobody else can approve. It is shown as self-approved.")
            yield Label(content_of([Part(told, "$warning")]))
            yield Input(id="solo")
        yield Label(content_of([Part(t("To send it back, say what has to change:"), "$muted")]))
        yield Input(id="back")
        yield Button(self.words.t("Send back"), id="send-back")

    def on_mount(self) -> None:
        self.query_one("#no").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "back":
            self._send_back()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        # The base class hears the same message; the two buttons of every dialog are its business.
        if event.button.id == "send-back":
            event.stop()
            self._send_back()

    def _decide(self, board: Board, *, solo: str) -> AnyEvent:
        scene, statement = self._scene, self._statement
        incident = board.incident
        if incident is None:
            raise Refused(say("No crisis is open."))
        return approve(
            incident,
            incident.statements.get(statement.id),
            by=scene.actor,
            digest=statement.head.digest,
            now=scene.now,
            solo=solo,
            cooling_off=self._desk.settings.cooling_off,
        )

    def confirm(self) -> None:
        solo = self.query_one("#solo", Input).value if self.query("#solo") else ""
        try:
            self._decide(self._scene.board, solo=solo)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        done = say("Approved: revision {n}", n=self._statement.head.number)
        self.dismiss(Act(lambda board: self._decide(board, solo=solo), done))

    def _send_back(self) -> None:
        """Not approved: the author reads why."""
        reason, statement = self.query_one("#back", Input).value, self._statement
        try:
            send_back(statement, digest=statement.head.digest, reason=reason)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return

        def decide(board: Board) -> AnyEvent:
            known = board.incident.statements.get(statement.id) if board.incident is not None else None
            return send_back(known, digest=statement.head.digest, reason=reason)

        self.dismiss(Act(decide, say("Sent back")))
