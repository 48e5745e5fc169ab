"""How a key is printed: its name on a keyboard."""

from warroom.domain.sentence import say
from warroom.services.words import Words

NAMED = {
    "space": say("Space"),
    "enter": say("Enter"),
    "backspace": say("Backspace"),
    "delete": say("Del"),
    "home": say("Home"),
    "end": say("End"),
    "pageup": say("PgUp"),
    "pagedown": say("PgDn"),
}
PRINTED = {
    "escape": "Esc",
    "tab": "Tab",
    "insert": "Ins",
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "minus": "-",
    "plus": "+",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def key_name(key: str, words: Words) -> str:
    """A key as it is printed on a keyboard."""
    first = key if len(key) == 1 else key.split(",")[0].strip()
    if first in NAMED:
        return words.say(NAMED[first])
    if first in PRINTED:
        return PRINTED[first]
    if "+" in first and len(first) > 1:
        names = (words.t("Shift") if part == "shift" else key_name(part, words) for part in first.split("+"))
        return "+".join(name[:1].upper() + name[1:] for name in names)
    if first.startswith("f") and first[1:].isdecimal():
        return first.upper()
    return _sign(first) if len(first) > 1 else first


def _sign(key: str) -> str:
    """A sign of the keyboard, which Textual calls by its name in Unicode."""
    from textual.keys import format_key  # verbs without a screen know scenes, and not the toolkit

    return format_key(key)
