"""S1–S9, in English and Spanish: what trips, what passes, and what the crisis around the text changes."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from warroom.domain.checks.finding import Case, Level, Said
from warroom.domain.checks.judge import CHECKS
from warroom.domain.events import Cluster, History
from warroom.domain.ledger import Fact

from .judging import CASE, NOW, fact, judged, of, pointed

PREVENTABLE = replace(CASE, cluster="preventable", cause="human-error")
VICTIM = replace(CASE, cluster="victim", cause="tampering")
UNKNOWN = replace(CASE, cluster="unknown", cause="", history="unknown")
LEVELS: dict[str, Level] = {"S1": "W", "S2": "W", "S3": "W", "S4": "W", "S5": "I", "S6": "W", "S7": "W", "S8": "W"}
LEVELS["S9"] = "W"
CASES = {"S1": PREVENTABLE, "S6": UNKNOWN, "S7": VICTIM}
"""The crisis in which a check is tried, where it is not that of the others."""

TRIPS = {
    ("S1", "en"): (
        "We are sorry. The contamination of lot 4471 was beyond our control.",
        "The cleaning agent got into the tank by accident, and we have stopped line 3.",
        "We only wanted to offer you a fresher drink when we shortened the test.",
        "This was an isolated incident on line 3, and the lot is off the shelves.",
        "These things happen in food production, and we are checking every tank.",
        "We too are victims of this, and we are checking every tank.",
    ),
    ("S1", "es"): (
        "Lo sentimos. La contaminación del lote 4471 fue ajena a nuestra voluntad.",
        "El detergente llegó al tanque por accidente y hemos parado la línea 3.",
        "Solo queríamos ofreceros una bebida más fresca cuando acortamos la prueba.",
        "Ha sido un caso aislado en la línea 3 y el lote está retirado.",
        "Son cosas que pasan en la industria y estamos revisando cada tanque.",
        "Nosotros también somos víctimas de lo ocurrido y estamos revisando cada tanque.",
    ),
    ("S2", "en"): (
        "We have done nothing wrong. It was our mistake not to tell you sooner, and we apologise to every family.",
        "The report is false. Only a handful of cartons were affected.",
        "We deny that anyone fell ill. The cleaning agent got in by accident.",
        "It is not true that we hid it; we should have told you on Monday.",
        "This is not our fault. We apologise to all our customers for what they went through.",
    ),
    ("S2", "es"): (
        "No hemos hecho nada malo. Nos equivocamos al no avisar antes y pedimos perdón a cada familia.",
        "La noticia es falsa: no es cierto. Solo afecta a un puñado de cartones.",
        "Negamos que nadie enfermara. El detergente entró por accidente.",
        "No es verdad que lo ocultáramos; debimos avisaros el lunes.",
        "No es culpa nuestra. Pedimos perdón a todos nuestros clientes por lo que han pasado.",
    ),
    ("S3", "en"): (
        "The reports about lot 4471 are completely false.",
        "We categorically deny any problem with our oat drink.",
        "There is no problem with lot 4471, and you may go on drinking it.",
        "The claims that appeared on Tuesday are unfounded.",
        "It is not true that our drink makes people ill.",
    ),
    ("S3", "es"): (
        "Las informaciones sobre el lote 4471 son falsas.",
        "Desmentimos categóricamente cualquier problema con nuestra bebida de avena.",
        "No hay ningún problema con el lote 4471 y podéis seguir bebiéndolo.",
        "Las acusaciones aparecidas el martes carecen de fundamento.",
        "No es cierto que nuestra bebida haga enfermar a nadie.",
    ),
    ("S4", "en"): (
        "These posts are part of a smear campaign against Nordavena.",
        "We will take legal action against anyone who shares the video.",
        "The author of the thread is lying about our plant.",
        "A few troublemakers are trying to harm us.",
        "The so-called experts quoted in the article have a hidden agenda.",
    ),
    ("S4", "es"): (
        "Estas publicaciones forman parte de una campaña de desprestigio contra Nordavena.",
        "Emprenderemos acciones legales contra quienes difundan el vídeo.",
        "El autor del hilo miente sobre nuestra planta.",
        "Hay quien solo busca notoriedad y quieren hacernos daño.",
        "Los supuestos expertos citados en el artículo actúan de mala fe.",
    ),
    ("S5", "en"): (
        "Nordavena has made oat drink since 1994. We are sorry about lot 4471.",
        "Quality is our priority, and our lot 4471 is being tested.",
        "We are proud of our plant in Brea. Some families feel unwell, and we are sorry.",
        "As a market leader in oat drinks we have stopped line 3.",
        "Our products are trusted by families everywhere. We apologise for what happened with lot 4471.",
    ),
    ("S5", "es"): (
        "Nordavena lleva treinta años elaborando bebida de avena. Sentimos lo ocurrido con el lote 4471.",
        "Somos una empresa líder y el lote 4471 se está analizando.",
        "Estamos orgullosos de nuestra planta de Brea. Algunas familias se encuentran mal y lo sentimos.",
        "Cumplimos todas las normas. Hemos parado la línea 3.",
        "Siempre hemos cuidado de las familias. Pedimos disculpas por lo ocurrido con el lote 4471.",
    ),
    ("S6", "en"): (
        "We are sorry. It was our mistake, and we have stopped line 3.",
        "We are checking lot 4471. This was beyond our control.",
        "We deny that lot 4471 harmed anybody.",
        "It is an isolated case, and we are looking into it.",
        "Our supplier failed, and we have called every shop.",
    ),
    ("S6", "es"): (
        "Lo sentimos. Nos equivocamos y hemos parado la línea 3.",
        "Estamos revisando el lote 4471. Fue ajeno a nuestro control.",
        "Negamos que el lote 4471 haya hecho daño a nadie.",
        "Es un caso aislado y lo estamos investigando.",
        "Fue un fallo de nuestro proveedor y hemos llamado a cada tienda.",
    ),
    ("S7", "en"): (
        "We are sorry. We failed to seal the cartons.",
        "The valve was left open through human error.",
        "We should have checked the seal before lot 4471 left the plant.",
        "The mistake was ours, and line 3 stands still.",
        "We knew about the seal on Friday and take full responsibility.",
    ),
    ("S7", "es"): (
        "Lo sentimos. Fallamos al sellar los cartones.",
        "La válvula quedó abierta por un error humano.",
        "Debimos revisar el precinto antes de que saliera el lote 4471.",
        "El error es nuestro: reconocemos el error y la línea 3 está parada.",
        "Ya lo sabíamos el viernes y asumimos la responsabilidad.",
    ),
    ("S8", "en"): (
        "We are heartbroken. Our thoughts are with everyone affected.",
        "We are deeply sorry for what you are going through. You are in our hearts.",
        "We take this seriously and we care about each of you.",
        "Our hearts go out to the families. Nothing matters more to us than people.",
        "We understand how you feel, and we are sorry.",
    ),
    ("S8", "es"): (
        "Estamos destrozados. Pensamos en las familias.",
        "Lamentamos profundamente lo que estáis pasando. Os llevamos en el corazón.",
        "Nos lo tomamos muy en serio y nos importa cada uno de vosotros.",
        "Nuestro pésame a las familias. Nada nos importa más que las personas.",
        "Entendemos la preocupación y lo sentimos.",
    ),
    ("S9", "en"): (
        "Oops! That advert did not age well.",
        "Our oats are fine, our copywriter less so 😂",
        "We hear you about the cup size. Plot twist: it comes back on Monday.",
        "Hahaha, fair enough: the new label is ugly.",
        "We are changing the slogan ;)",
    ),
    ("S9", "es"): (
        "¡Ups! Ese anuncio no ha envejecido bien.",
        "La avena está bien, nuestro redactor no tanto 😂",
        "Os hemos oído con lo del vaso. Bromas aparte, vuelve el lunes.",
        "Jajaja, tenéis razón: la etiqueta nueva es fea.",
        "Vamos a cambiar el eslogan ;)",
    ),
}

PASSES = {
    ("S1", "en"): (
        "We failed to rinse tank 3. We are sorry, and we will refund every carton of lot 4471.",
        "This was no accident: we shortened the rinse, and that was wrong of us.",
        "It was not beyond our control. We could have stopped it on Friday.",
        "This is not an isolated case: three lots came from the same tank.",
        "We have isolated the affected tank and stopped line 3.",
    ),
    ("S1", "es"): (
        "No enjuagamos el tanque 3. Lo sentimos y reembolsaremos cada cartón del lote 4471.",
        "No fue un accidente: acortamos el enjuagado y lo hicimos mal.",
        "No era ajeno a nuestra voluntad. Pudimos pararlo el viernes.",
        "No es un caso aislado: tres lotes salieron del mismo tanque.",
        "Hemos aislado el tanque afectado y parado la línea 3.",
    ),
    ("S2", "en"): (
        "We are sorry for the worry. It is not true that lot 4480 is affected; the laboratory results are below.",
        "We deny nothing: we failed, and we apologise to every family.",
        "The photo is false. We apologise for the confusion that our late answer caused.",
        "We made a mistake and we are sorry. Lot 4471 is off the shelves.",
        "On Monday we said that the report was false. We got it wrong.",
    ),
    ("S2", "es"): (
        "Sentimos la preocupación. No es cierto que el lote 4480 esté afectado; abajo están los resultados.",
        "Nos equivocamos y pedimos perdón a cada familia. No vamos a discutirlo.",
        "La foto es falsa: es falso lo que muestra. Pedimos disculpas por la confusión que causó nuestro silencio.",
        "Cometimos un error y lo sentimos. El lote 4471 está retirado.",
        "No negamos lo ocurrido: el lunes nos equivocamos.",
    ),
    ("S3", "en"): (
        "We cannot say yet whether the reports are linked to lot 4471.",
        "Lots 4470 and 4472 were tested this morning and are free of the agent.",
        "We do not deny that some families fell ill.",
        "No passwords were taken. The attackers saw names and addresses.",
        "On Monday we told you that only one lot was affected. That was wrong.",
    ),
    ("S3", "es"): (
        "Todavía no podemos decir si los avisos se deben al lote 4471.",
        "Los lotes 4470 y 4472 se analizaron esta mañana y están limpios.",
        "No negamos que algunas familias hayan enfermado.",
        "No se llevaron contraseñas. Los atacantes vieron nombres y direcciones.",
        "El lunes os dijimos que solo había un lote afectado. Nos equivocamos.",
    ),
    ("S4", "en"): (
        "Thank you to those who told us first, among them the author of the thread.",
        "Somebody put a malicious program on our servers at 09:10.",
        "We have reported the theft to the police.",
        "The article asks the right question, and we answer it below.",
        "Some of you are angry, and you have every reason to be.",
    ),
    ("S4", "es"): (
        "Gracias a quienes nos avisaron primero, entre ellos el autor del hilo.",
        "Alguien instaló un programa malicioso en nuestros servidores a las 09:10.",
        "Hemos denunciado el robo a la policía.",
        "El artículo hace la pregunta correcta y la respondemos abajo.",
        "Algunos estáis enfadados y tenéis motivos.",
    ),
    ("S5", "en"): (
        "We are sorry. Lot 4471 is off the shelves since 14:10.",
        "Some families feel unwell, and we are sorry. Nordavena has made oat drink since 1994 and never saw this.",
        "We have been working on it since 14:10 with an independent laboratory.",
        "The leader of our laboratory explains the result below.",
        "We apologise. Our highest standards were not met on line 3.",
    ),
    ("S5", "es"): (
        "Lo sentimos. El lote 4471 está retirado desde las 14:10.",
        "Algunas familias se encuentran mal y lo sentimos. Nordavena lleva treinta años en esto.",
        "Llevamos desde las 14:10 trabajando con un laboratorio independiente.",
        "La jefa del laboratorio explica abajo el resultado.",
        "Pedimos disculpas. En la línea 3 no se cumplieron nuestros máximos estándares.",
    ),
    ("S6", "en"): (
        "We are sorry. Lot 4471 is off the shelves, and we are checking every report.",
        "We do not know the cause yet. Please do not drink lot 4471.",
        "We apologise to everyone who is worried. Next word at 16:00.",
        "Bring lot 4471 back to any shop: we refund it without a receipt.",
        "We cannot say yet whether it was our fault; an independent laboratory is testing it.",
    ),
    ("S6", "es"): (
        "Lo sentimos. El lote 4471 está retirado y estamos comprobando cada aviso.",
        "Todavía no conocemos la causa. No bebáis el lote 4471, por favor.",
        "Pedimos disculpas a quienes estáis preocupados. Próxima información a las 16:00.",
        "Devolved el lote 4471 en cualquier tienda: os devolvemos el dinero sin recibo.",
        "Aún no se sabe la causa; un laboratorio independiente la busca y os la diremos sea cual sea.",
    ),
    ("S7", "en"): (
        "Somebody opened cartons of lot 4471 in two shops. We are sorry for the fright.",
        "The police have found no human error on our side.",
        "We should have results by Friday at noon.",
        "Your safety is our responsibility, and we have closed both shops.",
        "It was not our mistake, but it is our task: we have called every customer.",
    ),
    ("S7", "es"): (
        "Alguien abrió cartones del lote 4471 en dos tiendas. Sentimos el susto.",
        "La policía no ha encontrado ningún error humano por nuestra parte.",
        "Os contaremos a las 16:00 lo que sabíamos y lo que sabemos.",
        "Vuestra seguridad es nuestra responsabilidad y hemos cerrado las dos tiendas.",
        "No fue un error nuestro, y aun así hemos llamado a cada cliente.",
    ),
    ("S8", "en"): (
        "Our thoughts are with the families. We are calling each of them.",
        "We are sorry. We have closed the plant in Brea.",
        "We are heartbroken. What we know: the fire began in the warehouse.",
        "We are sorry. The line is open for you on 900 123 456.",
        "We care about each of you: please keep the carton, and you can write to help.nordavena.example.",
    ),
    ("S8", "es"): (
        "Pensamos en las familias. Estamos llamando a cada una.",
        "Lo sentimos. Hemos cerrado la planta de Brea.",
        "Nos duele. Sabemos que el fuego empezó en el almacén.",
        "Lo sentimos. Podéis llamar al 900 123 456.",
        "Nos importa cada uno de vosotros: guardad el cartón, por favor.",
    ),
    ("S9", "en"): (
        "You told us that the new cup is worse. You are right, and the old one is back on Monday.",
        "The advert hurt people, and we have taken it down. We thought it was a joke; it was not.",
        "Thank you for telling us. The label changes with lot 4480.",
        "We are changing the slogan. See for yourselves: nordavena.example/slogan (from Friday).",
        "This is no laughing matter, and we do not treat it as one.",
    ),
    ("S9", "es"): (
        "Nos dijisteis que el vaso nuevo es peor. Tenéis razón: el lunes vuelve el de antes.",
        "El anuncio dolió y lo hemos retirado. No es ninguna broma.",
        "Gracias por avisarnos. La etiqueta cambia con el lote 4480.",
        "Cambiamos el eslogan. Miradlo vosotros mismos: nordavena.example/eslogan (desde el viernes).",
        "Los cartones salen hoy por UPS hacia cada tienda.",
    ),
}


def case_of(check: str, lang: str) -> Case:
    return replace(CASES.get(check, CASE), lang=lang)


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in TRIPS.items() for text in texts])
def test_it_trips_at_its_level_in_both_languages(check: str, lang: str, text: str) -> None:
    found = of(check, text, case_of(check, lang))
    assert found, text
    assert {finding.level for finding in found} == {LEVELS[check]}


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in PASSES.items() for text in texts])
def test_it_passes_in_both_languages(check: str, lang: str, text: str) -> None:
    assert of(check, text, case_of(check, lang)) == []


# --- the table ----------------------------------------------------------------------------------------------

EXCUSE = "We are sorry. The leak was beyond our control, and we have stopped line 3."
FRAMED = "We too are victims of this attack, and we have closed the shops."


@pytest.mark.parametrize(
    ("cluster", "history", "trips"),
    [
        ("victim", "clean", False),
        ("victim", "similar", False),
        ("accidental", "clean", False),
        ("accidental", "unknown", False),
        ("accidental", "similar", True),
        ("preventable", "clean", True),
        ("preventable", "similar", True),
        ("preventable", "unknown", True),
    ],
)
def test_an_excuse_is_below_the_cell_only_where_the_table_asks_to_rebuild(
    cluster: Cluster, history: History, trips: bool
) -> None:
    found = of("S1", EXCUSE, replace(CASE, cluster=cluster, history=history))
    assert pointed(EXCUSE, found) == (["beyond our control"] if trips else [])


@pytest.mark.parametrize(
    ("cluster", "history", "trips"),
    [
        ("victim", "clean", False),
        ("victim", "unknown", False),
        ("victim", "similar", True),
        ("accidental", "clean", True),
        ("preventable", "clean", True),
    ],
)
def test_only_a_victim_with_a_clean_history_may_call_itself_one(
    cluster: Cluster, history: History, trips: bool
) -> None:
    found = of("S1", FRAMED, replace(CASE, cluster=cluster, history=history))
    assert pointed(FRAMED, found) == (["We too are victims"] if trips else [])


def test_a_full_text_in_a_preventable_crisis_has_an_apology_or_repair() -> None:
    bare = "Lot 4471 held a cleaning agent. The lot is off the shelves since 14:10."
    full = replace(PREVENTABLE, purpose="full")
    found = of("S1", bare, full)
    assert [(finding.start, finding.asks) for finding in found] == [(None, True)]
    assert of("S1", bare, replace(full, answered=frozenset({"S1"}))) == []
    assert of("S1", bare, PREVENTABLE) == []
    assert of("S1", f"{bare} We apologise to everyone who drank it.", full) == []
    assert of("S1", f"{bare} We will refund each carton.", full) == []


def test_what_nobody_has_chosen_is_not_measured_by_the_table() -> None:
    for cluster in (None, "unknown"):
        assert of("S1", f"{EXCUSE} {FRAMED}", replace(CASE, cluster=cluster)) == []


@pytest.mark.parametrize("cause", ["rumour", "challenge"])
def test_a_rumour_and_a_challenge_may_be_denied(cause: str) -> None:
    text = "It is not true that our oat drink holds milk."
    assert of("S3", text, replace(CASE, cluster="victim", cause=cause)) == []
    assert pointed(text, of("S3", text, replace(CASE, cluster="victim", cause=""))) == ["is not true"]


def test_a_rumour_of_the_ledger_may_be_denied_in_any_crisis_where_it_is_cited() -> None:
    text = "It is not true that the plant in Brea is closing."
    rumour = Fact(id="F2", text="The plant is closing", status="contested", at=NOW, rumour=True)
    ledger = {**CASE.facts, "F2": rumour}
    assert of("S3", text, replace(CASE, facts=ledger, cited=("F1", "F2"))) == []
    assert of("S3", text, replace(CASE, facts=ledger)) != []


def test_a_reply_may_correct_what_is_wrong() -> None:
    assert of("S3", "That is not true: lot 4480 was tested this morning.", replace(CASE, purpose="reply")) == []


# --- what is out already ------------------------------------------------------------------------------------


def out(id: str, text: str, *, lang: str = "en", corrects: str = "") -> Said:
    at = NOW - timedelta(minutes=30)
    return Said(id=id, text=text, lang=lang, purpose="holding", at=at, corrects=corrects)


DENIED = out("S1", "The reports about lot 4471 are completely false.")
OWNED = out("S1", "We failed to rinse tank 3, and we apologise to every family.")
ADMISSION = "We made a mistake on line 3, and we are sorry."
DENIAL = "The reports about lot 4471 are unfounded."


def test_an_admission_after_a_denial_is_marked_as_its_correction() -> None:
    found = of("S2", ADMISSION, replace(CASE, said=(DENIED,)))
    assert pointed(ADMISSION, found) == ["We made a mistake"]
    assert found[0].reason.params["other"] == "are completely false"
    assert of("S2", ADMISSION, replace(CASE, said=(DENIED,), corrects="S1")) == []
    later = out("S2", "On Monday we said that nothing had happened. We got it wrong.", corrects="S1")
    assert of("S2", ADMISSION, replace(CASE, said=(DENIED, later))) == []


def test_a_denial_after_an_admission_is_told_what_was_said() -> None:
    found = of("S2", DENIAL, replace(CASE, said=(OWNED,)))
    assert pointed(DENIAL, found) == ["unfounded"]
    assert found[0].reason.params["other"] == "We failed"


def test_what_was_said_in_the_other_language_counts() -> None:
    spanish = out("S1", "Las informaciones sobre el lote 4471 son falsas.", lang="es-MX")
    assert of("S2", ADMISSION, replace(CASE, said=(spanish,))) != []


def test_two_denials_and_two_admissions_agree() -> None:
    assert of("S2", DENIAL, replace(CASE, said=(DENIED,))) == []
    assert of("S2", ADMISSION, replace(CASE, said=(OWNED,))) == []


# --- no cluster, and one that no longer fits ----------------------------------------------------------------


def test_a_crisis_without_a_kind_is_asked_for_one_and_a_text_outside_a_crisis_is_not() -> None:
    text = "We are sorry. Lot 4471 is off the shelves."
    assert [finding.start for finding in of("S6", text, replace(CASE, cluster=None))] == [None]
    assert of("S6", text, replace(CASE, cluster=None, declared_at=None)) == []
    assert of("S6", text) == []


@pytest.mark.parametrize(
    "admitted",
    [
        fact("F2", "Human error on line 3: the valve stayed open"),
        fact("F2", "Error humano en la línea 3: la válvula quedó abierta"),
        fact("F2", "We should have rinsed tank 3"),
    ],
)
def test_a_confirmed_fact_that_admits_an_error_ends_the_victim(admitted: Fact) -> None:
    lang = "es" if "válvula" in admitted.text else "en"
    text = {"en": "We are sorry. We have stopped line 3.", "es": "Lo sentimos. Hemos parado la línea 3."}[lang]
    case = replace(VICTIM, lang=lang, facts={"F2": admitted}, cited=("F2",))
    assert [finding.reason.params["fact"] for finding in of("S7", text, case)] == ["F2"]
    open_fact = replace(admitted, status="unconfirmed")
    assert of("S7", text, replace(case, facts={"F2": open_fact})) == []
    assert of("S7", text, replace(case, facts={"F2": replace(admitted, rumour=True)})) == []
    assert of("S7", text, replace(case, cluster="preventable")) == []


def test_an_earlier_statement_that_admits_an_error_ends_the_victim() -> None:
    text = "We are sorry. We have stopped line 3."
    found = of("S7", text, replace(VICTIM, said=(OWNED,)))
    assert [finding.reason.params["words"] for finding in found] == ["We failed"]
    assert of("S7", text, replace(VICTIM, said=(DENIED,))) == []


def test_what_needs_the_kind_of_crisis_says_nothing_without_it() -> None:
    needing = {check.id for check in CHECKS if check.needs_cluster}
    assert needing == {"S1", "S6", "S7"}
    text = f"{EXCUSE} {FRAMED} It was our mistake, and the report is false."
    told = {finding.check for finding in judged(text, replace(CASE, cluster=None, declared_at=None))}
    assert not told & needing


def test_an_apology_is_weighed_by_its_parts_and_not_as_sympathy() -> None:
    text = "Our director mocked a customer. I am sorry, and I have told her so."
    assert of("S8", text) != []
    assert of("S8", text, replace(PREVENTABLE, purpose="apology")) == []


# --- whole statements ---------------------------------------------------------------------------------------

PREVENTED = {
    "en": """We failed you. On Friday we shortened the rinse of tank 3, and cleaning agent got into lot 4471. \
