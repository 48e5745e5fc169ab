"""The plan: the steps in plan order, the checklist under the cursor, the step at the right."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from warroom.domain.board import Board
from warroom.domain.criteria import ONLY_YOU, finish, judgements
from warroom.domain.events import AnyEvent, ItemTicked, Recorded, StepEvent
from warroom.domain.incident import Incident
from warroom.domain.plan import Criterion
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.steps import (
    Standing,
    Steps,
    StepState,
    action_order,
    assign_step,
    move_deadline,
    return_step,
    skip_step,
    tick_item,
    undo_step,
)
from warroom.domain.text import one_line
from warroom.domain.walltime import following
from warroom.services.entries import entry, times_done
from warroom.services.words import Words
from warroom.ui.dialogs.ask import AskDialog, Field
from warroom.ui.keys import bind
from warroom.ui.line import Part, clip, cut, spread, width_of
from warroom.ui.messages import Act, Asked, Told, Undo
from warroom.ui.scene import Scene
from warroom.ui.views.view import View
from warroom.ui.widgets.row_list import NoRows, RowList
from warroom.ui.widgets.text_block import TextBlock, entitle

GLYPHS = {
    Standing.LATE: ("!", "bold $error"),
    Standing.NOW: ("▶", "bold $warning"),
    Standing.NEXT: ("○", ""),
    Standing.DONE: ("✓", "$success"),
    Standing.NOT_NEEDED: ("–", "$muted"),
}


DESKS: dict[Criterion, str] = {
    "freeze": "freeze",
    "objectives": "objectives",
    "seats": "seats",
    "facts": "ledger",
    "rumours": "ledger",
    "promises": "ledger",
    "questions": "questions",
    "clocks": "regulators",
    "regulators": "regulators",
    "handover": "handover",
    "quiet": "stand_down",
    "stance": "stance",
    "first-word": "view('statement')",
    "holding": "view('statement')",
}
"""Criterion → the console's action that opens what the criterion looks at."""


OBJECTIVES = "screen.objectives"
SEEN = "="
"""What the keys of rows begin with that only tell: no id of a checklist holds it."""


def time_left(state: StepState, declared_at: datetime, now: datetime, words: Words) -> Part:
    """How a step stands in words: "done", "next 15:40", "4 min late", "6 min"."""
    standing = state.standing(declared_at, now)
    if standing is Standing.DONE and state.is_open:
        return Part(words.t("next {time}", time=words.clock(state.due_at(declared_at))), "$success")
    if standing is Standing.DONE:
        return Part(words.t("done"), "$success")
    if standing is Standing.NOT_NEEDED:
        return Part(words.t("not needed"), "$muted")
    left = state.due_at(declared_at) - now
    if standing is Standing.LATE:
        return Part(words.t("{time} late", time=-left), "bold $error")
    return Part(words.span(left), "bold $warning" if standing is Standing.NOW else "$muted")


def step_row(
    state: StepState, incident: Incident, now: datetime, words: Words, width: int, *, clock: bool
) -> list[Part]:
    """Glyph, name, tally, time left, deadline by the clock (of what is done: when it was), owner."""
    standing = state.standing(incident.declared_at, now)
    glyph, colour = GLYPHS[standing]
    bold = "bold" if standing in (Standing.LATE, Standing.NOW) else ""
    muted = "$muted" if standing in (Standing.DONE, Standing.NOT_NEEDED) else ""
    tally: list[Part] = []
    if state.step.items and standing not in (Standing.DONE, Standing.NOT_NEEDED):
        tally = [Part(f" {len(state.ticked)}/{len(state.step.items)}", "$muted")]
    right = [Part(" "), time_left(state, incident.declared_at, now, words)]
    at, owner = state.due_at(incident.declared_at), state.owner
    if standing is Standing.DONE and state.last is not None:
        at, owner = state.last[0], state.last[1] or owner
    if clock:
        right.append(Part(f"  {words.clock(at)}", "$muted"))
    right.append(Part(f"  {one_line(owner):<4}" if clock else f" {one_line(owner):<2}", "$muted"))
    name = words.name(state.step.name)
    room = width - 2 - width_of(tally) - width_of(right)
    return spread([Part(f"{glyph} ", colour), Part(cut(name, room), bold or muted), *tally], right, width)


