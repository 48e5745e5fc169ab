"""The table and the look back on the real console."""

from pathlib import Path

from textual.widgets import Input

from tests.ui.consoles import Console, demo_console
from warroom.domain.corrections import uncorrected
from warroom.services.report.log import markdown


async def typed(console: Console, **fields: str) -> None:
    """Fill in the small question on top and record it."""
    await console.settled()
    for name, text in fields.items():
        console.app.screen.query_one(f"#field-{name}", Input).value = text
    asked = console.app.screen
    asked.query_one("#yes").focus()
    await console.press("enter")
    assert console.app.screen is not asked or asked.query_one("#wrong").visual.plain  # type: ignore[attr-defined]


async def test_facts_rumours_and_promises_are_worked_on_without_leaving_the_table(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "f")
        await console.until("Facts, rumours, promises")
        await console.press("r")
        await typed(console, text="They knew on Friday", channel="a forum", risk="high", answer="We heard at 13:40.")
        await console.until("They knew on Friday")
        await console.until("high risk")
        incident = console.room.incident
        assert incident is not None
        rumour = incident.facts["F2"]
        assert (rumour.rumour, rumour.status, rumour.answer) == (True, "contested", "We heard at 13:40.")
        await console.press("p")
        await typed(console, text="Refunds are paid", due="Friday 12:00", owner="LR")
        await console.until("Refunds are paid")
        incident = console.room.incident
        assert incident is not None
        assert incident.promises["P2"].owner == "LR"
        await console.press("end", "m")
        await typed(console, due="no time at all", reason="the bank")
        await console.until("names no time")
        assert console.app.screen.query_one("#field-reason", Input).value == "the bank"
        await console.press("escape", "end", "k")
        await console.until("✓ P2")
        await console.press("escape")
        await console.until("Facts, rumours, promises", gone=True)


async def test_what_was_just_put_on_the_table_is_chosen(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "f", "end", "n")
        await typed(console, text="The valve was shut", source="LR")
        await console.until("Source: LR")
        await console.press("t")
        await typed(console, reason="it was not")
        await console.until("retracted")
        incident = console.room.incident
        assert incident is not None
        assert [fact.status for fact in incident.facts.values()] == ["confirmed", "retracted"]


async def test_whoever_nobody_knows_is_marked_as_the_owner_of_a_promise(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "f", "p")
        await typed(console, text="Refunds are paid", due="Friday 12:00", owner="zz")
        await console.until("Refunds are paid")
        await console.press("end")
        await console.until("zz?")
        await console.until("Nobody in this room has the initials zz")
        await console.press("a")
        await typed(console, owner="lr")
        await console.until("Nobody in this room", gone=True)
        incident = console.room.incident
        assert incident is not None
        assert incident.promises["P2"].owner == "LR"


async def test_a_fact_that_is_taken_back_is_seen_until_the_correction_is_begun(tmp_path: Path) -> None:
    async with demo_console(tmp_path, lang="es") as console:
        await console.press("4", "f")
        await console.until("F1")
        await console.press("home", "t")
        await typed(console, reason="")
        await console.until("Di por qué se retira el hecho")
        await typed(console, reason="eran 39")
        await console.until("publicado")
        await console.press("escape")
        await console.until("ya no vale aquello en lo que se apoya: F1")
        incident = console.room.incident
        assert incident is not None
        assert [one.statement for one in uncorrected(incident)] == ["S1"]
        await console.press("c")
        await console.until("Corrección:")
        await console.press("Y", "a")
        await console.until("Corrección: Ya")
        await console.press("escape")
        incident = console.room.incident
        assert incident is not None
        head = list(incident.statements.values())[-1].head
        assert (head.corrects, head.facts, head.networks) == ("S1", (), ("web", "x", "instagram"))


async def test_lessons_and_actions_are_written_and_stand_in_the_log(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        console.screen.action_look_back()
        await console.until("What changes")
        await console.press("y")
        await typed(console, text="Filler 3 had no second valve")
        await console.until("no second valve")
        await console.press("a")
        await typed(console, text="A second valve", owner="LR", due="in May")
        await console.until("Every action has a day")
        await typed(console, due="2026-05-31")
        await console.until("2026-05-31")
        await console.press("home", "d")
        await console.until("✓ A1")
        incident = console.room.incident
        assert incident is not None
        log = markdown(console.room.board, incident, console.screen.session.words)
        assert "- Filler 3 had no second valve · A. Martín (AM)" in log
        assert "- [x] **A1** A second valve · L. Rey (LR) · 2026-05-31" in log
