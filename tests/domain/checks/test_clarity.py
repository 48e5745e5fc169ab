"""C5 and C9: the text fits its networks and has no gap left."""

import pytest
from msgspec.structs import replace

from .judging import CASE, of, pointed

GAPS = (
    ("en", "We will update you at [time].", "[time]"),
    ("en", "Call {phone} or write to <address>.", "{phone}"),
    ("en", "XXX bottles are affected.", "XXX"),
    ("en", "The next update comes at XX:XX.", "XX:XX"),
    ("en", "The cause is TBD, signed ____", "TBD"),
    ("es", "Actualizaremos a las [hora].", "[hora]"),
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
        assert found[0].reason.params["network"] == network


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
