"""The tables of the plan on the real console: freeze list, seats, clocks, questions, handover, stand-down."""

from datetime import datetime, timedelta, tzinfo
from hashlib import sha256
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.ui.consoles import MOMENT, Console, demo_console, incident_of
from warroom.domain.events import Place, PromiseKept, PromiseMade, ShiftHandedOver, SpikeSeen, StatementPublished
from warroom.domain.humanity import Gauge
from warroom.domain.incident import confirm_objectives
from warroom.services.freezelist import FreezeFile, read_file
from warroom.services.humanity import HumanityGauge
from warroom.ui.dialogs import freeze
from warroom.ui.dialogs.seats import SeatsDialog
from warroom.ui.frame import clocks
from warroom.ui.palette import offers


async def typed(console: Console, **fields: str) -> None:
    """Fill in the small question on top and say yes."""
    await console.settled()
    for name, text in fields.items():
        console.app.screen.query_one(f"#field-{name}", Input).value = text
    console.app.screen.query_one("#yes").focus()
    await console.press("enter")


async def opened(console: Console, action: str, words: str) -> None:
    await console.screen.run_action(action)
    await console.until(words)


async def step(console: Console, name: str) -> None:
    """The plan with its selection on a step."""
    await console.press("3")
    console.screen.query_one("#steps").select(f"{name}/")  # type: ignore[attr-defined]
    await console.settled()


async def test_what_is_scheduled_is_imported_then_held_or_released_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_files: list[Path] = []

    def counted(path: Path, zone: tzinfo) -> FreezeFile:
        opened_files.append(path)
        return read_file(path, zone)

    monkeypatch.setattr(freeze, "read_file", counted)
    posts = tmp_path / "posts.csv"
    posts.write_text("Text,Network\nAutumn sale,instagram\nRecipe,x\n,x\n", "utf-8")
    async with demo_console(tmp_path / "room") as console:
        await opened(console, "freeze", "Autumn picnic")
        await console.press("i")
        await typed(console, file=str(tmp_path / "none.csv"))
        await console.until("cannot be read")
        await typed(console, file=str(posts))
        await console.until("2 scheduled posts are on the list; 1 line held none")
        await console.until("Z3")
        console.app.screen.query_one("#table-list").select("Z3")  # type: ignore[attr-defined]
        await console.press("h")
        await console.until("Held: Autumn sale")
        assert console.app.screen.query_one("#table-list").selected == "Z4"  # type: ignore[attr-defined]
        await console.press("r")
        await typed(console, reason="")
        await console.until("Say why this may go out")
        await typed(console, reason="It is the help line")
        await console.settled()
        listed = incident_of(console).freeze
        assert [(item.standing, item.reason, item.by) for item in listed.values()] == [
            ("held", "", "PG"),
            ("held", "", "PG"),
            ("held", "", "AM"),
            ("released", "It is the help line", "AM"),
        ]
        await console.press("i")
        await typed(console, file=str(posts))
        await console.until("is on the freeze list already")
        assert [path.name for path in opened_files] == ["none.csv", "posts.csv", "posts.csv"], "each is read once"


