"""The exported log: complete, in order, escaped, readable as plain text, valid CommonMark."""

import csv
import io
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from markdown_it import MarkdownIt

from tests.scenario import Scenario, declared, kept
from warroom.domain.desk import act_on, pin
from warroom.domain.events import Place, PromiseMade, StatementRevised
from warroom.domain.incident import add_note, confirm_objectives, stand_down
from warroom.domain.statement import approve, publish, submit
from warroom.services.report import HIDDEN, as_csv, as_json, escaped, markdown
from warroom.services.words import Words

WORDS = Words("en", ZoneInfo("Europe/Madrid"))
EVIL = "<script>alert(1)</script> [click](javascript:x) ![i](http://x.example/i.png) # *b* `c` | \x1b]0;t\x07 \u202e"


def whole() -> Scenario:
    """A crisis with one of everything."""
    scenario = declared().minutes(9).when(lambda i: confirm_objectives(i, ["Nobody drinks lot 4471"]))
    scenario.given(pin(scenario.board.desk, kept(5, EVIL, url="https://x.example/5", followers=5400)))
    scenario.given(act_on(scenario.board.desk, kept(6, "second"), "reply"))
    scenario.by("PG").given(
        StatementRevised(
            statement="S1", revision=1, text="We are sorry.\n\n# not a heading", purpose="first-word", lang="en"
        )
    )
    scenario.when(lambda i: submit(i.statements["S1"], blocking=()))
    scenario.by("AM").when(
        lambda i: approve(i.statements["S1"], by="AM", digest=i.statements["S1"].head.digest, now=scenario.now)
    )
    places = (Place("x", "https://x.example/1"), Place("web"))
    scenario.minutes(3).when(lambda i: publish(i.statements["S1"], places=places, blocking=(), now=scenario.now))
    scenario.given(PromiseMade(promise="P1", text="next word at 15:00", due_at=scenario.now))
    scenario.given(add_note("back-dated", now=scenario.now, happened_at=scenario.log[0].at))
    return scenario


def test_the_log_holds_head_figures_timeline_statements_mentions_and_promises() -> None:
    scenario = whole().minutes(10).when(lambda i: stand_down(i, "quiet"))
    board = scenario.board
    incident = board.incidents["oat-4471"]
    text = markdown(board, incident, WORDS, head="abc123")
    for expected in (
        "# Reactions to oat drink, lot 4471",
        "14:02:00 +01:00 (2026-03-10 13:02:00 UTC)",
        "A. Martín (AM)",
        "1. Nobody drinks lot 4471",
        "**First word**",
        "target 15 min: met",
        "+12 min · ¶ Published: First word v1 on x, web",
        "> We are sorry.",
        "`" + incident.statements["S1"].head.digest + "`",
        "<https://x.example/1>",
        "link missing",
        "Approved by: A. Martín (AM)",
        "next word at 15:00 (**open**)",
        "added 14:14",
        "abc123",
        "Stood down",
        "reach 5.4k",
        "<https://x.example/5>",
    ):
        assert expected in text, expected


def test_what_was_written_outside_is_shown_as_text_and_obeyed_by_nobody() -> None:
    scenario = whole()
    text = markdown(scenario.board, scenario.incident, WORDS)
    assert "\x1b" not in text
    assert "\u202e" not in text
    html = MarkdownIt("commonmark").render(text)
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in [word for word in html.split('"') if word.startswith("javascript:")]
    assert "<h1>not a heading" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_the_timeline_is_in_the_order_of_the_log() -> None:
    scenario = whole()
    lines = [line for line in markdown(scenario.board, scenario.incident, WORDS).splitlines() if " min · " in line]
    assert len(lines) == len(scenario.board.timeline)
    assert "Declared" in lines[0]
    assert "back-dated" in lines[-1]


def test_redacted_the_authors_of_mentions_are_gone() -> None:
    scenario = whole()
    for text in (
        markdown(scenario.board, scenario.incident, WORDS, redact=True),
        as_json(scenario.board, scenario.incident, WORDS, redact=True),
        as_csv(scenario.board, scenario.incident, WORDS, redact=True),
    ):
        assert "marta" not in text
        assert "x.example/5" not in text
        assert HIDDEN in text.replace("\\", "")


def test_json_has_stable_keys_and_utc_times() -> None:
    scenario = whole()
    body = json.loads(as_json(scenario.board, scenario.incident, WORDS))
    assert body["declared_at"] == "2026-03-10T13:02:00.000Z"
    assert body["entries"][0]["type"] == "incident.declared"
    assert len(body["entries"]) == len(scenario.board.timeline)


def test_a_cell_that_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe() -> None:
    scenario = declared().when(lambda i: add_note('=HYPERLINK("http://x.example")', now=scenario_now()))
    table = list(csv.reader(io.StringIO(as_csv(scenario.board, scenario.incident, WORDS))))
    assert table[-1][table[0].index("text")].startswith("'=HYPERLINK")


def scenario_now() -> datetime:
    return declared().now


def test_the_log_is_written_in_the_readers_language() -> None:
    scenario = whole()
    text = markdown(scenario.board, scenario.incident, Words("es", ZoneInfo("Europe/Madrid")))
    assert "## Cronología" in text
    assert "## Timeline" not in text


def test_escaping_leaves_ordinary_words_alone() -> None:
    assert escaped("Hola, ¿qué tal? 50 % más — «sí»") == "Hola, ¿qué tal? 50 % más — «sí»"
    assert escaped("1. one") == "\\1. one" or escaped("1. one") == "1\\. one"
    assert msgspec.json.encode(escaped("a\nb")) == b'"a b"'
