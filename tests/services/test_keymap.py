"""Keys of one's own: what may be given to what, and what is said where it may not."""

from zoneinfo import ZoneInfo

import pytest

from warroom.services.keymap import judged, key_of, written
from warroom.services.keytable import ACTIONS, MAIN, VIEWS
from warroom.services.words import Words


def said(keys: dict[str, str]) -> list[str]:
    words = Words("en", ZoneInfo("UTC"))
    return [f"{id}: {words.say(wrong)}" for id, wrong in judged(keys)]


def test_the_table_itself_gives_no_key_twice_in_one_place() -> None:
    taken: dict[tuple[str, str], str] = {}
    for action in ACTIONS.values():
        if action.key:
            assert taken.setdefault((action.place, action.key), action.id) == action.id
    assert not list(judged({id: action.key for id, action in ACTIONS.items() if action.key and not _keeps(id)}))


def _keeps(id: str) -> bool:
    return any("keeps its key" in line for line in said({id: "z"}))


def test_a_key_that_is_free_is_taken_and_two_may_change_places() -> None:
    assert said({"feed.reply": "w", "plan.tick": "F9", "console.seats": "F7", "desk.send": "ctrl+g"}) == []
    assert said({"feed.reply": "e", "feed.escalate": "r"}) == []


def test_a_clash_names_both_actions() -> None:
    assert said({"feed.reply": "e"}) == ["feed.reply: 'e' is already the key of 'feed.escalate'."]
    assert said({"feed.reply": "w", "feed.close": "w"}) == ["feed.close: 'w' is already the key of 'feed.reply'."]


def test_a_key_of_everywhere_clashes_with_each_view_and_no_dialog() -> None:
    assert said({"console.note": "w"}) == [
        "console.note: 'w' is already the key of 'desk.new'.",
        "console.note: 'w' is already the key of 'pulse.window'.",
    ]
    assert said({"console.note": "F8"}) == []


def test_an_unknown_action_is_told_with_the_nearest_spelling() -> None:
    (line,) = said({"feed.replay": "b"})
    assert line.startswith("feed.replay: there is no action of this name")
    assert "'feed.reply'" in line


@pytest.mark.parametrize(
    "key", ["Ctrl+Enter", "Alt+x", "ctrl+w", "Ctrl+T", "ctrl-n", "F5", "f11", "F12", "Enter", "Esc", "Tab", "Ctrl+P"]
)
def test_keys_that_terminals_take_or_that_mean_the_same_everywhere_are_refused(key: str) -> None:
    assert len(said({"feed.reply": key})) == 1


@pytest.mark.parametrize("key", ["hyper", "ctrl+", "F99", "", "ab"])
def test_what_is_no_key_is_refused(key: str) -> None:
    assert "is no key" in said({"feed.reply": key})[0]


def test_where_letters_are_text_no_letter_becomes_a_key() -> None:
    assert "is text there" in said({"editor.save": "s"})[0]
    assert said({"editor.save": "F9"}) == []


def test_what_moves_about_and_opens_keeps_its_key() -> None:
    for id in ("feed.open", "plan.open", "editor.leave"):
        assert "keeps its key" in said({id: "v"})[0]


def test_keys_are_read_as_people_write_them() -> None:
    assert [written(key) for key in ("R", "r", "?", "Ctrl + S", "SPACE", "Espacio", "PgUp", " ", "-", "Mayús+F2")] == [
        "R", "r", "?", "ctrl+s", "space", "space", "pageup", "space", "-", "shift+f2",
    ]  # fmt: skip
    assert key_of("feed.reply", {}) == "r"
    assert key_of("feed.reply", {"feed.reply": "F9"}) == "f9"


def test_every_place_of_the_console_is_known() -> None:
    assert {action.place for action in ACTIONS.values()} >= MAIN | VIEWS
