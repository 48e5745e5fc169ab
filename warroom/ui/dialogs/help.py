"""The keys that work here, made from the bindings themselves."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from warroom.domain.sentence import say
from warroom.services.words import Words
from warroom.ui.line import Part
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.key_row import key_name
from warroom.ui.widgets.text_block import entitle

MOVES = frozenset({"up", "down", "home", "end", "pageup", "pagedown", "left", "right", "j", "k", *"123456"})
SILENT = frozenset("jk")
"""Keys that work and are not told of (console design, section 5)."""
PANELS = {"tab": say("Next panel"), "shift+tab": say("Previous panel")}


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
        t = self._words.t
        here, moving, anywhere = sorted_out(self._hints)
        parts: list[Part] = []
        for name, lines in ((t("Here"), here), (t("Anywhere"), anywhere), (t("Moving about"), moving)):
            if lines:
                gap = "\n" if parts else ""
                parts.append(Part(f"{gap}{name}\n", "bold $primary"))
            for keys, told in lines.items():
                names = " ".join(key_name(key, self._words) for key in keys.split(","))
                parts += [Part(f"{names:>12}  ", "bold $warning"), Part(f"{t(told)}\n")]
        with VerticalScroll(id="box", can_focus=False) as box:
            entitle(box, t("Keys here"))
            yield Static(content_of(parts))
            yield Static(content_of([Part(t("Everything else: Ctrl+P. Esc closes."), "$muted")]))

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_scroll(self, step: int) -> None:
        self.query_one("#box").scroll_relative(y=step, animate=False)


Lines = dict[str, str]
"""Keys, separated by commas → what they do."""


def sorted_out(bindings: Sequence[ActiveBinding]) -> tuple[Lines, Lines, Lines]:
    """What works on the panel that has the focus, how one moves about, what works anywhere: each as in the bindings.

    What Textual brings of its own is left out, but for the way from panel to panel: it is not ours to explain.
    """
    here: Lines = {}
    moving: Lines = {}
    anywhere: Lines = {}
    keys: dict[tuple[object, str], list[str]] = {}
    told: dict[tuple[object, str], tuple[str, Lines]] = {}
    for active in bindings:
        binding = active.binding
        if not binding.description or not active.enabled or not (_is_ours(active) or binding.key in PANELS):
            continue
        group = anywhere if isinstance(active.node, Screen | App) else here
        if binding.key in MOVES or binding.key in PANELS:
            group = moving
        act: tuple[object, str] = (active.node, binding.action)
        keys.setdefault(act, []).append(binding.key_display or binding.key)
        panel = PANELS.get(binding.key)
        told.setdefault(act, (binding.description if panel is None else panel.id, group))
    for act, (text, group) in told.items():
        shown = [key for key in keys[act] if key not in SILENT] or keys[act]
        group[",".join(shown)] = text
    return here, moving, anywhere


def _is_ours(active: ActiveBinding) -> bool:
    """Whether a class of ours, and not Textual's, says what this key does."""
    own = [kind for kind in type(active.node).__mro__ if kind.__module__.startswith("warroom.")]
    said = [one for kind in own for one in kind.__dict__.get("BINDINGS", ()) if isinstance(one, Binding)]
    return any(one.action == active.binding.action for one in said)
