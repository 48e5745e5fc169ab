"""The two panels of the statement desk that have keys: the text, and what the checks say of it. What a key means is
decided by the view around them."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from textual import events
from textual.binding import BindingType

from warroom.ui.keys import bind
from warroom.ui.line import Part
from warroom.ui.widgets.draft_area import DraftArea
from warroom.ui.widgets.row_list import RowList


class DeskKeys(Protocol):
    """What the keys of the desk ask for."""

    def act(self, name: str) -> None: ...

    def save(self) -> None: ...

    def leave_editor(self) -> None: ...


class Editor(DraftArea):
    """The text. Letters are text here; Esc leaves it, and then letters act again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("editor.leave", "leave"),
        bind("editor.save", "save"),
        bind("editor.send", "desk('send')"),
        bind("editor.next", "desk('next')"),
    ]

    def __init__(self, desk: DeskKeys, id: str) -> None:
        super().__init__(id=id, soft_wrap=True)
        self._desk = desk
        self.locked = False
        """Whether what was written here was taken away under the hands of who wrote it: the letters that still come
        belong to no other text, and act as no keys, until the editor is left."""

    async def _on_key(self, event: events.Key) -> None:
        if self.locked and event.is_printable:
            event.stop()
            event.prevent_default()

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        lettered = character is not None and character.isprintable()
        return (self.locked and lettered) or super().check_consume_key(key, character)

    def action_leave(self) -> None:
        self._desk.leave_editor()

    def action_save(self) -> None:
        self._desk.save()

    def action_desk(self, act: str) -> None:
        self._desk.act(act)


class CheckList(RowList):
    """The findings. Enter jumps to the words, or says yes, or overrides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("desk.edit", "desk('edit')"),
        bind("desk.send", "desk('send')"),
        bind("desk.approve", "desk('approve')"),
        bind("desk.publish", "desk('publish')"),
        bind("desk.override", "desk('override')"),
        bind("desk.yes", "desk('yes')"),
        bind("desk.settings", "desk('settings')"),
        bind("desk.library", "desk('library')"),
        bind("desk.new", "desk('new')"),
        bind("desk.other", "desk('other')"),
        bind("desk.merge", "desk('merge')"),
        bind("desk.next", "desk('next')"),
        bind("desk.facts", "screen.ledger"),
        bind("desk.links", "desk('links')"),
        bind("desk.correct", "desk('correct')"),
    ]

    def __init__(self, desk: DeskKeys, id: str, *, empty: Callable[[int], Sequence[Part]]) -> None:
        """`empty` is what is said, in so many cells, where nothing is listed."""
        super().__init__(id=id, empty=empty)
        self._desk = desk

    def action_desk(self, act: str) -> None:
        self._desk.act(act)
