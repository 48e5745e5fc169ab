"""The terminal that Textual writes to, which may be gone before the program is, and on which a key goes first."""

from typing import TYPE_CHECKING

from textual import events
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

if TYPE_CHECKING:
    from warroom.ui.app import WarroomApp

ANSWERED = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
"""What a person does and waits to see answered. What the mouse passes over is not among it."""


class ConsoleTerminal(LinuxDriver):
    """It tells when a person did something and when something was painted. And what is written to a terminal that is
    gone is dropped: Textual's thread for it ends with the first such write, and then everything else waits for that
    thread for ever."""

    def __init__(
        self, app: "WarroomApp", *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._keys = app.session.sorting.keys

    def process_message(self, message: Message) -> None:
        if isinstance(message, ANSWERED):
            self._keys.pressed()
        super().process_message(message)

    def write(self, data: str) -> None:
        self._keys.painted()
        if self._writer_thread is None or self._writer_thread.is_alive():
            super().write(data)

    def close(self) -> None:
        if self._writer_thread is None or self._writer_thread.is_alive():
            super().close()


def ours(driver: type[Driver]) -> type[Driver]:
    """The driver that Textual would use, or ours in its place."""
    return ConsoleTerminal if driver is LinuxDriver else driver