async def test_seats_say_here_only_for_oneself_and_can_be_given_away(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await step(console, "seat")
        await opened(console, "seats", "here since 14:11")
        rows = console.app.screen.query_one("#table-list")
        rows.select("legal")  # type: ignore[attr-defined]
        await console.press("h")
        await console.until("says “here” for themselves")
        await console.press("n")
        await typed(console, holder="AM")
        await console.until("Legal: AM")
        await console.until("not here yet")
        await console.press("h")
        await console.until("here since 14:25")
        await console.press("v")
        await console.until("away")
        incident = incident_of(console)
        assert (incident.roles["legal"], "legal" in incident.seats) == ("AM", True)
        assert [person.initials for person in incident.people if not person.available] == ["AM"]


async def test_the_seats_begin_at_ones_own(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        console.room.actor = "JS"
        await console.screen.run_action("seats")
        await console.settled()
        dialog = console.app.screen
        assert isinstance(dialog, SeatsDialog)
        assert incident_of(console).roles[dialog.chosen] == "JS"


async def test_a_clock_starts_with_its_own_time_is_met_with_a_reference_or_ruled_out_by_name(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await opened(console, "regulators", "undecided")
        await console.press("s")
        await typed(console, at="2031-01-01 10:00")
        await console.until("cannot start in the future")
        await typed(console, at="whenever")
        await console.until("names no time")
        await typed(console, at="14:10")
        await console.until("counts from 14:10")
        await console.press("m")
        await typed(console, reference="AEPD-1")
        await console.until("AEPD-1")
        await console.press("down", "x")
        await typed(console, reason="")
        await console.until("Say why this clock does not apply")
        await typed(console, reason="No personal data in it")
        await console.until("does not apply")
        clocks = incident_of(console).clocks
        assert clocks["gpsr"].met["notify"][1:] == ("AM", "AEPD-1")
        assert (clocks["gdpr"].excluded, clocks["gdpr"].excluded_by) == ("No personal data in it", "AM")


async def test_a_question_is_written_down_and_answered_in_public(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await opened(console, "questions", "Which shops sold lot 4471?")
        await console.press("n")
        await typed(console, text="Is it safe?", audience="martians")
        await console.until("The audiences are")
        await typed(console, text="Is it safe?", audience="disl")
        await console.until("Q4")
        console.app.screen.query_one("#table-list").select("Q4")  # type: ignore[attr-defined]
        await console.press("a")
        await console.until("By which statement?")
        await typed(console, statement="S99")
        await console.until("There is no published statement S99")
        first = incident_of(console).statements
        await typed(console, statement=next(id for id, one in first.items() if one.is_published))
        await console.until("answered 14:25")
        question = incident_of(console).questions["Q4"]
        assert question.audience is not None
        assert question.statement in first


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_brief_stands_on_one_screen_and_is_confirmed_by_name(
    tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    async with demo_console(tmp_path, size, lang=lang) as console:
        await console.screen.run_action("handover")
        await console.until("F1")
        box = console.app.screen.query_one("#box")
        assert box.max_scroll_y == 0
        read = str(console.app.screen._text)  # type: ignore[attr-defined]
        for name, _, text in (line.partition(": ") for line in read.splitlines()):
            assert name in console.text()
            assert text[:20] in console.text()
        assert not console.app.screen.query_one("#lead", Input).value, "who leads already does not take over"
        console.app.screen.query_one("#lead", Input).value = "AM"
        console.app.screen.query_one("#yes").focus()
        await console.press("enter")
        await console.until("✕")
        assert incident_of(console).lead == "AM"
        console.app.screen.query_one("#lead", Input).value = "JS"
        console.app.screen.query_one("#yes").focus()
        await console.settled()
        await console.press("enter")
        await console.until("✓ J. Solà")
        incident = incident_of(console)
        assert incident.lead == "JS"
        told = [line.recorded.data for line in console.room.board.timeline]
        (event,) = [event for event in told if isinstance(event, ShiftHandedOver)]
        assert event.brief == sha256(read.encode()).hexdigest()
        assert incident.steps["handover"].last is not None


async def test_enter_hands_over_nothing(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        before = console.room.board.pos
        await opened(console, "handover", "Hand over the shift")
        await console.press("enter", "enter", "enter")
        assert console.room.board.pos == before


async def test_a_step_is_completed_with_a_reason_where_the_program_sees_something_missing(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await step(console, "third-parties")
        await console.until("1 clock is undecided")
        await console.press("c")
        await console.until("Call it done all the", "The log shows your reason.")
        await typed(console, reason="")
        await console.until("It is not done yet")
        await typed(console, reason="Counsel does it by phone")
        await console.settled()
        state = incident_of(console).steps["third-parties"]
        assert (state.done_by, state.done_reason) == ("AM", "Counsel does it by phone")
        await console.until("although something was missing")


async def test_the_plan_says_what_it_cannot_see(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await step(console, "own-people")
        await console.until("a text to our own people finishes it")
        await step(console, "who-we-are")
        await console.until("this only you can say")
        await step(console, "read-room")
        await console.until("✓ 3 top questions")
        await step(console, "answer")
        await console.until("○ 0 of 4 audiences")
        await console.until("the rest only you can say")


async def test_on_a_narrow_screen_the_criteria_stand_under_the_step_and_are_passed_over(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (80, 24)) as console:
        await step(console, "third-parties")
        await console.until("○ 1 clock is undecided")
        await console.until("the rest only you can say")
        steps = console.screen.query_one("#steps")
        for _ in range(4):
            await console.press("down")
        assert steps.selected == "handover/"  # type: ignore[attr-defined]
        await console.press("up")
        assert steps.selected.startswith("third-parties/")  # type: ignore[attr-defined]


WORKS_ON = {
    "seat": "Seats",
    "third-parties": "undecided",
    "read-room": "What people ask",
    "handover": "I have read it and I lead",
    "effect": "Confirm, by my name",
    "own-people": "Move the deadline",
    "stand-down": "Why is it over?",
}
"""By step, what stands in the dialog that Enter on it opens."""


async def test_whoever_is_given_a_step_or_a_mention_is_named_as_they_sign(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        for view in ("3", "2"):
            await console.press(view, "down", "a")
            await console.until("Initials:")
            await typed(console, owner="js")
            await console.until("Initials:", gone=True)
        assert incident_of(console).steps["own-people"].owner == "JS"
        assert "JS" in {mark.owner for _, mark in console.room.board.desk}


async def test_enter_opens_what_a_step_works_on(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        for name, words in WORKS_ON.items():
            await step(console, name)
            await console.press("enter")
            assert console.app.screen is not console.screen, name
            await console.until(words)
            await console.press("escape")
            assert console.app.screen is console.screen, name


async def test_every_table_is_in_the_palette_by_both_names(tmp_path: Path) -> None:
    names = ["Seats", "What is scheduled", "Clocks of authorities", "What people ask", "Hand over the shift"]
    async with demo_console(tmp_path, lang="es") as console:
        known = [offer.name for offer in offers(console.app, console.screen)]
        for name in names:
            (title,) = [title for title in known if title.endswith(f" · {name}")]
            assert title.split(" · ")[0] not in ("", name)


async def test_a_new_spike_asks_for_the_objectives_again(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        room = console.room
        await room.do(lambda board: confirm_objectives(incident_of(console), incident_of(console).objectives))
        room.clock = lambda: MOMENT + timedelta(minutes=1)
        await room.do(lambda board: SpikeSeen(rate10=900, usual10=20))
        await console.until("New spike. Still this?")
        await opened(console, "objectives", "Confirm, by my name")


async def test_the_stand_down_review_shows_its_criteria(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        await opened(console, "stand_down", "Why is it over?")
        text = console.text()
        for words in (
            "! The spike is not over",
            "✓ 1 promise is open",
            "! 2 scheduled posts are still frozen",
            "steps are still open",
        ):
            assert words in text


async def test_in_calm_there_is_nothing_to_open(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        for action in ("freeze", "seats", "regulators", "questions", "handover", "objectives"):
            await console.screen.run_action(action)
            await console.until("No crisis is open.")


GAUGES = (
    (Gauge(posts=21, beyond=13, floor=50), "✓ 62% of our 21 posts in 30 days talk of more than selling"),
    (Gauge(posts=21, beyond=5, floor=50), "! 24% of our 21 posts"),
    (Gauge(posts=4, beyond=4, floor=50), "not enough posts to say"),
)


async def test_in_calm_the_humanity_gauge_is_shown(tmp_path: Path) -> None:
    async with demo_console(tmp_path, calm=True) as console:
        assert "of ours" not in console.text()
        for gauge, words in GAUGES:
            console.screen.session._humanity = Fixed(gauge)  # type: ignore[attr-defined]
            await console.until(words)


class Fixed(HumanityGauge):
    def __init__(self, gauge: Gauge) -> None:
        self._gauge = gauge

    def look(self, now: datetime) -> Gauge | None:
        return self._gauge


async def test_who_comes_in_finds_their_own_initials_in_the_brief(tmp_path: Path) -> None:
    async with demo_console(tmp_path) as console:
        console.room.actor = "JS"
        await console.screen.run_action("handover")
        await console.until("F1")
        assert console.app.screen.query_one("#lead", Input).value == "JS"


async def test_a_step_that_comes_back_shows_when_it_is_next_due_and_how_often_it_was_done(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (160, 40)) as console:
        await step(console, "read-room")
        await console.until("comes back every 30 min")
        for times in ("done 1 time, last", "done 2 times, last"):
            await console.press("c")
            await console.until("Lines of its checklist are still open")
            await typed(console)
            await console.until(times)
        state = incident_of(console).steps["read-room"]
        at = console.screen.session.scene().words.clock(state.due_at(incident_of(console).declared_at))
        await console.until(f"next {at}")
        told = "".join(part.text for part in clocks(console.screen.session.scene(), 220))
        assert f"Next {at} Read the room" in told


async def test_a_step_whose_proof_has_come_says_what_it_waits_for(tmp_path: Path) -> None:
    async with demo_console(tmp_path, (120, 36)) as console:
        now = console.screen.session.scene().now
        out = StatementPublished(
            statement="S1", revision=1, digest="d", purpose="update", places=(Place("x", "u"),), published_at=now
        )
        late = PromiseMade(promise="P9", text="the result", due_at=now - timedelta(minutes=5))
        await console.room.do(lambda board: [late, out])
        await step(console, "updates")
        await console.until("It has happened; still open:")
        await console.until("○ 1 promise is overdue")
        await console.until("Keep people updated is not done yet;")
        await console.room.do(lambda board: PromiseKept(promise="P9"))
        await console.until("done 1 time, last")
