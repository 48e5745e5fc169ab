"""Waiting until an application under test rests: whatever was done has had its whole effect, however slow the machine.

Pilot guesses it from how busy the processor is, which is wrong on a machine that others use too. Here it is known: an
application rests when every widget has handled what it was sent, no worker runs, nothing waits to be laid out or
painted, and no timer that was started to follow up at once is still to come. What comes in from outside the screen (a
source, another process) is no part of it: wait for its words with `Console.until`.
"""

import asyncio
import unicodedata
from collections.abc import Iterator
from time import monotonic
from typing import Any

from textual.app import App
from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.timer import Timer

from tests.patience import PATIENCE

AT_ONCE = 0.35
"""Timers up to so many seconds follow up what was done: a check after the last letter, a button that is let go."""
ALWAYS = frozenset({"sorting", "learning"})
"""Workers of a recording that run as long as its screen is there."""
TURNS = 2
"""Turns of the loop for which it has to rest: what one task hands to another is on its way for one."""
ENOUGH = 50
"""Turns after which it is looked who is busy, though somebody could still go on."""


def send(pilot: Pilot[Any], key: str) -> None:
    """Press a key; nobody waits for what it does."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    try:
        char: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    except KeyError:
        char = key if len(key) == 1 else None
    event = Key(name, char)
    event.set_sender(pilot.app)
    assert pilot.app._driver is not None
    pilot.app._driver.send_message(event)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each once the one before has had its effect, as a person does who looks up after the last."""
    for key in keys:
        send(pilot, key)
        await _rest(pilot.app, 0.0)
    await rest(pilot.app)


async def pause(pilot: Pilot[Any], delay: float | None = None) -> None:
    """Wait until the application rests, after some seconds where a test has to see that nothing happens."""
    await rest(pilot.app)
    if delay is not None:
        await asyncio.sleep(delay)
        await rest(pilot.app)


async def rest(app: App[Any], follow: float = AT_ONCE) -> None:
    """Wait until the application rests, or is over. Timers of more than `follow` seconds are not waited for."""
    await _rest(app, follow)
    while app.screen_stack and app.screen._compositor._dirty_regions and not _is_over(app):
        paint(app.screen)
        await _rest(app, follow)


async def _rest(app: App[Any], follow: float) -> None:
    """The same, and what changed is laid out and not yet painted."""
    deadline, turns = monotonic() + PATIENCE, 0
    while turns < TURNS:
        await _others()
        if _is_over(app):
            return
        busy = next(_busy(app, follow), None)
        if busy is app.screen:
            app.screen._on_timer_update()  # do not wait for the next sixtieth of a second
        turns = turns + 1 if busy is None else 0
        if monotonic() > deadline:
            raise AssertionError(f"The application does not come to rest: {busy}")
        await asyncio.sleep(0 if busy is None else 0.02 if isinstance(busy, Timer) else 0.002)


def _is_over(app: App[Any]) -> bool:
    return app._exit or app._exception is not None or not app.is_running


async def _others() -> None:
    """Let everybody go on who can, before looking who is busy, which is dear; but nobody for ever."""
    loop: Any = asyncio.get_running_loop()
    for _ in range(ENOUGH):
        if not loop._ready:
            return
        await asyncio.sleep(0)


paint = Screen._compositor_refresh
"""Paint at once, as the program does."""


def put_off(screen: Screen[Any]) -> None:
    """Remember what is to be painted, for when the application rests: nobody looks at the pictures on the way there."""
    if screen is screen.app.screen:
        screen._dirty_widgets.clear()
    else:
        paint(screen)


def _unpainted(screen: Screen[Any]) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def _busy(app: App[Any], follow: float) -> Iterator[object]:
    """What is still under way; the screen that waits to be laid out once nobody else is busy, timers last."""
    if not app.screen_stack or app._batch_count:
        yield "a screen is being put together"
        return
    yield from (worker for worker in app.workers if not worker.is_finished and worker.group not in ALWAYS)
    if not (app.animator._idle_event.is_set() and app.animator._complete_event.is_set()):
        yield app.animator
    pumps = [app, *app._registry]
    yield from (pump for pump in pumps if not _is_idle(pump))
    if _unpainted(app.screen):
        yield app.screen
    for pump in pumps:
        for timer in pump._timers:
            once = timer._repeat == 0 and timer._interval <= follow
            if once and timer._task is not None and not timer._task.done():
                yield timer


def _is_idle(pump: MessagePump) -> bool:
    """Whether it has handled all that it was sent, and waits for more."""
    if pump._closed:
        return True
    waiting: Any = pump._message_queue.ready_event
    return pump._message_queue.empty() and any(not waiter.done() for waiter in waiting._waiters)
