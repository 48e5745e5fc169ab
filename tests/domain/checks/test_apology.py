"""A1–A4 and the score of an apology, in English and Spanish."""

from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from warroom.domain.checks.apology import PARTS, score
from warroom.domain.checks.finding import Level
from warroom.domain.checks.text import prepared
from warroom.domain.events import StatementKind
from warroom.services.wordlists import load_lists
from warroom.services.words import Words

from .judging import CASE, of, pointed

LEVELS: dict[str, Level] = {"A1": "B", "A2": "W", "A3": "W"}
TRIPS = {
    ("A1", "en"): (
        "We are sorry about what happened with lot 4471. We will refund every carton.",
        "We regret the outage of Tuesday and the hours that you lost.",
        "We apologise. The cause was a cleaning agent in tank 3.",
        "Please accept our apologies. This will not happen again.",
        "We are sorry. It was not our fault.",
    ),
    ("A1", "es"): (
        "Sentimos lo ocurrido con el lote 4471. Os devolveremos el dinero de cada cartón.",
        "Lamentamos la caída del martes y las horas que perdisteis.",
        "Pedimos disculpas. La causa fue un detergente en el tanque 3.",
        "Aceptad nuestras disculpas. No volverá a ocurrir.",
        "Lo sentimos. No fue culpa nuestra.",
    ),
    ("A2", "en"): (
        "We are sorry. We failed to rinse tank 3, and that was our mistake.",
        "We take full responsibility for the advert, and we apologise.",
        "We got it wrong. We ask for your forgiveness.",
        "It was our fault that you heard it from others. We are sorry.",
        "We made a mistake and we know that you are angry.",
    ),
    ("A2", "es"): (
        "Lo sentimos. No enjuagamos el tanque 3 y fue un error nuestro.",
        "Asumimos la responsabilidad por el anuncio y pedimos disculpas.",
        "Nos equivocamos. Os pedimos perdón.",
        "La culpa es nuestra: lo supisteis por otros. Lo sentimos.",
        "Hemos cometido un error y sabemos que estáis enfadados.",
    ),
    ("A3", "en"): (
        "We are sorry if anyone was offended by the advert.",
        "Mistakes were made on line 3, and we regret it.",
        "We are sorry, but our drink meets the law.",
        "We apologise to the families. However, the tests were clean.",
        "We are sorry that you feel that way about our new label.",
    ),
    ("A3", "es"): (
        "Lo sentimos si alguien se ha sentido ofendido por el anuncio.",
        "Se cometieron errores en la línea 3 y lo lamentamos.",
        "Lo sentimos, pero nuestra bebida cumple la ley.",
        "Pedimos disculpas a las familias. Sin embargo, los análisis eran correctos.",
        "Pedimos disculpas a quienes se hayan podido sentir molestos con la etiqueta.",
    ),
}
PASSES = {
    ("A1", "en"): (
        "We failed to rinse tank 3. We are sorry.",
        "It was our mistake, and nobody else's.",
        "We should have told you on Monday, and we apologise.",
        "We take full responsibility for what happened on line 3.",
        "We let our customers down on Tuesday. We are sorry.",
    ),
    ("A1", "es"): (
        "No enjuagamos el tanque 3: fue un error nuestro. Lo sentimos.",
        "Nos equivocamos, y nadie más que nosotros.",
        "Debimos avisaros el lunes y os pedimos disculpas.",
        "Asumimos toda la responsabilidad por lo ocurrido en la línea 3.",
        "Les hemos fallado el martes. Lo sentimos.",
    ),
    ("A2", "en"): (
        "We failed. We will refund every carton of lot 4471.",
        "It was our mistake, and we pay for every visit to a doctor.",
        "We are sorry. We will replace your carton in any shop, free of charge.",
        "We got it wrong. To make it right, we are calling each of you.",
        "We take full responsibility and will compensate everyone who was charged twice.",
    ),
    ("A2", "es"): (
        "Fallamos. Reembolsaremos cada cartón del lote 4471.",
        "El error fue nuestro y nos haremos cargo de cada visita al médico.",
        "Lo sentimos. Os devolvemos el dinero en cualquier tienda.",
        "Nos equivocamos. Para reparar el daño os estamos llamando uno a uno.",
        "Asumimos la responsabilidad e indemnizaremos a quienes pagaron dos veces.",
    ),
    ("A3", "en"): (
        "We offended many of you with the advert, and we are sorry.",
        "We made mistakes on line 3. We are sorry.",
        "We are sorry, but sorry is not enough: we will refund every carton.",
        "We are sorry not only for the leak but also for our silence.",
        "If anyone feels unwell, please call 900 123 456. We are sorry.",
    ),
    ("A3", "es"): (
        "Ofendimos a muchos de vosotros con el anuncio y lo sentimos.",
        "Cometimos errores en la línea 3. Lo sentimos.",
        "Lo sentimos, pero no basta: os devolveremos el dinero de cada cartón.",
        "Pedimos perdón por la fuga, pero también por nuestro silencio.",
        "Si alguien se encuentra mal, que llame al 900 123 456. Lo sentimos.",
    ),
}


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in TRIPS.items() for text in texts])
def test_it_trips_at_its_level_in_both_languages(check: str, lang: str, text: str) -> None:
    found = of(check, text, replace(CASE, lang=lang, purpose="apology"))
    assert found, text
    assert {finding.level for finding in found} == {LEVELS[check]}


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in PASSES.items() for text in texts])
def test_it_passes_in_both_languages(check: str, lang: str, text: str) -> None:
    assert of(check, text, replace(CASE, lang=lang, purpose="apology")) == []


