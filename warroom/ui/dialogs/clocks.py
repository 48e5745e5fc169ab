"""The clocks of authorities: when each began to count, what is due next, what was met, what does not apply."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from textual.binding import BindingType

from warroom.domain.clocks import ClockState, applying, due_at, exclude_clock, meet_clock, start_clock
from warroom.domain.incident import Incident
from warroom.domain.plan import Regulator, Stage
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.dialogs.ask import Field
from warroom.ui.dialogs.rows import Hint
from warroom.ui.dialogs.table import Clock, TableDialog, time_of
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut, spread, width_of
from warroom.ui.messages import Act
from warroom.ui.scene import Scene


def next_stage(regulator: Regulator, state: ClockState | None) -> Stage | None:
    """The stage that is to be met now; None where all are met."""
    met = state.met if state is not None else {}
    return next((stage for stage in regulator.stages if stage.id not in met), None)


def length(stage: Stage, words: Words) -> str:
    """How long a stage is: "72 h", "4 business days", "at once"."""
    if stage.business_days is not None:
        return words.tn("{n} business day", "{n} business days", stage.business_days)
    return f"{words.number(stage.hours)} h" if stage.hours else words.t("at once")


class ClockRows:
    """The clocks that may apply, then the others of the plan."""

    def __init__(self, incident: Incident, words: Words, now: datetime) -> None:
        self._incident = incident
        self._words = words
        self._now = now
        may = applying(incident.plan, incident.types)
        self._may = frozenset(clock.id for clock in may)
        self._clocks = [*may, *(clock for clock in incident.plan.regulators if clock.id not in self._may)]

    def __len__(self) -> int:
        return max(1, len(self._clocks))

    def key(self, index: int) -> str:
        return self._clocks[index].id if self._clocks else ""

    def selectable(self, index: int) -> bool:
        return bool(self._clocks)

    def line(self, index: int, width: int) -> Sequence[Part]:
        words = self._words
        if not self._clocks:
            return [Part(words.t("This plan holds no clock of an authority."), "$muted")]
        clock = self._clocks[index]
        begin, end = self._state(clock)
        name = Part(cut(words.name(clock.name), width - width_of(begin) - width_of(end)), "bold")
        return spread([*begin, name], end, width)

    def _state(self, clock: Regulator) -> tuple[list[Part], list[Part]]:
        words, t = self._words, self._words.t
        state = self._incident.clocks.get(clock.id)
        if state is not None and state.excluded is not None:
            return [Part(" – ", "$muted")], [Part(f" {t('does not apply')}  {one_line(state.excluded_by)} ", "$muted")]
        if state is None or state.started_at is None:
            if clock.id not in self._may:
                return [Part(" · ", "$muted")], [Part(f" {t('not for this kind of crisis')} ", "$muted")]
            return [Part(" ○ ", "bold $warning")], [Part(f" {t('undecided')} ", "$warning")]
        stage = next_stage(clock, state)
        if stage is None:
            return [Part(" ✓ ", "$success")], [Part(f" {t('met')} ", "$success")]
        left = due_at(stage, state.started_at) - self._now
        late = left < timedelta(0)
        told = t("{time} late", time=-left) if late else words.span(left)
        style = "bold $error" if late else "bold $warning"
        sign = Part(" ! ", style) if late else Part(" ▶ ", style)
        return [sign], [Part(f" {words.name(stage.name)} ", "$muted"), Part(f"{told} ", style)]


class ClocksDialog(TableDialog):
    YES_ID = "regulators.start"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("regulators.start", "start"),
        bind("regulators.meet", "meet"),
        bind("regulators.exclude", "exclude"),
    ]

    def __init__(self, scene: Scene, act: Callable[[Act], None], now: Clock) -> None:
        super().__init__(scene, act, now, say("Clocks of authorities"), yes=say("Start"))

    def rows(self, incident: Incident) -> ClockRows:
        return ClockRows(incident, self.words, self.now())

    def told(self, incident: Incident) -> list[Part]:
        words, t = self.words, self.words.t
        clock, state = self._clock(), incident.clocks.get(self.chosen)
        counsel = Part(t("What applies, and from when, is for local counsel to say."), "$muted")
        if clock is None:
            return [counsel]
        parts = [Part(t("Counts from when") + " ", "$muted"), Part(f"{words.name(clock.starts)}\n")]
        if state is not None and state.excluded is not None:
            parts += [Part(t("Does not apply") + ": ", "$muted"), Part(f"{one_line(state.excluded)}\n")]
        elif state is not None and state.started_at is not None:
            at = f"{words.day(state.started_at)} {words.clock(state.started_at)}"
            parts += [Part(t("That was") + " ", "$muted"), Part(at, "bold")]
            parts.append(Part(f"  {one_line(state.started_by)}\n", "$muted"))
        for stage in clock.stages:
            parts += self._stage(stage, state)
        return [*parts, Part(f"{clock.source}\n", "$muted"), counsel]

    def _stage(self, stage: Stage, state: ClockState | None) -> list[Part]:
        words = self.words
        name = f"{words.name(stage.name)} ({length(stage, words)})"
        if state is not None and (met := state.met.get(stage.id)) is not None:
            at, by, reference = met
            told = f"  {words.day(at)} {words.clock(at)} {one_line(by)} {one_line(reference)}"
            return [Part("✓ ", "$success"), Part(name), Part(f"{told.rstrip()}\n", "$muted")]
        if state is None or state.started_at is None or state.excluded is not None:
            return [Part("○ ", "$muted"), Part(f"{name}\n")]
        due = due_at(stage, state.started_at)
        return [Part("○ ", "$warning"), Part(name), Part(f"  {words.day(due)} {words.clock(due)}\n", "bold")]

    def hints(self, incident: Incident) -> list[Hint]:
        t = self.words.t
        if self._clock() is None:
            return []
        return [
            Hint("regulators.start", t("Start")),
            Hint("regulators.meet", t("Met")),
            Hint("regulators.exclude", t("Does not apply")),
        ]

    def _clock(self) -> Regulator | None:
        incident = self.incident
        clocks = incident.plan.regulators if incident is not None else ()
        return next((clock for clock in clocks if clock.id == self.chosen), None)

    def confirm(self) -> None:
        self.action_start()

    def action_start(self) -> None:
        clock, incident = self._clock(), self.incident
        if clock is None or incident is None:
            return

        def typed(said: dict[str, str]) -> datetime:
            return time_of(said["at"], self.words, self.now())

        known = incident.clocks.get(clock.id)
        began = known.started_at if known is not None and known.started_at is not None else self.now()
        local = self.words.local(began)
        self.record(
            clock_name(clock),
            (Field("at", say("It counts from"), f"{local:%Y-%m-%d %H:%M}"),),
            lambda i, said: start_clock(i.plan, i.clocks, clock.id, typed(said), self.now()),
            lambda said: say("{clock}: counts from {at}", clock=clock.name, at=typed(said)),
            yes=say("Start"),
            text=say("It counts from the moment when {starts}. When was that?", starts=clock.starts),
        )

    def action_meet(self) -> None:
        clock, incident = self._clock(), self.incident
        if clock is None or incident is None:
            return
        stage = next_stage(clock, incident.clocks.get(clock.id))
        if stage is None:
            self.wrong(say("Every stage of this clock is met."))
            return
        done = say("{clock}: {stage} met", clock=clock.name, stage=stage.name)
        try:
            meet_clock(incident.plan, incident.clocks, clock.id, stage.id)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        self.record(
            clock_name(clock),
            (Field("reference", say("Their number, or a link")),),
            lambda i, said: meet_clock(i.plan, i.clocks, clock.id, stage.id, said["reference"]),
            lambda said: done,
            yes=say("Met"),
            text=say("{stage}: it is done.", stage=stage.name),
        )

    def action_exclude(self) -> None:
        clock, incident = self._clock(), self.incident
        if clock is None or incident is None:
            return
        self.record(
            clock_name(clock),
            (Field("reason", say("Reason")),),
            lambda i, said: exclude_clock(i.plan, clock.id, said["reason"]),
            lambda said: say("{clock}: does not apply", clock=clock.name),
            yes=say("It does not apply, by my name"),
            text=say("Local counsel has said that this clock does not apply here."),
        )


def clock_name(clock: Regulator) -> Sentence:
    """The clock's own name as the title of a question."""
    return Sentence("{clock}", {"clock": clock.name})
