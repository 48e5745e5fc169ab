"""Following: looks at the mentions of a store in the order of their rows, a few at a time between the looks of the
screen: what comes in first, then what came before."""

from collections.abc import Callable, Sequence
from typing import Protocol

from warroom.domain.board import Board
from warroom.domain.mention import Kept
from warroom.services.bell import Bell
from warroom.services.breath import Breath
from warroom.services.sorting import MOST, Sorting
from warroom.store.errors import StoreError

BEGINS = 10_000
"""Newest mentions that are looked at first when a room is opened; those before them are looked at later, as many as are
known at most, so that copies, topics and authors are known of as many as before it was closed."""
SLICE, REST = 0.003, 0.016
"""Seconds of looking, and seconds for everything else in between: a fifth of a core."""
BEHIND, PRESSED = 50, 0.004
"""Mentions from which on there is less in between: half a core, and still no key waits for more than a slice."""
PAGE = 8
"""Mentions that are read at once; they are looked at one by one."""


class Rows(Protocol):
    """Where mentions are read from, by row."""

    def page(self, first: int, last: int) -> Sequence[Kept]: ...


async def follow(
    sorting: Sorting,
    rows: Rows,
    last: Callable[[], int],
    told: Callable[[], None],
    board: Callable[[], Board] = Board,
    bell: Bell | None = None,
) -> None:
    """Look at what comes in, until cancelled. `last` is the newest row; `board` knows what operators said of mentions
    and narratives; `told` is called when more is known; `bell` rings when something came in."""
    bell, quiet = bell or Bell(), False
    while True:
        if not (quiet and sorting.may_look_back):
            await bell.rung()  # the first picture comes before the first look
        try:
            came = await _catch_up(sorting, rows, last)
            sorting.hear(board().labels)
            if await sorting.narrating.work_out(board().grouping) or came:
                told()
            if await _look_back(sorting, rows):
                told()
            quiet = not came
        except StoreError:
            quiet = False


async def _catch_up(sorting: Sorting, rows: Rows, last: Callable[[], int]) -> bool:
    """Whether there was something new."""
    before, breath = sorting.upto, Breath(sorting.keys, SLICE)
    if last() < before:
        sorting.start_again()
    while (newest := last()) > sorting.upto:
        # More came in since the first look: none of it may be passed over, nobody would go back for it.
        first = max(sorting.upto + 1, newest - (MOST if sorting.upto else BEGINS) + 1)
        upto = min(first + PAGE - 1, newest)
        sorting.begin(first)
        for kept in rows.page(first, upto):
            sorting.look([kept])
            if breath.is_due:
                await breath.take(PRESSED if newest - kept.row > BEHIND else REST)
        sorting.upto = max(sorting.upto, upto)
    return sorting.upto != before


async def _look_back(sorting: Sorting, rows: Rows) -> bool:
    """Look at some that came before; whether these were the last of them."""
    if not sorting.may_look_back:
        return False
    breath = Breath(sorting.keys, SLICE, REST)
    while sorting.may_look_back and not breath.is_due:
        first = max(1, sorting.since - PAGE)
        for kept in reversed(rows.page(first, sorting.since - 1)):
            sorting.look_back([kept])
            if breath.is_due:
                break
        else:
            sorting.since = first
    await breath.take()
    return not sorting.may_look_back
