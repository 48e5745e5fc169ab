"""The mention feed: the list of mentions under somebody's hands. What is shown of it is in `mention_list`.

Nothing moves under the reader: until a row is chosen the list flows; from then on new mentions wait above and are only
counted.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message

from warroom.ui.keys import bind
from warroom.ui.widgets.mention_lines import Sight
from warroom.ui.widgets.mention_list import MentionList
from warroom.ui.widgets.mention_mouse import Drag, is_on_note, spot_of

WHEEL = 3
"""Lines that one notch of the wheel moves."""


class MentionFeed(MentionList, can_focus=True):
    """The list. It says what was pressed; the screen decides."""

    DEFAULT_CSS = """
    MentionFeed {
        height: 1fr;
        width: 1fr;
        min-height: 3;
    }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("feed.reply", "act('reply')"),
        bind("feed.escalate", "act('escalate')"),
        bind("feed.ignore", "act('ignore')"),
        bind("feed.close", "act('close')"),
        bind("feed.search", "wants('search')"),
        bind("feed.filter", "wants('filter')"),
        bind("feed.guide", "act('guide')"),
        bind("feed.pin", "act('pin')"),
        bind("feed.better", "step('better')"),
        bind("feed.worse", "step('worse')"),
        Binding("equals_sign", "step('better')", "Better", show=False),
        bind("feed.valid", "act('valid')"),
        bind("feed.person", "act('person')"),
        bind("feed.assign", "act('assign')"),
        bind("feed.sooner", "act('sooner')"),
        bind("feed.later", "act('later')"),
        bind("feed.segment", "wants('segment')"),
        bind("feed.unfilter", "wants('unfilter')"),
        bind("feed.select", "check"),
        Binding("escape", "uncheck", "Clear", show=False),
        bind("feed.latest", "latest"),
        Binding("home", "latest", "Latest", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("end", "oldest", "Oldest", show=False),
        bind("feed.open", "open"),
    ]

    class Highlighted(Message):
        """Another mention is selected; None where the list flows."""

        def __init__(self, feed: "MentionFeed", row: int | None) -> None:
            super().__init__()
            self.feed = feed
            self.row = row

    class Opened(Highlighted):
        """Enter, or a double click."""

    class Acted(Message):
        """A letter was pressed for these rows."""

        def __init__(self, feed: "MentionFeed", rows: Sequence[int], act: str) -> None:
            super().__init__()
            self.feed = feed
            self.rows = rows
            self.act = act

    class Checked(Message):
        """Other rows are checked with Space."""

    class Wants(Message):
        """Search, filter or segment was asked for."""

        def __init__(self, feed: "MentionFeed", what: str) -> None:
            super().__init__()
            self.feed = feed
            self.what = what

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drag = Drag()
        self._y = 0
        self._awaited: Sequence[int] = ()
        """What is to be chosen once it is listed."""

    def _look(self, scene: Sight, instead: int | None = None) -> None:
        super()._look(scene, instead)
        if self._awaited and any(self._window.index(row) is not None for row in self._awaited):
            self.back_to(self._awaited)

    def select(self, row: int) -> None:
        """Put the selection on a row of the list."""
        if (index := self._window.index(row)) is not None:
            self._go(index)

    @property
    def chosen(self) -> list[int]:
        """What a letter acts on: the rows checked with Space, else the selected one."""
        cursor = self._window.cursor
        return sorted(self._checked) or ([] if cursor is None else [cursor])

    @property
    def checked(self) -> int:
        return len(self._checked)

    # --- moving -----------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Where a line above comes or goes (a banner, the held bar), what is being read stays where it was."""
        self._window.shift(self.region.y - self._y)
        self._y = self.region.y
        self._measure()
        self._painted.clear()
        self.refresh()
        self._point()

    def _go(self, index: int) -> None:
        self._awaited = ()
        window = self._window
        before, stood = window.selected, (window.top, window.stride)
        window.go(index)
        self._moved((before, window.selected) if stood == (window.top, window.stride) else None)

    def _moved(self, indexes: Sequence[int | None] | None = None) -> None:
        """Another row is selected; `indexes` are those whose look that changes, None for all."""
        self._repaint(indexes)
        self._point()
        self.post_message(self.Highlighted(self, self.selected))

    def _point(self) -> None:
        """The terminal's own cursor follows the selection, for magnifiers and braille displays."""
        index = self._window.selected
        if self.has_focus and index is not None and index in self._window.shown:
            self.app.cursor_position = Offset(self.region.x + self._boxed, self.region.y + 1 + index - self._window.top)

    def action_move(self, step: int) -> None:
        index = self._window.selected
        if index is None:
            self._go(0)
        elif index + step < 0:
            self.action_latest()
        else:
            self._go(index + step)

    def action_page(self, step: int) -> None:
        self._go((self._window.selected or 0) + step * max(1, self._window.height - 1))

    def action_oldest(self) -> None:
        self._go(len(self) - 1)

    def action_latest(self) -> None:
        """Back to the newest: the list flows again."""
        self._awaited = ()
        self._window.flow()
        if self._sight is not None:
            self._look(self._sight)
        self._moved()

    def advance(self) -> None:
        """After an act the selection moves on by itself."""
        self.action_uncheck()
        if self.selected is not None:
            self.action_move(1)

    def back_to(self, rows: Sequence[int]) -> None:
        """What was chosen, chosen again, as far as it is listed; where none of it is, as soon as some is, unless the
        person has gone on before."""
        listed = [row for row in rows if self._window.index(row) is not None]
        if listed:
            self._checked = set(listed) if len(listed) > 1 else set()
            self.select(listed[0])
        self._awaited = () if listed else tuple(rows)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-WHEEL)

    def _scroll(self, lines: int) -> None:
        flowed = self.selected is None
        self._window.scroll(lines)
        if flowed and self.selected is not None:
            self._moved()
        self._repaint()

    def on_click(self, event: events.Click) -> None:
        """A click chooses a mention, two open it; on its sign, or with Ctrl, it is selected beside others; on the sign
        of its copies they are shown; on the note of the edge the list is put in its other order."""
        dragged, index = self._drag.end(), self._index_at(event.y)
        if dragged:
            return
        if index is None:
            if self._is_edge(event.y) and is_on_note(self._cells(event.y), event.x):
                self.action_wants("order")
            return
        spot = spot_of(self._cells(event.y), event.x, boxed=self._boxed)
        if index != self._window.selected:  # pressing the button chose it
            self._go(index)
        if spot == "sign" or event.ctrl:
            self._check()  # the second of two clicks takes it back, and opens
        elif spot != "row":
            self.action_wants("unfold" if spot == "folded" else "fold")
        if event.chain == 2 and spot in ("row", "sign"):
            self.action_open()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        index = self._index_at(event.y) if event.button == 1 else None
        if index is not None:
            self._go(index)  # what comes in meanwhile waits above, and moves no row under the pointer
        self._drag.begin(None if index is None else self._window.selected)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Rows that are passed over with the button held are selected."""
        passed = self._drag.over(self._index_at(event.y) if event.button == 1 else None)
        if passed:
            self._checked = {self._window.row(index) for index in passed}
            self._repaint()
            self.post_message(self.Checked())

    def _index_at(self, y: int) -> int | None:
        """The place in the list of the mention in a line."""
        index = y - 1 + self._window.top
        return index if y >= 1 and not self._is_edge(y) and index in self._window.shown else None

    # --- keys -------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc is ours only while rows are checked; in a recording + and - are the player's."""
        if action == "step":
            return self._sight is None or not self._sight.read_only
        return action != "uncheck" or bool(self._checked)

    def action_act(self, act: str) -> None:
        self.post_message(self.Acted(self, self.chosen, act))

    def action_step(self, act: str) -> None:
        self.action_act(act)

    def action_wants(self, what: str) -> None:
        self.post_message(self.Wants(self, what))

    def action_open(self) -> None:
        self.post_message(self.Opened(self, self.selected))

    def action_check(self) -> None:
        if self.selected is None:
            self._window.go(0)
        if self.selected is not None:
            self._check()
            self.action_move(1)

    def _check(self) -> None:
        """Select the chosen row beside others, or no longer."""
        if self.selected is not None:
            self._checked ^= {self.selected}
            self._repaint()
            self.post_message(self.Checked())

    def action_uncheck(self) -> None:
        if self._checked:
            self._checked.clear()
            self.post_message(self.Checked())
        self._repaint()

    def on_focus(self) -> None:
        self._repaint()
        self._point()

    def on_blur(self) -> None:
        self._repaint()
