"""Benoit's labels: which words earn which, by paragraph, in both languages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.work import work
from warroom.domain.checks.image import LABELS, NAMES, Label, labels, paragraphs, tagged
from warroom.domain.checks.judge import CHECKS
from warroom.domain.checks.text import prepared
from warroom.services.wordlists import load_lists

from .judging import CASE

EARNED: dict[Label, tuple[str, str]] = {
    "deny": ("The report is false.", "La noticia: es falsa."),
    "shift-blame": ("Our supplier failed.", "Fue un fallo del proveedor."),
    "provocation": ("They left us no choice.", "No nos dejaron otra opción."),
    "no-control": ("It was beyond our control.", "Fue ajeno a nuestro control."),
    "accident": ("It was sent by accident.", "Se envió por accidente."),
    "good-intent": ("We meant well.", "Lo hicimos con la mejor intención."),
    "bolster": ("We have made oat drink since 1994.", "Llevamos elaborando bebida de avena desde 1994."),
    "minimise": ("It is an isolated case.", "Es un caso aislado."),
    "differentiate": ("It was a simple misunderstanding.", "Fue un simple malentendido."),
    "transcend": ("It could happen to anyone.", "Le puede pasar a cualquiera."),
    "attack": ("This is a smear campaign.", "Es una campaña de desprestigio."),
    "compensate": ("We refund each carton.", "Reembolsamos cada cartón."),
    "corrective": ("We will review each rinse.", "Revisaremos cada enjuagado."),
    "mortification": ("It was our mistake.", "Fue un error nuestro."),
}


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_each_label_is_earned_by_its_words_alone(label: Label, lang: str) -> None:
    text = EARNED[label][0 if lang == "en" else 1]
    assert [tag.label for tag in tagged(prepared(text), lang, load_lists())] == [label]


def test_every_label_has_a_name() -> None:
    assert NAMES.keys() == set(LABELS)


def test_a_paragraph_has_its_own_labels_once_each_in_the_order_of_the_words() -> None:
    text = prepared(
        "Lot 4471 is off the shelves.\n\nIt was our mistake, our own mistake.\nWe refund each carton.\n\n\n"
        "  We will review each rinse.  \n"
    )
    found = labels(text, "en", load_lists())
    assert [paragraph.labels for paragraph in found] == [(), ("mortification", "compensate"), ("corrective",)]
    assert [text.raw[p.span.start : p.span.end].strip()[:3] for p in found] == ["Lot", "It ", "We "]
    assert [len(paragraph.tags) for paragraph in found] == [0, 3, 1]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "This was no accident, and it was not by accident."),
        ("en", "It is not an isolated case. It was never beyond our control."),
        ("en", "It wasn't our mistake."),
        ("en", "We apologise for the inconvenience."),
        ("es", "No fue por accidente. No es un caso aislado."),
        ("es", "No fue culpa nuestra? No nos equivocamos."),
        ("es", "Pedimos disculpas por las molestias."),
    ],
)
def test_what_is_negated_and_what_is_courtesy_earns_nothing(lang: str, text: str) -> None:
    earned = {tag.label for tag in tagged(prepared(text), lang, load_lists())}
    assert earned <= {"shift-blame"}


def test_in_another_language_nothing_is_known() -> None:
    assert tagged(prepared("It was our mistake."), "fr", load_lists()) == ()


@given(st.text(alphabet="ab \n\r\u2028\x0b", max_size=60))
def test_paragraphs_hold_every_word_once_and_in_order(raw: str) -> None:
    spans = list(paragraphs(prepared(raw)))
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert "".join("".join(raw[s.start : s.end].split()) for s in spans) == "".join(raw.split())


@pytest.mark.parametrize(
    "piece", ["We are sorry. ", "It was our mistake.\n\n", "we should have ", "no es ", "for over a"]
)
def test_the_work_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    def judged(n: int) -> int:
        text = prepared(piece * (n // len(piece)))
        case = replace(CASE, purpose="apology", cluster="preventable")

        def judge() -> None:
            labels(text, "en", load_lists())
            for check in CHECKS:
                if check.id[0] in "SIA":
                    list(check.function(text, case, load_lists()))

        return work(judge)

    judged(1_000)
    assert judged(100_000) < 15 * judged(10_000)
