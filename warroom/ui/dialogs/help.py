"""The keys that work here, made from the bindings themselves."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from warroom.services.words import Words
from warroom.ui.line import Part
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.key_row import key_name
from warroom.ui.widgets.text_block import entitle


class HelpDialog(ModalScreen[None]):
    """Esc, Enter, ? or q closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,question_mark,f1,q", "leave", "Close"),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, words: Words, bindings: Sequence[ActiveBinding]) -> None:
        super().__init__()
        self._words = words
        self._hints = bindings

    def compose(self) -> ComposeResult:
        words = self._words
        parts: list[Part] = []
        told: set[tuple[str, str]] = set()
        for active in self._hints:
            binding = active.binding
            if not binding.description or not active.enabled:
                continue
            key = key_name(binding.key_display or binding.key, words)
            line = (key, words.t(binding.description))
            if line not in told:
                told.add(line)
                parts += [Part(f"{line[0]:>10}  ", "bold $warning"), Part(f"{line[1]}\n")]
        with VerticalScroll(id="box", can_focus=False) as box:
            entitle(box, words.t("Keys here"))
            yield Static(content_of(parts))
            yield Static(content_of([Part(words.t("Everything else: Ctrl+P. Esc closes."), "$muted")]))

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_scroll(self, step: int) -> None:
        self.query_one("#box").scroll_relative(y=step, animate=False)
