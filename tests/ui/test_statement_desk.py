"""The statement desk: who must approve, two who edit at once, texts to begin with, what is pasted, very long drafts."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual import events
from textual.widgets import Button, Input, RadioSet

from tests.scenario import DECLARED
from tests.ui.consoles import MOMENT, Console, demo_console, incident_of, statement_of
from warroom.domain.approval import Absence, Asked, Standing
from warroom.domain.board import Board
from warroom.domain.events import AnyEvent
from warroom.domain.mention import Segment
from warroom.domain.prepared import Prepared
from warroom.domain.statement import revise
from warroom.services.desk import Desk, DeskSettings, Reading
from warroom.services.draft import Draft
from warroom.ui.checking import AT_ONCE
from warroom.ui.dialogs.merge import MergeDialog
from warroom.ui.draft import saved
from warroom.ui.views import editing
from warroom.ui.views.desk_lines import standing_lines
from warroom.ui.views.desk_panels import CheckList, Editor
from warroom.ui.views.desk_rows import DeskRows
from warroom.ui.views.statement import StatementView
from warroom.ui.widgets.choices import Choice, TickList
from warroom.ui.widgets.draft_area import DraftArea
from warroom.ui.widgets.text_block import TextBlock

OURS = Prepared(
    id="ours",
    purpose="first-word",
    lang="en",
    text="We are sorry. We know about [what] and are checking it. Our next word comes here at [hh:mm].",
    approved_by="JS",
    approved_on="2026-01-15",
    own=True,
)


def with_texts(console: Console, texts: Sequence[Prepared]) -> None:
    desk = console.screen.session.scene().desk
    desk.settings = replace(desk.settings, texts=tuple(texts))


async def edited_elsewhere(
    console: Console, text: str, base: str | None = None, facts: tuple[str, ...] | None = None
) -> None:
    """Somebody else saves, on the head as it is or as it was."""

    def decide(board: Board) -> AnyEvent:
        incident = board.incident
        assert incident is not None
        assert incident.statement is not None
        head = incident.statement.head
        return revise(
            incident.statements,
            incident.statement.id,
            text,
            purpose=head.purpose,
            lang=head.lang,
            networks=head.networks,
            spokesperson=head.spokesperson,
            question=head.question,
            facts=head.facts if facts is None else facts,
            base=base,
        )

    await console.room.do(decide, actor="PG")
    await console.settled()


async def write(console: Console, text: str) -> None:
    """Put a text into the editor as if it had been typed, and leave the editor, which saves it."""
    editor = console.screen.query_one(Editor)
    editor.focus()
    editor.load_text(text)
    await console.settled()
    await console.press("escape")


# --- approval ------------------------------------------------------------------------------------------


async def test_the_desk_says_who_has_approved_and_who_is_asked(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await console.until("Legal: J. Solà")
        text = console.text()
        assert "Lead: A. Martín" in text
        assert "a  Approve" in text
        console.room.actor = "LR"
        console.screen.look()
        await console.until("missing Lead (AM)")
        console.room.actor = "AM"
        console.screen.look()
        await console.until("a  Approve")
        await console.press("p")
        await console.until("Lead (A. Martín) has not approved this text")
        assert console.app.screen.query_one("#yes", Button).disabled
        await console.press("escape", "a")
        await console.until("Who has to approve it")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Approved: revision 1")
        await console.press("p")
        await console.until("Nothing is posted for you")
        assert not console.app.screen.query_one("#yes", Button).disabled


async def test_who_is_not_in_the_team_approves_nothing_and_reads_what_helps(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        console.room.actor = "ZZ"
        await console.press("4")
        await console.until("Legal: J. Solà")
        before = statement_of(console)
        await console.press("a")
        await console.until("Approve revision 1")
        await console.press("tab", "enter")
        await console.until("ZZ is not in the team of this crisis: give them a seat in the plan")
        assert console.app.screen.query("#yes")
        assert statement_of(console) == before


async def test_a_promise_gets_the_owner_of_the_review_when_it_is_published(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        assert "16:00 → PG?" in console.screen.query_one(CheckList).plain
        await console.press("a")
        await console.until("Approve revision 1")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Approved: revision 1")
        await console.press("p")
        await console.until("Nothing is posted for you")
        owner = console.app.screen.query_one("#owner-0", Input)
        assert owner.value == "PG"
        owner.value = "ES"
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Published after")
        assert [promise.owner for promise in incident_of(console).open_promises] == ["ES"]


async def test_a_text_approved_in_calm_goes_out_past_a_silent_approver_by_name_and_reason(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        with_texts(console, [OURS])
        await console.press("4", "b")
        await console.until("Begin with a text")
        assert "✓ First word" in console.text()
        assert "approved by JS 2026-01-15" in console.text()
        await console.press("enter")
        editor = console.screen.query_one(Editor)
        assert editor.text == OURS.text
        assert editor.selected_text == "[what]"
        await console.press("escape", "f2")
        await console.until("C9")
        await write(console, OURS.text.replace("[what]", "lot 4471").replace("[hh:mm]", "16:00"))
        written = statement_of(console).id
        assert statement_of(console).head.template == "ours"
        await console.press("f2")
        await console.until("Sent to approve")
        await console.press("p")
        await console.until("to answer.")
        assert not console.app.screen.query_one("#past-silence").display
        await console.press("escape")

        later = MOMENT + timedelta(minutes=11)
        console.room.clock = lambda: later
        await console.until("11 min ago")
        await console.press("p")
        await console.until("Emergency: JS approved these words in calm")
        assert console.app.screen.query_one("#yes", Button).disabled
        console.app.screen.query_one("#past-silence").focus()
        await console.press("enter")
        await console.until("Say why it cannot wait")
        console.app.screen.query_one("#emergency", Input).value = "people are drinking it"
        await console.settled()
        console.app.screen.query_one("#past-silence").focus()
        await console.press("enter")
        await console.until("Published after")
        statement = incident_of(console).statements[written]
        assert statement.is_published
        assert statement.approval is not None
        assert (statement.approval.by, statement.approval.emergency) == ("AM", "people are drinking it")
        await console.press("escape", "s", "s")
        await console.until("past a silent approver")


async def test_the_emergency_button_is_not_there_for_a_text_of_ones_own(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        with_texts(console, [OURS])
        later = MOMENT + timedelta(minutes=30)
        console.room.clock = lambda: later
        await console.press("4", "p")
        await console.until("Nothing is posted for you")
        assert not console.app.screen.query("#past-silence")
        assert "Emergency" not in console.text()


# --- what goes with a text -----------------------------------------------------------------------------


async def test_objective_audiences_and_spokesperson_are_chosen_with_what_is_known_of_them(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        assert "not spoken to yet: + like, ++ love" in console.screen.query_one(CheckList).plain
        await console.press("t")
        await console.until("What goes with the text")
        screen = console.app.screen
        speakers = screen.query_one("#speaker", RadioSet)
        labels = [str(button.label) for button in speakers.query(Choice)]
        assert labels[0].startswith("✓ ES Elena Soto")
        assert any(label.startswith("! AM A. Martín") and "no spokesperson" in label for label in labels)
        audiences = screen.query_one("#desk-audiences", TickList)
        audiences.select(Segment.LIKE)
        audiences.select(Segment.LOVE)
        facts = screen.query_one("#desk-facts", TickList)
        assert str(facts.get_option_at_index(0).prompt).startswith("F1 confirmed: ")
        screen.query_one("#yes").focus()
        await console.press("enter")
        assert "speaks to all four" in console.screen.query_one(CheckList).plain
        head = statement_of(console).head
        assert set(head.audiences) == {Segment.HATE, Segment.DISLIKE, Segment.LIKE, Segment.LOVE}
        assert head.objective == incident_of(console).objectives[0]


async def test_a_text_for_our_own_people_is_ticked_and_a_network_of_its_own_is_named(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "t")
        await console.until("What goes with the text")
        screen = console.app.screen
        places = screen.query_one("#desk-networks", TickList)
        told = [str(places.get_option_at_index(place).prompt) for place in range(places.option_count)]
        assert told[-2:] == ["Our own people (no word in public)", "Press (no word in public)"]
        places.deselect_all()
        screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("tick one place at least")
        places.select("staff")
        screen.query_one("#desk-other", Input).value = "LinkedIn"
        screen.query_one("#desk-lang").focus()
        await console.press("enter")
        assert statement_of(console).head.networks == ("staff", "linkedin")


async def test_an_empty_page_is_not_in_order(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "w")
        await console.until("nothing is written yet")
        assert "nothing to say against it" not in console.screen.query_one(CheckList).plain
        await console.press(*"We are sorry.")
        await console.until("H4")
        assert "nothing is written yet" not in console.screen.query_one(CheckList).plain


async def test_a_misspelt_network_is_asked_about_once(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "t")
        await console.until("What goes with the text")
        screen = console.app.screen
        screen.query_one("#desk-networks", TickList).deselect_all()
        other = screen.query_one("#desk-other", Input)
        for typed, told in (
            ("mastodn", "Did you mean “mastodon”?"),
            ("newsletter, instgram", "Did you mean “instagram”?"),
        ):
            other.value = typed
            screen.query_one("#desk-lang").focus()
            await console.press("enter")
            await console.until(told)
        await console.press("enter")
        assert statement_of(console).head.networks == ("newsletter", "instgram")


async def test_what_is_typed_is_checked_while_one_is_still_in_the_text(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "e")
        assert "is a gap" not in console.text()
        await console.press(*"[what] ")
        assert "✕ C9 “[what]” is a gap" in console.text()
        assert console.screen.query_one(Editor).text.startswith("[what] We know")


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_where_there_is_room_the_whole_review_stands_there_at_once(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, (200, 50), lang=lang) as console:
        await console.press("4", "e", *"Also: ", "escape", "f2", "a")
        await console.until({"en": "What changed since v1", "es": "Qué ha cambiado desde la v1"}[lang])
        assert {"en": "Send back", "es": "Devolver"}[lang] in console.text()


async def test_who_approves_reads_the_facts_and_not_their_numbers(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "a")
        await console.until("Approve revision")
        fact = incident_of(console).facts["F1"]
        await console.until(f"F1 confirmed: {fact.text[:30]}")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_what_comes_next_stands_right_below_approval(tmp_path: Path, size: tuple[int, int]) -> None:
    async with demo_console(tmp_path, size) as console:
        await console.press("4")
        await console.until("Legal: J. Solà")
        lines = console.lines()
        place = next(n for n, line in enumerate(lines) if "Approval" in line and "Statement" not in line)
        assert " a  Approve" in lines[place + 1], "who is waited for approves"
        assert " p  Publish: missing" in lines[place + 2]
        console.room.actor = "PG"
        console.screen.look()
        await console.until("a  Approve", gone=True)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_text_that_is_held_leads_to_what_holds_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with demo_console(tmp_path, size) as console:
        await console.press("4", "w", *"We are sorry. [what]", "escape", "f2")
        await console.until("still block")
        checks = console.screen.query_one(CheckList)
        assert isinstance(checks.rows, DeskRows)
        row = checks.rows.row(checks.selected)
        assert row is not None
        assert row.finding is not None
        assert row.finding.level == "B"
        await console.settled()
        assert checks.scroll_offset.y <= checks.cursor < checks.scroll_offset.y + checks.size.height


@pytest.mark.parametrize("absence", ["vacant", "author"])
async def test_nobody_is_said_to_be_asked_who_was_not(tmp_path: Path, absence: Absence) -> None:
    async with demo_console(tmp_path) as console:
        incident, statement = incident_of(console), statement_of(console)
        asked = Asked(role="legal", holder="", since=MOMENT, absence=absence, stand_ins=("PG",))
        scene = console.screen.session.scene()
        lines = standing_lines(scene, incident, statement, Standing(asked=(asked,), is_sent=True))
        told = "".join(part.text for part in lines)
        assert "P. Gil may approve in their place" in told
        assert "asked" not in told


async def test_a_fact_that_does_not_exist_is_said(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        statement = statement_of(console)

        def decide(board: Board) -> AnyEvent:
            assert board.incident is not None
            head = statement.head
            return revise(
                board.incident.statements, statement.id, head.text, purpose="holding", lang="en", facts=("F1", "F9")
            )

        await console.room.do(decide, actor="PG")
        await console.press("4")
        assert "F9 there is no such fact" in console.screen.query_one(CheckList).plain


async def test_a_servers_own_limit_counts_in_the_row_of_lengths(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        desk = Desk(DeskSettings(limits={"mastodon": 1000, "intranet": 40}))
        text = "a" * 600
        measured = dict(desk.lengths(text, ("mastodon", "intranet", "x")))
        assert (measured["mastodon"].limit, measured["mastodon"].parts) == (1000, 1)
        assert (measured["intranet"].limit, measured["intranet"].fits) == (40, False)
        found = desk.judge(
            text, replace(desk.begin(incident_of(console), "reply"), networks=("mastodon",)), incident_of(console),
            MOMENT, frozenset(),
        )  # fmt: skip
        assert "C5" not in {finding.check for finding in found}


# --- two who edit at once ------------------------------------------------------------------------------


async def test_two_who_edit_at_once_are_shown_both_and_bring_them_together(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await console.until("Legal: J. Solà")
        base = statement_of(console).head.digest
        editor = console.screen.query_one(Editor)
        editor.focus()
        editor.move_cursor(editor.document.end)
        await console.press(*" ours")
        await edited_elsewhere(console, "Theirs entirely.", base)
        assert editor.text.endswith(" ours")
        await console.press("escape")
        await console.until("two texts at once")
        statement = statement_of(console)
        assert statement.head.text == "Theirs entirely."
        assert [rival.text.endswith(" ours") for rival in statement.rivals] == [True]
        assert editor.text.endswith(" ours")

        for key in ("f2", "p", "a"):
            await console.press(key)
            if isinstance(console.app.screen, MergeDialog):
                await console.press("escape")
        assert len(statement_of(console).submissions) == 1
        assert not statement_of(console).is_published

        await console.press("m")
        await console.until("Two texts at once")
        assert "Theirs entirely." in console.text()
        assert "P. Gil" in console.text()
        await console.press("tab")
        console.app.screen.query_one("#take-rival").focus()
        await console.press("enter")
        together = console.app.screen.query_one("#together", DraftArea)
        assert together.text.endswith(" ours")
        together.load_text("Theirs and ours.")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Brought together")
        merged = statement_of(console)
        assert (merged.head.text, merged.rivals, merged.head.author) == ("Theirs and ours.", (), "AM")
        await console.until("Written by A. Martín, P. Gil")
        assert editor.text == "Theirs and ours."
        texts = [getattr(line.recorded.data, "text", "") for line in console.room.board.timeline]
        assert "Theirs and ours." in texts


async def test_what_somebody_else_saves_comes_into_an_editor_where_nobody_types(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await edited_elsewhere(console, "New from elsewhere.")
        assert console.screen.query_one(Editor).text == "New from elsewhere."
        assert statement_of(console).rivals == ()


async def test_who_writes_without_a_pause_is_saved_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "SAVE_AFTER", 3600.0)
    monkeypatch.setattr(editing, "SAVE_WITHIN", 0.1)
    async with demo_console(tmp_path) as console:
        await console.press("4", "e", "ctrl+end", *" more")
        await console.so(lambda: statement_of(console).head.text.endswith(" more"))


async def test_control_a_takes_the_whole_text_as_everywhere(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "e", "ctrl+a", "A")
        await console.until(" 1 character ")
        await console.press(*"ll new")
        await console.press("ctrl+home", *"1 ", "ctrl+end", *" 9")
        assert console.screen.query_one(Editor).text == "1 All new 9"


async def test_saving_twice_in_a_row_makes_no_rival(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        view = console.screen.query_one(StatementView)
        editor = console.screen.query_one(Editor)
        editor.focus()
        for letter in "abc":
            editor.move_cursor(editor.document.end)
            await console.pilot.press(letter)
            view.save()
        await console.settled()
        statement = statement_of(console)
        assert statement.rivals == ()
        assert statement.head.text == editor.text
        assert editor.text.endswith("abc")


# --- what comes in -------------------------------------------------------------------------------------

HOSTILE = "Sorry \x1b]0;OWNED\x07\x1b[2Jred \u202eabc\u2066 \x9b31m zero\u200bwidth [@click=app.quit]x[/]\r\nnext"


async def test_hostile_text_that_is_pasted_is_marked_and_right_to_left_text_stays(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "w")
        editor = console.screen.query_one(Editor)
        editor.focus()
        rtl = "نحن نعرف ذلك ونعمل عليه. אנחנו יודעים"
        editor.post_message(events.Paste(HOSTILE + rtl))
        await console.settled()
        assert rtl in editor.text
        assert "[@click=app.quit]x[/]\nnext" in editor.text
        for bad in "\x1b\x07\x9b\u202e\u2066\u200b":
            assert bad not in editor.text
            assert bad not in console.text()
        await console.press("escape")
        assert rtl in statement_of(console).head.text
        await console.press("o", "escape", "a", "escape")
        assert console.app.is_running


async def test_a_hostile_text_in_the_log_does_not_reach_the_screen(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await edited_elsewhere(console, HOSTILE)
        for bad in "\x1b\x07\x9b\u202e\u2066":
            assert bad not in console.screen.query_one(Editor).text
            assert bad not in console.text()
        before = statement_of(console).head.digest
        console.screen.query_one(StatementView).save()
        await console.settled()
        assert statement_of(console).head.digest == before


LONG = {
    "one line": "word " * 20_000,
    "many lines": "A sentence of it, at 16:00. We will tell you more.\n" * 2_000,
    "one word": "a" * 100_000,
}


@pytest.mark.parametrize("kind", LONG)
async def test_a_draft_of_100_000_characters_is_read_beside_the_keys_and_is_not_lost(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, read, here, aside = LONG[kind], Desk.read, threading.get_ident(), []

    def reading(desk: Desk, draft: str, *how: Any) -> Reading:
        aside.extend([threading.get_ident() != here] if len(draft) > AT_ONCE else [])
        return read(desk, draft, *how)

    monkeypatch.setattr(Desk, "read", reading)
    async with demo_console(tmp_path) as console:
        await console.press("4", "w")
        editor = console.screen.query_one(Editor)
        editor.focus()
        editor.post_message(events.Paste(text))
        await console.settled()
        whole = editor.text
        assert whole.split() == text.split() if kind != "one word" else whole.replace("\n", "") == text
        await console.press("x", "x", "x", "escape")
        await console.until("too long to be kept")
        assert aside
        assert all(aside), "a key would have had to wait for it"
        await console.until("! not saved")
        kept = editor.text
        assert kept.count("x") == whole.count("x") + 3
        await console.press("w")
        assert editor.text == kept
        await console.press("3", "4")
        assert editor.text == kept


async def test_the_rows_say_all_of_it_at_every_size(tmp_path: Path) -> None:
    for size in ((80, 24), (120, 36), (200, 50)):
        async with demo_console(tmp_path / f"{size[0]}", size) as console:
            await console.press("4")
            await console.until("Approval")
            rows = console.screen.query_one(CheckList).plain
            for words in ("Objective", "serves 1:", "Spokesperson", "16:00 → PG?", "F1 confirmed", "not spoken to yet"):
                assert words in rows
            assert console.screen.query_one("#approval", TextBlock).size.height > 0


async def test_what_is_saved_already_is_saved_again_without_a_word(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        statement = statement_of(console)
        draft, text, base = Draft.of(statement), statement.head.text, statement.head.digest
        assert saved(console.room.board, incident_of(console).id, draft, text, base) == []
        assert len(saved(console.room.board, incident_of(console).id, draft, text + " More.", base)) == 1


# --- several statements -----------------------------------------------------------------------------------


async def written_beside(console: Console, text: str) -> None:
    """A new text beside the one on the desk, in words of one's own."""
    await console.press("w")
    await console.until("nothing is written yet")
    await write(console, text)


