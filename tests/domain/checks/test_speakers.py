"""P1, P2, P4 and P5: the right person, ready to speak, and one voice."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from warroom.domain.checks.finding import Said
from warroom.domain.events import Person

from .judging import CASE, NOW, of
from .statements import GOOD

SOTO = Person(initials="ES", name="Elena Soto", spokesperson=True, speaks_at=(2, 3), trained=True)
MARTIN = Person(initials="AM", name="A. Martín", spokesperson=True, speaks_at=(4,))
GIL = Person(initials="PG", name="P. Gil", spokesperson=True, speaks_at=(1,))
REY = Person(initials="LR", name="L. Rey", expert=True)
TEAM = replace(CASE, people=(SOTO, MARTIN, GIL, REY))
TEXTS = {"en": "We are sorry.", "es": "Lo sentimos."}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_voice_below_or_above_the_severity_is_said_with_who_is_right(lang: str) -> None:
    for spokesperson, words in (("PG", "too low"), ("P. Gil", "too low"), ("am", "too high")):
        found = of("P1", TEXTS[lang], replace(TEAM, lang=lang, spokesperson=spokesperson))
        assert [(f.level, f.group) for f in found] == [("W", "spokesperson")]
        assert found[0].reason.params["names"] == "Elena Soto"
        assert words in str(found[0].reason.params["reason"])
    nobody = replace(TEAM, severity=4, people=(SOTO, GIL))
    assert "too low" in of("P1", TEXTS[lang], nobody)[0].reason.id
    away = replace(TEAM, spokesperson="PG", people=(GIL, replace(SOTO, available=False)))
    assert "names" not in of("P1", TEXTS[lang], away)[0].reason.params


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_right_voice_is_let_through_and_so_is_one_of_whom_nothing_is_said(lang: str) -> None:
    for fine in (
        TEAM,
        replace(TEAM, severity=4, spokesperson="AM"),
        replace(TEAM, severity=1, spokesperson="PG"),
        replace(TEAM, people=()),
        replace(TEAM, people=(replace(SOTO, speaks_at=()),)),
        replace(TEAM, spokesperson=""),
        replace(TEAM, spokesperson="XX"),
    ):
        assert of("P1", TEXTS[lang], replace(fine, lang=lang)) == []


TECHNICAL = {
    "en": (
        "The laboratory found bacteria in two samples.",
        "A valve on the filler let cleaning water in; the sensor did not see it.",
        "The database was encrypted by ransomware.",
        "Listeria was found at a concentration of 3 ppm.",
        "Our certificates expired, so authentication and DNS failed.",
    ),
    "es": (
        "El laboratorio halló bacterias en dos muestras.",
        "Una válvula de la llenadora dejó pasar agua; el sensor no lo vio.",
        "La base de datos fue cifrada por un ransomware.",
        "Se halló listeria en una concentración de 3 ppm.",
        "Caducaron los certificados y fallaron la autenticación y el DNS.",
    ),
}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in TECHNICAL.items() for text in texts])
def test_a_technical_text_wants_an_expert(lang: str, text: str) -> None:
    case = replace(TEAM, lang=lang)
    found = of("P2", text, case)
    assert [(f.level, f.reason.params["names"]) for f in found] == [("W", "L. Rey")]
    for fine in (replace(case, spokesperson="LR"), replace(case, people=()), replace(case, spokesperson="XX")):
        assert of("P2", text, fine) == []
    assert of("P2", text + " — L. Rey", case) == []
    assert "names" not in of("P2", text, replace(case, people=(SOTO,)))[0].reason.params


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, pairs in GOOD.items() for _, text in pairs])
def test_a_plain_text_needs_none(lang: str, text: str) -> None:
    assert of("P2", text, replace(TEAM, lang=lang)) == []


@pytest.mark.parametrize("lang", ["en", "es"])
def test_who_is_not_ready_is_said(lang: str) -> None:
    case = replace(TEAM, lang=lang)
    tired = replace(SOTO, trained=False, available=False)
    for people, spokesperson, words in (
        (TEAM.people, "XX", ["not in the plan"]),
        (TEAM.people, "LR", ["not in the plan"]),
        ((replace(SOTO, trained=False),), "ES", ["no media training"]),
        ((replace(SOTO, available=False),), "ES", ["not available"]),
        ((tired,), "ES", ["no media training", "not available"]),
    ):
        found = of("P4", TEXTS[lang], replace(case, people=people, spokesperson=spokesperson))
        assert {f.level for f in found} == {"W"}
        assert all(word in f.reason.id for f, word in zip(found, words, strict=True))
    for fine in (
        case,
        replace(case, spokesperson="elena soto"),
        replace(case, people=()),
        replace(case, spokesperson=""),
        replace(case, people=(REY,), spokesperson="LR"),
    ):
        assert of("P4", TEXTS[lang], fine) == []


OTHERS = {
    "en": (
        "Nordavena grew by a fifth this year and opens two shops in spring.",
        "All payments work. Nothing is wrong with the app.",
        "The farmers are to be thanked for a great harvest.",
        "Our lawyers are looking at the posts of last night.",
        "We hire drivers for the new depot at Brack.",
    ),
    "es": (
        "Nordavena creció una quinta parte este año y abre dos tiendas en primavera.",
        "Todos los pagos funcionan. No pasa nada con la aplicación.",
        "Damos las gracias a los agricultores por la gran cosecha.",
        "Nuestros abogados miran las publicaciones de anoche.",
        "Contratamos conductores para el nuevo almacén de Brea.",
    ),
}
OURS = {
    "en": "Lot 4471 is off the shelves. Please keep the carton; a laboratory is testing the drink.",
    "es": "El lote 4471 está retirado. Guarda el cartón; un laboratorio analiza la bebida.",
}


@pytest.mark.parametrize(("lang", "other"), [(lang, text) for lang, texts in OTHERS.items() for text in texts])
def test_two_voices_with_different_messages_are_said(lang: str, other: str) -> None:
    before = Said(id="S1", text=other, lang=lang, purpose="full", at=NOW - timedelta(hours=2), spokesperson="AM")
    case = replace(TEAM, lang=lang, said=(before,))
    found = of("P5", OURS[lang], case)
    assert [(f.level, f.asks, f.reason.params["name"]) for f in found] == [("W", True, "AM")]
    same = "Martín: " + OURS[lang]
    for fine in (
        replace(case, spokesperson="A. Martín"),
        replace(case, spokesperson=""),
        replace(case, said=()),
        replace(case, said=(replace(before, at=NOW - timedelta(hours=25)),)),
        replace(case, said=(replace(before, text=same),)),
        replace(case, said=(replace(before, spokesperson=""),)),
        replace(case, said=(replace(before, purpose="reply"),)),
        replace(case, said=(replace(before, lang="ca"),)),
    ):
        assert of("P5", OURS[lang], fine) == []


SPOKEN = {
    "en": (
        ("Flight 212 came back to Brack with smoke in the cabin.", "Our lounge has won a prize for its breakfast."),
        ("Boil your tap water until Friday.", "The council never cut taxes more than this year."),
        ("Two cards of each hundred were charged twice.", "We open four branches by summer."),
        ("Nine people sat in the lift for three hours.", "Our towers are the tallest of the coast."),
        ("The school stays closed; lessons are online.", "The new gym is named after our founder."),
    ),
    "es": (
        ("El vuelo 212 regresó a Brea con humo en la cabina.", "Nuestra sala ganó un premio por su desayuno."),
        ("Hiervan el agua hasta el viernes.", "Nunca bajaron tanto los impuestos municipales."),
        ("Dos de cada cien tarjetas se cobraron dos veces.", "Abrimos cuatro sucursales antes del verano."),
        ("Nueve personas quedaron tres horas en el elevador.", "Nuestras torres son las más altas de la costa."),
        ("La escuela sigue cerrada; las clases son en línea.", "El gimnasio nuevo lleva el nombre del fundador."),
    ),
}


@pytest.mark.parametrize(("lang", "text", "other"), [(lang, *pair) for lang, pairs in SPOKEN.items() for pair in pairs])
def test_one_voice_is_one_message_in_every_trade(lang: str, text: str, other: str) -> None:
    before = Said(id="S1", text=other, lang=lang, purpose="full", at=NOW - timedelta(hours=2), spokesperson="AM")
    case = replace(TEAM, lang=lang, said=(before,))
    assert [finding.level for finding in of("P5", text, case)] == ["W"]
    assert of("P5", text, replace(case, said=(replace(before, text=text),))) == []
