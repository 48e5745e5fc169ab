"""C5, C6, C7 and C9: the text fits its network, its hour and its audience, and has no gap left."""

import pytest
from msgspec.structs import replace

from warroom.domain.checks.finding import Said
from warroom.domain.mention import Segment
from warroom.domain.networks import network_name

from .judging import CASE, NOW, of, pointed

GAPS = (
    ("en", "We will update you at [time].", "[time]"),
    ("en", "Call {phone} or write to <address>.", "{phone}"),
    ("en", "XXX bottles are affected.", "XXX"),
    ("en", "The next update comes at XX:XX.", "XX:XX"),
    ("en", "The cause is TBD, signed ____", "TBD"),
    ("en", "Dear [parent/carer], the school is closed until to be completed.", "[parent/carer]"),
    ("en", "Flight 212 leaves at hh:mm on dd/mm/yyyy.", "hh:mm"),
    ("en", "We are sorry. Lorem ipsum.", "Lorem ipsum"),
    ("es", "Actualizaremos a las [hora].", "[hora]"),
    ("es", "Estimadas familias: el {fecha} cierra la escuela.", "{fecha}"),
    ("es", "El vuelo 212 sale a las xx:xx el dd/mm/aaaa.", "xx:xx"),
    ("es", "Motivo de la avería: por completar.", "por completar"),
    ("es", "Llama al {teléfono} o escribe a <dirección>.", "{teléfono}"),
    ("es", "Hay xxx botellas afectadas.", "xxx"),
    ("es", "La próxima información será a las hh:mm.", "hh:mm"),
    ("es", "El número de lote está pendiente de completar.", "pendiente de completar"),
)
WHOLE = (
    ("en", "We will update you at 16:00 <https://help.nordavena.example>."),
    ("en", "Read the report [1] and its notes [12]."),
    ("en", "41 is < 50 and > 40; the cause is not confirmed."),
    ("en", "Our XX warehouse in the Foxxx valley, aisle 3_b."),
    ("en", "Ticket (row 3, seat 12) is valid on 12/05; see the fine print*."),
    ("en", "Write to <help@bank.example> – a person answers."),
    ("es", "La entrada (fila 3, asiento 12) vale el 12/05; lee la letra pequeña*."),
    ("es", "Escriban a <ayuda@banco.example>: contesta una persona."),
    ("es", "Actualizaremos a las 16:00 <https://ayuda.nordavena.example>."),
    ("es", "Lee el informe [1] y sus notas [12]."),
    ("es", "El análisis está pendiente de confirmar; 41 < 50."),
    ("es", "Fundada en el siglo XX, en el almacén XXI."),
)


@pytest.mark.parametrize(("lang", "text", "gap"), GAPS)
def test_a_gap_is_pointed_at(lang: str, text: str, gap: str) -> None:
    found = of("C9", text, replace(CASE, lang=lang))
    assert pointed(text, found)[0] == gap
    assert {finding.level for finding in found} == {"B"}
    assert found[0].reason.params["words"] == gap


@pytest.mark.parametrize(("lang", "text"), WHOLE)
def test_what_only_looks_like_a_gap_is_let_through(lang: str, text: str) -> None:
    assert of("C9", text, replace(CASE, lang=lang)) == []


def test_every_gap_of_a_text_is_found() -> None:
    text = "Call {phone} or write to <address>. Signed ____"
    assert pointed(text, of("C9", text)) == ["{phone}", "<address>", "____"]


def test_our_name_for_a_fact_in_the_text_says_what_to_write_in_its_place() -> None:
    (unknown, known) = of("C9", "We cite [F99] and [f1] here.")
    assert unknown.reason.id.startswith("“{words}” names a fact that is not on the table")
    assert unknown.reason.params == {"words": "[F99]"}
    assert known.reason.params == {"words": "[f1]", "text": CASE.facts["F1"].text}
    (outside,) = of("C9", "We cite [F99] here.", replace(CASE, declared_at=None))
    assert "gap" in outside.reason.id


