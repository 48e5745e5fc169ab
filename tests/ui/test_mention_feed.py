"""The list of mentions under keys, mouse and a flood: nothing moves under the reader."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Button

from tests.builders import START, mention
from warroom.domain.board import Board
from warroom.domain.desk import Desk
from warroom.domain.events import FIRST, MentionActed, Recorded
from warroom.domain.mention import Kept, Segment, reference
from warroom.services.words import Words, english
from warroom.ui.theme import DARK, THEMES, defaults
from warroom.ui.widgets.mention_feed import MentionFeed

SEGMENTS = list(Segment)
BOTH = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
"""A terminal without boxes and one with them."""


class Mentions:
    """Any number of mentions, made when they are asked for; some of them may be given another text."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self.changes: dict[int, dict[str, object]] = {}
        self.reads = 0

    def version(self) -> int:
        return hash((repr(self.texts), repr(self.changes)))

    def get(self, row: int) -> Kept | None:
        text = self.texts.get(row, f"Mention number {row}")
        return Kept(row, mention(row, text, followers=row, **self.changes.get(row, {})), SEGMENTS[row % 5])

    def page(self, first: int, last: int) -> Sequence[Kept]:
        self.reads += 1
        return [kept for row in range(first, last + 1) if (kept := self.get(row)) is not None]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the list looks at."""

    board: Board
    reader: Mentions
    words: Words = field(default_factory=english)
    now: datetime
    stale_since: datetime | None = None
    settling: bool = False
    read_only: bool = False
    doubtful: frozenset[int] = frozenset()

    def shown(self, kept: Kept) -> Kept:
        said = self.board.desk.mark(kept.mention.key).said
        return kept if said is None else Kept(kept.row, kept.mention, said, kept.question)

    def unsure(self, kept: Kept) -> bool:
        return kept.row in self.doubtful

    def caught_up(self, after: int) -> int:
        return 0

    def one_in(self, lines: int) -> int:
        return 1


class Reading(App[None]):
    """The list and something else that can have the focus; it keeps what the list says."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "escaped")]

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, object, object]] = []
        self.mentions = Mentions()
        self.board = Board()
        self.found: Sequence[int] | None = None
        self.escaped = False

    def action_escaped(self) -> None:
        self.escaped = True

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return defaults("textual-dark")

    def compose(self) -> ComposeResult:
        yield MentionFeed()
        yield Button("Elsewhere", compact=True)

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    @property
    def feed(self) -> MentionFeed:
        return self.query_one(MentionFeed)

    def look(self, last: int | None = None, *, at: float = 0.0, stale: datetime | None = None) -> None:
        """Look again: `last` mentions, `at` seconds after the hundredth came in."""
        self.board.row = self.board.row if last is None else last
        now = START + timedelta(seconds=100 + at)
        scene = Seen(board=self.board, reader=self.mentions, now=now, stale_since=stale)
        self.feed.look(scene, title="Feed", empty="Nothing has come in yet.", found=self.found)

    def mark(self, row: int) -> None:
        """Somebody replies."""
        kept = self.mentions.get(row)
        assert kept is not None
        data = MentionActed(mention=reference(kept), act="reply")
        event = Recorded(
            id=f"reply-{row}",
            inc="room",
            agg=f"mention/{row}",
            actor="PG",
            wr="w",
            ws=1,
            prev=FIRST,
            at=START,
            data=data,
        )
        self.board.apply(self.board.pos + 1, event)

    def on_mention_feed_highlighted(self, message: MentionFeed.Highlighted) -> None:
        self.heard.append(("highlighted", message.row, None))

    def on_mention_feed_opened(self, message: MentionFeed.Opened) -> None:
        self.heard.append(("opened", message.row, None))

    def on_mention_feed_acted(self, message: MentionFeed.Acted) -> None:
        self.heard.append(("acted", list(message.rows), message.act))

    def on_mention_feed_wants(self, message: MentionFeed.Wants) -> None:
        self.heard.append(("wants", message.what, None))


@asynccontextmanager
async def reading(
    last: int = 100, size: tuple[int, int] = (80, 24), made: Callable[[], Reading] = Reading
) -> AsyncIterator[tuple[Reading, Pilot[None]]]:
    app = made()
    async with app.run_test(size=size) as pilot:
        app.feed.focus()
        app.look(last)
        await pilot.pause()
        yield app, pilot


def lines(feed: MentionFeed) -> list[str]:
    width, height = feed.size
    return [strip.text for strip in feed.render_lines(Region(0, 0, width, height))]


def line_of(feed: MentionFeed, text: str) -> int:
    return next(y for y, line in enumerate(lines(feed)) if text in line)


