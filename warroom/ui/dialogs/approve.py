"""Approving a statement: what changed since the last approval, word by word, and what the checks say."""

from collections.abc import Hashable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Input, Label, Static

from warroom.domain.approval import approve, standing
from warroom.domain.board import Board
from warroom.domain.diff import word_diff
from warroom.domain.events import AnyEvent
from warroom.domain.incident import Incident
from warroom.domain.networks import network_names
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Statement, send_back
from warroom.domain.text import one_line, plain
from warroom.services.desk import Desk
from warroom.services.draft import Draft
from warroom.ui.dialogs.dialog import Dialog, room_within
from warroom.ui.line import Part, lines_of
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.views.desk_lines import name_of, names_of, standing_lines
from warroom.ui.views.desk_rows import fact_parts
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.text_block import TextBlock

WIDE_FROM = 180
"""Columns of the screen from which the review takes more of them."""
STYLES = {"same": "", "new": "bold underline $success", "gone": "strike $error"}
SIGNS = {"same": ("", ""), "new": ("[+", "+]"), "gone": ("[−", "−]")}


def diff_parts(before: str, after: str) -> list[Part]:
    """The word diff as parts: what is new and what is gone by signs as well as by colour."""
    if not before:
        return [Part(plain(after))]
    parts: list[Part] = []
    for change in word_diff(before, after):
        opening, closing = SIGNS[change.kind]
        text = plain(change.text)
        words = text.strip()
        # The blank before or after a word stands outside of its signs: it is no word.
        before_it, _, after_it = text.partition(words) if words and opening else ("", "", "")
        parts += [Part(before_it)] if before_it else []
        parts.append(Part(f"{opening}{words if opening and words else text}{closing}", STYLES[change.kind]))
        parts += [Part(after_it)] if after_it else []
    return parts


PRINCIPLES = {
    "first": say("be first"),
    "right": say("be right"),
    "credible": say("be credible"),
    "empathy": say("empathy"),
    "action": say("action"),
    "respect": say("respect"),
}
"""What the six principles are called (playbook 4b, CDC)."""


class ApproveDialog(Dialog[Act]):
    """Answers with the approval of exactly the text that is shown, or with sending it back."""

    FOOT_STAYS = True

    def __init__(self, scene: Scene, incident: Incident, statement: Statement, desk: Desk) -> None:
        title = say("Approve revision {n}", n=statement.head.number)
        super().__init__(scene.words, title, yes=say("Approve, by my name"), no=say("Not yet"))
        self._scene = scene
        self._incident = incident
        self._statement = statement
        self._desk = desk

    @property
    def _is_wide(self) -> bool:
        """Whether there is room beside: then the whole review stands there at once."""
        return self.app.size.width >= WIDE_FROM

    def kept_as(self) -> Hashable:
        return type(self), self.asked_in, self._statement.head.digest

    def body(self) -> ComposeResult:
        t, statement, scene = self.words.t, self._statement, self._scene
        head = statement.head
        before = statement.last_approved()
        if before is not None and before.digest != head.digest:
            told = t("What changed since v{n}: [+new+] [−gone−]", n=before.number)
        else:
            told = t("The whole text; nothing of it was approved before.")
        yield Static(content_of([Part(told, "$muted")]))
        with VerticalScroll(id="diff"):
            yield Static(content_of(diff_parts(before.text if before is not None else "", head.text)))
        review = TextBlock(id="review")
        review.show([*self._about(), *self._principles(), *self._standing(), *self._open_checks()])
        yield review
        if scene.actor in head.authors:
            told = t("You wrote it. Alone on shift: say why nobody else can approve. It is shown as self-approved.")
            yield Label(content_of([Part(told, "$warning")]))
            yield Input(id="solo")
        yield Label(content_of([Part(t("To send it back, say what has to change:"), "$muted")]))
        yield Input(id="back")
        yield Button(self.words.t("Send back"), id="send-back")

    def _about(self) -> list[Part]:
        """Who wrote it, who speaks, where, for what."""
        t, head, incident = self.words.t, self._statement.head, self._incident
        lines = [
            (t("Written by"), names_of(incident, head.authors)),
            (t("Spoken by"), name_of(incident, head.spokesperson) or t("nobody named")),
            (t("For"), self.words.value(network_names(head.networks)) or t("every network")),
        ]
        if head.objective:
            lines.append((t("Serves"), one_line(head.objective)))
        if head.corrects:
            lines.append((t("Corrects"), one_line(head.corrects)))
        parts = [
            part
            for name, value in lines
            for part in (Part(f"{name} ", "$muted", hangs=True), Part(f"{value}\n", "bold"))
        ]
        for fact in head.facts:
            parts += [Part(t("Cites") + " ", "$muted", hangs=True), *fact_parts(self.words, incident, fact), Part("\n")]
        return parts

    def _principles(self) -> list[Part]:
        """The six principles for a crisis in a row; what the room cannot say has a question mark."""
        groups = [[Part(self.words.t("Principles") + "  ", "$muted")]]
        for gauge in self._desk.gauges(self._statement, self._incident, self._scene.now):
            sign, style = (
                ("?", "$muted") if gauge.met is None else ("✓", "$success") if gauge.met else ("!", "$warning")
            )
            told = f"{self.words.say(PRINCIPLES[gauge.principle])}  "
            groups.append([Part(f"{sign}\N{NO-BREAK SPACE}", style), Part(told)])
        return [*lines_of(groups, room_within(self.app.size.width, wide=self._is_wide), most=len(groups)), Part("\n")]

    def _standing(self) -> list[Part]:
        """Who else is asked, who has approved, who may in whose place."""
        stands = standing(self._incident, self._statement, self._scene.now)
        title = Part("\n" + self.words.t("Who has to approve it") + "\n", "$muted")
        return [title, *standing_lines(self._scene, self._incident, self._statement, stands)]

    def _open_checks(self) -> list[Part]:
        """What was overridden, and what warns."""
        statement, parts = self._statement, list[Part]()
        passed = {kept.check: kept for kept in statement.overrides if kept.digest == statement.head.digest}
        findings = self._desk.judge(
            statement.head.text, Draft.of(statement), self._incident, self._scene.now, statement.answered()
        )
        for finding in findings:
            override = passed.get(finding.check)
            if override is None and finding.level != "W":
                continue
            parts += [
                Part(f"! {finding.check} ", "bold $warning", hangs=True),
                Part(one_line(self.words.say(finding.reason)) + "\n"),
            ]
            if override is not None:
                why, who = one_line(override.reason), one_line(override.by)
                told = self.words.t("overridden ({who}): {why}", who=who, why=why)
                parts += [Part("  ", hangs=True), Part(f"{told}\n", "$muted")]
        return [Part("\n"), *parts] if parts else []

    def on_mount(self) -> None:
        self.query_one("#box").set_class(self._is_wide, "-wide")
        self.query_one("#no").focus()
        self.call_after_refresh(self.query_one("#box").scroll_home, animate=False)

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
            now=scene.clock(),
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
        self.hand_in(Act(lambda board: self._decide(board, solo=solo), done))

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

        self.hand_in(Act(decide, say("Sent back")))
