"""Quitting in a live crisis: it stays open, and its clock keeps counting."""

from textual.app import ComposeResult
from textual.widgets import Static

from warroom.domain.sentence import say
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.widgets.action_line import content_of


class LeaveDialog(Dialog[bool]):
    def __init__(self, words: Words) -> None:
        super().__init__(words, say("Leave warroom?"), yes=say("Leave"), no=say("Stay"))

    def body(self) -> ComposeResult:
        told = self.words.t("The crisis stays open and the clock keeps counting.")
        yield Static(content_of([Part(told)]))

    def on_mount(self) -> None:
        self.query_one("#no").focus()

    def confirm(self) -> None:
        self.dismiss(True)
