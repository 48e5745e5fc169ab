"""Syllables, and the two formulas of readability, on known words and on texts whose score is published."""

import pytest

from warroom.domain.checks.reading import counts, grade, perspicuity, syllables
from warroom.domain.checks.text import prepared

ENGLISH = (
    "the 1 table 2 tables 2 closed 1 needed 2 changes 2 boxes 2 bottles 2 baked 1 safely 2 area 3 idea 3 every 2 "
    "carton 2 "
    "laboratory 5 independent 4 reactions 3 families 3 being 2 doing 2 people 2 information 4 update 2 science 2 "
    "create 2 "
    "created 3 video 3 statement 2 settlement 3 implement 3 used 1 houses 2 services 3 question 2 apologise 4 serious "
    "3 "
    "previous 3 patient 2 special 2 regions 2 religion 3 million 2 engineer 3 withdrawn 2 actual 3 unique 2 microbial "
    "4 "
    "please 1 because 2 quiet 2 society 4 experience 4 playing 2 studying 3 poem 2 client 2 diet 2 rhythm 2 recalled 2 "
    "handled 2 noticed 2 caused 1 causes 2 washed 1 watches 2 goes 1 eyes 1 carried 2 worried 2 reality 4 museum 3 "
    "don't 1 minute 2 business 2 ambulance 3 hospital 3 manufacturer 5 temperature 4 immediately 5 situation 4 "
    "quality 3 "
    "guide 1 rescue 2 fruit 1 fluid 2 material 4 bacteria 4 obvious 3 gorgeous 2 dangerous 3 ingredient 4"
)
SPANISH = (
    "avión 2 oír 2 ciudad 2 país 2 guía 2 que 1 pingüino 3 agua 2 aérea 4 hoy 1 y 1 muy 1 reyes 2 leer 2 construido 3 "
    "huevo 2 día 2 bebida 3 reacciones 4 familias 3 laboratorio 5 independiente 5 retirado 4 información 4 "
    "actualizaremos 6 ahí 2 búho 2 prohíbe 3 prohibir 3 limpiéis 2 miau 1 uruguay 3 europa 3 poeta 3 zanahoria 4 "
    "cigüeña 3 averiguar 4 averigüe 4 lío 2 continúa 4 continuo 3 vehículo 4 yo 1 queso 2"
)


@pytest.mark.parametrize(("lang", "table"), [("en", ENGLISH), ("es", SPANISH)])
def test_the_syllables_of_known_words(lang: str, table: str) -> None:
    words = table.split()
    wrong = {word: syllables(word, lang) for word, n in zip(words[::2], words[1::2], strict=True)
             if syllables(word, lang) != int(n)}  # fmt: skip
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("The cat sat on the mat. It was a warm day.", -1.6),
        # The package flesch-kincaid (npm) counts 26 syllables, and so do we; others count 24 and give 11.3.
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 13.08),
        ("Go. See. Stop. Rest.", -3.4),
    ],
)
def test_the_grade_of_english_texts_is_the_published_one(text: str, published: float) -> None:
    assert grade(counts(prepared(text), "en")) == pytest.approx(published, abs=0.06)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        # Both from the package readabilityes for R.
        ("Hola. ¿Cómo estás? ¡Todo bien!", 93.03),
        ("La legibilidad facilita la comprensión del texto por parte de las personas lectoras.", 59.65),
    ],
)
def test_the_perspicuity_of_spanish_texts_is_the_published_one(text: str, published: float) -> None:
    assert perspicuity(counts(prepared(text), "es")) == pytest.approx(published, abs=0.01)


def test_addresses_are_no_words_and_who_signs_is_no_sentence() -> None:
    bare = counts(prepared("Write to us. We answer."), "en")
    signed = "Write to us https://help.nordavena.example/a-very-long-way. We answer.\n– Elena Soto, Quality Director"
    assert counts(prepared(signed), "en") == bare
    assert counts(prepared("…"), "en").words == 0
