"""What is unusual on the screen: the question whether this is a crisis with both its answers, narratives, authors."""

import re
from pathlib import Path
from typing import TypeGuard

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from tests.ui.consoles import Console, demo_console
from warroom.domain.board import Board
from warroom.domain.criteria import AUDIENCES
from warroom.domain.events import AnyEvent, CrisisDenied, CrisisProposed, NarrativeMerged, NarrativeSplit
from warroom.domain.mention import Segment
from warroom.domain.triage.narratives import Grouping, Narrative, Stories
from warroom.services.narrating import Narrating
from warroom.services.room import TIMELINE
from warroom.store.journal import iter_log
from warroom.ui.dialogs.declare import TITLE, what_is_told
from warroom.ui.views.pulse_lines import narrative_line, told_as
from warroom.ui.widgets.row_list import RowList


def logged(console: Console) -> list[AnyEvent]:
    return [recorded.data for _, recorded in iter_log(console.room.folder / TIMELINE)]


async def caught_up(console: Console) -> None:
    session = console.screen.session
    await console.so(
        lambda: session.sorting.upto == session.scene().board.row > 0 and session.sorting.stories.narratives
    )


async def test_the_question_whether_it_is_a_crisis_is_answered_by_name_and_with_a_reason(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.room.do(lambda board: CrisisProposed(reason="topic"), actor="auto")
        await console.until("Is this a crisis? Several people tell of a danger")
        await console.press("x")
        await console.until("Why not?")
        await console.press("enter")
        await console.until("Say why this is no crisis")
        await console.press(*"match", "enter")
        await console.until("Noted: not a crisis.")
        await console.until("Is this a crisis?", gone=True)
        assert [event for event in logged(console) if isinstance(event, CrisisDenied)] == [CrisisDenied(reason="match")]


@pytest.mark.parametrize(
    ("keys", "declare", "deny"), [({}, "d", "x"), ({"console.declare": "w", "console.deny": "F9"}, "w", "F9")]
)
async def test_while_the_banner_asks_its_keys_answer_it_in_every_view(
    tmp_path: Path, keys: dict[str, str], declare: str, deny: str
) -> None:
    async with demo_console(tmp_path, calm=True, keys=keys) as console:
        await console.press("5")
        await console.until("x Export")
        await console.room.do(lambda board: CrisisProposed(reason="topic"), actor="auto")
        await console.until("Is this a crisis?")
        for view in "123456":
            await console.press(view)
            assert f"{declare} Declare  {deny} Not a crisis" in console.text()
            row = console.lines()[-1]
            assert "d Duplicates" not in row or keys
            assert "x Export" not in row or keys
            assert "x Skip" not in row or keys
            await console.press(deny.lower())
            await console.until("Why not?")
            await console.press("escape", declare)
            await console.until("What is happening?")
            assert console.app.screen.query_one("#title", Input).value == "Several people tell of a danger"
            await console.press("escape")
        await console.press("2", "slash", "d", "x", "w")
        await console.until("Declare  Not a crisis")
        assert console.screen.query_one("#search", Input).value == "dxw"
        assert f"{declare} Declare" not in console.text()
        assert "x Not a crisis" not in console.text()
        await console.press("escape")
        await console.until(f"{declare} Declare  {deny} Not a crisis")


async def test_where_nothing_is_unusual_there_is_nothing_to_deny(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        await console.press("x")
        await console.until("there is nothing to deny")
        assert not [event for event in logged(console) if isinstance(event, CrisisDenied)]


async def test_the_question_opens_the_declaration_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def known(narrating: Narrating, grouping: Grouping) -> bool:
        return False

    monkeypatch.setattr(Narrating, "work_out", known)
    async with demo_console(tmp_path, calm=True) as console:
        told = Narrative("g", ("#lot4471", "rash today"), ("g", "h"), 12)
        console.screen.session.sorting.narrating.stories = Stories((told,), ())
        await console.press("d")
        await console.until("What is happening?")
        assert "#lot4471" not in console.text()
        assert "(•) ■■□□ 2" in console.text()
        await console.press("escape")
        await console.room.do(lambda board: CrisisProposed(reason="topic"), actor="auto")
        await console.until("Several people tell of a danger")
        await console.press("d")
        await console.until("What is happening?")
        assert "#lot4471 · rash today" in console.text()
        assert "(•) ■■■□ 3" in console.text()
        await console.press("escape")
        console.screen.session.sorting.narrating.stories = Stories((), (Narrative("i", ("shut",), ("i",), 9),))
        await console.press("d")
        await console.until("What is happening?", "shut")


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_narratives_are_named_unfolded_split_and_merged(tmp_path: Path, lang: str) -> None:
    tag = {"en": "#pullitnow", "es": "#retiradya"}[lang]
    async with demo_console(tmp_path, lang=lang) as console:
        await caught_up(console)
        known = console.screen.session.sorting.stories.narratives
        assert known[0].name[0] == tag
        await console.press("6", "r")
        await console.until(tag)
        await console.press("enter", "down", "down")
        group = known[0].groups[1]
        await console.press("s")
        taken = NarrativeSplit(narrative=known[0].id, group=group)
        await console.so(lambda: taken in [replace(one, told="") for one in logged(console) if is_split(one)])
        assert all(one.told for one in logged(console) if is_split(one)), "the log says how it begins"
        sorting = console.screen.session.sorting
        await console.so(lambda: all(group not in one.groups for one in sorting.stories.narratives))
        await console.press("escape")
        assert console.app.screen is console.screen
        assert not [event for event in logged(console) if isinstance(event, NarrativeMerged)]


async def test_with_the_mouse_alone_a_group_is_unfolded_and_two_stories_are_one_and_u_parts_them_again(
    tmp_path: Path,
) -> None:
    async with demo_console(tmp_path) as console:
        await caught_up(console)
        sorting = console.screen.session.sorting
        first, alone = sorting.stories.narratives[0], sorting.stories.alone[0]
        await console.click("6 Pulse")
        await console.click("#pullitnow")
        await console.until("Its groups")
        await console.click("Its groups")
        await console.until("@sean.example")
        await console.click("Its groups")
        await console.until("@sean.example", gone=True)
        await console.click("Merge")
        await console.until("Choose the narrative that tells the same")
        await console.click(told_as(console.screen.session.scene(), alone)[:15])
        await console.click("Merge")
        scene = console.screen.session.scene()
        unnamed = first._replace(id=alone.id, name=())
        assert told_as(scene, unnamed).startswith("“"), "texts that share no term are told by how they begin"
        names = {"told": told_as(scene, first), "other_told": told_as(scene, alone)}
        merged = NarrativeMerged(narrative=first.id, other=alone.id, **names)
        await console.so(lambda: merged in logged(console))
        await console.so(lambda: set(alone.groups) <= set(sorting.stories.narratives[0].groups))
        table = console.app.screen.query_one(RowList)
        await console.so(lambda: table.selected == sorting.stories.narratives[0].id)
        await console.press("escape", "u")
        await console.until("Undone: Two narratives are one")
        assert console.room.board.grouping == Grouping()
        assert replayed(console) == Grouping()


async def test_what_a_single_author_says_a_thousand_times_is_not_what_a_crisis_is_called(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await caught_up(console)
        scene = console.screen.session.scene()
        sorting = scene.sorting
        told = sorted(sorting.stories.alone, key=lambda one: sorting.people_of(one.groups[0]))
        fewest, most = told[0], told[-1]
        assert sorting.people_of(fewest.groups[0]) < sorting.people_of(most.groups[0])
        sorting.narrating.stories = Stories((), (fewest._replace(mentions=1_000), most))
        assert what_is_told(scene) == told_as(scene, most, TITLE)


def is_split(event: AnyEvent) -> TypeGuard[NarrativeSplit]:
    return isinstance(event, NarrativeSplit)


def replayed(console: Console) -> Grouping:
    """What the log gives when it is read again."""
    board = Board()
    for pos, recorded in iter_log(console.room.folder / TIMELINE):
        board.apply(pos, recorded)
    return board.grouping


async def test_a_text_that_rises_by_its_copies_alone_says_how_many_people_copy_it(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (200, 50)) as console:
        await caught_up(console)
        scene = console.screen.session.scene()
        alone = scene.sorting.stories.alone[0]
        told = "".join(part.text for part in narrative_line(scene, 196))
        people = scene.sorting.people_of(alone.groups[0])
        copies = len(scene.sorting.rows_of(alone.id))
        assert copies >= people > 0
        assert f"{told_as(scene, alone)} {copies} by {people} authors" in told
        kept = scene.reader.get(scene.sorting.rows_of(alone.id)[0])
        assert kept is not None
        assert told_as(scene, alone)[1:20] == kept.mention.text[:19]


async def test_a_text_that_was_passed_on_is_told_without_whose_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo_console(tmp_path) as console:
        scene = console.screen.session.scene()
        shared = (kept for row in range(scene.board.row) if (kept := scene.reader.get(row + 1)) is not None)
        row, text = next((kept.row, kept.mention.text) for kept in shared if kept.mention.text.startswith("RT @"))
        monkeypatch.setattr(scene.sorting, "rows_of", lambda _: [row])
        told = told_as(scene, Narrative("i", (), ("i",), 9))
        assert told.startswith(f"“{text.split(maxsplit=2)[2][:20]}"), told


async def test_a_narrative_is_read_in_the_feed(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await caught_up(console)
        await console.press("6", "r")
        await console.until("#pullitnow")
        await console.press("r")
        await console.until("“pullitnow” ✕")
        assert "of 402" in console.text()


async def test_a_single_text_is_read_in_the_feed_by_its_first_words(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await caught_up(console)
        scene = console.screen.session.scene()
        alone = scene.sorting.stories.alone[0]
        copies = len(scene.sorting.rows_of(alone.id))
        await console.press("6", "r", "end", *["up"] * (len(scene.sorting.stories.alone) - 1))
        await console.press("r")
        await console.so(lambda: console.screen.view.id == "feed")
        await console.until(" of 402")
        (found,) = re.findall(r"(\d+) of 402", console.text())
        assert copies * 0.8 <= int(found) < 402


async def test_audiences_count_authors_and_not_posts(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await caught_up(console)
        await console.press("6")
        scene = console.screen.session.scene()
        authors = scene.sorting.authors.board
        told = sum(authors[audience] for audience in AUDIENCES)
        await console.until(f"Four audiences  {told} authors ·")
        assert authors[Segment.HATE] < scene.board.pulse.of(Segment.HATE)
        row = next(line for line in console.lines() if "hate" in line and "unanswered" in line)
        assert f" {authors[Segment.HATE]} " in row
