"""What every dialog is: a review in a box, Esc leaves without doing anything, the harmless button has the focus."""

from collections.abc import Hashable, Mapping
from typing import ClassVar, Generic, TypeVar, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from warroom.domain.sentence import Refused, Sentence, say
from warroom.services.keymap import key_of
from warroom.services.words import Words
from warroom.ui.dialogs.left import Filled, Keeps, Left, changed, fill_in, filled_in
from warroom.ui.dialogs.over import OverScreen
from warroom.ui.keyname import key_name
from warroom.ui.line import Part
from warroom.ui.messages import Act, Failure
from warroom.ui.session import Session
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import GoOn
from warroom.ui.widgets.fields import clicked
from warroom.ui.widgets.text_block import entitle

Answer = TypeVar("Answer")
ROOMY = 30
"""Rows of the screen from which a dialog has room around it (design, section 6)."""
NARROW, WIDEST, WIDER = 100, 78, 110
"""Columns of the screen below which a dialog takes them all; else its own columns at most, and those of a wide one."""
EDGES = 7
"""Cells of its border, of the room within it at both sides, and of a scrollbar: with one, no line may break anew."""


BUTTON, AROUND = 14, 6
"""Cells of a button at least, and those around its words, each with the two that stand before it."""


def room_within(screen: int, *, wide: bool = False) -> int:
    """Cells for words in a dialog on a screen of so many columns, as the sheet gives them."""
    return (screen if screen < NARROW else min(WIDER if wide else WIDEST, screen * 9 // 10)) - EDGES


class Dialog(OverScreen[Answer | None], Generic[Answer]):
    """A modal box with a title, a body and two buttons. Enter on the harmless one leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("f1", "app.help", "Help", show=False),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("tab", "onward", show=False),
        Binding("left", "app.focus_previous", "Previous", show=False),
        Binding("right", "app.focus_next", "Next", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("pageup", "scroll(-8)", "Page up", show=False),
        Binding("pagedown", "scroll(8)", "Page down", show=False),
        Binding("home", "edge(False)", "Top", show=False),
        Binding("end", "edge(True)", "Bottom", show=False),
    ]

    FOOT_STAYS: ClassVar[bool] = False
    """Whether the buttons, and why one of them cannot be pressed, stay in sight however long the body is."""

    ENTER_CONFIRMS: ClassVar[bool] = False
    """Whether Enter in the last field does it: right for what is small or can be changed again."""

    KEEPS: ClassVar[Keeps] = "words"
    """What is there again when it is opened after it was left."""

    YES_ID: ClassVar[str] = ""
    """The action whose key does what the second button does; it stands on the button."""

    def __init__(self, words: Words, title: Sentence, *, yes: Sentence, no: Sentence) -> None:
        super().__init__()
        self._began: dict[str, Filled] = {}
        """What stood in each field when it was opened."""
        self.words = words
        self._title = title
        self._yes = yes
        self._no = no
        self.keeps_something = False
        """Whether it was left with something typed or chosen."""
        self._handed_in = False
        self._led_from: Widget | None = None
        """The last line, after it was said that Tab leads from there to the second button."""
        self._refused: Mapping[Input, str] = {}
        """What stood in the lines when it was refused; empty while no refusal stands above the buttons."""
        self.asked_in: str | None = None
        """The crisis that was open when it was asked."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box", can_focus=False) as box:
            entitle(box, self.words.say(self._title))
            box.set_class(self.FOOT_STAYS, "-foot-stays")
            # In a box of its own: Tab goes by the place on the screen, and buttons that stay would come in its middle.
            with Vertical(id="body"):
                yield from self.body()
            with Vertical(id="foot"):
                yield from self.foot()
                yield Static("", id="wrong")
                with Horizontal(id="buttons"):
                    yield Button(f"{self.words.say(self._no)} (Esc)", id="no", variant="primary")
                    key = f" ({self.printed(self.YES_ID)})" if self.YES_ID else ""
                    yield Button(f"{self.words.say(self._yes)}{key}", id="yes")

    @property
    def keys(self) -> Mapping[str, str]:
        """Keys of one's own by action id."""
        keys: Mapping[str, str] = getattr(self.app, "keys", {})
        return keys

    def printed(self, id: str) -> str:
        """The key of an action as it is now."""
        return key_name(key_of(id, self.keys), self.words)

    def body(self) -> ComposeResult:
        """What is reviewed or asked."""
        yield Static("")

    def foot(self) -> ComposeResult:
        """What stays in sight above the buttons."""
        yield from ()

    def wrong(self, sentence: Sentence) -> None:
        """Say why it cannot be done; nothing that was typed is lost. What is missing can be typed at once, where it is
        plain which line that is."""
        self.tell([Part("✕ " + self.words.say(sentence), "bold $error")])
        self._refused = {field: field.value for field in self.query(Input)}
        empty = [field for field, value in self._refused.items() if not value.strip()]
        wanted = empty or list(self._refused)
        if len(wanted) == 1 and isinstance(self.focused, Button):
            wanted[0].focus()

    def tell(self, parts: list[Part]) -> None:
        """Say something where a refusal would stand."""
        self._refused = {}
        self.query_one("#wrong", Static).update(content_of(parts))

    def on_input_changed(self, event: Input.Changed) -> None:
        """A refusal is about what was typed before."""
        if self._refused.get(event.input, event.value) != event.value:
            self.tell([])

    def on_click(self, event: events.Click) -> None:
        clicked(self, event)

    def go_on(self) -> None:
        """Enter in a field: the next one. After the last, what is small is done; for what is big only the button is
        named, for Enter alone neither does it nor throws away what was typed."""
        box = self.query_one("#box")
        fields = [field for field in self.focus_chain if box in field.ancestors and not isinstance(field, Button)]
        if self.focused is not fields[-1] or self.query_one("#yes", Button).disabled:
            self.focus_next()
        elif self.ENTER_CONFIRMS:
            self.confirm()
        else:
            told = self.words.t("That was the last line. Tab leads to “{button}”.", button=self._yes)
            self.tell([Part("↓ " + told, "$accent")])
            self._led_from = self.focused

    def action_onward(self) -> None:
        """Tab: the next place; from the last line, once it has said so, the second button."""
        led, self._led_from = self._led_from, None
        if led is not None and led is self.focused:
            self.query_one("#yes").focus()
        else:
            self.focus_next()

    def action_fill(self, text: str) -> None:
        """A click on what answers the line in which one is, else the first."""
        line = self.focused if isinstance(self.focused, Input) else self.query(Input).first()
        line.value, line.cursor_position = text, len(text)
        line.focus()

    def on_go_on(self, message: GoOn) -> None:
        message.stop()
        self.go_on()

    def hand_in(self, act: Act) -> None:
        """Have an act written; the dialog goes once it is. Until then everything stays that was typed."""
        if self._handed_in:
            return
        if self.is_late(act):
            self.wrong(say("The crisis that this was about is closed meanwhile. Nothing is written."))
            return
        self._handed_in = True
        act.keeps, before = True, act.settled

        def settled(why: Failure | None) -> None:
            self._handed_in = False
            if before is not None:
                before(why)
            if why is None:
                self.dismiss(self.answer_of(act))
            elif isinstance(why, Refused):
                self.wrong(why.sentence)
            else:
                self._not_written(why.sentence)

        act.settled = settled
        self.post_message(act)

    @property
    def _current(self) -> str | None:
        """The crisis that is open now."""
        session: Session | None = getattr(self.app, "session", None)
        return session.scene().board.current if session is not None else None

    def is_late(self, act: Act) -> bool:
        """Whether the crisis that is looked at here is not the one in which the act would be written."""
        return act.inc is None and self.asked_in is not None and self._current != self.asked_in

    def answer_of(self, act: Act) -> Answer:
        """What the dialog answers with once its act is written."""
        return cast("Answer", act)

    def _not_written(self, why: Sentence) -> None:
        """Say so, and that the second button tries again."""
        told = self.words.t("! not saved: {reason}", reason=self.words.say(why))
        self.tell([Part(told, "bold $error")])
        again = self.query_one("#yes", Button)
        again.label = self.words.t("Try again")
        again.refresh(layout=True)

    def on_resize(self) -> None:
        """Where the screen is low, a long review takes all of it; where it is narrow, long buttons stand one below the
        other."""
        box, buttons = self.query_one("#box"), self.query_one("#buttons")
        box.set_class(self.app.size.height < ROOMY, "-low")
        needs = sum(max(BUTTON, cell_len(str(one.label)) + AROUND) for one in buttons.query(Button) if one.display)
        room = room_within(self.app.size.width, wide=box.has_class("-wide"))
        buttons.set_class(needs > room, "-stacked")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if self.FOOT_STAYS:
            self.call_after_refresh(self._clear_of_the_foot, event.widget)

    def _clear_of_the_foot(self, widget: Widget) -> None:
        """Buttons that stay lie over the body: what has the keys is scrolled out from under them."""
        box, foot = self.query_one("#box"), self.query_one("#foot")
        if widget.has_focus and foot not in widget.ancestors and (hidden := widget.region.bottom - foot.region.y) > 0:
            box.scroll_relative(y=min(hidden, widget.region.y - box.region.y - 1), animate=False)

    def on_mount(self) -> None:
        self.asked_in = self._current
        self._began = filled_in(self, self.KEEPS)
        left = self._left.pop(self.kept_as(), None)
        if left is not None and fill_in(self, left.fields):
            button = self.words.say(self._yes)
            again = self.words.t("What you chose last is here again. It counts with “{button}”.", button=button)
            self.tell([Part(again, "$accent")])

    def kept_as(self) -> Hashable:
        """What the words that were typed belong to: they are there again where the same is asked."""
        return type(self), self.asked_in

    @property
    def _left(self) -> dict[Hashable, Left]:
        """What was typed in dialogs that were left."""
        return cast("dict[Hashable, Left]", getattr(self.app, "left", {}))

    def action_leave(self) -> None:
        self.keep()
        self.dismiss(None)

    def keep(self) -> None:
        """Remember what was typed."""
        if left := changed(self._began, filled_in(self, self.KEEPS)):
            self._left[self.kept_as()] = Left(self.words.say(self._title), left)
            self.keeps_something = True

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "yes":
            self.confirm()
        elif event.button.id == "no":
            self.action_leave()

    def confirm(self) -> None:
        """The second button: check, then dismiss with the answer."""
