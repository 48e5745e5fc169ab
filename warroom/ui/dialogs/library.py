"""Texts to begin with, by stage and audience: those of the house first, each with who approved it and when."""

from collections.abc import Collection, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from warroom.domain.events import Person
from warroom.domain.names import PURPOSES
from warroom.domain.prepared import Prepared, Reader
from warroom.domain.sentence import Sentence, say
from warroom.domain.text import one_line, plain
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part, clip
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.row_list import RowList

READERS: dict[Reader, Sentence] = {
    "public": say("everybody"),
    "affected": say("those affected"),
    "press": say("the press"),
    "staff": say("our own people"),
    "partners": say("partners"),
}
"""Whom a text is written for."""


class TextRows:
    """One text a row: approved or not, stage, reader, name, language."""

    def __init__(self, texts: Sequence[Prepared], people: Collection[Person], words: Words) -> None:
        self.texts = texts
        self._people = people
        self._words = words

    def __len__(self) -> int:
        return len(self.texts)

    def key(self, index: int) -> str:
        text = self.texts[index]
        return f"{text.own}/{text.id}/{text.lang}"

    def selectable(self, index: int) -> bool:
        return True

    def line(self, index: int, width: int) -> Sequence[Part]:
        text, words = self.texts[index], self._words
        approved = text.is_approved(self._people)
        sign = Part("✓ ", "$success") if approved else Part("· ", "$muted")
        name = one_line(text.name or text.id)
        parts = [
            sign,
            Part(f"{words.say(PURPOSES[text.purpose])} ", "bold"),
            Part(f"· {text.lang} · {words.say(READERS[text.audience])} · ", "$muted"),
            Part(name),
        ]
        return clip(parts, width - 1)


class LibraryDialog(Dialog[Prepared]):
    """Answers with the text that was chosen. Enter on a row begins with it; its gaps are still to be filled."""

    FOOT_STAYS = True

    def __init__(self, words: Words, texts: Sequence[Prepared], people: Collection[Person], lang: str) -> None:
        super().__init__(words, say("Begin with a text"), yes=say("Begin with it"), no=say("Cancel"))
        stages = tuple(PURPOSES)
        self._people = people
        ordered = sorted(texts, key=lambda text: (text.lang != lang, not text.own, stages.index(text.purpose)))
        self._rows = TextRows(ordered, people, words)

    def body(self) -> ComposeResult:
        told = self.words.t("✓ approved in calm by one of your people: it may go out past a silent approver.")
        yield Static(content_of([Part(told, "$muted")]))
        yield RowList(id="texts")
        with VerticalScroll(id="preview", can_focus=False):
            yield Static("", id="preview-text")

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-wide")
        texts = self.query_one("#texts", RowList)
        texts.show(self._rows)
        texts.focus()
        self._preview()

    def on_row_list_moved(self) -> None:
        self._preview()

    def on_row_list_opened(self) -> None:
        self.confirm()

    def _preview(self) -> None:
        """The selected text whole, and who approved it."""
        chosen = self._chosen()
        if chosen is None:
            return
        t = self.words.t
        if chosen.is_approved(self._people):
            stand = t("approved by {who} {day}", who=one_line(chosen.approved_by), day=one_line(chosen.approved_on))
        elif chosen.own:
            stand = t("your own; nobody has approved it in calm")
        else:
            stand = t("comes with warroom; nobody of your house has approved it")
        gaps = t("gaps: {gaps}", gaps=one_line(" ".join(chosen.gaps))) if chosen.gaps else ""
        parts = [Part(plain(chosen.text) + "\n\n"), Part(f"{stand}\n", "$muted"), Part(gaps, "$muted")]
        self.query_one("#preview-text", Static).update(content_of(parts))

    def _chosen(self) -> Prepared | None:
        cursor = self.query_one("#texts", RowList).cursor
        return self._rows.texts[cursor] if cursor < len(self._rows) else None

    def confirm(self) -> None:
        self.dismiss(self._chosen())
