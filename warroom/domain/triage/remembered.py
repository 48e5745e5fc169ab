"""What was worked out of a word, kept for the next time: a million mentions are made of a few thousand words."""

from collections.abc import Callable
from typing import TypeVar

from .tokens import is_address

MOST_KEPT = 50_000
"""Words remembered; then the memory starts afresh, so that made-up words cannot fill it."""
LONGEST_KEPT = 32
"""Characters of a word worth remembering."""

Found = TypeVar("Found")


class Remembered(dict[str, Found]):
    """What each word met so far was found to be; asking for another one finds it out. Bounded. Handles and addresses
    are not kept: they are always others."""

    def __init__(self, find: Callable[[str], Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Found:
        found = self._find(word)
        if len(word) <= LONGEST_KEPT and word[:1] != "@" and not is_address(word):
            if len(self) >= MOST_KEPT:
                self.clear()
            self[word] = found
        return found
