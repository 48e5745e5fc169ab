"""Drills: the exercises that come with warroom, those who play along, and the report."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.patience import PATIENCE
from warroom.domain.approval import send
from warroom.domain.board import Board
from warroom.domain.desk import act_on
from warroom.domain.incident import Incident, confirm_objectives, declare, stand_down
from warroom.domain.ledger import record_fact
from warroom.domain.statement import Statement, revise
from warroom.services.drill import ANSWERS, SEATED, Drill, Others, open_drill
from warroom.services.exercise import exercises, load_exercise
from warroom.services.intake import running
from warroom.services.logbook import logbook
from warroom.services.planfile import load_plan
from warroom.services.room import MENTIONS, folded
from warroom.services.scorecard import card, told
from warroom.services.words import LANGUAGES, Words
from warroom.store.windows import Filter, MentionReader

BEGUN = datetime(2026, 3, 10, 17, 0, tzinfo=UTC)
WORDS = Words("en", UTC)


def crisis(board: Board) -> Incident:
    assert board.incident is not None
    return board.incident


def head(board: Board) -> Statement:
    statement = crisis(board).statement
    assert statement is not None
    return statement


class Hands:
    """A clock that stands still until somebody moves its hands."""

    def __init__(self) -> None:
        self.at = BEGUN

    def now(self) -> datetime:
        return self.at


@asynccontextmanager
async def drill(folder: Path, hands: Hands, lang: str = "en") -> AsyncIterator[Drill]:
    exercise = load_exercise("lumbria", lang)
    async with open_drill(folder, exercise, Words(lang, UTC), real=hands.now, speed=1, actor="ME") as under:
        yield under


async def until(under: Drill, holds: str) -> None:
    """Wait until those who play along have done something: `holds` is read as Python with the incident as `i`."""
    async with asyncio.timeout(PATIENCE):
        while not eval(holds, {"i": under.room.board.incident, "board": under.room.board}):
            await asyncio.sleep(0.05)


async def declared(under: Drill, severity: int = 3) -> None:
    await under.room.do(
        lambda board: declare(
            title="The app does not pay",
            severity=severity,
            lead="ME",
            objectives=["People know whether their money is safe"],
            plan=under.plan,
            roles=under.roles,
            people=under.people,
            now=under.room.clock(),
            zone="UTC",
            mode="drill",
        )
    )


@pytest.mark.parametrize("name", exercises())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_exercise_can_be_played_in_every_language(name: str, lang: str) -> None:
    exercise = load_exercise(name, lang)
    script, plan = exercise.script, load_plan(exercise.script.plan)
    assert exercise.lang == lang
    assert all(text.get(lang) for text in (script.title, script.brief, script.tone))
    assert set(exercise.roles("ME")) == set(plan.roles)
    here = {who.initials for who in script.people}
    for one in script.told:
        assert one.by in here
        assert one.text[lang]
        assert script.begins < one.at < script.begins + script.minutes
        assert one.do == "note" or one.source[lang]
    for trap in script.traps:
        assert trap.name[lang]
        first = min(said.t for said in exercise.spoken if trap.wanted[lang] in said.text) / 60
        assert script.begins < first < script.begins + script.minutes - 5, trap.name
        assert trap.rumour or trap.acts
    assert exercise.spoken[-1].t / 60 >= script.begins + script.minutes


def test_who_practises_keeps_their_roles_whatever_the_others_are_called() -> None:
    exercise = load_exercise("lumbria", "en")
    assert exercise.roles("IR")["legal"] == "IR"
    assert [who.initials for who in exercise.people("IR")].count("IR") == 1
    assert exercise.roles("ME")["lead"] == "ME"


async def test_the_others_bring_facts_say_that_they_are_here_and_approve(tmp_path: Path) -> None:
    hands = Hands()
    async with drill(tmp_path, hands) as under:
        hands.at = BEGUN + timedelta(minutes=12)
        await until(under, "len(board.timelines.get('room', [])) == 1")
        assert under.room.board.incident is None
        await declared(under)
        await until(under, "i.facts")
        assert not crisis(under.room.board).seats
        hands.at += SEATED
        await until(under, "set(i.seats) == {'ops', 'scribe', 'legal', 'deputy', 'spokes', 'top'}")
        await under.room.do(lambda board: confirm_objectives(crisis(board), crisis(board).objectives))
        await under.room.do(
            lambda board: revise({}, "S1", "We are looking.", purpose="first-word", lang="en", networks=("web",))
        )
        await under.room.do(lambda board: send(crisis(board), head(board), blocking=(), now=under.room.clock()))
        hands.at += ANSWERS - timedelta(seconds=10)
        await asyncio.sleep(0.6)
        assert head(under.room.board).approvals == ()
        hands.at += timedelta(seconds=20)
        await until(under, "i.statement.approvals")
        assert {one.by for one in head(under.room.board).approvals} == {"IR"}


def test_nobody_acts_in_the_place_of_who_practises(tmp_path: Path) -> None:
    exercise = load_exercise("lumbria", "en")
    others = Others(exercise, BEGUN, WORDS, "IR")
    assert [who for who, _ in others.due(Board(), BEGUN + timedelta(hours=2))] == ["OV", "MB", "MB", "IR"]


async def test_the_report_holds_times_against_targets_and_what_was_missed(tmp_path: Path) -> None:
    hands = Hands()
    async with drill(tmp_path, hands) as under, running(under.intake):
        exercise = under.exercise
        hands.at = BEGUN + timedelta(minutes=3)
        await declared(under, 2)
        hands.at = BEGUN + timedelta(minutes=30)
        with MentionReader(tmp_path / MENTIONS) as reader:
            async with asyncio.timeout(PATIENCE):
                while not (rows := reader.rows(Filter(text="insulin"))):
                    await asyncio.sleep(0.05)
            kept = reader.get(rows[0])
        assert kept is not None
        before = card(under.room.board, exercise, under.begun, hands.at)
        await under.room.do(lambda board: act_on(board.desk, kept, "reply"))
        await under.room.do(
            lambda board: record_fact(dict(crisis(board).facts), "Lumbria was hacked", rumour=True, risk="high")
        )
        await under.room.do(lambda board: confirm_objectives(crisis(board), crisis(board).objectives))
        after = card(under.room.board, exercise, under.begun, hands.at)
        assert after.met == before.met + 2
        assert after.declared == timedelta(minutes=3)
        assert after.silence == timedelta(minutes=27)
        assert told(replace(after, timed=(), seen=()), WORDS)[-1] == "Drill: nothing was due yet."
        lines = told(after, WORDS)
        assert lines[0] == f"DRILL · {exercise.script.title['en']}"
        assert "✓ Somebody cannot pay for insulin: passed upwards or answered" in lines
        assert "✕ The press asks about stolen data: answered or passed upwards" in lines
        assert "✓ The rumour of the hack has its row" in lines
        assert any(line.startswith("✕ First word") and line.endswith("not done") for line in lines)
        assert any(line.startswith("✕ Objectives on the table") and line.endswith("10 min    27 min") for line in lines)
        assert not any("Full explanation" in line for line in lines)
        assert lines[-1] == f"Drill: {after.met} of {after.of} done in time."
        await under.room.do(lambda board: stand_down(crisis(board), lines[-1]))
    board = folded(tmp_path)
    for lang, title in (("en", "# DRILL · The app"), ("es", "# SIMULACRO · The app")):
        assert logbook(tmp_path, board, board.incidents["drill"], lang).text.startswith(title)


async def test_a_drill_in_which_nothing_was_declared_has_a_report_too(tmp_path: Path) -> None:
    hands = Hands()
    async with drill(tmp_path, hands, "es") as under:
        hands.at += timedelta(minutes=40)
        found = card(under.room.board, under.exercise, under.begun, hands.at)
        assert found.declared is None
        assert found.timed == ()
        assert len(found.seen) == 4
        assert "No se declaró ninguna crisis: no corrió ningún reloj. Han pasado 40 min." in told(
            found, Words("es", UTC)
        )
