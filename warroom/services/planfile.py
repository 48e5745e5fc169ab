"""Plan files: YAML in the shape of `domain.plan.Plan`, every problem at once.

A plan is found by the name of one that comes with the program, or by its path. Who holds which role is the
business of config.yaml; a plan only has to be whole in itself and in every language.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from warroom.domain.incident import HIGHEST
from warroom.domain.plan import Item, Plan, Preparation, Regulator, Stage, Step
from warroom.domain.sentence import Refused, Sentence, say

from .shape import Shape
from .typedpath import path_of
from .wanted import meant
from .words import LANGUAGES
from .yamlfile import ConfigError, Group, parse, read_text, refusal

PLANS = Path(__file__).resolve().parent.parent / "data" / "plans"
"""The plans that come with the program."""
DEFAULT_PLAN = "social-crisis"

LONGEST = 366
"""Days that a clock may run: more is a slip of the pen, and far more is no date."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

T = TypeVar("T", bound=Item | Step | Preparation | Regulator | Stage)

SEVERITIES = tuple(str(severity) for severity in range(1, HIGHEST + 1))


def plan_names() -> tuple[str, ...]:
    """The plans that come with the program, by name."""
    return tuple(sorted(path.stem for path in PLANS.glob("*.yaml")))


def find_plan(name_or_path: str | Path, folder: Path) -> Path | None:
    """The file of a plan: one of ours by its name, else a path from `folder`. None where there is neither."""
    ours = PLANS / f"{name_or_path}.yaml"
    if ours.parent == PLANS and ours.exists():
        return ours
    try:
        path = folder / path_of(name_or_path)
    except Refused:
        return None
    return path if path.is_file() else None


def load_plan(name_or_path: str | Path, folder: Path = Path()) -> Plan:
    """The plan of this name or path, or a `ConfigError` with everything that is wrong with it."""
    path = find_plan(name_or_path, folder)
    if path is None:
        raise refusal(str(name_or_path), 0, no_such_plan(str(name_or_path)))
    return read_plan(read_text(path), path.name)


def no_such_plan(name: str) -> Sentence:
    """The complaint about a plan that is not there."""
    return meant(name, plan_names(), say("there is no plan of this name, and no such file."))


def read_plan(text: str, file: str) -> Plan:
    """The plan that a text holds; `file` is only named in complaints."""
    node = parse(text, file)
    if not isinstance(node, Group):
        raise refusal(file, 1, say("a plan starts with lines like 'id: …' and 'name: …'."))
    shape = Shape(file, Path())
    plan = shape.struct(node, Plan)
    if plan is not None:
        _judge(plan, shape)
    if plan is None or shape.problems:
        raise ConfigError(shape.problems)
    return plan


def _judge(plan: Plan, shape: Shape) -> None:
    """What the types cannot say: names that refer to each other, numbers that make sense, every language there."""
    if not plan.steps:
        shape.complain("steps", say("a plan needs at least one step."))
    _id(shape, "id", plan.id)
    _unique(shape, "steps", plan.steps)
    _unique(shape, "before", plan.before)
    _languages(shape, "name", plan.name)
    for role, name in plan.roles.items():
        _languages(shape, f"roles.{role}", name)
    for at, step in enumerate(plan.steps):
        _judge_step(shape, f"steps[{at}]", step, plan)
    for at, preparation in enumerate(plan.before):
        place = f"before[{at}]"
        _role(shape, f"{place}.owner", preparation.owner, plan)
        for key in ("name", "rhythm", "done_when"):
            _languages(shape, f"{place}.{key}", getattr(preparation, key))
    for type, name in plan.types.items():
        _id(shape, f"types.{type}", type)
        _languages(shape, f"types.{type}", name)
    _unique(shape, "regulators", plan.regulators)
    for at, regulator in enumerate(plan.regulators):
        _judge_regulator(shape, f"regulators[{at}]", regulator, plan)
    _judge_approvals(shape, plan)
    _judge_numbers(shape, plan)


def _judge_numbers(shape: Shape, plan: Plan) -> None:
    _between(shape, "version", plan.version, 1)
    for key in ("first_word", "holding", "cadence", "silent_after", "escalate_after", "quiet"):
        _minutes(shape, key, getattr(plan, key), 1)
    _minutes(shape, "slower_after", plan.slower_after, 0)
    _between(shape, "humanity_floor", plan.humanity_floor, 0, 100)
    if plan.holding < plan.first_word:
        shape.complain("holding", say("the holding statement cannot be due before the first word."))


def _judge_approvals(shape: Shape, plan: Plan) -> None:
    """Severity → roles. Both are names that somebody typed."""
    for severity, roles in plan.approvals.items():
        place = f"approvals.{severity}"
        if severity not in SEVERITIES:
            unknown = say("'{severity}' is not a severity. One of: 1, 2, 3, 4.", severity=severity)
            shape.complain(place, unknown)
        for at, role in enumerate(roles):
            _role(shape, f"{place}[{at}]", role, plan)
        _once(shape, place, roles)


def _judge_regulator(shape: Shape, place: str, regulator: Regulator, plan: Plan) -> None:
    if regulator.owner:
        _role(shape, f"{place}.owner", regulator.owner, plan)
    for key in ("name", "starts"):
        _languages(shape, f"{place}.{key}", getattr(regulator, key))
    if not regulator.source.strip():
        shape.complain(f"{place}.source", say("say which law or contract this clock is from."))
    _types(shape, f"{place}.types", regulator.types, plan)
    if not regulator.stages:
        shape.complain(f"{place}.stages", say("a clock needs at least one stage."))
    _unique(shape, f"{place}.stages", regulator.stages)
    for at, stage in enumerate(regulator.stages):
        _judge_stage(shape, f"{place}.stages[{at}]", stage)


