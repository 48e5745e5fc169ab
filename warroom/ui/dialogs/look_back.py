"""The look back: why it went so, what changes, and who does what by when. Open during the crisis and after it."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Literal

from textual.binding import BindingType

from warroom.domain.aftermath import Action, Lesson, agree_action, finish_action, note_lesson
from warroom.domain.incident import Incident
from warroom.domain.sentence import say
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.dialogs.ask import Field
from warroom.ui.dialogs.rows import Hint
from warroom.ui.dialogs.table import Clock, TableDialog
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut, spread
from warroom.ui.messages import Act
from warroom.ui.scene import Scene


class LookBackRows:
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


class LookBackDialog(TableDialog):
    """Lessons and actions of the crisis that is looked back at: the open one, or one that is over."""

    YES_ID = "look_back.agree"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("look_back.why", "lesson('why')"),
        bind("look_back.change", "lesson('change')"),
        bind("look_back.agree", "agree"),
        bind("look_back.done", "done"),
    ]

    def __init__(self, scene: Scene, incident: Incident, act: Callable[[Act], None], now: Clock) -> None:
        super().__init__(scene, act, now, say("Look back"), yes=say("New action"), about=incident.id)

    def rows(self, incident: Incident) -> LookBackRows:
        return LookBackRows(incident, self.words)

    def told(self, incident: Incident) -> list[Part]:
        return [Part(one_line(incident.title), "$muted")]

    def hints(self, incident: Incident) -> list[Hint]:
        t = self.words.t
        return [
            Hint("look_back.why", t("Why it went so")),
            Hint("look_back.change", t("What changes")),
            Hint("look_back.agree", t("New action")),
            Hint("look_back.done", t("Done")),
        ]

    def confirm(self) -> None:
        self.action_agree()

    def action_lesson(self, side: Literal["why", "change"]) -> None:
        title = say("Why it went so") if side == "why" else say("What changes")
        fields = (Field("text", say("In one sentence")),)
        done = say("Written down")
        self.record(title, fields, lambda _, said: note_lesson(side, said["text"]), lambda _: done)

    def action_agree(self) -> None:
        fields = (
            Field("text", say("What will be done?")),
            Field("owner", say("Who? (initials)")),
            Field("due", say("By which day? (2026-05-31)")),
        )

        self.record(
            say("An action"),
            fields,
            lambda i, said: agree_action(i.actions, said["text"], said["owner"], said["due"]),
            lambda _: say("Agreed"),
        )

    def action_done(self) -> None:
        chosen = self.chosen
        if self.incident is None or chosen not in self.incident.actions:
            self.wrong(say("Choose an action first."))
            return
        self.do(lambda i: finish_action(i.actions, chosen), say("Action {action} done", action=chosen))
