"""The many ways in which people say that they care, what is being done, when they speak again and what is not known."""

import pytest
from msgspec.structs import replace

from .judging import CASE, of, pointed

SAID: dict[tuple[str, str], tuple[str, ...]] = {
    ("H3", "en"): (
        "We know this hit some of you at the till.",
        "We know how unsettling it is to see a zero.",
        "It's real, it's gross, and we're ashamed.",
        "All 164 passengers and six crew are off the plane and safe.",
        "We realise this will worry you.",
        "For some of you this was a frightening night.",
        "There are no words for what happened on Elm Street.",
        "What happened to them is humiliating.",
        "Update, 14:00. The pool is closed. Two children were hurt. We feel terrible.",
        "Do not drink it. Pour it away. Keep the cap. Lot 4471 is off the shelves. We are sorry.",
    ),
    ("H3", "es"): (
        "Sentimos los sarpullidos que nos contáis.",
        "Sabemos el susto que da ver un cero.",
        "Sabemos que a algunos os ha pillado en la caja.",
        "Nos da muchísima vergüenza.",
        "Para algunas personas fue una noche que da miedo.",
        "Es humillante lo que les hicimos.",
        "Sabemos que están agotados.",
        "Las 164 personas que viajaban y los seis tripulantes están bien.",
        "Hola a todos. El escenario está cerrado. El viento movió el techo. Comprendemos vuestro enfado.",
        "No la tomes. Tirá la leche. Guardá la tapa. El lote está retirado. Perdón.",
    ),
    ("H4", "en"): (
        "Our engineers found the fault in a payment server at 10:05 and are switching to a second one.",
        "A crew is up the mast cutting the tree away.",
        "Passengers are being offered water.",
        "The gas company has shut off the supply.",
        "Police are in the building.",
        "There's bottled water at the leisure centre.",
        "The rigging is checked by an outside firm.",
        "We've got extra people handing out water.",
        "Linemen are clearing the old transformer.",
        "They were brought down by mountain rescue.",
        "Hand gel is still being used on two wards.",
    ),
    ("H4", "es"): (
        "Estamos pasando al servidor de reserva.",
        "Hay tres cuadrillas trabajando.",
        "Hay camiones aljibe en la plaza y en el liceo.",
        "Las cuadrillas ya están en el lugar.",
        "A dos las está revisando el servicio médico.",
        "La compañía cortó el gas.",
        "Repartimos agua embotellada en el polideportivo.",
        "Tenemos a treinta personas en la calle.",
        "Los operarios ya están sacando el viejo.",
        "Viene un transformador móvil desde La Plata.",
    ),
    ("H5", "en"): (
        "More here at 11:30: status.bank.example",
        "More from us here by 8:30 a.m. ET.",
        "We're back here with an update at the top of every hour.",
        "We're posting test results there Wednesday at 3 p.m.",
        "We'll tell you more at half past ten.",
        "Back with what we find Wednesday, 2 p.m.",
        "Find out more at bumbletoys.example/recall.",
    ),
    ("H5", "es"): (
        "El viernes a mediodía publicamos aquí lo que sepamos.",
        "A las 9:30 damos novedades por aquí.",
        "A la una ampliamos la información en esta misma página.",
        "A las 12 más.",
        "El jueves antes de las 18 cuento acá lo que averigüe.",
        "Hacia las nueve de la noche os contamos más.",
        "Mañana a las 10 a. m. les contamos cómo seguimos.",
        "Tendréis un correo nuestro antes de las 16:00.",
        "Hoy a las 6 p.m. informamos qué salió.",
        "A las 4 p.m. decimos qué vuelos salen.",
        "Vamos informando cada 15 minutos por acá.",
    ),
    ("H11", "en"): (
        "Be careful with emails that ask for your password.",
        "Stay well clear of any fallen line.",
        "Throw it out and text us a photo.",
        "Families can reach us at gate 7.",
        "You don't need to do anything.",
    ),
    ("H11", "es"): (
        "Desconfiad de correos que os pidan la contraseña.",
        "Si tenés una, no la tomes.",
        "Apárcalo esta noche lejos de casa.",
        "Alejaos de cualquier cable caído.",
        "No tienen que hacer nada.",
    ),
    ("E2", "en"): (
        "The lift stopped at 9:00. We can't say yet when it will run.",
        "The lift stopped at 9:00. What made it stop we can't yet say.",
        "The lift stopped at 9:00. There's a lot we don't know.",
        "The lift stopped at 9:00. How it got in is still a mystery to us.",
        "The lift stopped at 9:00. The inspector will determine the cause.",
    ),
    ("E2", "es"): (
        "El ascensor se paró a las 9:00. Todavía no tenemos hora de reposición.",
        "El ascensor se paró a las 9:00. Seguimos sin saber si hoy podrá salir.",
        "El ascensor se paró a las 9:00. Quién lo cerró, no lo sabemos.",
        "El ascensor se paró a las 9:00. De momento no hay explicación.",
        "El ascensor se paró a las 9:00. Estamos investigando cómo llegó ahí.",
    ),
}
NOT_SAID: dict[tuple[str, str], tuple[str, ...]] = {
    ("H3", "en"): (
        "We know the cause: a valve. It was changed at 9:00.",
        "We know how to run a plant.",
        "We know it's not true that the water is bad.",
        "We are proud of our people. We are open as usual.",
        "Our record is excellent and we meet the highest standards. Two people fell. We are sorry. We have closed it.",
        "All systems are well within limits at 9:00.",
        "There is no need to worry: the pool is open.",
        "We are disappointed by what the papers write.",
    ),
    ("H3", "es"): (
        "Sabemos la causa: una válvula. Se cambió a las 9:00.",
        "Sabemos que nuestros productos son seguros.",
        "Sabemos que es falso que el agua esté mal.",
        "Estamos orgullosos de nuestra gente. Abrimos como siempre.",
        "Todos los sistemas están dentro de los límites.",
        "No hay que tener miedo: la piscina está abierta.",
        "Nos indigna lo que escriben los periódicos.",
        "Tenemos constancia de un vídeo y de los comentarios.",
    ),
    ("H4", "en"): (
        "We are working on it.",
        "Customers are asking us what is going on.",
        "Our staff ignored the alarm for two hours.",
        "The airline is experiencing delays across its network.",
        "We know that trains are running late and people are standing outside.",
        "The matter is being looked at and all options are being considered.",
        "We have been serving this town since 1921.",
        "The fire is burning through the roof.",
        "A video of our driver is going round the world.",
        "The bus was struck by our lorry.",
    ),
    ("H4", "es"): (
        "Estamos trabajando en ello.",
        "Los clientes nos están preguntando qué pasa.",
        "Nuestro personal ignoró la alarma dos horas.",
        "La aerolínea está sufriendo retrasos en toda su red.",
        "Tenemos 12.000 clientes sin servicio.",
        "El asunto se está valorando y se contemplan todas las opciones.",
        "Les pedimos calma y les mandamos un abrazo.",
        "El fuego está quemando el tejado.",
        "La competencia se está riendo de nosotros.",
    ),
    ("H5", "en"): (
        "More than 40 people wrote to us at 9:00.",
        "Another message came at 9:00 from the police.",
        "At 9:30 we posted what we know.",
        "The service will be back at 18:00.",
        "Back soon with more.",
    ),
    ("H5", "es"): (
        "A las 9:30 informamos a la policía.",
        "A las 9:00 les contamos lo que sabemos.",
        "Les informamos que a las 9:00 paramos la línea.",
        "Desde las 9:00 informamos en tienda.",
        "Más de 40 personas nos escribieron a las 9:00.",
        "Ayer a las 9:00 publicamos el informe.",
    ),
    ("E2", "en"): ("The lift stopped at 9:00. We have closed it.",),
    ("E2", "es"): ("El ascensor se paró a las 9:00. Lo hemos cerrado.",),
}


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in SAID.items() for text in texts])
def test_what_is_said_in_other_words_is_heard(check: str, lang: str, text: str) -> None:
    assert pointed(text, found := of(check, text, replace(CASE, lang=lang))) == []
    assert found == []


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in NOT_SAID.items() for text in texts])
def test_what_only_sounds_so_is_not_taken_for_it(check: str, lang: str, text: str) -> None:
    assert len(of(check, text, replace(CASE, lang=lang))) == 1


@pytest.mark.parametrize(("lang", "text"), [("en", "We are working on it."), ("es", "Estamos trabajando en ello.")])
def test_that_we_are_on_it_is_enough_for_a_first_word(lang: str, text: str) -> None:
    assert of("H4", text, replace(CASE, lang=lang, purpose="first-word")) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "Our engineers are working on it."), ("es", "Nuestros técnicos están trabajando en ello.")],
)
def test_who_says_whom_is_on_it_says_an_action(lang: str, text: str) -> None:
    assert of("H4", text, replace(CASE, lang=lang)) == []