def item_row(state: StepState, item: str, words: Words) -> list[Part]:
    """One line of a checklist."""
    name = next(line.name for line in state.step.items if line.id == item)
    if item in state.ticked:
        return [Part("  [x] ", "$success"), Part(words.name(name), "$muted")]
    return [Part("  [ ] ", "$muted"), Part(words.name(name))]


class PlanRows:
    """Objective, then the steps; the checklist of the step at hand is unfolded. Where there is no panel for it beside
    the list (`alone`), what the program sees of that step stands under it."""

    def __init__(self, scene: Scene, incident: Incident, unfolded: str, *, alone: bool) -> None:
        self._scene = scene
        self._incident = incident
        self._seen: list[list[Part]] = []
        self._keys: list[tuple[str, str]] = []
        for state in incident.steps.values():
            self._keys.append((state.id, ""))
            if state.id == unfolded and state.is_open:
                self._keys += [(state.id, item.id) for item in state.step.items]
                if alone:
                    self._seen = criteria_rows(state, scene, incident)
                    self._keys += [(state.id, f"{SEEN}{at}") for at in range(len(self._seen))]

    def __len__(self) -> int:
        return len(self._keys)

    def key(self, index: int) -> str:
        step, item = self._keys[index]
        return f"{step}/{item}"

    def selectable(self, index: int) -> bool:
        return not self._keys[index][1].startswith(SEEN)

    def line(self, index: int, width: int) -> Sequence[Part]:
        step, item = self._keys[index]
        state = self._incident.steps[step]
        if item.startswith(SEEN):
            return clip([Part("  "), *self._seen[int(item.removeprefix(SEEN))]], width)
        if item:
            return item_row(state, item, self._scene.words)
        return step_row(state, self._incident, self._scene.now, self._scene.words, width, clock=True)


