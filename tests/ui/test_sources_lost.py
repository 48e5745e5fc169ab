"""Sources that are lost and come back: said at once, nothing claimed meanwhile, nothing washed away afterwards."""

from functools import partial
from pathlib import Path

import pytest

from tests.ui.consoles import Console
from tests.ui.live import live_console
from warroom.domain.events import FeedBack, FeedLost, SpikeSeen
from warroom.ui.widgets.mention_feed import MentionFeed


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_lost_source_is_said_since_when_and_what_is_shown_stands_still(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with live_console(tmp_path, size, sources=["news"]) as (console, clock, (news,)):
        news.say(15)
        await console.until("nordavena made me sick 14")
        clock.pass_minutes(1)
        console.room.board.spike = SpikeSeen(rate10=400, usual10=40)
        news.lose()
        await console.until("✕  news lost at 14:03:00")
        assert ("news.example cannot be reached" in console.text()) is (size[0] >= 100)
        assert "F4 Retry now" in console.text()
        assert "1m" in next(line for line in console.lines() if "u14.exam" in line)
        clock.pass_minutes(7)
        await console.until("✕ 7 min")
        assert "as of 14:03" in console.text()
        assert "1m" in next(line for line in console.lines() if "u14.exam" in line)
        await console.press("6")
        await console.until("as of 14:03: nothing is heard since")
        assert "SPIKE" not in console.text()
        assert "As usual" not in console.text()
        assert console.screen.session.scene().minute == int(clock.at.timestamp() // 60) - 7


async def test_what_is_caught_up_waits_above_the_list_and_the_timeline_tells_both(tmp_path: Path) -> None:
    async with live_console(tmp_path, sources=["news"]) as (console, clock, (news,)):
        news.say(15)
        await console.until("nordavena made me sick 14")
        news.lose()
        await console.until("news lost at")
        clock.pass_minutes(5)
        await console.until("✕ 5 min")
        news.say(412)
        await console.press("f4")
        await console.until("412 mentions caught up")
        assert "nordavena made me sick 14" in console.text()
        assert "news lost at" not in console.text()
        assert "◉ feed live" in console.lines()[0]
        news.say(3)
        await console.until("415 new mentions above, 412 of them caught up")
        await console.press("l")
        await console.until("caught up", gone=True)
        assert "nordavena made me sick 429" in console.text()
        await console.press("5")
        await console.until("Feed lost: news since 14:02")
        await console.until("Feed back: news; 412 mentions caught up")
        told = [line.recorded.data for line in console.room.board.timeline]
        assert [type(data) for data in told if isinstance(data, FeedLost | FeedBack)] == [FeedLost, FeedBack]


async def test_one_of_several_is_counted_named_and_enter_on_the_banner_lists_them(tmp_path: Path) -> None:
    async with live_console(tmp_path) as (console, _, (news, forum, blog)):
        for source in (news, forum, blog):
            source.say(1)
        await console.until("3 · newest first")
        forum.lose()
        await console.until("◐ 2 of 3 sources")
        await console.until("forum lost at 14:02:00")
        assert "as of" not in console.text()
        news.say(1, "still heard")
        await console.until("still heard 1")
        await console.press("shift+tab", "enter")
        await console.until("Retry now")
        assert "✕ forum  lost since 14:02:00" in console.text()
        assert "◉ news  live" in console.text()
        forum.say(1)
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("◉ feed live")
        await console.until("forum lost", gone=True)
        assert console.screen.query_one("#room-feed").has_focus


async def test_all_of_several_are_stale_since_the_last_of_them_was_lost(tmp_path: Path) -> None:
    async with live_console(tmp_path, sources=["news", "blog"]) as (console, clock, (news, blog)):
        for source in (news, blog):
            source.say(1)
        await console.until("2 · newest first")
        news.lose()
        await console.until("◐ 1 of 2 sources")
        clock.pass_minutes(3)
        blog.lose()
        await console.until("All 2 sources lost at 14:05:00")
        await console.until("as of 14:05")


async def test_a_click_on_retry_now_tries_again(tmp_path: Path) -> None:
    async with live_console(tmp_path, sources=["news"]) as (console, _, (news,)):
        news.lose()
        await console.until("Retry now")
        row = next(y for y, line in enumerate(console.lines()) if "Retry now" in line)
        news.say(1)
        await console.pilot.click(offset=(console.lines()[row].index("Retry now") + 2, row))
        await console.until("◉ feed live")


async def test_a_banner_or_mentions_above_do_not_move_the_row_that_is_read(tmp_path: Path) -> None:
    async with live_console(tmp_path, sources=["news", "blog"]) as (console, _, (news, blog)):
        news.say(80)
        blog.say(1)
        await console.until("81 · newest first")
        await console.press(*["down"] * 9)
        before = [(y, line[:60]) for y, line in enumerate(console.lines()) if "▌" in line]
        blog.lose()
        await console.until("blog lost at")
        news.say(200)
        await console.until("200 new mentions above")
        assert [(y, line[:60]) for y, line in enumerate(console.lines()) if "▌" in line] == before
        assert console.screen.query_one("#room-feed", MentionFeed).selected is not None


async def test_in_calm_nothing_is_called_usual_while_nothing_is_heard(tmp_path: Path) -> None:
    async with live_console(tmp_path, sources=["news"], declared=False) as (console, clock, (news,)):
        news.say(5)
        await console.until("Listening to 1 source")
        news.lose()
        await console.until("Nothing is heard since 14:02")
        clock.pass_minutes(2)
        console.screen.look()
        await console.until("✕ 2 min")
        assert "usual" not in console.text()
        await console.press("f4")
        await console.until("Trying again now.")


def heard(console: Console, mentions: int) -> bool:
    return console.room.board.row >= mentions


async def test_in_a_flood_the_list_shows_one_of_several_says_so_and_filters_run_on_all(tmp_path: Path) -> None:
    seconds = [0.0]
    async with live_console(tmp_path, sources=["news"], ticks=lambda: seconds[0]) as (console, _, (news,)):
        for second in range(1, 6):
            news.say(300)
            await console.so(partial(heard, console, 300 * second))
            seconds[0] += 1
            console.screen.look()
        await console.until("live; all are stored")
        assert "showing 1 in " in console.text()
        await console.press("down")
        await console.until("all are stored", gone=True)
        listed = [line.split("sick ")[1][:4] for line in console.lines() if "made me sick" in line and "┃ ●" in line]
        assert len({int(number) for number in listed if number.strip().isdigit()}) == len(listed)
        await console.press("2", "slash", *"sick", "enter")
        await console.until(f"{console.room.board.row:,} of {console.room.board.row:,}")
