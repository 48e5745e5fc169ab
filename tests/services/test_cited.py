"""Where a check comes from, in the reader's language."""

import ast
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from warroom.domain import checks
from warroom.services.cited import cited
from warroom.services.words import Words

ES, EN = (Words(lang, ZoneInfo("Europe/Madrid")) for lang in ("es", "en"))
TITLES = (
    "Arpan and Roskos-Ewoldsen 2005, doi 10.1016/j.pubrev.2005.05.003",
    "CERC (CDC)",
    "Comisión Europea",
    "Coombs",
    "Covello",
    "DiStaso et al. 2015, Public Relations Review 41",
    "Harrington",
    "Heying",
    "Hubbell, The art of the holding statement",
    "PR Daily",
    "PRSA",
    "PRSA Tactics",
    "PRSA Tactics, The spokesperson you choose",
    "PagerDuty",
    "Throughline",
    "US Air Force, Web Posting Response Assessment v2",
    "doi 10.1057/s41299-019-00070-4",
    "plainlanguage.gov",
)
"""What is cited as it is called."""


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("advice, step 3: is it pertinent?", "consejo, paso 3: ¿es pertinente?"),
        ("voice sheet; advice, step 2", "hoja de voz; consejo, paso 2"),
        ("playbook C7; Covello", "manual C7; Covello"),
        ("CERC (CDC), express empathy", "CERC (CDC), mostrar empatía"),
        ("PRSA Tactics, The spokesperson you choose", "PRSA Tactics, The spokesperson you choose"),
    ],
)
def test_our_words_are_told_and_titles_stay(source: str, told: str) -> None:
    assert cited(source, ES) == told
    assert cited(source, EN) == source


def written() -> set[str]:
    """The sources that stand in the checks, as far as they are written out there."""
    found: list[object] = []
    for path in Path(checks.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "found" and len(node.args) > 4:
                found += [one.value for one in ast.walk(node.args[4]) if isinstance(one, ast.Constant)]
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").lower() == "source":
                found += [one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
    return {text for text in found if isinstance(text, str) and " " in text}


def test_no_word_of_ours_stays_in_another_language() -> None:
    pieces = {piece.strip(" ,:(") for text in written() for piece in text.split("; ")}
    assert len(pieces) > 25
    stays = {piece for piece in pieces if piece and piece not in TITLES and cited(piece, ES) == piece}
    assert stays == set()