class StepList(RowList):
    """The steps. Space ticks, c completes, a assigns, t moves the deadline, x marks as not needed. Enter opens what the
    step works on, where it has a table of its own; else the deadline."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("plan.tick", "step('tick')"),
        bind("plan.complete", "step('complete')"),
        bind("plan.assign", "step('assign')"),
        bind("plan.open", "step('open')"),
        bind("plan.deadline", "step('deadline')"),
        bind("plan.objectives", "step('objectives')"),
        bind("plan.skip", "step('skip')"),
    ]

    def action_step(self, act: str) -> None:
        self.query_ancestor(PlanView).act(act)


class PlanView(View):
    """Steps at the left; from 100 columns the step under the cursor at the right."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Widget(id="plan-main", classes="panel"):
                yield TextBlock(id="objective")
                yield StepList(id="steps")
            with VerticalScroll(id="step-detail", classes="panel", can_focus=False):
                yield TextBlock(id="step-text")

    def on_mount(self) -> None:
        self._scene: Scene | None = None

    def look(self, scene: Scene) -> None:
        self._scene = scene
        t = scene.words.t
        steps = self.query_one(StepList)
        panel, detail = self.query_one("#plan-main"), self.query_one("#step-detail")
        incident = scene.incident
        entitle(panel, t("Plan"))
        detail.display = incident is not None and self.app.size.width >= 100
        if incident is None:
            key = scene.key("console.declare")
            told = t("No crisis is open. The plan starts with the declaration: press {key}.", key=key)
            self.query_one("#objective", TextBlock).show([Part(told, "$muted", "screen.declare")])
            steps.show(NoRows())
            return
        done = sum(state.is_settled(incident.declared_at, scene.now) for state in incident.steps.values())
        entitle(panel, foot=t("{done}/{all} done", done=done, all=len(incident.steps)))
        self.query_one("#objective", TextBlock).show(objective_line(incident, scene))
        selected = steps.selected or ""
        if not selected:
            late_first = action_order(incident.steps, incident.declared_at, scene.now)
            selected = f"{late_first[0].id}/" if late_first else ""
        steps.show(PlanRows(scene, incident, selected.split("/")[0], alone=not detail.display))
        steps.select(selected)
        self._detail(incident, scene)

    def on_row_list_moved(self) -> None:
        if self._scene is not None and self._scene.incident is not None:
            steps = self.query_one(StepList)
            unfolded = (steps.selected or "").split("/")[0]
            alone = not self.query_one("#step-detail").display
            steps.show(PlanRows(self._scene, self._scene.incident, unfolded, alone=alone))
            self._detail(self._scene.incident, self._scene)

    def _detail(self, incident: Incident, scene: Scene) -> None:
        state = self._state(incident)
        if state is None:
            return
        words, now = scene.words, scene.now
        t = words.t
        entitle(self.query_one("#step-detail"), words.name(state.step.name))

        def person(initials: str) -> str:
            known = incident.person(initials)
            return one_line(f"{known.name} ({initials})" if known is not None else initials or "—")

        def pad(name: str) -> str:
            return f"{name:<{1 + max(len(t('Owner')), len(t('Backup')), len(t('Due')))}}"

        due = state.due_at(incident.declared_at)
        parts = [
            Part(pad(t("Owner")), "$muted"),
            Part(f"{person(state.owner)}\n", "bold"),
            Part(pad(t("Backup")), "$muted"),
            Part(f"{person(state.backup)}\n"),
            Part(pad(t("Due")), "$muted"),
            Part(f"{words.clock(due)} {words.offset(due)}\n", "bold"),
            Part(f"{pad('')}{t('{time} after the declaration', time=timedelta(minutes=state.due))}\n", "$muted"),
            Part(pad("")),
            time_left(state, incident.declared_at, now, words),
            Part("\n"),
            *rhythm_parts(state, words, pad("")),
            Part("\n"),
            Part(t("Done when") + "\n", "bold $primary"),
            Part(words.name(state.step.done_when) + "\n"),
            *(part for row in criteria_rows(state, scene, incident) for part in (*row, Part("\n"))),
        ]
        if state.skipped:
            parts += [Part("\n" + t("Not needed") + "\n", "bold $primary"), Part(one_line(state.skipped) + "\n")]
        lines = [
            line
            for line in scene.board.timeline
            if isinstance(line.recorded.data, StepEvent) and line.recorded.data.step == state.id
        ]
        if lines:
            parts.append(Part("\n" + t("So far") + "\n", "bold $primary"))
        for line in lines[-8:]:
            told = entry(line.recorded, incident)
            text = words.say(told.text)
            if isinstance(line.recorded.data, ItemTicked):
                text = words.name(
                    next((i.name for i in state.step.items if i.id == line.recorded.data.item), {"en": text})
                )
            parts += [
                Part(f"{words.clock(told.at)} ", "bold"),
                Part(f"{told.glyph} {one_line(text)}  "),
                Part(f"{one_line(told.who)}\n", "$muted"),
            ]
        self.query_one("#step-text", TextBlock).show(parts)

    def _state(self, incident: Incident) -> StepState | None:
        key = self.query_one(StepList).selected
        return incident.steps.get(key.split("/")[0]) if key else None

    # --- acts -------------------------------------------------------------------------------------------

    def act(self, name: str) -> None:
        """What a key on the step list means; where it needs words, it asks."""
        scene = self._scene
        incident = scene.incident if scene is not None else None
        if scene is None or incident is None:
            self.post_message(Told(say("No crisis is open.")))
            return
        if name == "objectives":
            self.post_message(Asked("objectives"))
            return
        state = self._state(incident)
        if state is None:
            self.post_message(Told(say("Choose a step first.")))
            return
        if scene.read_only:
            self.post_message(Told(say("This is a recording: it is read-only.")))
            return
        getattr(self, f"_{name}")(state, incident, scene)

    def _tick(self, state: StepState, incident: Incident, scene: Scene) -> None:
        key = self.query_one(StepList).selected or ""
        item = key.split("/")[1] if "/" in key else ""
        if not item:
            item = next((line.id for line in state.step.items if line.id not in state.ticked), "")
        if not item:
            self._complete(state, incident, scene)
            return
        line = next(line.name for line in state.step.items if line.id == item)
        done = say("Not done: {line}", line=line) if item in state.ticked else say("Done: {line}", line=line)
        self._do(state, lambda steps: tick_item(steps, state.id, item), done)

    def _complete(self, state: StepState, incident: Incident, scene: Scene) -> None:
        if not state.is_open:
            self._do(state, lambda steps: return_step(steps, state.id), say("Open again: {step}", step=state.step.name))
            return
        done = say("Done: {step}", step=state.step.name)
        missing = [seen.state for seen in judgements(state.step, scene.board, incident, scene.now) if not seen.met]
        clock = scene.clock
        if not missing and not state.open_items:
            self.post_message(Act(lambda board: finish(board, state.id, clock()), done, undo=undoing(state)))
            return
        if missing:
            # Seen missing by the program: the log will show why it was called done all the same.
            text = say(
                "{first}. Call it done all the same? The log shows your reason.", first=_capital(missing, scene.words)
            )
            fields: tuple[Field, ...] = (Field("reason", say("Reason"), ""),)
        else:
            text, fields = say("Lines of its checklist are still open. Complete it all the same?"), ()

        def decision(said: dict[str, str]) -> Callable[[Board], AnyEvent]:
            return lambda board: finish(board, state.id, clock(), items_open_ok=True, reason=said.get("reason", ""))

        self.app.push_screen(
            AskDialog(
                scene.words,
                title=say("Complete the step"),
                text=text,
                yes=say("Complete"),
                fields=fields,
                check=lambda said: _tried(decision(said), scene.board),
                act=lambda said: Act(decision(said), done, undo=undoing(state)),
            ),
        )

    def _assign(self, state: StepState, incident: Incident, scene: Scene) -> None:
        who = ", ".join(person.initials for person in incident.people)
        dialog = AskDialog(
            scene.words,
            title=say("Who owns this step?"),
            text=say("Initials: {who}", who=who),
            fields=(Field("owner", say("Owner"), state.owner), Field("backup", say("Backup"), state.backup)),
            yes=say("Assign"),
            act=lambda said: _act(
                state,
                lambda steps: assign_step(steps, state.id, said["owner"], said["backup"]),
                say("{step}: {owner} owns it", step=state.step.name, owner=said["owner"]),
            ),
        )
        self.app.push_screen(dialog)

    def _deadline(self, state: StepState, incident: Incident, scene: Scene) -> None:
        words = scene.words

        def due(said: dict[str, str]) -> int:
            minutes = due_minutes(said["due"], state, incident, words)
            if minutes is None:
                raise Refused(say("Write “+10” or a time like “15:30”."))
            return minutes

        def moved(said: dict[str, str]) -> Act:
            minutes = due(said)
            after = timedelta(minutes=minutes)
            done = say("{step}: due {time} after the declaration", step=state.step.name, time=after)
            return _act(state, lambda steps: move_deadline(steps, state.id, minutes), done)

        dialog = AskDialog(
            words,
            title=say("Move the deadline"),
            text=say("“+10” for ten minutes more, or a time like “15:30”."),
            fields=(Field("due", say("Due"), words.clock(state.due_at(incident.declared_at))),),
            yes=say("Move"),
            check=due,
            act=moved,
        )
        self.app.push_screen(dialog)

    def _open(self, state: StepState, incident: Incident, scene: Scene) -> None:
        """What the step works on, if the console has a table for it; else its deadline."""
        action = next((DESKS[criterion] for criterion in state.step.verify if criterion in DESKS), None)
        if action is None:
            self._deadline(state, incident, scene)
        else:
            self.post_message(Asked(action))

    def _skip(self, state: StepState, incident: Incident, scene: Scene) -> None:
        dialog = AskDialog(
            scene.words,
            title=say("Not needed?"),
            text=say("The reason is shown in the log."),
            fields=(Field("reason", say("Reason"), ""),),
            yes=say("Not needed"),
            act=lambda said: _act(
                state,
                lambda steps: skip_step(steps, state.id, said["reason"]),
                say("Not needed: {step}", step=state.step.name),
            ),
        )
        self.app.push_screen(dialog)

    def _do(self, state: StepState, decide: Callable[[Steps], AnyEvent], done: Sentence) -> None:
        self.post_message(_act(state, decide, done))


