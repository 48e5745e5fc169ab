"""The texts that replies begin with: there for every outcome that speaks, and clean but for their gaps."""

import pytest
from msgspec.structs import replace

from tests.domain.checks.judging import CASE, judged
from warroom.domain.reply import ANSWERED
from warroom.domain.voice import Address
from warroom.services.snippets import HOME, filled, load_snippets, read_snippets, snippets

ALL = [
    (lang, outcome, text)
    for lang in ("en", "es")
    for (outcome, _), texts in load_snippets(lang).items()
    for text in texts
]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_outcome_that_speaks_has_texts_in_both_languages(lang: str) -> None:
    addresses: tuple[Address, ...] = ("", "formal", "informal")
    for outcome in (*ANSWERED, "escalate"):
        for address in addresses:
            assert snippets(outcome, lang, address), (outcome, address)
    assert len(snippets("repair", lang)) >= 2
    assert snippets("monitor", lang) == snippets("let-stand", lang) == ()
    assert snippets("thank", "fr") == ()


@pytest.mark.parametrize(("lang", "outcome", "text"), ALL)
def test_a_text_has_nothing_amiss_but_its_gaps(lang: str, outcome: str, text: str) -> None:
    words = filled(text, author="@marta.example", organisation="Nordavena")
    case = replace(CASE, purpose="reply", lang=lang, facts={}, cited=(), networks=("x", "mastodon"), severity=4)
    assert "[" in words, "somebody has to put their name to it"
    assert {finding.check for finding in judged(words, case) if finding.level in "BW"} == {"C9"}


def test_a_name_that_is_not_known_leaves_no_hole() -> None:
    assert filled("{author} Thank you. [name], {organisation}", author="", organisation="") == "Thank you. [name]"


def test_the_file_of_texts_is_read_by_heads_and_blank_lines() -> None:
    read = read_snippets("// Source: x\n\n[thank]\nA\n\nB\nb\n\n[thank formal]\nC\n\n[no outcome]\nD\n")
    assert read[("thank", "")] == ("A", "B\nb")
    assert read[("thank", "formal")][0] == "C"
    for path in HOME.glob("replies.*.txt"):
        assert path.read_text(encoding="utf-8").startswith("// Source: ")
