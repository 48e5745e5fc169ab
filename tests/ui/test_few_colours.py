"""Sixteen colours, none, or plain characters only: what a colour says is said by a sign, a letter or a border too."""

from pathlib import Path

import pytest
from rich.color import ColorSystem

from tests.ui.consoles import Console, demo_console
from tests.ui.looking import painted
from warroom.domain.events import Act
from warroom.ui.frame import TAB_NAMES, VIEWS
from warroom.ui.plain_signs import TABLE
from warroom.ui.present import SEGMENT_MARKS, STATE_MARKS
from warroom.ui.theme import CONTRAST, DARK, best_for


def test_a_terminal_with_few_colours_begins_in_strong_contrast() -> None:
    assert best_for("standard") == best_for("windows") == CONTRAST.name
    assert best_for("256") == best_for("truecolor") == best_for(None) == DARK.name


def plain(sign: str) -> str:
    return sign.translate(TABLE)


def selected(console: Console) -> list[str]:
    """The lines that have the mark of the selection behind the border of their panel."""
    return [line for line in console.lines() if f"|{plain('▌')}" in line]


def focused(console: Console) -> list[str]:
    """The titles on a heavy border."""
    return [line for line in console.lines() if "+= " in line]


def grounds_of_tabs(console: Console) -> dict[str, object]:
    """View → the ground of its tab, as a terminal with sixteen colours paints it."""
    row = console.place("1 Room")[1]
    words = console.screen.session.words
    names = {words.say(TAB_NAMES[view]): view for view in VIEWS}
    pieces = [piece for piece in painted(console) if piece.y == row]
    return {
        view: piece.ground.downgrade(ColorSystem.STANDARD).number
        for piece in pieces
        for name, view in names.items()
        if name in piece.text
    }


@pytest.mark.parametrize("no_color", [False, True], ids=["16 colours", "no colour"])
async def test_selection_focus_state_and_segment_are_told_without_colour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_color: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM")
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with demo_console(tmp_path, theme="", ascii=True) as console:
        assert console.app.theme == CONTRAST.name
        await console.press("2", "down", "r", "e")
        (row,) = selected(console)
        assert focused(console)[0].lstrip().startswith("+= Feed =")
        reader, newest = console.app.session.reader, console.room.board.row
        states: tuple[Act, ...] = ("reply", "escalate", "new", "new")
        for place, state in enumerate(states):
            kept = reader.get(newest - place)
            assert kept is not None
            assert kept.segment is not None
            line = next(one for one in console.lines() if kept.mention.text[:20] in one)
            assert line.startswith((f"| {plain(STATE_MARKS[state][0])} ", f"|>{plain(STATE_MARKS[state][0])} ")), line
            assert f" {plain(SEGMENT_MARKS[kept.segment])} " in line, line
            assert (line == row) is (place == 2)
        tabs = grounds_of_tabs(console)
        assert set(tabs) == set(VIEWS)
        assert [view for view in tabs if list(tabs.values()).count(tabs[view]) == 1] == ["feed"]
        await console.press("space")
        await console.until("1 selected")
        assert sum(line.startswith(("|#", "| #", "|>#")) for line in console.lines()) == 1, console.text()
        await console.press("space", "4")
        assert [line.split("+= ")[1].split()[0] for line in focused(console)] == ["Checks"]
        assert len(selected(console)) == 1
        await console.press("t")
        await console.until("(*) Holding statement", "( ) First word", "[x] -- hate", "[ ] ++ love")
        assert ">(*) Holding statement" in console.text()