LONG = {
    "en": "We know that some families feel unwell after drinking lot 4471, and we are sorry. ",
    "es": "Sabemos que algunas familias se encuentran mal tras beber el lote 4471 y lo sentimos. ",
}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_text_that_no_thread_can_carry_blocks(lang: str) -> None:
    for network, text in (
        ("instagram", LONG[lang] * 40),
        ("linkedin", LONG[lang] * 60),
        ("x", LONG[lang] + "a" * 290),
        ("bluesky", "ñ" * 301),
    ):
        found = of("C5", text, replace(CASE, lang=lang, networks=("web", network)))
        assert [(finding.level, finding.group) for finding in found] == [("B", "pertinence")]
        assert found[0].reason.params["network"] == network_name(network)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_text_that_a_thread_carries_is_said_and_does_not_block(lang: str) -> None:
    for network in ("x", "bluesky", "mastodon", "threads"):
        found = of("C5", LONG[lang] * 10, replace(CASE, lang=lang, networks=(network,)))
        assert [finding.level for finding in found] == ["I"]
        parts = found[0].reason.params["n"]
        assert isinstance(parts, int)
        assert parts > 1


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_text_that_fits_needs_no_word(lang: str) -> None:
    networks = ("x", "bluesky", "mastodon", "instagram", "linkedin", "facebook", "web")
    assert of("C5", LONG[lang] * 2, replace(CASE, lang=lang, networks=networks)) == []
    assert of("C5", LONG[lang] * 900, replace(CASE, lang=lang, networks=("web", "intranet"))) == []
    assert of("C5", LONG[lang] * 900, replace(CASE, lang=lang, networks=())) == []


# --- C6, C7 -------------------------------------------------------------------------------------------------

SOLD = (
    ("en", "Meanwhile, try our new oat cookies.", ["try our"]),
    ("en", "We are sorry. Use code OATS10 for 20% off your next order.", ["Use code", "20% off"]),
    ("en", "Lot 4471 is recalled. #Foodie #BlackFriday", ["#Foodie", "#BlackFriday"]),
    ("en", "Sorry for the wait 🎉", ["🎉"]),
    ("en", "Discover our award-winning range while you wait.", ["Discover our", "award-winning"]),
    ("es", "Mientras tanto, prueba nuestras galletas de avena.", ["prueba nuestras"]),
    ("es", "Lo sentimos. Usa el código AVENA10: 20% de descuento.", ["Usa el código", "20% de descuento"]),
    ("es", "Lote 4471 retirado. #Sorteo #VidaSana", ["#Sorteo", "#VidaSana"]),
    ("es", "Perdón por la espera 😍", ["😍"]),
    ("es", "Aprovecha y descubre nuestra gama.", ["Aprovecha", "descubre nuestra"]),
)
NOT_SOLD = (
    ("en", "We offer a full refund; do not buy or drink lot 4471. #lot4471 #recall"),
    ("en", "⚠️ Recall of lot 4471 ➡️ help.nordavena.example ☎️ 900 123 456"),
    ("en", "Take it back to any shop. The price is paid back in full, 100% of it."),
    ("en", "The call is free. New results come at 18:00 ✅"),
    ("en", "We will not win your trust back with words."),
    ("es", "Devolvemos el dinero; no compres ni bebas el lote 4471. #lote4471"),
    ("es", "⚠️ Retirada del lote 4471 ➡️ ayuda.nordavena.example ☎️ 900 123 456"),
    ("es", "Llévalo a cualquier tienda. Devolvemos el precio entero, el 100 %."),
    ("es", "La llamada es gratis. Los nuevos resultados, a las 18:00 ✅"),
    ("es", "No recuperaremos tu confianza con palabras."),
)


@pytest.mark.parametrize(("lang", "text", "words"), SOLD)
def test_what_sells_or_cheers_in_a_grave_crisis_is_pointed_at(lang: str, text: str, words: list[str]) -> None:
    case = replace(CASE, lang=lang)
    found = of("C6", text, case)
    assert pointed(text, found) == words
    assert {finding.level for finding in found} == {"W"}
    assert of("C6", text, replace(case, severity=2)) == []


@pytest.mark.parametrize(("lang", "text"), NOT_SOLD)
def test_amends_and_signs_sell_nothing(lang: str, text: str) -> None:
    assert of("C6", text, replace(CASE, lang=lang, severity=4)) == []


