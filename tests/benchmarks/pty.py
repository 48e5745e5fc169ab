"""A program on a real pseudo-terminal: start it, press keys, read what it paints, weigh it."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

SIZE = (36, 120)
"""Lines and columns."""
TICK = os.sysconf("SC_CLK_TCK")


class Terminal:
    """The far end of a pseudo-terminal. `painted` is everything the program has written since the last `forget`."""

    def __init__(self, end: int, process: subprocess.Popen[bytes]) -> None:
        self.painted = b""
        self.written = 0
        self.process = process
        self._end = end

    def read(self, seconds: float) -> bool:
        """Take what comes within some time; False when the program is gone."""
        if not select.select([self._end], [], [], seconds)[0]:
            return True
        try:
            new = os.read(self._end, 1 << 16)
        except OSError:
            return False
        self.painted += new
        self.written += len(new)
        return bool(new)

    def until(self, seen: Callable[[bytes], object], seconds: float = 60.0) -> float:
        """The moment (`time.perf_counter`) at which something is among what was painted."""
        end = time.perf_counter() + seconds
        while not seen(self.painted):
            if time.perf_counter() > end or not self.read(0.5):
                raise TimeoutError(f"not painted: {self.painted[-2000:]!r}")
        return time.perf_counter()

    def settle(self, quiet: float, most: float = 30.0) -> None:
        """Read until nothing is painted for a while."""
        end = time.perf_counter() + most
        while time.perf_counter() < end and select.select([self._end], [], [], quiet)[0]:
            if not self.read(0):
                return

    def drain(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if not self.read(left):
                return

    def wait_for(self, path: Path, seconds: float) -> None:
        """Read until the program has made a file."""
        end = time.perf_counter() + seconds
        while not path.exists():
            if time.perf_counter() > end or not self.read(0.5):
                raise TimeoutError(f"{path.name} was not written: {self.painted[-2000:]!r}")

    def press(self, keys: bytes) -> float:
        """Forget what was painted and press; the moment of it."""
        while select.select([self._end], [], [], 0)[0] and self.read(0):
            pass
        self.painted = b""
        start = time.perf_counter()
        os.write(self._end, keys)
        return start

    def cpu(self) -> float:
        """Seconds of CPU that the program has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self, what: str = "VmHWM") -> float:
        """MiB at the peak, or `VmRSS` now."""
        found = re.search(rf"{what}:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        assert found is not None
        return int(found[1]) / 1024


@contextmanager
def on_terminal(command: list[str], env: Mapping[str, str] | None = None) -> Iterator[Terminal]:
    """A program of its own session with a pseudo-terminal as its controlling terminal; killed at the end."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
    whole = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
    process = subprocess.Popen(
        ["setsid", "--ctty", *command], stdin=theirs, stdout=theirs, stderr=theirs, env=whole, close_fds=True
    )
    os.close(theirs)
    try:
        yield Terminal(ours, process)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(ours)
