"""The reply guide on the screen: questions by key, a reply read while it is written, and silence that is seen."""

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from tests.ui.consoles import Console, demo_console
from warroom.domain.mention import Mention, Reading, Segment


async def heard(console: Console, text: str = "You said one lot. It is two.", **more: object) -> str:
    """A mention of our own, selected in the feed; its key."""
    room = console.room
    mention = Mention(
        **{  # type: ignore[arg-type]
            "source": "x",
            "native_id": "guide-1",
            "text": text,
            "author_handle": "marta.example",
            "lang": console.app.session.words.lang,
            "received_at": room.clock(),
            **more,
        }
    )
    added = await room.mentions.add([(mention, Reading(Segment.DISLIKE))])
    room.board.row = added.last_row
    room.tell()
    await console.press("2", "down")
    return mention.key


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_guide_fits_and_says_everything(tmp_path: Path, size: tuple[int, int], lang: str) -> None:
    async with demo_console(tmp_path, size, lang=lang) as console:
        t = console.app.session.words.t
        await heard(console)
        await console.press("g")
        await console.until(t("Is it true?"))
        await console.press("1", "1")
        await console.until(t("Mark as Reply"))
        text = console.text()
        for words in ("@marta.example", "C9", t("mind the tone").split()[0], t("Copy"), t("Other text"), t("Leave")):
            assert words in text, (words, text)
        assert all(len(line) <= size[0] for line in console.lines())


async def test_a_reply_is_written_copied_and_marks_the_mention(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        key = await heard(console)
        await console.press("g", "2", "1")
        await console.until("Correct with facts")
        area = console.app.screen.query_one("#guide-text", TextArea)
        assert area.has_focus
        assert "[" in area.selected_text, "the first gap is selected: what is typed takes its place"
        await console.press("f2")
        await console.until("Fill in what stands in brackets first")
        area.load_text("@marta.example You are lying. It is lot 4471 only.")
        await console.until("R1")
        await console.press("f2")
        await console.until("Held by R1. Mend")
        area.load_text("@marta.example It is lot 4471 only, see help.nordavena.example. A. Martín")
        await console.until("Nothing to object")
        await console.press("f2")
        await console.until("Copied")
        assert console.app.clipboard.startswith("@marta.example It is lot 4471 only")
        assert console.room.board.desk.mark(key).state == "new", "to copy is not yet to reply"
        await console.press("escape")
        await console.pilot.click("#yes")
        await console.until("correct with facts")
        mark = console.room.board.desk.mark(key)
        assert (mark.state, mark.outcome) == ("reply", "correct")
        assert console.room.board.desk.replies("x|guide-1")[0].endswith("A. Martín")
        await console.press("up", "enter")
        await console.until("We replied here: @marta.example It is lot 4471 only")
        await console.press("escape", "u")
        await console.until("Undone")
        mark = console.room.board.desk.mark(key)
        assert (mark.state, mark.outcome) == ("new", None)


async def test_only_watched_needs_a_reason_and_stays_in_sight(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        key = await heard(console)
        await console.press("g", "4", "2")
        await console.until("Why is it only watched?")
        await console.press("enter")
        await console.until("Say why it is only watched")
        console.app.screen.query_one("#guide-reason", Input).value = "a rant, few readers"
        await console.press("enter")
        await console.until("→ monitor only")
        assert console.room.board.desk.mark(key).watched
        row = next(line for line in console.lines() if "@marta.ex" in line)
        assert "◌" in row
        await console.press("up", "enter")
        await console.until("monitor only: a rant, few readers")
        await console.press("escape", "r")
        await console.until("An answer feeds it (R3)")
        await console.press("escape")
        assert console.room.board.desk.mark(key).state == "ignore"
        await console.press("f")
        await console.until("◌ monitor only")
        await console.press("end", "space", "tab")
        await console.press("enter")
        await console.until("1 of")
        assert "◌ monitor only ✕" in console.text()


async def test_leaving_half_way_loses_neither_answers_nor_words(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await heard(console)
        await console.press("g", "1", "1")
        await console.until("Repair it")
        console.app.screen.query_one("#guide-text", TextArea).load_text("My own words")
        await console.settled()
        await console.press("escape", "escape")
        await console.until("Mark as Reply", gone=True)
        before = console.room.board.pos
        await console.press("g")
        await console.until("My own words")
        assert console.room.board.pos == before
        await console.press("escape", "backspace", "backspace")
        await console.until("Is it true?")


async def test_a_click_on_an_answer_answers(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await heard(console)
        await console.press("g")
        await console.click("We do not know yet")
        await console.until("Is it an insult?")
        await console.click("1 No")
        await console.until("Pass it upwards", "nothing is written yet")
        await console.press(*"Who knows")
        await console.until("nothing is written yet", gone=True)


async def test_enter_alone_records_nothing(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await heard(console)
        before = console.room.board.pos
        await console.press("g", *["enter"] * 8)
        typs = [line.recorded.data.typ for line in console.room.board.timeline if line.pos > before]
        assert "mention.guided" not in typs
        assert "mention.acted" not in typs


async def test_hostile_characters_that_are_pasted_do_not_stay(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await heard(console, "\x1b]0;owned\x07 [@click=x]You lie[/]")
        await console.press("g", "1", "1")
        area = console.app.screen.query_one("#guide-text", TextArea)
        area.load_text("Sorry \x1b]52;c;ZXZpbA==\x07\u202eabc")
        await console.settled()
        assert not set("\x1b\x07\u202e") & set(area.text)
        await console.press("f8")
        await console.until("Select it with the mouse")
        assert console.lines()[0].startswith("Sorry ")


async def test_a_recording_takes_no_replies_and_many_are_not_answered_at_once(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("2", "space", "space", "g")
        await console.until("one mention at a time")
