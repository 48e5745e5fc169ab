"""T1, P3, M1–M3: the question, the person, the moment. They read no word of the text."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from .judging import CASE, NOW, of

TEXTS = ("We are sorry.", "Lo sentimos.")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_answers_a_question_and_somebody_speaks(text: str) -> None:
    assert of("T1", text) == of("P3", text) == []
    for nothing in ("", " ", "\n"):
        assert [(f.level, f.group) for f in of("T1", text, replace(CASE, question=nothing))] == [("B", "objective")]
        assert [(f.level, f.group) for f in of("P3", text, replace(CASE, spokesperson=nothing))] == [
            ("B", "spokesperson")
        ]


@pytest.mark.parametrize("text", TEXTS)
def test_a_late_first_word_is_said_with_how_late(text: str) -> None:
    case = replace(CASE, purpose="first-word", first_word_at=None, declared_at=NOW - timedelta(minutes=23))
    found = of("M1", text, case)
    assert [(f.level, f.reason.params["time"]) for f in found] == [("W", timedelta(minutes=8))]
    for fine in (
        replace(case, declared_at=NOW - timedelta(minutes=15)),
        replace(case, first_word_due=30),
        replace(case, first_word_at=NOW),
        replace(case, declared_at=None),
        replace(case, purpose="update"),
    ):
        assert of("M1", text, fine) == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_late_holding_statement_is_said_with_how_late(text: str) -> None:
    case = replace(CASE, declared_at=NOW - timedelta(minutes=75))
    found = of("M2", text, case)
    assert [(f.level, f.reason.params["time"]) for f in found] == [("W", timedelta(minutes=15))]
    for fine in (
        replace(case, declared_at=NOW - timedelta(minutes=60)),
        replace(case, holding_due=90),
        replace(case, holding_at=NOW),
        replace(case, declared_at=None),
        replace(case, purpose="full"),
    ):
        assert of("M2", text, fine) == []


@pytest.mark.parametrize("text", TEXTS)
def test_silence_longer_than_the_plan_is_said(text: str) -> None:
    case = replace(CASE, last_word_at=NOW - timedelta(minutes=21))
    found = of("M3", text, case)
    assert [(f.level, f.reason.params["time"], f.reason.params["n"]) for f in found] == [
        ("W", timedelta(minutes=21), 20)
    ]
    for fine in (
        replace(case, last_word_at=NOW - timedelta(minutes=20)),
        replace(case, cadence=60),
        replace(case, last_word_at=None),
    ):
        assert of("M3", text, fine) == []
