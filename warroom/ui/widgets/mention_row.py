"""One mention as a row of cells, and the lines above and below the rows. Pure: values to segments."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment as Cell
from rich.style import Style
from textual.color import Color

from warroom.domain.desk import Mark
from warroom.domain.events import Rank
from warroom.domain.mention import Kept, Segment
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.line import cut
from warroom.ui.present import (
    BIG_REACH,
    SEGMENT_MARKS,
    STATE_MARKS,
    UNSURE,
    WATCHED,
    author_cell,
    fit,
    network_cell,
    reach_cell,
    text_cell,
    time_cell,
)
from warroom.ui.theme import READABLE, contrast

BOLD = Style(bold=True)
CLOCK_FROM, OWNER_FROM = 96, 110
"""List widths from which the clock time and the owner are shown (design, section 3)."""
CLOCK_ON = 180
"""Columns of the screen from which the clock time is shown however wide the list (design, section 6)."""
ROLES = ("muted", "lines", "warning", "error", "success", "primary", "accent", *(segment.value for segment in Segment))

WORDS_FROM = 96
"""List widths from which copies are told in words."""
MOST_COPIES = 99_999
FOLDED, UNFOLDED, BELOW = "▶", "▼", "╌"
"""Signs of a row that stands for its copies, of one that has them below it, and of such a copy."""


class Standing(NamedTuple):
    """How soon a mention is read: as `rank`, by the word of `by` ("": of its points, which give it `points`). `sign`
    says how its `copies` are shown."""

    rank: Rank
    by: str
    points: Rank
    sign: str = ""
    copies: int = 0


RANK_INKS: Mapping[Rank, str] = {"P1": "error", "P2": "warning", "P3": "text", "P4": "muted"}

Inks = Mapping[str, Style]
"""Style by role: `text` and every one of `ROLES`, each with its ground."""


def inks(variables: Mapping[str, str]) -> Inks:
    """The inks of a theme on its surface."""
    paper = Style(bgcolor=Color.parse(variables["surface"]).rich_color)
    colours = {"text": variables["foreground"], **{role: variables[role] for role in ROLES}}
    return {role: paper + Style(color=Color.parse(colour).rich_color) for role, colour in colours.items()}


def selected_inks(variables: Mapping[str, str]) -> Inks:
    """The inks of the selected row: nothing on it is muted, and nothing is kept that cannot be read there."""
    ground, text = Color.parse(variables["selected-row"]), Color.parse(variables["selected-row-text"])
    chosen = {"text": text, "muted": text, "neutral": text}
    for role in ROLES:
        colour = Color.parse(variables[role])
        chosen.setdefault(role, colour if contrast(colour, ground) >= READABLE else text)
    return {role: Style(color=colour.rich_color, bgcolor=ground.rich_color) for role, colour in chosen.items()}


def age_of(kept: Kept, now: datetime, words: Words, width: int, screen: int = 0) -> str:
    """What stands in the row's time column, in a list so wide on a screen so wide."""
    return time_cell(now, kept.mention.at, words, clock=width >= CLOCK_FROM or screen >= CLOCK_ON)


def mention_cells(
    kept: Kept,
    mark: Mark,
    age_text: str,
    words: Words,
    width: int,
    inks: Inks,
    *,
    checked: bool,
    unsure: bool = False,
    standing: Standing | None = None,
) -> list[Cell]:
    """State, rank where it is asked for, time, segment, network, author, signs, text, owner, reach: exactly `width`
    cells, from 60 on."""
    mention, segment = kept.mention, kept.segment
    state, ink = STATE_MARKS[mark.state]
    text, muted = inks["text"], inks["muted"]
    body = muted if mark.state in ("ignore", "close") else text
    time_width = max(4, cell_len(age_text))
    author_width = 12 if width < 80 else 14 if width < OWNER_FROM else 17
    left = [
        Cell("■" if checked else state, inks["primary" if checked else ink]),
        Cell(f" {age_text:>{time_width}} ", muted),
        Cell(f"{SEGMENT_MARKS[segment] if segment is not None else '':<2} ", inks[(segment or Segment.NEUTRAL).value]),
        Cell(fit(network_cell(mention.source), 2) + " ", muted),
        Cell(fit(author_cell(kept), author_width) + " ", body + BOLD if mark.state == "new" else body),
    ]
    if standing is not None:
        rank_ink = inks[RANK_INKS[standing.rank]]
        left.insert(1, Cell(f" {standing.rank}", rank_ink + BOLD if standing.rank == "P1" else rank_ink))
    reach = reach_cell(mention.people, words)
    strong = mention.people is not None and mention.people >= BIG_REACH
    right = [Cell(f" {reach:>5}", text + BOLD if strong else muted)]
    if width >= OWNER_FROM:
        right.insert(0, Cell(" " + fit(one_line(mark.owner), 3), muted))
    signs = standing_cells(standing, words, width, inks) if standing is not None else []
    if unsure:
        signs.append(Cell(f"{UNSURE} ", muted))
    if mark.watched:
        signs.append(Cell(f"{WATCHED} ", inks["warning"]))
    if mark.pinned:
        signs.append(Cell("★ ", inks["warning"]))
    if kept.question:
        signs.append(Cell("? ", inks["warning"]))
    room = width - cells_wide(left) - cells_wide(signs) - cells_wide(right)
    return [*left, *signs, Cell(fit(text_cell(kept), room), body), *right]


def standing_cells(standing: Standing, words: Words, width: int, inks: Inks) -> list[Cell]:
    """Whose word it is, with the rank that the points give; and what stands for how many copies."""
    cells: list[Cell] = []
    if standing.sign == BELOW:
        cells.append(Cell(f"{BELOW} ", inks["muted"]))
    elif standing.sign:
        n = min(standing.copies, MOST_COPIES)
        told = words.tn("{n} similar", "{n} similar", n) if width >= WORDS_FROM else str(n)
        cells.append(Cell(f"{standing.sign}{told} ", inks["primary"]))
    if standing.by:
        told = words.t("({who}, {rank} by points)", who=cut(one_line(standing.by), 4), rank=standing.points)
        brief = f"({cut(one_line(standing.by), 4)}, {standing.points})"
        short = width < OWNER_FROM or standing.sign == BELOW
        cells.append(Cell(f"{brief if short else told} ", inks["warning"]))
    return cells


def cells_wide(cells: list[Cell]) -> int:
    """How many cells these are, one after the other."""
    return sum(cell.cell_length for cell in cells)


def edge_cells(title: str, note: str, width: int, inks: Inks, *, ends: str, focus: bool) -> list[Cell]:
    """A rule with a title at its left and a note at its right, between two `ends`: heavy and coloured with focus."""
    dash, line = ("━" if focus else "─"), inks["primary" if focus else "lines"]
    before, after = (ends[0], ends[1]) if ends else ("", "")
    free = max(0, width - len(ends) - 2)
    edge = " " if ends else ""
    head = f"{edge}{cut(title, free - 2)}{edge}" if title and free > 2 else ""
    free -= cell_len(head)
    tail = f" {cut(note, free - 2)} " if note and free > 2 else ""
    rest = max(0, free - cell_len(tail))
    return [
        Cell(before + dash, line),
        Cell(head, inks["primary"] + BOLD if focus else inks["muted"]),
        Cell(dash * rest, line),
        Cell(tail, inks["muted"]),
        Cell(dash + after, line),
    ]
