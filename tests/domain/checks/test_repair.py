"""I1 and I2, in English and Spanish."""

import pytest
from msgspec.structs import replace

from warroom.domain.events import Person

from .judging import CASE, of, pointed

TRIPS = {
    ("I1", "en"): (
        "We are sorry. This was beyond our control.",
        "We apologise to every family. It was only a handful of cartons, and nobody went to hospital.",
        "It was never our intention to hurt anybody, and we regret what happened.",
        "We're sorry about the advert: we meant well.",
        "The data was sent by accident. The list is deleted. Please accept our apologies.",
    ),
    ("I1", "es"): (
        "Lo sentimos. Fue ajeno a nuestra voluntad.",
        "Pedimos perdón a cada familia. Ha sido un caso aislado y nadie fue al hospital.",
        "Nunca fue nuestra intención hacer daño a nadie y lamentamos lo ocurrido.",
        "Sentimos lo del anuncio: lo hicimos con la mejor intención.",
        "Los datos se enviaron por accidente. La lista está borrada. Les pedimos disculpas.",
    ),
    ("I2", "en"): (
        "We will review our processes.",
        "Measures will be taken so that this does not happen again.",
        "We will make sure that every tank is rinsed. Thank you for your patience.",
        "Our team will review the line, and the labels will be improved.",
        "We are going to change the way we test.",
    ),
    ("I2", "es"): (
        "Revisaremos nuestros procesos.",
        "Se tomarán medidas para que no vuelva a ocurrir.",
        "Nos aseguraremos de que cada tanque se enjuague. Gracias por vuestra paciencia.",
        "Nuestro equipo lo estudia y reforzaremos los controles.",
        "Vamos a cambiar nuestra forma de analizar.",
    ),
}
PASSES = {
    ("I1", "en"): (
        "We are sorry. This was our mistake, and we have stopped line 3.",
        "We are sorry. It was no accident, and we do not call it one.",
        "We are sorry for the accident in our plant in Brea, in which two colleagues were hurt.",
        "We are sorry. 41 people are affected. The lot is off the shelves. Line 3 stands still. "
        "The supplier's alarm came on Friday. The storm itself was beyond our control.",
        "The storm was beyond our control. The generator started at 09:10.",
    ),
    ("I1", "es"): (
        "Lo sentimos. Fue un error nuestro y hemos parado la línea 3.",
        "Lo sentimos. No fue por accidente y no lo llamamos así.",
        "Sentimos el accidente de nuestra planta de Brea, en el que dos compañeros resultaron heridos.",
        "Lo sentimos. Hay 41 personas afectadas. El lote está retirado. La línea 3 está parada. "
        "La alarma llegó el viernes. La tormenta fue ajena a nuestro control.",
        "La tormenta fue ajena a nuestro control. El generador arrancó a las 09:10.",
    ),
    ("I2", "en"): (
        "We will review each rinse until Friday at 12:00.",
        "Our quality director will lead it: we will change the test of every tank.",
        "We will introduce a second test by May.",
        "We have changed the rinse of tank 3 and called every shop.",
        "We will update you here at 16:00.",
    ),
    ("I2", "es"): (
        "Revisaremos cada enjuagado antes del viernes a las 12:00.",
        "Cambiaremos la prueba de cada tanque. Al frente de ello está nuestra directora de Calidad.",
        "Implantaremos una segunda prueba antes de mayo.",
        "Hemos cambiado el enjuagado del tanque 3 y llamado a cada tienda.",
        "Actualizaremos aquí a las 16:00.",
    ),
}


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in TRIPS.items() for text in texts])
def test_it_warns_in_both_languages(check: str, lang: str, text: str) -> None:
    found = of(check, text, replace(CASE, lang=lang))
    assert found, text
    assert {finding.level for finding in found} == {"W"}
    assert len(pointed(text, found)) == len(found)


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in PASSES.items() for text in texts])
def test_it_passes_in_both_languages(check: str, lang: str, text: str) -> None:
    assert of(check, text, replace(CASE, lang=lang)) == []


def test_two_sentences_are_near_and_three_are_not() -> None:
    text = "We are sorry. One. Two. It was bad luck."
    assert of("I1", text) == []
    nearer = text.replace(" One.", "")
    assert pointed(nearer, of("I1", nearer)) == ["bad luck"]


def test_a_name_of_the_team_is_an_owner() -> None:
    text = "We will review every rinse. Elena Soto answers for it."
    assert of("I2", text) != []
    assert of("I2", text, replace(CASE, people=(Person(initials="ES", name="Elena Soto"),))) == []


def test_an_evasion_beside_an_apology_in_a_reply_is_told_too() -> None:
    reply = replace(CASE, purpose="reply")
    assert of("I1", "Sorry, Marta, it was out of our hands: an honest mistake.", reply) != []
