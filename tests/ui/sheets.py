"""Style sheets that were parsed once in this process are not parsed again for the next application.

Textual keeps what it parsed for one application; a suite opens some hundreds of them with the same few sheets. What a
sheet is parsed to depends on its text and on the variables of the theme, and nobody changes it afterwards.
"""

from collections.abc import Hashable
from typing import Any

from textual.css.stylesheet import Stylesheet

_PARSE = Stylesheet._parse_rules
_parsed: dict[Hashable, list[Any]] = {}


def parse_once(sheet: Stylesheet, css: str, read_from: tuple[str, str], *rest: Any, **more: Any) -> list[Any]:
    """`Stylesheet._parse_rules`, with a memory."""
    key = (frozenset(sheet._variables.items()), css, read_from, rest, frozenset(more.items()))
    if key not in _parsed:
        _parsed[key] = _PARSE(sheet, css, read_from, *rest, **more)
    return _parsed[key]
