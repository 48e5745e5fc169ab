"""Keys of one's own: what the config's `keys:` says held against the table of actions, and what comes of it.

A key is written as people write it ("R", "?", "Ctrl+S", "Space"). What terminals and browsers keep for themselves,
and what moves about in every list and field, is never given away.
"""

import re
from collections.abc import Iterator, Mapping

from warroom.domain.sentence import Sentence, say

from .keytable import ACTIONS, MAIN, TYPED, VIEWS, Action
from .wanted import meant

TAKEN = frozenset({"ctrl+enter", "ctrl+w", "ctrl+t", "ctrl+n", "f5", "f11", "f12"})
"""Keys that terminals or browsers take for themselves (console design, section 5)."""
FIXED = frozenset(
    {
        *("enter", "escape", "tab", "shift+tab", "backspace", "delete", "f1"),
        *("up", "down", "left", "right", "pageup", "pagedown", "home", "end"),
        *("ctrl+a", "ctrl+home", "ctrl+end"),
        *("ctrl+p", "ctrl+q", "ctrl+c", "ctrl+x", "ctrl+v", "ctrl+z", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"),
    }
)
"""Keys that mean the same everywhere: the way about, the text fields, the palette, the way out."""
ALIASES = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"} | {
    "espacio": "space",
    "intro": "enter",
    "retroceso": "backspace",
    "supr": "delete",
    "inicio": "home",
    "fin": "end",
    "re pág": "pageup",
    "av pág": "pagedown",
    " ": "space",
}
_NAMED = re.compile(r"space|insert|f([1-9]|1\d|2[0-4])|ctrl\+[a-z]|ctrl\+f\d{1,2}|shift\+f\d{1,2}")


def written(key: str) -> str:
    """The one way in which a key is written here: a single sign as it is, a name in small letters."""
    if len(key) == 1 and key != " ":
        return key
    small = re.sub("^may[uú]s", "shift", key.strip().lower().replace("control+", "ctrl+"))
    small = re.sub(r"^(ctrl|shift|alt)\s*[-+ ]\s*", r"\1+", small) if len(small) > 1 else small
    return ALIASES.get(small or key, small)


def key_of(id: str, keys: Mapping[str, str]) -> str:
    """The key of an action: the person's own, else the table's; empty where it has none."""
    return written(keys[id]) if id in keys else ACTIONS[id].key


def judged(keys: Mapping[str, str]) -> Iterator[tuple[str, Sentence]]:
    """What is wrong with keys of one's own, by the action concerned; nothing where all is well."""
    own: dict[str, str] = {}
    for id, key in keys.items():
        if (wrong := _unknown(id) or _unfit(ACTIONS[id], written(key), key)) is not None:
            yield id, wrong
        else:
            own[id] = written(key)
    order = list(own)
    for place, (id, key) in enumerate(own.items()):
        later = order[place + 1 :]  # told there
        for other in ACTIONS.values():
            if other.id == id or other.id in later or not _meet(ACTIONS[id], other):
                continue
            theirs = own.get(other.id, other.key)
            if theirs == key and not (key == ACTIONS[id].key and theirs == other.key):
                yield id, say("'{key}' is already the key of '{action}'.", key=key, action=other.id)


def _unknown(id: str) -> Sentence | None:
    if id in ACTIONS:
        return None
    return meant(id, tuple(ACTIONS), say("there is no action of this name; docs/keys.md lists them."))


def _unfit(action: Action, key: str, as_written: str) -> Sentence | None:
    """Why an action cannot have a key."""
    if action.key in FIXED and action.place != "replay":
        return say("this action keeps its key, '{key}'.", key=action.key)
    if key.startswith("alt+") or key in TAKEN:
        return say("'{key}' never reaches the program: terminals or browsers take it.", key=as_written)
    if key == action.key:
        return None
    if key in FIXED:
        return say("'{key}' means the same everywhere and cannot be given away.", key=as_written)
    letter = len(key) == 1
    if action.place in TYPED and (letter or key == "space"):
        return say("'{key}' is text there: take a key like F9 or Ctrl+G.", key=as_written)
    if not (letter and key.isprintable()) and not _NAMED.fullmatch(key):
        return say("'{key}' is no key. Write one like r, ?, Space, F9 or Ctrl+G.", key=as_written)
    return None


def _meet(one: Action, other: Action) -> bool:
    """Whether the keys of two actions work at the same time."""
    places = {one.place, other.place}
    return len(places) == 1 or (bool(places & MAIN) and places <= MAIN | VIEWS)
