"""The feed in the order of urgency, and copies in one row: what matters first, the same only once, nothing moves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.consoles import Console, demo_console
from warroom.domain.desk import act_on
from warroom.domain.events import MentionRanked, SpikeSeen
from warroom.domain.mention import Mention, Reading, Segment
from warroom.store.windows import Filter
from warroom.ui.views.feed import FeedView
from warroom.ui.views.ordered import OrderedFeed
from warroom.ui.widgets.mention_feed import MentionFeed

RASH = "My daughter got a rash from the oat drink of lot 4471 and we are in hospital now"


@asynccontextmanager
async def feed_of(folder: Path, size: tuple[int, int] = (120, 36), *, lang: str = "en") -> AsyncIterator[Console]:
    """The demo's feed, once everything in it was looked at."""
    async with demo_console(folder, size, lang=lang) as console:
        await known(console)
        await console.press("2")
        yield console


async def known(console: Console) -> None:
    sorting, board = console.app.session.sorting, console.room.board
    await console.so(lambda: sorting.upto == board.row)


async def come_in(console: Console, *texts: str, **more: object) -> None:
    room = console.room
    first = room.mentions.last_row()
    added = await room.mentions.add(
        [
            (
                Mention(source="x", native_id=f"new{first + n}", text=text, received_at=room.clock(), **more),  # type: ignore[arg-type]
                Reading(Segment.DISLIKE),
            )
            for n, text in enumerate(texts)
        ]
    )
    room.board.row = added.last_row
    room.tell()
    await known(console)


def feed(console: Console) -> OrderedFeed:
    return console.screen.query_one(OrderedFeed)


def shown(console: Console) -> list[int]:
    order = feed(console).order
    assert order is not None
    return list(order.rows)


def selected(console: Console) -> int:
    row = feed(console).selected
    assert row is not None
    return row


def listed(console: Console) -> list[str]:
    """The lines of mentions on the screen."""
    return [line for line in console.lines() if any(f" P{n} " in line[:10] for n in range(1, 5))]


async def ordered(console: Console) -> None:
    await console.press("o")
    await console.until("131 of 402 · most urgent first")


# --- the order ------------------------------------------------------------------------------------------


async def test_whoever_asks_for_another_order_sees_what_comes_first_in_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.sorted_out()
        await console.press("2", "down", "down", "o")
        await console.until("most urgent first ✕")
        first = next(line for line in console.lines() if "●" in line and "LIVE" not in line and "DEMO" not in line)
        assert " P1 " in first
        await console.press("o")
        await console.until("newest first")
        feed = console.screen.query_one(FeedView).feed
        assert feed._window.top == 0


