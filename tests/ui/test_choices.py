"""Choices: the arrows start from what holds, and what holds is seen without any colour."""

from textual.app import App, ComposeResult

from warroom.ui.widgets.choices import Choice, ChoiceSet, Tick, TickList


class Asked(App[None]):
    def compose(self) -> ComposeResult:
        with ChoiceSet(id="severity"):
            for n in range(1, 5):
                yield Choice(str(n), value=n == 2)
        yield Tick("Hide the authors", id="tick", compact=True)
        yield TickList(("hate", 1, True), ("love", 2, False), id="list")


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


async def test_what_holds_and_what_has_the_keys_is_seen_by_its_sign() -> None:
    async with Asked().run_test() as pilot:

        def drawn(*signs: str) -> bool:
            strips = pilot.app.screen._compositor.render_strips()
            text = "\n".join("".join(segment.text for segment in strip) for strip in strips)
            return all(sign in text for sign in signs)

        pilot.app.query_one(ChoiceSet).focus()
        await pilot.pause(0.1)
        assert drawn(" ( ) 1", "▌(•) 2", " ( ) 3", " [ ] Hide the authors", " [x] hate", " [ ] love")
        pilot.app.query_one(Tick).focus()
        await pilot.press("space")
        await pilot.pause(0.1)
        assert drawn(" (•) 2", "▌[x] Hide the authors")
        pilot.app.query_one(TickList).focus()
        await pilot.press("down", "space")
        await pilot.pause(0.1)
        assert drawn(" [x] hate", "▌[x] love", " [x] Hide the authors")
