"""H1–H11, in English and Spanish: what trips, what passes, and at which words each points."""

import pytest
from msgspec.structs import replace

from warroom.domain.checks.finding import Level
from warroom.domain.events import FactStatus

from .judging import CASE, fact, of, pointed

LEVELS: dict[str, Level] = {"H2": "W", "H3": "B", "H4": "B", "H5": "B", "H6": "W", "H7": "B", "H9": "B"}

TRIPS = {
    ("H2", "en"): (
        "Some bottles of our juice may hold glass. We are sorry.",
        "Version 2.14 of the Korvo app shows wrong balances.",
        "We know of 41 reports in three regions.",
    ),
    ("H2", "es"): (
        "Algunas botellas de nuestro zumo pueden llevar cristal. Lo sentimos.",
        "La versión 2.14 de la aplicación Korvo muestra saldos erróneos.",
        "Conocemos 41 avisos en tres regiones.",
    ),
    ("H3", "en"): (
        "Lot 4471 was withdrawn today at 14:10.",
        "Nordavena has made oat drink for thirty years and meets every rule.",
        "Our lines were audited in May. All tests passed. The audit is public. We are sorry.",
    ),
    ("H3", "es"): (
        "El lote 4471 se retiró hoy a las 14:10.",
        "Nordavena lleva treinta años elaborando bebida de avena y cumple todas las normas.",
        "Nuestras líneas se auditaron en mayo. Todo salió bien. La auditoría es pública. Lo sentimos.",
    ),
    ("H4", "en"): (
        "We are sorry. We are waiting for the laboratory.",
        "We have received 41 reports and we have learned that they share one lot.",
        "We need your patience. The cause is not known.",
    ),
    ("H4", "es"): (
        "Lo sentimos. Estamos esperando al laboratorio.",
        "Hemos recibido 41 avisos y hemos sabido que todos son del mismo lote.",
        "Os pedimos paciencia. La causa no se conoce.",
    ),
    ("H5", "en"): (
        "We will keep you informed.",
        "We stopped line 3 at 14:10 and will publish all that we learn.",
        "The payments will be back up at 18:00.",
        "More information will follow as soon as possible.",
        "Write to help.nordavena.example.",
    ),
    ("H5", "es"): (
        "Os mantendremos informados.",
        "Paramos la línea 3 a las 14:10 y publicaremos todo lo que sepamos.",
        "El servicio estará restablecido a las 18:00.",
        "El lote está retirado desde las 14:10 para protegeros.",
        "Escribe a ayuda.nordavena.example.",
    ),
    ("H6", "en"): (
        "We are sorry. Please keep the carton.",
        "41 reports since 14:10, all of lot 4471, bottled on 12/02/2026.",
        "Ask in any of our shops.Please bring the carton.",
    ),
    ("H6", "es"): (
        "Lo sentimos. Guarda el cartón, por favor.",
        "41 avisos desde las 14:10, todos del lote 4471, envasado el 12/02/2026.",
        "Pregunta en cualquiera de nuestras tiendas.Trae el cartón.",
    ),
}

