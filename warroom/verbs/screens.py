"""The verbs with a screen: the console, the demo, the replay. Each opens log ⊃ feeds ⊃ screen, and closes them the
other way round."""

import asyncio
import gc
import os
import shutil
import sys
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from warroom.domain.board import Board
from warroom.domain.sentence import Sentence, say
from warroom.domain.triage.triage import Triage
from warroom.services.desk import Desk, DeskSettings
from warroom.services.entries.noticed import wave
from warroom.services.health import Health
from warroom.services.humanity import HumanityGauge
from warroom.services.intake import running
from warroom.services.lexicon import load_lexicon
from warroom.services.replay import SPEEDS, Replay
from warroom.services.room import MENTIONS, TIMELINE, Room, open_room, zone_of
from warroom.services.wanted import meant
from warroom.store.journal import iter_log
from warroom.store.steady import SteadyReader
from warroom.ui.known import Known
from warroom.ui.opening import opening
from warroom.ui.scene import Muster
from warroom.verbs.failing import TERMINAL, USAGE, Failed
from warroom.verbs.hearing import intake_of, sorting_of
from warroom.verbs.setting import Setting, find_incident, now

if TYPE_CHECKING:  # Textual reads the environment while it is imported: see `prepare`
    from warroom.ui.app import WarroomApp
    from warroom.ui.coach import Coach
    from warroom.ui.session import LiveSession, ReplaySession, Session

FRAMES = "120"
"""Frames a second that Textual may paint. A key pressed just after a frame waits for the next: 8 ms at most, where its
own 60 would make that 17. Nothing is painted where nothing has changed."""
SWITCH = 0.0005
"""Seconds for which one thread of Python keeps the others waiting. Keys are read and frames are written in threads of
their own; Python's 5 ms would be waited for on the way in and on the way out."""


def needs_terminal(setting: Setting) -> None:
    """Refuse with exit code 5 where there is no terminal to draw on, or nobody who may be asked."""
    if not setting.input:
        raise Failed(TERMINAL, say("--no-input: this needs somebody at the keys. For text: warroom status"))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Failed(TERMINAL, say("this is not a terminal. For text: warroom status, or warroom tail"))
    if os.environ.get("TERM") == "dumb":
        raise Failed(TERMINAL, say("this terminal cannot draw (TERM=dumb). For text: warroom status, or warroom tail"))


def desk_of(setting: Setting) -> Desk:
    """The statement desk with the rules of the config."""
    rules = setting.config.statement
    settings = DeskSettings(
        lang=setting.words.lang,
        allowed=rules.allowed,
        protected_names=rules.protected_names,
        cooling_off=timedelta(seconds=setting.config.approvals.solo_wait),
        voice=setting.config.voice,
        texts=setting.config.texts,
        limits=rules.limits,
    )
    return Desk(replace(settings, networks=rules.networks) if rules.networks else settings)


def muster_of(setting: Setting) -> Muster:
    """What a declaration starts with, from the config."""
    config = setting.config
    return Muster(plan=config.plan, roles=config.roles, people=config.people, zone=str(setting.words.zone))


async def app_of(
    setting: Setting, session: "Session", *, muster: Muster | None = None, coach: "Coach | None" = None
) -> "WarroomApp":
    """The application on a session, as the person wants it to look and with their keys. After `prepare`. Whoever ends
    us while it is loaded is heard before it begins."""
    from warroom.ui.app import WarroomApp

    app = WarroomApp(
        session,
        muster=muster,
        theme=setting.theme,
        motion=setting.motion,
        ascii=setting.ascii,
        keys=setting.config.keys,
        coach=coach,
    )
    gc.freeze()
    await asyncio.sleep(0)
    return app


def prepare(setting: Setting) -> None:
    """What Textual reads from the environment while it is imported, so before anything of it is."""
    sys.setswitchinterval(SWITCH)
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    if not setting.motion:
        os.environ["TEXTUAL_ANIMATIONS"] = "none"
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "basic")
    os.environ.pop("NO_COLOR", None)
    if not setting.color:
        os.environ["NO_COLOR"] = "1"
    if setting.theme and (unknown := unknown_theme(setting.theme)) is not None:
        raise Failed(USAGE, unknown)


def unknown_theme(name: str) -> Sentence | None:
    """What is wrong with the name of a theme; None where there is one of that name."""
    from warroom.ui.theme import THEMES, theme_names

    if name in (names := theme_names()):
        return None
    ours = ", ".join(theme.name for theme in THEMES)
    complaint = say("There is no theme '{name}'.", name=name)
    told = meant(name, names, complaint)
    return told if told is not complaint else say("{told} One of: {known}, …", told=told, known=ours)


def console(setting: Setting) -> None:
    """The open crisis, else calm."""
    from warroom.verbs.first import first_run

    prepare(setting)
    needs_terminal(setting)
    asyncio.run(_console(first_run(setting)))


async def _console(setting: Setting) -> None:
    async with AsyncExitStack() as stack:
        with opening(setting.words, ascii=setting.ascii) as show:
            room = await stack.enter_async_context(open_room(setting.folder, clock=now, actor=setting.actor))
            room.look_whole()
            show(_known(setting, room))
            session = await _listening(setting, room, stack)
            app = await app_of(setting, session, muster=muster_of(setting))
        await _with_drills(setting, session, app)


def _known(setting: Setting, room: Room) -> Known:
    """What the log and the config say, before anything listens."""
    incident, config = room.incident, setting.config
    return Known(
        board=room.board,
        words=setting.words,
        now=now(),
        mode="calm" if incident is None else incident.mode,
        health=[Health(feed.name, feed.type, say("connecting")) for feed in config.feeds if feed.enabled],
        organisation=config.organisation.name,
        actor=setting.actor,
        keys=config.keys,
    )


