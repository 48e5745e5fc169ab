"""The crisis as data: all that the markdown tells, under keys that stay, in UTC, without names where that is asked."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tests.scenario import DECLARED, Scenario, kept
from tests.services.test_report import WORDS, whole
from warroom.domain.aftermath import agree_action, note_lesson, note_question
from warroom.domain.desk import read_sooner, undo
from warroom.domain.events import ROOM
from warroom.domain.freeze import hold, list_item
from warroom.domain.incident import Incident, stand_down
from warroom.domain.ledger import record_fact
from warroom.domain.mention import Segment
from warroom.domain.sentence import say
from warroom.domain.stance import choose_stance
from warroom.domain.statement import override
from warroom.services.report.dossier import as_json

DOCS = Path(__file__).resolve().parents[2] / "docs"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def full() -> Scenario:
    scenario = whole()
    scenario.when(lambda i: override(i.statements["S1"], "H3", "no time"))
    scenario.by("JS").when(lambda i: choose_stance(i.plan, "accidental", reason="a valve failed"))
    scenario.when(lambda i: record_fact(i.facts, "41 reports"))
    scenario.when(lambda i: note_question(i.questions, "Is it safe?"))
    scenario.when(lambda i: list_item(i.freeze, "Spring recipe")).when(lambda i: hold(i.freeze, "Z1"))
    scenario.when(lambda i: note_lesson("why", "the valve was old"))
    scenario.when(lambda i: agree_action(i.actions, "New valve", "AM", "2026-05-31"))
    minute = int(scenario.incident.publications[0].published_at.timestamp() // 60)
    for offset in (-2, 2):
        scenario.board.pulse.count(minute + offset, Segment.HATE, 30)
    return scenario.minutes(90).when(lambda i: stand_down(i, "quiet"))


def told(scenario: Scenario, **how: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(as_json(scenario.board, scenario.board.incidents["oat-4471"], WORDS, **how))
    return body


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, name)
    else:
        yield name, value


def test_the_whole_crisis_is_there_and_not_only_its_entries() -> None:
    scenario = full()
    body = told(scenario, head="abc", doubts=[say("The disk fails at {file}.", file="x.db")])
    statement = body["statements"][0]
    digest = statement["revisions"][0]["digest"]
    assert statement["revisions"][0]["text"].startswith("We are sorry.")
    for part in ("approvals", "overrides", "publications", "submissions"):
        assert [one["digest"] for one in statement[part]] == [digest], part
    assert statement["publications"][0]["places"][1] == {"network": "web", "url": None}
    assert (statement["overrides"][0]["check"], statement["overrides"][0]["reason"]) == ("H3", "no time")
    assert body["figures"]["first_word_at"] == "2026-03-10T13:14:00.000Z"
    assert body["figures"]["audiences"][-1] == {"segment": "hate", "mentions": 60, "answered": 0, "handled": 0}
    assert body["figures"]["longest_silence"]["seconds"] == 90 * 60
    assert body["objectives_confirmed_by"] == "AM"
    assert (body["stance"]["cluster"], body["stance"]["reason"]) == ("accidental", "a valve failed")
    steps = {step["id"]: step for step in body["plan"]["steps"]}
    assert (steps["first-word"]["standing"], steps["freeze"]["standing"]) == ("done", "late")
    assert steps["freeze"]["items"][0] == {"id": "posts", "name": "Posts held", "done": False}
    assert [body[name][0]["id"] for name in ("facts", "promises", "questions", "freeze", "actions")] == [
        "F1",
        "P1",
        "Q1",
        "Z1",
        "A1",
    ]
    assert body["lessons"][0]["text"] == "the valve was old"
    assert body["effects"][0]["n_before"] == 30
    assert (body["mentions"][0]["reach"], body["mentions"][0]["url"]) == (5400, "https://x.example/5")
    assert len(body["entries"]) == len(scenario.board.timelines["oat-4471"])
    assert (body["head"], body["doubts"]) == ("abc", ["The disk fails at x.db."])
    assert body["closed_reason"] == "quiet"


def test_every_time_is_utc_in_rfc_3339() -> None:
    times = [(name, value) for name, value in leaves(told(full())) if name.endswith("_at") or name in ("at", "since")]
    assert len(times) > 40
    assert [one for one in times if one[1] is not None and not TIME.fullmatch(str(one[1]))] == []


def test_what_was_not_counted_is_null_and_not_nothing() -> None:
    body = told(full(), counted=False)
    assert (body["figures"]["mentions"], body["figures"]["audiences"], body["effects"]) == (None, None, None)


def test_redacted_nothing_leads_to_an_author() -> None:
    scenario = full()
    assert "marta" in json.dumps(told(scenario))
    text = json.dumps(told(scenario, redact=True))
    assert "marta" not in text
    assert "x.example/5" not in text
    assert '"x|5"' not in text


ELSEWHERE = {
    "proofs": "plan",
    "id": "incident",
    "steps": "plan",
    "first_mention_at": "figures",
    "objectives_by": "objectives_confirmed_by",
    "objectives_at": "objectives_confirmed_at",
    "publications": "statements",
    "spiked_at": "entries",
    "calmed_at": "entries",
}
"""Where a field of the crisis stands that has another name as data."""


def test_nothing_that_a_crisis_knows_is_left_out() -> None:
    body = told(full())
    missing = [name for name in Incident.__struct_fields__ if ELSEWHERE.get(name, name) not in body]
    assert missing == []


def test_every_key_is_described_in_both_languages() -> None:
    body = told(full())
    for name in ("export.md", "export.es.md"):
        text = (DOCS / name).read_text(encoding="utf-8")
        described = re.findall(r"^\| `([a-z_]+)`", text, re.MULTILINE)
        assert described == list(body), name


def test_every_word_on_how_soon_a_mention_is_read_is_there_so_that_weights_can_be_judged() -> None:
    calm = Scenario().by("PG").given(read_sooner(kept(1), "P3", "P3", 41, sooner=True)).log[0]
    scenario = Scenario()
    scenario.log.append(replace(calm, inc=ROOM))
    scenario.board.apply(1, scenario.log[0])
    scenario.given(DECLARED).by("AM").given(read_sooner(kept(2), "P1", "P1", 88, sooner=False))
    scenario.given(undo(scenario.board.desk, scenario.log[-1]))
    incident = scenario.board.incident
    assert incident is not None
    body = json.loads(as_json(scenario.board, incident, WORDS))
    first, second = body["rankings"]
    assert (first["key"], first["by"], first["points"]) == ("x|1", "PG", 41)
    assert (first["before"], first["rank"], first["taken_back"]) == ("P3", "P2", False)
    assert (second["rank"], second["taken_back"]) == ("P2", True)
    hidden = json.loads(as_json(scenario.board, incident, WORDS, redact=True))
    assert [said["key"] for said in hidden["rankings"]] == [None, None]
