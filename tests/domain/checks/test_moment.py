"""T1, T2, P3, M1–M6: the question, the person, the moment."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from warroom.domain.checks.finding import Case, Level, Scheduled

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


NOT_TOUCHED = (
    ("en", "When will I get my money back?", "We are sorry. Lot 4471 is off the shelves."),
    ("en", "Is it safe for my baby?", "We are sorry. The next word comes at 16:00."),
    ("en", "Why did it take you so long to say something?", "Lot 4471 is recalled. Please keep the carton."),
    ("en", "Was my password stolen?", "We are sorry that you cannot pay. Please use your card."),
    ("en", "Which shops sold it?", "We are sorry. A laboratory is testing lot 4471."),
    ("en", "Did the captain of the ferry fall asleep on Tuesday?", "We are sorry. The ferry is out of service."),
    ("es", "¿Se durmió el martes la capitana del barco?", "Lo sentimos. El barco está parado."),
    ("es", "¿Cuándo me devolvéis el dinero?", "Lo sentimos. El lote 4471 está retirado."),
    ("es", "¿Es seguro para mi bebé?", "Lo sentimos. El próximo aviso es a las 16:00."),
    ("es", "¿Por qué habéis tardado tanto en decir algo?", "El lote 4471 está retirado. Guarda el cartón."),
    ("es", "¿Me han robado la contraseña?", "Sentimos que no puedas pagar. Usa la tarjeta."),
    ("es", "¿En qué tiendas se vendió?", "Lo sentimos. Un laboratorio analiza el lote 4471."),
)
TOUCHED = (
    ("en", "When will I get my money back?", "Take it to any shop: you are refunded at once."),
    ("en", "What do I do with the carton?", "Please keep the carton."),
    ("en", "Is it safe for my child?", "It is dangerous for children: call a doctor."),
    ("en", "Was my password stolen?", "No passwords were leaked."),
    ("en", "Who answers the phone?", "Write to help.nordavena.example, day and night."),
    ("es", "¿Y el teléfono?", "Escribe a ayuda.nordavena.example, de día o de noche."),
    ("en", "What is it, and is it over?", "It is over: payments are back."),
    ("en", "¿Es seguro para mi bebé?", "We are sorry. The next word comes at 16:00."),
    ("es", "¿Cuándo me devolvéis el dinero?", "Llévalo a la tienda: te reembolsamos en el acto."),
    ("es", "¿Qué hago con el cartón?", "Por favor, guarda el cartón."),
    ("es", "¿Es seguro para mi hijo?", "Es peligroso para niños: llama al médico."),
    ("es", "¿Me han robado la contraseña?", "No se ha filtrado ninguna contraseña."),
    ("es", "¿Dónde se vendió?", "Se vendió en las tiendas de tres regiones."),
    ("es", "When do I get my money back?", "Lo sentimos. El próximo aviso es a las 16:00."),
)


@pytest.mark.parametrize(("lang", "question", "text"), NOT_TOUCHED)
def test_the_first_question_that_is_not_touched_is_said(lang: str, question: str, text: str) -> None:
    case = replace(CASE, lang=lang, questions=(" ", question, "…"), question="…")
    assert [(f.level, f.asks, f.reason.params["question"]) for f in of("T2", text, case)] == [("W", True, question)]
    for fine in (replace(case, questions=()), replace(case, question=question), replace(case, questions=("", " "))):
        assert of("T2", text, fine) == []


@pytest.mark.parametrize(("lang", "question", "text"), TOUCHED)
def test_a_question_that_is_touched_is_let_through(lang: str, question: str, text: str) -> None:
    assert of("T2", text, replace(CASE, lang=lang, questions=(question,))) == []


@pytest.mark.parametrize("text", TEXTS)
def test_our_own_people_hear_it_before_the_public_does(text: str) -> None:
    case = replace(CASE, staff_told=False)
    assert [(f.level, f.group) for f in of("M4", text, case)] == [("W", "timing")]
    for fine in (replace(case, staff_told=True), replace(case, staff_told=None), replace(case, purpose="first-word")):
        assert of("M4", text, fine) == []


@pytest.mark.parametrize("text", TEXTS)
def test_what_nobody_knows_yet_can_be_told_first(text: str) -> None:
    case = replace(CASE, is_public=False, first_word_at=None)
    assert [f.level for f in of("M5", text, case)] == ["I"]
    for fine in (replace(case, is_public=True), replace(case, is_public=None), replace(case, first_word_at=NOW)):
        assert of("M5", text, fine) == []


@pytest.mark.parametrize("text", TEXTS)
def test_what_goes_out_beside_it_is_named(text: str) -> None:
    near, far = NOW + timedelta(hours=2), NOW + timedelta(hours=2, seconds=1)
    items = (
        Scheduled("New oat cookies!\n" * 20, near),
        Scheduled("Gone", NOW - timedelta(hours=1)),
        Scheduled("Later", far),
    )
    found = of("M6", text, replace(CASE, scheduled=items))
    assert [(f.level, f.reason.params["time"]) for f in found] == [("W", near), ("W", NOW - timedelta(hours=1))]
    shown = found[0].reason.params["text"]
    assert isinstance(shown, str)
    assert len(shown) == 80
    assert "\n" not in shown


def test_once_a_slower_rhythm_is_announced_silence_up_to_it_is_none() -> None:
    silent = replace(CASE, last_word_at=NOW - timedelta(minutes=50))
    assert of("M3", "We are still testing.", silent)
    assert not of("M3", "We are still testing.", replace(silent, slower=True))


# --- the same in other hours ----------------------------------------------------------------------------------

MINUTE = timedelta(minutes=1)
FIRST = replace(CASE, purpose="first-word", first_word_at=None, last_word_at=None)
LATE: dict[str, tuple[Case, ...]] = {
    "T1": (
        *tuple(replace(CASE, question="", purpose=kind) for kind in ("first-word", "holding", "full", "update")),
        replace(CASE, question="\u3000\t", lang="pt"),
        replace(CASE, question="", declared_at=None),
    ),
    "P3": (
        *tuple(replace(CASE, spokesperson="", purpose=kind) for kind in ("first-word", "holding", "full", "apology")),
        replace(CASE, spokesperson=" \n", lang="ca"),
        replace(CASE, spokesperson="", declared_at=None),
    ),
    "M1": (
        *tuple(replace(FIRST, declared_at=NOW - n * MINUTE) for n in (16, 23, 61, 600)),
        replace(FIRST, declared_at=NOW - 6 * MINUTE, first_word_due=5),
        replace(FIRST, lang="pt"),
    ),
    "M2": (
        *tuple(replace(CASE, declared_at=NOW - n * MINUTE) for n in (61, 75, 180, 1500)),
        replace(CASE, declared_at=NOW - 31 * MINUTE, holding_due=30),
        replace(CASE, declared_at=NOW - 61 * MINUTE, first_word_at=None, lang="es-MX"),
    ),
    "M3": (
        *tuple(replace(CASE, last_word_at=NOW - n * MINUTE) for n in (21, 40, 90, 2000)),
        replace(CASE, last_word_at=NOW - 6 * MINUTE, cadence=5),
        replace(CASE, last_word_at=NOW - 61 * MINUTE, cadence=60, purpose="update", lang="pt"),
    ),
    "M4": (
        *tuple(replace(CASE, staff_told=False, purpose=kind) for kind in ("holding", "full", "update", "apology")),
        replace(CASE, staff_told=False, lang="pt"),
        replace(CASE, staff_told=False, severity=1),
    ),
    "M5": (
        *tuple(
            replace(CASE, is_public=False, first_word_at=None, purpose=kind)
            for kind in ("first-word", "holding", "full", "apology")
        ),
        replace(FIRST, is_public=False, lang="es-AR"),
        replace(FIRST, is_public=False, severity=4),
    ),
    "M6": tuple(
        replace(CASE, scheduled=(Scheduled(text, NOW + n * MINUTE),))
        for text, n in (
            ("Half price on Friday", 0),
            ("Sorteo de entradas", 1),
            ("Our new menu", 30),
            ("Feliz lunes", 119),
            ("Newsletter", -30),
        )
    ),
}
IN_TIME: dict[str, tuple[Case, ...]] = {
    "T1": (
        CASE,
        FIRST,
        replace(CASE, question="¿Qué hago con el cartón?", lang="es"),
        replace(CASE, question="?"),
        replace(CASE, question="", purpose="reply"),
    ),
    "P3": (
        CASE,
        FIRST,
        replace(CASE, spokesperson="A. Martín", lang="es"),
        replace(CASE, spokesperson="somebody of the port"),
        replace(CASE, spokesperson="", purpose="reply"),
    ),
    "M1": (
        replace(FIRST, declared_at=NOW),
        replace(FIRST, declared_at=NOW - 15 * MINUTE),
        replace(FIRST, declared_at=NOW - 29 * MINUTE, first_word_due=30),
        replace(FIRST, first_word_at=NOW - MINUTE),
        replace(FIRST, declared_at=None, lang="es"),
    ),
    "M2": (
        replace(CASE, declared_at=NOW - 60 * MINUTE),
        replace(CASE, declared_at=NOW - 89 * MINUTE, holding_due=90),
        replace(CASE, declared_at=NOW - 600 * MINUTE, holding_at=NOW - 500 * MINUTE),
        replace(CASE, declared_at=NOW - 600 * MINUTE, purpose="update"),
        replace(CASE, declared_at=None, lang="es"),
    ),
    "M3": (
        replace(CASE, last_word_at=NOW),
        replace(CASE, last_word_at=NOW - 20 * MINUTE),
        replace(CASE, last_word_at=NOW - 59 * MINUTE, cadence=60),
        replace(CASE, last_word_at=None),
        replace(CASE, last_word_at=NOW - 90 * MINUTE, purpose="reply"),
    ),
    "M4": (
        replace(CASE, staff_told=True),
        replace(CASE, staff_told=None),
        replace(FIRST, staff_told=False),
        replace(CASE, staff_told=False, purpose="reply"),
        replace(CASE, staff_told=True, purpose="full", lang="es"),
    ),
    "M5": (
        replace(FIRST, is_public=True),
        replace(FIRST, is_public=None),
        replace(CASE, is_public=False),
        replace(FIRST, is_public=False, purpose="reply"),
        replace(FIRST, is_public=True, lang="es"),
        replace(FIRST, is_public=False, first_word_at=NOW - MINUTE),
    ),
    "M6": (
        CASE,
        replace(CASE, scheduled=(Scheduled("Later", NOW + 121 * MINUTE),)),
        replace(CASE, scheduled=(Scheduled("Tomorrow", NOW + timedelta(days=1)),), lang="es"),
        replace(CASE, scheduled=(Scheduled("Half price", NOW),), purpose="reply"),
        replace(
            CASE,
            scheduled=(
                Scheduled("Next week", NOW + timedelta(days=7)),
                Scheduled("Then", NOW + 3 * timedelta(hours=1)),
            ),
        ),
    ),
}
LEVELS: dict[str, Level] = {"T1": "B", "P3": "B", "M5": "I"}


SAID = {
    "en": "We are sorry. Lot 4471 is off the shelves. We will update you here at 16:00: help.nordavena.example",
    "es": "Lo sentimos. El lote 4471 está retirado. Próximo aviso aquí a las 16:00: ayuda.nordavena.example",
}


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize(("check", "case"), [(check, case) for check, cases in LATE.items() for case in cases])
def test_what_only_the_case_tells_is_said(check: str, case: Case, lang: str) -> None:
    levels = [finding.level for finding in of(check, SAID[lang], replace(case, lang=lang))]
    assert levels == [LEVELS.get(check, "W")]


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize(("check", "case"), [(check, case) for check, cases in IN_TIME.items() for case in cases])
def test_what_is_in_time_and_in_order_needs_no_word(check: str, case: Case, lang: str) -> None:
    assert of(check, SAID[lang], replace(case, lang=lang)) == []
