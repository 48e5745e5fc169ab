"""Plan files: the plan that comes with the program, and every mistake in one's own with its line and path."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from tests.scenario import DECLARED, Scenario
from warroom.domain.criteria import proven
from warroom.domain.events import Place, StatementPublished, StatementRevised, StepDone, StepProved
from warroom.domain.plan import Criterion, Plan, Proof, Regulator, Stage, Step
from warroom.services.planfile import DEFAULT_PLAN, load_plan, plan_names, read_plan
from warroom.services.words import LANGUAGES, english
from warroom.services.yamlfile import ConfigError

OURS = plan_names()

SOUND = """\
id: small
version: 3
name: {en: Small, es: Pequeño}
first_word: 10
roles:
  lead: {en: Lead, es: Dirección}
  comms: {en: Communication, es: Comunicación}
before:
  - id: ready
    name: {en: Ready, es: Listos}
    owner: lead
    rhythm: {en: Every year, es: Cada año}
    done_when: {en: It is written, es: Está escrito}
steps:
  - id: first-word
    name: {en: First word, es: Primera palabra}
    owner: comms
    backup: lead
    due: 15
    proof: first_word
    done_when: {en: It is out, es: Está fuera}
    items:
      - {id: text, name: {en: Text, es: Texto}}
      - {id: link, name: {en: Link, es: Enlace}}
  - id: thank
    name: {en: Thank, es: Agradecer}
    owner: lead
    due: 60
    severity: 2
    done_when: {en: All are thanked, es: Gracias a todos}
"""


RICH = (
    SOUND.replace(
        "before:\n",
        """\
types:
  food: {en: Food, es: Alimento}
  goods: {en: Goods, es: Productos}
approvals:
  1: []
  2: [comms]
  3: [comms, lead]
regulators:
  - id: nis2
    name: {en: NIS2, es: NIS2}
    starts: {en: awareness, es: conocimiento}
    owner: lead
    types: [goods]
    source: Directive (EU) 2022/2555, article 23
    stages:
      - {id: early, name: {en: Early, es: Alerta}, hours: 24}
      - {id: late, name: {en: Late, es: Final}, business_days: 4}
