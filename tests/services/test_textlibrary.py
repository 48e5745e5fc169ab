"""The texts that come with the program: whole in both languages, and filled nothing blocks them."""

import re

import pytest

from tests.scenario import PEOPLE, declared
from warroom.domain.checks.judge import gate
from warroom.domain.ledger import record_fact
from warroom.domain.prepared import GAP, Prepared, only_fills_gaps
from warroom.services.desk import Desk, DeskSettings
from warroom.services.draft import Draft
from warroom.services.textlibrary import HOME, load_texts
from warroom.services.words import LANGUAGES

TOLD = declared().given(record_fact({}, "41 reports, all of lot 4471"))
DESK = Desk(DeskSettings(allowed=("help.nordavena.example",)))
HELP = "help.nordavena.example"
FILLS = {
    "en": {"hh:mm": "16:00", "day": "12 March", "page|address|telephone": HELP, "action": "checking every report",
           "what was done": "replaced the filler", "step": "keep the carton", "": "lot 4471"},
    "es": {"hh:mm": "16:00", "día": "12 de marzo", "página|dirección|correo": HELP, "acción": "comprobando cada aviso",
           "qué se ha hecho": "cambiado la llenadora", "paso": "guardar el cartón", "": "el lote 4471"},
}  # fmt: skip
"""What is put into a gap that holds these words."""


def filled(text: Prepared) -> str:
    def words(gap: re.Match[str]) -> str:
        return next(fill for what, fill in FILLS[text.lang].items() if re.search(what, gap[0]))

    return GAP.sub(words, text.text)


@pytest.mark.parametrize("text", load_texts(), ids=lambda text: f"{text.id}-{text.lang}")
def test_filled_it_holds_no_gap_and_nothing_blocks_it(text: Prepared) -> None:
    said = filled(text)
    assert only_fills_gaps(text.text, said)
    draft = Draft(
        purpose=text.purpose,
        lang=text.lang,
        networks=("web",),
        spokesperson="ES",
        question="Is somebody there?",
        facts=("F1",),
        objective=TOLD.incident.objectives[0],
    )
    findings = DESK.judge(said, draft, TOLD.incident, TOLD.now, frozenset())
    profile = "first-word" if text.purpose == "first-word" else "full"
    assert [(finding.check, finding.reason.id) for finding in gate(findings, profile, ())] == []
    if text.purpose != "reply":
        assert DESK.promised(said, text.lang, TOLD.incident, TOLD.now)


def test_a_text_with_gaps_is_blocked_until_they_are_filled() -> None:
    text = next(text for text in load_texts() if text.gaps)
    findings = DESK.judge(text.text, Draft(purpose=text.purpose, lang=text.lang), TOLD.incident, TOLD.now, frozenset())
    assert "C9" in {finding.check for finding in gate(findings, "first-word", ())}


def test_every_stage_and_audience_is_there_in_both_languages_and_nobody_has_approved_them() -> None:
    texts = load_texts()
    for lang in LANGUAGES:
        of = [text for text in texts if text.lang == lang]
        assert {text.purpose for text in of} == {"first-word", "holding", "update", "full", "apology", "reply"}
        assert {"public", "affected", "press", "staff"} <= {text.audience for text in of}
        assert len({text.id for text in of}) == len(of)
    assert not any(text.is_approved(PEOPLE) or text.own for text in texts)
    assert all(re.search("# .*playbook|# .*Lewicki", path.read_text("utf-8")) for path in HOME.glob("*.yaml"))