def _act(state: StepState, decide: Callable[[Steps], AnyEvent], done: Sentence) -> Act:
    """What is done to a step of the open crisis."""
    return Act(lambda board: decide(open_steps(board)), done, undo=undoing(state))


def undoing(before: StepState) -> Undo:
    """What takes back an act on a step that stood like this before."""

    def undo(board: Board, acts: Sequence[Recorded]) -> list[AnyEvent]:
        steps = open_steps(board)
        mine = [act.data for act in acts if isinstance(act.data, StepEvent)]
        return [undo_step(steps, before, act) for act in mine]

    return undo


def _capital(states: Sequence[Sentence], words: Words) -> str:
    """What is missing as one sentence that begins like one."""
    told = "; ".join(words.say(state) for state in states)
    return told[:1].upper() + told[1:]


def _tried(decide: Callable[[Board], AnyEvent], board: Board) -> None:
    """Refuse now what would be refused later, while what was typed is still there."""
    decide(board)


def criteria_rows(state: StepState, scene: Scene, incident: Incident) -> list[list[Part]]:
    """What the program sees of a step, with a sign each; of the rest it says that it cannot see it."""
    words = scene.words
    if not state.is_open:
        if not state.done_reason:
            return []
        told = words.t("done although something was missing: {reason}", reason=one_line(state.done_reason))
        return [[Part(told, "$warning")]]
    rows: list[list[Part]] = []
    if state.is_proved:
        rows.append([Part(words.t("It has happened; still open:"), "$warning")])
    for seen in judgements(state.step, scene.board, incident, scene.now):
        sign = Part("✓ ", "$success") if seen.met else Part("○ ", "$warning")
        rows.append([sign, Part(words.say(seen.state))])
    if state.step.verify:
        rest = words.t("the rest only you can say")
    elif state.step.proof == "staff":
        rest = words.t("a text to our own people finishes it, or you do")
    elif state.step.proof is not None:
        rest = words.t("seen by the program itself when it happens")
    else:
        rest = words.say(ONLY_YOU)
    return [*rows, [Part(f"· {rest}", "$muted")]]


