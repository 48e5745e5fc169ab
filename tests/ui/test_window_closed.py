"""Whoever closes the window, or ends the program from outside, ends it: nothing goes on in the dark."""

import errno
import io
import os
import pty
import re
import select
import signal
import sys
import time
from pathlib import Path

import pytest
from textual.drivers._writer_thread import WriterThread

from tests.benchmarks.pty import on_terminal
from warroom.services.breath import Keys
from warroom.ui.terminal import ConsoleTerminal

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGTERM])
def test_who_closes_the_window_in_a_drill_leaves_the_console_behind_it_too(ending: int, tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "warroom", "--as", "QQ", "--data-dir", str(tmp_path / "room")]
    with on_terminal(command, env) as terminal:
        terminal.until(re.compile(rb"No open crisis").search)
        terminal.press(b"s")
        terminal.until(re.compile(rb"DRILL").search)
        terminal.process.send_signal(ending)
        terminal.drain(30)  # until nothing is there that could write
        assert terminal.process.wait(30) == 130


def ended(pid: int, seconds: float) -> int | None:
    """The exit code of a program that ends within some time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


@pytest.mark.parametrize("after", [0.0, 0.2, 0.5, 1.0])
def test_a_window_that_is_closed_while_the_console_starts_leaves_nothing_running(after: float, tmp_path: Path) -> None:
    pid, fd = pty.fork()
    if pid == 0:
        env = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TERM": "xterm", "WARROOM_AS": "QQ"}
        os.execve(sys.executable, [sys.executable, "-m", "warroom", "demo"], env)
    os.read(fd, 1)  # something stands on the terminal
    end = time.monotonic() + after
    while (left := end - time.monotonic()) > 0:
        if select.select([fd], [], [], left)[0]:
            os.read(fd, 1 << 16)
    os.close(fd)
    assert ended(pid, 60) is not None


class Gone(io.StringIO):
    """A terminal whose window was closed."""

    def write(self, text: str) -> int:
        raise OSError(errno.EIO, "Input/output error")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_nothing_waits_for_a_terminal_that_is_gone() -> None:
    driver = ConsoleTerminal.__new__(ConsoleTerminal)
    driver._keys = Keys()
    driver._writer_thread = WriterThread(Gone())
    driver._writer_thread.start()
    driver.write("one")
    driver._writer_thread.join(30)
    for _ in range(100):  # Textual's queue holds thirty
        driver.write("more")
    driver.close()
