"""A list of one-line rows that are made only when they are painted. Plan, timeline and checks stand on it."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from warroom.ui.line import Part, clip, hung, part_at, parted, width_of
from warroom.ui.widgets.action_line import content_of


class Rows(Protocol):
    """What is listed. `key` names a row for as long as it exists, so that the selection is a bookmark."""

    def __len__(self) -> int: ...

    def key(self, index: int) -> str: ...

    def line(self, index: int, width: int) -> Sequence[Part]: ...

    def selectable(self, index: int) -> bool: ...


class NoRows:
    def __len__(self) -> int:
        return 0

    def key(self, index: int) -> str:
        return str(index)

    def line(self, index: int, width: int) -> Sequence[Part]:
        return ()

    def selectable(self, index: int) -> bool:
        return False


class RowList(ScrollView, can_focus=True):
    """Arrow keys move, Enter opens. Subclasses add the keys of their noun."""

    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        scrollbar-size-vertical: 1;
    }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The selection is on another row."""

        def __init__(self, rows: "RowList", key: str) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> "RowList":
            return self.rows

    class Opened(Moved):
        """Enter, or a double click, on a row."""

    def __init__(self, *, id: str | None = None, empty: Callable[[int], Sequence[Part]] | None = None) -> None:
        super().__init__(id=id)
        self._rows: Rows = NoRows()
        self._empty = empty
        self._bookmark = ""
        self._painted: dict[int, Sequence[Part]] = {}
        """What each line on the screen looked like when it was last asked to be painted."""
        self._height = 0
        """The lines there were before the last resize."""

    @property
    def rows(self) -> Rows:
        return self._rows

    @property
    def selected(self) -> str | None:
        """The key of the selected row."""
        return self._rows.key(self.cursor) if 0 <= self.cursor < len(self._rows) else None

    def show(self, rows: Rows) -> None:
        """List these rows; the selection stays on the row it was on, if it is still there."""
        self._rows = rows
        if self._bookmark and not (self.cursor < len(rows) and rows.key(self.cursor) == self._bookmark):
            found = next((i for i in range(len(rows)) if rows.key(i) == self._bookmark), None)
            self.set_reactive(RowList.cursor, min(self.cursor, max(0, len(rows) - 1)) if found is None else found)
        if len(rows) and not rows.selectable(self.cursor):
            self.set_reactive(RowList.cursor, self._next(self.cursor, 1))
        if len(rows):
            self._bookmark = rows.key(self.cursor)
        self.virtual_size = Size(self.size.width, len(rows))
        self._repaint()

    def select(self, key: str) -> None:
        """Put the selection on the row of this key."""
        found = next((i for i in range(len(self._rows)) if self._rows.key(i) == key), None)
        if found is not None:
            self.cursor = found

    def keep_in_sight(self) -> None:
        """Scroll to the selection, once the list has the room that is left to it."""
        self.call_after_refresh(lambda: self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True))

    def _next(self, start: int, step: int) -> int:
        """The nearest selectable row from `start` on, else back the other way."""
        for way in (step, -step):
            index = start
            while 0 <= index < len(self._rows):
                if self._rows.selectable(index):
                    return index
                index += way
        return 0

    def watch_cursor(self, before: int, after: int) -> None:
        self._bookmark = self._rows.key(after) if after < len(self._rows) else ""
        self.scroll_to_region(Region(0, after, 1, 1), animate=False, force=True)
        self._repaint()
        self._point()
        if self.selected is not None:
            self.post_message(self.Moved(self, self.selected))

    def on_focus(self) -> None:
        self._repaint()
        self._point()

    def on_blur(self) -> None:
        self._repaint()

    def _point(self) -> None:
        """The terminal's own cursor follows the selection, for magnifiers and braille displays."""
        if self.has_focus:
            region = self.content_region
            self.app.cursor_position = Offset(region.x, region.y + self.cursor - int(self.scroll_offset.y))

    def action_move(self, step: int) -> None:
        if len(self._rows):
            target = min(max(self.cursor + step, 0), len(self._rows) - 1)
            self.cursor = self._next(target, step)

    def action_page(self, step: int) -> None:
        self.action_move(step * max(1, self.size.height - 1))

    def action_edge(self, step: int) -> None:
        if len(self._rows):
            self.cursor = self._next(0 if step < 0 else len(self._rows) - 1, -step)

    def action_open(self) -> None:
        if self.selected is not None:
            self.post_message(self.Opened(self, self.selected))

    async def on_click(self, event: events.Click) -> None:
        """A click chooses a row, two open it; a click on a part that does something does that to its row."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = offset.y + int(self.scroll_offset.y)
        if 0 <= index < len(self._rows) and self._rows.selectable(index):
            pressed = part_at(self._parts(offset.y, self.scrollable_content_region.width), offset.x)
            self.cursor = index
            if pressed is not None and pressed.action:
                if event.chain == 1:  # the second of two quick clicks would take it back
                    await self.run_action(pressed.action)
            elif event.chain == 2:
                self.action_open()

    def on_resize(self) -> None:
        """A selection that was in sight stays there, also where there are fewer lines than before."""
        top, height = int(self.scroll_offset.y), self._height
        self._height = self.size.height
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._painted.clear()
        if self.cursor in range(top, top + height) and self.cursor >= top + self._height:
            self.keep_in_sight()

    def notify_style_update(self) -> None:
        """The theme may have changed, and with it every line."""
        super().notify_style_update()
        self._painted.clear()

    def _repaint(self) -> None:
        """Paint the lines that are not any more what they were; after a move these are two."""
        width, height = self.scrollable_content_region.size
        lines = {y: self._parts(y, width) for y in range(height)}
        changed = {y: parts for y, parts in lines.items() if parts != self._painted.get(y)}
        if changed:
            self._painted |= changed
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _parts(self, y: int, width: int) -> Sequence[Part]:
        """What stands in a line of the screen."""
        index = y + int(self.scroll_offset.y)
        if index < len(self._rows):
            selected = index == self.cursor and self._rows.selectable(index)
            mark = Part(("▌" if self.has_focus else "│") if selected else " ", "$warning")
            parts = clip([mark, *self._rows.line(index, width - 1)], width)
            if selected and self.has_focus:
                pad = Part(" " * max(0, width - width_of(parts)))
                return [part._replace(style=_on_selected(part.style)) for part in [*parts, pad]]
            return parts
        if not len(self._rows) and self._empty is not None and y >= 1:
            told = parted(hung([Part(" ", hangs=True), *self._empty(width - 1)], width))
            return clip(told[y - 1], width) if y <= len(told) else ()
        return ()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        parts = self._parts(y, width)
        if parts != self._painted.get(y):
            # The rows went on since we looked; a line may also be asked for without being painted.
            self._painted.pop(y, None)
        strips = Visual.to_strips(self, content_of(parts), width, 1, self.visual_style)
        ground = self.rich_style
        return strips[0].adjust_cell_length(width, ground) if strips else Strip.blank(width, ground)

    @property
    def plain(self) -> str:
        """The rows as text, for tests and for reading aloud."""
        rows = (self._rows.line(i, self.size.width or 80) for i in range(len(self._rows)))
        return "\n".join("".join(part.text for part in row) for row in rows)


def _on_selected(style: str) -> str:
    """No muted text on the selected row; its background is the selection's. What has a ground of its own keeps it."""
    if " on " in style:
        return style
    words = [f"$row-{word[1:]}" if word.startswith("$") else word for word in style.split()]
    if not any(word.startswith("$") for word in words):
        words.append("$row-foreground")
    return f"{' '.join(words)} on $selected-row"
