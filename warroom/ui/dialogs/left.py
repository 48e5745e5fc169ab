"""What was typed in a dialog that was left with Esc: it is there again where the same is asked. Esc never destroys."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from warroom.ui.widgets.choices import Choice, ChoiceSet, TickList

Keeps = Literal["nothing", "words", "choices"]
"""What a dialog keeps: nothing; the words, for a review begins anew; or the words and everything that was chosen."""
Filled = str | int | frozenset[str]
"""What stands in a field: words, the place of a choice, what is ticked of a list."""


class Left(NamedTuple):
    """What was left in a dialog, by field; its title."""

    title: str
    fields: Mapping[str, Filled]

    @property
    def words(self) -> list[str]:
        """What somebody typed: "Note: the plant has called"."""
        return [f"{self.title}: {filled}" for filled in self.fields.values() if isinstance(filled, str)]


def filled_in(dialog: Screen[Any], keeps: Keeps) -> dict[str, Filled]:
    """What stands in each field."""
    found: dict[str, Filled] = {}
    for field in dialog.query(Widget) if keeps != "nothing" else ():
        if field.id is not None and (filled := _held(field, keeps == "choices")) is not None:
            found[field.id] = filled
    return found


def _held(field: Widget, choices: bool) -> Filled | None:
    match field:
        case Input():
            return field.value if field.value.strip() else ""
        case TextArea():
            return field.text
        case ChoiceSet() if choices:
            return field.pressed_index
        case TickList() if choices:
            return frozenset(map(str, field.selected))
    return None


def changed(began: Mapping[str, Filled], now: Mapping[str, Filled]) -> dict[str, Filled]:
    """What somebody wrote or chose. What was proposed and left as it was is proposed anew; an empty line is nothing."""
    return {id: filled for id, filled in now.items() if filled != began.get(id) and filled not in ("", -1)}


def fill_in(dialog: Screen[Any], left: Mapping[str, Filled]) -> bool:
    """Put it there again, as far as there is still a place for it. Says whether a choice is among it."""
    chose = False
    for id, filled in left.items():
        match next(iter(dialog.query(f"#{id}")), None), filled:
            case Input() as line, str(text):
                line.value, line.cursor_position = text, len(text)
            case TextArea() as area, str(text):
                area.load_text(text)
            case ChoiceSet() as choices, int(place) if place < len(choices.query(Choice)):
                choices.query(Choice)[place].value, chose = True, True
            case TickList() as ticks, frozenset() as ticked:
                for place in range(ticks.option_count):
                    option = ticks.get_option_at_index(place)
                    (ticks.select if str(option.value) in ticked else ticks.deselect)(option)
                chose = True
    return chose