PASSES = {
    ("H2", "en"): (
        "Since 14:10 lot 4471 is off the shelves.",
        "On Tuesday, some of you could not pay.",
        "A fire broke out in our Brack warehouse on March 10th.",
    ),
    ("H2", "es"): (
        "Desde las 14:10 el lote 4471 está retirado.",
        "El martes algunos de vosotros no pudisteis pagar.",
        "Esta mañana hubo un incendio en nuestro almacén de Brea.",
    ),
    ("H3", "en"): (
        "We are sorry. Lot 4471 was withdrawn.",
        "Some families feel unwell after drinking lot 4471. We apologise to each of them.",
        "Your safety comes first, so we have stopped line 3.",
    ),
    ("H3", "es"): (
        "Lo sentimos. El lote 4471 está retirado.",
        "Algunas familias se encuentran mal tras beber el lote 4471. Les pedimos disculpas.",
        "Vuestra seguridad es lo primero: hemos parado la línea 3.",
    ),
    ("H4", "en"): (
        "We are waiting for the laboratory, and we have stopped line 3.",
        "We've contacted every customer of the Brack shop.",
        "Our engineers are replacing the damaged cable.",
    ),
    ("H4", "es"): (
        "Estamos esperando al laboratorio y hemos parado la línea 3.",
        "Seguimos llamando a cada cliente de la tienda de Brea.",
        "Nuestros equipos están sustituyendo el cable dañado.",
    ),
    ("H5", "en"): (
        "We will update you here at 16:00.",
        "Next word: 4 pm.",
        "The latest is always on status.korvo.example/payments.",
        "We'll be back before 6 p.m. on Friday.",
        "We will say more every 30 minutes until it is over.",
    ),
    ("H5", "es"): (
        "Actualizaremos aquí a las 16:00.",
        "Próximo comunicado: 16:00.",
        "Las novedades están siempre en estado.korvo.example/pagos.",
        "Mañana a las 9 os daremos los resultados.",
        "Informaremos cada media hora hasta que termine.",
    ),
    ("H6", "en"): (
        "Write to help.nordavena.example.",
        "Follow @nordavena.example here.",
        "Write to help@nordavena.example or call 900 123 456.",
    ),
    ("H6", "es"): (
        "Escribe a ayuda.nordavena.example.",
        "Sigue aquí a @nordavena.example.",
        "Llama al 900 123 456.",
    ),
}


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in TRIPS.items() for text in texts])
def test_a_text_that_lacks_it_is_found(check: str, lang: str, text: str) -> None:
    assert [finding.level for finding in of(check, text, replace(CASE, lang=lang))] == [LEVELS[check]]


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in PASSES.items() for text in texts])
def test_a_text_that_says_it_is_let_through(check: str, lang: str, text: str) -> None:
    assert of(check, text, replace(CASE, lang=lang)) == []


def test_late_concern_is_pointed_at() -> None:
    for lang, text, words in (
        ("en", TRIPS["H3", "en"][2], "We are sorry"),
        ("es", TRIPS["H3", "es"][2], "Lo sentimos"),
    ):
        found = of("H3", text, replace(CASE, lang=lang))
        assert pointed(text, found) == [words]
        assert found[0].reason.params["words"] == words


# --- H7 and H9: words that must not stand, and where they stand -------------------------------------------

FORBIDDEN = (
    ("H7", "en", "The glass is probably from the cap.", ["probably"]),
    ("H7", "en", "Rumours that the water is bad are false. It may have been caused by a valve.", None),
    ("H7", "en", "It was user error, and out of our control.", ["user error", "out of our control"]),
    ("H7", "es", "El cristal es probablemente del tapón.", ["probablemente"]),
    ("H7", "es", "Son falsos los rumores de que el agua está mal.", ["rumores de que"]),
    ("H7", "es", "Fue un error del usuario, y TAL VEZ un mal uso.", ["error del usuario", "TAL VEZ", "mal uso"]),
    ("H9", "en", "On the cause: no comment.", ["no comment"]),
    ("H9", "en", "We don’t comment on open cases.", ["We don’t comment"]),
    ("H9", "en", "Korvo declined\nto comment.", ["declined\nto comment"]),
    ("H9", "es", "Sobre la causa, sin comentarios.", ["sin comentarios"]),
    ("H9", "es", "No vamos a comentar casos abiertos.", ["No vamos a comentar"]),
    ("H9", "es", "Preferimos no pronunciarnos.", ["Preferimos no pronunciarnos"]),
)
HARMLESS = (
    ("H7", "en", "We think of everyone who feels unwell, and we believe in telling you early."),
    ("H7", "en", "We do not know the cause yet. The probability of harm is being measured."),
    ("H7", "en", "The fault is ours. We are responsible for what leaves our plant."),
    ("H7", "es", "Pensamos en quienes se encuentran mal y creemos en contarlo pronto."),
    ("H7", "es", "Todavía no conocemos la causa. La improbabilidad no nos basta."),
    ("H7", "es", "El fallo es nuestro. Somos responsables de lo que sale de la planta."),
    ("H9", "en", "We read every comment and answer at 16:00."),
    ("H9", "en", "There is nothing to hide: the report is public."),
    ("H9", "en", "We will comment on the cause at 16:00."),
    ("H9", "es", "Leemos cada comentario y contestamos a las 16:00."),
    ("H9", "es", "No hay nada que ocultar: el informe es público."),
    ("H9", "es", "Comentaremos la causa a las 16:00."),
)


@pytest.mark.parametrize(("check", "lang", "text", "words"), FORBIDDEN)
def test_words_that_do_harm_are_pointed_at(check: str, lang: str, text: str, words: list[str] | None) -> None:
    found = of(check, text, replace(CASE, lang=lang))
    assert {finding.level for finding in found} == {"B"}
    expected = words if words is not None else ["Rumours that", "may have been caused"]
    assert sorted(pointed(text, found)) == sorted(expected)
    assert all(finding.reason.params["words"] in expected for finding in found)


