"""A small question: a sentence, a few fields, yes or no."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.widgets import Input, Label, Static

from warroom.domain.sentence import Refused, Sentence, say
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.dialogs.people import asked
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.widgets.action_line import clickable, content_of


class Field(NamedTuple):
    """A line to type. `hint` is shown while it is empty."""

    name: str
    label: Sentence
    value: str = ""
    hint: str = ""


class AskDialog(Dialog[dict[str, str]]):
    """Answers with what was typed by field name, or with None. Enter in the last field confirms.

    What was typed and left with Esc is there again where the same is asked in the same crisis. `check` may raise
    `Refused`: then the dialog stays and says why. `act` is what is done with what was typed: the dialog goes once it is
    written.
    """

    def __init__(
        self,
        words: Words,
        *,
        title: Sentence,
        text: Sentence,
        yes: Sentence,
        fields: Sequence[Field] = (),
        check: Callable[[dict[str, str]], object] | None = None,
        no: Sentence | None = None,
        act: Callable[[dict[str, str]], Act] | None = None,
        people: Mapping[str, str] | None = None,
    ) -> None:
        """`people` stand in the `text` where it has `PLACE`: initials → as they are shown."""
        super().__init__(words, title, yes=yes, no=no or say("Cancel"))
        self._text = text
        self._fields = fields
        self._check = check
        self._act = act
        self._people = people or {}

    def body(self) -> ComposeResult:
        yield Static(clickable(asked(self.words.say(self._text), self._people)))
        for field in self._fields:
            yield Label(content_of([Part(self.words.say(field.label), "$muted")]))
            yield Input(field.value, placeholder=field.hint, id=f"field-{field.name}", select_on_focus=False)

    def kept_as(self) -> Hashable:
        asked = (self._title, self._text, *(field.label for field in self._fields))
        return (type(self), self.asked_in, *map(self.words.say, asked))

    def on_mount(self) -> None:
        first = self.query(Input)
        if first:
            first.first().focus()
        else:
            self.query_one("#no").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        fields = list(self.query(Input))
        if event.input is fields[-1]:
            self.confirm()
        else:
            fields[fields.index(event.input) + 1].focus()

    def confirm(self) -> None:
        said = {field.name: self.query_one(f"#field-{field.name}", Input).value for field in self._fields}
        if self._check is not None:
            try:
                self._check(said)
            except Refused as refusal:
                self.wrong(refusal.sentence)
                return
        self._said = said
        if self._act is not None:
            self.hand_in(self._act(said))
        else:
            self.dismiss(said)

    def answer_of(self, act: Act) -> dict[str, str]:
        return self._said
