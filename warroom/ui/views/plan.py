"""The plan: the steps in plan order, the checklist under the cursor, the step at the right."""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from warroom.domain.approval import initials_of
from warroom.domain.board import Board
from warroom.domain.criteria import finish, judgements
from warroom.domain.events import AnyEvent, Recorded, StepEvent
from warroom.domain.incident import Incident
from warroom.domain.plan import Criterion
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.steps import (
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
from warroom.domain.walltime import following
from warroom.services.words import Words
from warroom.ui.dialogs.ask import AskDialog, Field
from warroom.ui.dialogs.people import PLACE
from warroom.ui.keys import bind
from warroom.ui.line import Part
from warroom.ui.messages import Act, Asked, Told, Undo
from warroom.ui.scene import Scene
from warroom.ui.views.plan_lines import PlanRows, objective_line, step_parts
from warroom.ui.views.view import UNDECLARED, View
from warroom.ui.widgets.row_list import NoRows, RowList
from warroom.ui.widgets.text_block import TextBlock, entitle

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
            way = "screen.declare"
            if scene.read_only:
                told, way = scene.words.say(UNDECLARED), ""
            self.query_one("#objective", TextBlock).show([Part(told, "$muted", way)])
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
        entitle(self.query_one("#step-detail"), scene.words.name(state.step.name))
        self.query_one("#step-text", TextBlock).show(step_parts(state, scene, incident))

    def _state(self, incident: Incident) -> StepState | None:
        key = self.query_one(StepList).selected
        return incident.steps.get(key.split("/")[0]) if key else None

    def choose(self, step: str) -> None:
        """Put the selection on a step."""
        self.query_one(StepList).select(f"{step}/")

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
        text = _of(state, text)

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
        dialog = AskDialog(
            scene.words,
            title=say("Who owns this step?"),
            text=_of(state, say("Initials: {who}", who=PLACE)),
            people={person.initials: person.initials for person in incident.people},
            fields=(Field("owner", say("Owner"), state.owner), Field("backup", say("Backup"), state.backup)),
            yes=say("Assign"),
            act=lambda said: _act(
                state,
                lambda steps: assign_step(
                    steps, state.id, initials_of(incident, said["owner"]), initials_of(incident, said["backup"])
                ),
                say("{step}: {owner} owns it", step=state.step.name, owner=initials_of(incident, said["owner"])),
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
            text=_of(state, say("“+10” for ten minutes more, or a time like “15:30”.")),
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
            text=_of(state, say("The reason is shown in the log.")),
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


def _of(state: StepState, told: Sentence) -> Sentence:
    """What is asked of a step, with its name: the dialog lies over its row."""
    return say("“{step}”. {told}", step=state.step.name, told=told)


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
