"""The text that goes out, for each network as it takes it: copied part by part, and then its links."""

from pathlib import Path

import pytest
from textual.widgets import Button, Input

from tests.ui.consoles import Console, demo_console, incident_of, statement_of
from warroom.domain.board import Board
from warroom.domain.events import (
    AnyEvent,
    CheckOverridden,
    StatementApproved,
    StatementRevised,
    StatementSubmitted,
)
from warroom.domain.networks import length, parts_of
from warroom.domain.statement import digest
from warroom.services.wordlists import load_limits
from warroom.ui.dialogs.copy import CopyDialog
from warroom.ui.dialogs.text_alone import TextAloneScreen
from warroom.ui.views.desk_panels import Editor
from warroom.ui.widgets.choices import Tick
from warroom.ui.widgets.row_list import RowList

LIMITS = load_limits()
LINK = "https://help.nordavena.example/lot-4471/what-you-can-do-now-and-whom-you-can-ask"


def dialog_of(console: Console) -> CopyDialog:
    dialog = console.app.screen
    assert isinstance(dialog, CopyDialog)
    return dialog


async def press_yes(console: Console) -> None:
    await console.settled()
    console.app.screen.query_one("#yes").focus()
    await console.press("enter")


async def approve(console: Console) -> None:
    await console.press("4", "a")
    await console.until("Approve revision 1")
    await press_yes(console)
    await console.until("Approved: revision 1")


# --- the parts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("network", ["x", "bluesky", "mastodon"])
@pytest.mark.parametrize("gap", range(0, 40, 3))
def test_parts_are_numbered_fit_and_never_cut_a_link(network: str, gap: int) -> None:
    text = "We know. " * 30 + "a" * gap + f" {LINK} " + "What you can do: keep the carton. " * 30
    parts = parts_of(text, network, LIMITS)
    assert len(parts) == length(text, network, LIMITS).parts > 1
    assert sum(LINK in part for part in parts) == 1
    for place, part in enumerate(parts, 1):
        assert part.startswith(f"{place}/{len(parts)} ")
        assert length(part, network, LIMITS).parts == 1
    whole = " ".join(part.split(" ", 1)[1] for part in parts)
    assert whole.split() == text.split()


def test_what_fits_and_what_no_thread_can_carry_stays_whole() -> None:
    assert parts_of("We know.", "x", LIMITS) == ("We know.",)
    assert parts_of("We know. " * 200, "web", LIMITS) == ("We know. " * 200,)
    assert parts_of("We know. " * 2000, "instagram", LIMITS) == ("We know. " * 2000,)


def test_a_thread_of_more_than_99_parts_has_room_for_its_numbers() -> None:
    text = "word " * 6_000
    parts = parts_of(text, "x", LIMITS)
    assert len(parts) > 99
    assert all(length(part, "x", LIMITS).parts == 1 for part in parts)
    assert length(text, "x", LIMITS).parts == len(parts)


# --- copying -------------------------------------------------------------------------------------------


