"""What is written in a hurry by people who know how goes out; what only sounds so is held by the check that is meant.

A statement that is held wrongly keeps the people waiting whom it was written for: where a list or a pattern changes,
none of the good ones may be held.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from warroom.domain.checks.finding import Case
from warroom.domain.checks.judge import gate, judge
from warroom.services.wordlists import load_lists

from .judging import NOW

DATA = Path(__file__).resolve().parents[1] / "data"
WRITTEN = {
    lang: yaml.safe_load((DATA / f"in_a_hurry.{lang}.yaml").read_text(encoding="utf-8")) for lang in ("en", "es")
}


def those(which: str) -> list[Any]:
    """The good or the poor ones of both languages."""
    return [
        pytest.param(lang, one, id=f"{lang}-{one['name']}")
        for lang, written in WRITTEN.items()
        for one in written[which]
    ]


def held_by(lang: str, one: dict[str, Any]) -> set[str]:
    """What blocks such a statement, read outside a room."""
    case = Case(lang=lang, purpose=one["kind"], now=NOW, networks=("web",))
    profile = "first-word" if one["kind"] == "first-word" else "full"
    return {finding.check for finding in gate(judge(one["text"], case, load_lists(), in_room=False), profile, ())}


@pytest.mark.parametrize(("lang", "one"), those("good"))
def test_a_good_statement_is_not_held(lang: str, one: dict[str, Any]) -> None:
    assert held_by(lang, one) == set()


@pytest.mark.parametrize(("lang", "one"), those("poor"))
def test_a_poor_statement_is_held_by_the_check_that_is_meant(lang: str, one: dict[str, Any]) -> None:
    assert held_by(lang, one) >= set(one["held_by"])
