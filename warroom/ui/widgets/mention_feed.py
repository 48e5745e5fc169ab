"""The mention feed: a window on any number of mentions, newest first.

A plain focusable widget with its own offset. It reads pages of 128 rows, keeps finished strips and hands them to the
compositor itself, because the stock lists fail at a million rows (architecture, rule 12). Nothing moves under the
reader: until a row is chosen the list flows; from then on new mentions wait above and are only counted.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from rich.segment import Segment as Cell
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from warroom.domain.desk import UNMARKED, Mark
from warroom.domain.mention import Kept
from warroom.ui.present import fit
from warroom.ui.scene import Scene
from warroom.ui.widgets.mention_row import Inks, age_of, mention_cells

PAGE = 128
STRIPS = 1_024
"""Finished strips kept; a screen shows some fifty."""
ROLES = ("muted", "lines", "warning", "error", "success", "primary", "accent", "love", "like", "neutral", "dislike", "hate")


class MentionSource(Protocol):
    """Where the mentions are: rows 1…last, without holes."""

    def last_row(self) -> int: ...

    def page(self, first: int, last: int) -> Sequence[Kept]: ...

    def get(self, row: int) -> Kept | None: ...


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
        Binding("r", "act('reply')", "Reply"),
        Binding("e", "act('escalate')", "Escalate"),
        Binding("i", "act('ignore')", "Ignore"),
        Binding("c", "act('close')", "Close"),
        Binding("u", "screen.undo", "Undo"),
        Binding("slash", "wants('search')", "Search"),
        Binding("f", "wants('filter')", "Filter"),
        Binding("m", "act('pin')", "Pin"),
        Binding("a", "act('assign')", "Assign"),
        Binding("s", "wants('segment')", "Segment", show=False),
        Binding("space", "check", "Select", show=False),
        Binding("l,home", "latest", "Latest", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("end", "oldest", "Oldest", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    held: reactive[int] = reactive(0)
    """Mentions that wait above."""

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

    class Wants(Message):
        """Search, filter or segment was asked for."""

        def __init__(self, feed: "MentionFeed", what: str) -> None:
            super().__init__()
            self.feed = feed
            self.what = what

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._source: MentionSource | None = None
        self._scene: Scene | None = None
        self._mark: Callable[[Kept], Mark] = lambda kept: UNMARKED
        self._upto = 0
        self._found: Sequence[int] | None = None
        self._top = 0
        self._cursor: int | None = None
        self._checked: set[int] = set()
        self._pages: dict[int, Sequence[Kept]] = {}
        self._strips: dict[tuple[object, ...], Strip] = {}
        self._inks: Inks = {}
        self._title = ""
        self._empty = ""

    # --- what is listed ---------------------------------------------------------------------------------

    def look(self, scene: Scene, *, title: str, empty: str, found: Sequence[int] | None = None) -> None:
        """Look again. `found` are rows, newest first, of a search or filter; None lists everything."""
        self._scene = scene
        self._source = scene.reader
        desk = scene.board.desk
        self._mark = lambda kept: desk.mark(kept.mention.key)
        self._title, self._empty = title, empty
        if (found is None) != (self._found is None):
            self._cursor, self._top = None, 0
        self._found = found
        last = scene.board.row
        if last < self._upto:
            self._cursor, self._top, self._upto = None, 0, last
        if self._cursor is None:
            self._upto = last
        self.held = last - self._upto if found is None else 0
        self._pages.clear()
        self.refresh()

    def __len__(self) -> int:
        return len(self._found) if self._found is not None else self._upto

    def _row(self, index: int) -> int:
        return self._found[index] if self._found is not None else self._upto - index

    def _index(self, row: int) -> int | None:
        if self._found is None:
            return self._upto - row if 1 <= row <= self._upto else None
        try:
            return self._found.index(row)
        except ValueError:
            return None

    def kept(self, row: int) -> Kept | None:
        """A mention by its row, from the pages at hand."""
        if self._source is None or row < 1:
            return None
        page = (row - 1) // PAGE
        rows = self._pages.get(page)
        if rows is None:
            if self._found is not None:
                return self._source.get(row)
            rows = self._pages[page] = self._source.page(page * PAGE + 1, (page + 1) * PAGE)
            while len(self._pages) > 8:
                self._pages.pop(next(iter(self._pages)))
        place = (row - 1) % PAGE
        return rows[place] if place < len(rows) else None

    @property
    def selected(self) -> int | None:
        """The row of the selected mention; None while the list flows."""
        return self._cursor

    @property
    def chosen(self) -> list[int]:
        """What a letter acts on: the rows checked with Space, else the selected one."""
        return sorted(self._checked) or ([] if self._cursor is None else [self._cursor])

    @property
    def checked(self) -> int:
        return len(self._checked)

    # --- moving -----------------------------------------------------------------------------------------

    @property
    def _height(self) -> int:
        return max(1, self.size.height - self._edges)

    @property
    def _edges(self) -> int:
        return 1 if self.size.width < 2 or self._narrow else 2

    @property
    def _narrow(self) -> bool:
        return self.app.size.width < 100

    def _go(self, index: int) -> None:
        if not len(self):
            return
        index = min(max(index, 0), len(self) - 1)
        before, top = self._cursor, self._top
        self._cursor = self._row(index)
        if index < self._top:
            self._top = index
        elif index >= self._top + self._height:
            self._top = index - self._height + 1
        if self._top != top or before is None:
            self.refresh()
        else:
            old = self._index(before)
            self._repaint(*([index] if old is None else [old, index]))
        self._point()
        self.post_message(self.Highlighted(self, self._cursor))

    def _repaint(self, *indexes: int) -> None:
        """Two lines, not the screen."""
        width = self.size.width
        self.refresh(*(Region(0, index - self._top + 1, width, 1) for index in indexes))

    def _point(self) -> None:
        """The terminal's own cursor follows the selection."""
        index = None if self._cursor is None else self._index(self._cursor)
        if self.has_focus and index is not None:
            self.app.cursor_position = Offset(self.region.x + 1, self.region.y + 1 + index - self._top)

    def action_move(self, step: int) -> None:
        index = None if self._cursor is None else self._index(self._cursor)
        if index is None:
            self._go(0)
        elif index + step < 0:
            self.action_latest()
        else:
            self._go(index + step)

    def action_page(self, step: int) -> None:
        index = 0 if self._cursor is None else (self._index(self._cursor) or 0)
        self._go(index + step * max(1, self._height - 1))

    def action_oldest(self) -> None:
        self._go(len(self) - 1)

    def action_latest(self) -> None:
        """Back to the newest: the list flows again."""
        self._cursor, self._top = None, 0
        self._checked.clear()
        if self._scene is not None:
            self.look(self._scene, title=self._title, empty=self._empty, found=self._found)
        self.post_message(self.Highlighted(self, None))

    def advance(self) -> None:
        """After an act the selection moves on by itself."""
        self._checked.clear()
        if self._cursor is not None:
            self.action_move(1)
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)

    def _scroll(self, lines: int) -> None:
        if self._cursor is None and lines > 0 and len(self):
            self._cursor = self._row(0)
        self._top = min(max(0, self._top + lines), max(0, len(self) - self._height))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        index = event.y - 1 + self._top
        if 0 <= index < len(self) and event.y >= 1:
            self._go(index)
            if event.chain == 2:
                self.action_open()

    # --- keys -------------------------------------------------------------------------------------------

    def action_act(self, act: str) -> None:
        self.post_message(self.Acted(self, self.chosen, act))

    def action_wants(self, what: str) -> None:
        self.post_message(self.Wants(self, what))

    def action_open(self) -> None:
        if self._cursor is not None:
            self.post_message(self.Opened(self, self._cursor))

    def action_check(self) -> None:
        if self._cursor is None:
            self._go(0)
        if self._cursor is not None:
            self._checked ^= {self._cursor}
            self.action_move(1)
            self.refresh()

    # --- painting ---------------------------------------------------------------------------------------

    def on_focus(self) -> None:
        self.refresh()
        self._point()

    def on_blur(self) -> None:
        self.refresh()

    def notify_style_update(self) -> None:
        """The theme may have changed: inks and strips are made anew."""
        super().notify_style_update()
        self._inks = {}
        self._strips.clear()

    def _prepare(self) -> None:
        variables = self.app.theme_variables
        ground = Color.parse(variables["background"])
        paper = Style(bgcolor=ground.rich_color)
        inks = {role: paper + Style(color=Color.parse(variables[role]).rich_color) for role in ROLES}
        inks["text"] = paper + Style(color=Color.parse(variables["foreground"]).rich_color)
        inks["selected"] = Style(bgcolor=Color.parse(variables["selected"]).rich_color)
        self._inks = inks

    def render_lines(self, crop: Region) -> list[Strip]:
        """The finished lines of a region: no border, filter or style is left for the compositor to do."""
        if not self._inks:
            self._prepare()
        return [self._line(y).crop(crop.x, crop.right) for y in range(crop.y, crop.bottom)]

    def _line(self, y: int) -> Strip:
        width, height = self.size.width, self.size.height
        if y == 0:
            return self._filtered(self._edge(self._title, width, top=True))
        if not self._narrow and y == height - 1:
            return self._filtered(self._edge(self._subtitle(), width, top=False))
        return self._body(y - 1, width)

    def _subtitle(self) -> str:
        if self._scene is None:
            return ""
        words = self._scene.words
        if self._checked:
            return words.tn("{n} selected", "{n} selected", len(self._checked))
        if self._found is not None:
            return words.t("{n} of {all}", n=len(self._found), all=self._scene.board.row)
        return words.t("{n} · newest first", n=len(self))

    def _edge(self, text: str, width: int, *, top: bool) -> Strip:
        """The heavy or thin line above or below, with its title."""
        focus = self.has_focus
        line = self._inks["primary" if focus else "lines"]
        title = self._inks["primary" if focus else "muted"]
        label = fit(f" {text} ", min(len(text) + 2, max(0, width - 4))) if text else ""
        dash = "━" if focus else "─"
        if self._narrow:
            rest = max(0, width - 1 - len(label))
            return Strip([Cell(dash, line), Cell(label, title), Cell(dash * rest, line)], width).adjust_cell_length(width)
        ends = ("┏┓" if top else "┗┛") if focus else ("╭╮" if top else "╰╯")
        rest = max(0, width - 3 - len(label))
        middle = (
            [Cell(dash, line), Cell(label, title), Cell(dash * rest, line)]
            if top
            else [Cell(dash * rest, line), Cell(label, title), Cell(dash, line)]
        )
        return Strip([Cell(ends[0], line), *middle, Cell(ends[1], line)]).adjust_cell_length(width)

    def _body(self, line: int, width: int) -> Strip:
        index = self._top + line
        side = "" if self._narrow else ("┃" if self.has_focus else "│")
        inner = width - 2 * len(side)
        kept = self.kept(self._row(index)) if index < len(self) else None
        scene = self._scene
        if kept is None or scene is None:
            text = self._empty if line == 1 and not len(self) else ""
            cells = [Cell(fit(f" {text}" if text else "", inner), self._inks["muted"])]
            key: tuple[object, ...] = ("empty", text, width, side)
        else:
            mark = self._mark(kept)
            selected = kept.row == self._cursor
            age_text = age_of(kept, scene.stale_since or scene.now, scene.words, inner - 2)
            checked = kept.row in self._checked
            mention = kept.mention
            version = (mention.edited_at, mention.deleted_at, kept.segment)
            key = (kept.row, version, mark, age_text, selected, checked, width, side, scene.words.lang)
            known = self._strips.get(key)
            if known is not None:
                return known
            cells = self._cells(kept, mark, age_text, inner, selected=selected, checked=checked)
        known = self._strips.get(key)
        if known is not None:
            return known
        frame = [Cell(side, self._inks["primary" if self.has_focus else "lines"])] if side else []
        strip = self._filtered(Strip([*frame, *cells, *frame]).adjust_cell_length(width))
        if len(self._strips) >= STRIPS:
            self._strips.clear()
        self._strips[key] = strip
        return strip

    def _cells(self, kept: Kept, mark: Mark, age_text: str, inner: int, *, selected: bool, checked: bool) -> list[Cell]:
        scene = self._scene
        assert scene is not None
        cells = mention_cells(
            kept, mark, age_text, scene.words, inner - 2, self._inks, checked=checked, selected=selected
        )
        bar = "▌" if selected and self.has_focus else "│" if selected else " "
        cells = [Cell(bar, self._inks["warning"]), *cells, Cell(" ", self._inks["text"])]
        if selected:
            ground = self._inks["selected"]
            cells = [Cell(cell.text, (cell.style or Style()) + ground) for cell in cells]
        return cells

    def _filtered(self, strip: Strip) -> Strip:
        """What the app does to every line (NO_COLOR, ANSI themes), done once."""
        background = Color.parse(self.app.theme_variables["background"])
        for line_filter in self.app.get_line_filters():
            if line_filter.enabled:
                strip = strip.apply_filter(line_filter, background)
        return strip
