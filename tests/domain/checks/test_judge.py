"""All checks together: whole statements, both gates, what a person answered, and any text at all."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from warroom.domain.checks.finding import GROUPS, Finding, Level
from warroom.domain.checks.judge import CHECKS, EVERY, FIRST_WORD_BLOCKS, gate, judge, summary
from warroom.domain.checks.names import NAMES, named
from warroom.domain.networks import network_name
from warroom.domain.sentence import say
from warroom.services.wordlists import load_lists

from .judging import CASE, NOW, fact, judged, pointed

EVERYWHERE = ("web", "x", "bluesky", "mastodon", "instagram")
SPANISH = """Sabemos que algunas familias han tenido reacciones tras beber nuestra bebida de avena, lote 4471. \
Lo sentimos y lo tratamos como urgente.

Qué sabemos: 41 avisos en tres regiones, todos del 4471.
Qué hacemos: el lote está retirado desde las 14:10 y un laboratorio independiente lo analiza.
Qué puedes hacer: no bebas el lote 4471, guarda el cartón y escribe a ayuda.nordavena.example.

Si los hechos cambian, lo corregiremos. Actualizaremos aquí a las 16:00.
— Elena Soto, directora de Calidad"""
ENGLISH = """We know some families have had reactions after drinking our oat drink, lot 4471. \
We are sorry, and we are treating it as urgent.

What we know: 41 reports in three regions, all of lot 4471.
What we are doing: the lot is off the shelves since 14:10 and an independent lab is testing it.
What you can do: stop drinking lot 4471, keep the carton, and write to help.nordavena.example.