before:
""",
        1,
    )
    .replace("severity: 2\n", "severity: 2\n    types: [food]\n    verify: [facts, links]\n")
    .replace("first_word: 10\n", "first_word: 10\nquiet: 60\nhumanity_floor: 40\n")
)
"""A plan with everything in it."""


def complaints(text: str) -> list[str]:
    """What is said about a plan, one line a problem."""
    with pytest.raises(ConfigError) as caught:
        read_plan(text, "p.yaml")
    return [problem.text(english().say) for problem in caught.value.problems]


def test_a_sound_plan_is_read_whole() -> None:
    plan = read_plan(SOUND, "p.yaml")
    assert (plan.id, plan.version, plan.first_word, plan.holding) == ("small", 3, 10, 60)
    word = plan.steps[0]
    assert (word.owner, word.backup, word.due, word.proof, word.severity) == ("comms", "lead", 15, "first_word", 1)
    assert [item.name["es"] for item in word.items] == ["Texto", "Enlace"]
    assert plan.steps[1].severity == 2
    assert plan.before[0].rhythm["es"] == "Cada año"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("owner: comms", "owner: coms", "17: steps[0].owner: 'coms' is not a role of this plan. Did you mean 'comms'?"),
        (
            "backup: lead",
            "backup: boss",
            "18: steps[0].backup: 'boss' is not a role of this plan. One of: lead, comms.",
        ),
        ("backup: lead", "backup: comms", "18: steps[0].backup: the backup has to be another role than the owner."),
        (
            "    owner: lead\n    rhythm",
            "    owner: x\n    rhythm",
            "11: before[0].owner: 'x' is not a role of this plan. One of: lead, comms.",
        ),
        ("due: 15", "due: -1", "19: steps[0].due: −1 is too small: it has to be 0 or more."),
        ("due: 15", "due: soon", "19: steps[0].due: a whole number is expected here, not 'soon'."),
        ("due: 15", "due: 14:02", "19: steps[0].due: a whole number is expected here, not '14:02'."),
        ("due: 15", "due: 1.5", "19: steps[0].due: a whole number is expected here, not '1.5'."),
        ("    due: 15\n", "", "15: steps[0].due: is missing."),
        ("due: 15", "deu: 15", "19: steps[0].deu: unknown key. Did you mean 'due'?"),
        ("severity: 2", "severity: 5", "29: steps[1].severity: it has to be from 1 to 4, not 5."),
        (
            "proof: first_word",
            "proof: firstword",
            "20: steps[0].proof: 'firstword' is not known here. Did you mean 'first_word'?",
        ),
        ("id: thank", "id: first-word", "25: steps[1].id: 'first-word' is used twice. Every id is used once."),
        ("id: thank", "id: Thank You", "25: steps[1].id: an id is made of a-z, 0-9 and '-', like 'first-word'."),
        ("id: link", "id: text", "24: steps[0].items[1].id: 'text' is used twice. Every id is used once."),
        (", es: Primera palabra", "", "16: steps[0].name: the text for 'es' is missing."),
        ("es: Está fuera", "es: ' '", "21: steps[0].done_when: the text for 'es' is missing."),
        ("es: Texto", "de: Text", "23: steps[0].items[0].name: the text for 'es' is missing."),
        ("es: Dirección", "fr: Direction", "6: roles.lead: the text for 'es' is missing."),
        (
            "{en: Every year, es: Cada año}",
            "yearly",
            "12: before[0].rhythm: a group of lines 'key: value' is expected here, not 'yearly'.",
        ),
        ("version: 3", "version: 0", "2: version: 0 is too small: it has to be 1 or more."),
        ("version: 3\n", "", "1: version: is missing."),
        ("first_word: 10", "first_word: 90", "1: holding: the holding statement cannot be due before the first word."),
        ("id: small", "id: small\nid: other", "2: id: this key stands here twice, first in line 1."),
    ],
)
def test_each_mistake_names_its_line_and_path(old: str, new: str, said: str) -> None:
    assert SOUND.count(old) >= 1
    assert f"p.yaml:{said}" in complaints(SOUND.replace(old, new, 1))


def test_a_plan_with_everything_is_read_whole() -> None:
    plan = read_plan(RICH, "p.yaml")
    assert plan.types["food"]["es"] == "Alimento"
    assert plan.approvals == {"1": (), "2": ("comms",), "3": ("comms", "lead")}
    clock = plan.regulators[0]
    assert [(stage.hours, stage.business_days) for stage in clock.stages] == [(24, None), (None, 4)]
    assert (clock.owner, clock.types, plan.quiet, plan.humanity_floor) == ("lead", ("goods",), 60, 40)
    assert (plan.steps[1].types, plan.steps[1].verify) == (("food",), ("facts", "links"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "types: [food]",
            "types: [foot]",
            "steps[1].types[0]: 'foot' is not a type of crisis of this plan. Did you mean 'food'?",
        ),
        (
            "types: [goods]",
            "types: [x]",
            "regulators[0].types[0]: 'x' is not a type of crisis of this plan. One of: food, goods.",
        ),
        (
            "food: {en: Food, es: Alimento}",
            "food: {en: F, es: F}\n  Ga: {en: G, es: G}",
            "types.Ga: an id is made of a-z, 0-9 and '-', like 'first-word'.",
        ),
        ("food: {en: Food, es: Alimento}", "food: {en: Food}", "types.food: the text for 'es' is missing."),
        (
            "verify: [facts, links]",
            "verify: [fakts]",
            "steps[1].verify[0]: 'fakts' is not known here. Did you mean 'facts'?",
        ),
        ("verify: [facts, links]", "verify: [facts, facts]", "steps[1].verify[1]: 'facts' stands in this list twice."),
        ("  2: [comms]", "  5: [comms]", "approvals.5: '5' is not a severity. One of: 1, 2, 3, 4."),
        ("  2: [comms]", "  2: [coms]", "approvals.2[0]: 'coms' is not a role of this plan. Did you mean 'comms'?"),
        ("  2: [comms]", "  2: [comms, comms]", "approvals.2[1]: 'comms' stands in this list twice."),
        ("  2: [comms]", "  2: comms", "approvals.2: a list is expected here, not 'comms'."),
        (
            "owner: lead\n    types",
            "owner: laed\n    types",
            "regulators[0].owner: 'laed' is not a role of this plan. Did you mean 'lead'?",
        ),
        ("hours: 24", "business_days: 0", "regulators[0].stages[0].business_days: it has to be from 1 to 366, not 0."),
        ("hours: 24", "hours: -1", "regulators[0].stages[0].hours: it has to be from 0 to 8,784, not −1."),
        (
            "hours: 24",
            "hours: 24, business_days: 1",
            "regulators[0].stages[0]: a stage has 'hours' or 'business_days', not both.",
        ),
        (", hours: 24", "", "regulators[0].stages[0]: say how long it is: 'hours' (0: at once) or 'business_days'."),
        ("id: late", "id: early", "regulators[0].stages[1].id: 'early' is used twice. Every id is used once."),
        (
            "source: Directive (EU) 2022/2555, article 23",
            "source: ''",
            "regulators[0].source: say which law or contract this clock is from.",
        ),
        ("    source: Directive (EU) 2022/2555, article 23\n", "", "regulators[0].source: is missing."),
        (
            "starts: {en: awareness, es: conocimiento}",
            "starts: {en: awareness}",
            "regulators[0].starts: the text for 'es' is missing.",
        ),
        ("quiet: 60", "quiet: 0", "quiet: 0 is too small: it has to be 1 or more."),
        ("quiet: 60", "quiet: 99999999", "quiet: 99,999,999 minutes are more than a year; that cannot be meant."),
        (
            "due: 15",
            "due: 9999999999",
            "steps[0].due: 9,999,999,999 minutes are more than a year; that cannot be meant.",
        ),
        ("id: small", "id: Our Plan", "id: an id is made of a-z, 0-9 and '-', like 'first-word'."),
        ("due: 60", "due: 60\n    every: 0", "steps[1].every: 0 is too small: it has to be 1 or more."),
        (
            "due: 60",
            "due: 60\n    every: half an hour",
            "steps[1].every: a whole number is expected here, not 'half an hour'.",
        ),
        ("due: 60", "due: 60\n    evry: 30", "steps[1].evry: unknown key. Did you mean 'every'?"),
        (
            "due: 60",
            "due: 60\n    until: 120",
            "steps[1].until: says for how long 'every' counts, and there is no 'every'.",
        ),
        (
            "due: 60",
            "due: 60\n    every: 20\n    until: 60",
            "steps[1].until: has to be later than 'due', which is 60.",
        ),
        (
            "due: 60",
            "due: 60\n    again: [90, 75]",
            "steps[1].again[1]: has to be later than the one before, 90.",
        ),
        ("due: 60", "due: 60\n    again: [60]", "steps[1].again[0]: has to be later than the one before, 60."),
        (
            "due: 60",
            "due: 60\n    again: [600000]",
            "steps[1].again[0]: 600,000 minutes are more than a year; that cannot be meant.",
        ),
        ("due: 60", "due: 60\n    again: 90", "steps[1].again: a list is expected here, not '90'."),
        ("due: 60", "due: 60\n    spike: maybe", "steps[1].spike: true or false is expected here, not 'maybe'."),
        ("humanity_floor: 40", "humanity_floor: 140", "humanity_floor: it has to be from 0 to 100, not 140."),
    ],
)
def test_each_mistake_in_what_a_plan_may_also_say(old: str, new: str, said: str) -> None:
    assert RICH.count(old) >= 1
    (line,) = complaints(RICH.replace(old, new, 1))
    assert line.split(": ", 1)[1] == said


def test_two_clocks_of_one_name_and_a_clock_without_stages_are_told_together() -> None:
    text = RICH.replace(
        "before:\n", "  - {id: nis2, name: {en: A, es: A}, starts: {en: a, es: a}, stages: [], source: a}\nbefore:\n", 1
    )
    assert [line.split(": ", 1)[1] for line in complaints(text)] == [
        "regulators[1].id: 'nis2' is used twice. Every id is used once.",
        "regulators[1].stages: a clock needs at least one stage.",
    ]


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = (
        SOUND.replace("version: 3\n", "version: three\n")
        .replace("owner: comms", "owner: coms")
        .replace("    due: 15\n", "")
        .replace("es: Agradecer", "es: ''")
        .replace("severity: 2", "severity: 9")
    )
    assert [line.split(": ")[1] for line in complaints(text)] == [
        "version",
        "steps[0].due",
        "steps[0].owner",
        "steps[1].name",
        "steps[1].severity",
    ]


def test_a_place_is_counted_past_one_that_could_not_be_read() -> None:
    text = SOUND.replace("steps:\n", "steps:\n  - oops\n").replace("owner: comms", "owner: coms")
    assert [line.split(": ")[:2] for line in complaints(text)] == [
        ["p.yaml:15", "steps[0]"],
        ["p.yaml:18", "steps[1].owner"],
    ]


@pytest.mark.parametrize("text", ["", "steps: []\n", "- a\n- b\n", "just words\n"])
def test_what_is_no_plan_is_refused_with_a_sentence(text: str) -> None:
    assert complaints(text)


def test_a_plan_without_steps_is_refused() -> None:
    head, _, _ = SOUND.partition("steps:")
    assert complaints(head + "steps: []\n") == ["p.yaml:14: steps: a plan needs at least one step."]


def test_a_plan_is_found_by_name_or_by_path(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(SOUND, "utf-8")
    assert load_plan("mine.yaml", tmp_path).id == "small"
    assert load_plan(tmp_path / "mine.yaml").id == "small"
    assert load_plan(DEFAULT_PLAN, tmp_path).id == DEFAULT_PLAN


def test_a_plan_that_is_not_there_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        load_plan("social-crises", tmp_path)
    (problem,) = refused.value.problems
    assert problem.text(english().say) == (
        "social-crises: there is no plan of this name, and no such file. Did you mean 'social-crisis'?"
    )


def test_a_name_cannot_lead_out_of_the_folder_of_plans(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load_plan(f"../plans/{DEFAULT_PLAN}", tmp_path)


# --- the plan that comes with the program --------------------------------------------------------------


@pytest.fixture(scope="module")
def default() -> Plan:
    return load_plan(DEFAULT_PLAN)


def test_every_plan_that_comes_along_is_sound() -> None:
    assert DEFAULT_PLAN in plan_names()
    for name in plan_names():
        assert load_plan(name).steps


def test_the_default_plan_has_every_step_of_the_playbook_in_the_order_of_its_deadlines(default: Plan) -> None:
    assert len(default.steps) == 20
    assert len(default.before) == 3
    due = [step.due for step in default.steps]
    assert due == sorted(due)
    assert {step.id: step.due for step in default.steps if step.due <= 60} == {
        "declare": 0,
        "freeze": 5,
        "objectives": 10,
        "seat": 10,
        "first-facts": 15,
        "first-word": 15,
        "own-people": 20,
        "read-room": 30,
        "who-we-are": 30,
        "stance": 40,
        "holding": 60,
        "answer": 60,
    }
    assert (default.first_word, default.holding, default.cadence) == (15, 60, 20)


def test_what_the_program_sees_finishes_a_step_once(default: Plan) -> None:
    proofs = {step.proof: step.id for step in default.steps if step.proof}
    assert proofs == {
        "declared": "declare",
        "objectives": "objectives",
        "first_word": "first-word",
        "holding": "holding",
        "update": "updates",
        "full": "explanation",
        "staff": "own-people",
        "stand_down": "stand-down",
        "handover": "handover",
    }


@pytest.mark.parametrize("plan_name", OURS)
@pytest.mark.parametrize(
    ("names", "widest"),
    [
        pytest.param(lambda plan: [step.name for step in plan.steps], 28, id="steps"),
        pytest.param(lambda plan: [item.name for step in plan.steps for item in step.items], 42, id="items"),
        pytest.param(lambda plan: list(plan.roles.values()), 14, id="roles"),
        pytest.param(lambda plan: list(plan.types.values()), 28, id="types"),
        pytest.param(lambda plan: [clock.name for clock in plan.regulators], 38, id="clocks"),
    ],
)
def test_our_plans_fit_a_small_screen_in_every_language(
    plan_name: str, names: Callable[[Plan], list[dict[str, str]]], widest: int
) -> None:
    assert [name[lang] for name in names(load_plan(plan_name)) for lang in LANGUAGES if len(name[lang]) > widest] == []


@pytest.mark.parametrize("plan_name", OURS)
def test_every_step_of_our_plans_is_in_order_has_a_backup_and_two_to_four_items(plan_name: str) -> None:
    plan = load_plan(plan_name)
    due = [step.due for step in plan.steps]
    assert due == sorted(due)
    assert [step.id for step in plan.steps if step.backup is None or not 2 <= len(step.items) <= 4] == []


@pytest.mark.parametrize("plan_name", OURS)
def test_what_our_plans_ask_for_again_comes_back(plan_name: str) -> None:
    plan = load_plan(plan_name)
    said = re.compile(r"[Ee]very \d+ (?:minutes|hours)|\d+, \d+ and \d+ hours")
    assert {step.id for step in plan.steps if said.search(step.done_when["en"])} == {
        step.id for step in plan.steps if step.comes_back
    }
    back = {step.id: (step.every, step.until, step.again, step.spike) for step in plan.steps if step.comes_back}
    assert back == {
        "read-room": (30, None, (), False),
        "updates": (plan.cadence, plan.slower_after, (), False),
        "effect": (None, None, (360, 1440), True),
        "handover": (480, None, (), False),
    }


@pytest.mark.parametrize("plan_name", OURS)
def test_our_plans_say_who_approves_at_every_severity_and_look_at_what_can_be_seen(plan_name: str) -> None:
    plan = load_plan(plan_name)
    assert set(plan.approvals) == {"1", "2", "3", "4"}
    assert plan.approvals["1"] == ()
    assert plan.approvals["2"] == ("lead",)
    assert plan.approvals["3"] == ("lead", "legal")
    assert plan.approvals["4"] == ("lead", "legal", *(("top",) if "top" in plan.roles else ()))
    verified = {step.id for step in plan.steps if step.verify}
    assert {"freeze", "objectives", "seat", "first-facts", "first-word", "updates", "stand-down"} <= verified
    word = plan.step("first-word")
    assert word is not None
    assert word.due == plan.first_word
    assert all(clock.source and clock.owner == "legal" for clock in plan.regulators)


@pytest.mark.parametrize("plan_name", OURS)
def test_the_first_word_waits_for_its_link_and_the_holding_statement_for_none(plan_name: str) -> None:
    told = Scenario().given(replace(DECLARED, plan=load_plan(plan_name), proofs="verified"))
    told.given(
        StatementRevised(statement="S1", revision=1, text="We know.", purpose="holding", lang="en"),
        StatementPublished(
            statement="S1", revision=1, digest="d", purpose="holding", places=(Place("x"),), published_at=told.now
        ),
    )
    events = proven(told.board, told.incident, told.now)
    assert {event.step: type(event) for event in events} == {"first-word": StepProved, "holding": StepDone}


def test_the_clocks_of_regulators_are_those_of_the_playbook() -> None:
    clocks = {clock.id: clock for clock in load_plan("data-breach").regulators}
    assert {id: [(stage.hours, stage.business_days) for stage in clock.stages] for id, clock in clocks.items()} == {
        "gdpr": [(72, None)],
        "nis2": [(24, None), (72, None)],
        "dora": [(4, None)],
        "sec": [(None, 4)],
    }


def test_a_step_joins_by_the_type_of_the_crisis() -> None:
    plan = load_plan("data-breach")
    always = {step.id for step in plan.steps if step.is_needed(4, ())}
    outage = {step.id for step in plan.steps if step.is_needed(4, ("outage",))}
    assert outage - always == {"status-page", "scope-outage"}
    recall = load_plan("product-safety").step("recall")
    assert recall is not None
    assert not recall.is_needed(4, ("food",))
    assert recall.is_needed(1, ("food", "recall"))


def test_the_steps_of_the_default_plan_that_need_a_severity(default: Plan) -> None:
    assert {step.id: step.severity for step in default.steps if step.severity > 1} == {
        "own-people": 2,
        "third-parties": 2,
        "handover": 3,
    }


@pytest.mark.parametrize("page", ["plan.md", "plan.es.md"])
def test_the_pages_about_plans_name_every_field_and_criterion(page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    wanted = [*Plan.__struct_fields__, *Step.__struct_fields__, *Regulator.__struct_fields__, *Stage.__struct_fields__]
    wanted += [*get_args(Criterion), *get_args(Proof), *plan_names()]
    assert [name for name in wanted if f"`{name}`" not in text] == []


@pytest.mark.parametrize("page", ["plan.md", "plan.es.md"])
def test_the_examples_of_the_pages_are_sound(page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    step, back, regulator = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    head, _, _ = SOUND.partition("before:")
    types = "types: {food: {en: F, es: F}, goods: {en: G, es: G}, essential: {en: E, es: E}}\n"
    roles = "  ops: {en: O, es: O}\n  legal: {en: L, es: L}\n"
    plan = read_plan(head + roles + types + regulator + "steps:\n" + step + back, "p.yaml")
    assert [(step.verify, step.every) for step in plan.steps] == [(("facts",), None), (("handover",), 480)]
