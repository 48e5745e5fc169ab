"""Words have only so many cells (design, section 8): tabs, key hints, segments, in every language."""

from datetime import UTC

import pytest
from rich.cells import cell_len

from warroom.domain.mention import SEGMENT_NAMES
from warroom.domain.sentence import Sentence
from warroom.services.keytable import ACTIONS
from warroom.services.words import LANGUAGES, Words
from warroom.ui.frame import TAB_NAMES

HINTS = {action.id: action.name for action in ACTIONS.values() if action.rank}
BUDGETS = [
    *((name, 11) for name in TAB_NAMES.values()),
    *((name, 10) for name in HINTS.values()),
    *((name, 9) for name in SEGMENT_NAMES.values()),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "cells"), BUDGETS, ids=lambda value: getattr(value, "id", str(value)))
def test_a_word_keeps_to_its_cells(lang: str, name: Sentence, cells: int) -> None:
    said = Words(lang, UTC).say(name)
    assert cell_len(said) <= cells, said


def test_no_two_hints_of_a_place_are_called_the_same() -> None:
    for lang in LANGUAGES:
        words = Words(lang, UTC)
        said = [(ACTIONS[id].place, words.say(name)) for id, name in HINTS.items()]
        assert len(set(said)) == len(said), lang
