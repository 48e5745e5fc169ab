"""The terminal tells when a person did something and when something was painted."""

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
