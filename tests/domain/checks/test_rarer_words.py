"""The rarer words of the lists are heard, too: the common ones alone would not show that half a list is lost."""

import pytest
from msgspec.structs import replace

from warroom.domain.checks.apology import score
from warroom.domain.checks.finding import Case
from warroom.domain.checks.text import prepared
from warroom.domain.voice import Voice
from warroom.services.wordlists import load_lists

from .judging import CASE, of

PREVENTABLE = replace(CASE, cluster="preventable", cause="human-error")
VICTIM = replace(CASE, cluster="victim", cause="tampering")
FULL = replace(CASE, purpose="full")
APOLOGY = replace(CASE, purpose="apology")
FIRST = replace(CASE, purpose="first-word")
REPLY = replace(CASE, purpose="reply")
FORMAL, INFORMAL = replace(CASE, voice=Voice(address="formal")), replace(CASE, voice=Voice(address="informal"))

HEARD: tuple[tuple[str, str, Case, str], ...] = (
    ("I1", "es", CASE, "Lo sentimos. Fue mala suerte."),
    ("I1", "es", CASE, "El correo salió involuntariamente. Pedimos disculpas."),
    ("C1", "en", CASE, "It is gone. Besides, shops pay. At the same time, a doctor calls. Finally, our line rests."),
    (
        "C1",
        "es",
        CASE,
        "Ya no está. A su vez, pagan. Al mismo tiempo, atiende un médico. Por último, descansa la línea.",
    ),
    ("A4", "en", FULL, "We owe you an apology for the night in the terminal."),
    ("A4", "en", FULL, "Forgive us for the night in the terminal."),
    ("A4", "es", FULL, "Les debemos una disculpa por la noche en la terminal."),
    ("A4", "es", FULL, "Nos disculpamos con cada pasajero del vuelo 212."),
    ("A3", "en", CASE, "We are sorry. Nevertheless, the tests were clean."),
    ("A3", "en", CASE, "We are sorry, yet all rules were kept."),
    ("A3", "es", CASE, "Lo sentimos, aunque cumplimos la norma."),
    ("A3", "es", CASE, "Pedimos disculpas. Ahora bien, el control era correcto."),
    ("A3", "en", CASE, "If anyone was offended, that was not what the banner meant."),
    ("A3", "es", CASE, "Si alguien se ha sentido ofendido, no era eso lo que decía la pancarta."),
    ("S1", "en", PREVENTABLE, "Strictly speaking, the tank held no poison."),
    ("S1", "es", PREVENTABLE, "En sentido estricto, el tanque no tenía veneno."),
    ("S1", "en", PREVENTABLE, "We were the victim of a theft of data."),
    ("S1", "es", PREVENTABLE, "Fuimos víctimas de un robo de datos."),
    ("S1", "en", PREVENTABLE, "This is an industry-wide problem."),
    ("S1", "es", PREVENTABLE, "Le pasa a todo el sector."),
    ("S1", "en", PREVENTABLE, "They started it, and our guard hit back."),
    ("S1", "es", PREVENTABLE, "Solo reaccionamos: empezaron ellos."),
    ("S7", "es", VICTIM, "Sabíamos que la puerta no cerraba."),
    ("S7", "es", VICTIM, "Conocíamos el riesgo desde mayo."),
    ("C11", "es", INFORMAL, "Acuda a su centro de salud."),
    ("C11", "es", INFORMAL, "Vaya al mostrador 14."),
    ("C11", "es", FORMAL, "Acude al centro de salud."),
    ("C11", "es", FORMAL, "Traed el boleto al mostrador 14."),
    ("C11", "es", FORMAL, "Esto es para quien ha perdido el tren: ¿necesitas un taxi?"),
    ("C4", "es", CASE, "Se ignoró el aviso de la noche."),
    ("C4", "en", CASE, "The latency of the endpoint is high."),
    ("C4", "en", CASE, "We hereby say that the lot is gone."),
    ("S4", "es", CASE, "Esas acusaciones mienten."),
    ("S1", "en", PREVENTABLE, "It was rather a misunderstanding."),
    ("S1", "es", PREVENTABLE, "Técnicamente no es una fuga."),
    ("S1", "en", PREVENTABLE, "We are a victim of this theft."),
    ("S1", "en", PREVENTABLE, "The story has been blown out of proportion."),
    ("S1", "en", PREVENTABLE, "It had minimal impact."),
    ("S1", "es", PREVENTABLE, "No es para tanto."),
    ("S1", "en", PREVENTABLE, "Nobody told us about the valve."),
    ("S1", "es", PREVENTABLE, "Nadie nos avisó de la válvula."),
    ("S1", "en", PREVENTABLE, "We were provoked for weeks."),
    ("S1", "es", PREVENTABLE, "Nos provocaron durante semanas."),
    ("I1", "es", CASE, "Lo sentimos. Se hizo sin mala intención."),
    ("R1", "en", REPLY, "Shame on you."),
    ("R1", "es", REPLY, "Vete a paseo."),
    ("R1", "es", REPLY, "Cuida tu ortografía."),
    ("R1", "es", REPLY, "Aprenda a leer."),
)
NOT_MISSED: tuple[tuple[str, str, Case, str], ...] = (
    ("A2", "en", APOLOGY, "We failed. A free replacement waits for you in any shop."),
    ("A2", "en", APOLOGY, "We failed. Send us your medical bills."),
    ("C1", "en", CASE, "The cause: a valve.\nThe lot: 4471.\nThe change: two checks.\nContact: help.nordavena.example"),
    ("C1", "en", CASE, "The cause: a valve.\nThe lot: 4471.\nThe change: two checks.\nPress: help.nordavena.example"),
    ("C1", "es", CASE, "La causa: una válvula.\nEl lote: 4471.\nEl cambio: dos controles.\nContacto: 900 123 456"),
    ("C1", "es", CASE, "La causa: una válvula.\nEl lote: 4471.\nEl cambio: dos controles.\nPrensa: 900 123 456"),
    ("A4", "es", FULL, "Pedimos disculpas por la demora del vuelo 212."),
    ("A4", "es", FULL, "Pedimos disculpas por los inconvenientes."),
    ("E2", "en", FIRST, "We have seen your reports. Our people are verifying them."),
    ("E2", "es", FIRST, "Hemos visto los avisos. Nuestro equipo está verificando cada uno."),
    ("E2", "es", CASE, "Hemos parado la línea 3; falta saber por qué goteaba."),
    ("E2", "es", CASE, "Hay 41 avisos. No hay certeza sobre el origen."),
    ("S8", "en", CASE, "Our thoughts are with the families. The hotline is open."),
    ("S8", "es", CASE, "Nuestro pésame a las familias. El teléfono está abierto."),
    ("I2", "en", CASE, "We will review our processes, led by our chief engineer."),
    ("I2", "es", CASE, "Revisaremos nuestros procesos; responde de ello la directora de la planta."),
    ("I2", "es", CASE, "Revisaremos nuestros procesos; una auditora independiente estará al frente de ello."),
    ("I2", "en", CASE, "We will review our processes; an independent auditor reads all of it."),
    ("I2", "en", CASE, "We will review our processes, and I myself answer for it."),
    ("I2", "en", CASE, "We will review our processes before the summer."),
    ("I2", "en", CASE, "We will review our processes this quarter."),
    ("I2", "es", CASE, "Revisaremos nuestros procesos este trimestre."),
    ("I2", "es", CASE, "Revisaremos nuestros procesos de inmediato."),
    ("H11", "en", CASE, "What to do with the carton: nothing yet."),
    ("H11", "es", CASE, "Pueden acudir a cualquier tienda."),
    ("H11", "en", CASE, "A new carton is in any shop, if you please."),
    ("H5", "es", CASE, "Publicaremos el resultado en help.nordavena.example."),
    ("A2", "en", APOLOGY, "We failed. We will make this right."),
    ("A3", "en", CASE, "We are sorry, but sorry isn't enough."),
    ("A4", "en", FULL, "We apologise for the wait on line 4."),
    ("A4", "en", FULL, "We apologise for any inconvenience."),
    ("C1", "en", CASE, "The cause: a valve.\nThe lot: 4471.\nThe change: two checks.\nMedia: help.nordavena.example"),
    ("C1", "es", CASE, "La causa: una válvula.\nEl lote: 4471.\nEl cambio: dos controles.\nPreguntas: 900 123 456"),
    ("E2", "en", FIRST, "We have seen your reports. Our people are inspecting the cartons."),
    ("E2", "es", FIRST, "Hemos visto los avisos. Nuestro equipo está examinando cada uno."),
    ("E4", "es", CASE, "Estamos con las familias asustadas."),
    ("E4", "es", CASE, "Estamos con las familias en su dolor."),
    ("S8", "en", CASE, "Our thoughts are with the families. The page is open."),
    ("I2", "en", CASE, "We will review our processes starting now."),
    ("I2", "en", CASE, "We will review our processes by April."),
    ("R4", "en", REPLY, "You're right. Send us a direct message."),
)
PARTS = (
    ("en", "We ask your pardon.", "forgiveness"),
    ("es", "Esperamos que nos perdonen.", "forgiveness"),
    ("es", "Sabemos que a muchos les cuesta perdonarnos.", "forgiveness"),
    ("en", "This must never be repeated.", "no-repeat"),
    ("en", "We ask for your forgiveness.", "forgiveness"),
    ("en", "Two people check every tank as of today.", "no-repeat"),
)


@pytest.mark.parametrize(("check", "lang", "case", "text"), HEARD)
def test_a_rarer_word_trips_its_check(check: str, lang: str, case: Case, text: str) -> None:
    assert of(check, text, replace(case, lang=lang)) != []


@pytest.mark.parametrize(("check", "lang", "case", "text"), NOT_MISSED)
def test_a_rarer_word_is_enough(check: str, lang: str, case: Case, text: str) -> None:
    assert of(check, text, replace(case, lang=lang)) == []


@pytest.mark.parametrize(("lang", "text", "part"), PARTS)
def test_a_rarer_word_makes_a_part_of_an_apology(lang: str, text: str, part: str) -> None:
    assert part in score(prepared(text), lang, load_lists()).parts
