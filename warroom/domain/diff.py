"""What has changed between two texts, word by word: what an approver reads."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_PIECES = re.compile(r"\s+|[\w'’\-]+|[^\w\s]")


class Change(NamedTuple):
    """A run of text that is the same, new, or gone."""

    kind: Literal["same", "new", "gone"]
    text: str


def word_diff(before: str, after: str) -> list[Change]:
    """The way from one text to the other. Joining what is not gone gives `after`; what is not new, `before`."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    changes: list[Change] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[i1:i2]), "".join(new[j1:j2])
        if gone == came:
            changes.append(Change("same", came))
            continue
        if gone:
            changes.append(Change("gone", gone))
        if came:
            changes.append(Change("new", came))
    return changes
