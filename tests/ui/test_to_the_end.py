"""What a person meets on the way from the alert to the stand-down: sentences that are whole and say whom they mean."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from tests.ui.consoles import demo_console, incident_of, statement_of
from tests.ui.test_copy import approve, dialog_of, press_yes
from tests.ui.test_guide import heard
from warroom.domain.approval import Asked, Standing
from warroom.domain.events import CrisisProposed, SpikeSeen, StepAssigned
from warroom.domain.mention import Mention, Reading, Segment
from warroom.domain.sentence import say
from warroom.services.entries.entry import entry
from warroom.services.words import Words
from warroom.ui.dialogs.filters import people_of
from warroom.ui.dialogs.guide_lines import keys
from warroom.ui.line import Part, width_of
from warroom.ui.messages import Act
from warroom.ui.screens.console import ConsoleScreen
from warroom.ui.views import statement_card
from warroom.ui.views.desk_lines import version_line
from warroom.ui.views.desk_panels import CheckList
from warroom.ui.views.feed import FeedView
from warroom.ui.widgets.row_list import RowList


def words_of(parts: Sequence[Part]) -> str:
    return "".join(part.text for part in parts)


# --- the alert ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_the_question_whether_it_is_a_crisis_is_whole_on_80_columns(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, (80, 24), lang=lang, calm=True) as console:
        await console.room.do(lambda board: CrisisProposed(reason="topic"), actor="auto")
        t = console.screen.session.words.t
        await console.until(f"{t('Is this a crisis?')} {t('Several people tell of a danger.')}")
        assert f"d {t('Declare')}  x {t('No')} " in console.text()


async def test_no_mention_a_minute_is_not_called_more_than_usual(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.room.do(lambda board: SpikeSeen(rate10=400, usual10=40, line10=80))
        await console.until("0 mentions a minute, more than usual until a moment ago.")


async def test_a_recording_offers_nobody_to_declare(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        session = await console.screen.session.recording(incident_of(console).id)  # type: ignore[attr-defined]
        await console.app.push_screen(ConsoleScreen(session, None, {}))
        session.replay.board.current = None
        session.replay.board.proposal = CrisisProposed(reason="topic")
        await console.until("Is this a crisis?")
        console.app.screen.look()  # type: ignore[attr-defined]
        await console.settled()
        assert "Not a crisis" not in console.text()
        assert "d Declare" not in console.text()


async def test_what_a_declaration_lacks_is_where_the_keys_are_once_it_is_refused(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.press("d")
        title, lead = (console.app.screen.query_one(f"#{id}", Input) for id in ("title", "lead"))
        lead.value = ""
        for field, typed in ((title, "A rash after the oat drink"), (lead, "AM")):
            console.app.screen.query_one("#yes").focus()
            await console.press("enter")
            await console.until("✕")
            assert field.has_focus
            field.value = typed
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Declared. The clock runs.")


# --- the plan -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["a", "t", "x", "c"])
async def test_what_is_asked_of_a_step_names_it(tmp_path: Path, key: str) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await console.press("3")
        steps = console.screen.query_one("#steps")
        name = next(
            str(console.screen.session.words.value(state.step.name))
            for state in incident_of(console).steps.values()
            if state.id == str(steps.selected).partition("/")[0]  # type: ignore[attr-defined]
        )
        await console.press(key)
        await console.until(f"“{name}”.")


async def test_words_left_in_a_question_are_there_again_where_the_same_is_asked(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("3")
        steps = console.screen.query_one("#steps", RowList)
        here = steps.selected
        assert here is not None
        await console.press("x")
        await console.press(*"nothing is planned", "escape")
        await console.press("x")
        assert console.app.screen.query_one(Input).value == "nothing is planned"
        await console.press(*" yet")
        assert console.app.screen.query_one(Input).value == "nothing is planned yet"
        await console.press("escape", "down", "down", "down", "down", "down", "down", "x")
        assert not console.app.screen.query_one(Input).value, "another step is another question"
        await console.press("escape")
        steps.select(here)
        await console.press("x", "enter")
        await console.until("✓ Not needed")
        await console.press("u")
        steps.select(here)
        await console.press("x")
        assert not console.app.screen.query_one(Input).value, "what was written is not there again"


async def test_the_timeline_says_that_nobody_owns_a_step_any_more(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        step = next(iter(incident_of(console).steps.values()))
        (recorded,) = await console.room.do(lambda board: StepAssigned(step=step.id, owner=""))
        told = console.screen.session.words.say(entry(recorded, incident_of(console)).text)
        assert told.endswith(": nobody owns it now")


@pytest.mark.parametrize(
    ("typed", "shown"), [("18:00", "18:00"), ("friday 12:00", "12:00"), ("2026-03-11 09:30", "09:30")]
)
async def test_when_something_scheduled_goes_out_is_said_as_people_say_it(
    tmp_path: Path, typed: str, shown: str
) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("freeze")
        await console.press("n")
        text, _, when = console.app.screen.query(Input)
        text.value, when.value = "An ad for oat milk", typed
        when.focus()
        await console.press("enter")
        await console.until("✓ On the list")
        (listed,) = [one for one in incident_of(console).freeze.values() if one.text == "An ad for oat milk"]
        assert listed.goes_out_at is not None
        assert listed.goes_out_at > console.room.clock()
        assert console.screen.session.words.clock(listed.goes_out_at) == shown


# --- triage ---------------------------------------------------------------------------------------------


async def test_who_gets_a_mention_is_said(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await heard(console)
        await console.press("a")
        console.app.screen.query_one(Input).value = "JS"
        await console.press("enter")
        await console.until("✓ → Assigned to JS  @marta.example")


async def test_a_key_that_shows_nothing_new_says_why(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        view = console.screen.query_one(FeedView)
        await console.press("2", "down")
        sorting = console.screen.session.sorting
        await console.so(lambda: sorting.upto == console.room.board.row)
        copied = next(row for row in range(console.room.board.row, 0, -1) if len(sorting.copies(row)) > 1)
        view.feed.select(copied)
        await console.press("right")
        await console.until("Each copy has a row of its own already: d puts them in one.")


async def test_what_is_searched_for_stands_in_the_quotes_of_its_language(tmp_path: Path) -> None:
    async with demo_console(tmp_path, lang="es") as console:
        await console.press("2", "slash", *"avena")
        await console.until("«avena» ✕")


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_the_way_back_is_told_at_the_end_of_the_guide_at_every_width(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, (80, 24), lang=lang) as console:
        t = console.app.session.words.t
        await heard(console)
        await console.press("g", "1", "1")
        await console.until(t("Mark as Reply"))
        printed = next(line for line in console.lines() if "F2 " in line)
        assert f"F7 {t('Back')}" in printed
        for width in range(40, 120):
            told = words_of(keys(console.app.session.scene(), "repair", width))
            assert told.endswith(t("Back"))
            assert len(told) <= width


async def test_the_way_back_in_the_guide_works_from_within_the_text_as_it_is_printed(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await heard(console)
        await console.press("g", "1", "1")
        await console.until("Mark as Reply")
        await console.press(*"mine", "f7")
        await console.until("Is it an error of ours?")
        await console.press("1")
        await console.until("mine")


# --- statements -----------------------------------------------------------------------------------------


async def test_the_next_check_is_one_that_has_something_to_say(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await console.press("4")
        checks = console.screen.query_one(CheckList)
        first: str | None = None
        for _ in range(12):
            await console.press("f6")
            row = checks.rows.row(checks.selected)  # type: ignore[attr-defined]
            assert row.finding is not None, row
            first = first or row.key
        seen = {first}
        for _ in range(12):
            await console.press("f6")
            seen.add(checks.selected)
        assert len(seen) > 1


async def test_a_text_nobody_objects_to_has_no_next_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        checks = console.screen.query_one(CheckList)
        monkeypatch.setattr(type(checks.rows), "found_after", lambda *_: None)
        await console.press("f6")
        await console.until("No check has anything to say of this text.")


async def test_the_room_waits_for_who_can_approve_and_not_for_who_wrote_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo_console(tmp_path) as console:
        now = console.room.clock()
        asked = Asked(role="lead", holder="AM", since=now, absence="author", stand_ins=("JS",))
        monkeypatch.setattr(statement_card, "standing", lambda *_: Standing(asked=(asked,), is_sent=True))
        monkeypatch.setattr(statement_card, "waits_for", lambda *_: False)  # who looks wrote it
        console.screen.look()
        await console.until("waiting for J. Solà")


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_no_name_is_cut_beside_the_version(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, (80, 24), lang=lang) as console:
        await console.press("4")
        scene = console.screen.session.scene()
        plain = replace(scene.desk.settings, voice=replace(scene.desk.settings.voice, tone=""))
        scene.desk.settings = plain
        incident = incident_of(console)
        draft = scene.desk.begin(incident, "update", "AM")
        for width in range(40, 90):
            told = version_line(scene, incident, draft, "", width)
            assert width_of(told) <= width or "…" not in words_of(told[-1:])
            assert not words_of(told).rstrip().endswith("A…")


async def test_copying_waits_for_the_link_and_a_wrong_link_is_corrected(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await approve(console)
        await console.press("p")
        await console.until("Nothing is posted for you")
        await press_yes(console)
        await console.until("Copy and link: statement v1")
        await console.press("c", "l")
        await console.until("Link on Web")
        for name in ("Web", "X", "Bluesky", "Mastodon", "IG"):
            await console.until(f"Link on {name}")
            console.app.screen.query_one(Input).value = f"https://{name.lower()}.example/1"
            await console.press("enter")
        await console.until("Link added: IG")
        await console.press("shift+tab", "home", "l")
        await console.until("Both links stay in the log")
        await console.press("enter")
        await console.until("That is the link as it stands.")
        console.app.screen.query_one(Input).value = "https://help.example/4471"
        await console.press("enter")
        await console.until("Link corrected: Web")
        assert "https://help.example" in console.text()
        place = next(one for one in statement_of(console).publications[-1].places if one.network == "web")
        assert place.url == "https://help.example/4471"
        assert dialog_of(console)


# --- the end --------------------------------------------------------------------------------------------


async def test_the_review_before_the_end_counts_what_very_many_see_and_nobody_answered(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        loud = Mention(
            source="x",
            native_id="loud-1",
            text="Nobody answers us",
            author_handle="diario.example",
            followers=900_000,
            received_at=console.room.clock(),
        )
        added = await console.room.mentions.add([(loud, Reading(Segment.HATE))])
        console.room.board.row = added.last_row
        await console.screen.run_action("stand_down")
        await console.until("that 50,000 people or more can see")
        before = next(line for line in console.lines() if "50,000 people" in line)
        await console.press("escape", "2", "home", "down", "c")
        await console.until("✓ → Close")
        await console.screen.run_action("stand_down")
        await console.until("50,000 people")
        after = next(line for line in console.lines() if "50,000 people" in line)
        assert before != after


async def test_a_recording_that_is_left_while_it_looks_takes_nothing_down_with_it(tmp_path: Path) -> None:
    """Its parts go before it does: a second, a key row or a view that comes just then finds none of them."""
    async with demo_console(tmp_path) as console:
        session = await console.screen.session.recording(incident_of(console).id)  # type: ignore[attr-defined]
        recording = ConsoleScreen(session, None, {})
        await console.app.push_screen(recording)
        await console.settled()
        console.app.pop_screen()
        for _ in range(300):
            recording.tell(say("Noted"))
            await recording._act(Act(lambda board: [], say("Noted")))
            recording.look()
            recording._second()
            recording.on_descendant_focus()
            recording._focus_view()
            await recording._complete()
            await asyncio.sleep(0)
        assert console.app.screen is console.screen
        assert console.app.is_running
        await console.press("1")


def test_one_is_one_in_spanish_too() -> None:
    words = Words("es", ZoneInfo("Europe/Madrid"))
    rate, heard_of = ("mention/min", "mentions/min"), "Listening to {n} of {all} sources."
    assert [words.tn(*rate, n) for n in (0, 1, 2)] == ["menciones/min", "mención/min", "menciones/min"]
    assert words.tn(heard_of, heard_of, 1, all=2) == "Se escucha 1 de 2 fuentes."
    assert words.tn(heard_of, heard_of, 2, all=3) == "Se escuchan 2 de 3 fuentes."


async def test_who_went_away_is_not_said_to_be_here(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await console.app.run_action("screen.seats")
        await console.settled()
        await console.press("v")
        await console.until("A. Martín is not available")
        row = next(line for line in console.lines() if "A. Martín (AM)" in line)
        assert "! Lead" in row
        assert "away" in row
        assert "here since" not in row


async def test_what_the_public_waits_for_is_told_apart_from_the_step_of_that_name(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.app.run_action("screen.deadlines")
        await console.until("In public: Holding statement", "○ Holding statement")


@pytest.mark.parametrize(
    ("typed", "people"),
    [("50000", 50_000), ("50.000", 50_000), ("50k", 50_000), ("1.5k", 1_500), ("1,5 K", 1_500), ("2m", 2_000_000)],
)
def test_a_reach_is_understood_as_people_write_it(typed: str, people: int) -> None:
    assert people_of(typed) == people
    assert people_of(f"some {typed}") is None
