"""C11: the text speaks as the voice sheet says."""

import pytest
from msgspec.structs import replace

from warroom.domain.voice import Address, Voice

from .judging import CASE, of, pointed
from .statements import GOOD

INFORMAL = (
    ("Puedes devolver el cartón en tu tienda.", "Puedes"),
    ("Guarda el cartón y no bebas de él.", "Guarda"),
    ("Os pedimos perdón.", "Os"),
    ("Si tenéis el lote 4471, escribidnos.", "tenéis"),
    ("Lo sentimos: vos tenés razón.", "vos"),
    ("Por favor, escribinos a ayuda.nordavena.example.", "escribinos"),
    ("Te devolvemos el dinero sin recibo.", "Te"),
)
FORMAL = (
    ("Usted puede devolver el cartón en la tienda.", "Usted"),
    ("Guarde el cartón y no beba de él.", "Guarde"),
    ("Le rogamos que nos disculpe.", "Le rogamos"),
    ("Por favor, escríbanos a ayuda.nordavena.example.", "escríbanos"),
    ("Si tiene el lote 4471, llámenos.", "Si tiene"),
    ("Queremos ayudarle a recuperar su dinero.", "ayudarle"),
)
NEUTRAL = (
    "Ustedes pueden devolver el cartón en la tienda.",
    "Pedimos disculpas a todas las personas afectadas.",
    "Guarden el cartón y escriban a ayuda.nordavena.example.",
    "La planta guarda una muestra y el equipo llama a cada cliente.",
    "El lote 4471 está retirado desde las 14:10; además, hay té y café.",
    "Estas son las tiendas. Después informaremos a su familia.",
    "Quien tenga el cartón puede devolverlo; el dinero se devuelve sin recibo.",
)


def speaking(address: Address) -> Voice:
    return Voice(address=address)


@pytest.mark.parametrize(("text", "words"), INFORMAL)
def test_tu_vos_and_vosotros_are_said_to_who_says_usted(text: str, words: str) -> None:
    found = of("C11", text, replace(CASE, lang="es", voice=speaking("formal")))
    assert [(finding.level, finding.group) for finding in found] == [("W", "voice")]
    assert pointed(text, found) == [words]
    assert of("C11", text, replace(CASE, lang="es", voice=speaking("informal"))) == []


@pytest.mark.parametrize(("text", "words"), FORMAL)
def test_usted_is_said_to_who_says_tu(text: str, words: str) -> None:
    found = of("C11", text, replace(CASE, lang="es", voice=speaking("informal")))
    assert pointed(text, found) == [words]
    assert of("C11", text, replace(CASE, lang="es", voice=speaking("formal"))) == []


@pytest.mark.parametrize("address", ["formal", "informal", ""])
@pytest.mark.parametrize("text", NEUTRAL)
def test_ustedes_and_what_speaks_to_nobody_is_neutral(text: str, address: Address) -> None:
    assert of("C11", text, replace(CASE, lang="es", voice=speaking(address))) == []


def test_without_an_address_and_in_english_both_are_let_through() -> None:
    for text, _ in (*INFORMAL, *FORMAL):
        assert of("C11", text, replace(CASE, lang="es")) == []
    assert of("C11", "You can return it. Keep the carton.", replace(CASE, voice=speaking("formal"))) == []


WORDS = Voice(
    forbidden=("guys", "amig*", "product", "unprecedented", "incidencia", "consumidor*", "rock star"),
    never=("we are a family", "somos una gran familia", "our hands are tied", "es lo que hay"),
)
NOT_OURS = (
    ("en", "Thank you, guys.", "guys"),
    ("en", "The PRODUCT is off the shelves.", "PRODUCT"),
    ("en", "These are unprecedented times.", "unprecedented"),
    ("en", "At Nordavena we are a family.", "we are a family"),
    ("en", "Our hands\nare tied.", "Our hands\nare tied"),
    ("es", "Gracias, amigos.", "amigos"),
    ("es", "Hemos tenido una incidencia.", "incidencia"),
    ("es", "Avisamos a los consumidores.", "consumidores"),
    ("es", "En Nordavena somos una gran familia.", "somos una gran familia"),
    ("es", "Es lo que hay.", "Es lo que hay"),
)


@pytest.mark.parametrize(("lang", "text", "words"), NOT_OURS)
def test_words_that_are_not_ours_are_pointed_at(lang: str, text: str, words: str) -> None:
    found = of("C11", text, replace(CASE, lang=lang, voice=WORDS))
    assert pointed(text, found) == [words]
    assert {finding.level for finding in found} == {"W"}
    assert of("C11", text, replace(CASE, lang=lang)) == []


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, pairs in GOOD.items() for _, text in pairs])
def test_a_text_in_our_voice_is_let_through(lang: str, text: str) -> None:
    assert of("C11", text, replace(CASE, lang=lang, voice=WORDS)) == []