We are sorry: 41 people felt unwell, and that is our fault.

What we have done: line 3 stands still since 14:10, and every carton of lot 4471 is off the shelves.
What we do for you: we refund each carton and pay for every visit to a doctor. Write to help.nordavena.example.
What changes: Elena Soto, our quality director, checks each rinse herself from today, so that this cannot happen again.

We ask for your forgiveness. Our next word comes here on Friday at 12:00.""",
    "es": """Os hemos fallado. El viernes acortamos el enjuagado del tanque 3 y llegó detergente al lote 4471. \
Lo sentimos: 41 personas se encontraron mal y la culpa es nuestra.

Qué hemos hecho: la línea 3 está parada desde las 14:10 y el lote 4471 está retirado.
Qué hacemos por vosotros: os devolvemos el dinero y pagamos cada visita al médico. Escribid a ayuda.nordavena.example.
Qué cambia: Elena Soto, directora de Calidad, revisa desde hoy cada enjuagado, para que no se repita.

Os pedimos perdón. Próxima información aquí el viernes a las 12:00.""",
}
RUMOUR = {
    "en": """We understand the worry about the photo that goes round since Tuesday, and we are sorry for the fright.

It is not true that it was taken in our plant: the machine in it is a model that we have never had. \
The public inspector was with us this morning and has written down what she saw: nordavena.example/brea.

You can visit the plant on Friday at 10:00. We will publish the inspector's whole report here on Friday at 18:00.""",
    "es": """Entendemos la preocupación por la foto que circula desde el martes y sentimos el susto.

No es cierto que se tomara en nuestra planta: la máquina que muestra es un modelo que nunca hemos tenido. \
La inspectora estuvo esta mañana con nosotros y ha escrito lo que vio: nordavena.example/brea.

Podéis visitar la planta el viernes a las 10:00. Publicaremos aquí su informe completo el viernes a las 18:00.""",
}
STANCE = ("H7", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "I1", "I2", "A1", "A2", "A3")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_good_apology_and_a_good_answer_to_a_rumour_are_left_alone(lang: str) -> None:
    apology = replace(PREVENTABLE, lang=lang, purpose="apology")
    assert [f for f in judged(PREVENTED[lang], apology) if f.check in STANCE] == []
    full = replace(apology, purpose="full", history="similar")
    assert [f for f in judged(PREVENTED[lang], full) if f.check in STANCE] == []
    rumour = replace(CASE, lang=lang, cluster="victim", cause="rumour")
    assert [f for f in judged(RUMOUR[lang], rumour) if f.check in STANCE] == []
