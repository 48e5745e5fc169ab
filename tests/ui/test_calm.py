"""Calm says who listens and what is usual, and only what it knows; without a source it says how to begin."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.ui.live import live_console
from warroom.ui.views.calm import hearing_lines


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36)])
async def test_calm_tells_sources_rate_and_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    async with live_console(tmp_path, size, declared=False, expected=2.0) as (console, clock, sources):
        await console.until("Connecting…")
        assert "usual" not in console.text()
        for source in sources:
            source.say(1)
        await console.until("Listening to 3 sources.")
        await console.until("mentions a minute, as usual.")
        text = console.text()
        assert "No open crisis." in text
        assert "LISTENING" in console.lines()[0]
        for key, name in (("d", "Declare a crisis"), ("2", "Read the feed"), ("o", "Open or replay")):
            assert f"{key}  {name}" in text
        assert "Ctrl+P  Everything else" in text
        await console.so(lambda: console.room.board.row == 3)
        clock.pass_minutes(1)
        console.screen.look()
        await console.settled()
        assert any(block in console.text() for block in "▃▅█") is (size[1] >= 24)


async def test_no_key_acts_on_a_list_that_calm_does_not_show(tmp_path: Path) -> None:
    async with live_console(tmp_path, declared=False, sources=["news"]) as (console, _, (news,)):
        news.say(1)
        await console.so(lambda: console.room.board.row == 1)
        calm = console.lines()[-1]
        await console.press("2", "1")
        assert console.lines()[-1] == calm
        for before in ([], ["tab"], ["tab", "tab"]):
            await console.press("1", *before, "down", "c", "enter")
            assert console.room.board.desk.mark("news|0").state == "new"
            assert "No open crisis." in console.text()


async def test_where_too_little_is_known_nothing_is_called_usual(tmp_path: Path) -> None:
    async with live_console(tmp_path, declared=False, sources=["news"]) as (console, _, (news,)):
        news.say(1)
        await console.until("learning what is usual")


async def test_a_number_far_above_the_line_is_not_called_usual_before_the_alarm_is_raised(tmp_path: Path) -> None:
    async with live_console(tmp_path, declared=False, sources=["news"], expected=2.0) as (console, clock, (news,)):
        news.say(1)
        clock.pass_minutes(1)
        await console.so(lambda: console.screen.session.scene().alarm)
        news.say(200)
        await console.so(lambda: console.room.board.row == 201)
        clock.pass_minutes(1)
        scene = console.screen.session.scene()
        assert scene.alarm is not None
        assert scene.alarm.level == "calm"
        told = "".join(part.text for line in hearing_lines(scene) for part in line)
        assert "40.2 mentions a minute, more than usual." in told


async def test_one_of_several_lost_is_counted_in_calm_too(tmp_path: Path) -> None:
    async with live_console(tmp_path, declared=False, sources=["news", "blog"]) as (console, clock, (news, blog)):
        news.say(1)
        blog.say(1)
        await console.until("Listening to 2 sources.")
        blog.lose()
        await console.until("Listening to 1 of 2 sources.")
        news.lose()
        await console.until("Nothing is heard since 14:02")
        assert "NOT HEARING" in console.lines()[0]
        clock.at += timedelta(minutes=2)
        console.screen.look()
        await console.until("✕ 2 min")
        assert "mentions a minute" not in console.text()


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_without_a_source_it_says_how_to_begin(tmp_path: Path, lang: str) -> None:
    async with live_console(tmp_path, declared=False, sources=[], lang=lang) as (console, _, _sources):
        await console.until("Nothing is listened to yet." if lang == "en" else "Todavía no se escucha nada.")
        assert "LISTENING" not in console.lines()[0].replace("NOT LISTENING", "")
        await console.press("ctrl+p")
        await console.press(*("source" if lang == "en" else "fuente"))
        await console.until("Add a source" if lang == "en" else "Añadir una fuente")
        await console.press("escape")
        console.screen.action_add_source()
        await console.until("type: rss")


EMPTY = {
    "en": {
        "2": "Nothing is listened to yet: Ctrl+P → Add a source.",
        "3": "The plan starts with the declaration: press d.",
        "4": "No crisis is open: d declares one.",
        "5": "What happens and what is decided will stand here; n writes a note.",
        "6": "Learning what is usual",
    },
    "es": {
        "2": "Todavía no se escucha nada: Ctrl+P → Añadir una fuente.",
        "3": "El plan empieza con la declaración: pulsa d.",
        "4": "No hay crisis abierta: d la declara.",
        "5": "Aquí quedará lo que ocurra y lo que se decida; n escribe una nota.",
        "6": "Se aprende lo habitual",
    },
}


@pytest.mark.parametrize(("lang", "size"), [("es", (80, 24)), ("en", (120, 36))])
async def test_an_empty_view_says_what_will_stand_there_and_the_key_that_begins_it(
    tmp_path: Path, lang: str, size: tuple[int, int]
) -> None:
    async with live_console(tmp_path, size, declared=False, sources=[], lang=lang) as (console, _, _sources):
        for key, words in EMPTY[lang].items():
            await console.press(key)
            await console.until(words)


async def test_an_empty_feed_that_is_listened_to_says_what_will_stand_there(tmp_path: Path) -> None:
    async with live_console(tmp_path, (80, 24), declared=False) as (console, _, _sources):
        await console.press("2")
        await console.until("Nothing has come in yet. It will stand here, the newest first.")