async def test_an_approved_text_is_copied_part_by_part_before_anything_is_recorded(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await approve(console)
        await console.press("p")
        await console.until("Nothing is posted for you")
        await console.press("k")
        await console.until("Copy and link: statement v1")
        dialog = dialog_of(console)
        wanted = [
            part
            for network in ("web", "x", "bluesky", "mastodon", "instagram")
            for part in parts_of(statement_of(console).head.text, network, LIMITS)
        ]
        copied = []
        for _ in wanted:
            await console.press("c")
            copied.append(console.app.clipboard)
        assert copied == wanted
        assert sum(part.startswith("1/") for part in copied) == 2
        assert dialog.query_one(RowList).plain.count("✓ ") == len(wanted)
        assert "link missing" not in console.text()
        await console.press("l")
        await console.until("Links come once it is marked as published.")
        assert not statement_of(console).publications


async def test_where_the_terminal_refuses_a_part_is_shown_alone(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await approve(console)
        await console.press("p")
        await console.until("Nothing is posted for you")
        await console.press("k")
        await console.until("Copy and link")
        await console.press("down", "f8")
        assert isinstance(console.app.screen, TextAloneScreen)
        assert console.lines()[0].startswith("1/3 We know some families")
        await console.press("escape")
        assert isinstance(console.app.screen, CopyDialog)


async def test_nobody_copies_a_text_that_may_not_go_out(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "p")
        await console.until("Nothing is posted for you")
        await console.press("k")
        await console.until("It is copied once it may go out.")
        assert not isinstance(console.app.screen, CopyDialog)


# --- links ---------------------------------------------------------------------------------------------


async def test_once_it_is_marked_each_network_asks_for_its_link_and_one_may_be_left_for_later(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await approve(console)
        await console.press("p")
        await console.until("Nothing is posted for you")
        await press_yes(console)
        await console.until("Copy and link: statement v1")
        assert dialog_of(console).query_one(RowList).plain.count("! link missing") == 5
        await console.press("l")
        await console.until("Link on Web")
        console.app.screen.query_one(Input).value = "later today"
        await console.press("enter")
        await console.until("A link starts with https://")
        console.app.screen.query_one(Input).value = "nordavena.example/4471"
        await console.press("enter")
        await console.until("Link on X")
        console.app.screen.query_one(Input).value = "https://x.example/1"
        await console.press("enter")
        await console.until("Link on Bluesky")
        await console.press("escape", "escape")
        out = statement_of(console).publications[-1]
        assert out.links_missing == ("bluesky", "mastodon", "instagram")
        await console.until("! link missing: Bluesky, Mastodon, IG")

        for key in ("p", "l"):
            await console.press(key)
            await console.until("Copy and link: statement v1")
            await console.press("escape")
        await console.press("l", "end", "l")
        await console.until("Link on IG")
        console.app.screen.query_one(Input).value = "https://ig.example/1"
        await console.press("enter")
        await console.until("Link on Bluesky")


async def test_a_text_that_is_out_on_one_network_still_goes_out_on_the_others(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await approve(console)
        await console.press("p")
        await console.until("Nothing is posted for you")
        for box in console.app.screen.query(Tick):
            box.value = box.id == "at-web"
        await press_yes(console)
        await console.until("Copy and link: statement v1")
        await console.press("escape", "p")
        await console.until("Nothing is posted for you")
        assert console.app.screen.query_one("#at-web", Tick).disabled
        assert "already recorded" not in console.text()
        await press_yes(console)
        await console.until("Copy and link: statement v1")
        assert len(statement_of(console).publications) == 2


# --- inside --------------------------------------------------------------------------------------------


async def test_a_text_for_our_own_people_begins_in_the_library_and_ends_no_silence(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        before = incident_of(console).last_word_at
        await console.press("4", "b")
        await console.until("Begin with a text")
        texts = console.app.screen.query_one(RowList)
        row = next(i for i, line in enumerate(texts.plain.splitlines()) if "our own people" in line)
        texts.cursor = row
        await console.press("enter")
        editor = console.screen.query_one(Editor)
        editor.load_text("We have stopped lot 4471. Say this when you are asked: help.nordavena.example knows more.")
        await console.press("escape")
        statement = statement_of(console)
        assert statement.head.networks == ("staff",)
        mark = statement.head.digest

        def waved_through(board: Board) -> list[AnyEvent]:
            """Sent and approved by both who must, whatever the checks say: this is about where it goes."""
            return [
                StatementSubmitted(statement=statement.id, revision=1, digest=mark),
                *(CheckOverridden(statement=statement.id, check=check, digest=mark, reason="a test") for check in held),
                StatementApproved(statement=statement.id, revision=1, digest=mark, roles=("lead", "legal")),
            ]

        scene = console.screen.session.scene()
        held = scene.desk.blocking(statement, incident_of(console), scene.now)
        await console.room.do(waved_through, actor="AM")
        await console.settled()
        await console.press("p")
        await console.until("It is no word in public: the clocks")
        assert "before the promise" not in console.text()
        await press_yes(console)
        await console.until("Copy and link")
        await console.until("Recorded. It is no word in public: the silence goes on.")
        assert "link missing" not in console.text()
        incident = incident_of(console)
        assert incident.last_word_at == before
        assert not incident.steps["own-people"].is_open


# --- while the review is open --------------------------------------------------------------------------


async def test_an_approval_from_another_console_opens_the_button(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await console.press("4", "p")
        await console.until("Lead (A. Martín) has not approved this text")
        review = console.app.screen
        assert review.query_one("#yes", Button).disabled
        statement = statement_of(console)
        yes = StatementApproved(statement=statement.id, revision=1, digest=statement.head.digest, roles=("lead",))
        await console.room.do(lambda board: yes, actor="AM")
        await console.until("Lead: A. Martín 14:25")
        assert not review.query_one("#yes", Button).disabled
        assert "Missing" not in console.text()


@pytest.mark.parametrize("copying", [False, True])
async def test_nobody_copies_or_publishes_another_text_than_the_one_they_reviewed(
    tmp_path: Path, copying: bool
) -> None:
    async with demo_console(tmp_path) as console:
        await approve(console)
        await console.press("p")
        await console.until("Nothing is posted for you")
        statement = statement_of(console)

        def another(board: Board) -> list[AnyEvent]:
            revised = StatementRevised(
                statement=statement.id,
                revision=2,
                text="Theirs entirely.",
                purpose="holding",
                lang="en",
                base=statement.head.digest,
            )
            mark = digest("Theirs entirely.", (), "en", "", ())
            yes = StatementApproved(statement=statement.id, revision=2, digest=mark, roles=("lead", "legal"))
            return [revised, yes]

        if copying:
            await console.press("k")
            await console.until("We know some families have had reactions after drinking our oat")
        await console.room.do(another, actor="PG")
        if copying:
            await console.so(lambda: dialog_of(console).query_one(RowList).plain == "")
            await console.press("escape")
        await console.until("The text has changed since you read it. Read revision 2.")
        assert console.app.screen.query_one("#yes", Button).disabled
        assert not statement_of(console).publications
