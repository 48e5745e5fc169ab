"""Every clock that runs, the nearest first: words in public, promises, authorities, steps of the plan."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from textual.binding import BindingType

from warroom.domain.clocks import running
from warroom.domain.incident import Incident
from warroom.domain.moves import dues
from warroom.domain.sentence import Param, say
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.dialogs.rows import Hint
from warroom.ui.dialogs.table import Clock, TableDialog
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut, spread, width_of
from warroom.ui.messages import Act
from warroom.ui.scene import Scene


def _of(incident: Incident, key: str, name: Param) -> tuple[Param, str]:
    """What is due, and who has it; what the public waits for is told apart from the step of the plan of that name."""
    if key.startswith("step/"):
        return name, incident.steps[key.removeprefix("step/")].owner
    return say("In public: {what}", what=name), ""


class DeadlineRows:
    """What is due, when, and who has it."""

    def __init__(self, incident: Incident, words: Words, now: datetime) -> None:
        self._words = words
        self._now = now
        found: list[tuple[datetime, str, Param, str]] = [
            (at, key, *_of(incident, key, name)) for key, (name, at) in dues(incident).items()
        ]
        for promise in incident.open_promises:
            text = say("Promised: {text}", text=one_line(promise.text))
            found.append((promise.due_at, f"promise/{promise.id}", text, promise.owner))
        for clock in running(incident.plan, incident.clocks):
            text = say("{clock}: {stage}", clock=clock.regulator.name, stage=clock.stage.name)
            found.append((clock.due_at, f"clock/{clock.regulator.id}", text, clock.regulator.owner))
        self._rows = sorted(found, key=lambda row: row[:2])
        self._wide = max((len(self._day(at)) for at, *_ in found), default=0)

    def _day(self, at: datetime) -> str:
        """The day of what is not due today, its year where it is another one: "Wed 11 Mar"."""
        words, day = self._words, self._words.day(at)
        if day == words.day(self._now):
            return ""
        return f"{day if day[-4:] != words.day(self._now)[-4:] else day[:-5]} "

    def __len__(self) -> int:
        return max(1, len(self._rows))

    def key(self, index: int) -> str:
        return self._rows[index][1] if self._rows else ""

    def selectable(self, index: int) -> bool:
        return bool(self._rows)

    def line(self, index: int, width: int) -> Sequence[Part]:
        words = self._words
        if not self._rows:
            return [Part(words.t("No deadline is running"), "$muted")]
        at, _, name, owner = self._rows[index]
        left = at - self._now
        late = left < timedelta(0)
        told = words.t("{time} late", time=-left) if late else words.span(left)
        nearest = next((due for due, *_ in self._rows if due >= self._now), None)
        style = "bold $error" if late else "bold $warning" if at == nearest else ""
        end = [
            Part(f" {told}", style),
            Part(f"  {self._day(at):>{self._wide}}{words.clock(at)}", "$muted"),
            Part(f"  {one_line(owner):<4}", "$muted"),
        ]
        sign = Part("! ", "bold $error") if late else Part("○ ", "$muted")
        return spread([sign, Part(cut(words.value(name), width - width_of(end) - 2))], end, width)


class DeadlinesDialog(TableDialog):
    BINDINGS: ClassVar[list[BindingType]] = [bind("deadlines.times", "times")]

    def __init__(self, scene: Scene, act: Callable[[Act], None], now: Clock) -> None:
        super().__init__(scene, act, now, say("Deadlines"), yes=say("Correct the times"))

    def rows(self, incident: Incident) -> DeadlineRows:
        return DeadlineRows(incident, self.words, self.now())

    def told(self, incident: Incident) -> list[Part]:
        """What all of them are counted from."""
        words, t = self.words, self.words.t
        first = incident.first_mention_at
        heard = f"{words.day(first)} {words.clock_s(first)}" if first is not None else "?"
        return [
            Part(t("Declared") + " ", "$muted"),
            Part(f"{words.day(incident.declared_at)} {words.clock_s(incident.declared_at)}", "bold"),
            Part(f"   {t('First mention')} ", "$muted"),
            Part(heard, "bold"),
        ]

    def hints(self, incident: Incident) -> list[Hint]:
        return [Hint("deadlines.times", self.words.t("Correct the times"))]

    def confirm(self) -> None:
        self.action_times()

    def action_times(self) -> None:
        from warroom.ui.dialogs.times import TimesDialog

        incident = self.incident
        if incident is None or self._recorded():
            return

        def answered(act: Act | None) -> None:
            if act is not None:
                self.hand_on(act)

        self.app.push_screen(TimesDialog(self.scene, incident), answered)
