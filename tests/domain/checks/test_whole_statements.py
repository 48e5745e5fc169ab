"""Forty whole statements, good ones and bad ones of each classic kind, and exactly what the checks have to say of each.

What is expected was written down by hand from the playbook; where a list changes, each line that moves is to be judged
again by a reader, not copied from what the program says.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from tests.domain.checks.judging import CASE, judged
from warroom.domain.checks.finding import Case

DATA = Path(__file__).resolve().parents[1] / "data"
STATEMENTS: list[tuple[str, dict[str, Any]]] = [
    (lang, statement)
    for lang in ("en", "es")
    for statement in yaml.safe_load((DATA / f"statements.{lang}.yaml").read_text(encoding="utf-8"))
]


def case_of(lang: str, statement: dict[str, Any]) -> Case:
    """A crisis in its first half hour; a first word is read before anything is out."""
    case: Case = replace(CASE, lang=lang, purpose=statement["kind"], **statement.get("case", {}))
    if statement["kind"] != "first-word":
        return case
    return replace(case, first_word_at=None, last_word_at=None, declared_at=case.now - timedelta(minutes=8))


@pytest.mark.parametrize(("lang", "statement"), STATEMENTS, ids=[f"{lang}-{one['name']}" for lang, one in STATEMENTS])
def test_the_checks_say_exactly_this(lang: str, statement: dict[str, Any]) -> None:
    text = statement["text"]
    found = judged(text, case_of(lang, statement))
    told = [f"{f.check} {f.level} {text[f.start : f.end] if f.start is not None else ''}".strip() for f in found]
    assert told == statement["findings"]


def test_there_are_twenty_of_each_language_and_the_good_ones_are_held_by_nothing() -> None:
    for lang in ("en", "es"):
        mine = [one for spoken, one in STATEMENTS if spoken == lang]
        assert len(mine) == 20
        good = [one for one in mine if one["name"].startswith(("good", "buen"))]
        assert len(good) == 8
        assert all(line.split()[1] == "I" for one in good for line in one["findings"])
        assert all(one["findings"] for one in mine if one not in good)
