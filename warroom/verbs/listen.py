"""listen: the feeds of a room without the screen, until Ctrl+C; what changes is said on standard output."""

import asyncio
import sys
from contextlib import AsyncExitStack
from typing import NamedTuple

import msgspec

from warroom.domain.sentence import Sentence, say
from warroom.domain.text import one_line
from warroom.services.feeding import open_feeds
from warroom.services.health import Health
from warroom.services.intake import Intake, running
from warroom.services.room import open_room
from warroom.services.words import Words
from warroom.verbs.failing import USAGE, Failed
from warroom.verbs.hearing import intake_of
from warroom.verbs.setting import Setting, now, tell

LOOKS = 0.2
"""Seconds between two looks at the feeds."""
COUNTS_EVERY = 5.0
"""Seconds between two lines that say how much of one feed could not be read, or had to be let go."""
SETTLED = 1.0
"""Seconds after which it is known who runs the feeds."""


def listen(setting: Setting, *, as_json: bool, seconds: float | None) -> None:
    """Run the feeds until Ctrl+C, or so many seconds."""
    asyncio.run(_listen(setting, as_json=as_json, seconds=seconds))


async def _listen(setting: Setting, *, as_json: bool, seconds: float | None) -> None:
    watch = setting.config.watch
    async with AsyncExitStack() as stack:
        room = await stack.enter_async_context(open_room(setting.folder, clock=now, actor="auto"))
        if room.lost is not None:
            print(f"warroom: {setting.words.say(room.lost)}", file=sys.stderr)
        feeds = await stack.enter_async_context(
            open_feeds(setting.config.feeds, terms=watch.terms, exclude=watch.exclude, clock=now)
        )
        if not feeds:
            raise Failed(USAGE, say("No feed is enabled. Enable one in config.yaml, then: warroom doctor"))
        intake = intake_of(setting, room, feeds)
        row = room.board.row
        async with running(intake):
            teller, loop = _Teller(setting, intake, as_json=as_json), asyncio.get_running_loop()
            begun = loop.time()
            while seconds is None or loop.time() < begun + seconds:
                teller.look(loop.time() - begun)
                await asyncio.sleep(LOOKS)
        heard = setting.words.tn("{n} new mention.", "{n} new mentions.", room.mentions.last_row() - row)
        tell(setting, heard)


class _Teller:
    """Says what changed since it looked last."""

    def __init__(self, setting: Setting, intake: Intake, *, as_json: bool) -> None:
        self._setting, self._intake, self._as_json = setting, intake, as_json
        self._states: dict[str, tuple[object, ...]] = {}
        self._counts: dict[str, tuple[int, int]] = {}
        self._counts_after: dict[str, float] = {}
        self._around: Around | None = None

    def look(self, at: float) -> None:
        """`at` counts in seconds from the begin."""
        for health in self._intake.health.values():
            self._state(health)
            self._lost(health, at)
        if at > SETTLED and (found := _around(self._intake)) != self._around:
            _say_around(self._setting, found, self._around, as_json=self._as_json)
            self._around = found

    def _state(self, health: Health) -> None:
        state = (health.state, health.reason.id if health.reason is not None else None)
        if self._states.get(health.name) != state and health.state != "starting":
            self._states[health.name] = state
            _say_state(health, self._setting.words, as_json=self._as_json)

    def _lost(self, health: Health, at: float) -> None:
        counts = (health.bad, health.dropped)
        if counts != self._counts.get(health.name, (0, 0)) and at >= self._counts_after.get(health.name, 0.0):
            self._counts[health.name], self._counts_after[health.name] = counts, at + COUNTS_EVERY
            _say_counts(health, self._setting.words, as_json=self._as_json)


class Around(NamedTuple):
    """What concerns all feeds: whether they run here, and why nothing can be stored."""

    runs_here: bool
    trouble: Sentence | None


def _around(intake: Intake) -> Around:
    error = intake.trouble.error
    trouble = error.sentence if error is not None else None
    return Around(bool(intake.runs_here) or trouble is not None, trouble)


def _say_around(setting: Setting, now_: Around, before: Around | None, *, as_json: bool) -> None:
    words = setting.words
    reason: str | None = None
    if now_.trouble is not None:
        reason = one_line(words.say(now_.trouble))
    elif not now_.runs_here:
        reason = words.t("Another warroom runs the feeds of this room; this one takes over when it ends.")
    elif before is None:
        return
    if as_json:
        state = "lost" if now_.trouble is not None else "live" if now_.runs_here else "follows"
        body = {"at": _stamp(), "store": str(setting.folder), "state": state, "reason": reason}
        print(msgspec.json.encode(body).decode(), flush=True)
        return
    text = reason or (
        words.t("Everything is stored again.") if before and before.trouble else words.t("The feeds run here now.")
    )
    print(f"{words.clock_s(now())} {text}", flush=True)


def _stamp() -> str:
    return now().isoformat(timespec="seconds").replace("+00:00", "Z")


def _say_state(health: Health, words: Words, *, as_json: bool) -> None:
    reason = one_line(words.say(health.reason)) if health.reason is not None else ""
    if as_json:
        body = {
            "at": _stamp(),
            "feed": health.name,
            "source": health.source,
            "state": health.state,
            "tries": health.tries,
            "heard": health.heard,
            "bad": health.bad,
            "dropped": health.dropped,
            "reason": reason or None,
        }
        print(msgspec.json.encode(body).decode(), flush=True)
        return
    names = {"live": words.t("live"), "lost": words.t("lost"), "rejected": words.t("needs attention")}
    print(
        f"{words.clock_s(now())} {one_line(health.name)}: {names[health.state]}{': ' + reason if reason else ''}",
        flush=True,
    )


def _say_counts(health: Health, words: Words, *, as_json: bool) -> None:
    """How much of a feed was lost to us so far: what could not be read, and what came too fast."""
    if as_json:
        _say_state(health, words, as_json=True)
        return
    told = []
    if health.bad:
        last = f" ({one_line(words.say(health.bad_last[-1].sentence))})" if health.bad_last else ""
        told.append(words.tn("{n} could not be read", "{n} could not be read", health.bad) + last)
    if health.dropped:
        told.append(
            words.tn(
                "{n} had to be let go: they came too fast", "{n} had to be let go: they came too fast", health.dropped
            )
        )
    print(f"{words.clock_s(now())} {one_line(health.name)}: {', '.join(told)}", flush=True)
