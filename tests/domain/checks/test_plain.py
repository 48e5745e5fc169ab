"""C3 and C4: how hard it reads, words of the office, and a passive that hides who."""

import pytest
from msgspec.structs import replace

from .judging import CASE, of, pointed
from .statements import GOOD

HARD = {
    "en": (
        "Following an extensive evaluation of the available information, the organisation has determined that "
        "continued "
        "distribution of the affected product is incompatible with its commitment to consumer protection, and "
        "consequently initiated a precautionary withdrawal.",
        "Our technical personnel are currently investigating irregularities in the authentication infrastructure, "
        "which "
        "resulted in temporary unavailability of payment functionality for a considerable proportion of our customers "
        "throughout the morning.",
        "In accordance with our operational procedures, and notwithstanding the preliminary character of the findings, "
        "additional laboratory analyses have been requested from an accredited independent institution.",
        "The preliminary documentation indicates that communication between departments was insufficient, and "
        "management "
        "is evaluating organisational modifications to guarantee that comparable situations are prevented in future.",
        "We sincerely appreciate the understanding demonstrated by passengers during the unexpected interruption of "
        "transportation services, and we continue cooperating with the responsible authorities to determine the "
        "circumstances of the incident.",
    ),
    "es": (
        "Tras una exhaustiva evaluación de la información disponible, la organización ha determinado que continuar con "
        "la comercialización del producto afectado resulta incompatible con su compromiso de protección al consumidor, "
        "iniciándose consecuentemente la retirada preventiva.",
        "Nuestro personal técnico se encuentra investigando irregularidades detectadas en la infraestructura de "
        "autenticación, que ocasionaron la indisponibilidad temporal de las funcionalidades de pago para una "
        "proporción "
        "considerable de nuestros usuarios.",
        "De acuerdo con nuestros procedimientos operativos, y considerando el carácter preliminar de los resultados, "
        "se "
        "han solicitado determinaciones analíticas complementarias a una institución independiente acreditada.",
        "La documentación preliminar evidencia que la comunicación interdepartamental resultó insuficiente, por lo que "
        "la dirección está evaluando modificaciones organizativas que garanticen la prevención de situaciones "
        "comparables en el futuro.",
        "Agradecemos sinceramente la comprensión demostrada por los pasajeros durante la inesperada interrupción de "
        "los "
        "servicios de transporte, y continuamos colaborando con las autoridades responsables para determinar las "
        "circunstancias del incidente.",
    ),
}
FOUND = (
    ("en", "We are in touch with all stakeholders.", ["stakeholders"]),
    ("en", "A root cause analysis is under way, and we act proactively.", ["root cause analysis", "proactively"]),
    ("en", "Some SKUs were out of specification.", ["SKUs", "out of specification"]),
    ("en", "Mistakes were made on Tuesday night.", ["Mistakes were made"]),
    ("en", "It was decided to say nothing until noon.", ["was decided"]),
    ("en", "Measures have been taken. Customers were not informed by 18:00.",
     ["Measures have been taken", "were not informed"]),
    ("es", "Estamos en contacto con los grupos de interés.", ["grupos de interés"]),
    ("es", "Hemos activado el protocolo interno y buscamos la causa raíz.", ["activado el protocolo", "causa raíz"]),
    ("es", "A la mayor brevedad procederemos a devolver el importe.", ["A la mayor brevedad", "procederemos a"]),
    ("es", "Se han cometido errores.", ["Se han cometido"]),
    ("es", "Se decidió no avisar hasta el mediodía.", ["Se decidió"]),
    ("es", "Se han tomado medidas y se informará por correo.", ["Se han tomado", "se informará"]),
)  # fmt: skip
FINE = (
    ("en", "We decided to say nothing until noon. That was wrong."),
    ("en", "The lot was withdrawn at 14:10, and line 3 has been stopped."),
    ("en", "That was decided by our board on Monday."),
    ("en", "Our oat drink is made in Brack, and nobody was taken to hospital."),
    ("en", "We made mistakes, and we have taken three steps."),
    ("es", "Decidimos no avisar hasta el mediodía. Hicimos mal."),
    ("es", "El lote se ha retirado a las 14:10 y la línea 3 está parada."),
    ("es", "Se decidió por la dirección el lunes."),
    ("es", "Informaremos por correo. Del mismo lote hay 41 avisos; guarda el tique."),
    ("es", "Cometimos errores y hemos tomado tres medidas."),
)


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in HARD.items() for text in texts])
def test_a_text_that_reads_hard_is_pointed_at_its_longest_sentence(lang: str, text: str) -> None:
    found = of("C3", "Lo sentimos. We are sorry.\n" + text, replace(CASE, lang=lang))
    assert [finding.level for finding in found] == ["W"]
    assert pointed("Lo sentimos. We are sorry.\n" + text, found) == [text]
    level = found[0].reason.params["level"]
    assert isinstance(level, int)
    assert level > 7 if lang == "en" else level < 55


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, pairs in GOOD.items() for _, text in pairs])
def test_plain_words_are_let_through(lang: str, text: str) -> None:
    assert of("C3", text, replace(CASE, lang=lang)) == []
    assert of("C4", text, replace(CASE, lang=lang)) == []


def test_a_short_text_has_no_level() -> None:
    assert of("C3", "Precautionary withdrawal of contaminated refrigerated products.") == []


@pytest.mark.parametrize(("lang", "text", "words"), FOUND)
def test_jargon_and_a_hidden_actor_are_pointed_at(lang: str, text: str, words: list[str]) -> None:
    found = of("C4", text, replace(CASE, lang=lang))
    assert pointed(text, found) == words
    assert {finding.level for finding in found} == {"W"}


@pytest.mark.parametrize(("lang", "text"), FINE)
def test_somebody_who_does_it_is_let_through(lang: str, text: str) -> None:
    assert of("C4", text, replace(CASE, lang=lang)) == []
