"""The mention feed: a list of any number of mentions, newest first.

A plain focusable widget with its own offset. It reads pages of 128 rows, keeps finished strips and hands them to the
compositor itself, because the stock lists fail at a million rows (architecture, rule 12). Nothing moves under the
reader: until a row is chosen the list flows; from then on new mentions wait above and are only counted.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment as Cell
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from warroom.domain.mention import Kept
from warroom.ui.keys import bind
from warroom.ui.widgets.mention_lines import Frame, How, Sight, edge_of, empty_of, look_of, notes_of, row_of
from warroom.ui.widgets.mention_mouse import Drag, is_on_note, spot_of
from warroom.ui.widgets.mention_pages import MentionPages
from warroom.ui.widgets.mention_row import Inks, Standing, age_of, inks, selected_inks
from warroom.ui.widgets.mention_window import MentionWindow, Order

STRIPS = 1_024
"""Finished strips kept; a screen shows some fifty."""
BOXED_FROM = 100
"""Columns of the terminal from which the list has a box; below there is only a rule above it (design, section 6)."""
FAR_APART = 8
"""Rows between two lines from which they are read one by one, not by the page."""
UNREAL = 0.4
"""How much of the colour of what is not real is in a thin border (the sheet says the same of the panels)."""
WHEEL = 3
"""Lines that one notch of the wheel moves."""


class MentionFeed(Widget, can_focus=True):
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

    held: reactive[int] = reactive(0, repaint=False)
    """Mentions that wait above."""
    caught_up = 0
    """How many of them came in because the sources were lost before."""

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
        self._sight: Sight | None = None
        self._window = MentionWindow()
        self._pages = MentionPages()
        self._checked: set[int] = set()
        self._drag = Drag()
        self._awaited: Sequence[int] = ()
        """What is to be chosen once it is listed."""
        self._title = ""
        self._empty = ""
        self._note = ""
        self._found: Sequence[int] | Order | None = None
        """What was found last, which waits where the list stands still."""
        self._standing: Callable[[Kept], Standing] | None = None
        self._width = self._height = self._y = self._screen = 0
        self._boxed = False
        self._inks: Inks = {}
        self._selected_inks: Inks = {}
        self._strips: dict[Hashable, Strip] = {}
        self._painted: dict[int, Hashable] = {}
        """What each line looked like when it was last asked to be painted."""

    # --- what is listed ---------------------------------------------------------------------------------

    def look(
        self,
        scene: Sight,
        *,
        title: str,
        empty: str,
        found: Sequence[int] | Order | None = None,
        note: str = "",
        standing: Callable[[Kept], Standing] | None = None,
        instead: int | None = None,
    ) -> None:
        """Look again. `found` are rows of a search or filter, newest first or in an order of their own; None lists
        everything. `instead` is the row that stands there for the one that was selected.

        `empty` is what an empty list says, `note` what its edge says of the order. `standing` tells how soon a mention
        is read, where the rows say so. Only the lines that have changed are painted.
        """
        if scene is not self._sight:
            self._pages.look(scene.reader)
        self._sight, self._title, self._empty, self._note = scene, title, empty, note
        self._found, self._standing = found, standing
        self._look(scene, instead)

    def tick(self, scene: Sight) -> None:
        """Only the clock went on: rows are looked at whose time is told otherwise."""
        before, self._sight = self._sight, scene
        if before is not None:
            shown = self._window.shown
            self._repaint([index for index in shown if self._age(before, index) != self._age(scene, index)])

    def _age(self, sight: Sight, index: int) -> str:
        """What the column of the time says."""
        kept = self._page(self._window.row(index))
        if kept is None:
            return ""
        return age_of(kept, sight.stale_since or sight.now, sight.words, self._width, self._screen)

    def _look(self, scene: Sight, instead: int | None = None) -> None:
        found, last = self._found, scene.board.row
        self._window.hold(last, deaf=scene.stale_since is not None, settling=scene.settling)
        self._window.look(last, found, one_in=scene.one_in(self._window.height), instead=instead)
        self.held = self._window.held
        self.caught_up = min(self.held, scene.caught_up(self._window.upto)) if found is None else 0
        self._repaint()
        if self._awaited and any(self._window.index(row) is not None for row in self._awaited):
            self.back_to(self._awaited)

    def __len__(self) -> int:
        return len(self._window)

    def kept(self, row: int) -> Kept | None:
        """A mention by its row, from the pages at hand, where it counts now."""
        found = self._page(row)
        return self._sight.shown(found) if found is not None and self._sight is not None else found

    def _page(self, row: int) -> Kept | None:
        """The same as it was read when it came."""
        return self._pages.get(row, scattered=self._window.found is not None or self._window.stride > FAR_APART)

    @property
    def selected(self) -> int | None:
        """The row of the selected mention; None while the list flows."""
        return self._window.cursor

    @property
    def order(self) -> Order | None:
        """The order that is shown, where it is one of its own."""
        return self._window.found if isinstance(self._window.found, Order) else None

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

    def _measure(self) -> None:
        """Once for all lines, because asking a widget for its size walks up the tree."""
        self._width, self._height = self.size
        self._screen = self.app.size.width
        self._boxed = self._screen >= BOXED_FROM
        self._window.resize(self._height - (2 if self._boxed else 1))

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

    # --- painting ---------------------------------------------------------------------------------------

    def on_focus(self) -> None:
        self._repaint()
        self._point()

    def on_blur(self) -> None:
        self._repaint()

    def notify_style_update(self) -> None:
        """The theme may have changed: inks and strips are made anew."""
        super().notify_style_update()
        self._inks = {}
        self._strips.clear()
        self._painted.clear()

    def _repaint(self, indexes: Sequence[int | None] | None = None) -> None:
        """Paint the lines that are not any more what they were; after a move these are two. Where the indexes of the
        list are known that may be otherwise, only their lines and the edges are looked at."""
        self._measure()
        lines: Iterable[int] = range(self._height)
        if indexes is not None:
            rows = {index - self._window.top + 1 for index in indexes if index is not None}
            lines = [y for y in lines if y in rows or self._is_edge(y)]
        changed = {y: key for y in lines if (key := self._key(y)) != self._painted.get(y)}
        if changed:
            self._painted |= changed
            self.refresh(*(Region(0, y, self._width, 1) for y in changed))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The finished lines of a region: no border, filter or style is left for the compositor to do."""
        if not self._inks:
            variables = self.app.theme_variables
            if self.screen.has_class("-unreal"):
                ground, unreal = Color.parse(variables["surface"]), Color.parse(variables["accent"])
                variables = {**variables, "lines": ground.blend(unreal, UNREAL).hex}
            self._inks, self._selected_inks = inks(variables), selected_inks(variables)
        self._measure()
        return [self._line(y).crop(crop.x, crop.right) for y in range(crop.y, crop.bottom)]

    def _line(self, y: int) -> Strip:
        key = self._key(y)
        if key != self._painted.get(y):
            # The desk went on since we looked; a line may also be asked for without being painted.
            self._painted.pop(y, None)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= STRIPS:
                self._strips.clear()
            strip = self._strips[key] = self._filtered(Strip(self._cells(y)).adjust_cell_length(self._width))
        return strip

    def _key(self, y: int) -> Hashable:
        """Everything that the look of a line depends on, apart from the theme."""
        frame = self._frame
        if self._is_edge(y):
            return (*frame, y == 0, *self._edge_texts(y))
        kept, sight = self._at(y), self._sight
        if kept is None or sight is None:
            return (*frame, self._empty_text(y))
        return (*frame, *look_of(kept, sight, frame, self._how(kept)))

    def _cells(self, y: int) -> list[Cell]:
        frame = self._frame
        if self._is_edge(y):
            return edge_of(self._edge_texts(y), frame, self._inks, above=y == 0)
        kept, sight = self._at(y), self._sight
        if kept is None or sight is None:
            return empty_of(self._empty_text(y), frame, self._inks)
        how = self._how(kept)
        side = frame.side(self._inks)
        return [*side, *row_of(kept, sight, frame, self._selected_inks if how.selected else self._inks, how), *side]

    @property
    def _frame(self) -> Frame:
        return Frame(self._width, self._screen, self._boxed, self.has_focus)

    def _how(self, kept: Kept) -> How:
        """What the list alone knows of a row."""
        standing = self._standing(kept) if self._standing is not None else None
        return How(kept.row == self.selected, kept.row in self._checked, standing)

    def _is_edge(self, y: int) -> bool:
        return y == 0 or (self._boxed and y == self._height - 1)

    def _at(self, y: int) -> Kept | None:
        """The mention in a line."""
        index = self._window.top + y - 1
        return self.kept(self._window.row(index)) if index < len(self) else None

    def _empty_text(self, y: int) -> str:
        return self._empty if y == 2 and not len(self) else ""

    def _edge_texts(self, y: int) -> tuple[str, str]:
        """Title and note of the line above; of the line below, where there is one, the note."""
        title = self._title if y == 0 else ""
        sight = self._sight
        if sight is None or (y == 0 and self._boxed):
            return title, ""
        return title, " · ".join(notes_of(sight, self._window, len(self._checked), self._note, boxed=self._boxed))

    def _filtered(self, strip: Strip) -> Strip:
        """What the app does to every line (NO_COLOR, ANSI themes), done once."""
        background = Color.parse(self.app.theme_variables["surface"])
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, background)
        return strip
