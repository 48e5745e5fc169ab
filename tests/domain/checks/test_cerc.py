"""E1–E6: the six principles, as findings and as gauges, in English and Spanish."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from warroom.domain.checks.cerc import Principle, first_words, gauges
from warroom.domain.checks.finding import Case, Said
from warroom.domain.networks import network_names
from warroom.services.wordlists import load_lists

from .judging import CASE, NOW, fact, judged, of, pointed
from .statements import GOOD

TRIPS = {
    ("E2", "en"): (
        "We are sorry. Lot 4471 was withdrawn at 14:10.",
        "What we know: 41 reports, all of lot 4471. What we are doing: we have stopped line 3.",
        "We are sorry for the delay. Our engineers are replacing the cable.",
        "We have closed the shop and called in the police. Please change your password.",
        "Eleven people were hurt. We have taken the ferry out of service.",
    ),
    ("E2", "es"): (
        "Lo sentimos. El lote 4471 se retiró a las 14:10.",
        "Qué sabemos: 41 avisos, todos del lote 4471. Qué hacemos: hemos parado la línea 3.",
        "Sentimos el retraso. Nuestros equipos están cambiando el cable.",
        "Hemos cerrado la tienda y hemos avisado a la policía. Cambia tu contraseña.",
        "Hay once personas heridas. Hemos retirado el barco del servicio.",
    ),
    ("E4", "en"): (
        "Your safety comes first. We have withdrawn lot 4471.",
        "We take this seriously and have stopped line 3.",
        "We are treating it as urgent. Our engineers are on the way.",
        "We care about every customer. The shop is closed until further notice.",
        "People's safety is what we work for. The ferry stays in port.",
    ),
    ("E4", "es"): (
        "Vuestra seguridad es lo primero. Hemos retirado el lote 4471.",
        "Nos lo tomamos en serio y hemos parado la línea 3.",
        "Lo tratamos como urgente. Nuestros equipos van de camino.",
        "Estamos con las personas afectadas. La tienda sigue cerrada.",
        "La salud es lo primero. El barco se queda en puerto.",
    ),
    ("E5", "en"): (
        "We are sorry. The laboratory has not found the cause so far.",
        "15 people have now told us that they felt ill. We have called each of them.",
        "Payments work again since 18:10. We are sorry for the long wait.",
        "We let you down last night, and we are responsible.",
        "The ferry is back in service. We know how frightening that day was.",
    ),
    ("E5", "es"): (
        "Lo sentimos. El laboratorio todavía no conoce la causa.",
        "Ya son 15 las personas que se sintieron mal. Hemos llamado a todas.",
        "Los pagos funcionan desde las 18:10. Sentimos la espera.",
        "Anoche os fallamos y la responsabilidad es nuestra.",
        "El barco vuelve a navegar. Sabemos el miedo que pasasteis.",
    ),
    ("E6", "en"): (
        "We ask everybody to stay calm.",
        "There is no reason to panic: one lot is affected.",
        "Some media have blown this out of proportion.",
        "As everyone knows, oat drink can spoil in the sun.",
        "Had you read the label, you would know this.",
    ),
    ("E6", "es"): (
        "Pedimos calma a todo el mundo.",
        "Que no cunda el pánico: es un solo lote.",
        "No os preocupéis, todo está controlado.",
        "Como ya hemos dicho, el lote está retirado.",
        "Obviamente, la bebida se estropea al sol.",
    ),
}
PASSES = {
    ("E2", "en"): (
        "We know of 41 reports. We do not know the cause yet. We are testing every lot.",
        "So far we have confirmed 41 reports; our engineers are replacing the valve.",
        "What we know: one lot. What we do not know yet: why. What we are doing: we have stopped line 3.",
        "We have seen that payments fail. The cause is not yet known. We are working on it.",
        "We can confirm that eleven people were hurt. We cannot say yet why. We have closed the pier.",
    ),
    ("E2", "es"): (
        "Sabemos de 41 avisos. Todavía no sabemos la causa. Estamos analizando cada lote.",
        "Hasta ahora hemos confirmado 41 avisos y estamos cambiando la válvula.",
        "Qué sabemos: un lote. Qué no sabemos: por qué. Qué hacemos: hemos parado la línea 3.",
        "Hemos visto que fallan los pagos. Desconocemos la causa. Estamos trabajando en ello.",
        "Podemos confirmar que hay once heridos. Aún no sabemos por qué. Hemos cerrado el muelle.",
    ),
    ("E4", "en"): (
        "Your safety comes first, and we know how frightening this is. We have withdrawn lot 4471.",
        "We are sorry. We take this seriously and have stopped line 3.",
        "We care, and we are angry with ourselves. Our engineers are on the way.",
        "We know that many of you are worried about your families. We take every report.",
        "Our thoughts are with the eleven people who were hurt. The ferry stays in port.",
    ),
    ("E4", "es"): (
        "Vuestra seguridad es lo primero y entendemos el miedo. Hemos retirado el lote 4471.",
        "Lo sentimos. Nos lo tomamos en serio y hemos parado la línea 3.",
        "Nos importa, y entendemos vuestro enfado. Nuestros equipos van de camino.",
        "Sabemos que preocupa a muchas familias; lo tratamos como urgente.",
        "Nos duele lo ocurrido y estamos con las once personas heridas. El barco se queda en puerto.",
    ),
    ("E5", "en"): (
        "We are sorry. Please keep the carton.",
        "15 people have now told us that they felt ill. If you did too, call 900 123 456.",
        "Payments work again. You can ask for your fee back in the app.",
        "We let you down last night. Send us the receipt of your taxi.",
        "The ferry is back in service. What you can do: bring your old ticket.",
    ),
    ("E5", "es"): (
        "Lo sentimos. Guarda el cartón, por favor.",
        "Ya son 15 las personas que se sintieron mal. Si te pasó, llama al 900 123 456.",
        "Los pagos funcionan. Puedes pedir la comisión en la aplicación.",
        "Anoche os fallamos. Escribid a ayuda.salaluz.example.",
        "El barco vuelve a navegar. Qué puedes hacer: trae el billete antiguo, por favor.",
    ),
    ("E6", "en"): (
        "We understand that people are frightened. One lot is affected.",
        "The people of Brack kept each other safe last night. Thank you.",
        "We should have told you earlier. That was our mistake.",
        "You asked us why. We do not know yet.",
        "Nobody has to prove anything: tell us what happened, and we call you.",
    ),
    ("E6", "es"): (
        "Entendemos el miedo. Está afectado un lote.",
        "Los vecinos de Brea se cuidaron anoche. Gracias.",
        "Deberíamos haberlo dicho antes. Fue error nuestro.",
        "Nos preguntáis por qué. Todavía no lo sabemos.",
        "Nadie tiene que probar nada: cuéntanos qué pasó y te llamamos.",
    ),
}  # fmt: skip
UPDATE = replace(CASE, purpose="update", cited=(), facts={})


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in TRIPS.items() for text in texts])
def test_a_principle_that_is_not_kept_is_said(check: str, lang: str, text: str) -> None:
    assert {finding.level for finding in of(check, text, replace(UPDATE, lang=lang))} == {"W"}


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in PASSES.items() for text in texts])
def test_a_principle_that_is_kept_is_not(check: str, lang: str, text: str) -> None:
    assert of(check, text, replace(UPDATE, lang=lang)) == []


@pytest.mark.parametrize(("lang", "purpose", "text"), [(lang, *pair) for lang, pairs in GOOD.items() for pair in pairs])
def test_a_whole_good_statement_keeps_all_six(lang: str, purpose: str, text: str) -> None:
    case = replace(CASE, lang=lang, purpose=purpose, allowed=("900 123 456",))
    findings = [finding for finding in judged(text, case) if finding.level != "I"]
    assert findings == []
    met = {gauge.principle: gauge.met for gauge in gauges(text, replace(case, declared_at=NOW), load_lists())}
    assert met == dict.fromkeys(("first", "right", "credible", "empathy", "action", "respect"), True)


def test_what_talks_people_down_is_pointed_at() -> None:
    text = "Please stay calm. There is no reason to panic."
    assert pointed(text, of("E6", text)) == ["stay calm", "no reason to panic"]
    texto = "Rogamos calma: que no cunda el pánico."
    assert pointed(texto, of("E6", texto, replace(CASE, lang="es"))) == ["calma", "que no cunda", "pánico"]


def test_in_a_first_word_looking_into_it_is_enough_for_what_is_not_known() -> None:
    text = "We have seen your reports. We are checking each of them."
    assert of("E2", text, replace(CASE, purpose="first-word")) == []
    assert len(of("E2", text)) == 1


def test_a_gap_is_told_by_one_check_only() -> None:
    bare = "Lot 4471 was withdrawn at 14:10."
    told = [finding.check for finding in judged(bare)]
    assert {"H3", "H4", "H11"} <= set(told)
    assert not {"E4", "E5"} & set(told)
    assert "be doing" not in str(of("E2", bare))


# --- be first ---------------------------------------------------------------------------------------------------


def said(networks: tuple[str, ...], minutes: int, facts: tuple[str, ...] = ()) -> Said:
    at = NOW - timedelta(minutes=23) + timedelta(minutes=minutes)
    return Said(id="S1", text="We know.", lang="en", purpose="first-word", at=at, networks=networks, facts=facts)


OUT = replace(CASE, networks=("web", "x", "mastodon"), said=(said(("web",), 10), said(("web", "x"), 14)))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_network_that_has_heard_nothing_is_named(lang: str) -> None:
    found = of("E1", "…", replace(OUT, lang=lang))
    assert [(f.level, f.reason.params["networks"], f.reason.params["time"]) for f in found] == [
        ("W", "Mastodon", timedelta(minutes=23))
    ]
    for fine in (
        replace(OUT, networks=("web", "x")),
        replace(OUT, first_word_due=30),
        replace(OUT, declared_at=None),
        replace(OUT, said=()),
        replace(OUT, said=(), first_word_at=None, purpose="first-word"),
    ):
        assert of("E1", "…", replace(fine, lang=lang)) == []
    assert len(of("E1", "…", replace(OUT, said=(), first_word_at=None))) == 1


def test_the_minutes_are_told_per_network() -> None:
    assert first_words(OUT) == {"web": timedelta(minutes=10), "x": timedelta(minutes=14), "mastodon": None}
    assert first_words(replace(OUT, declared_at=None)) == {}


def met(case: Case, principle: Principle, text: str = "We are sorry.") -> bool | None:
    return {gauge.principle: gauge.met for gauge in gauges(text, case, load_lists())}[principle]


def test_the_gauge_of_be_first() -> None:
    assert met(replace(CASE, declared_at=None), "first") is None
    assert met(OUT, "first") is False
    assert met(CASE, "first") is True
    assert met(replace(CASE, first_word_due=12), "first") is False
    assert met(replace(OUT, networks=("web", "x")), "first") is True
    assert met(replace(OUT, networks=("x",), first_word_due=12), "first") is False
    assert met(replace(CASE, said=(), first_word_at=None, first_word_due=30), "first") is True


# --- be credible --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_confirmed_fact_that_nobody_tells_is_asked_about(lang: str) -> None:
    facts = {**CASE.facts, "F2": fact("F2", "The alarm was off"), "F3": fact("F3", "A guess", status="unconfirmed")}
    case = replace(CASE, lang=lang, facts=facts)
    found = of("E3", "…", case)
    assert [(f.level, f.asks, f.reason.params["facts"]) for f in found] == [("W", True, "F2")]
    assert met(case, "credible") is False
    yes = replace(case, answered=frozenset({"E3"}))
    assert of("E3", "…", yes) == []
    assert met(yes, "credible") is True
    for fine in (
        replace(case, cited=("F1", "F2")),
        replace(case, said=(said(("web",), 10, facts=("F2",)),)),
        replace(case, facts={}),
        replace(case, declared_at=None),
        replace(case, facts={"F3": facts["F3"]}),
    ):
        assert of("E3", "…", fine) == []
    assert met(replace(case, declared_at=None), "credible") is None


def test_the_gauges_say_what_is_missing() -> None:
    text = "Please stay calm."
    told = {gauge.check: gauge for gauge in gauges(text, replace(CASE, cited=()), load_lists())}
    assert list(told) == ["E1", "E2", "E3", "E4", "E5", "E6"]
    assert [gauge.met for gauge in told.values()] == [True, False, False, False, True, False]
    assert "what you know, what you do not know yet, and what you are doing" in told["E2"].said.id
    answered = replace(CASE, cited=(), answered=frozenset({"E2", "E4"}))
    assert met(answered, "right", text) is True
    assert met(answered, "empathy", text) is True


def test_the_gauges_read_a_language_by_its_first_part_and_say_where_they_cannot() -> None:
    text = GOOD["es"][1][1]
    assert gauges(text, replace(CASE, lang="es-MX"), load_lists()) == gauges(
        text, replace(CASE, lang="es"), load_lists()
    )
    unread = {gauge.check: gauge.met for gauge in gauges(text, replace(CASE, lang="pt"), load_lists())}
    assert unread == {"E1": True, "E2": None, "E3": True, "E4": None, "E5": None, "E6": None}


LATER = timedelta(minutes=40)


@pytest.mark.parametrize(
    ("case", "networks"),
    [
        (replace(OUT, said=(said(("web",), 10),)), ("x", "mastodon")),
        (replace(OUT, purpose="full", networks=("linkedin",)), ("linkedin",)),
        (replace(OUT, first_word_due=5, declared_at=NOW - timedelta(minutes=6)), ("mastodon",)),
        (replace(CASE, networks=("web", "x"), said=(), first_word_at=None), ("web", "x")),
        (replace(OUT, purpose="first-word", now=NOW + LATER), ("mastodon",)),
        (replace(OUT, lang="es-MX", said=(said(("mastodon",), 30),)), ("web", "x")),
    ],
)
def test_silence_on_a_network_is_told_of_every_kind_of_text(case: Case, networks: tuple[str, ...]) -> None:
    assert [f.reason.params["networks"] for f in of("E1", "…", case)] == [network_names(list(networks))]


@pytest.mark.parametrize(
    ("cited", "told", "facts"),
    [
        (("F1",), (), "F2, F3"),
        (("F2",), (), "F1, F3"),
        (("F1", "F2"), (), "F3"),
        (("F1",), ("F3",), "F2"),
        (("F1", "F9"), ("F2",), "F3"),
        (("F3", "F4"), ("F1",), "F2"),
    ],
)
def test_each_confirmed_fact_that_is_left_out_is_named(
    cited: tuple[str, ...], told: tuple[str, ...], facts: str
) -> None:
    known = {name: fact(name, "The alarm was off") for name in ("F1", "F2", "F3")}
    known["F4"] = fact("F4", "A guess", status="unconfirmed")
    case = replace(CASE, facts=known, cited=cited, said=(said(("web",), 10, facts=told),))
    assert [f.reason.params["facts"] for f in of("E3", "…", case)] == [facts]
