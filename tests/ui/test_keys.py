"""Keys, mouse and palette on the real console: every key of every view, the row that tells them, other keys."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Button, Input, Static, TextArea

import warroom.ui
from tests.keys_page import PAGE, page
from tests.ui.consoles import Console, demo_console
from tests.ui.rest import send
from warroom.data.locale.make import catalogue
from warroom.services.keymap import FIXED, judged
from warroom.services.keytable import ACTIONS, VIEWS
from warroom.ui.dialogs.table import TableDialog
from warroom.ui.keyname import key_name
from warroom.ui.palette import offers, score
from warroom.ui.views.desk_panels import CheckList, Editor
from warroom.ui.widgets.key_row import KeyRow
from warroom.ui.widgets.mention_feed import MentionFeed
from warroom.ui.widgets.row_list import RowList

LETTERS = "qwertyuiopasdfghjklzxcvbnm123456?/[]-+ "


def row(console: Console, width: int) -> str:
    return console.screen.query_one(KeyRow).plain_at(width)


# --- the key row and the tabs ---------------------------------------------------------------------------


async def test_the_first_hints_are_the_last_to_go(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        assert row(console, 60).startswith(" r Reply  e Escalate  i Ignore  c Close  u Undo")
        assert "Tab Panel" in row(console, 200)


async def test_after_an_act_the_row_tells_it_and_how_to_undo_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("down", "r")
        await console.until("✓ → Reply")
        assert "u Undo" in console.lines()[-1]


# --- letters are text -----------------------------------------------------------------------------------


async def fields_of(console: Console) -> list[Input | TextArea]:
    return [one for one in console.app.screen.query("Input, TextArea") if isinstance(one, Input | TextArea)]


FIELDS: Mapping[str, int] = {
    "2 slash": 1,
    "2 f": 2,
    "2 home down a": 1,
    "2 home down g 2 1": 1,
    "5 slash": 1,
    "5 tab": 1,
    "5 c": 1,
    "n": 1,
    "3 a": 2,
    "3 t": 1,
    "3 x": 1,
    "4 t": 1,
    "4 a": 1,
    "4 p": 1,
    "4 o": 0,
    "4 e": 1,
    "ctrl+p": 1,
    "screen.severity": 1,
    "screen.handover": 1,
    "screen.times": 3,
    "screen.stand_down": 1,
    "screen.stance": 1,
    "screen.export": 1,
    "screen.ledger n": 2,
    "screen.ledger r": 4,
    "screen.ledger p": 2,
    "screen.freeze n": 3,
    "screen.freeze i": 1,
    "screen.seats n": 1,
    "screen.questions n": 1,
    "screen.regulators s": 1,
    "screen.look_back y": 1,
    "screen.look_back a": 1,
}
"""The keys that lead to where something is typed → how many fields there are at least."""


async def typed_in(console: Console, field: Input | TextArea) -> str:
    """What stands in a field when every letter was pressed in it."""
    field.focus()
    field.clear()
    await console.settled()
    for letter in LETTERS:
        send(console.pilot, "space" if letter == " " else letter)
    await console.settled()
    return field.value if isinstance(field, Input) else field.text


async def test_every_letter_typed_in_every_field_stays_text(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        for keys, fields in FIELDS.items():
            first, *more = keys.split()
            await console.press("1")
            await (console.screen.run_action(first[7:]) if first.startswith("screen.") else console.press(first))
            await console.press(*more)
            where, before, tried = console.app.screen, console.room.board.pos, 0
            for field in await fields_of(console):
                if field.focusable and field.display and field.region.area:
                    assert await typed_in(console, field) == LETTERS, (keys, field)
                    assert console.app.screen is where, keys
                    tried += 1
            assert tried >= fields, (keys, console.text())
            assert console.room.board.pos == before or keys == "4 e", keys
            await back(console)


async def test_a_letter_that_acts_in_a_field_is_seen_by_the_test_before(tmp_path: Path) -> None:
    """Keys of the screen stop at a field by themselves; a field's own key would not, nor one that it lets through."""
    async with demo_console(tmp_path) as console:
        await console.press("2", "slash")
        (field,) = [one for one in await fields_of(console) if one.display and one.region.area]
        field._bindings.key_to_bindings["w"] = [Binding("w", "screen.sources", priority=True)]
        assert await typed_in(console, field) != LETTERS


async def back(console: Console) -> None:
    """Esc, until the console alone is there."""
    await console.press("escape", "escape")
    while console.app.screen is not console.screen:
        await console.press("escape")


