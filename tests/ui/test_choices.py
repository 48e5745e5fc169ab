"""Choices: the arrow keys choose, from what holds; Enter goes on; what holds is seen without any colour; what stands
beside a box is text."""

from textual.app import App, ComposeResult

from warroom.ui.widgets.choices import Choice, ChoiceSet, GoOn, Tick, TickList


class Asked(App[None]):
    """`held` is the choice that holds at the beginning, if any."""

    def __init__(self, held: int = 2) -> None:
        super().__init__()
        self.held = held
        self.went_on = 0

    def compose(self) -> ComposeResult:
        with ChoiceSet(id="severity"):
            for n in range(1, 5):
                yield Choice(str(n), value=n == self.held)
        yield Tick("Hide the authors", id="tick", compact=True)
        yield TickList(("hate", 1, True), ("love", 2, False), id="list")

    def on_go_on(self, message: GoOn) -> None:
        self.went_on += 1


async def test_the_arrow_keys_choose_and_start_from_what_holds() -> None:
    async with Asked().run_test() as pilot:
        choices = pilot.app.query_one(ChoiceSet)
        choices.focus()
        await pilot.pause()
        assert choices.pressed_index == 1
        await pilot.press("down")
        assert choices.pressed_index == 2
        await pilot.press("space")
        assert choices.pressed_index == 2
        await pilot.press("up", "up")
        assert choices.pressed_index == 0
        assert [button.value for button in choices.query(Choice)] == [True, False, False, False]


async def test_at_the_ends_the_arrow_keys_go_nowhere() -> None:
    async with Asked().run_test() as pilot:
        choices = pilot.app.query_one(ChoiceSet)
        choices.focus()
        await pilot.press(*["down"] * 6)
        assert choices.pressed_index == 3
        await pilot.press(*["up"] * 6)
        assert choices.pressed_index == 0


async def test_where_none_holds_the_first_key_takes_the_first() -> None:
    async with Asked(held=0).run_test() as pilot:
        choices = pilot.app.query_one(ChoiceSet)
        choices.focus()
        await pilot.pause()
        assert choices.pressed_index == -1
        await pilot.press("down")
        assert choices.pressed_index == 0
        await pilot.press("down")
        assert choices.pressed_index == 1


async def test_a_choice_that_is_off_is_passed_over() -> None:
    async with Asked().run_test() as pilot:
        choices = pilot.app.query_one(ChoiceSet)
        list(choices.query(Choice))[2].disabled = True
        choices.focus()
        await pilot.press("down")
        assert choices.pressed_index == 3


async def test_enter_chooses_nothing_and_goes_on() -> None:
    app = Asked()
    async with app.run_test() as pilot:
        choices = pilot.app.query_one(ChoiceSet)
        choices.focus()
        await pilot.press("enter")
        await pilot.pause()
        assert (choices.pressed_index, app.went_on) == (1, 1)


async def test_what_holds_and_what_has_the_keys_is_seen_by_its_sign() -> None:
    async with Asked().run_test() as pilot:

        def drawn(*signs: str) -> bool:
            strips = pilot.app.screen._compositor.render_strips()
            text = "\n".join("".join(segment.text for segment in strip) for strip in strips)
            return all(sign in text for sign in signs)

        pilot.app.query_one(ChoiceSet).focus()
        await pilot.pause()
        assert drawn(" ( ) 1", "▌(•) 2", " ( ) 3", " [ ] Hide the authors", " [x] hate", " [ ] love")
        pilot.app.query_one(Tick).focus()
        await pilot.press("space")
        await pilot.pause()
        assert drawn(" (•) 2", "▌[x] Hide the authors")
        pilot.app.query_one(TickList).focus()
        await pilot.press("down", "space")
        await pilot.pause()
        assert drawn(" [x] hate", "▌[x] love", " [x] Hide the authors")


MARKUP = "Tell [all] of them [@click=app.quit]now[/] [/x"


class Labelled(App[None]):
    def compose(self) -> ComposeResult:
        with ChoiceSet():
            yield Choice(MARKUP, id="choice")
        yield Tick(MARKUP, id="tick")
        yield TickList((MARKUP, "a", False), id="list")


async def test_brackets_in_a_label_are_text() -> None:
    async with Labelled().run_test() as pilot:
        assert str(pilot.app.query_one("#choice", Choice).label) == MARKUP
        assert str(pilot.app.query_one("#tick", Tick).label) == MARKUP
        assert str(pilot.app.query_one("#list", TickList).get_option_at_index(0).prompt) == MARKUP
