"""The last row: what the keys do here, made from the bindings themselves; after an act, what was done."""

from collections.abc import Sequence

from textual.binding import Binding
from textual.timer import Timer

from warroom.services.words import Words
from warroom.ui.line import Part, clip, spread, width_of
from warroom.ui.widgets.action_line import ActionLine

SHOWN_FOR = 4.0
"""Seconds that what was done stays in the row (console design, section 2)."""
KEYS = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "minus": "-",
    "plus": "+",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "ctrl+s": "Ctrl+S",
    "ctrl+p": "Ctrl+P",
}


def key_name(key: str, words: Words) -> str:
    """A key as it is printed on a keyboard."""
    first = key.split(",")[0].strip()
    named = {
        "space": words.t("Space"),
        "home": words.t("Home"),
        "end": words.t("End"),
        "pageup": words.t("PgUp"),
        "pagedown": words.t("PgDn"),
    }
    if first in named:
        return named[first]
    return KEYS.get(first, first.upper() if first.startswith("f") and first[1:].isdigit() else first)


class KeyRow(ActionLine):
    """Whole hints only; what does not fit goes, the last first; `? Help` always stays."""

    DEFAULT_CSS = """
    KeyRow {
        background: $panel;
        dock: bottom;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words: Words | None = None
        self._hints: Sequence[tuple[Binding, bool]] = ()
        self._told: list[Part] = []
        self._timer: Timer | None = None
        self._recorded = False

    def look(self, words: Words, *, recorded: bool = False) -> None:
        """Read the bindings of what has the focus, and paint. In a recording the player's keys come first."""
        self._words = words
        self._recorded = recorded
        hints: list[tuple[Binding, bool]] = []
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.description and binding.action not in seen:
                seen.add(binding.action)
                hints.append((binding, active.enabled))
        self._hints = hints
        self.show(self._row)

    def tell(self, parts: Sequence[Part]) -> None:
        """Say for a moment what was done and how to undo it."""
        self._told = list(parts)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SHOWN_FOR, self._forget)
        self.show(self._row)

    def _forget(self) -> None:
        self._told = []
        self.show(self._row)

    def _row(self, width: int) -> list[Part]:
        words = self._words
        if words is None:
            return []
        help_part = [Part("? ", "bold $warning", "screen.help"), Part(words.t("Help") + " ", "", "screen.help")]
        free = width - width_of(help_part) - 1
        if self._told:
            return spread(clip([Part(" "), *self._told], free), help_part, width)
        row: list[Part] = [Part(" ")]
        if self._recorded:
            for key, name, action in (
                (words.t("Space"), words.t("Play"), "screen.play"),
                ("← →", words.t("1 min"), "screen.jump(1)"),
                ("[ ]", words.t("Event"), "screen.mark(1)"),
                ("- +", words.t("Speed"), "screen.speed(1)"),
                ("1–6", words.t("Views"), "screen.view('timeline')"),
            ):
                row += [Part(f"{key} ", "bold $warning", action), Part(f"{name}  ", "", action)]
            return spread(clip(row, free), help_part, width)
        for binding, enabled in self._hints:
            if binding.action == "help":
                continue
            key = key_name(binding.key_display or binding.key, words)
            action = binding.action if "." in binding.action else f"screen.press('{binding.key.split(',')[0]}')"
            name = words.t(binding.description)
            style = "" if enabled else "$muted"
            hint = [Part(f"{key} ", "bold $warning" if enabled else "$muted", action), Part(f"{name}  ", style, action)]
            if width_of(row) + width_of(hint) <= free:
                row += hint
        return spread(row, help_part, width)