def rhythm_parts(state: StepState, words: Words, indent: str) -> list[Part]:
    """How often a step was done that comes back, and its rhythm; nothing of one that does not."""
    step, t = state.step, words.t
    told = [words.say(times_done(state))] if state.rounds else []
    if step.every is not None:
        told.append(t("comes back every {n} min", n=step.every))
    if step.until is not None:
        told.append(t("until {n} min after the declaration", n=step.until))
    if step.again:
        told.append(t("again after {list} min", list=", ".join(map(str, step.again))))
    if step.spike:
        told.append(t("again with each new spike"))
    return [Part(f"{indent}{line}\n", "$muted") for line in told]


def open_steps(board: Board) -> Steps:
    """The steps of the open crisis, at the moment of the decision."""
    if board.incident is None:
        raise Refused(say("No crisis is open."))
    return board.incident.steps


def due_minutes(text: str, state: StepState, incident: Incident, words: Words) -> int | None:
    """Minutes after the declaration from "+10", "-5" or a time of day; None where it is neither.

    A time of day before the declaration's own means the next day.
    """
    text = text.strip()
    if re.fullmatch(r"[+\-−]\d{1,4}", text):
        return state.due + int(text.replace("−", "-"))
    found = re.fullmatch(r"(\d{1,2})[:.h](\d{2})", text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    declared = incident.declared_at.replace(second=0, microsecond=0)
    at = following(words.local(declared), int(found[1]), int(found[2]))
    return round((at - declared).total_seconds() / 60)


def objective_line(incident: Incident, scene: Scene, *, in_plan: bool = True) -> list[Part]:
    """The objective, always in sight; until it is confirmed, how to confirm it. Outside the plan its key does something
    else: the way leads over the plan."""
    t, key = scene.words.t, scene.key("plan.objectives")
    if not in_plan:
        key = f"{scene.key('view.plan')} {key}"
    if not incident.objectives:
        return [
            Part("◎ ", "$accent"),
            Part(t("No objective yet: press {key}.", key=key), "italic $warning", OBJECTIVES),
        ]
    parts = [Part("◎ ", "$accent"), Part(one_line(" · ".join(incident.objectives)), "italic $accent")]
    if incident.objectives_at is None:
        parts += [Part("  "), Part(t("not confirmed: press {key}", key=key), "$warning", OBJECTIVES)]
    return parts
