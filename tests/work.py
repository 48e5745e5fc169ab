"""How much a call does, counted and not timed: the calls it makes, of Python and of C. The same on every machine."""

import sys
from collections.abc import Callable


def work(call: Callable[[], object]) -> int:
    """The number of calls made in this thread while `call` runs."""
    made = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(before)
    return made
