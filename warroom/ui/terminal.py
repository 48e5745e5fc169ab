"""The terminal that Textual writes to, which may be gone before the program is."""

from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver


class MortalTerminal(LinuxDriver):
    """What is written to a terminal that is gone is dropped. Textual's thread for it ends with the first such write,
    and then everything else waits for that thread for ever."""

    def write(self, data: str) -> None:
        if self._writer_thread is None or self._writer_thread.is_alive():
            super().write(data)

    def close(self) -> None:
        if self._writer_thread is None or self._writer_thread.is_alive():
            super().close()


def mortal(driver: type[Driver]) -> type[Driver]:
    """The driver that Textual would use, or ours in its place."""
    return MortalTerminal if driver is LinuxDriver else driver
