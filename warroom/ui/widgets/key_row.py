"""The last row: what the keys do here, made from the bindings themselves; after an act, what was done."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.timer import Timer

from warroom.domain.sentence import Sentence
from warroom.services.words import Words
from warroom.ui.keyname import key_name
from warroom.ui.keys import known
from warroom.ui.line import Part, lines_of, spread, width_of
from warroom.ui.widgets.action_line import ActionLine

SHOWN_FOR = 4.0
"""Seconds that what was done stays in the row (console design, section 2)."""
INDENT = "   "
"""Before each line of what is told, under its sign."""
READ = 15
"""Characters of a sentence that are read in a second; a long refusal stays longer."""
MOST = 3
"""Lines that a sentence takes at most."""
LAST = 41
"""The rank of what leads to other views and panels."""


class Hint(NamedTuple):
    """A key, what it does, and what a click on it runs. `rank` is its place in the row."""

    rank: int
    key: str
    name: str
    action: str
    enabled: bool = True

    @property
    def parts(self) -> list[Part]:
        if not self.enabled:
            return [Part(f"{self.key} {self.name}  ", "$muted", self.action)]
        return [Part(f"{self.key} ", "bold $warning", self.action), Part(f"{self.name}  ", "", self.action)]


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
        self._hints: list[Hint] = []
        self._help = "?"
        self._lead = ""
        self._told: list[Part] = []
        self._timer: Timer | None = None

    def look(
        self,
        words: Words,
        *,
        recorded: bool,
        hidden: frozenset[str] = frozenset(),
        lead: str = "",
        typed: Mapping[str, Sentence] | None = None,
    ) -> None:
        """Read the bindings of what has the focus, and paint. In a recording there are only the player's keys.

        `hidden` are ids of actions that make no sense now; `lead` stands before the keys: "3 selected". `typed` is what
        keys do in a line of text, by key.
        """
        self._words, self._lead = words, lead
        keys: dict[str, str] = {}
        hints: dict[str, Hint] = {}
        for active in self.screen.active_bindings.values():
            binding, action = active.binding, known(active.binding.id)
            if action is None:
                continue
            key = keys.setdefault(action.id, key_name(binding.key, words))
            if action.rank and action.id not in hidden:
                pressed = binding.action if "." in binding.action else f"screen.press('{binding.key}')"
                hints.setdefault(
                    action.id, Hint(action.rank, key, words.say(action.name), pressed, enabled=active.enabled)
                )
        self._help = keys.get("console.help", "?")
        shown = player(keys, words) if recorded else list(hints.values())
        shown += [
            Hint(rank, key_name(key, words), words.say(name), f"screen.press('{key}')")
            for rank, (key, name) in enumerate((typed or {}).items())
        ]
        self._hints = sorted([*shown, *about(keys, words)], key=lambda hint: hint.rank)
        self.show(self._row)

    def tell(self, parts: list[Part]) -> None:
        """Show this instead of the hints for a moment."""
        self._told = parts
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(max(SHOWN_FOR, sum(len(part.text) for part in parts) / READ), self.hush)
        self._stand()

    def hush(self) -> None:
        """Back to the hints."""
        self._told = []
        self._stand()

    def _stand(self) -> None:
        """Take the lines that what is told needs: a refusal that is cut helps nobody."""
        self.show(self._row)
        self.styles.height = 1 + sum(part.text == "\n" for part in self._shown)

    def on_resize(self) -> None:
        self._stand()

    def _row(self, width: int) -> list[Part]:
        words = self._words
        if words is None:
            return []
        help_part = [
            Part(f"{self._help} ", "bold $warning", "screen.help"),
            Part(words.t("Help") + " ", "", "screen.help"),
        ]
        free = width - width_of(help_part) - 1
        if self._told:
            if width_of(self._told) < free:
                return spread([Part(" "), *self._told], help_part, width)
            lines = told_in_lines(self._told, free)
            last = max((place for place, part in enumerate(lines) if part.text == "\n"), default=-1) + 1
            return [*lines[:last], *spread(lines[last:], help_part, width)]
        row = [Part(" ")]
        if self._lead:
            row.append(Part(f"{self._lead}   ", "bold"))
        for hint in self._hints:
            if width_of(row) + width_of(hint.parts) > free:
                break
            row += hint.parts
        return spread(row, help_part, width)


def told_in_lines(told: Sequence[Part], width: int) -> list[Part]:
    """What is told, broken between words; each line begins under the first, behind the sign if there is one."""
    words = [[part._replace(text=f"{word} ")] for part in told for word in part.text.split(" ") if word]
    lines = [Part(" " if told[0].width <= 2 and told[0].text.strip() else INDENT)]
    for part in lines_of(words, width - len(INDENT), most=MOST):
        lines += [part, Part(INDENT)] if part.text == "\n" else [part]
    return lines


def player(keys: dict[str, str], words: Words) -> list[Hint]:
    """The keys of a recording, two by two, and the way out of it."""
    pairs = [
        (("replay.play",), words.t("Play/pause"), "screen.play"),
        (("replay.back", "replay.on"), words.t("1 min"), "screen.jump(1)"),
        (("replay.previous", "replay.next"), words.t("Event"), "screen.mark(1)"),
        (("replay.slower", "replay.faster"), words.t("Speed"), "screen.speed(1)"),
        (("console.quit",), words.t("Leave"), "screen.leave"),
    ]
    return [
        Hint(rank, " ".join(keys[id] for id in ids), name, action)
        for rank, (ids, name, action) in enumerate(pairs, 1)
        if all(id in keys for id in ids)
    ]


def about(keys: dict[str, str], words: Words) -> list[Hint]:
    """The way to the other views and panels; where letters are text there is only the panel."""
    hints = [Hint(LAST + 1, key_name("tab", words), words.t("Panel"), "app.focus_next")]
    views = [key for id, key in keys.items() if id.startswith("view.")]
    if views == list("123456"):
        hints.append(Hint(LAST, "1–6", words.t("Views"), "screen.next_view"))
    return hints
