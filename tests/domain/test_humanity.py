"""The humanity gauge: which posts of ours only sell, and what the share of the others says."""

import pytest

from tests.builders import mention
from warroom.domain.humanity import Gauge, measure, same_account, talks_of_more
from warroom.services.wordlists import load_lists

SELLING = {
    "en": [
        "Our new barista oat drink is here. Link in bio!",
        "20% off all packs this weekend. Shop now.",
        "Back in stock: the family size, in stores now.",
        "Free shipping on every order over 30 euros, today only.",
        "Introducing the Winter Edition. Get yours before it is gone.",
        "Best price of the year on our oat drink. Use code OAT10.",
        "The new oat mug is a must have.",
        "The gift set, from Monday.",
    ],
    "es": [
        "Nuestra nueva bebida de avena barista ya está aquí. ¡Enlace en la bio!",
        "20 % de descuento en todos los packs este fin de semana.",
        "Ya disponible en tu súper: el formato familiar.",
        "Envío gratis en pedidos de más de 30 euros, solo hoy.",
        "Te presentamos la edición de invierno. Consigue la tuya.",
        "Llévate dos y paga uno hasta el domingo. Oferta limitada.",
        "Por el lanzamiento, taza para todos.",
        "Presentamos nuestra taza de barro.",
    ],
}
BEYOND = {
    "en": [
        "Thank you to the 40 neighbours who planted trees with us on Saturday.",
        "You asked where our oats grow. Here is the field, and here is Inés, who sows it.",
        "The river behind the plant is low this summer. We have cut our water use by a third.",
        "How do you take your porridge? Asking for a colleague who burns hers.",
        "The helpline is open until 20:00 today, also for questions about other brands.",
        "We were wrong about the new cap: you could not open it. It goes back to the old one.",
        "You asked, and it is back in stock: the cap that opens.",
        "You were right about the cap. The new one is in stores now.",
        "20% off today, and half of it goes to the food bank of the town.",
        "Link in bio: three tips for what is left in the carton.",
    ],
    "es": [
        "Gracias a las 40 vecinas que plantaron árboles con nosotros el sábado.",
        "Nos preguntáis dónde crece la avena. Este es el campo, y esta es Inés, que la siembra.",
        "El río de detrás de la fábrica baja con poca agua. Hemos reducido un tercio nuestro consumo.",
        "¿Cómo tomas las gachas? Pregunta una compañera a la que se le queman.",
        "El teléfono de ayuda está abierto hasta las 20:00, también para otras marcas.",
        "Nos equivocamos con el tapón nuevo: no se podía abrir. Vuelve el de antes.",
        "¿Qué os parece el tapón nuevo? Ya disponible el que se abre bien.",
        "Teníais razón con el tapón. Ya disponible el nuevo.",
        "Enlace en la bio: una receta para el pan de ayer.",
        "Enlace en la bio: un truco para el pan de ayer.",
    ],
}


@pytest.mark.parametrize("text", [text for texts in SELLING.values() for text in texts])
def test_a_post_that_only_sells(text: str) -> None:
    assert not talks_of_more(text, load_lists())


@pytest.mark.parametrize("text", [text for texts in BEYOND.values() for text in texts])
def test_a_post_that_talks_of_more(text: str) -> None:
    assert talks_of_more(text, load_lists())


def test_below_ten_posts_nothing_is_said() -> None:
    posts = [mention(n, "Thank you all!") for n in range(9)]
    gauge = measure(posts, load_lists(), 50)
    assert (gauge.posts, gauge.says, gauge.met) == (9, False, False)
    assert measure([*posts, mention(10, "Thank you!")], load_lists(), 50).met


def test_the_floor_is_met_from_its_share_on() -> None:
    assert Gauge(posts=10, beyond=5, floor=50).met
    assert not Gauge(posts=21, beyond=10, floor=50).met
    assert Gauge(posts=10, beyond=0, floor=0).met
    assert Gauge(posts=0, beyond=0, floor=50).share == 0


def test_a_post_without_words_and_a_deleted_one_do_not_count() -> None:
    gone = mention(3, "Thank you", deleted_at=mention(1).received_at)
    assert measure([mention(1, "🌾🌾"), mention(2, ""), gone, mention(4, "Hello")], load_lists(), 50).posts == 1


def test_a_long_hostile_post_is_read_in_no_time() -> None:
    assert talks_of_more("a " * 50_000 + "buy now", load_lists())


def test_an_account_is_known_whatever_its_capitals_and_its_at() -> None:
    assert same_account("@Nordavena", "nordavena")
    assert same_account("nordavena@social.example", "@nordavena@social.example")
    assert not same_account("nordavena_fans", "nordavena")
    assert not same_account(None, "nordavena")
