"""The six views as pictures, word for word and colour for colour; what differs is told as lines of text.

Where a view is meant to look otherwise: `python -m tests.pictures --kept`, look at them, and keep them with the change.
Textual's own snapshot plugin is not used: it pins one version of another package, opens the application by itself,
where ours stands on an open room, and tells what differs in a page to be opened in a browser.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

import pytest

from tests.pictures import CELL, KEPT, SIX, kept_pictures

STYLE = re.compile(r"\.terminal-(r\d+) \{ (.*?) \}")
WORD = re.compile(r'<text class="terminal-(r\d+)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')
GROUND = re.compile(r'<rect fill="(#\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="2')
LINE = 24.4
"""The height of a line in Textual's pictures."""


class Word(NamedTuple):
    """Where it begins, what it says and how."""

    column: int
    text: str
    style: str


def lines_of(svg: str) -> Mapping[int, list[Word]]:
    """Line → its words and grounds, from the left."""
    styles, lines = dict(STYLE.findall(svg)), dict[int, list[Word]]()
    for kind, x, y, text in WORD.findall(svg):
        word = Word(round(float(x) / CELL), unescape(text), styles[kind])
        lines.setdefault(int(float(y) / LINE), []).append(word)
    grounds = dict[int, list[tuple[int, str]]]()
    for fill, x, y, _ in GROUND.findall(svg):
        grounds.setdefault(int(float(y) / LINE), []).append((round(float(x) / CELL), fill))
    for number, begins in grounds.items():
        lines.setdefault(number, []).extend(runs(sorted(begins)))
    return {number: sorted(words) for number, words in lines.items()}


def runs(begins: list[tuple[int, str]]) -> Iterator[Word]:
    """Where another ground begins; that one of the same colour is painted in two pieces is nothing to see."""
    before = ""
    for column, fill in begins:
        if fill != before:
            yield Word(column, "", f"on {fill}")
        before = fill


def told(words: list[Word]) -> str:
    line = ""
    for word in words:
        line = line.ljust(word.column) + word.text if word.text else line
    return line


def differences(before: str, after: str) -> Iterator[str]:
    """What changed, line by line: the text; where that is the same, its colours."""
    old, new = lines_of(before), lines_of(after)
    for number in sorted({*old, *new}):
        one, other = old.get(number, []), new.get(number, [])
        if told(one) != told(other):
            yield f"{number}\n- {told(one)}\n+ {told(other)}"
        elif one != other:
            gone, come = [word for word in one if word not in other], [word for word in other if word not in one]
            yield f"{number} {told(one).strip()[:40]}\n- {gone}\n+ {come}"


async def test_the_six_views_look_as_they_did() -> None:
    changed: list[str] = []
    async for name, svg in kept_pictures():
        before = (KEPT / f"{name}.svg").read_text(encoding="utf-8")
        changed += [f"{name}, line {line}" for line in differences(before, svg)]
    if changed:
        pytest.fail("\n".join(["python -m tests.pictures --kept makes them anew", *changed[:20]]), pytrace=False)


def test_what_differs_is_told_as_lines_of_text_and_as_colours() -> None:
    before = (KEPT / "plan.svg").read_text(encoding="utf-8")
    assert {path.stem for path in KEPT.iterdir()} == set(SIX)
    assert list(differences(before, before)) == []
    (words,) = differences(before, before.replace(">late</text>", ">soon</text>", 1))
    assert "late" in words.split("\n")[1]
    assert "soon" in words.split("\n")[2]
    others = list(differences(before, before.replace("#fe8a5c", "#123456")))
    assert others
    assert all("#123456" in line.split("\n")[2] for line in others)
