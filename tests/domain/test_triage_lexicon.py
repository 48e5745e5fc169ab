"""The lexicon's files: our own hold together, and a file of one's own is used or explained."""

from pathlib import Path

import pytest

from warroom.domain.triage.features import features
from warroom.domain.triage.lexicon import Lexicon
from warroom.domain.triage.tokens import tokens
from warroom.domain.triage.vocabulary import Vocabulary
from warroom.domain.triage.words import normal
from warroom.services.lexicon import HOME, load_lexicon
from warroom.services.yamlfile import ConfigError


def entries(name: str) -> list[str]:
    lines = (HOME / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("//")]


@pytest.mark.parametrize("name", ["en.tsv", "es.tsv"])
def test_our_words_are_many_in_their_normal_form_and_written_once(name: str) -> None:
    words = [line.split("\t")[0] for line in entries(name)]
    assert sum(not line.endswith("\t0") for line in entries(name)) >= 1_800
    assert words == sorted(set(words))
    assert [word for word in words if tokens(word) != (word,) or word != normal(word)] == []


@pytest.mark.parametrize("name", ["phrases.en.tsv", "phrases.es.tsv"])
def test_our_phrases_are_many_in_their_normal_form_and_written_once(name: str) -> None:
    phrases = [line.split("\t")[0] for line in entries(name)]
    assert len(phrases) >= 850
    assert phrases == sorted(set(phrases))
    assert [phrase for phrase in phrases if " ".join(map(normal, tokens(phrase))) != phrase] == []


@pytest.mark.parametrize("path", sorted(HOME.iterdir()), ids=lambda path: path.name)
def test_every_list_says_first_why_it_is_as_it_is(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("// ")


@pytest.mark.parametrize("name", [path.name for path in sorted(HOME.glob("*.txt"))])
def test_every_cue_stands_once_in_its_order_and_in_its_normal_form(name: str) -> None:
    assert entries(name) == sorted(set(entries(name)))
    assert [cue for cue in entries(name) if " ".join(map(normal, cue.split())) != cue] == []


def test_no_phrase_is_good_in_one_language_and_bad_in_the_other() -> None:
    english, spanish = (entries(name) for name in ("phrases.en.tsv", "phrases.es.tsv"))
    assert not {line.split("\t")[0] for line in english} & {line.split("\t")[0] for line in spanish}


EVERYDAY = """
just help friend understand reason quite sense modern practice access content sort income approach band touch plant
block accept demand ring roll surprise issued hello large career depend premier script exit lecture robot lately
economic respecto valor acceso comision banda capaz clave practica extraño planta huevo vender lectura
obligacion dedicado gracia emocion acepta depende cuida filtro lentes anima aprovecha fachada salvo supera marea aficion
clase humano credito amigo machine diversion hangar fasten mensa informe firme fuerte times value later
negocio negocios motivo seguro segura descarte vulnerable averigua
"""


@pytest.mark.parametrize("word", EVERYDAY.split())
def test_an_everyday_word_is_worth_next_to_nothing_though_a_telling_one_has_its_stem(word: str) -> None:
    assert abs(Vocabulary(load_lexicon())[word].value) < 0.5


@pytest.mark.parametrize(
    "place", ["Los Angeles", "La Paz", "Costa Rica", "Buenos Aires", "Ciudad Victoria", "Bellas Artes", "Puerto Rico"]
)
def test_the_name_of_a_place_is_no_praise(place: str) -> None:
    assert not features(f"the office in {place}", Vocabulary(load_lexicon())).hits


def test_no_word_of_both_languages_is_good_in_one_and_bad_in_the_other() -> None:
    english, spanish = (dict(line.split("\t") for line in entries(name)) for name in ("en.tsv", "es.tsv"))
    shared = english.keys() & spanish.keys()
    assert shared
    assert [word for word in shared if float(english[word]) * float(spanish[word]) < 0] == []


def test_no_cue_contradicts_the_value_of_its_word() -> None:
    lexicon = load_lexicon()
    assert [cue for cue in lexicon.hostile if lexicon.value(cue) > 0] == []
    assert [cue for cue in lexicon.advocate if lexicon.value(cue) < 0] == []
    assert not lexicon.hostile & lexicon.advocate


def test_words_of_ones_own_overrule_and_silence_ours(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("// ours\nOatiful\t3\nscam\t0\n\n🥣\t1.5\nNo Oats  today\t-1\n", encoding="utf-8-sig")
    lexicon = load_lexicon(own)
    assert lexicon.phrases["no oats today"] == -1
    assert (lexicon.value("oatiful"), lexicon.value("scam"), lexicon.value("🥣")) == (3, 0, 1.5)
    assert load_lexicon().value("scam") < -3


def test_the_value_of_a_stem_is_the_same_in_every_version_of_python() -> None:
    forms = ("o", "a", "os", "as", "amente", "isimo", "isima", "isimos", "isimas", "e")
    nothing: frozenset[str] = frozenset()
    alike = Lexicon(
        values=dict.fromkeys((f"lent{form}" for form in forms), 0.1),
        negators=nothing,
        intensifiers=nothing,
        diminishers=nothing,
        contrast=nothing,
        hostile=nothing,
        advocate=nothing,
    )
    assert alike.stems == {"lent": 0.1}, "ten tenths are 1, as `sum` does not say in all of them"


def test_every_wrong_line_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    first, second, gone = tmp_path / "a.tsv", tmp_path / "b.tsv", tmp_path / "gone.tsv"
    first.write_text(
        "good\t2\nfine 2\nbad\t-9\n\t1\nodd\tnan\none, two\t1\n@us\t1\nhttps://a.example\t1\n", encoding="utf-8"
    )
    second.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError) as error:
        load_lexicon(first, second, gone)
    assert [(problem.file, problem.line) for problem in error.value.problems] == [
        *(("a.tsv", line) for line in range(2, 9)),
        ("b.tsv", 0),
        ("gone.tsv", 0),
    ]
