"""The catalogues say everything that the program says, and nothing else.

This looks at every module, so it fails while a sentence is new: `python -m warroom.data.locale.make` collects it,
then it wants its translation. Leave it out while sentences are still being written:
`pytest --ignore tests/services/test_words_catalogue.py`.
"""

import ast
import re
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from warroom.data.locale.make import ROOT, catalogue, compiled, is_translated, languages, po_path, said
from warroom.services.words import LANGUAGES, SOURCE

MAKE = "run: python -m warroom.data.locale.make"


@pytest.fixture(scope="module")
def template() -> Catalog:
    return said()


def texts(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a message: one, or one for each count."""
    return (value or "",) if isinstance(value, str | None) else tuple(value)


def forms(full: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Message id → translation, in all their forms."""
    return {texts(message.id): texts(message.string) for message in full if message.id}


def places(text: str) -> set[str]:
    """The parameters of a text; a form for one may well say "a" instead of "{n}"."""
    return set(re.findall(r"{\w+}", text)) - {"{n}"}


def test_every_language_but_the_source_has_a_catalogue() -> None:
    assert sorted({SOURCE, *languages()}) == sorted(LANGUAGES)


@pytest.mark.parametrize("lang", languages())
def test_nothing_is_unsaid_unused_or_uncertain(lang: str, template: Catalog) -> None:
    full = catalogue(lang)
    assert forms(template).keys() - forms(full).keys() == set(), MAKE
    assert forms(full).keys() - forms(template).keys() == set(), MAKE
    assert [message.id for message in full.obsolete.values()] == [], f"{MAKE} --prune"
    assert [message.id for message in full if message.id and message.fuzzy] == []
    assert [message.id for message in full if message.id and not is_translated(message)] == []


@pytest.mark.parametrize("lang", languages())
def test_every_translation_names_the_same_parameters(lang: str) -> None:
    odd = [
        text
        for ids, translations in forms(catalogue(lang)).items()
        for id, text in zip(ids, translations, strict=True)
        if text and places(id) != places(text)
    ]
    assert odd == []


@pytest.mark.parametrize("lang", languages())
def test_the_compiled_catalogue_is_fresh(lang: str) -> None:
    with po_path(lang).with_suffix(".mo").open("rb") as file:
        kept = read_mo(file)
    assert forms(kept) == forms(read_mo(BytesIO(compiled(catalogue(lang))))), MAKE


OTHER_WORDS = {
    r"\bfichero": "archivo",
    r"\bverbos?\b": "orden",
    r"\bdemostraci": "demo",
    r"\bsegmentos?\b|\bpúblicos\b(?! que)": "audiencia",
    r"\bun terminal|\bel terminal|\blos terminales|\beste terminal": "la terminal",
    r"\bvosotros\b|\w(?:áis|éis|steis)\b": "tú",
    r"\busted\b(?!;|\.)": "tú",
    r"[“”\"]|'\{": "«»",
}
"""What is not said in Spanish here, and what is: one word for one thing, and everybody is spoken to as tú."""


def test_spanish_has_one_word_for_a_thing_and_its_own_signs() -> None:
    spoken = [text for said in forms(catalogue("es")).values() for text in said if not text.startswith("warroom ")]
    odd = [
        (text, instead)
        for text in spoken
        for wrong, instead in OTHER_WORDS.items()
        if re.search(wrong, text, re.IGNORECASE)
    ]
    assert odd == []
    assert [
        text for text in spoken if text.count("¿") != text.count("?") and "(?)" not in text and "?, " not in text
    ] == []


def test_what_is_counted_is_said_in_words_that_a_catalogue_can_find() -> None:
    """Handed over by a name, the two ids of a count are in no catalogue, and are English in every language."""
    hidden = [
        f"{path}:{call.lineno}"
        for path in sorted((ROOT / "warroom").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", ""))
        in ("tn", "say_n")
        and not all(isinstance(id, ast.Constant) for id in call.args[:2])
    ]
    assert hidden == []
