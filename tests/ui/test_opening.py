"""What the console tells above its views stands on the terminal before there is a console."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.benchmarks.pty import on_terminal
from tests.benchmarks.screen import console_command, room_of
from tests.services.rooms import Hands, room_in
from tests.services.test_intake import Spoken, intake_of
from tests.ui.consoles import demo_console
from warroom.domain.sentence import Refused, say
from warroom.services.desk import Desk, DeskSettings
from warroom.services.room import MENTIONS
from warroom.services.words import Words
from warroom.store.windows import MentionReader
from warroom.ui import frame
from warroom.ui.line import Part
from warroom.ui.opening import ENTERED, LEFT, opening, picture
from warroom.ui.session import LiveSession

WORDS = Words("en", ZoneInfo("Europe/Madrid"))
CODES = re.compile(r"\x1b\[[0-9;]*m")


def rows(painted: str) -> list[str]:
    return CODES.sub("", painted).split("\r\n")


async def test_what_stands_first_is_what_the_console_shows_a_moment_later(tmp_path: Path) -> None:
    async with demo_console(tmp_path, size=(100, 30)) as console:
        scene = console.screen.scene()
        identity, clocks, tabs = rows(picture(scene, 100, 30))
        assert identity == "".join(part.text for part in frame.identity(scene, 100))
        assert clocks == "".join(part.text for part in frame.clocks(scene, 100))
        assert tabs == "".join(part.text for part in frame.tabs(scene, "", 100))
        assert "4471" in identity
        assert "Holding statement in" in clocks
        assert not rows(picture(scene, 59, 30))[1:], "where the console would say that it has no room, that is said"


def test_what_failed_can_be_read_where_the_person_was_before() -> None:
    out = io.StringIO()

    def fail() -> None:
        with opening(WORDS, out=out):
            assert out.getvalue().startswith(ENTERED)
            raise Refused(say("No."))

    with pytest.raises(Refused):
        fail()
    assert out.getvalue().endswith(LEFT)


async def test_what_went_well_is_left_to_the_console(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        out = io.StringIO()
        with opening(WORDS, ascii=True, out=out) as show:
            assert "Opening" in out.getvalue(), "before anything is known"
            show(console.screen.scene())
        assert "lot 4471" in out.getvalue()
        assert LEFT not in out.getvalue()
        assert out.getvalue().isascii()


async def test_no_name_changes_more_than_its_own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        known = console.screen.scene()
        painted = picture(replace(known, organisation="Nord\x1b]0;OWNED\x07avena\n\x1b[2J\u202e"), 100, 30)
        assert "Nord" in rows(painted)[0]
        evil = Part("a\x1b[2Jb\nc\x9b31m\u202e")
        monkeypatch.setattr(frame, "clocks", lambda known, width: [evil])
        painted += picture(known, 100, 30)
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\n"} & set(CODES.sub("", painted).replace("\r\n", ""))


async def test_nobody_else_is_said_to_listen_before_that_is_known(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        intake = intake_of(room, clock, Spoken("a"))
        with MentionReader(tmp_path / MENTIONS) as reader:
            session = LiveSession(room, intake, reader, WORDS, Desk(DeskSettings()), organisation="Nordavena")
            assert "connecting" in rows(picture(session.scene(), 100, 30))[0]
            intake.runs_here = False
            assert "another console listens" in rows(picture(session.scene(), 100, 30))[0]


def test_it_waits_for_no_screen(tmp_path: Path) -> None:
    """On a real terminal: the crisis is told before Textual asks the terminal for anything."""
    room_of(10, tmp_path)
    with on_terminal(console_command(tmp_path), {"HOME": str(tmp_path)}) as terminal:
        terminal.until(lambda painted: b"First word in" in painted)
        first = terminal.painted
        assert b"Reactions to oat drink" in first
        assert "Opening…".encode() in first
        assert b"\x1b[?1000h" not in first
        terminal.until(lambda painted: b"f000000009" in painted)
        assert b"\x1b[?1000h" in terminal.painted


def test_what_it_is_made_of_knows_no_toolkit() -> None:
    asked = "import sys, warroom.__main__, warroom.verbs.screens; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_console_whose_complaints_are_kept_in_a_file_is_drawn_all_the_same(tmp_path: Path) -> None:
    kept = tmp_path / "complaints"
    command = ["sh", "-c", f'exec {sys.executable} -m warroom --as QQ --data-dir "{tmp_path}/room" 2> {kept}']
    with on_terminal(command, {"HOME": str(tmp_path), "LANG": "C.UTF-8"}) as terminal:
        terminal.until(lambda painted: b"No open crisis" in painted)
        terminal.press(b"q")
        terminal.until(lambda painted: LEFT.encode()[-8:] in painted)
    assert b"\x1b" not in kept.read_bytes()
