"""The lines of the plan: a step as a row and in full, its checklist, what the program sees of it, the objective. Pure:
values into parts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from warroom.domain.criteria import ONLY_YOU, judgements
from warroom.domain.events import ItemTicked, StepEvent
from warroom.domain.incident import Incident
from warroom.domain.steps import Standing, StepState
from warroom.domain.text import one_line
from warroom.services.entries.entry import entry
from warroom.services.entries.plan import times_done
from warroom.services.words import Words
from warroom.ui.line import Part, clip, cut, spread, width_of
from warroom.ui.scene import Scene

GLYPHS = {
    Standing.LATE: ("!", "bold $error"),
    Standing.NOW: ("▶", "bold $warning"),
    Standing.NEXT: ("○", ""),
    Standing.DONE: ("✓", "$success"),
    Standing.NOT_NEEDED: ("–", "$muted"),
}
OBJECTIVES = "screen.objectives"
MOST_OF_A_NAME = 8
"""Cells of an owner who is named by more than initials: the step is what the row is about."""
TICK = "step('tick')"
"""What a click on the box of a checklist's line runs on the list of steps."""
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
    who = cut(one_line(owner), MOST_OF_A_NAME)
    right.append(Part(f"  {who:<4}" if clock else f" {who:<2}", "$muted"))
    name = words.name(state.step.name)
    room = width - 2 - width_of(tally) - width_of(right)
    return spread([Part(f"{glyph} ", colour), Part(cut(name, room), bold or muted), *tally], right, width)


def item_row(state: StepState, item: str, words: Words) -> list[Part]:
    """One line of a checklist; a click on its box ticks it, or takes that back."""
    name = next(line.name for line in state.step.items if line.id == item)
    if item in state.ticked:
        return [Part("  [x] ", "$success", TICK), Part(words.name(name), "$muted")]
    return [Part("  [ ] ", "$muted", TICK), Part(words.name(name))]


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


def step_parts(state: StepState, scene: Scene, incident: Incident) -> list[Part]:
    """A step in full: who, when, what has to be true, what the program sees of it, and what was done so far."""
    words, now = scene.words, scene.now
    t = words.t

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
    return [*parts, *_so_far(state, scene, incident)]


def _so_far(state: StepState, scene: Scene, incident: Incident) -> list[Part]:
    """What was done with a step, the newest last."""
    words, parts = scene.words, list[Part]()
    lines = [
        line
        for line in scene.board.timeline
        if isinstance(line.recorded.data, StepEvent) and line.recorded.data.step == state.id
    ]
    if lines:
        parts.append(Part("\n" + words.t("So far") + "\n", "bold $primary"))
    for line in lines[-8:]:
        told = entry(line.recorded, incident)
        text = words.say(told.text)
        if isinstance(line.recorded.data, ItemTicked):
            text = words.name(next((i.name for i in state.step.items if i.id == line.recorded.data.item), {"en": text}))
        parts += [
            Part(f"{words.clock(told.at)} ", "bold"),
            Part(f"{told.glyph} ", hangs=True),
            Part(f"{one_line(text)}  "),
            Part(f"{one_line(told.who)}\n", "$muted"),
        ]
    return parts


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
        sign = Part("✓ ", "$success", hangs=True) if seen.met else Part("○ ", "$warning", hangs=True)
        rows.append([sign, Part(words.say(seen.state))])
    if state.step.verify:
        rest = words.t("the rest only you can say")
    elif state.step.proof == "staff":
        rest = words.t("a text to our own people finishes it, or you do")
    elif state.step.proof is not None:
        rest = words.t("seen by the program itself when it happens")
    else:
        rest = words.say(ONLY_YOU)
    return [*rows, [Part("· ", "$muted", hangs=True), Part(rest, "$muted")]]


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
