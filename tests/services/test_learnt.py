"""What operators said of readings leaves with the log: as figures, and as labels that teach the same elsewhere."""

import json

from tests.scenario import START, Scenario, declared, kept
from warroom.domain.desk import read_sooner, undo
from warroom.domain.events import LearningSwitched
from warroom.domain.mention import Segment
from warroom.domain.triage.labelling import confirm, leave, step
from warroom.domain.triage.triage import Triage
from warroom.services.learnt import learnt
from warroom.services.lexicon import load_lexicon
from warroom.services.report.dossier import as_json
from warroom.services.report.log import markdown
from warroom.services.words import Words

TEXTS = ("My daughter got a rash, shame on you", "Well done, the refund came the same day", "Where is lot 4471 sold?")
LONG = "@marta.example wrote to https://x.example/5: " + "nobody answers the phone " * 30


def taught() -> Scenario:
    scenario = declared()
    labels = scenario.board.labels
    scenario.by("AM").given(step(kept(1, TEXTS[0]), Segment.DISLIKE, -1))
    scenario.by("PG").given(confirm(kept(2, TEXTS[1]), Segment.LIKE, None))
    left = leave(labels, kept(3, TEXTS[2]), Segment.NEUTRAL, None, "PG")
    assert left is not None
    scenario.given(left).given(step(kept(4, LONG), Segment.NEUTRAL, -1))
    return scenario


def told(scenario: Scenario, lang: str = "en") -> str:
    board, incident = scenario.board, scenario.board.incident
    assert incident is not None
    found = learnt(board, incident.id, Triage(load_lexicon()))
    return markdown(board, incident, Words(lang, START.tzinfo), learnt=found)  # type: ignore[arg-type]


def test_the_log_says_how_mentions_were_read_and_labels_are_no_entries() -> None:
    scenario = taught()
    entries = len(scenario.board.timeline)
    assert "**How they were read**: corrected 2 · confirmed 1 · let stand 1 · agreement " in told(scenario)
    assert "learning was off" not in told(scenario)
    assert "this is" not in told(scenario)
    scenario.given(LearningSwitched(on=False))
    assert len(scenario.board.timeline) == entries + 1
    assert "· learning was off" in told(scenario)
    assert "no se aprendía" in told(scenario, "es")


def test_nothing_said_is_nothing_told_of_agreement() -> None:
    assert "**How they were read**: corrected 0 · confirmed 0 · let stand 0\n" in told(declared())


def test_the_log_says_how_often_somebody_read_sooner_or_later_than_by_points_and_stood_by_it() -> None:
    scenario = declared()
    assert "Read sooner or later" not in told(scenario)
    for row, sooner in ((1, True), (2, True), (3, False), (4, True)):
        scenario.given(read_sooner(kept(row, "text"), "P3", "P3", 35, sooner=sooner))
    last = scenario.board.rankings[scenario.board.current or ""][-1]
    scenario.given(undo(scenario.board.desk, last))
    assert "**Read sooner or later**: sooner 2 · later 1 than by their points" in told(scenario)
    scenario.given(read_sooner(kept(1, "text"), "P2", "P3", 35, sooner=True))
    assert "sooner 2 · later 1" in told(scenario), "a mention that was moved twice is one"
    scenario.given(read_sooner(kept(1, "text"), "P1", "P3", 35, sooner=False))
    assert "sooner 2 · later 1" in told(scenario), "and P2 is still sooner than by its points"
    assert "antes 2 · después 1" in told(scenario, "es")
    scenario.given(read_sooner(kept(1, "text"), "P2", "P3", 35, sooner=False))
    assert "sooner 1 · later 1" in told(scenario), "who goes back to the points did not stand by it"


def test_redacted_a_label_names_nobody() -> None:
    scenario = taught()
    incident = scenario.board.incident
    assert incident is not None
    text = as_json(scenario.board, incident, Words("en", START.tzinfo), redact=True)  # type: ignore[arg-type]
    labels = json.loads(text)["labels"]
    assert len(labels) == 4
    assert all(label["native_id"] is None for label in labels)
    assert "marta" not in text
    assert "x.example/5" not in text
    assert "nobody answers the phone" in labels[3]["text"]
