"""The screen's bindings, made from the table of actions, and how a key is printed.

A widget says which action of its own an id runs (`bind`); the key and its name come from the table, so that key row,
help, palette and the config's `keys:` cannot tell different stories.
"""

from collections.abc import Iterator, Mapping

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode

from warroom.domain.sentence import say
from warroom.services.keymap import written
from warroom.services.keytable import ACTIONS, Action
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


def bind(id: str, action: str, *, priority: bool = False) -> Binding:
    """The binding of an action of the table."""
    known = ACTIONS[id]
    return Binding(known.key, action, known.name.id, show=bool(known.rank), priority=priority, id=id)


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
    return _sign(first)


def _sign(key: str) -> str:
    """Textual calls a sign by its name in Unicode."""
    from textual.keys import format_key

    return format_key(key) if len(key) > 1 else key


def bindings_of(node: type[DOMNode]) -> Iterator[Binding]:
    """What a class and those it comes from bind."""
    for kind in node.__mro__:
        for binding in kind.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding):
                yield binding


def runs(node: DOMNode, id: str) -> str | None:
    """What an action of the table runs on a node; None where the node does not know it."""
    return next((binding.action for binding in bindings_of(type(node)) if binding.id == id), None)


def keymap(keys: Mapping[str, str]) -> dict[str, str]:
    """Keys of one's own as Textual takes them: id → key."""
    return {id: written(key) for id, key in keys.items() if ACTIONS[id].key}


def known(id: str | None) -> Action | None:
    return ACTIONS.get(id or "")


def is_ours(active: ActiveBinding) -> bool:
    """Whether a class of ours, and not Textual's, says what this key does."""
    own = [kind for kind in type(active.node).__mro__ if kind.__module__.startswith("warroom.")]
    said = [one for kind in own for one in kind.__dict__.get("BINDINGS", ()) if isinstance(one, Binding)]
    return any(one.action == active.binding.action for one in said)
