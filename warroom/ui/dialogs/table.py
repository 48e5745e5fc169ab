"""A table that stays open while one works on it: rows, the chosen row in full, and the keys that fit it.

Freeze list, seats, clocks, questions, the ledger and the look back are such tables. What is decided here is written by
the console (`act`); the table looks again by itself, so that it also shows what another console wrote.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Button, Static

from warroom.domain.board import Board
from warroom.domain.checks.text import flat
from warroom.domain.checks.times import told as time_told
from warroom.domain.events import AnyEvent
from warroom.domain.incident import Incident
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.walltime import last
from warroom.services.freezelist import moment
from warroom.services.keymap import key_of
from warroom.services.words import Words
from warroom.ui.dialogs.ask import AskDialog, Field
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.keys import bindings_of, key_name
from warroom.ui.line import Part, lines_of
from warroom.ui.messages import Act, Failure
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.row_list import NoRows, RowList, Rows
from warroom.ui.widgets.text_block import TextBlock

LOOKS_EVERY = 0.5
"""Seconds after which the table shows what has been written meanwhile, here or at another console."""
Clock = Callable[[], datetime]
"""The room's clock: it goes on while the table is open."""
Hint = tuple[str, str]
"""A key and what it does."""


class TableList(RowList, inherit_bindings=False):
    """The rows of a table. Letters are the table's: `k` is “kept” here and not one row up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "open", show=False),
    ]


class TableDialog(Dialog[None]):
    """Subclasses say what the rows are, what is told of the chosen one, and which keys fit it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("up,down", "list", show=False)]

    def __init__(
        self,
        scene: Scene,
        act: Callable[[Act], None],
        now: Clock,
        title: Sentence,
        *,
        yes: Sentence,
        about: str | None = None,
    ) -> None:
        """`about` names the crisis, where that is not the open one."""
        super().__init__(scene.words, title, yes=yes, no=say("Close"))
        self._about = about
        self.scene = scene
        self.now = now
        self._act = act

    @property
    def incident(self) -> Incident | None:
        """The crisis as it stands now: the board goes on while the table is open."""
        return self._of(self.scene.board)

    def _of(self, board: Board) -> Incident | None:
        return board.incident if self._about is None else board.incidents.get(self._about)

    @property
    def chosen(self) -> str:
        """The key of the chosen row; empty where there is none."""
        return self.query_one(RowList).selected or ""

    def rows(self, incident: Incident) -> Rows:
        return NoRows()

    def first(self, incident: Incident) -> str | None:
        """The row on which the cursor begins; None is the first one."""
        return None

    def told(self, incident: Incident) -> list[Part]:
        """The chosen row in full."""
        return []

    def hints(self, incident: Incident) -> list[Hint]:
        return []

    def body(self) -> ComposeResult:
        with Container(id="table"):
            yield TableList(id="table-list")
        yield Static("", id="table-told")
        yield TextBlock(id="table-keys")

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-wide")
        self.query_one("#yes", Button).disabled = self.scene.read_only
        self.look()
        incident, table = self.incident, self.query_one(RowList)
        if incident is not None and (first := self.first(incident)) is not None:
            table.select(first)
        table.focus()
        self.set_interval(LOOKS_EVERY, self.look)

    def look(self) -> None:
        incident = self.incident
        if incident is None:
            return
        rows = self.rows(incident)
        most = max(3, self.app.size.height - 15)
        self.query_one("#table").styles.height = min(most, max(1, len(rows)))
        self.query_one(RowList).show(rows)
        self._tell()

    def _tell(self) -> None:
        incident = self.incident
        if incident is None:
            return
        self.query_one("#table-told", Static).update(content_of(self.told(incident)))
        groups = [self._hint(key, name) for key, name in self.hints(incident)]
        width = max(20, self.query_one("#table-keys").size.width or 60)
        shown = [] if self.scene.read_only else lines_of(groups, width, most=2)
        self.query_one("#table-keys", TextBlock).show(shown)

    def _hint(self, key: str, name: str) -> list[Part]:
        """A key, as it is now, and what it does; a click does the same."""
        bound = next((one for one in bindings_of(type(self)) if one.key == key), None)
        own = key_of(bound.id, self.keys) if bound is not None and bound.id is not None else key
        action = f"screen.{bound.action}" if bound is not None else ""
        return [Part(f" {key_name(own, self.words)} ", "bold $warning", action), Part(f"{name} ", "", action)]

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        message.stop()
        self._tell()

    def action_list(self) -> None:
        self.query_one(RowList).focus()

    # --- acts -------------------------------------------------------------------------------------------

    def do(self, decide: Callable[[Incident], AnyEvent | Sequence[AnyEvent]], done: Sentence) -> bool:
        """Refused here if it would be refused; then written by the console. Says whether it was handed on."""

        if self._recorded():
            return False
        act = self._act_of(decide, done)
        try:
            act.decide(self.scene.board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return False
        self.hand_on(act)
        return True

    def hand_on(self, act: Act) -> None:
        """Have it written by the console. What is said here of it comes after that."""
        act.settled = lambda why: self._settled(act.done, why)
        self._act(act)

    def _act_of(self, decide: Callable[[Incident], AnyEvent | Sequence[AnyEvent]], done: Sentence) -> Act:
        """What is decided about the crisis of the table, as it stands when it is written."""

        def decided(board: Board) -> AnyEvent | Sequence[AnyEvent]:
            incident = self._of(board)
            if incident is None:
                raise Refused(say("No crisis is open."))
            return decide(incident)

        return Act(decided, done, inc=self._about)

    def _settled(self, done: Sentence, why: Failure | None) -> None:
        """Say that it is done, once it is; or that the console keeps it, to be tried again."""
        if not self.is_attached:
            return
        if why is None:
            self.say(done)
        elif isinstance(why, Refused):
            self.wrong(why.sentence)
        else:
            self.wrong(say("Not saved: {reason}", reason=why.sentence))
        self.look()

    def ask(
        self,
        title: Sentence,
        fields: Sequence[Field],
        yes: Sentence,
        then: Callable[[dict[str, str]], object],
        *,
        text: Sentence | None = None,
        check: Callable[[dict[str, str]], object] | None = None,
        no: Sentence | None = None,
        act: Callable[[dict[str, str]], Act] | None = None,
    ) -> None:
        """Ask for words; `check` may raise `Refused`, and then nothing that was typed is lost. `act` is written
        before the words go; `then` comes after."""
        if self._recorded():
            return
        asked = AskDialog(
            self.words,
            title=title,
            text=text or say("Every line is kept with your name."),
            fields=fields,
            yes=yes,
            check=check,
            no=no,
            act=act,
        )

        def answered(said: dict[str, str] | None) -> None:
            if said is not None:
                then(said)

        self.app.push_screen(asked, answered)

    def record(
        self,
        title: Sentence,
        fields: Sequence[Field],
        decide: Callable[[Incident, dict[str, str]], AnyEvent | Sequence[AnyEvent]],
        done: Callable[[dict[str, str]], Sentence],
        *,
        text: Sentence | None = None,
        yes: Sentence | None = None,
        no: Sentence | None = None,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        """Ask for words and decide by them. Where the decision refuses them, or they cannot be written, they stay, to
        be mended or tried again. `after` comes once it is written."""

        def check(said: dict[str, str]) -> object:
            incident = self.incident
            return decide(incident, said) if incident is not None else None

        told: list[Sentence] = []

        def act(said: dict[str, str]) -> Act:
            told[:] = [done(said)]  # once, and before it is written: it may say what comes next
            return self._act_of(lambda incident: decide(incident, said), told[0])

        def then(said: dict[str, str]) -> None:
            self._settled(told[0] if told else done(said), None)
            after()

        self.ask(title, fields, yes or say("Record"), then, text=text, check=check, no=no, act=act)

    def say(self, sentence: Sentence) -> None:
        """What was done, where a refusal would stand."""
        self.query_one("#wrong", Static).update(
            content_of([Part("✓ ", "bold $success"), Part(self.words.say(sentence))])
        )

    def _recorded(self) -> bool:
        if self.scene.read_only:
            self.wrong(say("This is a recording: it is read-only."))
        return self.scene.read_only


def time_of(text: str, words: Words, now: datetime) -> datetime:
    """A time that somebody typed: "14:02" is today or, if that is still to come, yesterday; or a whole date, or words
    ("yesterday at 18:00"). `Refused` where it names no time."""
    at = moment(text, words.zone)
    if at is not None:
        return at
    local = words.local(now)
    found = time_told(flat(text), words.lang, local)
    if found is None:
        raise Refused(say("“{text}” names no time. Write one like 14:02 or 2026-03-10 14:02.", text=text))
    at = found[0]
    if at > now and at - timedelta(days=1) <= now and not any(sign.isalpha() for sign in text.replace("h", "")):
        shown = words.local(at)
        at = last(local, shown.hour, shown.minute)
    return at.astimezone(now.tzinfo)
