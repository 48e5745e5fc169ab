"""The list of mentions as it is shown: which rows stand in it, and how its lines are painted.

It reads pages of 128 rows, keeps finished strips and hands them to the compositor itself, because the stock lists fail
at a million rows (architecture, rule 12). What somebody does with it is in `mention_feed`.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence

from rich.segment import Segment as Cell
from textual.color import Color
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from warroom.domain.mention import Kept
from warroom.ui.widgets.mention_lines import Frame, How, Sight, edge_of, empty_of, look_of, notes_of, row_of
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


class MentionList(Widget):
    """Any number of mentions, newest first or in an order of their own."""

    held: reactive[int] = reactive(0, repaint=False)
    """Mentions that wait above."""
    caught_up = 0
    """How many of them came in because the sources were lost before."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sight: Sight | None = None
        self._window = MentionWindow()
        self._pages = MentionPages()
        self._checked: set[int] = set()
        """Rows that are selected beside others."""
        self._title = ""
        self._empty = ""
        self._note = ""
        self._found: Sequence[int] | Order | None = None
        """What was found last, which waits where the list stands still."""
        self._standing: Callable[[Kept], Standing] | None = None
        self._width = self._height = self._screen = 0
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

    # --- painting ---------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Once for all lines, because asking a widget for its size walks up the tree."""
        self._width, self._height = self.size
        self._screen = self.app.size.width
        self._boxed = self._screen >= BOXED_FROM
        self._window.resize(self._height - (2 if self._boxed else 1))

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
