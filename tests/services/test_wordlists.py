"""The word lists: in both languages, each with its source, and each word written as a text is flattened."""

from typing import get_args

import pytest

from warroom.domain.events import Cluster, History
from warroom.services.wordlists import HOME, load_lists

FILES = sorted(HOME.glob("*.*.txt"))


def test_every_list_is_there_in_both_languages() -> None:
    names = {"action", "blame", "concern", "hedge", "idle", "imperative", "no_comment", "people_can", "repair"}
    names |= {"rumour", "speculation", "update"}
    names |= {
        f"reply_{name}" for name in ("insult", "ourselves", "private", "remark", "sarcasm", "seen", "soft", "threat")
    }
    names |= {"denial", "provocation", "no_control", "accident", "good_intent", "bolster", "minimise", "differentiate"}
    names |= {"transcend", "attack", "compensate", "corrective", "owner", "starting", "framing", "humour", "informs"}
    names |= {"responsibility", "error", "sorry", "apologise", "courtesy", "non_apology", "but", "not_enough"}
    names |= {"went_wrong", "no_repeat", "amends", "forgiveness"}
    names |= {"feeling", "known", "unknown", "finding_out", "disrespect", "additive", "contact", "jargon", "passive"}
    names |= {"promo", "technical", "topics", "stop", "change", "remaining", "actor", "affected", "mailbox", "on_it"}
    names |= {"selling", "beyond", "harmless"}
    spanish = {"formal", "informal", "formal_imperative", "informal_imperative", "tell"}
    lists = load_lists()
    assert lists.phrases.keys() == names | spanish
    for name, by_language in lists.phrases.items():
        assert by_language.keys() == ({"es"} if name in spanish else {"en", "es"})
        assert all(by_language.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_list_names_its_source_first_and_no_phrase_twice(path: object) -> None:
    lines = next(file for file in FILES if file == path).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("// Source: ")
    phrases = [line for line in lines if not line.startswith("//")]
    assert sorted(phrases) == sorted(set(phrases))
    assert not any(line != line.strip() for line in lines)


def test_a_phrase_is_found_in_whole_words_whatever_its_accents_blanks_and_stars() -> None:
    pattern = load_lists().pattern("no_comment", "es")
    assert pattern.search("sin\n  comentarios") is not None
    assert pattern.search("sin comentariosos") is None
    action = load_lists().pattern("action", "en")
    found = action.search("and we are replacing it")
    assert found is not None
    assert found[0] == "we are replacing"
    assert action.search("owe are replacing it, and we are sorry") is None


def test_a_list_that_is_not_there_finds_nothing() -> None:
    assert load_lists().pattern("no such list", "en").search("anything") is None
    assert load_lists().pattern("hedge", "fr").search("anything") is None


def test_the_table_of_crises_is_whole_and_in_both_languages() -> None:
    table = load_lists().scct
    assert [row.id for row in table.clusters] == list(get_args(Cluster))
    names = [row.name for row in table.clusters] + [row.meaning for row in table.clusters]
    names += [cause.name for cause in table.causes] + [told.meaning for told in table.strategies.values()]
    assert all(name.keys() == {"en", "es"} for name in names)
    assert table.remark.keys() == {"en", "es"}
    assert {cause.id for cause in table.causes if cause.denial} == {"rumour", "challenge"}
    for cluster in get_args(Cluster):
        for history in get_args(History):
            assert table.cell(cluster, history).strategy in table.strategies
    assert table.doi == "10.1057/palgrave.crr.1550049"
