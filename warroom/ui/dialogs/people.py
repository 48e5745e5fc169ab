"""People who are named in a question: a click on one of them is the answer."""

from collections.abc import Mapping

from warroom.domain.text import one_line
from warroom.ui.line import Part

PLACE = "{who}"
"""Stands for the people while the sentence around them is translated."""


def asked(question: str, people: Mapping[str, str], style: str = "") -> list[Part]:
    """A question with the people (initials → as they are shown) in their place in it."""
    before, _, after = question.partition(PLACE)
    named: list[Part] = []
    for initials, shown in people.items():
        named += [Part(", ", style), Part(one_line(shown), "$primary", f"screen.fill({initials!r})")]
    return [Part(before, style), *named[1:], Part(after, style)]