@asynccontextmanager
async def watching(feed: MentionFeed, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[int]]:
    """The lines that are asked to be painted meanwhile."""
    painted: list[int] = []
    refresh = feed.refresh

    def watched(*regions: Region, **how: bool) -> MentionFeed:
        assert regions or how, "the whole list was painted"
        painted.extend(region.y for region in regions)
        return refresh(*regions, **how)

    with monkeypatch.context() as patched:
        patched.setattr(feed, "refresh", watched)
        yield painted


# --- the reader's place ---------------------------------------------------------------------------------


@BOTH
async def test_200_new_mentions_do_not_move_the_selected_row(size: tuple[int, int]) -> None:
    async with reading(size=size) as (app, pilot):
        await pilot.press("down", "down", "down")
        before = lines(app.feed)
        app.look(300)
        await pilot.pause()
        assert (app.feed.selected, app.feed.held) == (98, 200)
        assert [line for line in lines(app.feed) if "Mention" in line] == [line for line in before if "Mention" in line]
        await pilot.press("l")
        assert (app.feed.selected, app.feed.held) == (None, 0)
        assert "Mention number 300" in lines(app.feed)[1]


async def test_until_something_is_chosen_new_mentions_flow_in_at_the_top() -> None:
    async with reading() as (app, pilot):
        app.look(101)
        await pilot.pause()
        assert "Mention number 101" in lines(app.feed)[1]
        assert app.feed.held == 0


@BOTH
async def test_every_key_of_a_list_moves_as_printed(size: tuple[int, int]) -> None:
    async with reading(size=size) as (app, pilot):
        rows = sum("Mention" in line for line in lines(app.feed))
        for key, row in (
            ("down", 100),
            ("down", 99),
            ("j", 98),
            ("k", 99),
            ("pagedown", 99 - rows + 1),
            ("pageup", 99),
            ("end", 1),
            ("down", 1),
            ("up", 2),
            ("home", None),
            ("up", 100),
            ("up", None),
        ):
            await pilot.press(key)
            assert app.feed.selected == row, key
            assert row is None or any(f"Mention number {row} " in line for line in lines(app.feed))


