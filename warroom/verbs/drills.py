"""drill: an exercise against the clock, in a room of its own. It ends with a report: times against targets, and what
was missed."""

import asyncio
import shutil
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path

from warroom.domain.board import Board
from warroom.domain.events import AnyEvent
from warroom.domain.incident import add_note, stand_down
from warroom.domain.sentence import Sentence, say
from warroom.services.drill import Drill, open_drill
from warroom.services.exercise import Exercise, exercises, load_exercise
from warroom.services.intake import running
from warroom.services.room import MENTIONS
from warroom.services.scorecard import Card, card, result, told
from warroom.store.steady import SteadyReader
from warroom.ui.opening import opening
from warroom.ui.scene import Muster, Practice
from warroom.verbs.failing import NOTHING, Failed
from warroom.verbs.setting import DRILL, Setting, now

SPEED = 6
"""How many times faster the clock of a drill runs: an hour is ten minutes."""


def show_scenarios(setting: Setting) -> None:
    """What can be practised, the shortest first, and how long it takes."""
    words = setting.words
    for name, script in exercises().items():
        takes = words.span(script.length / SPEED)
        print(f"{name:<12}  {takes:>6}  {words.name(script.title)}")


def shortest() -> timedelta:
    """How long the shortest drill takes."""
    return next(iter(exercises().values())).length / SPEED


def chosen(setting: Setting, name: str | None) -> Exercise:
    """The exercise of this name, or the shortest. Refuses with exit code 3."""
    known = list(exercises())
    if name is None or name in known:
        return load_exercise(name or known[0], setting.words.lang)
    near = get_close_matches(name, known, 1, 0.5)
    if near:
        meant = say("no scenario '{name}'. Did you mean '{near}'? See: warroom drill --list", name=name, near=near[0])
        raise Failed(NOTHING, meant)
    raise Failed(NOTHING, say("no scenario '{name}'. See: warroom drill --list", name=name))


def drill(setting: Setting, name: str | None, *, keep: bool, speed: int) -> None:
    """Practise, then print the report."""
    from warroom.verbs.screens import needs_terminal, prepare

    exercise = chosen(setting, name)
    prepare(setting)
    needs_terminal(setting)
    folder = room_for(setting, exercise.name, keep=keep)
    for line in asyncio.run(practise(setting, exercise, folder, speed=speed)):
        print(line)
    print()
    print(setting.words.t("Its log: warroom export {name}. Again: warroom replay {name}", name=folder.name))


def room_for(setting: Setting, name: str, *, keep: bool) -> Path:
    """An empty folder: that of the last drill, or one of its own that stays."""
    if keep:
        return setting.kept_drills / f"{DRILL}-{name}-{setting.words.local(now()):%Y%m%d-%H%M%S}"
    shutil.rmtree(setting.drill_folder, ignore_errors=True)
    return setting.drill_folder


async def practise(
    setting: Setting,
    exercise: Exercise,
    folder: Path,
    *,
    speed: int = SPEED,
    outside: Callable[[], Sentence | None] = lambda: None,
) -> list[str]:
    """A drill from its first minute until the person leaves it; the lines of its report."""
    from warroom.ui.session import LiveSession
    from warroom.verbs.screens import app_of

    words = setting.words
    async with AsyncExitStack() as stack:
        with opening(words, ascii=setting.ascii) as show:
            under = await stack.enter_async_context(
                open_drill(folder, exercise, words, real=now, speed=speed, actor=setting.actor)
            )
            reader = stack.enter_context(SteadyReader(folder / MENTIONS))
            await stack.enter_async_context(running(under.intake))
            practice = Practice(
                title=words.name(exercise.script.title),
                brief=words.name(exercise.script.brief),
                ends=under.ends,
                report=lambda: told(_card(under, exercise), words),
                outside=outside,
            )
            session = LiveSession(
                under.room,
                under.intake,
                reader,
                words,
                under.desk,
                mode="drill",
                organisation=under.organisation,
                practice=practice,
            )
            show(session.scene())
            muster = Muster(plan=under.plan, roles=under.roles, people=under.people, zone=str(words.zone))
            app = await app_of(setting, session, muster=muster)
        await app.run_to_the_end()
        report = list(practice.report())
        await _close(under, words.say(result(_card(under, exercise))))
    return report


def _card(under: Drill, exercise: Exercise) -> Card:
    """What was in time and what was missed, as of now."""
    return card(under.room.board, exercise, under.begun, under.room.clock())


async def _close(under: Drill, summary: str) -> None:
    """The log of the drill ends with its result."""
    at: datetime = under.room.clock()

    def end(board: Board) -> list[AnyEvent]:
        note: list[AnyEvent] = [add_note(summary, now=at)]
        incident = board.incident
        return [*note, stand_down(incident, summary)] if incident is not None else note

    await under.room.do(end)