async def test_o_puts_the_most_urgent_first_says_so_and_goes_back(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        assert "newest first" in console.text()
        await ordered(console)
        assert "most urgent first ✕" in console.text()
        scene = console.app.session.scene()
        orders = []
        for row in shown(console):
            kept = scene.reader.get(row)
            assert kept is not None
            orders.append(scene.weighing.ranked(kept, scene.board, scene.now).order)
        assert orders == sorted(orders, reverse=True)
        assert all(" P1 " in line[:10] for line in listed(console)[:5])
        await console.press("o")
        await console.until("402 · newest first")
        assert feed(console).order is None


@pytest.mark.parametrize(
    ("lang", "told", "count"),
    [("en", "most urgent first", " of 402"), ("es", "lo más urgente arriba", " de 395")],
)
async def test_every_row_says_its_rank_and_the_list_its_order_at_every_size(
    tmp_path: Path, lang: str, told: str, count: str
) -> None:
    async with feed_of(tmp_path, (80, 24), lang=lang) as console:
        for size in ((80, 24), (120, 36), (200, 50)):
            await console.pilot.resize_terminal(*size)
            await console.settled()
            assert len(listed(console)) >= size[1] - 9
            await console.press("o")
            await console.until(f"{count} · {told}")
            assert f"{told} ✕" in console.text()
            assert "▶8" in console.text()
            assert all(len(line) <= size[0] for line in console.lines())
            await console.press("o")
            await console.until(told, gone=True)


async def test_what_comes_in_while_somebody_reads_is_only_counted_and_l_goes_there(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await ordered(console)
        await console.press("end")
        before, row = listed(console), selected(console)
        await come_in(console, RASH, "hello there", followers=900_000)
        await console.until("2 more urgent above")
        assert selected(console) == row
        assert [line[:110] for line in listed(console)] == [line[:110] for line in before][1:]
        await console.press("l")
        await console.until("more urgent above", gone=True)
        await console.until("133 of 404")
        assert feed(console).selected is None
        assert 403 in shown(console)[:20]


async def test_what_was_dealt_with_stays_where_it_was_until_the_list_is_ordered_anew(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await ordered(console)
        await console.press("down", "down", "down")
        first = shown(console)[2]
        await console.press("i")
        await console.until("→ Ignore")
        await console.pilot.pause(0.8)
        assert shown(console)[2] == first
        await console.press("l")
        await console.until("130 of 402")
        assert first not in shown(console)


async def test_the_order_is_within_what_is_searched_and_stepped_through(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await ordered(console)
        await console.press("s")
        await console.until("−− hate ✕")
        await console.until("131 of 402", gone=True)
        rows = [console.app.session.reader.get(row) for row in shown(console)]
        assert rows
        assert {kept.segment for kept in rows if kept is not None} == {Segment.HATE}
        await console.press("s", "s", "s", "s")
        await console.until("131 of 402 · most urgent first")


async def test_who_asks_for_a_state_gets_it_in_the_order_of_urgency_too(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        newest = console.app.session.reader.get(console.room.board.row)
        assert newest is not None
        await console.room.do(lambda board: act_on(board.desk, newest, "close"))
        await ordered(console)
        console.screen.query_one(FeedView).filter(replace(Filter(), states=frozenset({"close"})))
        await console.until(" 1 of 402 · most urgent first")
        assert shown(console) == [newest.row]


async def test_where_nothing_is_open_it_says_so(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await come_in(console, "Is the shop in Vitoria open?", "lovely weather")
        await console.press("2", "o")
        await console.until("2 of 2 · most urgent first")
        reader = console.app.session.reader
        kepts = [kept for row in (1, 2) if (kept := reader.get(row)) is not None]
        await console.room.do(lambda board: [act_on(board.desk, kept, "ignore") for kept in kepts])
        await console.until("Nothing is open.")


async def test_who_takes_back_what_has_left_the_list_is_brought_to_it_when_it_is_there_again(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        console.screen.query_one(FeedView).filter(replace(Filter(), states=frozenset({"new"})))
        await console.until("402 of 402")
        await console.press("down", "down")
        row = selected(console)
        await console.press("i")
        await console.until("→ Ignore")
        found = console.screen.query_one(FeedView)
        await console.so(lambda: row not in (found._found or ()))
        await console.press("u")
        await console.until("Undone")
        await console.so(lambda: row in (found._found or ()))
        await console.so(lambda: feed(console).selected == row)


# --- copies ---------------------------------------------------------------------------------------------


async def test_d_puts_copies_in_one_row_and_takes_them_out_again(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await console.press("d")
        await console.until("copies in one row ✕")
        rows = shown(console)
        assert rows == sorted(rows, reverse=True)
        sorting = console.app.session.sorting
        groups = [sorting.group(row) for row in rows]
        assert len(set(groups)) == len(groups)
        assert all(row == max(sorting.copies(row)) for row in rows)
        assert "similar" in console.text()
        await console.press("d")
        await console.until("402 · newest first")


async def test_the_selected_copy_gives_its_line_to_the_row_that_stands_for_it(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        sorting = console.app.session.sorting
        copy = next(row for row in range(380, 0, -1) if row != max(sorting.copies(row)))
        while feed(console).selected != copy:
            await console.pilot.press("down")
        await console.press("d")
        await console.until("copies in one row ✕")
        assert selected(console) == max(sorting.copies(copy))


async def test_right_shows_the_copies_below_and_left_folds_them_and_no_other_row_moves(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await ordered(console)
        await console.press("down")
        head = selected(console)
        others = [row for row in shown(console) if row != head]
        copies = set(console.app.session.sorting.copies(head)) - {head}
        assert len(copies) == 8
        await console.press("right")
        assert set(shown(console)[1:9]) == copies
        assert [row for row in shown(console) if row not in copies and row != head] == others
        assert "▼8 similar" in console.text()
        assert sum("╌ " in line for line in listed(console)) == 8
        await console.pilot.pause(0.8)
        await console.press("down", "down", "left")
        assert selected(console) == head
        assert [row for row in shown(console) if row != head] == others


async def test_left_folds_one_group_of_a_list_that_is_not_folded(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        sorting = console.app.session.sorting
        head = next(
            row for row in range(402, 0, -1) if len(sorting.copies(row)) > 2 and row == max(sorting.copies(row))
        )
        while feed(console).selected != head:
            await console.pilot.press("down")
        gone = set(sorting.copies(head)) - {head}
        await console.press("left")
        await console.until(f"{402 - len(gone)} of 402")
        assert not gone & set(shown(console))
        assert selected(console) == head
        await console.press("right")
        await console.until("402 · newest first")
        assert selected(console) == head


async def test_an_act_on_a_folded_row_is_an_act_on_its_copies_and_is_taken_back_as_one(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await ordered(console)
        await console.press("down")
        sorting, desk = console.app.session.sorting, console.room.board.desk
        keys = [found.key for row in sorting.copies(selected(console)) if (found := sorting.found(row)) is not None]
        await console.press("i")
        await console.until("→ Ignore  9 mentions")
        assert {desk.mark(key).state for key in keys} == {"ignore"}
        head = shown(console)[0]
        assert selected(console) == shown(console)[1]
        await console.press("down", "u")
        await console.until("Undone")
        assert {desk.mark(key).state for key in keys} == {"new"}
        assert selected(console) == head
        assert feed(console).checked == 0


async def test_what_was_done_with_one_copy_is_not_done_again_through_the_row_of_all(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await ordered(console)
        await console.press("down")
        sorting, desk = console.app.session.sorting, console.room.board.desk
        rows = [row for row in sorting.copies(selected(console)) if row != selected(console)]
        done = console.app.session.reader.get(rows[0])
        assert done is not None
        await console.room.do(lambda board: act_on(board.desk, done, "reply"))
        await console.press("i")
        await console.until("→ Ignore  8 mentions")
        assert desk.mark(done.mention.key).state == "reply"


async def test_twenty_copies_are_asked_for_first(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await come_in(console, *[f"{RASH} {'!' * (n % 3)}" for n in range(25)], followers=2_000_000)
        await console.press("o")
        await console.until("most urgent first ✕")
        await console.until("▶24 similar")
        await console.press("down", "r")
        await console.until("this is done to 25 mentions at once.")
        await console.press("escape")
        desk, sorting = console.room.board.desk, console.app.session.sorting
        found = sorting.found(selected(console))
        assert found is not None
        assert desk.mark(found.key).state == "new"


@pytest.mark.parametrize(
    ("query", "shown"), [("order most urgent", "most urgent first ✕"), ("duplicates", "copies in one row ✕")]
)
async def test_what_only_the_feed_can_do_is_done_there_where_it_is_chosen_in_the_room(
    tmp_path: Path, query: str, shown: str
) -> None:
    async with demo_console(tmp_path) as console:
        await known(console)
        await console.press("down", "down", "ctrl+p", *query)
        await console.until("The most urgent first" if "order" in query else "Copies in one row")
        room = console.screen.query_one("#room-feed", MentionFeed)
        await console.press("down", "enter")
        await console.until(shown)
        assert console.screen.view.id == "feed"
        assert room.selected is not None
        if "order" in query:
            assert feed(console).selected is None, "what comes first in it is what was asked for"
        else:
            assert selected(console) in console.app.session.sorting.copies(room.selected), "the row that stands for it"


async def test_copies_are_shown_from_the_room_and_where_there_are_none_it_is_said(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await known(console)
        await console.screen.run_action("perform('feed.unfold')")
        await console.until("Choose a mention first")
        sorting = console.app.session.sorting
        for copies in (1, 2):
            row = next(n for n in range(console.room.board.row, 0, -1) if min(2, len(sorting.copies(n))) == copies)
            await console.press("1")
            console.screen.query_one("#room-feed", MentionFeed).select(row)
            await console.screen.run_action("perform('feed.fold')")
            if copies == 1:
                await console.until("This mention has no copies.")
            assert selected(console) == row


async def test_in_the_room_every_copy_has_its_row(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await console.press("d", "1")
        assert console.screen.query_one("#room-feed").order is None  # type: ignore[attr-defined]
        assert "402 · newest first" in console.text()


async def test_while_the_banner_asks_for_a_declaration_d_declares_in_the_feed_too(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.press("2", "d")
        await console.until("copies in one row ✕")
        console.room.board.spike = SpikeSeen(level="red", rate10=300, usual10=20)
        console.room.tell()
        await console.until("d Declare")
        await console.press("d")
        await console.until("What is happening")


# --- the word of the operator ---------------------------------------------------------------------------


async def test_h_and_b_are_the_word_of_who_presses_them_and_the_order_follows_it(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await ordered(console)
        await console.press("end")
        last = selected(console)
        await console.press("h")
        await console.until("Read sooner")
        await console.until("(AM, P4 by points)")
        incident = console.room.incident
        assert incident is not None
        said = console.room.board.rankings[incident.id][-1].data
        assert isinstance(said, MentionRanked)
        assert (said.rank, said.before) == ("P3", "P4")
        assert selected(console) == last
        await console.press("h", "h")
        await console.until("P1")
        await console.press("h")
        await console.until("It is read first already: P1.")
        await console.press("l")
        await console.so(lambda: shown(console).index(last) < 20)
        place = shown(console).index(last)
        ranks = [line[2:10] for line in listed(console)]
        assert "P1" in ranks[place]
        await console.press("u")
        await console.until("Undone")
        assert console.room.board.desk.ranked
        await console.press("u", "u")
        await console.until("by points)", gone=True)
        assert not console.room.board.desk.ranked


async def test_b_reads_a_whole_story_later_also_its_copies(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await ordered(console)
        await console.press("down", "b")
        await console.until("Read later")
        assert len(console.room.board.desk.ranked) == 1
        await console.press("right")
        below = [line for line in listed(console) if "╌ " in line]
        assert len(below) == 8
        assert all(" P2 " in line[:10] and "(AM, P1)" in line for line in below)


# --- why ------------------------------------------------------------------------------------------------


async def test_the_mention_says_every_part_of_its_points_and_that_they_add_up(tmp_path: Path) -> None:
    async with feed_of(tmp_path, (120, 50)) as console:
        await ordered(console)
        await console.press("down", "enter")
        text = console.text()
        scene = console.app.session.scene()
        kept = scene.reader.get(selected(console))
        assert kept is not None
        weighed = scene.weighing.priority(kept, scene.board, scene.now)
        assert f"P1 · {weighed.points} points" in text
        for part in weighed.parts:
            assert scene.words.say(part.why).split("“")[0] in text
        assert f"{weighed.points}  in all" in text
        assert "Pass it on: nobody answers this alone." in text
        assert "8 similar, first by @" in text


async def test_reach_that_nobody_knows_says_so_and_is_worth_no_number(tmp_path: Path) -> None:
    async with feed_of(tmp_path, (200, 50)) as console:
        await come_in(console, "Is the shop in Vitoria open?")
        await console.until("Vitoria")
        await console.press("down")
        await console.until("?  how many people see it is not known")
        assert listed(console)[0].rstrip(" ┃╭│╮").find("?") > 0


async def test_the_room_says_it_in_a_line(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await console.press("1", "down")
        text = console.text()
        assert "points: " in text
        assert "reach" in text


HOSTILE = "rash \x1b]0;owned\x07 [@click=app.quit]hospital[/] \u202e injured\nlot\t4471 " + "ambulance" * 40


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_words_that_decide_are_text_from_outside(tmp_path: Path, size: tuple[int, int]) -> None:
    async with feed_of(tmp_path, size) as console:
        names = {"author_handle": HOSTILE, "author_name": HOSTILE, "followers": 3_000_000}
        await come_in(console, *[f"{HOSTILE} {n}" for n in range(3)], **names)
        await console.press("o")
        await console.until("most urgent first ✕")
        await console.until("▶2")
        await console.press("down", "right", "left", "enter")
        await console.until("┏━ Mention")
        text = console.text()
        assert "in all" in text or size[1] == 24
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert console.app.title != "owned"
        assert all(len(line) <= size[0] for line in console.lines())


async def test_who_quits_while_the_feed_is_ordered_leaves_without_an_error(tmp_path: Path) -> None:
    async with feed_of(tmp_path) as console:
        await console.press("o")
        await console.until("most urgent first")
        await console.press("1")
        view = console.screen.query_one(FeedView)
        asked, scene = view._ordered, view._scene
        assert asked is not None
        assert scene is not None
        await view.query_one(OrderedFeed).remove()  # the list goes before the view
        await view._arrange(asked, scene)
