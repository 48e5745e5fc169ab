"""Places in the flattened text are places in the text, and sentences end where a reader would say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.domain.checks.text import LINK, MAIL, flat, language_of, prepared


@given(st.text())
def test_flat_text_is_as_long_as_the_text(text: str) -> None:
    assert len(flat(text)) == len(text)
    assert flat(flat(text)) == flat(text)


def test_accents_and_capitals_go_and_the_tilde_of_the_ene_stays() -> None:
    assert flat("MAÑANA, Próxima VERSIÓN: don’t") == "mañana, proxima version: don't"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("We are sorry for it. The lot is not for sale.", "en"),
        ("Lo sentimos. El lote ya no está a la venta en las tiendas.", "es"),
        ("LO SENTIMOS. EL LOTE YA NO ESTÁ EN LAS TIENDAS QUE LO TENÍAN", "es"),
        ("We are sorry. Lo sentimos por las familias de la ciudad. The lot is not for sale.", None),
        ("Sorry, Ana.", None),
        ("", None),
        ("日本語" * 100, None),
    ],
)
def test_the_language_of_a_text_is_told_only_where_it_is_clear(text: str, lang: str | None) -> None:
    assert language_of(text) == lang


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We are sorry. We stopped line 3!", ["We are sorry.", "We stopped line 3!"]),
        (
            "Read help.nordavena.example. It is 16.00 now… really?",
            ["Read help.nordavena.example.", "It is 16.00 now…", "really?"],
        ),
        ("At 4 p.m. today Dr. Roe speaks. Ask her.", ["At 4 p.m. today Dr. Roe speaks.", "Ask her."]),
        ("Hablamos a las 4 p.m. Después, la Sra. Soto.", ["Hablamos a las 4 p.m.", "Después, la Sra. Soto."]),
        ("What we know:\n\n  41 reports\r\nall of one lot ", ["What we know:", "41 reports", "all of one lot"]),
        ("«Lo sentimos.» (De verdad.) Fin", ["«Lo sentimos.»", "(De verdad.)", "Fin"]),
        (" \n ", []),
        ("...", ["..."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    ready = prepared(text)
    assert [ready.raw[span.start : span.end] for span in ready.sentences] == sentences


@given(st.text(alphabet="aM. !?…\n'»)1"))
def test_sentences_cover_every_word_once_and_in_order(text: str) -> None:
    spans = prepared(text).sentences
    covered = "".join(text[span.start : span.end] for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_links_and_addresses_are_told_from_words() -> None:
    text = flat("See help.nordavena.example/a?b, https://x.example or @nordavena; not 4471.Please, 3.5 or a@b.com")
    assert LINK.findall(text) == ["help.nordavena.example/a?b,", "https://x.example", "@nordavena"]
    assert MAIL.findall(text) == ["a@b.com"]
