"""The dialog that asks what kind of crisis it is: by the palette's act and by the finding, in both languages."""

from pathlib import Path

import pytest
from textual.widgets import Input, RadioSet

from tests.ui.consoles import Console, demo_console
from warroom.domain.ledger import record_fact
from warroom.domain.stance import choose_stance
from warroom.ui.dialogs.stance import StanceDialog
from warroom.ui.views.desk_panels import CheckList
from warroom.ui.views.desk_rows import DeskRows
from warroom.ui.widgets.choices import Choice


async def opened(console: Console) -> StanceDialog:
    await console.app.run_action("screen.stance", console.app.screen)
    await console.settled()
    assert isinstance(console.app.screen, StanceDialog)
    return console.app.screen


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(
    ("lang", "question", "base", "rebuild"),
    [
        ("en", "How much do people blame us", "Base response, then explain", "apologise and repair"),
        ("es", "¿Cuánto nos culpa la gente?", "Respuesta básica y explicar", "disculpa y reparación"),
    ],
)
async def test_the_response_follows_the_mark_and_no_label_is_cut(
    tmp_path: Path, size: tuple[int, int], lang: str, question: str, base: str, rebuild: str
) -> None:
    async with demo_console(tmp_path, size, lang=lang) as console:
        await opened(console)
        first = console.text()
        assert question in first
        assert base in first
        assert not any("▌" in line and "…" in line.split("▌", 1)[1].split("┃")[0] for line in console.lines())
        await console.press("down")
        await console.until(rebuild)
        assert "10.1057/palgrave.crr.1550049" in console.text() or size == (80, 24)
        assert not any("▌" in line and "…" in line.split("▌", 1)[1].split("┃")[0] for line in console.lines())


async def test_a_kind_that_is_known_needs_its_reason_and_keeps_what_was_marked(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        dialog = await opened(console)
        await console.press("down", "enter", "up", "up", "up")
        dialog.query_one("#stance-reason", Input).value = ""
        dialog.confirm()
        await console.until("Say why")
        assert dialog.query_one("#stance-reason", Input).has_focus
        await console.press(*"valve open")
        dialog.query_one("#stance-refused", Input).value = "victim: it was our valve"
        dialog.confirm()
        await console.until("The kind of crisis is chosen.")
        incident = console.room.board.incident
        assert incident is not None
        assert incident.stance is not None
        stance = incident.stance
        assert (stance.cluster, stance.cause, stance.history) == ("preventable", "human-error", "clean")
        assert (stance.reason, stance.turned_down) == ("valve open", "victim: it was our valve")


async def test_a_cause_of_another_kind_is_never_kept(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        dialog = await opened(console)
        await console.press("down", "enter", "up", "up", "up")
        shown = [button.id for button in dialog.query_one("#stance-cause", RadioSet).children if button.display]
        marked = [button.id for button in dialog.query_one("#stance-cause", RadioSet).query(Choice) if button.value]
        assert marked == ["cause-human-error"]
        assert shown == ["cause-human-error", "cause-misconduct", "cause-knowing-risk", "cause-"]
        await console.press("shift+tab", "up", "up")
        dialog.query_one("#stance-reason", Input).value = "somebody opened cartons"
        dialog.confirm()
        await console.until("The kind of crisis is chosen.")
        incident = console.room.board.incident
        assert incident is not None
        assert incident.stance is not None
        assert (incident.stance.cluster, incident.stance.cause) == ("victim", "")


async def test_escape_chooses_nothing(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        known = console.room.board.incident
        assert known is not None
        assert known.stance is not None
        await opened(console)
        await console.press("down", "escape")
        incident = console.room.board.incident
        assert incident is not None
        assert incident.stance == known.stance


async def test_who_looks_at_another_kind_finds_the_cause_again(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        dialog = await opened(console)
        await console.press("down", "enter", "up", "up", "up", "shift+tab", "up", "down")
        marked = [button.id for button in dialog.query_one("#stance-cause", RadioSet).query(Choice) if button.value]
        assert marked == ["cause-human-error"]


async def enter_on(console: Console, check: str) -> None:
    """Put the cursor of the desk on a finding that points at no words, and press Enter."""
    await console.press("4")
    await console.until(check)
    checks = console.screen.query_one(CheckList)
    for _ in range(40):
        row = checks.rows.row(checks.selected) if isinstance(checks.rows, DeskRows) else None
        if row is not None and row.finding is not None and row.finding.check == check:
            assert row.span is None
            break
        await console.press("down")
    else:
        raise AssertionError(f"{check} is no row that can be chosen")
    await console.press("enter")


async def test_enter_on_nobody_has_said_what_kind_it_is_asks_for_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.press("d")
        await console.until("What is happening?")
        console.app.screen.query_one("#title", Input).value = "A rash after breakfast"
        console.app.screen.query_one("#objective", Input).value = "Nobody drinks it"
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("The clock runs")
        await console.press("4", "e", *"hi", "escape")
        await enter_on(console, "S6")
        await console.until("How much do people blame us")


async def test_enter_on_an_admitted_error_that_no_longer_fits_asks_for_the_kind_again(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        known = console.room.board.incident
        assert known is not None
        chosen = choose_stance(known.plan, "victim", reason="somebody opened cartons")
        admitted = record_fact(known.facts, "We made a mistake with the valve", status="confirmed", source="LR")
        await console.room.do(lambda board: chosen, actor="AM")
        await console.room.do(lambda board: admitted, actor="LR")
        await enter_on(console, "S7")
        await console.until("How much do people blame us")
