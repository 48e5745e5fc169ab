"""A1–A4 and the score of an apology, in English and Spanish."""

from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from warroom.domain.checks.apology import PARTS, Part, score
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


SCORED: dict[str, tuple[tuple[str, tuple[Part, ...]], ...]] = {
    "en": (
        (
            "We apologise to everyone on flight 212. We did not tell you why it turned back, and that was "
            "wrong of us. We will refund every ticket.",
            ("no-repeat", "forgiveness"),
        ),
        (
            "We charged 1,200 cards twice because a test ran on real accounts. It was our mistake and we are "
            "sorry. The money is back by Friday at 12:00.",
            ("no-repeat", "forgiveness"),
        ),
        (
            "We are sorry. The lift stood still for three hours and we failed to send anyone. From now on a "
            "technician is in the building, day and night. Please forgive us.",
            ("repair",),
        ),
        (
            "The names of 300 patients were on an open page. We take full responsibility, we apologise to "
            "each of them, and we will pay for a year of identity protection.",
            ("explanation", "no-repeat", "forgiveness"),
        ),
        (
            "We regret the words of our coach.",
            ("explanation", "responsibility", "no-repeat", "repair", "forgiveness"),
        ),
        (
            "Our guards pushed a fan last night. It will not happen again.",
            ("regret", "explanation", "responsibility", "repair", "forgiveness"),
        ),
    ),
    "es": (
        (
            "Pedimos disculpas a quienes iban en el vuelo 212. No les avisamos de por qué regresó e hicimos "
            "mal. Les devolvemos el importe de cada boleto.",
            ("no-repeat", "forgiveness"),
        ),
        (
            "Cobramos dos veces 1.200 tarjetas porque una prueba corrió sobre cuentas reales. El error fue "
            "nuestro y lo sentimos. El dinero vuelve antes del viernes a las 12:00.",
            ("no-repeat", "forgiveness"),
        ),
        (
            "Les ofrecemos una disculpa. El elevador estuvo parado tres horas y les fallamos: no mandamos a "
            "nadie. Desde hoy hay un técnico en el edificio, de día y de noche. Les pedimos perdón.",
            ("repair",),
        ),
        (
            "Los nombres de 300 pacientes quedaron en una página abierta. Asumimos toda la responsabilidad, "
            "nos disculpamos con cada persona y pagaremos un año de protección.",
            ("explanation", "no-repeat", "forgiveness"),
        ),
        (
            "Lamentamos las palabras de nuestro entrenador.",
            ("explanation", "responsibility", "no-repeat", "repair", "forgiveness"),
        ),
        (
            "Anoche nuestros guardias empujaron a un aficionado. No volverá a ocurrir.",
            ("regret", "explanation", "responsibility", "repair", "forgiveness"),
        ),
    ),
}
"""Apologies of other trades, and what each of them leaves out."""
NO_APOLOGY = {
    "en": (
        "We are sorry for the wait at gate 14. Flight 212 leaves at 18:20.",
        "The lift has a new motor since Monday. The council's engineer has checked it.",
        "We apologise for the confusion about the bills. No card was charged twice.",
        "We will refund every ticket of the concert of 3 May. The singer is ill.",
        "Whether it was our mistake is not known yet. The audit comes out on Friday.",
    ),
    "es": (
        "Sentimos la espera en la puerta 14. El vuelo 212 sale a las 18:20.",
        "El elevador tiene un motor nuevo desde el lunes. Lo revisó la ingeniera municipal.",
        "Pedimos disculpas por la confusión con los recibos. Ninguna tarjeta se cobró dos veces.",
        "Les devolvemos el importe de cada boleto del concierto del 3 de mayo. La cantante está enferma.",
        "Todavía no se sabe si fue un error nuestro. La auditoría sale el viernes.",
    ),
}


@pytest.mark.parametrize(("lang", "text", "missing"), [(lang, *one) for lang, many in SCORED.items() for one in many])
def test_what_an_apology_leaves_out_is_counted_in_every_trade(lang: str, text: str, missing: tuple[Part, ...]) -> None:
    assert score(prepared(text), lang, load_lists()).missing == missing
    found = of("A4", text, replace(CASE, lang=lang, purpose="apology"))
    assert [finding.level for finding in found] == ["I"]
    assert found[0].reason.params.get("n", 5) == 6 - len(missing)


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in NO_APOLOGY.items() for text in texts])
def test_a_full_text_that_does_not_apologise_is_not_scored(lang: str, text: str) -> None:
    assert of("A4", text, replace(CASE, lang=lang, purpose="full")) == []


OWNED = {
    "en": (
        "We fell short last night, and passengers slept on the floor.",
        "That is on us, not on the driver.",
        "We were at fault: the gate should have been closed.",
        "It was our responsibility to tell the parents at once.",
    ),
    "es": (
        "El error fue nuestro: cobramos dos veces.",
        "La falla es nuestra y no del conductor.",
        "Estuvo mal de nuestra parte no avisar a las familias.",
        "Fue nuestra responsabilidad cerrar la puerta.",
        "Actuamos mal y tarde.",
    ),
}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in OWNED.items() for text in texts])
def test_responsibility_is_heard_in_the_words_people_use(lang: str, text: str) -> None:
    assert of("A1", text, replace(CASE, lang=lang, purpose="apology")) == []
