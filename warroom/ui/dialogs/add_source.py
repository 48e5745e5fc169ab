"""How a source is added: three lines of the config to copy, and what to do with them."""

from textual.app import ComposeResult
from textual.widgets import Static

from warroom.domain.sentence import say
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.widgets.action_line import content_of

EXAMPLE = """feeds:
  - {name: food news, type: rss, url: "https://news.example/food.rss"}
  - {name: bluesky, type: bluesky}
  - {name: inbox, type: files, path: mentions.jsonl, follow: true}
"""


class AddSourceDialog(Dialog[bool]):
    def __init__(self, words: Words) -> None:
        super().__init__(words, say("Add a source"), yes=say("Close"), no=say("Close"))

    def body(self) -> ComposeResult:
        t = self.words.t
        parts = [
            Part(t("Sources are lines of config.yaml, for instance:") + "\n\n", "$muted"),
            Part(EXAMPLE + "\n"),
            Part(t("“warroom doctor” says which config.yaml is read and what is amiss in it.") + "\n"),
            Part(t("“warroom init” writes one with an example of each kind.") + "\n"),
            Part(t("Then open warroom again.")),
        ]
        yield Static(content_of(parts))

    def on_mount(self) -> None:
        self.query_one("#yes").display = False  # there is nothing to confirm
        self.query_one("#no").focus()

    def confirm(self) -> None:
        self.dismiss(True)
