"""The look back: why it went so, what changes, and who does what by when. Open during the crisis and after it."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Button, Static

from warroom.domain.aftermath import Action, Lesson, agree_action, finish_action, note_lesson
from warroom.domain.board import Board
from warroom.domain.events import AnyEvent
from warroom.domain.incident import Incident
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.dialogs.ask import AskDialog, Field
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part, cut, spread
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.row_list import RowList

LOOKS_EVERY = 0.5
"""Seconds after which the dialog shows what has been written meanwhile."""


class _Rows:
    def __init__(self, incident: Incident, words: Words) -> None:
        t = words.t
        why = [lesson for lesson in incident.lessons if lesson.side == "why"]
        changes = [lesson for lesson in incident.lessons if lesson.side == "change"]
        self._rows: list[str | Lesson | Action] = []
        for name, things, key in (
            (t("Why it went so"), why, "y"),
            (t("What changes"), changes, "c"),
            (t("Actions"), list(incident.actions.values()), "a"),
        ):
            none = "  " + t("Nothing yet. {key} writes the first.", key=key)
            self._rows += [name, *things] if things else [name, none]

    def __len__(self) -> int:
        return len(self._rows)

    def key(self, index: int) -> str:
        row = self._rows[index]
        return row.id if isinstance(row, Action) else f"#{index}"

    def selectable(self, index: int) -> bool:
        return isinstance(self._rows[index], Action)

    def line(self, index: int, width: int) -> Sequence[Part]:
        row = self._rows[index]
        if isinstance(row, str):
            return [Part(row, "$muted" if row.startswith(" ") else "bold $primary")]
        if isinstance(row, Lesson):
            end = [Part(f"  {one_line(row.by)} ", "$muted")]
            return spread([Part(cut(f" · {one_line(row.text)}", width - 6))], end, width)
        done = row.done_at is not None
        begin = [Part(" ✓ " if done else " ○ ", "$success" if done else "$warning"), Part(f"{row.id} ", "bold")]
        end = [Part(f"  {row.due_on}  {one_line(row.owner)} ", "$muted")]
        free = width - sum(part.width for part in (*begin, *end))
        return spread([*begin, Part(cut(one_line(row.text), free))], end, width)


class LookBackDialog(Dialog[None]):
    """`act` writes what is decided here, into the crisis that is looked back at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,down", "list", show=False),
        Binding("y", "lesson('why')", "Why it went so"),
        Binding("c", "lesson('change')", "What changes"),
        Binding("a", "agree", "New action"),
        Binding("d", "done", "Done"),
    ]

    def __init__(self, scene: Scene, incident: Incident, act: Callable[[Act], None]) -> None:
        super().__init__(scene.words, say("Look back"), yes=say("New action (a)"), no=say("Close"))
        self._scene = scene
        self._about = incident.id
        self._act = act

    @property
    def _incident(self) -> Incident:
        return self._scene.board.incidents[self._about]

    def body(self) -> ComposeResult:
        yield Static(content_of([Part(one_line(self._incident.title), "$muted")]))
        with Container(id="look-back"):
            yield RowList(id="look-back-list")
        t = self.words.t
        keys = (("y", t("Why it went so")), ("c", t("What changes")), ("a", t("New action")), ("d", t("Done")))
        hints = [part for key, name in keys for part in (Part(f" {key} ", "bold $warning"), Part(f"{name} "))]
        yield Static(content_of([] if self._scene.read_only else hints))

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-wide")
        self.query_one("#yes", Button).disabled = self._scene.read_only
        self._look()
        self.query_one(RowList).focus()
        self.set_interval(LOOKS_EVERY, self._look)

    def _look(self) -> None:
        listed = _Rows(self._incident, self.words)
        self.query_one("#look-back").styles.height = min(14, max(6, len(listed)))
        self.query_one(RowList).show(listed)

    def action_list(self) -> None:
        self.query_one(RowList).focus()

    def confirm(self) -> None:
        self.action_agree()

    def action_lesson(self, side: Literal["why", "change"]) -> None:
        title = say("Why it went so") if side == "why" else say("What changes")
        fields = (Field("text", say("In one sentence")),)
        done = say("Written down")
        self._ask(title, fields, lambda said: self._do(lambda _: note_lesson(side, said["text"]), done))

    def action_agree(self) -> None:
        fields = (
            Field("text", say("What will be done?")),
            Field("owner", say("Who? (initials)")),
            Field("due", say("By which day? (2026-05-31)")),
        )

        def agreed(said: dict[str, str]) -> None:
            self._do(lambda i: agree_action(i.actions, said["text"], said["owner"], said["due"]), say("Agreed"))

        self._ask(say("An action"), fields, agreed)

    def action_done(self) -> None:
        chosen = self.query_one(RowList).selected
        if chosen is None or chosen not in self._incident.actions:
            self.wrong(say("Choose an action first."))
            return
        self._do(lambda i: finish_action(i.actions, chosen), say("Action {action} done", action=chosen))

    def _ask(self, title: Sentence, fields: Sequence[Field], then: Callable[[dict[str, str]], None]) -> None:
        if self._scene.read_only:
            self.wrong(say("This is a recording: it is read-only."))
            return
        asked = AskDialog(
            self.words, title=title, text=say("Every line is kept with your name."), fields=fields, yes=say("Record")
        )
        self.app.push_screen(asked, lambda said: then(said) if said is not None else None)

    def _do(self, decide: Callable[[Incident], AnyEvent], done: Sentence) -> None:
        about = self._about

        def decided(board: Board) -> AnyEvent:
            return decide(board.incidents[about])

        if self._scene.read_only:
            self.wrong(say("This is a recording: it is read-only."))
            return
        try:
            decided(self._scene.board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        self.query_one("#wrong", Static).update("")
        self._act(Act(decided, done, inc=about))
