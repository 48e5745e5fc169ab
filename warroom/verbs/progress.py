"""Work that takes longer than a breath shows how far it is: on standard error, on a terminal only, and only after a
second, so that what is quick stays quiet."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any

from warroom.verbs.setting import Setting

AFTER = 1.0
"""Seconds of work before anything is shown."""


class Bar:
    """How far the work is. It may be told at any time, shown or not."""

    def __init__(self, setting: Setting, told: str, total: int | None) -> None:
        self._setting, self._told, self._total = setting, told, total
        self._done = 0
        self._lock = Lock()
        self._shown: Any = None
        self._task: Any = None
        self._over = False

    def tell(self, done: int, told: str | None = None) -> None:
        """So much is done, in the unit of the total."""
        with self._lock:
            self._done, self._told = done, told or self._told
            if self._shown is not None:
                self._shown.update(self._task, completed=self._done, description=self._told)

    def show(self) -> None:
        """Called by the timer, in its own thread."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._over:
                return
            moving = [BarColumn()] if self._setting.motion and not self._setting.ascii else []
            console = Console(stderr=True, no_color=not self._setting.color, markup=False, highlight=False)
            text = TextColumn("{task.description}", markup=False)
            self._shown = Progress(text, *moving, TimeElapsedColumn(), console=console, transient=True)
            self._task = self._shown.add_task(self._told, total=self._total, completed=self._done)
            self._shown.start()

    def end(self) -> None:
        with self._lock:
            self._over = True
            if self._shown is not None:
                self._shown.stop()


@contextmanager
def working(setting: Setting, told: str, total: int | None = None) -> Iterator[Bar]:
    """Work under a bar. Without a total it only says that something goes on."""
    bar = Bar(setting, told, total)
    timer = Timer(AFTER, bar.show)
    timer.daemon = True
    if sys.stderr.isatty() and not setting.quiet:
        timer.start()
    try:
        yield bar
    finally:
        timer.cancel()
        bar.end()
