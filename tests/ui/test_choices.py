"""Choices: the arrows start from what holds."""

from textual.app import App, ComposeResult

from warroom.ui.widgets.choices import Choice, ChoiceSet


class Asked(App[None]):
    def compose(self) -> ComposeResult:
        with ChoiceSet(id="severity"):
            for n in range(1, 5):
                yield Choice(str(n), value=n == 2)


async def test_the_arrows_start_from_what_holds() -> None:
    async with Asked().run_test() as pilot:
        choices = pilot.app.query_one(ChoiceSet)
        choices.focus()
        await pilot.pause(0.1)
        assert choices.pressed_index == 1
        await pilot.press("down", "space")
        assert choices.pressed_index == 2
        await pilot.press("up", "up", "space")
        assert choices.pressed_index == 0
        assert [button.value for button in choices.query(Choice)] == [True, False, False, False]
