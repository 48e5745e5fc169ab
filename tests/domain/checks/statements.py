"""Whole statements as they might go out, by language: none of them deserves a finding of clarity, tone or timing.

The organisations are made up.
"""

from warroom.domain.events import StatementKind

GOOD: dict[str, tuple[tuple[StatementKind, str], ...]] = {
    "en": (
        (
            "first-word",
            "We have heard that some of you cannot pay with the Korvo app. We are sorry: we know how stressful that is "
            "at a till. Our engineers are checking it now. Please use your card or cash until it works. "
            "Next word here at 10:30: status.korvo.example",
        ),
        (
            "holding",
            "We are deeply sorry for the fright that passengers on the 8:15 ferry had this morning.\n\n"
            "What we know: the Marisol touched the pier at 8:42. Eleven people were hurt, and two are in hospital.\n"
            "What we do not know yet: why she came in too fast.\n"
            "What we are doing: she is out of service, and the harbour office is examining her engine.\n"
            "What you can do: if you were on board, call 900 123 456. Somebody answers day and night.\n\n"
            "We will speak again at 14:00 at lineaazul.example.\n– Ana Prat, Director",
        ),
        (
            "update",
            "Update, 18:00. We are sorry for the long wait. 15 people have now told us that they felt ill after "
            "drinking lot 4471. We have called each of them. The laboratory has not found the cause so far. "
            "Please keep the carton and do not drink from it. "
            "We will update you here at 20:00: help.nordavena.example",
        ),
        (
            "full",
            "On 2 March we sold oat drink that made people ill. We are sorry. The mistake was ours.\n\n"
            "A valve on filler 3 was not cleaned well enough. Cleaning water stayed in the pipe and ran into lot 4471. "
            "We have not confirmed whether any other lot was touched, and we are testing all that left that day.\n\n"
            "We have stopped filler 3. From now on two people check each cleaning, and we will publish what they find "
            "each month.\n\n"
            "If you have a carton of lot 4471, please take it back to any shop. You get your money back without a "
            "receipt. If you felt ill, write to help.nordavena.example and we will call you.\n\n"
            "We will tell you the results of the tests on 20 March.\n– A. Martín, Managing Director",
        ),
        (
            "apology",
            "We let you down last night, and we are sorry. Our stage team opened the doors 40 minutes late and told "
            "you nothing while you stood in the rain. That was wrong, and we are responsible.\n\n"
            "We know that some of you missed your last train. Please send us the receipt of your taxi or your room, "
            "and we will pay it within five days: help.salaluz.example\n\n"
            "We do not yet know why the power failed. We have asked an outside engineer to find out, and we will "
            "publish the answer here on Friday at 12:00.",
        ),
        (
            "holding",
            "Somebody got into our ticket shop on Monday night and saw names and e-mail addresses of customers. "
            "We are sorry. We know how worrying that is.\n\n"
            "We have closed the shop and called in the police. As far as we know, no card numbers were seen.\n\n"
            "Please change your password if you use the same one elsewhere. "
            "We will write to each of you, and here, by 18:00 today: help.salaluz.example",
        ),
    ),
    "es": (
        (
            "first-word",
            "Sabemos que algunas personas no pueden pagar con la aplicación de Korvo. Lo sentimos: en la caja es un "
            "apuro. Nuestros equipos están comprobando qué pasa. Por favor, paga con tarjeta o en efectivo. "
            "Próximo aviso aquí, a las 10:30: estado.korvo.example",
        ),
        (
            "holding",
            "Sentimos mucho el susto de quienes viajaban esta mañana en el barco de las 8:15.\n\n"
            "Qué sabemos: el Marisol tocó el muelle a las 8:42. Hay once personas heridas; dos siguen en el hospital.\n"
            "Qué no sabemos todavía: por qué entró demasiado rápido.\n"
            "Qué hacemos: el barco está parado y Capitanía revisa el motor. Estamos llamando a cada pasajero.\n"
            "Qué puedes hacer: si ibas a bordo, llama al 900 123 456. Contestamos de día y de noche.\n\n"
            "Volveremos a informar a las 14:00 en lineaazul.example.\n— Ana Prat, directora",
        ),
        (
            "update",
            "Actualización de las 18:00. Sentimos la espera. Ya son 15 las personas que se sintieron mal tras beber "
            "el lote 4471. Hemos llamado a todas. El laboratorio aún no sabe la causa; no la conocemos todavía. "
            "Por favor, guarda el cartón y no bebas de él. "
            "Volveremos a escribir aquí a las 20:00: ayuda.nordavena.example",
        ),
        (
            "full",
            "El 2 de marzo vendimos una bebida de avena que hizo enfermar a varias personas. Lo sentimos. "
            "El error fue nuestro.\n\n"
            "No limpiamos bien una válvula de la llenadora 3. Quedó agua de limpieza en el tubo y pasó al lote 4471. "
            "Todavía no sabemos si llegó a otro lote y estamos analizando todo lo que salió ese día.\n\n"
            "Hemos parado la llenadora 3. Desde ahora dos personas revisan cada limpieza y cada mes publicaremos lo "
            "que encuentren.\n\n"
            "Si tienes un cartón del lote 4471, llévalo a cualquier tienda: por favor, pide tu dinero, sin recibo. "
            "Si te encontraste mal, escribe a ayuda.nordavena.example y te llamamos.\n\n"
            "El 20 de marzo contaremos aquí los resultados.\n— A. Martín, directora general",
        ),
        (
            "apology",
            "Anoche os fallamos y os pedimos perdón. Abrimos las puertas 40 minutos tarde y no os dijimos nada "
            "mientras esperabais bajo "
            "la lluvia. Hicimos mal y la responsabilidad es nuestra.\n\n"
            "Algunos perdisteis el último tren. Por favor, mandadnos el recibo del taxi o del hotel y os lo pagamos "
            "antes de cinco días: ayuda.salaluz.example\n\n"
            "Todavía no sabemos por qué falló la luz. Hemos pedido a una ingeniera de fuera que lo averigüe y "
            "publicaremos aquí la respuesta el viernes a las 12:00.",
        ),
        (
            "holding",
            "El lunes por la noche alguien entró en nuestra tienda de entradas y vio nombres y correos de clientes. "
            "Lo sentimos. Sabemos que preocupa.\n\n"
            "Hemos cerrado la tienda y hemos avisado a la policía. Hasta donde sabemos, no vio números de tarjeta.\n\n"
            "Por favor, cambien la contraseña si usan la misma en otro sitio. "
            "Escribiremos a cada persona, y también aquí, antes de las 18:00 de hoy: ayuda.salaluz.example",
        ),
    ),
}