async def _listening(setting: Setting, room: Room, stack: AsyncExitStack) -> "LiveSession":
    """The room with its feeds running, as long as the stack is open."""
    from warroom.services.feeding import open_feeds
    from warroom.ui.session import LiveSession
    from warroom.verbs.drills import shortest

    config = setting.config
    reader = stack.enter_context(SteadyReader(setting.folder / MENTIONS))
    feeds = await stack.enter_async_context(
        open_feeds(config.feeds, terms=config.watch.terms, exclude=config.watch.exclude, clock=now)
    )
    intake = intake_of(setting, room, feeds)
    await stack.enter_async_context(running(intake))
    return LiveSession(
        room,
        intake,
        reader,
        setting.words,
        desk_of(setting),
        organisation=config.organisation.name,
        humanity=HumanityGauge(reader, config.organisation.accounts, config.plan.humanity_floor),
        drill_takes=shortest(),
    )


async def _with_drills(setting: Setting, session: "LiveSession", app: "WarroomApp") -> None:
    """The console until it is left for good, and the drills for which it is left between. The real feeds go on
    meanwhile, and what they cry out is told in the drill."""
    from warroom.ui.session import DRILL
    from warroom.verbs.drills import chosen, practise, room_for

    here = asyncio.current_task()
    while await app.run_to_the_end() == DRILL:
        exercise = chosen(setting, None)
        folder = room_for(setting, exercise.name, keep=False)
        await practise(setting, exercise, folder, outside=lambda: _cry(session.room.board))
        if here and here.cancelling():  # whoever ended the drill from outside ended the console behind it too
            return
        app = await app_of(setting, session, muster=muster_of(setting))


def _cry(board: Board) -> Sentence | None:
    """What the real sources cry out."""
    if board.incident is not None:
        return say("A real crisis was declared: {title}", title=board.incident.title)
    if board.spike is not None:
        return wave(board.spike)
    return None


def demo(setting: Setting, *, speed: int, seed: int, calm: bool) -> None:
    """A fictional crisis on a fast clock, in a room of its own; only the last run is kept."""
    prepare(setting)
    needs_terminal(setting)
    shutil.rmtree(setting.demo_folder, ignore_errors=True)
    asyncio.run(_demo(setting, speed=speed, seed=seed, calm=calm))


async def _demo(setting: Setting, *, speed: int, seed: int, calm: bool) -> None:
    from warroom.services.demo import open_demo
    from warroom.ui.coach import Coach
    from warroom.ui.session import LiveSession

    words, folder = setting.words, setting.demo_folder
    async with AsyncExitStack() as stack:
        with opening(words, ascii=setting.ascii) as show:
            shown = await stack.enter_async_context(
                open_demo(folder, words, real=now, speed=speed, seed=seed, calm=calm, actor=setting.signs)
            )
            reader = stack.enter_context(SteadyReader(folder / MENTIONS))
            await stack.enter_async_context(running(shown.intake))
            session = LiveSession(
                shown.room, shown.intake, reader, words, shown.desk, mode="demo", organisation=shown.organisation
            )
            show(session.scene())
            muster = Muster(plan=shown.plan, roles=shown.roles, people=shown.people, zone=str(words.zone))
            app = await app_of(setting, session, muster=muster, coach=Coach())
        await app.run_to_the_end()


def replay(setting: Setting, name: str | None, *, at: str | None, speed: int) -> None:
    """A recorded crisis again, read only."""
    prepare(setting)
    folder, _, incident = find_incident(setting, name)
    offset = minutes_of(at) if at is not None else None
    if speed not in SPEEDS:
        raise Failed(USAGE, say("Speed is one of: {speeds}.", speeds=", ".join(str(known) for known in SPEEDS)))
    needs_terminal(setting)
    from warroom.services.demo import desk_of_demo
    from warroom.ui.session import ReplaySession

    words = setting.words.at(zone_of(incident))
    with SteadyReader(folder / MENTIONS) as reader:
        recorded = Replay(list(iter_log(folder / TIMELINE)), reader, incident.id, speed=speed)
        if offset is not None:
            recorded.seek(incident.declared_at + offset)
        recorded.playing = True
        triage = Triage(load_lexicon(*setting.config.triage.lexicon))
        session = ReplaySession(
            recorded,
            reader,
            words,
            desk_of_demo(words) if incident.mode == "demo" else desk_of(setting),
            sorting=sorting_of(setting, triage),
            learning=setting.config.triage.learning,
        )
        asyncio.run(_play(setting, session))


async def _play(setting: Setting, session: "ReplaySession") -> None:
    with opening(setting.words, ascii=setting.ascii) as show:
        show(session.scene())
        app = await app_of(setting, session)
    await app.run_to_the_end()


def minutes_of(text: str) -> timedelta:
    """`+00:20`, `-00:05`, `+20`: hours and minutes, or minutes, from the declaration."""
    sign = -1 if text.startswith(("-", "−")) else 1
    parts = text.lstrip("+-−").split(":")
    if not all(part.isdecimal() for part in parts) or len(parts) > 2:
        raise Failed(
            USAGE, say("Write --at as +00:20, hours and minutes from the declaration; “{text}” is not.", text=text)
        )
    numbers = [int(part) for part in parts]
    hours, minutes = numbers if len(numbers) == 2 else (0, numbers[0])
    return sign * timedelta(hours=hours, minutes=minutes)
