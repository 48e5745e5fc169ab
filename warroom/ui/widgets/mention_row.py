"""One mention as a row of cells: a pure function from values to segments."""

from collections.abc import Mapping
from datetime import datetime

from rich.segment import Segment as Cell
from rich.style import Style

from warroom.domain.desk import Mark
from warroom.domain.mention import Kept, Segment
from warroom.services.words import Words
from warroom.ui.present import (
    BIG_REACH,
    SEGMENT_MARKS,
    STATE_MARKS,
    age,
    author_cell,
    fit,
    network_cell,
    reach_cell,
    text_cell,
)

BOLD = Style(bold=True)
CLOCK_FROM, OWNER_FROM = 96, 110
"""List widths from which the clock time and the owner are shown (design, section 3)."""

Inks = Mapping[str, Style]
"""Style by role: text, muted, warning, error, success, primary, love, like, neutral, dislike, hate."""


def age_of(kept: Kept, now: datetime, words: Words, width: int) -> str:
    """What stands in the row's time column."""
    at = kept.mention.at
    return words.clock_s(at) if width >= CLOCK_FROM else age(now, at)


def mention_cells(
    kept: Kept, mark: Mark, age_text: str, words: Words, width: int, inks: Inks, *, checked: bool, selected: bool
) -> list[Cell]:
    """State, time, segment, network, author, ★, text, owner, reach: exactly `width` cells."""
    wide = width >= CLOCK_FROM
    state, ink = STATE_MARKS[mark.state]
    handled = mark.state in ("ignore", "close")
    body = inks["text"] if not handled or selected else inks["muted"]
    dim = body if selected else inks["muted"]
    time_width = 8 if wide else 4
    author_width = 12 if width < 80 else 14 if width < OWNER_FROM else 17
    owner_width = 4 if width >= OWNER_FROM else 0
    people = kept.mention.people
    segment = kept.segment
    left = [
        Cell("■" if checked else state, inks["primary"] if checked else inks[ink]),
        Cell(f" {age_text:>{time_width}} ", dim),
        Cell(f"{SEGMENT_MARKS[segment] if segment is not None else ' ':<2} ", inks[(segment or Segment.NEUTRAL).value]),
        Cell(f"{network_cell(kept.mention.source):<2} ", dim),
        Cell(fit(author_cell(kept), author_width) + " ", body + BOLD if mark.state == "new" else body),
    ]
    used = 1 + time_width + 2 + 3 + 3 + author_width + 1
    text_width = max(0, width - used - owner_width - 6)
    star: list[Cell] = []
    if mark.pinned and text_width > 2:
        star, text_width = [Cell("★ ", inks["warning"])], text_width - 2
    flag: list[Cell] = []
    if kept.question and text_width > 20:
        flag, text_width = [Cell("? ", inks["warning"])], text_width - 2
    cells = [*left, *star, *flag, Cell(fit(text_cell(kept), text_width), body)]
    if owner_width:
        cells.append(Cell(f" {mark.owner[:3]:<3}", dim))
    strong = people is not None and people >= BIG_REACH
    cells.append(Cell(f" {reach_cell(people, words):>5}", inks["text"] + BOLD if strong else dim))
    return cells