If the facts change we will correct this. We will update you here at 16:00.
– Elena Soto, Quality Director"""
SHORT = {
    "en": "We are sorry. We are checking every report. Please keep the carton. Next word at 16:00.",
    "es": "Lo sentimos. Estamos comprobando cada aviso. Guarda el cartón. Próxima información a las 16:00.",
}


def told(findings: tuple[Finding, ...]) -> list[tuple[str, Level]]:
    return [(finding.check, finding.level) for finding in findings]


@pytest.mark.parametrize(("lang", "text"), [("es", SPANISH), ("en", ENGLISH)])
def test_a_good_holding_statement_has_only_its_threads_mentioned(lang: str, text: str) -> None:
    findings = judged(text, replace(CASE, lang=lang, networks=EVERYWHERE))
    expected = ["x", "bluesky", *(["mastodon"] if len(text) > 500 else [])]
    assert told(findings) == [("C5", "I")] * len(expected)
    assert [finding.reason.params["network"] for finding in findings] == [network_name(one) for one in expected]
    assert gate(findings, "full", frozenset()) == ()


def test_a_bad_holding_statement_is_told_all_of_it_in_order() -> None:
    text = (
        "Nordavena has made oat drink since 1994. No comment on rumours that lot [lot] is bad. "
        "It was probably misuse. Call Marta on 600 123 456. The line will be fixed in two hours."
    )
    case = replace(CASE, cited=(), spokesperson="", question="", last_word_at=NOW - timedelta(minutes=40))
    findings = judged(text, case)
    assert told(findings) == [
        ("E2", "W"),
        ("H1", "B"),
        ("H2", "W"),
        ("H3", "B"),
        ("H4", "B"),
        ("H5", "B"),
        ("M3", "W"),
        ("P3", "B"),
        ("T1", "B"),
        ("S5", "I"),
        ("H9", "B"),
        ("H7", "B"),
        ("C9", "B"),
        ("H7", "B"),
        ("H7", "B"),
        ("C8", "B"),
        ("H10", "W"),
    ]
    assert pointed(text, list(findings)) == [
        "has made oat drink since 1994",
        "No comment",
        "rumours that",
        "[lot]",
        "probably",
        "misuse",
        "600 123 456",
        "in two hours",
    ]


def test_what_has_no_place_comes_first_and_checks_are_ordered_by_their_number() -> None:
    found = judged("No comment, probably.", replace(CASE, question=""))
    assert [f.check for f in found] == ["E2", "H2", "H3", "H4", "H5", "H6", "H11", "T1", "H9", "H7"]
    assert found[8].start == 0


def test_the_first_word_is_held_by_six_checks_and_the_full_statement_by_every_block() -> None:
    every = tuple(
        Finding(check=check.id, level=level, group="voice", reason=say("…"), source="")
        for check in CHECKS
        for level in ("B", "W", "I")
    )
    first, full = gate(every, "first-word", frozenset()), gate(every, "full", frozenset())
    assert {finding.check for finding in first} == {"H5", "H7", "H9", "C5", "C8", "C9"} == FIRST_WORD_BLOCKS
    assert {finding.check for finding in full} == {check.id for check in CHECKS}
    assert {finding.level for finding in (*first, *full)} == {"B"}


def test_an_override_opens_its_own_check_only() -> None:
    findings = judged("Call [name].")
    blocking = {finding.check for finding in gate(findings, "full", frozenset())}
    assert {"C9", "H3", "H5"} <= blocking
    rest = {finding.check for finding in gate(findings, "full", frozenset({"C9"}))}
    assert rest == blocking - {"C9"}
    assert {f.check for f in gate(findings, "first-word", frozenset({"C9"}))} == {"H5"}


def test_a_person_answers_where_a_rule_cannot_decide_and_only_there() -> None:
    text = "Korvo was down on Tuesday; write to marta@mail.example about it."
    before = {finding.check: finding for finding in judged(text)}
    assert {check for check, finding in before.items() if finding.asks} == {"E2", "H3", "H4"}
    after = judged(text, replace(CASE, answered=frozenset({"E2", "H3", "H4", "H5", "C8"})))
    assert {finding.check for finding in after} == before.keys() - {"E2", "H3", "H4"}


def test_concern_that_comes_late_is_decided_by_its_rule() -> None:
    text = "Lot 4471 is bad. It left on 2 March. We withdrew it. We are sorry."
    answered = judged(text, replace(CASE, answered=frozenset({"H3"})))
    assert "H3" in {finding.check for finding in answered}


def test_the_worst_of_each_group_is_told() -> None:
    findings = judged("Call [name].", replace(CASE, question="", last_word_at=NOW - timedelta(hours=1)))
    worst = summary(findings)
    assert tuple(worst) == GROUPS
    assert worst == {
        "objective": "B",
        "voice": "B",
        "pertinence": "W",
        "spokesperson": None,
        "timing": "B",
        "accountability": "B",
    }
    assert set(summary(()).values()) == {None}


def test_a_reply_is_asked_less_than_a_word_in_public() -> None:
    reply = replace(CASE, purpose="reply", question="", cited=(), spokesperson="")
    assert judged("Thank you, Marta: that is our lot.", reply) == ()
    assert [f.check for f in judged("No comment, [name].", reply)] == ["H9", "C9"]
    every = {check.id for check in CHECKS if check.purposes == EVERY}
    assert every == {"H7", "H9", "H10", "I1", "A3", "C5", "C6", "C8", "C9", "C10", "C11"}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_outside_of_a_crisis_no_clock_and_no_fact_is_asked_for(lang: str) -> None:
    calm = replace(
        CASE,
        lang=lang,
        declared_at=None,
        first_word_at=None,
        last_word_at=None,
        facts={},
        cited=(),
        purpose="first-word",
    )
    assert told(judged(SHORT[lang], calm)) == [("E2", "W"), ("H6", "W")]


def test_a_language_is_known_by_its_first_part() -> None:
    for lang in ("es-MX", "es_ES", "ES"):
        assert judged(SPANISH, replace(CASE, lang=lang)) == judged(SPANISH, replace(CASE, lang="es"))


def test_in_an_unknown_language_what_needs_no_words_still_blocks() -> None:
    findings = judged("Ligue para marta@mail.example [nome].", replace(CASE, lang="pt", question=""))
    assert [finding.check for finding in findings] == ["T1", "C8", "C9"]


# --- any text at all ----------------------------------------------------------------------------------------

FACTS = {"F1": fact("F1", "in 2 hours"), "F2": fact("F2", "en 2 horas", status="unconfirmed")}
ANY = replace(CASE, facts=FACTS, cited=("F1", "F2"), protected_names=("Ana",), networks=EVERYWHERE)
PIECES = (
    "We are sorry. ", "Lo sentimos. ", "at 16:00", "a las 6 y media", "mañana", "ñ", "İ", "ß", "\u0301", "\ud800",
    "👨‍👩‍👧", "[x", "]", "<", ">", "600 123 456", "+34", "@", "a@b.example", "https://", "help.nordavena.example",
    "Ana", "probably", "in 2 hours fixed", "on 31 February", "999 days", "in 999 days we will", "٣", "¾", "\r\n", "\0",
    "ES91 2100 0418", "X1234567L", "will ", "haremos ", "at 24:00", "XXX", "–", "…", " ",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)),
    st.sampled_from(["en", "es", "fr", ""]),
    st.sampled_from(["holding", "first-word", "reply"]),
)
def test_any_text_is_judged_the_same_twice_within_its_bounds(text: str, lang: str, purpose: str) -> None:
    case = replace(ANY, lang=lang, purpose=purpose)
    lists = load_lists()
    findings = judge(text, case, lists)
    assert judge(text, case, lists) == findings
    places = [-1 if finding.start is None else finding.start for finding in findings]
    assert places == sorted(places)
    for finding in findings:
        assert (finding.start is None) == (finding.end is None)
        if finding.start is not None and finding.end is not None:
            assert 0 <= finding.start < finding.end <= len(text)


@pytest.mark.parametrize("piece", ["a", "-", "a.", "1", "1 ", ".", "_", "x", "a@", "[", "<", "we are ", "é", "\n", " "])
def test_a_draft_of_a_hundred_thousand_characters_is_judged(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert all(finding.end is None or finding.end <= len(text) for finding in judged(text, ANY))


def test_every_check_has_a_name_for_those_who_read_the_log() -> None:
    assert set(NAMES) == {check.id for check in CHECKS}
    assert named("Z9").params == {"check": "Z9"}
