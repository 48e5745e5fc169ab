"""The terminal tells when a person did something and when something was painted."""

import os
import threading
import time
import tty
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from warroom.services.breath import Keys
from warroom.ui.terminal import ConsoleTerminal


def test_what_a_person_does_goes_first_until_something_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Message] = []
    monkeypatch.setattr(LinuxDriver, "process_message", lambda _, message: sent.append(message))
    driver = ConsoleTerminal.__new__(ConsoleTerminal)
    driver._keys, driver._writer_thread = Keys(), None
    monkeypatch.setattr(LinuxDriver, "write", lambda _, data: None)
    over = events.MouseMove(None, 1, 1, 0, 0, 0, False, False, False)
    driver.process_message(over)
    assert not driver._keys.under_way, "what the mouse passes over is not waited for"
    pressed = events.Key("down", None)
    driver.process_message(pressed)
    assert driver._keys.under_way
    driver.write("a frame")
    assert not driver._keys.under_way
    assert sent == [over, pressed], "and Textual gets all of it"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ConsoleTerminal, int, list[Message]]]:
    """A terminal whose thread waits for keys, where they are typed, and what it hands on."""
    sent: list[Message] = []
    monkeypatch.setattr(LinuxDriver, "process_message", lambda _, message: sent.append(message))
    far, near = os.openpty()
    tty.setraw(near)
    driver = ConsoleTerminal.__new__(ConsoleTerminal)
    driver._keys, driver.fileno, driver.exit_event = Keys(), near, threading.Event()
    driver._ending, driver._end = os.pipe()
    driver._mouse = False
    driver._key_thread = threading.Thread(target=driver.run_input_thread, name="keys")
    driver._key_thread.start()
    yield driver, far, sent
    driver.disable_input()
    for end in (far, near, driver._ending, driver._end):
        os.close(end)


def until(seen: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.005)


def keys(sent: Sequence[Message]) -> list[str]:
    return [message.key for message in sent if isinstance(message, events.Key)]


Typed = tuple[ConsoleTerminal, int, list[Message]]


def test_keys_come_as_they_are_typed_in_whatever_pieces(typed: Typed) -> None:
    _, far, sent = typed
    for piece in (b"a", b"\x1b[", b"B", "ñ".encode()[:1], "ñ".encode()[1:], b"\xff\x0d"):
        os.write(far, piece)
        time.sleep(0.02)
    until(lambda: "enter" in keys(sent))
    assert keys(sent)[:3] == ["a", "down", "ñ"]


def test_escape_alone_is_a_key_soon_after(typed: Typed) -> None:
    _, far, sent = typed
    os.write(far, b"\x1b")
    until(lambda: keys(sent) == ["escape"])


def test_nothing_wakes_while_nothing_is_typed(typed: Typed) -> None:
    driver, far, sent = typed
    os.write(far, b"a")
    until(lambda: keys(sent))
    assert driver._key_thread is not None
    status = Path(f"/proc/self/task/{driver._key_thread.native_id}/status")

    def woken() -> int:
        return int(status.read_text().partition("\nvoluntary_ctxt_switches:")[2].split()[0])

    time.sleep(0.5)  # the while in which the rest of a code may come
    before = woken()
    time.sleep(1.0)
    assert woken() == before


def test_who_leaves_does_not_wait_for_a_key(typed: Typed) -> None:
    driver, _, _ = typed
    thread = driver._key_thread
    assert thread is not None
    driver.disable_input()
    assert not thread.is_alive()