SAME = {
    "en": (
        ("We are sorry. Next word at 16:00.", "We are sorry. Next word at 18:00."),
        ("We are sorry.\nPlease keep the carton!", "we are sorry – please keep the carton"),
        ("41 reports so far.", "52 reports so far."),
        ("What we know: one lot.", "What we know: one lot."),
        ("Write to help.nordavena.example.", "Write to help.nordavena.example"),
    ),
    "es": (
        ("Lo sentimos. Próximo aviso a las 16:00.", "Lo sentimos. Próximo aviso a las 18:00."),
        ("Lo sentimos.\n¡Guarda el cartón!", "lo sentimos – guarda el carton"),
        ("41 avisos hasta ahora.", "52 avisos hasta ahora."),
        ("Qué sabemos: un lote.", "Qué sabemos: un lote."),
        ("Escribe a ayuda.nordavena.example.", "Escribe a ayuda.nordavena.example"),
    ),
}


@pytest.mark.parametrize(("lang", "before", "text"), [(lang, *pair) for lang, pairs in SAME.items() for pair in pairs])
def test_the_same_copy_for_another_audience_is_said(lang: str, before: str, text: str) -> None:
    out = Said(id="S1", text=before, lang=lang, purpose="full", at=NOW, audiences=(Segment.LOVE, Segment.LIKE))
    case = replace(CASE, lang=lang, said=(out,), audiences=(Segment.HATE,))
    assert [(f.level, f.reason.params["id"]) for f in of("C7", text, case)] == [("W", "S1")]
    for fine in (
        replace(case, audiences=()),
        replace(case, audiences=(Segment.LIKE, Segment.HATE)),
        replace(case, said=()),
        replace(case, said=(replace(out, audiences=()),)),
        replace(case, said=(replace(out, lang="ca"),)),
    ):
        assert of("C7", text, fine) == []
    assert of("C7", text + " And more.", case) == []


FITS = (
    (
        "en",
        "x",
        "Payments work again since 18:10. We are sorry. All we know: https://status.korvo.example/" + "a" * 300,
    ),
    ("en", "bluesky", "👨‍👩‍👧" * 150),
    ("en", "mastodon", "@port@a-very-long-server-name.example " * 50),
    ("en", "linkedin", "a" * 3000),
    ("en", "intranet", "We are sorry. " * 3000),
    ("es", "x", "Los pagos funcionan. Lo sentimos. Todo lo que sabemos: https://estado.korvo.example/" + "a" * 300),
    ("es", "bluesky", "ñ" * 300),
    ("es", "mastodon", "Sigan a @puerto@un-servidor-de-nombre-largo.example " * 20),
    ("es", "instagram", "á" * 2200),
    ("es", "intranet", "Lo sentimos. " * 3000),
)
TOO_LONG = (
    ("en", "instagram", "a" * 2201),
    ("en", "linkedin", "a" * 3001),
    ("en", "telegram", "We are sorry. " * 300),
    ("en", "x", "We are sorry. #" + "a" * 280),
    ("en", "bluesky", "See " + "a" * 301),
    ("es", "instagram", "á" * 2201),
    ("es", "tiktok", "Lo sentimos. " * 400),
    ("es", "youtube", "Lo sentimos. " * 400),
    ("es", "threads", "Lo sentimos: " + "ñ" * 500),
    ("es", "mastodon", "Lo sentimos: " + "ñ" * 501),
)


@pytest.mark.parametrize(("lang", "network", "text"), FITS)
def test_each_network_counts_in_its_own_way(lang: str, network: str, text: str) -> None:
    assert of("C5", text, replace(CASE, lang=lang, networks=(network,))) == []


@pytest.mark.parametrize(("lang", "network", "text"), TOO_LONG)
def test_what_a_network_cannot_take_is_held(lang: str, network: str, text: str) -> None:
    found = of("C5", text, replace(CASE, lang=lang, networks=("web", network)))
    assert [(finding.level, finding.reason.params["network"]) for finding in found] == [("B", network_name(network))]
