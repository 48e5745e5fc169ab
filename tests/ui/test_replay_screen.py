"""A recording on the screen: it plays, pauses, steps and jumps; nothing in it can be written."""

from pathlib import Path
from zoneinfo import ZoneInfo

from tests.ui.consoles import Console, demo_console
from warroom.services.replay import Replay
from warroom.services.room import MENTIONS, TIMELINE
from warroom.services.words import Words
from warroom.store.journal import iter_log
from warroom.store.windows import MentionReader
from warroom.ui.app import WarroomApp
from warroom.ui.session import ReplaySession


async def test_a_recording_plays_steps_and_refuses_acts(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as live:
        desk = live.app.session.scene().desk
        events = live.room.board.pos
    with MentionReader(tmp_path / MENTIONS) as reader:
        replay = Replay(list(iter_log(tmp_path / TIMELINE)), reader, "demo", speed=60)
        session = ReplaySession(replay, reader, Words("en", ZoneInfo("Europe/Madrid")), desk)
        app = WarroomApp(session)
        async with app.run_test(size=(120, 36)) as pilot:
            console = Console(app, pilot, None)  # type: ignore[arg-type]
            await console.until("REPLAY")
            await console.until("recorded, read-only")
            assert "Space Play" in console.lines()[-1]
            await console.press("space")
            start = replay.at
            await pilot.pause(0.5)
            assert replay.at > start
            await console.press("space")
            paused = replay.at
            await pilot.pause(0.3)
            assert replay.at == paused
            await console.press("right_square_bracket")
            assert replay.at in replay.marks
            await console.press("right")
            await console.press("down", "r")
            await console.until("read-only.")
            for _ in range(100):
                if replay.over:
                    break
                await console.press("right_square_bracket")
            assert replay.board.incidents["demo"].title in console.text()
    assert len(list(iter_log(tmp_path / TIMELINE))) == events


async def test_in_a_recording_plus_and_minus_are_the_speed_and_the_other_words_are_refused(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as live:
        desk = live.app.session.scene().desk
        await live.press("down", "v", "v")
        await live.until("✓ → ")
        labels = live.room.board.labels.to_learn("demo")
        events = live.room.board.pos
    assert len(labels) == 2
    with MentionReader(tmp_path / MENTIONS) as reader:
        replay = Replay(list(iter_log(tmp_path / TIMELINE)), reader, "demo", speed=4)
        session = ReplaySession(replay, reader, Words("en", ZoneInfo("Europe/Madrid")), desk)
        app = WarroomApp(session)
        async with app.run_test(size=(120, 36)) as pilot:
            console = Console(app, pilot, None)  # type: ignore[arg-type]
            await console.until("REPLAY")
            await console.press("space")
            replay.seek(replay.end)
            replay.playing = False
            await console.press("down", "plus")
            assert replay.speed == 8
            await console.press("minus", "minus")
            assert replay.speed == 2
            await console.press("equals_sign")
            assert replay.speed == 4
            for key in "vp":
                await console.press(key)
                await console.until("read-only.")
            assert replay.board.labels.to_learn("demo") == labels
            for _ in range(100):
                if session.learning.triage.learner.learnt == 2:
                    break
                await pilot.pause(0.05)
            assert session.learning.triage.learner.learnt == 2
            await console.press("enter")
            await console.until("Read as:")
            assert "+ Better" not in console.text()
            await console.press("plus", "escape")
            replay.seek(replay.start)
            for _ in range(100):
                if session.learning.triage.learner.learnt == 0:
                    break
                await pilot.pause(0.05)
            assert session.learning.triage.learner.learnt == 0
    assert len(list(iter_log(tmp_path / TIMELINE))) == events


async def test_the_bar_of_a_recording_shows_what_each_event_is(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as live:
        desk = live.app.session.scene().desk
    with MentionReader(tmp_path / MENTIONS) as reader:
        replay = Replay(list(iter_log(tmp_path / TIMELINE)), reader, "demo")
        app = WarroomApp(ReplaySession(replay, reader, Words("en", ZoneInfo("Europe/Madrid")), desk))
        async with app.run_test(size=(120, 36)) as pilot:
            console = Console(app, pilot, None)  # type: ignore[arg-type]
            await console.until("REPLAY")
            bar = console.lines()[-2]
            assert {"◆", "✓", "¶", "!"} <= set(bar)
            assert bar.index("◆") < bar.index("¶") < bar.index("!")