@pytest.mark.parametrize("purpose", ["first-word", "holding", "update", "reply"])
def test_responsibility_and_repair_are_asked_of_an_apology_only(purpose: StatementKind) -> None:
    text = "We are sorry if anyone was offended."
    case = replace(CASE, purpose=purpose)
    assert [of(check, text, case) for check in ("A1", "A2", "A4")] == [[], [], []]
    assert pointed(text, of("A3", text, case)) == ["sorry if"]


WHOLE = {
    "en": "We are sorry. We did not rinse tank 3, and that was our mistake. It will not happen again. "
    "We refund every carton. Please forgive us.",
    "es": "Lo sentimos. No enjuagamos el tanque 3 porque acortamos el turno: fue un error nuestro. "
    "No volverá a ocurrir. Reembolsamos cada cartón. Os pedimos perdón.",
}
WITHOUT = {
    "en": {
        "explanation": ("We did not rinse tank 3, and that", "That"),
        "responsibility": ("our mistake", "bad"),
        "no-repeat": ("It will not happen again. ", ""),
        "repair": ("We refund every carton. ", ""),
        "forgiveness": (" Please forgive us.", ""),
    },
    "es": {
        "explanation": ("No enjuagamos el tanque 3 porque acortamos el turno: fue", "Fue"),
        "responsibility": ("un error nuestro", "malo"),
        "no-repeat": ("No volverá a ocurrir. ", ""),
        "repair": ("Reembolsamos cada cartón. ", ""),
        "forgiveness": (" Os pedimos perdón.", ""),
    },
}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_each_part_is_found_and_missed(lang: str) -> None:
    lists = load_lists()
    assert score(prepared(WHOLE[lang]), lang, lists).n == 6
    for part, (words, instead) in WITHOUT[lang].items():
        assert words in WHOLE[lang]
        assert score(prepared(WHOLE[lang].replace(words, instead)), lang, lists).missing == (part,)
    assert score(prepared("Lot 4471."), lang, lists).missing == PARTS


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_score_is_told_with_what_is_missing(lang: str) -> None:
    case = replace(CASE, lang=lang, purpose="apology")
    words = Words("en", ZoneInfo("UTC"))

    def told(text: str) -> list[str]:
        return [words.say(finding.reason) for finding in of("A4", text, case)]

    assert told(WHOLE[lang]) == ["Apology: all six parts."]
    short = WHOLE[lang].replace(*WITHOUT[lang]["forgiveness"])
    assert told(short) == ["Apology: five of six parts. A request for forgiveness is the one to drop when short."]
    shorter = short.replace(WITHOUT[lang]["repair"][0].strip(), "")
    assert told(shorter) == [
        "Apology: 4 of 6 parts. Missing: how you make it good; a request for forgiveness.",
    ]
    assert {finding.level for finding in of("A4", short, case)} == {"I"}
    assert told("Lot 4471.")[0].startswith("Apology: 0 of 6 parts.")


def test_a_full_text_is_scored_where_it_apologises_in_so_many_words() -> None:
    full = replace(CASE, purpose="full")
    assert of("A4", "We apologise to every family.", full) != []
    assert of("A4", "We apologise for the confusion. Lot 4480 is safe.", full) == []
    assert of("A4", "We are sorry. Lot 4471 is off the shelves.", full) == []
