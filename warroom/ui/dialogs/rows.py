"""Rows in a dialog that stays open while one works on it: the chosen row in full below, then the keys that fit it."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from warroom.domain.sentence import Sentence
from warroom.ui.dialogs.dialog import Answer, Dialog
from warroom.ui.keyname import key_name
from warroom.ui.keys import runs
from warroom.ui.line import Part, lines_of
from warroom.ui.widgets.row_list import NoRows, RowList, Rows
from warroom.ui.widgets.text_block import TextBlock

LOOKS_EVERY = 0.5
"""Seconds after which the rows show what has come meanwhile, here or at another console."""


class Hint(NamedTuple):
    """An action of the table, by its id, and what it does here; without an id it is Enter."""

    id: str
    name: str


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


class RowsDialog(Dialog[Answer]):
    """Subclasses say what the rows are, what is told of the chosen one, and which keys fit it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("up,down", "list", show=False)]

    def listed(self) -> Rows:
        return NoRows()

    def begins_at(self) -> str | None:
        """The row on which the cursor begins; None is the first one."""
        return None

    def in_full(self) -> Sequence[Part]:
        """What is told of the chosen row."""
        return ()

    def offered(self) -> Sequence[Hint]:
        return ()

    @property
    def chosen(self) -> str:
        """The key of the chosen row; empty where there is none."""
        return self.query_one(RowList).selected or ""

    def body(self) -> ComposeResult:
        with Container(id="table"):
            yield TableList(id="table-list")
        yield TextBlock(id="table-told")
        yield TextBlock(id="table-keys")

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-wide")
        self.look()
        table = self.query_one(RowList)
        if (first := self.begins_at()) is not None:
            table.select(first)
        table.focus()
        # Once more when it is known how wide the line of the keys is: nothing moves under a pointer later.
        self.call_after_refresh(self._tell)
        self.set_interval(LOOKS_EVERY, self.look)

    def look(self) -> None:
        rows = self.listed()
        most = max(3, self.app.size.height - 15)
        self.query_one("#table").styles.height = min(most, max(1, len(rows)))
        self.query_one(RowList).show(rows)
        self._tell()

    def _tell(self) -> None:
        self.query_one("#table-told", TextBlock).show(self.in_full())
        groups = [self._hint(hint) for hint in self.offered()]
        width = max(20, self.query_one("#table-keys").size.width or 60)
        self.query_one("#table-keys", TextBlock).show(lines_of(groups, width, most=2))

    def _hint(self, hint: Hint) -> list[Part]:
        """A key, as it is now, and what it does; a click does the same."""
        key = self.printed(hint.id) if hint.id else key_name("enter", self.words)
        run = runs(self, hint.id) if hint.id else "open_row"
        action = f"screen.{run}" if run is not None else ""
        return [Part(f" {key} ", "bold $warning", action), Part(f"{hint.name} ", "", action)]

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        message.stop()
        self._tell()

    def action_open_row(self) -> None:
        """What Enter does, by a click."""
        self.query_one(RowList).action_open()

    def action_list(self) -> None:
        self.query_one(RowList).focus()

    def say(self, sentence: Sentence) -> None:
        """What was done, where a refusal would stand."""
        self.tell([Part("✓ ", "bold $success"), Part(self.words.say(sentence))])
