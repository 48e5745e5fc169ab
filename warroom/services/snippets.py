"""The texts that a reply may begin with, by outcome of the guide, language and address, from data/replies.*.txt."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from warroom.domain.events import Outcome
from warroom.domain.voice import Address

HOME = Path(__file__).resolve().parent.parent / "data"

_HEAD = re.compile(r"\[([a-z-]+)(?: (formal|informal))?\]")


def snippets(outcome: Outcome, lang: str, address: Address = "") -> tuple[str, ...]:
    """The texts of an outcome; where the language has none of its own for an address, those for everybody."""
    texts = load_snippets(lang)
    return texts.get((outcome, address)) or texts.get((outcome, ""), ())


def filled(text: str, *, author: str, organisation: str) -> str:
    """A text with the names in it; where one is not known its place closes up."""
    text = text.replace(", {organisation}", f", {organisation}" if organisation else "")
    return text.replace("{author}", author).replace("{organisation}", organisation).strip()


@cache
def load_snippets(lang: str) -> Mapping[tuple[Outcome, str], tuple[str, ...]]:
    """Every text of a language, by outcome and address. A language without a file has none."""
    path = HOME / f"replies.{lang}.txt"
    return read_snippets(path.read_text(encoding="utf-8")) if path.exists() else {}


def read_snippets(text: str) -> dict[tuple[Outcome, str], tuple[str, ...]]:
    """`[outcome]` or `[outcome formal]` on a line, below it the texts, blank lines between them; `//` is a remark."""
    outcomes: dict[str, Outcome] = {name: name for name in get_args(Outcome)}
    found: dict[tuple[Outcome, str], tuple[str, ...]] = {}
    place: tuple[Outcome, str] | None = None
    lines = [line for line in text.splitlines() if not line.startswith("//")]
    for block in re.split(r"\n\s*\n", "\n".join(lines)):
        first, _, rest = block.strip().partition("\n")
        head = _HEAD.fullmatch(first.strip())
        if head is not None and head[1] in outcomes:
            place, block = (outcomes[head[1]], head[2] or ""), rest
        if place is not None and block.strip():
            found[place] = (*found.get(place, ()), block.strip())
    return found
