"""The console by mouse alone: what stands on the screen can be clicked, and does what its key does."""

from pathlib import Path

import pytest
from textual.events import MouseMove
from textual.widgets import Button

from tests.ui.consoles import Console, demo_console, incident_of
from tests.ui.live import live_console
from warroom.domain.mention import Segment
from warroom.store.windows import Filter
from warroom.ui.dialogs.rows import TableList
from warroom.ui.keyname import key_name
from warroom.ui.palette import offers
from warroom.ui.views.feed import FeedView
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.key_row import KeyRow
from warroom.ui.widgets.mention_feed import MentionFeed
from warroom.ui.widgets.row_list import RowList
from warroom.ui.widgets.text_block import TextBlock

OPENS = (
    ("3 of 4", "Reason (needed to lower it)"),
    ("Golden hour", "Correct the times"),
    ("Golden hour", "Deadlines"),
    ("3 Plan", "So far"),
    ("4 Statement", "characters"),
    ("Tell our own people", "Owner"),
    ("mentions/min", "Four audiences"),
    ("waiting for you", "characters"),
    ("Ctrl+P", "What do you want to do?"),
    ("? Help", "Keys here"),
    ("n Note", "Enter saves."),
    ("/ Search", "Esc clears"),
    ("f Filter", "Reach of at least"),
    ("1–6 Views", "14:25:35"),
)
"""What stands in the Room, and what a click on it brings."""


