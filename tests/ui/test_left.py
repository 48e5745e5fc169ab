"""Esc never destroys: what was typed or chosen in a dialog is there again where the same is asked."""

from pathlib import Path

from textual.widgets import Input

from tests.ui.consoles import demo_console, incident_of, statement_of
from warroom.ui.dialogs.desk_settings import KINDS
from warroom.ui.widgets.choices import ChoiceSet, TickList


async def test_what_was_chosen_for_a_text_is_there_again_and_counts_once_it_is_kept(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        before = statement_of(console).head
        await console.press("4", "t", "down")  # another kind
        audiences = console.app.screen.query_one("#desk-audiences", TickList)
        audiences.focus()
        await console.press("end", "space", "escape")
        await console.until("Nothing is changed yet. t shows again what you chose.")
        assert statement_of(console).head == before
        await console.press("t")
        await console.until("What you chose last is here again. It counts with “Keep”.")
        assert console.app.screen.query_one("#kind", ChoiceSet).pressed_index == 2
        again = console.app.screen.query_one("#desk-audiences", TickList).selected
        assert len({*again} ^ {*before.audiences}) == 1
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.so(lambda: statement_of(console).head.purpose == KINDS[2])
        await console.press("t")
        assert "here again" not in console.text(), "what was kept is how it stands"


async def test_settings_that_are_looked_at_and_left_change_nothing_and_say_nothing(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "t", "escape")
        assert "Nothing is changed yet" not in console.text()
        await console.press("t")
        assert "here again" not in console.text()


async def test_the_words_of_a_review_are_there_again_and_its_choice_begins_anew(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.app.run_action("screen.severity")
        await console.press("up", "tab", *"calmer", "escape")
        await console.app.run_action("screen.severity")
        await console.settled()
        severity = console.app.screen.query_one("#severity", ChoiceSet)
        assert severity.pressed_index + 1 == incident_of(console).severity
        assert console.app.screen.query_one("#reason", Input).value == "calmer"
        await console.press("escape")
        await console.app.run_action("screen.stand_down")
        await console.settled()
        assert not console.app.screen.query_one("#reason", Input).value, "another question"


async def test_a_reason_to_send_a_text_back_belongs_to_that_text(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "a")
        console.app.screen.query_one("#back").focus()
        await console.press(*"shorter", "escape", "a")
        assert console.app.screen.query_one("#back", Input).value == "shorter"
        await console.press("escape", "e", *"So ", "escape", "f2", "a")
        await console.until("Approve revision 2")
        assert not console.app.screen.query_one("#back", Input).value
