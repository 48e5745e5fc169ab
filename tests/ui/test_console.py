"""The console as a person meets it: six views, two sizes, two languages; keys, dialogs, a crisis from calm to end."""

import dataclasses
from copy import copy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from tests.ui.consoles import demo_console
from warroom.domain.deadlines import next_deadline
from warroom.domain.events import SpikeSeen
from warroom.domain.incident import add_note
from warroom.domain.mention import Mention, Reading, Segment
from warroom.domain.prepared import Prepared
from warroom.domain.sentence import say
from warroom.domain.triage.alarm import AlarmState
from warroom.services.health import Health
from warroom.services.room import TIMELINE
from warroom.services.words import Words
from warroom.store.journal import verify_log
from warroom.store.windows import Filter
from warroom.ui.banner import banner
from warroom.ui.frame import clocks, feed_state
from warroom.ui.line import width_of
from warroom.ui.screens.console import ConsoleScreen
from warroom.ui.views.desk_panels import Editor
from warroom.ui.views.feed import FeedView
from warroom.ui.views.plan_lines import step_row
from warroom.ui.views.pulse_lines import coverage_rows, effect_rows, spike_line
from warroom.ui.views.statement_card import card


async def test_an_act_says_what_it_did_moves_on_and_is_undone(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        newest = console.room.board.row
        await console.press("r")
        await console.until("Choose a mention first")
        await console.press("down", "r")
        await console.until("→ Reply")
        with_reader = console.app.session.reader
        first = with_reader.get(newest)
        assert first is not None
        assert console.room.board.desk.mark(first.mention.key).state == "reply"
        assert console.screen.query_one("#room-feed").selected == newest - 1  # type: ignore[attr-defined]
        await console.press("u")
        await console.until("Undone")
        assert console.room.board.desk.mark(first.mention.key).state == "new"
        assert console.screen.query_one("#room-feed").selected == newest  # type: ignore[attr-defined]


@pytest.mark.parametrize(("size", "downs"), [((120, 36), 2), ((120, 36), 1), ((80, 24), 1)])
async def test_new_mentions_wait_above_once_a_row_is_chosen(tmp_path: Path, size: tuple[int, int], downs: int) -> None:
    async with demo_console(tmp_path, size) as console:
        await console.press(*["down"] * downs)
        selected = console.screen.query_one("#room-feed").selected  # type: ignore[attr-defined]
        before = console.lines()
        room = console.room
        added = await room.mentions.add(
            [
                (Mention(source="x", native_id=f"n{n}", text="new", received_at=room.clock()), Reading(Segment.HATE))
                for n in range(200)
            ]
        )
        room.board.row = added.last_row
        room.tell()
        await console.until("200 new mentions above")
        assert console.screen.query_one("#room-feed").selected == selected  # type: ignore[attr-defined]
        shown = [line[:70] for line in console.lines() if "▌" in line]
        assert shown == [line[:70] for line in before if "▌" in line] != []
        await console.press("l")
        await console.until("new mentions above", gone=True)


async def test_a_note_is_written_and_a_time_at_its_start_dates_it_back(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("n")
        console.app.screen.query_one("#note", Input).value = "13:50 Diario asks again"
        await console.press("enter")
        await console.until("Noted")
        await console.press("5")
        await console.until("Diario asks again")
        line = next(line for line in console.lines() if "Diario asks again" in line)
        assert "13:50" in line
        assert "added 14:25" in line


async def test_the_plan_is_ticked_completed_and_a_deadline_is_moved(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        incident = console.room.incident
        assert incident is not None
        await console.press("3")
        late = next(state for state in incident.steps.values() if state.id == "own-people")
        assert late.ticked == frozenset()
        await console.press("space")
        await console.until("✓ Done: ")
        assert len(console.room.incident.steps["own-people"].ticked) == 1  # type: ignore[union-attr]
        await console.press("down", "space")
        await console.until("✓ Not done: ")
        assert console.room.incident.steps["own-people"].ticked == frozenset()  # type: ignore[union-attr]
        await console.press("up", "enter")
        console.app.screen.query_one("#field-due", Input).value = "+30"
        await console.press("enter")
        await console.until("due 50 min")
        assert console.room.incident.steps["own-people"].due == 50  # type: ignore[union-attr]


async def test_a_statement_is_approved_published_and_keeps_its_promise(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "a")
        await console.until("Approve revision 1")
        signs = console.text().replace("\N{NO-BREAK SPACE}", " ")
        assert "Principles  ! be first  ✓ be right  ✓ be credible  ✓ empathy" in signs
        await console.press("tab")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Approved: revision 1")
        await console.press("p")
        await console.until("Nothing is posted for you")
        assert "A. Martín" in console.text()
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Published after 23 min")
        incident = console.room.incident
        assert incident is not None
        assert incident.holding_at is not None
        assert [promise.is_open for promise in incident.promises.values()] == [False, True]
        assert incident.publications[-1].links_missing
        assert incident.steps["holding"].last == (console.room.clock(), "AM"), "it waits for no link"


async def test_a_new_text_begins_with_what_was_approved_in_calm(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        desk = console.screen.session.scene().desk
        assert desk is not None
        ours = Prepared(id="ours", purpose="holding", lang="en", text="We know about [what]. More at [hh:mm].")
        desk.settings = replace(desk.settings, texts=(ours, replace(ours, purpose="update", text="Other")))
        await console.press("4", "w")
        editor = console.screen.query_one(Editor)
        assert editor.text == "We know about [what]. More at [hh:mm]."
        assert editor.selected_text == "[what]"
        await console.press(*"rash")
        assert editor.text == "We know about rash. More at [hh:mm]."


async def test_editing_after_approval_voids_it_on_the_screen(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "a")
        await console.until("Approve revision 1")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Approved: revision 1")
        editor = console.screen.query_one(Editor)
        editor.focus()
        await console.press("ctrl+end", "x", "escape")
        await console.until("v2 voids it")
        await console.press("p")
        await console.until("has not approved this text")
        assert console.app.screen.query_one("#yes").disabled


async def test_enter_goes_through_the_declaration_and_at_its_end_neither_declares_nor_loses_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.press("d")
        await console.until("What is happening?")
        await console.press(*"A rash", "enter", "down", "enter", "enter", *"Nobody drinks it", *["enter"] * 5)
        await console.until("Tab leads to “Declare and start the clock”")
        screen = console.app.screen
        assert screen.query_one("#title", Input).value == "A rash"
        assert screen.query_one("#objective", Input).value == "Nobody drinks it"
        assert console.room.board.incident is None
        await console.press("tab", "enter")
        await console.until("Declared. The clock runs.")
        incident = console.room.board.incident
        assert incident is not None
        assert (incident.title, incident.severity) == ("A rash", 3)


async def test_what_was_typed_is_there_again_after_escape_until_it_is_written(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.press("d")
        await console.until("What is happening?")
        await console.press(*"A rash", "enter", "down", "enter", "enter", *"Nobody drinks it", "escape")
        await console.until("What is happening?", gone=True)
        await console.press("d")
        await console.until("A rash")
        await console.until("Nobody drinks it")
        await console.until("(•) ■■■□ 3")
        await console.press(*["enter"] * 4, "tab", "enter")
        await console.until("Declared. The clock runs.")
        incident = console.room.board.incident
        assert incident is not None
        assert (incident.title, incident.severity) == ("A rash", 3)
        await console.press("n")
        await console.until("Enter saves")
        await console.press(*"Call the lab", "escape")
        await console.until("Enter saves", gone=True)
        await console.press("n")
        await console.until("Call the lab")
        await console.press("enter")
        await console.until("Enter saves", gone=True)
        await console.press("n")
        await console.until("Enter saves")
        assert console.app.screen.query_one("#note", Input).value == ""


async def test_a_note_that_was_left_does_not_stand_in_the_correction_of_an_entry(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("n")
        await console.until("Enter saves")
        await console.press(*"Call the lab", "escape", "5", "c")
        await console.until("Correct an entry")
        assert console.app.screen.query_one("#note", Input).value == ""
        await console.press("escape", "n")
        await console.until("Call the lab")


async def test_a_crisis_is_walked_from_calm_to_its_end(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.until("No open crisis")
        await console.press("d")
        await console.until("What is happening?")
        screen = console.app.screen
        screen.query_one("#title", Input).value = "Reactions to oat drink"
        screen.query_one("#objective", Input).value = "Nobody drinks it"
        screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Declared. The clock runs.")
        await console.press("4", "f2")
        await console.until("First confirm the objectives")
        await console.press("3", "o")
        await console.until("Objectives on the table")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Objectives confirmed")
        await console.press("4", "e", *"Nobody drinks it", "escape")
        await console.until("saved", "Nobody drinks it")
        console.screen.action_stand_down()
        await console.until("Why is it over?")
        console.app.screen.query_one("#reason", Input).value = "a false alarm"
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Stood down", "Export the log")
        await console.press("escape")
        await console.until("No open crisis")
        assert [incident.is_open for incident in console.room.board.incidents.values()] == [False]
        for keys in (["4"], ["d"]):  # the text of a crisis that is over is neither in calm nor in the next one
            await console.press(*keys)
            await console.settled()
            assert "Nobody drinks it" not in console.text()
    assert verify_log(tmp_path / TIMELINE).is_whole


async def test_a_past_crisis_is_replayed_and_opened_again(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        console.screen.action_stand_down()
        await console.until("Why is it over?")
        console.app.screen.query_one("#reason", Input).value = "it is over"
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Export the log")
        await console.press("enter")  # nobody asked for it: nothing is written
        await console.until("Export the log", gone=True)
        assert not list(Path.cwd().glob("demo*.md"))
        await console.until("No open crisis")

        await console.press("o")
        await console.until("Past crises")
        assert "oat drink" in console.text()
        await console.press("enter")
        await console.until("REPLAY")
        await console.press("n")
        await console.until("read-only")
        await console.press("q")
        await console.until("No open crisis")

        await console.press("o")
        await console.until("Past crises")
        await console.press("enter")
        await console.until("REPLAY")
        left = console.app.screen
        assert isinstance(left, ConsoleScreen)
        console.app.pop_screen()
        left._second()  # the clock strikes once more for who has just left
        await console.until("No open crisis")

        await console.press("o")
        await console.until("Past crises")
        await console.press("o")
        await console.until("goes on where it stopped")
        await console.press("enter")
        await console.until("Say why")
        await console.press(*"again", "tab", "tab", "enter")
        await console.until("Open again: ")
        await console.until("No open crisis", gone=True)
        incident = console.room.board.incident
        assert incident is not None
        assert incident.title in console.text()

        await console.press("1")
        console.screen.action_open()
        await console.until("Past crises")
        await console.press("o")
        await console.until("A crisis is open.")
    assert verify_log(tmp_path / TIMELINE).is_whole


async def test_a_search_shows_what_matches_and_escape_clears_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("2", "slash")
        await console.press(*"refund")
        await console.until("“refund”")
        rows = [line for line in console.lines() if "@" in line]
        assert rows
        assert all("refund" in line.lower() for line in rows if "…" not in line)
        await console.press("escape")
        await console.until("“refund”", gone=True)


async def test_a_filter_by_what_was_done_follows_what_is_done(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:

        def marked(state: str) -> int:
            return sum(mark.state == state for _, mark in console.room.board.desk)

        untouched = console.room.board.row - len([mark for _, mark in console.room.board.desk if mark.state != "new"])
        ignored = marked("ignore")
        await console.press("2")
        view = console.screen.query_one(FeedView)
        view.filter(Filter(states=frozenset({"new"})))
        await console.until(f"{untouched} of")
        await console.press("down", "i")
        assert marked("ignore") == ignored + 1
        await console.until(f"{untouched - 1} of")
        view.filter(Filter(states=frozenset({"ignore"})))
        await console.until(f"{ignored + 1} of")


async def test_help_tells_our_own_keys_by_place_and_nothing_of_the_toolkit(tmp_path: Path) -> None:
    async with demo_console(tmp_path, lang="es", size=(120, 50)) as console:
        await console.press("question_mark")
        await console.until("Teclas aquí")
        text = console.text()
        assert text.index("Responder") < text.index("En cualquier parte")
        await console.press("pagedown", "pagedown", "pagedown")
        text += console.text()
        assert text.index("En cualquier parte") < text.index("Moverse")
        for foreign in ("Scroll", "Copy", "Focus", "super+"):
            assert foreign not in text
        assert "Tab  Panel siguiente" in text
        await console.press("escape")
        await console.until("En cualquier parte", gone=True)


async def test_the_effect_of_a_statement_is_read_when_its_minutes_are_full_and_never_called_a_cause(
    tmp_path: Path,
) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("6")
        await console.until("Effect of “First word”  15 min: to be read at 14:31")
        scene = console.screen.session.scene()

        def told(minutes: int, most: int, width: int = 116, lang: str = "en") -> str:
            words = Words(lang, scene.words.zone)
            later = dataclasses.replace(scene, words=words, now=scene.now + timedelta(minutes=minutes))
            rows = effect_rows(later, width, most)
            assert all(width_of(row) <= width for row in rows)
            return "\n".join("".join(part.text for part in row) for row in rows)

        assert told(20, 3).startswith("Effect of “First word”, hate + dislike  15 min: ")
        assert told(20, 3).count("(n=") == 1
        assert "30 min: to be read at 14:46" in told(20, 3)
        for minutes in ("15 min: ", "30 min: ", "60 min: "):
            assert minutes in told(70, 3)
        assert told(70, 3).count("(n=") == 3
        assert "60 min: " in told(70, 1)
        assert told(70, 1).count("(n=") == 1
        assert "because" not in told(70, 3)
        for width, lang in ((78, "es"), (78, "en"), (70, "es"), (60, "en")):
            for later in (20, 70):
                assert told(later, 1, width, lang).count("(n=") == 1, "the numbers have room in every size"


def heard_by(name: str, source: str, told: str, **how: Any) -> Health:
    return Health(name, source, say("{told}", told=told), **{"state": "live", **how})


async def test_the_pulse_says_who_is_heard_and_what_is_not_connected_and_who_is_lost_or_new(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        scene = console.screen.session.scene()
        assert set(scene.desk.settings.networks) >= {"x", "instagram"}
        listened = (
            heard_by("bluesky", "bluesky", "whole network"),
            heard_by("mastodon", "mastodon", "#acme on 3 servers"),
            heard_by("news", "news", "5 papers", state="lost"),
        )
        since = scene.now - timedelta(hours=3)
        scene.board.added["mastodon"] = since
        own = AlarmState(minute=scene.minute, learning=True, count=12, expected=9.0)
        scene = dataclasses.replace(scene, health=listened, mode="live", alarms_of_new={"mastodon": own})
        new = f"new since {scene.words.clock(since)}, "

        def told(width: int, most: int) -> list[str]:
            rows = coverage_rows(scene, width, most)
            assert len(rows) <= most
            assert all(width_of(row) <= width for row in rows)
            return ["".join(part.text for part in row) for row in rows]

        whole = " ".join(told(76, 4))
        for words in (
            "bluesky: whole network",
            f"mastodon ({new}compared with itself): #acme on 3 servers",
            "X: not connected",
        ):
            assert words in whole
        assert told(76, 4)[0].startswith(f"Heard  ✕ news: nothing since {scene.words.clock(scene.now)}")
        assert whole.index("news:") < whole.index("mastodon (") < whole.index("X:") < whole.index("bluesky:")
        assert told(40, 1)[0].endswith("…")
        spoken = "".join(part.text for part in spike_line(scene, 200))
        assert f"  mastodon: {new}compared with itself   alert at " in spoken
        assert scene.alert_line == (scene.board.spike.line10 / 10 if scene.board.spike else 0) + 9 / 15
        early = dataclasses.replace(scene, alarms_of_new={"mastodon": AlarmState(minute=1, warm=False)})
        spoken = "".join(part.text for part in spike_line(early, 200))
        assert f"  mastodon: {new}learning what is usual   alert at " in spoken
        for told_at in (timedelta(hours=22), timedelta(hours=-48)):
            later = dataclasses.replace(scene, now=scene.now + told_at)
            assert "mastodon: new" not in "".join(part.text for part in spike_line(later, 200))
        at_new = SpikeSeen(rate10=8, usual10=6, level="red", count=12, expected10=90, feed="mastodon", new_since=since)
        scene.board.spike, before = at_new, scene.board.spike
        spoken = "".join(part.text for part in spike_line(scene, 200))
        assert spoken.startswith("▲ Spike at mastodon, new since "), "as it was recorded, where the alarm is calm"
        own_red = dataclasses.replace(scene, alarms_of_new={"mastodon": replace(own, level="red", count=99)})
        spoken = "".join(part.text for part in spike_line(own_red, 200))
        assert "Spike at mastodon since " in spoken
        in_calm = dataclasses.replace(own_red, board=copy(scene.board), health=listened[:2])
        in_calm.board.current = None
        narrow = "".join(part.text for part in banner(in_calm, 80))
        assert "mentions in 15 min" in narrow
        assert "…" not in narrow, "rather fewer clauses than half a number"
        assert "99 mentions in 15 min, expected 9" in spoken
        assert f"  mastodon: {new}compared with itself" in spoken
        scene.board.spike = before
        for width in (60, 90, 110):
            line = spike_line(scene, width)
            assert width_of(line) <= width
            assert "15 min" in "".join(part.text for part in line)
        rising = AlarmState(minute=scene.minute, level="red", count=400, expected=30.0)
        following = dataclasses.replace(scene, alarm=rising)
        following.board.spike = None
        spoken = "".join(part.text for part in spike_line(following, 200))
        assert spoken.startswith("400 mentions in 15 min, expected 30")
        assert "as usual" not in spoken.lower(), "who only follows claims no wave, and no calm either"
        await console.press("6")
        await console.until("Heard ")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_who_is_heard_has_its_line_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with demo_console(tmp_path, size) as console:
        await console.press("6")
        await console.until("Heard  ", "Effect of “First word”")


async def test_a_step_that_is_done_shows_when_it_was_and_not_when_it_was_due(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        scene = console.screen.session.scene()
        incident = scene.incident
        assert incident is not None
        done = next(state for state in incident.steps.values() if state.done_at is not None)
        late = replace(done, done_at=done.due_at(incident.declared_at) + timedelta(minutes=7))
        row = "".join(part.text for part in step_row(late, incident, scene.now, scene.words, 70, clock=True))
        assert scene.words.clock(late.done_at or scene.now) in row
        assert scene.words.clock(done.due_at(incident.declared_at)) not in row


@pytest.mark.parametrize(
    ("back", "declared", "behind"),
    [
        (0, "Declared +23 min", False),
        (1, "Declared +22 min", False),
        (2, "Declared +21 min", True),
        (60, "Declared +0 s", True),
    ],
)
async def test_a_clock_that_was_set_back_is_said_and_counts_no_time_twice(
    tmp_path: Path, back: int, declared: str, behind: bool
) -> None:
    async with demo_console(tmp_path) as console:
        await console.room.do(lambda board: add_note("the last entry", now=console.room.clock()))
        scene = console.screen.session.scene()
        earlier = dataclasses.replace(scene, now=scene.now - timedelta(minutes=back))
        assert declared in "".join(part.text for part in clocks(earlier, 160))
        told = "".join(part.text for part in banner(earlier, 120))
        last = scene.words.clock(scene.now)
        assert (
            f"behind the log: {earlier.words.clock(earlier.now)} now, the last entry is of {last}" in told
        ) is behind
        assert dataclasses.replace(earlier, now=scene.now).behind is None


async def test_a_console_beside_the_one_that_listens_says_so(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        scene = dataclasses.replace(console.screen.session.scene(), elsewhere=True)
        assert "another console listens" in "".join(part.text for part in feed_state(scene, short=False))


async def test_the_golden_hour_is_told_whole_in_spanish(tmp_path: Path) -> None:
    async with demo_console(tmp_path, lang="es") as console:
        incident = console.room.incident
        assert incident is not None
        deadline = next_deadline(incident, console.room.clock())
        assert deadline is not None
        await console.until(f"╌ {console.screen.session.words.clock(deadline.at)}")


async def test_the_palette_asks_in_the_readers_language(tmp_path: Path) -> None:
    async with demo_console(tmp_path, lang="es") as console:
        await console.press("ctrl+p")
        await console.until("¿Qué quieres hacer?")


async def test_the_room_says_when_a_statement_went_out_and_not_when_it_was_written(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        incident = console.room.incident
        assert incident is not None
        out = incident.statements["S1"].publications[-1]
        scene = console.screen.session.scene()
        only = replace(incident, statements={"S1": replace(incident.statements["S1"], publications=(out,))})
        told = "".join(part.text for part in card(scene, only, {}, 40)).splitlines()[0]
        assert "published   " in told
        assert scene.words.clock(out.published_at) in told