async def test_the_selection_survives_a_smaller_and_a_larger_terminal() -> None:
    async with reading(size=(200, 50)) as (app, pilot):
        await pilot.press("pagedown")
        row = app.feed.selected
        assert row is not None
        assert row < 80
        for size in ((60, 16), (200, 50)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.feed.selected == row
            assert "▌" in lines(app.feed)[line_of(app.feed, f"Mention number {row} ")]


async def test_the_cursor_of_the_terminal_follows_the_selection() -> None:
    async with reading(size=(120, 36)) as (app, pilot):
        for _ in range(3):
            await pilot.press("down")
        y = line_of(app.feed, "Mention number 98 ")
        assert app.cursor_position == Offset(app.feed.region.x + 1, app.feed.region.y + y)


async def test_after_an_act_the_selection_moves_on() -> None:
    async with reading() as (app, pilot):
        await pilot.press("down", "space")
        app.feed.advance()
        await pilot.pause()
        assert (app.feed.selected, app.feed.checked) == (98, 0)


async def test_a_search_lists_its_rows_and_says_how_many_of_all() -> None:
    async with reading(size=(120, 36)) as (app, pilot):
        app.found = [88, 44, 11]
        app.look()
        await pilot.pause()
        shown = [line for line in lines(app.feed) if "Mention number" in line]
        assert [row for row in (88, 44, 11) if f"number {row} " in shown[(88, 44, 11).index(row)]] == [88, 44, 11]
        assert "3 of 100" in lines(app.feed)[-1]
        await pilot.press("end")
        assert app.feed.selected == 11
        assert app.feed.kept(11) == app.mentions.get(11)


# --- what it says ---------------------------------------------------------------------------------------


async def test_letters_act_on_the_selected_mention() -> None:
    async with reading() as (app, pilot):
        await pilot.press("down")
        app.heard.clear()
        await pilot.press(*"reicma")
        acts = ["reply", "escalate", "ignore", "close", "pin", "assign"]
        assert app.heard == [("acted", [100], act) for act in acts]


async def test_letters_act_on_all_that_are_checked_and_escape_lets_them_go() -> None:
    async with reading(size=(120, 36)) as (app, pilot):
        await pilot.press("space", "down", "space")
        assert "2 selected" in lines(app.feed)[-1]
        await pilot.press("r")
        assert app.heard[-1] == ("acted", [98, 100], "reply")
        await pilot.press("home")
        assert app.feed.chosen == [98, 100]
        await pilot.press("escape", "r")
        assert app.heard[-1] == ("acted", [], "reply")
        assert not app.escaped
        await pilot.press("escape")
        assert app.escaped


async def test_what_is_checked_is_counted_where_there_is_no_line_below() -> None:
    async with reading(size=(80, 24)) as (app, pilot):
        await pilot.press("space", "space", "space")
        assert "3 selected" in lines(app.feed)[0]


async def test_enter_opens_and_slash_f_and_s_ask_for_search_filter_and_segment() -> None:
    async with reading() as (app, pilot):
        await pilot.press("enter", "down", "enter", "slash", "f", "s")
        said = [("opened", None, None), ("highlighted", 100, None), ("opened", 100, None)]
        assert app.heard == said + [("wants", what, None) for what in ("search", "filter", "segment")]


@BOTH
async def test_a_click_selects_and_a_double_click_opens(size: tuple[int, int]) -> None:
    async with reading(size=size) as (app, pilot):
        await pilot.click(MentionFeed, offset=(10, 4))
        assert app.heard == [("highlighted", 97, None)]
        await pilot.double_click(MentionFeed, offset=(10, 6))
        assert app.heard[-1] == ("opened", 95, None)


async def test_a_click_on_the_frame_or_below_the_last_mention_chooses_nothing() -> None:
    async with reading(size=(120, 36)) as (app, pilot):
        for y in (0, app.feed.size.height - 1):
            await pilot.click(MentionFeed, offset=(10, y))
        app.look(2)
        await pilot.click(MentionFeed, offset=(10, 5))
        assert app.heard == []


async def test_the_wheel_scrolls_and_holds_the_list() -> None:
    async with reading() as (app, pilot):

        def wheel(kind: type[events.MouseEvent]) -> Message:
            return kind(app.feed, 5, 5, 0, 0, 0, False, False, False)

        app.feed.post_message(wheel(events.MouseScrollDown))
        await pilot.pause()
        app.look(150)
        assert "Mention number 97 " in lines(app.feed)[1]
        assert (app.feed.selected, app.feed.held) == (100, 50)
        assert app.heard == [("highlighted", 100, None)]
        app.feed.post_message(wheel(events.MouseScrollUp))
        await pilot.pause()
        assert "Mention number 100 " in lines(app.feed)[1]


# --- painting -------------------------------------------------------------------------------------------


HOSTILE = [
    "[/nope] [@click=app.quit]here[/] [bold red]",
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred \x9b1A \x1b]52;c;ZWNobw==\x1b\\",
    "\u202eevil\u2066isolate\u2069\u200f",
    "two\nlines\tand\r\na tab\u2028more",
    "👨‍👩‍👧‍👦 👍🏽 🇪🇸 1️⃣ ❤️ " * 20,
    "日本語のとても長いテキスト" * 20,
    "Z̸̡̢̛̞̦̈́" * 100,
]


@BOTH
@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_hostile_mention_changes_its_own_row_and_nothing_else(hostile: str, size: tuple[int, int]) -> None:
    async with reading(size=size) as (app, pilot):
        await pilot.press("down", "down")
        width, height = app.feed.size
        before = app.feed.render_lines(Region(0, 0, width, height))
        y = line_of(app.feed, "Mention number 95 ")
        app.mentions.texts[95] = hostile
        app.mentions.changes[95] = {
            "author_handle": hostile,
            "author_name": hostile,
            "title": hostile,
            "edited_at": START,
        }
        app.look()
        await pilot.pause()
        after = app.feed.render_lines(Region(0, 0, width, height))
        assert [i for i in range(height) if list(before[i]) != list(after[i])] == [y]
        assert after[y].cell_length == width
        assert all(character.isprintable() for character in after[y].text)
        assert all(not (segment.style and segment.style.meta) for segment in after[y])
        assert after[y].text.rstrip(" ┃│").endswith("95")
        assert app.title == "Reading"


