"""How the views and dialogs are laid out: what is never out of sight, never cut, and never said without its unit."""

import re
from pathlib import Path

import pytest
from textual.selection import Selection

from tests.ui.consoles import Console, demo_console
from tests.ui.looking import box_of, painted
from warroom.ui.audiences import silence_rows
from warroom.ui.dialogs.approve import diff_parts
from warroom.ui.line import Part, width_of
from warroom.ui.views.pulse import five_numbers
from warroom.ui.views.pulse_lines import spike_line
from warroom.ui.widgets.key_row import told_in_lines
from warroom.ui.widgets.text_block import TextBlock

EMPTY = {
    "2": ("Nothing has come in yet.",),
    "3": ("No crisis is open. The plan starts with the declaration: press d.",),
    "4": ("d declares one.", "What goes out in a crisis is written here.", "What the checks find in it"),
    "5": ("Nothing yet. What happens",),
}
"""View → what its empty panels say in calm."""
DIALOGS = ("4 p", "4 a", "2 home down enter", "1 question_mark", "3 t")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_no_dialog_covers_the_clock(tmp_path: Path, size: tuple[int, int]) -> None:
    async with demo_console(tmp_path, size) as console:
        for keys in DIALOGS:
            await console.press(*keys.split())
            await console.so(lambda: console.app.screen is not console.screen)
            await console.settled()
            box = box_of(console)
            assert box.y >= 2, keys
            assert box.bottom <= size[1], keys
            assert "3 of 4" in console.lines()[0]
            if keys[0] != "1" or size[1] < 30:  # where the Room has its clock card, it has no line for it
                assert "Holding statement in 00:3" in console.lines()[1], keys
            if size[0] < 100:
                assert (box.x, box.width) == (0, size[0]), "beside a dialog there is no room for half words"
            await console.press("escape")


async def test_the_empty_panel_of_a_mention_says_what_chooses_one(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (200, 50)) as console:
        await console.press("2")
        await console.until("↓ chooses a mention; then one letter acts on it.")
        await console.press("down")
        await console.until("↓ chooses a mention", gone=True)


async def test_who_did_it_stands_behind_an_entry_and_not_below_its_time(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (200, 50), lang="es") as console:
        await console.until("Cronología", "Fuera de plazo")
        panel = console.screen.query_one("#room-timeline").content_region
        lines = [line[panel.x + 1 : panel.right] for line in console.lines()[panel.y : panel.bottom]]
        for line in filter(str.strip, lines):
            assert re.match(r"\d\d:\d\d +[+−]\d\d . \S| {13}\S", line), line
        assert any("(vencía a las 14:22)" in line for line in lines), "what fits in three lines is told whole"


def audiences(console: Console) -> tuple[int, int]:
    """The authors told of, and those of the four rows together."""
    text = console.text()
    told = re.search(r"(\d+) authors ·", text)
    assert told is not None, text
    rows = [re.search(rf" {name} +(\d+) ", text) for name in ("hate", "dislike", "like", "love")]
    return int(told[1]), sum(int(row[1]) for row in rows if row is not None)


async def test_what_the_rows_of_the_audiences_count_is_said_and_adds_up(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.sorted_out()
        for view in ("1", "6"):
            await console.press(view)
            await console.until("authors ·")
            told, rows = audiences(console)
            assert told == rows > 200


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_no_line_of_the_pulse_is_cut_in_the_middle_of_a_word(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, lang=lang) as console:
        await console.sorted_out()
        scene = console.screen.session.scene()
        for width in range(56, 220):
            numbers, names = ("".join(part.text for part in line) for line in five_numbers(scene, width))
            assert "…" not in numbers + names, width
            assert max(map(len, (numbers, names))) <= width
            said = "".join(part.text for part in spike_line(scene, width))
            assert "…" not in said, (width, said)
        words = " ".join("".join(part.text for part in row) for row in silence_rows(scene, 200))
        for name in ("Bluesky", "Mastodon", "X", "−− ", "++ "):
            assert name in words, "networks and audiences as people write them"
        for row in silence_rows(scene, 60):
            assert width_of(row) <= 60
        assert "".join(part.text for part in silence_rows(scene, 60)[0]).endswith(" …"), "what has no room is told of"


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ([Part("✓ "), Part("Noted: not a crisis, because nobody tells of a danger")], " ✓ Noted"),
        ([Part("  "), Part("Choose a mention first, then press the letter again")], "   Choose"),
    ],
)
def test_what_is_told_in_several_lines_has_one_edge(told: list[Part], first: str) -> None:
    lines = "".join(part.text for part in told_in_lines(told, 30)).split("\n")
    assert lines[0].startswith(first)
    assert len(lines) > 1
    assert all(line.startswith("   ") and line[3] != " " for line in lines[1:])
    assert max(map(len, lines)) <= 31


async def test_of_the_deadlines_only_the_nearest_stands_out(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.screen.run_action("deadlines")
        await console.until("Correct the times")
        left = [re.search(r"\d (?:min|h)(?=  .*\d\d:\d\d)", line) for line in console.lines() if " ○ " in line]
        ends = [found.end() for found in left if found is not None]
        assert len(ends) > 9
        assert len(set(ends)) == 1, "what is due another day moves no column"
        pieces = list(painted(console))
        near, far, later = (
            next(piece.ink for piece in pieces if piece.text.rstrip().endswith(f" {left} min")) for left in (7, 37, 57)
        )
        assert near != far == later


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_the_smallest_screen_shows_all_four_audiences(tmp_path: Path, lang: str) -> None:
    async with demo_console(tmp_path, (60, 16), lang=lang) as console:
        await console.press("6")
        await console.until("−− ", "−  ", "+  ", "++ ")
        assert "…" not in "".join(console.lines()[5:8]), "no number and no sentence is cut"


def test_the_signs_of_a_change_stand_at_its_words() -> None:
    told = "".join(part.text for part in diff_parts("We know it. We act.", "Today we know it. We do act."))
    assert "[+Today" in told
    assert not re.search(r"\[[+−] | [+−]\]", told), told


async def test_no_view_of_calm_has_a_blank_box(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        for view, told in EMPTY.items():
            await console.press(view)
            await console.until(*told)


async def test_what_hangs_is_copied_as_it_stands(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await console.press("4")
        console.room.actor = "LR"
        console.screen.look()
        await console.until("Publish: missing Lead")
        block = console.screen.query_one("#approval", TextBlock)
        copied = block.get_selection(Selection(None, None))
        assert copied is not None
        first = copied[0].split("\n")[1:3]
        assert first == [" p  Publish: missing Lead", "    (AM)"]
        assert all(line.rstrip() in console.text() for line in first)