@pytest.mark.parametrize(("check", "lang", "text"), HARMLESS)
def test_words_that_only_look_alike_are_let_through(check: str, lang: str, text: str) -> None:
    assert of(check, text, replace(CASE, lang=lang)) == []


def test_a_protected_name_is_found_wherever_it_stands_and_nowhere_else() -> None:
    case = replace(CASE, lang="es", protected_names=("Ana Ruiz", "Ana", " "))
    text = "Mañana hablaremos con la familia de ANA  RUIZ. Ana está bien; Anabel, también."
    assert pointed(text, of("H7", text, case)) == ["ANA  RUIZ", "ANA", "Ana"]
    straße = "In der Straße wartet Ánä."
    assert pointed(straße, of("H7", straße, case)) == ["Ánä"]


# --- H1, H8, H10: what the facts allow ------------------------------------------------------------------

FLAT = {"en": "Lot 4471 left our plant on 2 March.", "es": "El lote 4471 salió de la planta el 2 de marzo."}
HEDGED = {
    "en": (
        "As far as we know, lot 4471 left our plant on 2 March.",
        "Lot 4471 left our plant; if the facts change we will correct this.",
        "First information: lot 4471 left our plant on 2 March.",
    ),
    "es": (
        "Por lo que sabemos, el lote 4471 salió de la planta el 2 de marzo.",
        "El lote 4471 salió de la planta; si los hechos cambian, lo corregiremos.",
        "Primera información: el lote 4471 salió de la planta el 2 de marzo.",
    ),
}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_statement_stands_on_a_confirmed_fact(lang: str) -> None:
    case = replace(CASE, lang=lang)
    for cited in ((), ("F2",)):
        facts = {**case.facts, "F2": fact("F2", "The valve leaks", status="unconfirmed")}
        found = of("H1", HEDGED[lang][0], replace(case, facts=facts, cited=cited))
        assert [(finding.level, finding.group) for finding in found] == [("B", "accountability")]
        assert "Cite at least one confirmed fact" in found[0].reason.id
    assert of("H1", FLAT[lang], case) == []
    assert of("H1", FLAT[lang], replace(case, cited=(), declared_at=None)) == []


def test_a_fact_that_does_not_exist_is_not_cited_beside_one_that_does() -> None:
    found = of("H1", FLAT["en"], replace(CASE, cited=("F1", "F99")))
    assert [(finding.level, finding.reason.params) for finding in found] == [("B", {"fact": "F99"})]
    assert len(of("H1", FLAT["en"], replace(CASE, cited=("F99",)))) == 2


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_fact_that_is_not_confirmed_is_never_stated_flat(lang: str) -> None:
    facts = {**CASE.facts, "F2": fact("F2", "The valve leaks", status="unconfirmed")}
    case = replace(CASE, lang=lang, facts=facts, cited=("F1", "F2"))
    assert [finding.reason.params["fact"] for finding in of("H1", FLAT[lang], case)] == ["F2"]
    assert [finding.level for finding in of("H8", FLAT[lang], case)] == ["W"]
    for text in HEDGED[lang]:
        assert of("H1", text, case) == []
        assert of("H8", text, case) == []


