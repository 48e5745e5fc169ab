"""A declaration says how many steps it loads, for the severity that is marked."""

from pathlib import Path

from tests.ui.consoles import demo_console, incident_of


async def test_the_steps_that_are_told_are_those_that_are_loaded(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.press("d")
        await console.until("(19")
        await console.press(*"It spreads", "enter", "down")
        await console.until("(20")
        await console.press("up")
        await console.until("(19")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Declared. The clock runs.")
        assert len(incident_of(console).steps) == 19
