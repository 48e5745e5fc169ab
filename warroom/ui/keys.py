"""The screen's bindings, made from the table of actions.

A widget says which action of its own an id runs (`bind`); the key and its name come from the table, so that key row,
help, palette and the config's `keys:` cannot tell different stories.
"""

from collections.abc import Iterator, Mapping

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode

from warroom.services.keymap import written
from warroom.services.keytable import ACTIONS, Action


def bind(id: str, action: str, *, priority: bool = False) -> Binding:
    """The binding of an action of the table."""
    known = ACTIONS[id]
    return Binding(known.key, action, known.name.id, show=bool(known.rank), priority=priority, id=id)


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