@pytest.mark.parametrize("standing", ["contested", "retracted"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_fact_that_was_taken_back_cannot_be_hedged(lang: str, standing: FactStatus) -> None:
    facts = {**CASE.facts, "F2": fact("F2", "The valve leaks", status=standing)}
    case = replace(CASE, lang=lang, facts=facts, cited=("F1", "F2"))
    assert [finding.reason.params["fact"] for finding in of("H1", HEDGED[lang][0], case)] == ["F2"]


REPAIR = (
    ("en", "Payments will be restored in 2 hours.", "in 2 hours"),
    ("en", "The app is back online within about 30 minutes.", "within about 30 minutes"),
    ("en", "We will fix the cable in half an hour.", None),
    ("es", "Los pagos estarán restablecidos en 2 horas.", "en 2 horas"),
    ("es", "La aplicación volverá a funcionar dentro de unos 30 minutos.", "dentro de unos 30 minutos"),
    ("es", "Solucionaremos la avería en pocos días.", "en pocos días"),
)


@pytest.mark.parametrize(("lang", "text", "words"), REPAIR)
def test_a_promised_repair_time_is_pointed_at(lang: str, text: str, words: str | None) -> None:
    case = replace(CASE, lang=lang)
    found = of("H10", text, case)
    assert [finding.level for finding in found] == ["W"]
    assert pointed(text, found) == [words or "in half an hour"]
    held = {**CASE.facts, "F3": fact("F3", "The crew: " + text)}
    assert of("H10", text, replace(case, facts=held)) == []
    doubted = {**CASE.facts, "F3": fact("F3", "The crew: " + text, status="unconfirmed")}
    assert len(of("H10", text, replace(case, facts=doubted))) == 1
    other = {**CASE.facts, "F3": fact("F3", "within 9 hours, en 9 horas")}
    assert len(of("H10", text, replace(case, facts=other))) == 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "We will update you in one hour."),
        ("en", "We are repairing the cable. We speak again in 30 minutes."),
        ("en", "41 reports came in 2 days."),
        ("es", "Actualizaremos en una hora."),
        ("es", "Estamos reparando el cable. Volvemos a hablar en 30 minutos."),
        ("es", "Llegaron 41 avisos en 2 días."),
    ],
)
def test_a_time_for_the_next_word_is_no_repair_time(lang: str, text: str) -> None:
    assert of("H10", text, replace(CASE, lang=lang)) == []


# --- H11: what people can do ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "We check every call, and our teams visit each shop."),
        ("en", "The follow-up keeps us busy; people use the report."),
        ("en", "We are sorry. We have stopped line 3."),
        ("es", "La investigación sigue y el equipo visita cada tienda."),
        ("es", "Puede que el lote llegara a otras tiendas. Pueden ser dos."),
        ("es", "Lo sentimos. Hemos parado la línea 3."),
    ],
)
def test_a_text_that_tells_people_nothing_to_do_is_found(lang: str, text: str) -> None:
    assert [finding.level for finding in of("H11", text, replace(CASE, lang=lang))] == ["W"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "What you can do: nothing yet."),
        ("en", "We are sorry. Keep the carton."),
        ("en", "– do not drink lot 4471"),
        ("es", "Lo sentimos. No lo toméis: lo retiramos."),
        ("es", "No la consuman y guarden el envase."),
        ("es", "Puedes devolverlo en tienda."),
        ("es", "Lo sentimos. Guarda el cartón."),
        ("es", "Si tienes el lote 4471, no lo abras y llama al 900 123 456."),
    ],
)
def test_a_text_that_tells_people_what_to_do_is_let_through(lang: str, text: str) -> None:
    assert of("H11", text, replace(CASE, lang=lang)) == []


CITED = (
    ("en", "Flight 212 came back to Brack at 10:40 with smoke in the cabin."),
    ("en", "A list of names was taken from our clinic."),
    ("en", "The slide in the park has a crack."),
    ("en", "Two cards of each hundred were charged twice."),
    ("en", "The lift stood still between two floors."),
    ("es", "El vuelo 212 regresó a Brea a las 10:40 con humo en la cabina."),
    ("es", "Se llevaron una lista de nombres de nuestra clínica."),
    ("es", "El tobogán del parque tiene una grieta."),
    ("es", "Dos de cada cien tarjetas se cobraron dos veces."),
    ("es", "El elevador se quedó parado entre dos pisos."),
)
HEDGES = {
    "en": ("So far we know: ", "As of now: ", "Preliminary: ", "Not yet confirmed: ", "At this point: "),
    "es": ("De momento: ", "A esta hora: ", "Información preliminar: ", "Sin confirmar: ", "Hasta ahora: "),
}


@pytest.mark.parametrize(("n", "lang", "text"), [(n % 5, *pair) for n, pair in enumerate(CITED)])
def test_what_is_cited_and_not_confirmed_wants_a_hedge_and_with_one_it_passes(n: int, lang: str, text: str) -> None:
    facts = {**CASE.facts, "F2": fact("F2", text, status="unconfirmed")}
    case = replace(CASE, lang=lang, facts=facts, cited=("F1", "F2"))
    assert [finding.level for finding in of("H1", text, case)] == ["B"]
    assert [finding.level for finding in of("H8", text, case)] == ["W"]
    assert of("H1", HEDGES[lang][n] + text, case) == []
    assert of("H8", HEDGES[lang][n] + text, case) == []
    sure = replace(case, facts={**facts, "F2": fact("F2", text)})
    assert of("H1", text, sure) == of("H8", text, sure) == []
