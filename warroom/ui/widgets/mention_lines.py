"""The lines of the mention feed: what each depends on, and its cells with the border around. Pure: values to segments.

A row by itself is in `mention_row.py`; here it gets the sides of the box and the bar of the selection.
"""

from collections.abc import Hashable, Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

from rich.segment import Segment as Cell

from warroom.domain.board import Board
from warroom.domain.mention import Kept
from warroom.services.words import Words
from warroom.ui.present import fit
from warroom.ui.widgets.mention_pages import MentionSource
from warroom.ui.widgets.mention_row import Inks, Standing, age_of, edge_cells, mention_cells
from warroom.ui.widgets.mention_window import MentionWindow, Order


class Sight(Protocol):
    """What the list needs of a scene."""

    @property
    def board(self) -> Board: ...
    @property
    def reader(self) -> MentionSource: ...
    @property
    def words(self) -> Words: ...
    @property
    def now(self) -> datetime: ...
    @property
    def stale_since(self) -> datetime | None: ...
    @property
    def settling(self) -> bool: ...
    @property
    def read_only(self) -> bool: ...
    def shown(self, kept: Kept) -> Kept: ...
    def unsure(self, kept: Kept) -> bool: ...
    def caught_up(self, after: int) -> int: ...
    def one_in(self, lines: int) -> int: ...


class Frame(NamedTuple):
    """What is around every row: cells of a line, columns of the screen, a box or only a rule, and who has the keys."""

    width: int
    screen: int
    boxed: bool
    focus: bool

    @property
    def room(self) -> int:
        """Cells of a row between the bar of the selection and the blank at the end."""
        return max(0, self.width - (4 if self.boxed else 2))

    def side(self, inks: Inks) -> list[Cell]:
        """The side of the box, where there is one."""
        return [Cell("┃" if self.focus else "│", inks["primary" if self.focus else "lines"])] if self.boxed else []


class How(NamedTuple):
    """What the list alone knows of a row."""

    selected: bool
    checked: bool
    standing: Standing | None


def look_of(kept: Kept, sight: Sight, frame: Frame, how: How) -> tuple[Hashable, ...]:
    """Everything that the look of a row depends on, apart from its frame and the theme."""
    mention = kept.mention
    return (
        kept.row,
        (mention.edited_at, mention.deleted_at, mention.people, kept.segment, kept.question),
        sight.board.desk.mark(mention.key),
        sight.unsure(kept),
        age_of(kept, sight.stale_since or sight.now, sight.words, frame.width, frame.screen),
        sight.words.lang,
        *how,
    )


def row_of(kept: Kept, sight: Sight, frame: Frame, inks: Inks, how: How) -> list[Cell]:
    """A mention with the bar of the selection; `inks` are those of the selection where it is selected."""
    bar = " " if not how.selected else "▌" if frame.focus else "│"
    now = sight.stale_since or sight.now
    row = mention_cells(
        kept,
        sight.board.desk.mark(kept.mention.key),
        age_of(kept, now, sight.words, frame.width, frame.screen),
        sight.words,
        frame.room,
        inks,
        checked=how.checked,
        unsure=sight.unsure(kept),
        standing=how.standing,
    )
    return [Cell(bar, inks["warning"]), *row, Cell(" ", inks["text"])]


def empty_of(text: str, frame: Frame, inks: Inks) -> list[Cell]:
    """A line without a mention; one of them says why the list is empty."""
    side = frame.side(inks)
    return [*side, Cell(fit(f" {text}", frame.room + 2), inks["muted"]), *side]


def edge_of(texts: tuple[str, str], frame: Frame, inks: Inks, *, above: bool) -> list[Cell]:
    """The line above or below the rows."""
    corners = ("┏┓" if above else "┗┛") if frame.focus else ("╭╮" if above else "╰╯")
    return edge_cells(*texts, frame.width, inks, ends=corners if frame.boxed else "", focus=frame.focus)


def notes_of(sight: Sight, window: MentionWindow, checked: int, note: str, *, boxed: bool) -> Iterator[str]:
    """What the edge says of the list: how old it is, how many are chosen, found or passed over, and in which order."""
    words, found = sight.words, window.found
    if sight.stale_since is not None:
        yield words.t("as of {time}", time=words.clock(sight.stale_since))
    if checked:
        yield words.tn("{n} selected", "{n} selected", checked)
    elif found is not None:
        n = len(found.rows) if isinstance(found, Order) else len(found)
        yield words.t("{n} of {all}", n=n, all=sight.board.row)
    elif window.stride > 1:
        yield words.t("showing 1 in {n} live; all are stored", n=window.stride)
    elif boxed:
        yield words.t("{n} · newest first", n=len(window))
    if note:
        yield note