@BOTH
async def test_a_move_of_the_selection_paints_two_lines(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(size=size) as (app, pilot):
        await pilot.press("down", "down", "down")
        async with watching(app.feed, monkeypatch) as painted:
            await pilot.press("down")
        assert painted == [3, 4]


async def test_a_second_later_only_the_rows_whose_age_is_another_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(size=(80, 24)) as (app, pilot):
        app.mentions.changes |= {row: {"created_at": START - timedelta(hours=3)} for row in range(1, 98)}
        app.look()
        await pilot.pause()
        async with watching(app.feed, monkeypatch) as painted:
            app.look(at=1)
            await pilot.pause()
        assert painted == [1, 2, 3]
        async with watching(app.feed, monkeypatch) as painted:
            app.look(at=1)
            await pilot.pause()
        assert painted == []


async def test_an_act_paints_its_row_also_when_the_pointer_asked_for_the_line_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with reading() as (app, pilot):
        app.mark(97)
        app.screen.get_style_at(5, app.feed.region.y + 4)
        async with watching(app.feed, monkeypatch) as painted:
            app.look()
            await pilot.pause()
        assert painted == [4]
        assert lines(app.feed)[4].startswith(" R ")


async def test_what_was_painted_between_two_looks_is_painted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading() as (app, pilot):
        app.mark(97)
        app.feed.refresh()
        await pilot.pause()
        app.board.desk = Desk()
        async with watching(app.feed, monkeypatch) as painted:
            app.look()
            await pilot.pause()
        assert painted == [4]


async def test_stale_ages_stand_still_and_say_as_of_when(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(size=(80, 24)) as (app, pilot):
        since = START + timedelta(seconds=100)
        app.look(at=500, stale=since)
        await pilot.pause()
        assert "as of 13:03" in lines(app.feed)[0]
        frozen = lines(app.feed)
        async with watching(app.feed, monkeypatch) as painted:
            app.look(at=900, stale=since)
            await pilot.pause()
        assert painted == []
        assert lines(app.feed) == frozen


async def test_the_frame_and_the_bar_say_where_the_focus_is() -> None:
    async with reading(size=(120, 36)) as (app, pilot):
        await pilot.press("down")
        assert lines(app.feed)[0].startswith("┏━ Feed ━")
        assert lines(app.feed)[1].startswith("┃▌●")
        app.query_one(Button).focus()
        await pilot.pause()
        assert lines(app.feed)[0].startswith("╭─ Feed ─")
        assert lines(app.feed)[1].startswith("││●")
        assert lines(app.feed)[-1].endswith(" 100 · newest first ─╯")


async def test_without_boxes_the_rule_and_the_bar_say_it() -> None:
    async with reading(size=(80, 24)) as (app, pilot):
        await pilot.press("down")
        assert lines(app.feed)[0].startswith("━Feed━")
        assert lines(app.feed)[1].startswith("▌●")
        app.query_one(Button).focus()
        await pilot.pause()
        assert lines(app.feed)[0].startswith("─Feed─")
        assert lines(app.feed)[1].startswith("│●")


async def test_an_empty_list_says_what_will_appear() -> None:
    async with reading(0) as (app, pilot):
        assert "Nothing has come in yet." in lines(app.feed)[2]
        await pilot.press("down", "enter", "space", "end", "pagedown", "r")
        assert app.feed.selected is None
        assert app.heard[-1] == ("acted", [], "reply")


async def test_without_colour_everything_is_still_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(size=(120, 36)) as (app, pilot):
        await pilot.press("down")
        width, height = app.feed.size
        strips = app.feed.render_lines(Region(0, 0, width, height))
        assert strips[1].text.startswith("┃▌●")

        def grey(style: Style | None) -> bool:
            colours = [style.color, style.bgcolor] if style is not None else []
            triplets = [colour.get_truecolor() for colour in colours if colour is not None]
            return all(triplet.red == triplet.green == triplet.blue for triplet in triplets)

        assert all(grey(segment.style) for strip in strips for segment in strip)


async def test_it_can_be_painted_in_every_theme() -> None:
    async with reading(3) as (app, pilot):
        await pilot.press("down")
        for name in app.available_themes:
            app.theme = name
            await pilot.pause()
            assert "Mention number 3" in lines(app.feed)[1], name


async def test_a_new_theme_paints_with_its_own_colours() -> None:
    async with reading(size=(120, 36)) as (app, pilot):
        dark = app.feed.render_lines(Region(0, 3, 120, 1))[0]
        app.theme = "warroom-light"
        await pilot.pause()
        light = app.feed.render_lines(Region(0, 3, 120, 1))[0]
        assert dark.text == light.text
        assert list(dark) != list(light)


async def test_a_screen_of_mentions_is_two_reads_however_many_there_are() -> None:
    async with reading(1_000_000, size=(120, 36)) as (app, pilot):
        app.mentions.reads = 0
        await pilot.press("end")
        lines(app.feed)
        assert app.mentions.reads <= 2


async def test_looking_again_reads_nothing_until_something_was_written() -> None:
    async with reading(size=(120, 36)) as (app, pilot):
        scene = Seen(board=app.board, reader=app.mentions, now=START)
        app.feed.look(scene, title="Feed", empty="")
        lines(app.feed)
        app.mentions.reads = 0
        app.feed.look(scene, title="Feed", empty="")
        await pilot.pause()
        assert app.mentions.reads == 0
        app.feed.look(replace(scene, now=START), title="Feed", empty="")
        assert app.mentions.reads == 0
        app.mentions.texts[3] = "edited since"
        app.feed.look(replace(scene, now=START), title="Feed", empty="")
        assert app.mentions.reads == 1
