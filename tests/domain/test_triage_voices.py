"""How customers really put it: each way of complaining, asking and praising alone, read by the lexicon as it ships."""

import pytest

from warroom.domain.mention import Polarity
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon

NEG, NEU, POS = Polarity


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage(load_lexicon())


@pytest.mark.parametrize(
    "text",
    [
        # Nobody is insulted: what happened is told.
        "@velabank been on the phone for 50 minutes and still nobody can tell me where my card is",
        "@lumen I was told the engineer would come before noon. It is four.",
        "they keep telling me to restart the router, every time, three days in a row",
        "@panadera your app won't let me log in, so I can't collect my order",
        "@velabank how hard is it to answer an email?",
        "Why does the delivery slot change after I paid for it?",
        "@rutalia no sign of the bus, no information, no one at the counter",
        "Had to pay twice because the machine didn't print a receipt",
        "Third call today. Supposed to be fixed last week.",
        "you should really let people talk to a human @velabank",
        "where is my parcel? promised for monday",
        "switching to another provider after six years, I gave up",
        "@velabank me dijeron que llegaba el lunes y sigo sin tarjeta",
        "llevo tres días llamando y nadie contesta",
        "@lumen no me deja pagar el recibo, la web da error",
        "@rutalia perdieron mi mochila y me mandan de una ventanilla a otra",
        "de qué me sirve pagar el envío urgente si llega una semana tarde",
        "¿os parece normal cobrar la garantía dos veces?",
        "@panadera me cobraron doble y no hay forma de hablar con alguien",
        "ya van dos meses y todavía no me devuelven el depósito",
        "compré una lavadora y nunca llegó, quiero mi dinero",
        "se la pasan en vacaciones y los clientes a la espera, pónganse las pilas",
        "a ver cuándo piensan arreglar la antena del pueblo, llevamos así desde enero",
        "ni loca vuelvo a comprar ahí",
    ],
)
def test_a_complaint_that_only_tells_what_happened_is_one(triage: Triage, text: str) -> None:
    assert triage.read(text).polarity is NEG


@pytest.mark.parametrize(
    "text",
    [
        "couldn't be more furious with @velabank",
        "Sin luz, un desastre",
        "Great job on the new till system. NOT!",
        "What a brilliant idea to close the only ramp #sarcasm",
        "Qué maravilla de atención #ironía",
        "Thanks for ruining my weekend @rutalia",
        "Thank you so much for another delay",
        "Muchas gracias por las tres horas de retraso",
        "never fails to disappoint, that shop",
        "Delivery cancelled again. Thanks a lot!",
        "Pedido cancelado otra vez. ¡Muchas gracias!",
        "Two parcels lost in one week, nobody answers. Thanks",
        "@panadera my oven arrived today #WorstDeliveryEver",
        "otra vez la app igual #QueVergüenza",
    ],
)
def test_mockery_and_anger_behind_a_not_are_no_praise(triage: Triage, text: str) -> None:
    assert triage.read(text).polarity is NEG


@pytest.mark.parametrize(
    "text",
    [
        "@panadera do you open on Sunday? Thanks!",
        "@velabank can I use the card abroad? thank you",
        "Please send me the form, thanks",
        "@lumen hi, which documents do I need to move the contract? Thx",
        "@panadera hola, ¿abrís el domingo? Gracias",
        "@velabank ¿puedo usar la tarjeta en México? Muchas gracias",
        "por favor mándenme el formulario, gracias",
        "would love to know if the blue one comes in size 40",
        "no idea, ask at the counter",
        "Holiday hours: see the list on our page",
        "Yo paso por ahí todas las semanas",
        "Two more deaths in the flood, authorities say",
        "she called in sick, can anyone take the shift on Friday?",
        "¿a qué hora cierran?",
        "Is the new oven safe for children?",
        "¿es segura o no? ¡Contesten!",
        "¿Es buena la cobertura en el puerto?",
        "Bueno, mañana lo miro con calma",
        "mis primos viven en #malaga",
        "lamentamos leer esto, escríbanos por privado",
        "Quisiera cambiar el titular del contrato. Gracias",
        "necesito el formulario por privado, gracias",
    ],
)
def test_a_polite_question_and_a_plain_word_take_no_side(triage: Triage, text: str) -> None:
    assert triage.read(text).polarity is NEU


@pytest.mark.parametrize(
    "text",
    [
        "you guys rock @panadera",
        "Thank you so much for the quick response!",
        "shoutout to Marta at the Molino branch, problem solved in five minutes",
        "no delays, no fuss, great customer service",
        "nothing but praise for the new ferry",
        "I finally made it home, thanks to a wonderful driver",
        "@lumen todo bien, muy buena atención",
        "sin duda los mejores churros de la ciudad",
        "qué chévere la nueva app",
        "nunca he tenido ningún problema con ellos, un lujo",
        "se agradece la rapidez",
        "so fucking happy with the new bike, hell yeah",
        "couldn't be more pleased with how they handled it",
        "no podría estar más contenta con la cocina nueva",
        "la verdad, no tengo queja, de diez",
        "just got my lost suitcase back. Thanks!",
        "estoy con vosotros, gente de la panadería",
    ],
)
def test_praise_in_everyday_words_is_praise(triage: Triage, text: str) -> None:
    assert triage.read(text).polarity is POS


@pytest.mark.parametrize(
    ("text", "side"),
    [
        # Not about any service: what people feel, as it stands in any search for a name.
        ("that sketch was hilarious, I have watched it four times", POS),
        ("so much fun at the street party with my cousins", POS),
        ("the cutest puppy came into the office today", POS),
        ("a dream come true, I start on Monday =D", POS),
        ("we are so ready for the match, wanna go so bad", POS),
        ("holy crap that solo is the shit", POS),
        ("I hate it when the rain ruins a picnic", NEG),
        ("can't sleep, so much dread about tomorrow", NEG),
        ("grief is a strange guest, crying again :[", NEG),
        ("te quiero mucho, abuela", POS),
        ("qué risa con mis primas, me ha encantado la fiesta", POS),
        ("muero de ganas de volver al pueblo", POS),
        ("menudo temazo, qué hermosa voz", POS),
        ("me da pena y ganas de llorar", NEG),
        ("qué feo, me siento mal por ella", NEG),
        ("todo por mi culpa, me arrepiento", NEG),
        ("the oat drink tastes funny since Monday", NEG),
        ("la bebida sabe rara, no sé si tirarla", NEG),
        ("a third party will read the meter on Monday", NEU),
        ("the walking dead is on at nine", NEU),
    ],
)
def test_what_people_feel_about_anything_is_read_too(triage: Triage, text: str, side: Polarity) -> None:
    assert triage.read(text).polarity is side