async def test_a_click_opens_what_stands_there(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        for words, opened in OPENS:
            await console.until(words)
            assert opened not in console.text(), words
            await console.click(words)
            await console.until(opened)
            while console.app.screen is not console.screen:
                await console.press("escape")
            await console.press("escape", "1")


async def test_the_clock_opens_the_deadlines_and_the_times_beside_it_their_correction(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.click("3 Plan")
        await console.click("Holding statement in")
        await console.until("Deadlines")
        await console.click("Close (Esc)")
        await console.click("Silent")
        await console.until("When it was declared")
        await console.click("Leave as it is (Esc)")
        await console.until("When it was declared", gone=True)


async def test_a_row_is_chosen_by_a_click_and_opened_by_two(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.click("●", nth=3)
        feed = console.screen.query_one("#room-feed")
        assert feed.selected is not None  # type: ignore[attr-defined]
        await console.click("r Reply")
        await console.until("✓ → Reply")
        await console.click("u Undo")
        await console.until("Undone: → Reply")
        console.screen.query_one(KeyRow).hush()
        await console.click("●", nth=4, times=2)
        await console.until("Esc closes.")
        await console.click("Esc closes.")
        await console.until("Esc closes.", gone=True)


async def test_each_chip_is_taken_off_alone_by_mouse_and_by_key(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("2")
        view = console.screen.query_one(FeedView)
        view.filter(Filter(segments=frozenset({Segment.HATE, Segment.LOVE}), lang="en"))
        await console.until("−− hate ✕")
        await console.click("++ love ✕")
        await console.until("++ love ✕", gone=True)
        assert "−− hate ✕" in console.text()
        await console.press("backspace")
        await console.until("en ✕", gone=True)
        await console.press("backspace")
        await console.until("newest first")
        await console.press("backspace")
        await console.until("Nothing is filtered.")


async def test_the_way_on_beside_the_statement_is_clicked(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await console.click("Publish: missing")
        await console.until("Nothing is posted for you")
        await console.click("Keep editing (Esc)")
        await console.until("Nothing is posted for you", gone=True)
        await console.click("a Approve")
        await console.until("Approve revision 1")


async def test_a_table_is_worked_by_its_hints(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("ledger")
        await console.click("New rumour")
        await console.until("Record")
        await console.click("Cancel (Esc)")
        await console.until("Facts, rumours, promises")


async def test_calm_is_left_by_a_click(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.click("Declare a crisis")
        await console.until("What is happening?")
        await console.click("Cancel (Esc)")
        await console.click("Everything else")
        await console.until("What do you want to do?")


async def test_help_is_closed_by_a_click(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.click("? Help")
        await console.until("Keys here")
        await console.click("Keys here")
        await console.until("Keys here", gone=True)


async def test_in_a_dialog_the_palette_offers_what_the_dialog_can(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("ledger")
        await console.until("New rumour")
        await console.press("ctrl+p", *"rumour")
        await console.until("New rumour")
        assert "Escalate" not in "\n".join(console.lines()[:-1])
        assert "New fact" not in "\n".join(console.lines()[:12])
        await console.press("enter")
        await console.until("A rumour")


TABLES = ("open", "seats", "freeze", "deadlines", "regulators", "questions", "ledger", "look_back", "narratives")
REVIEWS = ("4 p", "4 a", "2 home down g 2 1", "2 home down enter")


def by_mouse(console: Console) -> list[str]:
    """What a click can do in the dialog that is open: the actions of its words, the keys that its buttons name."""
    screen = console.app.screen
    blocks: list[TextBlock | ActionLine] = [*screen.query(TextBlock), *screen.query(ActionLine)]
    actions = [part.action for block in blocks for part in block._shown]
    return [*actions, *(str(button.label) for button in screen.query(Button))]


async def test_every_key_of_every_dialog_is_under_the_mouse_and_in_the_palette(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        words = console.screen.session.words
        seen: set[str] = set()
        for where in (*TABLES, *REVIEWS):
            await (console.press(*where.split()) if " " in where else console.screen.run_action(where))
            await console.settled()
            screen = console.app.screen
            reached, rows = by_mouse(console), screen.query(TableList)
            for key in [rows.first().rows.key(n) for n in range(len(rows.first().rows))] if rows else []:
                rows.first().select(key)
                await console.settled()
                reached += by_mouse(console)
            offered = [offer.told for offer in offers(console.app, screen)]
            known = {active.binding.id: active.binding for active in screen.active_bindings.values()}
            for id, binding in known.items():
                if id is None or id in LATER:
                    continue
                printed = f"({key_name(binding.key, words)})"
                assert any(binding.action in one or one.endswith(printed) for one in reached), (where, id, reached)
                assert any(told.endswith(printed) for told in offered), (where, id)
                seen.add(id)
            while console.app.screen is not console.screen:
                await console.press("escape")
        assert len(seen) > 30


LATER = {"ledger.answer"}
"""What there is a row for only once there is a rumour."""


async def test_where_no_tab_leads_to_the_palette_the_help_does(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (60, 16)) as console:
        assert "Ctrl+P" not in console.text()
        await console.click("? Help")
        await console.until("Keys here")
        await console.press(*["pagedown"] * 12)
        await console.click("Everything else: Ctrl+P")
        await console.until("What do you want to do?")
        assert "Keys here" not in console.text()


async def test_a_click_on_the_box_of_a_line_ticks_it_and_one_on_its_words_only_chooses_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("3")
        await console.click("Read the room")
        await console.until("[ ] Rumours opened")
        await console.click("Rumours opened")
        await console.settled()
        assert "[ ] Rumours opened" in console.text()
        await console.click("[ ] Rumours opened", at=3)
        await console.until("[x] Rumours opened")
        await console.click("[x] Rumours opened", at=3)
        await console.until("[ ] Rumours opened")


async def test_what_is_late_leads_to_its_own_step(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("3")
        await console.click("Holding statement 0")
        await console.press("5")
        await console.click("late: Tell our own people")
        await console.until("Done when")
        steps = console.screen.query_one("#steps", RowList)
        assert steps.selected == "own-people/"


async def test_several_mentions_are_selected_by_their_signs_and_by_drawing_over_them(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("2")
        await console.click("●", nth=4)
        await console.click("●", nth=6)
        await console.until("2 selected")
        await console.click("r Reply")
        await console.until("✓ → Reply  2 mentions")
        await console.click("u Undo")
        await console.until("Undone")
        feed = console.screen.query_one("#feed-list", MentionFeed)
        x, y = feed.region.x + 40, feed.region.y + 3
        await console.pilot.mouse_down(offset=(x, y))
        for at in (y + 1, y + 3):
            await console.pilot._post_mouse_events([MouseMove], offset=(x, at), button=1)
        await console.pilot.mouse_up(offset=(x, y + 3))
        await console.until("4 selected")
        await console.press("escape")
        await console.until("4 selected", gone=True)


async def test_what_comes_in_while_somebody_draws_moves_no_row_under_the_pointer(tmp_path: Path) -> None:
    async with live_console(tmp_path, sources=["news"]) as (console, _, sources):
        sources[0].say(12, "first")
        await console.until("first 11")
        await console.press("2")
        feed = console.screen.query_one("#feed-list", MentionFeed)
        await console.so(lambda: len(feed) == 12)
        x, y = feed.region.x + 40, feed.region.y + 2
        before = [feed._window.row(index) for index in range(1, 4)]
        await console.pilot.mouse_down(offset=(x, y))
        sources[0].say(5, "second")
        await console.until("5 new mentions above")
        y = console.place("first 10")[1]
        await console.pilot._post_mouse_events([MouseMove], offset=(x, y + 2), button=1)
        await console.pilot.mouse_up(offset=(x, y + 2))
        await console.until("3 selected")
        assert feed.chosen == sorted(before)


async def test_the_order_is_changed_at_the_edge_and_copies_are_shown_by_their_sign(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.sorted_out()
        await console.press("2")
        await console.click("newest first")
        await console.until("most urgent first")
        await console.click("▶")
        await console.until("▼", "╌")
        await console.click("▼")
        await console.until("▼", gone=True)


async def test_two_clicks_in_a_field_choose_all_of_it_and_its_name_leads_to_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("times")
        await console.click("14:02", times=2)
        await console.press(*"13:58")
        await console.until("deadlines move")
        assert "14:0213:58" not in console.text()
        await console.click("Reason")
        await console.press(*"called then")
        await console.until("called then")


async def test_after_a_refusal_what_is_missing_is_typed_at_once_and_the_refusal_goes(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("stand_down")
        await console.click("The crisis is over")
        await console.until("✕ Say why the crisis is over.")
        await console.press(*"calm again")
        await console.until("calm again")
        assert "Say why the crisis is over" not in console.text()


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_mention_that_was_opened_is_assigned_and_pinned_from_there(
    tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    async with demo_console(tmp_path, size, lang=lang) as console:
        t = console.app.session.words.t
        await console.press("2", "down", "enter")
        await console.click(f"m {t('Pin')}")
        await console.so(lambda: any(mark.pinned for _, mark in console.room.board.desk))
        await console.press("enter")
        await console.click(f"a {t('Assign')}")
        await console.until(t("Who answers?"))


async def test_why_it_is_over_is_typed_at_once(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("stand_down")
        await console.until("Why is it over?")
        await console.press(*"All calm", "enter", "tab", "enter")
        await console.so(lambda: console.room.board.incident is None)


async def test_who_takes_over_is_typed_at_once_and_again_after_a_refusal(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("handover")
        await console.until("Who takes over")
        await console.press(*"ZZ")
        await console.click("I have read it and I lead")
        await console.until("✕ ZZ is not on the list of people.")
        await console.press(*"LR")
        await console.click("I have read it and I lead")
        await console.until("has read the brief and leads.")


async def test_a_click_on_a_name_says_who_answers_and_who_owns_a_step(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("2", "down", "a")
        await console.click("LR")
        await console.click("Assign", nth=-1)
        await console.so(lambda: any(mark.owner == "LR" for _, mark in console.room.board.desk))
        await console.press("3", "a")
        await console.until("Who owns this step?")
        await console.click("LR, JS")
        await console.press("tab")
        await console.click("LR, JS", at=4)
        await console.press("tab", "tab", "enter")
        state = incident_of(console).steps["own-people"]
        assert (state.owner, state.backup) == ("LR", "JS"), "the line in which one is"


async def test_a_click_on_a_name_says_who_holds_a_role(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("seats")
        await console.press("up", "n")
        await console.click("LR L. Rey")
        await console.click("Name", nth=-1)
        await console.so(lambda: incident_of(console).roles["community"] == "LR")


@pytest.mark.parametrize(("size", "name"), [((120, 36), "LR L. Rey"), ((80, 24), "LR, JS")])
async def test_a_click_on_a_name_says_who_takes_over(tmp_path: Path, size: tuple[int, int], name: str) -> None:
    async with demo_console(tmp_path, size) as console:
        await console.screen.run_action("handover")
        await console.until("Who takes over")
        await console.click(name)
        await console.click("I have read it and I lead")
        await console.so(lambda: incident_of(console).lead == "LR")


async def test_nothing_that_lies_over_the_room_hides_the_clock(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        for key in ("ctrl+p", "?", "enter"):
            await console.press("down", key)
            await console.until("Holding statement in")
            assert "Holding statement in 00:37:00" in console.lines()[1]
            await console.press("escape")
            await console.until("Holding statement in", gone=True)


async def test_the_line_above_the_text_opens_what_goes_with_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4")
        await console.click("v1 Holding statement")
        await console.until("What goes with the text")


async def test_a_click_on_the_title_says_it_in_other_words(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.click("Reactions to oat drink, lot 4471")
        await console.until("Correct the title", "the short name “demo” stays")
        await console.click("Reactions to oat drink, lot 4471", nth=1, times=2)
        await console.press(*"Rashes after lot 4471")
        await console.click("Correct, by my name")
        await console.until("Rashes after lot 4471")
        assert incident_of(console).title == "Rashes after lot 4471"
        await console.press("5")
        await console.until("What is happening, in other words: Rashes after lot 4471")


async def test_what_was_read_in_full_is_dealt_with_from_there(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("2", "down", "space", "space")
        await console.click("●", nth=4, times=2)
        await console.until("Esc closes.")
        await console.click("Escalate", nth=0)
        await console.until("✓ → Escalate  @")
        acted = [mark.state for _, mark in console.room.board.desk if mark.state == "escalate"]
        assert len(acted) == 1, "this one, and not those that are selected"
        await console.press("u", "down", "enter", "g")
        await console.until("Is it true?")
