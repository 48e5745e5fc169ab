"""Another console closes the crisis, and may declare the next: what was done and typed in one gets into no other."""

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.ui.consoles import Console, demo_console, incident_of, statement_of
from warroom.domain.board import Board
from warroom.domain.events import AnyEvent, CrisisProposed, IncidentDeclared
from warroom.domain.incident import stand_down
from warroom.domain.sentence import say
from warroom.store.errors import StoreError
from warroom.ui.messages import Act
from warroom.ui.views.desk_panels import Editor
from warroom.ui.views.statement import StatementView


async def full(*_: object, **__: object) -> None:
    raise StoreError(say("The disk is full."))


async def stood_down_elsewhere(console: Console) -> None:
    def decide(board: Board) -> AnyEvent:
        assert board.incident is not None
        return stand_down(board.incident, "It is over")

    await console.room.do(decide, actor="PG")


async def declared_elsewhere(console: Console) -> None:
    old = next(iter(console.room.board.incidents.values()))
    again = IncidentDeclared(
        title="Another one",
        severity=2,
        lead="PG",
        objectives=("Be plain",),
        declared_at=console.room.clock(),
        plan=old.plan,
        roles={},
        mode=old.mode,
        people=old.people,
    )
    await console.room.do(lambda board: again, actor="PG")


@pytest.mark.parametrize("next_one", [False, True])
async def test_what_was_typed_last_is_kept_with_its_own_crisis_and_gets_into_no_other(
    tmp_path: Path, next_one: bool
) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "e")
        editor, old = console.screen.query_one(Editor), incident_of(console).id
        editor.move_cursor(editor.document.end)
        await console.press(*" mine")
        await stood_down_elsewhere(console)
        if next_one:
            await declared_elsewhere(console)
        await console.until("is closed: what you typed last is kept there, as a draft.")
        board = console.room.board
        kept = board.incidents[old].statement
        assert kept is not None
        assert kept.head.text.endswith(" mine")
        assert kept.head.author == "AM"
        await console.so(lambda: not editor.text)
        await console.press(*"and more, quite a sentence 123456?")  # nobody stops in the middle of a word
        await console.until("The crisis was closed while you wrote.")
        assert console.app.screen is console.screen
        assert console.app.is_running
        assert not editor.text
        await console.press("escape")
        if next_one:
            await console.press("e", *"new")
            await console.press("escape")
            await console.so(lambda: incident_of(console).statements)
            assert statement_of(console).head.text == "new"
            assert board.incidents[old].statement == kept
        else:
            assert editor.read_only


async def test_what_was_typed_and_cannot_be_written_waits_for_its_own_crisis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "e")
        editor, old = console.screen.query_one(Editor), incident_of(console).id
        before = statement_of(console).head.text
        editor.move_cursor(editor.document.end)
        await console.press(*" mine")
        with monkeypatch.context() as broken:
            broken.setattr(console.screen.session, "do", full)
            await stood_down_elsewhere(console)
            await declared_elsewhere(console)
            await console.until("First, what was typed last is kept with the crisis before.", "Not saved")
            await console.press(*"more")
            assert editor.text == f"{before} mine"
            assert not incident_of(console).statements
        view = console.screen.query_one(StatementView)
        view.save()
        await console.so(lambda: view._crisis == incident_of(console).id)
        statement = console.room.board.incidents[old].statement
        assert statement is not None
        assert statement.head.text == f"{before} mine"
        assert not incident_of(console).statements


async def test_the_last_words_of_a_crisis_that_is_closed_are_written_where_the_console_is_ended(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "e")
        editor, old = console.screen.query_one(Editor), incident_of(console).id
        editor.move_cursor(editor.document.end)
        await console.press(*" mine")
        await stood_down_elsewhere(console)
        last = console.screen.last_words()
        assert last is not None
        decide, crisis = last
        await console.screen.session.do(decide, inc=crisis)
        assert crisis == old
        statement = console.room.board.incidents[old].statement
        assert statement is not None
        assert statement.head.text.endswith(" mine")


@pytest.mark.parametrize("next_one", [False, True])
async def test_what_was_done_in_a_crisis_that_is_closed_is_not_taken_back_in_the_next(
    tmp_path: Path, next_one: bool
) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("3", "x")
        console.app.screen.query_one(Input).value = "Nobody has planned anything"
        await console.press("enter")
        await console.until("Not needed:")
        await console.press("2", "home", "down", "r")
        await console.until("→ Reply")
        await stood_down_elsewhere(console)
        if next_one:
            await declared_elsewhere(console)
        await console.press("u")
        await console.until("Undone: → Reply")  # of a mention, which outlasts the crisis
        before = console.room.board.pos
        await console.press("u")
        await console.until("was done in a crisis that is closed: it stays.")
        assert console.room.board.pos == before


async def test_what_could_not_be_written_in_one_crisis_is_not_written_into_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo_console(tmp_path) as console:
        again = incident_of(console)
        with monkeypatch.context() as broken:
            broken.setattr(console.screen.session, "do", full)
            console.screen.post_message(Act(lambda board: stand_down(again, "Over"), say("Over, at last")))
            await console.until("not saved: Over, at last")
        await stood_down_elsewhere(console)
        await declared_elsewhere(console)
        before = console.room.board.pos
        await console.press("f4")
        await console.until("“Over, at last” was for a crisis that is closed: no other takes it.")
        assert console.room.board.pos == before
        await console.press("q")
        await console.until("Over, at last", "A copy of these words, in a file elsewhere:")


async def test_a_crisis_that_is_opened_again_has_the_keys_on_its_mentions(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await stood_down_elsewhere(console)
        await console.until("No open crisis")
        await console.press("o", "o", *"it goes on", "enter")
        await console.until("✓ Open again")
        await console.press("down", "r")
        await console.until("✓ → Reply")


async def test_in_calm_no_dialog_leaves_the_keys_on_the_banner(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.room.do(lambda board: CrisisProposed(reason="topic"), actor="auto")
        await console.until("Is this a crisis?")
        await console.press("n", "escape", "enter")
        assert console.app.screen is console.screen
        assert console.screen.focused is None


@pytest.mark.parametrize(
    ("action", "fields"),
    [("stand_down", {"reason": "Over"}), ("times", {"declared": "13:58", "reason": "By the mail"})],
)
async def test_what_was_asked_in_one_crisis_is_not_answered_in_the_next(
    tmp_path: Path, action: str, fields: dict[str, str]
) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action(action)
        await console.settled()
        for id, typed in fields.items():
            console.app.screen.query_one(f"#{id}", Input).value = typed
        await stood_down_elsewhere(console)
        await declared_elsewhere(console)
        before = console.room.board.pos
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("The crisis that this was about is closed meanwhile.")
        assert console.room.board.pos == before
        assert incident_of(console).is_open