def _judge_stage(shape: Shape, place: str, stage: Stage) -> None:
    _languages(shape, f"{place}.name", stage.name)
    if stage.hours is None and stage.business_days is None:
        shape.complain(place, say("say how long it is: 'hours' (0: at once) or 'business_days'."))
    elif stage.hours is not None and stage.business_days is not None:
        shape.complain(place, say("a stage has 'hours' or 'business_days', not both."))
    elif stage.hours is not None:
        _between(shape, f"{place}.hours", stage.hours, 0, LONGEST * 24)
    elif stage.business_days is not None:
        _between(shape, f"{place}.business_days", stage.business_days, 1, LONGEST)


def _judge_step(shape: Shape, place: str, step: Step, plan: Plan) -> None:
    _role(shape, f"{place}.owner", step.owner, plan)
    if step.backup is not None:
        _role(shape, f"{place}.backup", step.backup, plan)
        if step.backup == step.owner:
            shape.complain(f"{place}.backup", say("the backup has to be another role than the owner."))
    _minutes(shape, f"{place}.due", step.due, 0)
    _between(shape, f"{place}.severity", step.severity, 1, HIGHEST)
    _languages(shape, f"{place}.name", step.name)
    _languages(shape, f"{place}.done_when", step.done_when)
    _types(shape, f"{place}.types", step.types, plan)
    _once(shape, f"{place}.verify", step.verify)
    _judge_return(shape, place, step)
    _ids(shape, f"{place}.items", [item.id for item in step.items])
    for at, item in enumerate(step.items):
        _languages(shape, f"{place}.items[{at}].name", item.name)


def _judge_return(shape: Shape, place: str, step: Step) -> None:
    """When the step comes back: after each time, and at further deadlines, which follow one another."""
    if step.every is not None:
        _minutes(shape, f"{place}.every", step.every, 1)
    if step.until is not None:
        _minutes(shape, f"{place}.until", step.until, 1)
        if step.every is None:
            shape.complain(f"{place}.until", say("says for how long 'every' counts, and there is no 'every'."))
        elif step.until <= step.due:
            shape.complain(f"{place}.until", say("has to be later than 'due', which is {due}.", due=step.due))
    before = step.due
    for at, minutes in enumerate(step.again):
        _minutes(shape, f"{place}.again[{at}]", minutes, 1)
        if minutes <= before:
            shape.complain(f"{place}.again[{at}]", say("has to be later than the one before, {before}.", before=before))
        before = minutes


def _unique(shape: Shape, place: str, things: Iterable[T]) -> None:
    _ids(shape, place, [thing.id for thing in things])


def _ids(shape: Shape, place: str, ids: list[str]) -> None:
    """Ids are what the timeline remembers: short plain words, each once."""
    count: Counter[str] = Counter()
    for at, id in enumerate(ids):
        count[id] += 1
        _id(shape, f"{place}[{at}].id", id)
        if count[id] > 1:
            shape.complain(f"{place}[{at}].id", say("'{id}' is used twice. Every id is used once.", id=id))


def _id(shape: Shape, path: str, id: str) -> None:
    if not _ID.fullmatch(id):
        shape.complain(path, say("an id is made of a-z, 0-9 and '-', like 'first-word'."))


def _once(shape: Shape, place: str, names: Iterable[str]) -> None:
    """A list of names has each name once."""
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            shape.complain(f"{place}[{at}]", say("'{name}' stands in this list twice.", name=name))
        seen.add(name)


def _types(shape: Shape, place: str, types: Iterable[str], plan: Plan) -> None:
    """Types of crisis that the plan tells apart."""
    for at, type in enumerate(types):
        if type not in plan.types:
            unknown = say("'{type}' is not a type of crisis of this plan.", type=type)
            shape.complain(f"{place}[{at}]", meant(type, tuple(plan.types), unknown))


def _role(shape: Shape, path: str, role: str, plan: Plan) -> None:
    if plan.roles and role not in plan.roles:
        shape.complain(path, meant(role, tuple(plan.roles), say("'{role}' is not a role of this plan.", role=role)))


def _between(shape: Shape, path: str, number: int, low: int, high: int | None = None) -> None:
    if number < low or (high is not None and number > high):
        if high is None:
            shape.complain(path, say("{number} is too small: it has to be {low} or more.", number=number, low=low))
        else:
            shape.complain(
                path, say("it has to be from {low} to {high}, not {number}.", low=low, high=high, number=number)
            )


def _minutes(shape: Shape, path: str, number: int, low: int) -> None:
    """Minutes of a plan: no clock of it runs for more than a year."""
    _between(shape, path, number, low)
    if number > LONGEST * 24 * 60:
        shape.complain(path, say("{number} minutes are more than a year; that cannot be meant.", number=number))


def _languages(shape: Shape, path: str, text: Mapping[str, str]) -> None:
    """Every text is there in every language: nobody reads a plan half in another one at three in the morning."""
    for lang in LANGUAGES:
        if not text.get(lang, "").strip():
            shape.complain(path, say("the text for '{lang}' is missing.", lang=lang))
