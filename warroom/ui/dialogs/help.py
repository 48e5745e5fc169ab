"""The keys that work here, made from the bindings themselves."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from warroom.domain.sentence import say
from warroom.services.keymap import key_of
from warroom.services.keytable import MAIN, PLACES
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import NARROW, room_within
from warroom.ui.dialogs.over import OverScreen
from warroom.ui.idle import told_of
from warroom.ui.keyname import key_name
from warroom.ui.keys import is_ours, known
from warroom.ui.line import Part, cut
from warroom.ui.present import UNSURE, WATCHED
from warroom.ui.widgets.action_line import clickable, content_of
from warroom.ui.widgets.text_block import entitle

SILENT = frozenset("jk")
"""Keys that work and are not told of (console design, section 5)."""
PANELS = {"tab": say("Next panel"), "shift+tab": say("Previous panel")}
COLUMNS = {True: (10, 17), False: (9, 14)}
"""Cells of the columns of keys and of names at most, on a wide screen and on a narrow one."""
WIDE = NARROW
"""Columns of the screen from which the ids stand there too, by which config.yaml gives other keys."""


class HelpDialog(OverScreen[None]):
    """Esc, Enter, ? or q closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,question_mark,f1,q", "leave", "Close"),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("home", "edge(False)", show=False),
        Binding("end", "edge(True)", show=False),
    ]

    def __init__(self, words: Words, bindings: Sequence[ActiveBinding], *, recorded: bool = False) -> None:
        super().__init__()
        self._words = words
        self._recorded = recorded
        self._bindings_there = bindings

    def compose(self) -> ComposeResult:
        t, wide = self._words.t, self.app.size.width >= WIDE
        width = room_within(self.app.size.width, wide=wide)
        parts: list[Part] = []
        groups = sorted_out(self._bindings_there, self._words, recorded=self._recorded)
        longest = max((cell_len(name) for _, lines in groups for _, name, told, _ in lines if told), default=0)
        named = min(longest, COLUMNS[wide][1])
        for name, lines in groups:
            parts.append(Part(("\n" if parts else "") + f"{name}\n", "bold $primary"))
            for line in lines:
                parts += line_of(line, width, named, with_id=wide)
        if any(active.binding.id == "feed.reply" for active in self._bindings_there):
            parts += mouse_told(self._words, width)
            parts += signs_told(self._words, width, named, " ".join(map(self._printed, CORRECTED_BY)))
        with VerticalScroll(id="box", can_focus=False) as box:
            box.set_class(wide, "-wide")
            entitle(box, t("Keys here"), foot=t("Esc closes"))
            yield Static(content_of(parts))
            other = t("Everything else: Ctrl+P. Other keys: “keys:” in config.yaml, by the name at the right.")
            told = other if wide else t("Everything else: Ctrl+P. Esc closes.")
            yield Static(clickable([Part(told, "$muted", "screen.menu")]), id="else")

    def _printed(self, id: str) -> str:
        keys: Mapping[str, str] = getattr(self.app, "keys", {})
        return key_name(key_of(id, keys), self._words)

    def on_click(self, event: events.Click) -> None:
        """Somebody without a keyboard has to get out too."""
        if "@click" not in event.style.meta:
            self.dismiss(None)

    def action_menu(self) -> None:
        """On a narrow screen no tab leads to everything else; a mouse gets there from here."""
        self.dismiss(None)
        self.app.call_later(self.app.action_command_palette)

    def action_leave(self) -> None:
        self.dismiss(None)


SIGNS = (
    (UNSURE, say("Unsure"), say("Read so, but another reading is almost as likely; {keys} say which it is")),
    (WATCHED, say("Watched"), say("The reply guide left it to be watched only")),
    ("★", say("Pinned"), say("It stands on the timeline")),
    ("?", say("Question"), say("It asks something")),
    ("✎ ✕", say("Changed"), say("Edited or deleted by its author or its network since it came in")),
)
"""What stands before the text of a mention."""
CORRECTED_BY = ("feed.better", "feed.worse", "feed.valid")


