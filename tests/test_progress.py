"""Work that takes longer than a breath shows how far it is: on a terminal only, on standard error only."""

import io
import sys
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from warroom.verbs import progress
from warroom.verbs.flags import Flags
from warroom.verbs.progress import working
from warroom.verbs.setting import Setting, settle


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def setting(**flags: bool) -> Setting:
    return settle(Flags(**flags), {})  # type: ignore[arg-type]


def shown(monkeypatch: pytest.MonkeyPatch, where: io.StringIO, of: Setting, *, after: float, lasts: float) -> str:
    monkeypatch.setattr(progress, "AFTER", after)
    monkeypatch.setattr(sys, "stderr", where)
    monkeypatch.setenv("TERM", "xterm-256color")
    with working(of, "Reading…", 10) as bar:
        bar.tell(4, "4 read…")
        end = time.monotonic() + lasts
        while time.monotonic() < end and not where.getvalue():
            time.sleep(0.02)
    return where.getvalue()


def test_what_takes_long_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    told = shown(monkeypatch, Terminal(), setting(), after=0.01, lasts=PATIENCE)
    assert "4 read…" in told
    assert "━" in told


def test_without_motion_or_in_plain_characters_there_is_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    for of in (setting(motion=False), setting(ascii=True)):
        told = shown(monkeypatch, Terminal(), of, after=0.01, lasts=PATIENCE)
        assert "4 read…" in told
        assert "━" not in told


def test_a_file_a_quick_job_and_whoever_wants_quiet_get_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO(), setting(), after=0.01, lasts=0.3) == ""
    assert shown(monkeypatch, Terminal(), setting(), after=60, lasts=0.1) == ""
    assert shown(monkeypatch, Terminal(), setting(quiet=True), after=0.01, lasts=0.3) == ""


def test_a_fault_of_the_work_goes_through(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), working(setting(), "Reading…"):
        raise OSError("full")