async def test_a_new_text_without_a_word_is_not_kept_and_what_waits_is_there_again(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await console.until("Legal: J. Solà")
        before, waiting = incident_of(console).statements, statement_of(console)
        editor = console.screen.query_one(Editor)
        await console.press("w")
        await console.until("nothing is written yet")
        assert editor.text == ""
        await console.press("escape")
        await console.until("Legal: J. Solà")
        assert editor.text == waiting.head.text
        assert incident_of(console).statements == before
        await console.press("a")
        await console.until("Approve revision 1")
        assert incident_of(console).statements == before


async def test_an_opening_text_that_nobody_touched_is_not_kept_either(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        with_texts(console, [replace(OURS, purpose="holding"), replace(OURS, purpose="update")])
        await console.press("4")
        await console.until("Legal: J. Solà")
        before = incident_of(console).statements
        await console.press("w")
        await console.until("We know about [what]")
        await console.press("escape")
        await console.until("Legal: J. Solà")
        assert incident_of(console).statements == before


async def test_a_new_text_is_left_by_the_mouse_or_for_another_view_as_by_escape(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await console.until("Legal: J. Solà")
        waiting, editor = statement_of(console), console.screen.query_one(Editor)
        await console.press("w")
        await console.until("nothing is written yet")
        await console.pilot.click(CheckList)
        await console.until("Legal: J. Solà")
        assert editor.text == waiting.head.text
        assert statement_of(console) == waiting


async def test_a_new_text_stays_while_the_terminal_is_not_looked_at(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await console.until("Legal: J. Solà")
        editor = console.screen.query_one(Editor)
        await console.press("w")
        await console.until("nothing is written yet")
        console.app.post_message(events.AppBlur())
        await console.settled()
        console.app.post_message(events.AppFocus())
        await console.settled()
        assert editor.text == ""
        assert editor.has_focus


async def test_what_goes_with_a_first_text_waits_for_its_first_word(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await console.until("Legal: J. Solà")
        view = console.screen.query_one(StatementView)
        before = incident_of(console).statements
        view._written.change(replace(view._written.draft, statement=None, question="What happened?"))
        console.screen.query_one(Editor).load_text("")
        view.save()
        await console.settled()
        assert incident_of(console).statements == before


async def test_one_steps_from_statement_to_statement_and_each_is_acted_on(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await console.until("Legal: J. Solà")
        first, editor = statement_of(console), console.screen.query_one(Editor)
        await written_beside(console, "We are sorry.")
        second = statement_of(console)
        assert second.head.text == "We are sorry."
        assert second.id != first.id
        await console.press("s")
        await console.until("Legal: J. Solà")
        assert editor.text == first.head.text
        await console.press("a")
        await console.until("Approve revision 1")
        await console.press("escape")
        for _ in range(len(incident_of(console).statements) - 1):
            await console.press("s")
        assert editor.text == "We are sorry."
        assert incident_of(console).statements[first.id] == first


# --- facts ------------------------------------------------------------------------------------------------


async def test_our_name_for_a_fact_in_the_text_holds_it_and_says_what_to_write(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (200, 50)) as console:
        await console.press("4")
        await console.until("Legal: J. Solà")
        await write(console, statement_of(console).head.text + " We cite [F99] here.")
        await console.until("C9 “[F99]” names a fact that is not on the table")
        await console.press("f2")
        await console.until("1 check still blocks: C9")


async def test_a_fact_that_does_not_exist_holds_the_text_until_it_is_taken_off(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (200, 50)) as console:
        await console.press("4")
        await console.until("Legal: J. Solà")
        await edited_elsewhere(console, statement_of(console).head.text, facts=("F1", "F99"))
        await console.until("H1 There is no fact F99")
        await console.until("✕ F99 there is no such fact")
        await console.press("t")
        await console.until("What goes with the text")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("F99", gone=True)
        assert statement_of(console).head.facts == ("F1",)


@pytest.mark.parametrize(
    ("lang", "writing", "reading"),
    [("en", "Esc and then b puts a", "e writes; b puts a"), ("es", "Esc y después b pone", "e escribe; b pone")],
)
async def test_an_empty_statement_says_what_will_stand_there_until_something_does(
    tmp_path: Path, lang: str, writing: str, reading: str
) -> None:
    async with demo_console(tmp_path, lang=lang) as console:
        await console.press("4", "w")
        await console.until(writing)
        await console.press("x")
        await console.until(writing, gone=True)
    async with demo_console(tmp_path / "calm", lang=lang, calm=True) as console:
        await console.room.do(lambda board: DECLARED)
        await console.press("4")
        await console.until(reading)