MOUSE = (
    say("A click on a mention chooses it, two open it."),
    say("A click on its sign at the left selects it beside others; so does drawing over several."),
    say("A click on “▶ similar” shows the copies; a click on the words at the edge of the list changes its order."),
    say("Keys, tabs, chips, clocks, cards and the title can be clicked; a click on the box of a checklist ticks it."),
)
"""What a mouse does in the lists of mentions."""


def mouse_told(words: Words, width: int) -> list[Part]:
    """The list by mouse."""
    parts = [Part(f"\n{words.t('By mouse')}\n", "bold $primary")]
    for told in MOUSE:
        rows = textwrap.wrap(words.say(told), max(20, width - 4))
        parts += [Part(f"  {row}\n", "$muted") for row in rows]
    return parts


def signs_told(words: Words, width: int, named: int, keys: str) -> list[Part]:
    """The signs of the rows; `keys` correct a reading."""
    parts = [Part(f"\n{words.t('Signs in the rows')}\n", "bold $primary")]
    for sign, name, told in SIGNS:
        parts += line_of((sign, words.say(name), words.t(told.id, keys=keys), ""), width, named, with_id=False)
    return parts


Line = tuple[str, str, str, str]
"""Keys, what they are called, what they do, the id of the action."""


def line_of(line: Line, width: int, named: int, *, with_id: bool) -> list[Part]:
    """One action, its explanation wrapped beside its name, which has `named` cells."""
    keys, name, told, id = line
    for_keys, for_names = COLUMNS[with_id][0], named
    room = width - for_keys - for_names - 4 - (24 if with_id else 0)
    rows = textwrap.wrap(told, max(16, room - 1)) or [""]
    shown = f"{cut(name, for_names):<{for_names}}" if rows[0] else name
    parts = [Part(f"{keys:>{for_keys}}  ", "bold $warning"), Part(f"{shown}  "), Part(f"{rows[0]:<{room}}", "$muted")]
    if with_id:
        parts.append(Part(id, "$muted"))
    parts.append(Part("\n"))
    for row in rows[1:]:
        parts.append(Part(f"{'':{for_keys + for_names + 4}}{row}\n", "$muted"))
    return parts


def sorted_out(
    bindings: Sequence[ActiveBinding], words: Words, *, recorded: bool = False
) -> list[tuple[str, list[Line]]]:
    """What works on the panel that has the focus, what works anywhere, and how one moves about, each under its name.

    What Textual brings of its own is left out, but for the way from panel to panel: it is not ours to explain.
    """
    groups: dict[str, dict[str, Line]] = {}
    moving: dict[str, tuple[list[str], str]] = {}
    anywhere, about = words.say(PLACES["console"]), words.t("Moving about")
    for active in bindings:
        binding, action = active.binding, known(active.binding.id)
        if not active.enabled:
            continue
        if action is not None:
            there = anywhere if action.place == "console" else words.say(PLACES[action.place])
            told = words.say(told_of(action, recorded=recorded))
            line = (key_name(binding.key, words), words.say(action.name), told, action.id)
            groups.setdefault(there, {}).setdefault(action.id, line)
        elif binding.action == "app.help":
            continue
        elif binding.key in PANELS or (binding.description and is_ours(active) and binding.key not in SILENT):
            name = words.say(PANELS[binding.key]) if binding.key in PANELS else words.t(binding.description)
            moving.setdefault(f"{binding.action} {name}", ([], name))[0].append(key_name(binding.key, words))
    groups_told = [(name, list(lines.values())) for name, lines in groups.items()]
    main = {words.say(PLACES[place]) for place in MAIN}
    groups_told.sort(key=lambda group: group[0] in main)
    return [*groups_told, (about, [(" ".join(keys), name, "", "") for keys, name in moving.values()])]
