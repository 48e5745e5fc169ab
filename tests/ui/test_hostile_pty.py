"""On a real terminal: a mention written against us changes nothing but its own row."""

import contextlib
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyte

from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
EVIL = [
    "[/nope] [@click=app.quit]press[/] plain",
    "\x1b]0;OWNED\x07title \x1b]52;c;T1dORUQ=\x07clip",
    "\x1b[2J\x1b[H\x1b[31mred",
    "bidi \u202eabc\u2066def",
    "line\nbreak\ttab\u2028sep\rreturn",
    "wide 👨‍👩‍👧‍👦 漢字 z\u0335\u0336\u0337\u0338\u0335\u0336\u0337\u0338\u0335\u0336\u0337\u0338",
    "\x9b31mC1 \x90dcs\x9c",
]


def screen_of(folder: Path, lines: list[dict[str, str]]) -> tuple[list[str], bytes]:
    """Import the mentions, open the console on a pty of 100×30, press 2; what stands there, and every byte sent."""
    env = {
        **os.environ,
        "WARROOM_DATA_DIR": str(folder),
        "TERM": "xterm-256color",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }
    for name in ("COLUMNS", "LINES"):
        env.pop(name, None)  # pytest sets them; a program believes them rather than the terminal
    data = "".join(json.dumps(line) + "\n" for line in lines)
    subprocess.run(
        [sys.executable, "-m", "warroom", "import", "-"], input=data.encode(), env=env, cwd=folder.parent, check=True,
        capture_output=True,
    )  # fmt: skip
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(folder.parent)
        os.execve(sys.executable, [sys.executable, "-m", "warroom"], env)
    import fcntl
    import struct
    import termios

    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    screen = pyte.Screen(100, 30)
    stream = pyte.ByteStream(screen)
    sent = b""

    def read(words: str) -> None:
        read_until(lambda text: words in text)

    def read_until(holds: Callable[[str], bool]) -> None:
        nonlocal sent
        end = time.monotonic() + PATIENCE
        while not holds("\n".join(screen.display)):
            assert time.monotonic() < end, "\n".join(screen.display)
            if select.select([fd], [], [], 0.1)[0]:
                with contextlib.suppress(OSError):
                    chunk = os.read(fd, 65_536)
                    sent += chunk
                    stream.feed(re.sub(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]+", b"", chunk))

    try:
        read("No open crisis")
        os.write(fd, b"2")
        read("newest first")
        read_until(lambda text: len(re.findall(r" P[1-4] ", text)) >= 20)
        os.write(fd, b"q")
        read_until(lambda _: b"\x1b[?1049l" in sent)
    finally:
        with contextlib.suppress(OSError):
            os.close(fd)
        with contextlib.suppress(ChildProcessError, ProcessLookupError):
            os.kill(pid, 9)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)
    return list(screen.display), sent


def mention(n: int, text: str) -> dict[str, str]:
    return {
        "native_id": str(n), "source": "x", "text": text, "author_handle": f"a{n}.example",
        "created_at": "2026-03-10T12:00:00Z",
    }  # fmt: skip


def test_a_hostile_mention_changes_nothing_but_its_own_row(tmp_path: Path) -> None:
    calm = [mention(n, f"ordinary words number {n}") for n in range(20)]
    evil = [mention(n, EVIL[n - 6] if 6 <= n < 6 + len(EVIL) else f"ordinary words number {n}") for n in range(20)]
    before, _ = screen_of(tmp_path / "calm", calm)
    after, sent = screen_of(tmp_path / "evil", evil)
    rows = [line for line in after if "@a" in line]
    assert len(rows) == 20
    changed = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    assert all(re.search(r"@a(6|7|8|9|10|11|12)\.", two) for _, two in changed if "@a" in two), changed
    assert any("[/nope]" in row for row in rows)
    assert b"OWNED" not in re.findall(rb"\x1b\]0;([^\x07\x1b]*)", sent)
    assert b"\x1b]52" not in sent
    assert "\u202e".encode() not in sent
    assert b"\xc2\x9b" not in sent
    # A wide sign is one character in two cells, and marks are none: only there may the count of characters differ.
    ends = {len(row.rstrip()) for row in rows if "wide" not in row}
    assert len(ends) == 1, ends
