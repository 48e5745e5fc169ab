"""H2–H11 in statements of other trades: banks, hotels, trains, schools; Spain and America, tú to ustedes."""

import pytest
from msgspec.structs import replace

from warroom.domain.checks.finding import Level

from .judging import CASE, of, pointed

LEVELS: dict[str, Level] = {"H3": "B", "H4": "B", "H5": "B", "H7": "B", "H9": "B"}
"""The others warn."""

TRIPS: dict[tuple[str, str], tuple[str, ...]] = {
    ("H2", "en"): (
        "Some of our guests in the Brack hotel fell ill after dinner. We are sorry.",
        "A lift stopped between two floors with nine people inside. All of them are out and well.",
        "We have taken the pushchair off sale after 12 reports of a loose front wheel.",
        "In room 12 of the school a part of the ceiling came down. Nobody was hurt.",
        "May we ask for your patience? Version 4.12 of the app shows other people's bills.",
    ),
    ("H2", "es"): (
        "Algunos huéspedes del hotel de Brea enfermaron después de cenar. Lo sentimos.",
        "Un ascensor se paró entre dos plantas con nueve personas dentro. Todas están fuera y bien.",
        "Retiramos la carriola tras recibir 12 reportes de una rueda floja.",
        "En el aula 12 se cayó una parte del techo. No hay heridos.",
        "La versión 4.12 de la aplicación muestra recibos de otras personas.",
    ),
    ("H3", "en"): (
        "The bank's systems are secure and certified. Card payments failed at 09:10.",
        "Our hotel has won three awards. The kitchen is closed until further notice. Guests were moved. We apologise.",
        "Flight 212 returned to Brack at 10:40 for technical reasons.",
        "The council follows the law. The water in Brack was tested on Monday. Two samples were bad. We regret that.",
        "The incident affects a small number of policy holders only.",
        "We are sending out a press release on the matter at 18:00.",
    ),
    ("H3", "es"): (
        "Los sistemas del banco son seguros y están certificados. Los pagos fallaron a las 09:10.",
        "Nuestro hotel ha ganado tres premios. La cocina está cerrada. Los huéspedes se han mudado. Pedimos disculpas.",
        "El vuelo 212 regresó a Brea a las 10:40 por motivos técnicos.",
        "El ayuntamiento cumple la ley. El agua se analizó el lunes. Dos muestras salieron mal. Lo lamentamos.",
        "El incidente afecta solo a un número reducido de asegurados.",
        "Enviaremos una nota de prensa sobre el asunto a las 18:00.",
    ),
    ("H4", "en"): (
        "We are sorry. We are hoping for news from the port authority.",
        "We have heard you, and we have noticed that the app is slow.",
        "We are sorry for the delay of flight 212. Thank you for your patience.",
        "The council will look at the matter in the coming weeks.",
        "We are experiencing a problem with payments, and we are thinking of all who are waiting.",
    ),
    ("H4", "es"): (
        "Lo sentimos. Estamos esperando noticias de la autoridad portuaria.",
        "Los hemos oído y hemos notado que la aplicación va lenta.",
        "Sentimos el retraso del vuelo 212. Gracias por su paciencia.",
        "El ayuntamiento estudiará el asunto en las próximas semanas.",
        "Estamos teniendo un problema con los pagos y estamos pensando en quienes esperan.",
    ),
    ("H5", "en"): (
        "We ask for your patience while our engineers look at the signal.",
        "The hotel opens again at 12:00 tomorrow.",
        "Updates will follow when there is something to report.",
        "We told the passengers of flight 212 at 10:40 what we know.",
        "Call our help desk on 900 123 456 with any question.",
    ),
    ("H5", "es"): (
        "Les pedimos paciencia mientras el personal revisa la señal.",
        "El hotel abrirá mañana a las 12:00.",
        "Habrá novedades cuando tengamos algo que contar.",
        "Avisamos a los pasajeros del vuelo 212 a las 10:40.",
        "Llame a la mesa de ayuda, 900 123 456, si tiene preguntas.",
    ),
    ("H6", "en"): (
        "We are sorry for the delay of flight 212. Ask our staff at the gate.",
        "Reported on 2026-03-10 at 14:10, 1,200 cards were charged twice.",
        "Our help desk is open day and night.",
        "Version 2.14.3 is out; the fix is build 20260310.",
        "Please speak to the teacher of your child.",
    ),
    ("H6", "es"): (
        "Sentimos el retraso del vuelo 212. Pregunten al personal en la puerta.",
        "El 10-03-2026 a las 14:10 se cobraron dos veces 1.200 tarjetas.",
        "Nuestra mesa de ayuda atiende de día y de noche.",
        "Ya está la versión 2.14.3; compilación 20260310.",
        "Hablen con la maestra de su hijo, por favor.",
    ),
    ("H10", "en"): (
        "The lift will be fixed in a few hours.",
        "Trains are running normally again within 90 minutes.",
        "We will restore the water in the next two hours.",
        "Your account is back online in less than 45 minutes.",
        "The roof is repaired in three days.",
    ),
    ("H10", "es"): (
        "El elevador quedará reparado en unas horas.",
        "Los trenes volverán a funcionar en menos de 90 minutos.",
        "Restableceremos el agua en las próximas dos horas.",
        "Tu cuenta estará disponible de nuevo en 45 minutos.",
        "El techo se arreglará en tres días.",
    ),
    ("H11", "en"): (
        "Flight 212 is late. Our staff keep passengers informed and ask for patience.",
        "The two patients are well, and their doctors visit them twice a day.",
        "We are sorry. The pool is closed and the water is being tested.",
        "Our cashiers return the fee to 1,200 people.",
        "The company that runs the lift will report to us and to the council.",
    ),
    ("H11", "es"): (
        "El vuelo 212 va con retraso. Nuestro personal informa a los pasajeros y pide paciencia.",
        "Los dos pacientes están bien y los médicos los visitan dos veces al día.",
        "Lo sentimos. La piscina está cerrada y se analiza el agua.",
        "Nuestras cajas devuelven la comisión a 1.200 personas.",
        "La empresa del ascensor informará al ayuntamiento.",
    ),
}
POINTED: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("H7", "en"): (
        ("The fire was most likely an electrical fault.", "most likely"),
        ("We suspect a guest brought it in.", "We suspect"),
        ("Apparently a lorry hit the mast, and perhaps a second one.", "Apparently"),
        ("It looks like the signal was frozen.", "It looks like"),
        ("The driver of the other coach is to blame.", "is to blame"),
        ("The pushchair broke through misuse.", "misuse"),
        ("Some people claim that the water is brown.", "Some people claim"),
        ("It is being said that our guards hit a fan.", "It is being said that"),
        ("Rumor has it that the bank is closing.", "Rumor has it"),
        ("We believe the outage might be due to a cyberattack.", "might be due"),
        ("Our supplier failed to cool the meat.", "Our supplier failed"),
        ("The delay is due to our supplier.", "due to our supplier"),
        ("We have reason to believe a former colleague took the list.", "We have reason to believe"),
        ("All signs point to a gas leak.", "All signs point to"),
        ("The outage appears to have been caused by a storm.", "appears to have been"),
    ),
    ("H7", "es"): (
        ("El incendio se debió muy probablemente a un fallo eléctrico.", "probablemente"),
        ("Sospechamos que lo trajo un huésped.", "Sospechamos"),
        ("Al parecer un camión golpeó el mástil.", "Al parecer"),
        ("Todo parece indicar que la señal estaba congelada.", "Todo parece indicar que"),
        ("El conductor del otro autobús tiene la culpa.", "tiene la culpa"),
        ("La carriola se rompió por mal uso.", "mal uso"),
        ("Algunos afirman que el agua sale marrón.", "Algunos afirman que"),
        ("Se comenta que nuestros guardias golpearon a un aficionado.", "Se comenta que"),
        ("Corre el rumor de que el banco cierra.", "Corre el rumor"),
        ("La caída podría deberse a un ciberataque.", "podría deberse"),
        ("Fue un fallo de nuestro proveedor, que no enfrió la carne.", "fallo de nuestro proveedor"),
        ("Los usuarios tienen la culpa por no actualizar.", "tienen la culpa"),
        ("Se presume que un excolaborador se llevó la lista.", "Se presume que"),
        ("No es nuestra responsabilidad lo que pasa en la fila.", "No es nuestra responsabilidad"),
        ("Dicen que el hotel ya lo sabía.", "Dicen que"),
        ("Hay quien dice que el hotel ya lo sabía.", "Hay quien dice que"),
    ),
    ("H9", "en"): (
        ("Flight 212: the airline has no further comment.", "no further comment"),
        ("We are not able to comment on single patients.", "not able to comment"),
        ("We will not be commenting on the dismissal of the coach.", "not be commenting"),
        ("The bank has nothing to say on the matter.", "nothing to say"),
        ("We are not in a position to comment on the police's work.", "not in a position to comment"),
        ("The council prefers not to comment before the vote; we refuse to comment on names.", "refuse to comment"),
        ("We cannot comment while the case is open.", "We cannot comment"),
        ("The school declines to comment.", "declines to comment"),
    ),
    ("H9", "es"): (
        ("Vuelo 212: la aerolínea no hará más comentarios.", "no hará más comentarios"),
        ("No daremos declaraciones sobre el despido del entrenador.", "No daremos declaraciones"),
        ("Por el momento no tenemos comentarios.", "no tenemos comentarios"),
        ("No comentaremos el trabajo de la policía.", "No comentaremos"),
        ("La escuela declina hacer comentarios.", "declina hacer comentarios"),
        ("El banco no tiene nada que declarar.", "nada que declarar"),
        ("No podemos hacer declaraciones mientras el caso siga abierto.", "No podemos hacer declaraciones"),
        ("Preferimos no comentar casos de pacientes.", "Preferimos no comentar"),
        ("No emitiremos comentarios al respecto.", "No emitiremos comentarios"),
    ),
}
PASSES: dict[tuple[str, str], tuple[str, ...]] = {
    ("H2", "en"): (
        "At half past two a lift stopped between two floors. Nobody was hurt.",
        "At 2 o'clock the power failed in the operating theatres of our Brack clinic.",
        "Two hours ago we learned that some cards were charged twice.",
        "Last night part of the ceiling of the gym came down.",
        "On 4 May a coach of ours left the road near Brack.",
        "Flights to Brack have been delayed since noon.",
    ),
    ("H2", "es"): (
        "A las dos de la tarde se paró un ascensor entre dos plantas. No hay heridos.",
        "Hace dos horas supimos que algunas tarjetas se cobraron dos veces.",
        "El 4 de setiembre un bus nuestro se salió de la ruta cerca de Brea.",
        "En la madrugada falló la luz en los quirófanos de nuestra clínica.",
        "Los vuelos a Brea salen con retraso desde el mediodía.",
        "A la una de la tarde se cayó parte del techo del gimnasio.",
    ),
    ("H3", "en"): (
        "We know how frightening it is to sit in a lift that does not move. All nine are out.",
        "We feel terrible about what you went through on the 8:15 train.",
        "We are deeply saddened by the death of a colleague in our Brack plant.",
        "We understand your anger: you trusted us with your savings.",
        "Two children were hurt on our slide today. We are with their families.",
        "You waited six hours on the floor of the terminal. You deserved better, and we apologise.",
    ),
    ("H3", "es"): (
        "Ofrecemos una disculpa a quienes esperaron seis horas en la terminal.",
        "Nos disculpamos con cada pasajero del tren de las 8:15.",
        "Estamos consternados por la muerte de una compañera en la planta de Brea.",
        "Entendemos tu enojo: nos confiaste tus ahorros.",
        "Sabemos que están preocupados por sus hijos. Los dos niños heridos ya están en casa.",
        "Acompañamos a las familias de los dos trabajadores que murieron esta mañana.",
        "Sabemos el miedo que da quedarse en un ascensor parado. Ya han salido los nueve.",
    ),
    ("H4", "en"): (
        "We are moving all guests to another hotel tonight.",
        "We pulled the advert at 9:20 and told the agency.",
        "Our engineers are on the roof of the station, replacing the signal.",
        "We have sent a doctor to each of the twelve rooms.",
        "We've blocked the cards that were charged twice, and we are paying the money back.",
        "Our people are handing out water and blankets in hall 3.",
    ),
    ("H4", "es"): (
        "Enviamos una médica a cada una de las doce habitaciones.",
        "Cancelamos el anuncio a las 9:20 y notificamos a la agencia.",
        "Bloqueamos las tarjetas que se cobraron dos veces.",
        "Evacuamos la escuela y trasladamos a los alumnos al gimnasio.",
        "Estamos alojando a todos los huéspedes en otro hotel.",
        "Seguimos repartiendo agua y mantas en la sala 3.",
        "Nuestro personal está sustituyendo la señal de la estación.",
    ),
    ("H5", "en"): (
        "You will hear from us by noon.",
        "Our next bulletin comes at 6 p.m.",
        "News of the search is posted at port.example/marisol as it comes in.",
        "We will write to every parent before 20:00 tonight.",
        "Next update: tomorrow at 9 am, from our director.",
    ),
    ("H5", "es"): (
        "Les informaremos antes de las 4 de la tarde.",
        "Próximo reporte: 18:00 horas.",
        "El próximo boletín sale a las 20:00.",
        "Mantendremos al tanto a las familias en puerto.example/marisol, con novedades a cada hora.",
        "Vamos a escribir a cada familia antes de las 20:00.",
        "La directora hablará aquí mañana a las 9 y dará más información.",
    ),
    ("H6", "en"): (
        "Call 1-800-555-0199, day and night.",
        "Parents reach the school on (020) 7946 0958.",
        "All we know is at port.example/marisol.",
        "Write to claims@insurer.example with your policy number.",
        "Follow @brackairport for every change of gate.",
    ),
    ("H6", "es"): (
        "Llame al 0800 345 6789, a toda hora.",
        "Las familias nos encuentran en el +52 55 1234 5678.",
        "Todo lo que sabemos está en puerto.example/marisol.",
        "Escriba a siniestros@aseguradora.example con su número de póliza.",
        "Sigan a @aeropuertobrea para cada cambio de puerta.",
    ),
    ("H7", "en"): (
        "There is no sign that your data has been misused, and we keep watching.",
        "Many of you lost money through no fault of your own. We pay it back.",
        "It is not the fault of our customers, and nobody will be charged.",
        "We believe that you deserve a clear answer, so here it is.",
        "Perhaps you have seen the video from the stand. We have seen it, too.",
        "The customer should have been told on Monday. We told them on Thursday.",
        "The doctors say that all nine guests are out of danger.",
        "Two people told us that the water was brown; we are testing it.",
        "We think of the families, and we speak to each of them today.",
    ),
    ("H7", "es"): (
        "No hay señales de un uso indebido de tus datos y seguimos vigilando.",
        "Los clientes no tienen la culpa y a nadie se le va a cobrar.",
        "No es culpa de nuestros clientes: el error fue de la tienda.",
        "Creemos que mereces una respuesta clara; aquí está.",
        "Quizá hayas visto el video de la tribuna. Nosotros también.",
        "Los clientes deberían haber sido avisados el lunes y lo hicimos el jueves.",
        "Los médicos dicen que los nueve huéspedes están fuera de peligro.",
        "Dos personas nos dicen que el agua sale marrón; la estamos analizando.",
        "Pensamos en las familias y hoy hablamos con cada una.",
    ),
    ("H9", "en"): (
        "We cannot give names: the families asked us not to. Here is what we can say.",
        "The police have asked us to keep the place closed, and we answer every question on the rest at 18:00.",
        "Every comment under this post is read by a person.",
        "We have nothing to hide and nothing to sell you today.",
        "The coach will comment on the match tonight.",
    ),
    ("H9", "es"): (
        "No valoramos bien el peligro y cerramos tarde la piscina.",
        "No podemos dar nombres: las familias nos lo han pedido. Esto es lo que sí podemos decir.",
        "Cada comentario de esta publicación lo lee una persona.",
        "El entrenador comentará el partido esta noche.",
        "La policía nos pide no abrir la sala; contestamos a todo lo demás a las 18:00.",
    ),
    ("H10", "en"): (
        "We answer every message within 24 hours.",
        "The doctor comes in 20 minutes.",
        "Refunds reach your account within three days.",
        "We are repairing the lift. The next word comes in one hour.",
        "The water has been off for two hours, and in that time 300 homes called us.",
    ),
    ("H10", "es"): (
        "Contestamos cada mensaje en menos de 24 horas.",
        "La doctora llega en 20 minutos.",
        "El reembolso llega a tu cuenta en tres días.",
        "Estamos reparando el elevador. Volvemos a escribir en una hora.",
        "En dos horas sin agua nos llamaron 300 hogares.",
    ),
    ("H11", "en"): (
        "Boil your tap water before you drink it.",
        "Stay at home if you can; the school is closed today.",
        "If your card was charged twice, check your statement and tell us.",
        "Passengers of flight 212: go to desk 14, where meals are handed out.",
        "Until then, unplug the heater and keep children away from it.",
        "You can leave the hotel without paying.",
    ),
    ("H11", "es"): (
        "Hierve el agua antes de beberla.",
        "Comuníquese al 0800 345 6789 si le cobraron dos veces.",
        "Contáctenos en ayuda.banco.example.",
        "Pasajeros del vuelo 212: acérquense al mostrador 14, donde hay comida.",
        "Mientras tanto, desenchufa la estufa y aléjala de los niños.",
        "Escribinos por acá y guardá el ticket.",
        "Quédense en casa: hoy la escuela está cerrada.",
        "Verifica tu estado de cuenta y repórtanos cualquier cargo.",
    ),
}


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in TRIPS.items() for text in texts])
def test_what_is_missing_is_said_in_every_trade(check: str, lang: str, text: str) -> None:
    assert [finding.level for finding in of(check, text, replace(CASE, lang=lang))] == [LEVELS.get(check, "W")]


@pytest.mark.parametrize(
    ("check", "lang", "text", "words"), [(*key, *pair) for key, pairs in POINTED.items() for pair in pairs]
)
def test_what_must_not_stand_is_pointed_at_in_every_trade(check: str, lang: str, text: str, words: str) -> None:
    found = of(check, text, replace(CASE, lang=lang))
    assert {finding.level for finding in found} == {"B"}
    assert words in pointed(text, found)


@pytest.mark.parametrize(("check", "lang", "text"), [(*key, text) for key, texts in PASSES.items() for text in texts])
def test_what_good_people_write_in_every_trade_is_let_through(check: str, lang: str, text: str) -> None:
    assert pointed(text, found := of(check, text, replace(CASE, lang=lang))) == []
    assert found == []
