"""The operator's keys teach: + − v p in the lists and in the dialog, on the demo's real room."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.scenario import DECLARED, kept
from tests.ui.consoles import Console, demo_console
from tests.ui.live import live_console
from warroom.domain.events import AuthorPinned, MentionActed, MentionLabelled
from warroom.domain.incident import stand_down
from warroom.domain.mention import SEGMENTS, Kept, Segment
from warroom.domain.triage.labelling import confirm, step
from warroom.services.room import TIMELINE
from warroom.store.journal import iter_log
from warroom.ui.widgets.mention_feed import MentionFeed


def feed(console: Console) -> MentionFeed:
    found = console.screen.view.query_one(MentionFeed)
    assert isinstance(found, MentionFeed)
    return found


def selected(console: Console) -> Kept:
    one = feed(console)
    assert one.selected is not None
    found = one.kept(one.selected)
    assert found is not None
    return found


def said(folder: Path) -> list[MentionLabelled | AuthorPinned | MentionActed]:
    """What the log says of mentions that were touched by keys of the test."""
    events = [recorded.data for _, recorded in iter_log(folder / TIMELINE)]
    return [one for one in events if isinstance(one, MentionLabelled | AuthorPinned | MentionActed)]


async def start(console: Console, view: str = "1") -> Kept:
    """Select a mention that can go a step up and down."""
    await console.press(view, "down")
    for _ in range(30):
        if selected(console).segment in (Segment.DISLIKE, Segment.NEUTRAL, Segment.LIKE):
            return selected(console)
        await console.press("down")
    raise AssertionError("no mention in the middle")


@pytest.mark.parametrize("view", ["1", "2"])
async def test_a_step_moves_the_mention_and_the_selection_stays(tmp_path: Path, view: str) -> None:
    async with demo_console(tmp_path) as console:
        before = await start(console, view)
        assert before.segment is not None
        place = SEGMENTS.index(before.segment)
        await console.press("plus")
        await console.until("✓ → ")
        assert selected(console).row == before.row
        assert selected(console).segment is SEGMENTS[place + 1]
        await console.press("minus", "minus")
        await console.pilot.pause(0.2)
        assert selected(console).row == before.row
        assert selected(console).segment is SEGMENTS[place - 1]
        labels = [one for one in said(tmp_path) if isinstance(one, MentionLabelled)]
        assert [one.segment for one in labels] == [SEGMENTS[place + 1], SEGMENTS[place], SEGMENTS[place - 1]]
        for _ in range(3):
            await console.press("u")
            await console.pilot.pause(0.1)
        # What stands in the store follows a moment later, where it had been moved meanwhile.
        await console.so(lambda: selected(console).segment is before.segment)
        assert list(console.room.board.labels.spoken()) == []
        await console.until("Undone: → ")


async def test_the_end_of_the_ladder_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await start(console)
        for _ in range(5):
            await console.press("plus")
            await console.pilot.pause(0.1)
        await console.until("It is at love already")
        assert selected(console).segment is Segment.LOVE
        assert "++" in next(line for line in console.lines() if "▌" in line)


async def test_valid_confirms_moves_on_and_is_said_once(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        first = await start(console)
        await console.press("v")
        await console.until("✓ → ")
        assert selected(console).row < first.row
        [label] = [one for one in said(tmp_path) if isinstance(one, MentionLabelled)]
        assert (label.judgement, label.segment) == ("confirmed", first.segment)
        await console.press("up", "v")
        await console.until("Somebody has said so already")


async def test_person_pins_the_author_and_again_takes_it_back(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        first = await start(console)
        await console.press("p")
        await console.until("counts as:")
        [author] = console.room.board.labels.pins()
        assert console.room.board.labels.pins()[author] is first.segment
        await console.press("p")
        await console.until("counts as the texts say")
        assert console.room.board.labels.pins() == {}


async def test_several_are_said_at_once_and_many_are_asked_about(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await start(console, "2")
        await console.press("space", "space", "space", "v")
        await console.until("Read right: 3 mentions")
        for _ in range(20):
            await console.press("space")
        before = console.room.board.pos
        await console.press("minus")
        await console.until("this is done to 20 mentions at once.")
        await console.press("escape")
        assert console.room.board.pos == before


async def test_an_act_on_one_mention_says_that_its_segment_may_stand_and_one_in_bulk_says_nothing(
    tmp_path: Path,
) -> None:
    async with demo_console(tmp_path) as console:
        first = await start(console, "2")
        await console.press("r")
        await console.until("→ Reply")
        acts = [one for one in said(tmp_path) if isinstance(one, MentionActed)]
        assert acts[-1].left is first.segment
        await console.press("space", "space", "i")
        await console.until("→ Ignore  2 mentions")
        acts = [one for one in said(tmp_path) if isinstance(one, MentionActed)]
        assert [one.left for one in acts[-2:]] == [None, None]


async def test_who_opens_a_mention_and_changes_nothing_has_said_a_little_once(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        first = await start(console)
        for _ in range(2):
            await console.press("enter")
            await console.until("Read as:")
            await console.press("escape")
            await console.pilot.pause(0.1)
        [label] = [one for one in said(tmp_path) if isinstance(one, MentionLabelled)]
        assert (label.judgement, label.segment) == ("left", first.segment)
        assert console.room.board.desk.mark(first.mention.key).event == ""


async def test_the_dialog_explains_and_takes_the_same_keys(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (120, 40)) as console:
        first = await start(console)
        await console.press("enter")
        await console.until("Read as:")
        text = console.text()
        assert "against" in text
        assert "Because of:" in text or "No word of the lists" in text
        await console.press("plus")
        await console.until("said at 14:25:")
        await console.press("p")
        await console.until("(pinned)")
        await console.press("escape")
        labels = [one for one in said(tmp_path) if isinstance(one, MentionLabelled)]
        assert [one.judgement for one in labels] == ["corrected"]
        assert labels[0].mention.key == first.mention.key


async def test_the_dialog_shows_what_was_said_as_soon_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warroom.ui.dialogs.mention.AGAIN", 3600)
    async with demo_console(tmp_path, (120, 40)) as console:
        await start(console)
        await console.press("enter")
        await console.until("Read as:")
        await console.press("plus")
        await console.until("said at 14:25:")


async def test_what_was_learnt_is_told_in_the_pulse(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (120, 50)) as console:
        await console.press("6")
        await console.until("Nothing learnt yet")
        await start(console)
        await console.press("v", "v")
        await console.press("6")
        await console.until("Learnt 2 · agreement")
        await console.screen.run_action("learning")
        await console.until("Learning is off")
        await console.screen.run_action("learning")
        await console.until("Learnt 2 · agreement")


async def test_there_is_nothing_to_load_without_a_former_crisis(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("former")
        await console.until("No former crisis of this log has labels")


async def test_a_row_that_stands_for_its_copies_is_said_once_and_pins_one_author(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("2", "d")
        await console.pilot.pause(1.0)
        await console.press("down")
        sorting = console.screen.session.sorting
        for _ in range(60):
            if len(sorting.copies(selected(console).row)) > 2 and selected(console).segment is not Segment.LOVE:
                break
            await console.press("down")
        row = selected(console).row
        assert len(sorting.copies(row)) > 2
        await console.press("plus")
        await console.until("copies")
        await console.press("p")
        await console.until("counts as:")
        labels = [one for one in said(tmp_path) if isinstance(one, MentionLabelled | AuthorPinned)]
        assert [type(one) for one in labels] == [MentionLabelled, AuthorPinned]
        assert selected(console).row == row


async def test_the_keys_of_the_dialog_can_be_clicked(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (120, 40)) as console:
        first = await start(console)
        await console.press("enter")
        await console.until("+ Better")
        await console.click("+ Better")
        await console.until("said at 14:25:")
        [label] = [one for one in said(tmp_path) if isinstance(one, MentionLabelled)]
        assert label.mention.key == first.mention.key


async def test_what_a_former_crisis_taught_is_loaded_by_name_and_counts_less(tmp_path: Path) -> None:
    async with live_console(tmp_path) as (console, hands, _):
        room = console.room
        one, two = kept(1, "Well done, thank you"), kept(2, "Where is lot 4471 sold?")
        await room.do(lambda board: [step(one, Segment.LIKE, -2), confirm(two, Segment.NEUTRAL, None)])
        await room.do(lambda board: stand_down(board.incidents[str(board.current)], "It is over."))
        hands.pass_minutes(60)
        await room.do(lambda board: replace(DECLARED, title="Another one", declared_at=hands.at))
        assert room.board.labels.to_learn(room.board.current) == []
        await console.screen.run_action("former")
        await console.until("2 labels")
        assert "Reactions to oat drink, lot 4471" in console.text()
        await console.press("enter")
        await console.until("counts here too")
        assert [label.weight for label in room.board.labels.to_learn(room.board.current)] == [0.3, 0.3]
        await console.screen.run_action("former")
        await console.until("No former crisis of this log has labels")
        await console.press("6")
        await console.until("Learnt 2 · agreement")