async def test_every_letter_typed_into_the_declaration_stays_text(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.press("d")
        await console.until("What is happening?")
        for field in await fields_of(console):
            assert await typed_in(console, field) == LETTERS
        assert console.room.incident is None


# --- the feed -------------------------------------------------------------------------------------------


async def test_the_same_letter_again_returns_a_mention_to_new(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        row_ = console.room.board.row
        kept = console.app.session.reader.get(row_)
        assert kept is not None
        for letter, state in zip("reic", ("reply", "escalate", "ignore", "close"), strict=True):
            for expected in (state, "new"):
                await console.press("home", "down", letter)
                await console.until("✓ → ")
                assert console.room.board.desk.mark(kept.mention.key).state == expected
                console.screen.query_one(KeyRow).hush()


async def test_undo_goes_back_over_mentions_and_steps_twenty_deep_and_says_what(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("down")
        for letter in "reicreicreicreicreic":
            await console.press(letter)
        await console.press("3", "space")
        await console.until("✓ Done: ")
        late = "own-people"
        assert console.room.incident is not None
        assert console.room.incident.steps[late].ticked
        await console.press("u")
        await console.until("Undone: Done: ")
        assert not console.room.incident.steps[late].ticked
        for _ in range(19):
            await console.press("u")
        await console.until("Undone: → Escalate")
        await console.press("u")
        await console.until("nothing more to undo")
        assert sum(mark.state != "new" for _, mark in console.room.board.desk) == 1


async def test_several_are_selected_told_and_acted_on_together(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("2", "space", "space", "space")
        await console.until("3 selected")
        assert console.lines()[-1].startswith(" 3 selected   r Reply")
        await console.press("i")
        await console.until("→ Ignore  3 mentions")
        assert sum(mark.state == "ignore" for _, mark in console.room.board.desk) == 3
        console.screen.query_one(KeyRow).hush()
        assert "selected" not in console.lines()[-1]


async def test_twenty_or_more_ask_first_and_enter_does_nothing(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("2")
        await console.pilot.press(*["space"] * 20)
        await console.press("i")
        await console.until("this is done to 20 mentions at once.")
        await console.press("enter")
        assert not any(mark.state == "ignore" for _, mark in console.room.board.desk)


async def test_the_cursor_of_the_terminal_follows_the_selected_row(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        for view, kind in (("1", MentionFeed), ("2", MentionFeed), ("3", RowList), ("4", CheckList), ("5", RowList)):
            await console.press(view, "home" if view in "345" else "down", "down")
            panel = console.screen.focused
            assert isinstance(panel, kind)
            x, y = console.app.cursor_position
            assert console.lines()[y][x] == "▌", (view, console.lines()[y])


async def test_a_panel_is_zoomed_with_the_clock_in_sight_and_comes_back(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        width = console.screen.query_one("#room-feed").size.width
        await console.press("z")
        assert "Golden hour" not in console.text()
        assert "Holding statement in" in console.text()
        assert console.screen.query_one("#room-feed").size.width == 120
        await console.press("z")
        assert "Golden hour" in console.text()
        assert console.screen.query_one("#room-feed").size.width == width


# --- other keys -----------------------------------------------------------------------------------------


async def test_other_keys_act_and_are_told_everywhere(tmp_path: Path) -> None:
    own = {"feed.reply": "w", "console.undo": "F9", "console.seats": "F7"}
    async with demo_console(tmp_path, keys=own) as console:
        await console.until(" w Reply  e Escalate")
        await console.press("down", "w")
        await console.until("✓ → Reply")
        assert "F9 Undo" in console.lines()[-1]
        await console.press("r")
        assert sum(mark.state == "reply" for _, mark in console.room.board.desk) == 1
        await console.press("f9")
        await console.until("Undone: → Reply")
        await console.press("f7")
        await console.until("Seats")
        await console.press("escape", "question_mark")
        await console.until("feed.escalate")
        await console.press("pagedown")
        await console.until("feed.reply")
        line = next(line for line in console.lines() if "feed.reply" in line)
        assert " w  Reply" in line
        await console.press("escape")
        told = next(offer.told for offer in offers(console.app, console.screen) if offer.name == "Reply")
        assert told.endswith("(w)")


TABLES = {
    "freeze": ["F15 Hold", "F13 Import", "F14 Add", "Import a file (F13)"],
    "questions": ["F13 New question", "New question (F13)"],
    "ledger": ["F16 Confirm", "F13 New fact", "F14 New rumour", "F14 gives one its row", "New fact (F13)"],
    "seats": ["F13 Here", "F15 Away or back", "Here (F13)"],
    "deadlines": ["F13 Correct the times"],
    "regulators": ["F13 Start", "F14 Met", "Start (F13)"],
    "look_back": ["F13 Why it went so", "F16 Done", "New action (F15)"],
    "narratives": ["Enter Its groups", "F13 Merge", "F14 Split off", "Read them (F15)"],
    "open": ["Open again (F13)"],
}


async def test_every_table_names_its_keys_as_they_are(tmp_path: Path) -> None:
    """In its hints, on its buttons and in its sentences."""
    own: dict[str, str] = {}
    for table in TABLES:
        place = {"open": "past"}.get(table, table)
        ids = [id for id, action in ACTIONS.items() if action.place == place]
        own |= {id: f"f{number}" for number, id in enumerate(ids, 13)}
    async with demo_console(tmp_path, keys=own) as console:
        for table, words in TABLES.items():
            await console.screen.run_action(table)
            await console.until(*words)
            told = [str(button.label) for button in console.app.screen.query(Button)]
            told += [str(hint.content) for hint in console.app.screen.query("#table-keys") if isinstance(hint, Static)]
            assert not re.search(r"\([a-z]\)| [a-z] [A-Z]", "  ".join(told)), (table, told)
            await console.press("escape")
            assert console.app.screen is console.screen, table


async def test_an_empty_table_names_the_keys_that_fill_it_as_they_are(tmp_path: Path) -> None:
    own = {"freeze.read": "f13", "freeze.add": "f14", "questions.note": "f15"}
    async with demo_console(tmp_path, keys=own) as console:
        incident = console.room.incident
        assert incident is not None
        empty = replace(incident, freeze={}, questions={})
        for table, told in (("freeze", "F13 reads a file, F14 adds a line"), ("questions", "F15 writes one")):
            await console.screen.run_action(table)
            await console.settled()
            dialog = console.app.screen
            assert isinstance(dialog, TableDialog)
            assert told in "".join(part.text for part in dialog.rows(empty).line(0, 100))
            await console.press("escape")


async def test_a_rebound_key_of_a_table_acts_and_is_clicked(tmp_path: Path) -> None:
    async with demo_console(tmp_path, keys={"ledger.rumour": "f13"}) as console:
        await console.screen.run_action("ledger")
        await console.until("F13 gives one its row")
        await console.press("f13")
        await console.until("Record")


async def test_sentences_and_buttons_name_the_keys_as_they_are(tmp_path: Path) -> None:
    own = {"console.quit": "f13", "publish.copy": "f14", "desk.facts": "f15", "desk.settings": "f16"}
    own |= {"feed.valid": "f17", "ledger.confirm": "f18"}
    async with demo_console(tmp_path, (120, 60), keys=own) as console:
        await console.press("4", "p")
        await console.until("Copy the texts (F14)")
        await console.press("escape", "f16")
        await console.until("F15 on the desk adds one")
        await console.press("escape")
        await console.screen.run_action("ledger")
        await console.press("n")
        await console.until("until F18")
        await console.press("escape", "escape", "2", "question_mark", *["pagedown"] * 5)
        await console.until("+ - F17 say")
        await console.press("escape", "4", "w", *"We know", "escape")
        checks = console.screen.query_one(CheckList)
        checks.select("objective/T1/None")
        await console.until("Say which question of which audience", "F16 Settings")
        checks.select("accountability/H1/None")
        await console.until("Cite at least one confirmed fact", "F16 Settings  F15 Facts  o Override")
        await console.press("o")
        await console.until("Override check H1")
        await console.press(*"no fact is known yet")
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("Check H1 overridden")
        checks.select("accountability/H1/None")
        await console.until("F15 Facts  o Override", gone=True)  # it does not hold the text any more
        await console.click("F15 Facts")
        await console.until("Facts, rumours, promises")
        await console.press("escape", "enter")
        await console.until("What goes with the text")
        await console.press("escape")
        await console.pilot.resize_terminal(50, 12)
        await console.until("60×16 needed", "F13 Quit")


LONE = re.compile(r"(?:^|[ (“])(?:[b-z]|F\d+|Ctrl\+[ABD-OR-Z])(?=[ )”:.,]|$)")
"""A letter that stands alone, or another key that may have been given away."""
NO_KEYS = ("'{key}' is", "(x, bluesky, news…)", "x,web…", "See: {verb} -h")
"""Networks, options, and what the config may say."""


def test_no_sentence_names_a_key_that_may_be_another_one_here() -> None:
    """Who has given an action another key is told that one, everywhere."""
    messages = [message.id for message in catalogue("es") if message.id]
    ids = [id for message in messages for id in ([message] if isinstance(message, str) else message)]
    assert len(ids) > 1000
    told = [id for id in ids if LONE.search(re.sub(r"(?:{\w+}|\d) [a-z]\b", "", id))]
    assert [id for id in told if not any(one in id for one in NO_KEYS)] == []


# --- the palette ----------------------------------------------------------------------------------------


FOUND = {
    "es": {
        "plazos": "Clocks of authorities",
        "clock": "Clocks of authorities",
        "aprobar": "Approve",
        "approve": "Approve",
        "CRONOLOGIA": "Timeline",
        "gravedad": "Change the severity",
        "declarar crisis": "Declare",
        "undo": "Undo",
        "responder": "Reply",
    },
    "en": {"clock": "Clocks of authorities", "severty": "Change the severity"},
}
"""By language, what is typed and the act that is meant."""


@pytest.mark.parametrize("lang", FOUND)
async def test_the_palette_finds_an_act_in_both_languages_without_accents(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, lang=lang) as console:
        known = list(offers(console.app, console.screen))
        for query, name in FOUND[lang].items():
            found = [offer.name for offer in known if score(query, offer) > 0]
            assert any(one == name or one.endswith(f" · {name}") for one in found), (query, found)


async def test_the_palette_says_so_where_nothing_is_called_that(tmp_path: Path) -> None:
    async with demo_console(tmp_path, lang="es") as console:
        await console.press("ctrl+p", *"xyzzy")
        await console.until("Nada se llama así")


async def test_the_palette_goes_where_an_act_works_and_runs_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("ctrl+p", *"tick the line")
        await console.until("Tick")
        await console.press("down", "enter")
        await console.until("✓ Done: ")
        assert console.screen.view.id == "plan"


async def test_the_palette_tells_last_what_makes_no_sense_now(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        names = [offer.name for offer in offers(console.app, console.screen)]
    assert names.index("Declare") > names.index("Reply") > names.index("Note")
    async with demo_console(tmp_path / "calm", calm=True) as console:
        names = [offer.name for offer in offers(console.app, console.screen)]
    assert names.index("Declare") < names.index("Reply") < names.index("Not a crisis")


async def test_every_binding_of_every_view_is_in_the_palette(tmp_path: Path) -> None:
    async with demo_console(tmp_path, lang="es") as console:
        words = console.screen.session.words
        offered = {offer.told for offer in offers(console.app, console.screen)}
        for view in "123456":
            await console.press(view)
            panels = [console.screen.query_one(Editor)] if view == "4" else []
            for panel in [console.screen.focused, *panels]:
                assert panel is not None
                panel.focus()
                await console.pilot.pause()
                for active in console.screen.active_bindings.values():
                    action = ACTIONS.get(active.binding.id or "")
                    if action is not None:
                        ending = f"({key_name(active.binding.key, words)})"
                        told = words.say(action.told)
                        assert any(told in line and line.endswith(ending) for line in offered), action.id


async def test_every_act_says_or_does_something_in_calm(tmp_path: Path) -> None:
    """What is not possible now says why, and nothing is written."""
    async with demo_console(tmp_path, calm=True) as console:
        pos = console.room.board.pos
        acts = {id: action.place for id, action in ACTIONS.items() if action.place in VIEWS | {"console", "view"}}
        for id, place in acts.items():
            if id in ("console.quit", "console.learning"):  # these can be done in calm
                continue
            await console.screen.action_view("pulse" if not id.endswith("pulse") and place != "pulse" else "room")
            console.screen.query_one(KeyRow).hush()
            await console.settled()
            before = (console.app.screen, console.text())
            await console.screen.run_action(f"perform('{id}')")
            await console.settled()
            assert (console.app.screen, console.text()) != before, id
            if console.app.screen is not console.screen:
                await console.press("escape")
        assert console.room.board.pos == pos


async def test_ctrl_c_ends_nothing_and_says_so_in_the_readers_language(tmp_path: Path) -> None:
    async with demo_console(tmp_path, lang="es") as console:
        await console.press("ctrl+c")
        await console.until("No se ha cerrado nada. q sale de warroom.")


def test_the_page_of_keys_lists_every_action() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.keys_page"


def test_every_letter_of_every_class_is_in_the_table() -> None:
    """A key without an id could not be changed, and neither help nor palette would know it."""
    for module in pkgutil.walk_packages(warroom.ui.__path__, "warroom.ui."):
        importlib.import_module(module.name)
    kinds = [kind for kind in all_of(DOMNode) if kind.__module__.startswith("warroom.")]
    assert len(kinds) > 40
    for kind in kinds:
        said = [one for one in kind.__dict__.get("BINDINGS", ()) if isinstance(one, Binding)]
        ids = {one.action: one.id for one in said if one.id}
        for binding in said:
            assert binding.id is None or ACTIONS[binding.id].key == binding.key
            for key in binding.key.split(","):
                told = ("j", "k", "q", "space", "question_mark", "equals_sign")
                fixed = key in FIXED or key in told or key.isdigit()
                assert binding.id or fixed or binding.action in ids, (kind, binding)


def all_of(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    """A class and all that come from it."""
    yield kind
    for child in kind.__subclasses__():
        yield from all_of(child)


def test_the_keys_that_the_page_gives_as_an_example_clash_with_none() -> None:
    example = re.search(r"```yaml\nkeys:\n(.*?)```", page(), re.S)
    assert example is not None
    keys = dict(line.strip().split(": ") for line in example[1].splitlines())
    assert len(keys) == 3
    assert list(judged(keys)) == []
