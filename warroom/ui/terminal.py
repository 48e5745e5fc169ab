"""The terminal that Textual writes to, which may be gone before the program is, and on which a key goes first."""

import os
from codecs import getincrementaldecoder
from collections.abc import Iterable
from selectors import EVENT_READ, SelectSelector
from time import monotonic
from typing import TYPE_CHECKING

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from warroom.ui.opening import canvas

if TYPE_CHECKING:
    from warroom.ui.app import WarroomApp

ANSWERED = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
"""What a person does and waits to see answered. What the mouse passes over is not among it."""

TAKEN = 4096
"""Bytes that are read at once."""
UNFINISHED = constants.ESCAPE_DELAY
"""Seconds after which what began like the code of a key was the Esc key."""


class ConsoleTerminal(LinuxDriver):
    """It tells when a person did something and when something was painted. And what is written to a terminal that is
    gone is dropped: Textual's thread for it ends with the first such write, and then everything else waits for that
    thread for ever."""

    def __init__(
        self, app: "WarroomApp", *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = canvas()
        self._keys = app.session.sorting.keys
        self._ending, self._end = os.pipe()
        """What wakes the thread that waits for keys when there will be no more."""

    def run_input_thread(self) -> None:
        """Hand on what is typed. Textual looks for it ten times a second, for hours; here nothing wakes before it
        comes, but for a moment after it, since the code of a key may lack its end."""
        parser = XTermParser()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with SelectSelector() as waiting:
            waiting.register(self.fileno, EVENT_READ)
            waiting.register(self._ending, EVENT_READ)
            look_until = 0.0
            while True:
                pause = UNFINISHED / 4 if monotonic() < look_until else None
                came = {key.fd for key, _ in waiting.select(pause)}
                if self._ending in came:
                    os.read(self._ending, TAKEN)
                    return
                if self.fileno in came:
                    if not (taken := os.read(self.fileno, TAKEN)):
                        return
                    look_until = monotonic() + 2 * UNFINISHED
                    if text := decode(taken):  # and not the first half of a letter
                        self._hand_on(parser.feed(text))
                self._hand_on(parser.tick())

    def _hand_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def disable_input(self) -> None:
        if self._key_thread is not None and self._key_thread.is_alive():
            os.write(self._end, b".")
        super().disable_input()

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
