"""The lines of a table cut into rows. What is wrong with a line, too long or a quote never closed, costs only it."""

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from warroom.domain.sentence import Sentence, say

LONGEST_LINE = 1024 * 1024
"""Bytes of a line that is still read."""
SAMPLE = 200
"""Characters of a bad line that are shown."""
ENDS = ("\n", "\r")
STILL_WRITTEN = 20
"""Lines after an open quote at the end of a table that grows in which its end may still be written."""


class Cut(NamedTuple):
    """The cells of a row and the number of the line in which it begins."""

    number: int
    cells: list[str]


class Unreadable(NamedTuple):
    """A line that is no row: its number, why, and its beginning or what more is known of it."""

    number: int
    why: Sentence
    shown: str


class Lines:
    """The lines of a text, one by one. Of one that is too long nothing is handed on; `too_long` says which it was. The
    last line of a text that is `growing` is left alone until its end is written."""

    def __init__(self, text: io.TextIOBase, *, growing: bool) -> None:
        self._text = text
        self.growing = growing
        self.number = 0
        """Of the line that was handed on last."""
        self.row: list[str] = []
        """The lines that were handed on since `begin`."""
        self.ended = False
        self._again: deque[str] = deque()
        self._known = 0
        """How many lines were read of the text."""
        self.too_long: deque[Unreadable] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self.number += 1
        self.row.append(line)
        return line

    def begin(self) -> int:
        """A row begins with the next line; its number."""
        self.row = []
        return self.number + 1

    def back(self, lines: Sequence[str]) -> None:
        """Hand these on once more: the last ones that were."""
        self._again.extendleft(reversed(lines))
        self.number -= len(lines)
        self.ended = False

    def _read(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        ended = line.endswith(ENDS)
        if not line or (self.growing and not ended and len(line) < LONGEST_LINE):
            self.ended = True
            raise StopIteration
        self._known += 1
        if ended or len(line) < LONGEST_LINE:
            return line
        while (rest := self._text.readline(LONGEST_LINE)) and not rest.endswith(ENDS):
            pass
        self.too_long.append(Unreadable(self._known, say("too long"), line[:SAMPLE]))
        return ""


def cut_rows(lines: Lines, delimiter: str) -> Iterator[Cut | Unreadable]:
    """Every row. Where a quote is opened and not closed as it should be, the line with it is told, and the next line
    begins a row: else the rest of the table would be one cell."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = lines.begin()
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            if lines.ended and lines.growing and len(lines.row) <= STILL_WRITTEN:
                break
            yield from _broken(lines, number, delimiter)
        else:
            yield from _too_long(lines)
            yield Cut(number, row)
    yield from _too_long(lines)


def _broken(lines: Lines, number: int, delimiter: str) -> Iterator[Cut | Unreadable]:
    """A row against the rules. On one line only its quotes are odd, and it is read as it stands."""
    first, *rest = lines.row
    if not rest and not lines.ended:
        yield Cut(number, next(csv.reader([first], delimiter=delimiter)))
        return
    lines.back(rest)
    yield Unreadable(number, say("a quote that is never closed"), first.strip()[:SAMPLE])


def _too_long(lines: Lines) -> Iterator[Unreadable]:
    while lines.too_long and lines.too_long[0].number <= lines.number:
        yield lines.too_long.popleft()
