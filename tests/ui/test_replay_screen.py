"""A recording on the screen: it plays, pauses, steps and jumps; nothing in it can be written."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.ui.consoles import Console, demo_console
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
from warroom.services.order import Orderer, Wanted
from warroom.services.replay import Replay
from warroom.services.room import MENTIONS, TIMELINE
from warroom.services.words import Words
from warroom.store.journal import iter_log
from warroom.store.windows import MentionReader
from warroom.ui.app import WarroomApp
from warroom.ui.session import LiveSession, ReplaySession
from warroom.ui.views.ordered import OrderedFeed


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
            await console.begun()
            await console.until("REPLAY")
            await console.until("recorded, read-only")
            assert "Space Play/pause" in console.lines()[-1]
            assert "q Leave" in console.lines()[-1]
            assert "Reactions to oat drink, lot 4471" in console.lines()[0], "also before it was declared"
            await console.press("5")
            await console.until("Nothing had happened yet at this time of the recording.")
            await console.press("1")
            await console.until("↓ chooses a mention. Until then the list flows.")  # no letter acts here
            for view in ("3", "4"):
                await console.press(view)
                await console.until("At this time of the recording no crisis is declared yet.")
            await console.press("1")
            await console.press("space")
            start = replay.at
            await console.so(lambda: replay.at > start)
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
            await console.begun()
            await console.until("REPLAY")
            await console.press("ctrl+p", *"leave")
            await console.until("Leave the recording")
            assert "a crisis stays open" not in console.text()
            await console.press("escape", "question_mark", "end")
            await console.press("pageup", "pageup")
            await console.until("Leave the recording")
            await console.press("escape", "ctrl+c")
            await console.until("Nothing was ended. q leaves the recording.")
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
            await console.so(lambda: session.learning.triage.learner.learnt == 2)
            await console.press("enter")
            await console.until("Read as:")
            assert "+ Better" not in console.text()
            await console.press("plus", "escape")
            replay.seek(replay.start)
            await console.so(lambda: session.learning.triage.learner.learnt == 0)
    assert len(list(iter_log(tmp_path / TIMELINE))) == events


@pytest.mark.parametrize("learning", [True, False])
async def test_a_recording_learns_only_where_the_config_lets_it(tmp_path: Path, learning: bool) -> None:
    async with demo_console(tmp_path) as live:
        session = live.app.session
        assert isinstance(session, LiveSession)
        session.learning.default = learning
        recording = await session.recording("demo")
        await recording.learning.catch_up()
        assert recording.learning.is_on is recording.sorting.triage.learning is learning


async def test_the_bar_of_a_recording_shows_what_each_event_is(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as live:
        desk = live.app.session.scene().desk
    with MentionReader(tmp_path / MENTIONS) as reader:
        replay = Replay(list(iter_log(tmp_path / TIMELINE)), reader, "demo")
        app = WarroomApp(ReplaySession(replay, reader, Words("en", ZoneInfo("Europe/Madrid")), desk))
        async with app.run_test(size=(120, 36)) as pilot:
            console = Console(app, pilot, None)  # type: ignore[arg-type]
            await console.begun()
            await console.until("REPLAY")
            bar = console.lines()[-2]
            assert {"◆", "✓", "¶", "!"} <= set(bar)
            assert bar.index("◆") < bar.index("¶") < bar.index("!")


async def test_at_the_same_moment_a_recording_has_the_order_of_then_and_copies_fold_in_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as live:
        await live.so(lambda: live.app.session.sorting.upto == live.room.board.row)
        await live.press("2", "o")
        await live.until("131 of 402")
        scene = live.app.session.scene()
        desk, board, known = scene.desk, live.room.board, scene.sorting
        end = Replay(list(iter_log(tmp_path / TIMELINE)), scene.reader, "demo").end
        orderer = Orderer(scene.weighing, board, scene.reader, end)
        then = (await orderer.arrange(Wanted(urgent=True, folded=True), range(board.row, 0, -1))).rows
        fresh = known.fresh(Triage(load_lexicon()))
    with MentionReader(tmp_path / MENTIONS) as reader:
        replay = Replay(list(iter_log(tmp_path / TIMELINE)), reader, "demo")
        session = ReplaySession(replay, reader, Words("en", ZoneInfo("Europe/Madrid")), desk, sorting=fresh)
        replay.seek(end)
        app = WarroomApp(session)
        async with app.run_test(size=(120, 36)) as pilot:
            console = Console(app, pilot, None)  # type: ignore[arg-type]
            await console.begun()
            await console.press("2", "o")
            await console.so(lambda: session.sorting.upto == replay.board.row)
            await console.until("131 of 402")
            feed = console.screen.query_one(OrderedFeed)
            await console.so(lambda: feed.order is not None and list(feed.order.rows) == then)
            await console.press("down", "h")
            await console.until("read-only.")
            await console.press("o", "d")
            await console.until("copies in one row ✕")
            at = replay.at
            await console.press("left")
            assert replay.at < at


async def test_a_recording_shows_who_approved_and_asks_nobody_for_the_next_act(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as live:
        desk = live.app.session.scene().desk
        await live.press("4")
        await live.until("Publish: missing")
    with MentionReader(tmp_path / MENTIONS) as reader:
        replay = Replay(list(iter_log(tmp_path / TIMELINE)), reader, "demo", speed=60)
        app = WarroomApp(ReplaySession(replay, reader, Words("en", ZoneInfo("Europe/Madrid")), desk))
        async with app.run_test(size=(120, 36)) as pilot:
            console = Console(app, pilot, None)  # type: ignore[arg-type]
            await console.begun()
            await console.until("REPLAY")
            for _ in range(100):
                if replay.over:
                    break
                await console.press("right_square_bracket")
            await console.press("4")
            await console.until("Legal: J. Solà")
            assert "Publish: missing" not in console.text()
