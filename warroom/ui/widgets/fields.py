"""Lines of text: what Enter and Esc do in those of a view, for the row of keys; and by mouse, two clicks in one choose
all that stands there, and a click on its name leads into it."""

from collections.abc import Mapping
from typing import Any

from textual import events
from textual.screen import Screen
from textual.widgets import Input, Label

from warroom.domain.sentence import Sentence


class ViewLine(Input):
    """A line of text in a view. `does` names what keys do there, by key: letters are text, and their hints go."""

    def __init__(self, *, id: str, does: Mapping[str, Sentence]) -> None:
        super().__init__(id=id)
        self.does = does


def clicked(screen: Screen[Any], event: events.Click) -> None:
    """What a click does to a line of text, or to the name above it; on anything else it does nothing."""
    under, _ = screen.get_widget_at(event.screen_x, event.screen_y)
    if isinstance(under, Input) and event.chain == 2:
        under.select_all()
    elif isinstance(under, Label) and under.parent is not None:
        beside = under.parent.children
        after = beside[beside.index(under) + 1 :]
        if after and after[0].focusable:
            after[0].focus()
