"""The room: write first, then apply, then show; nothing shown that is not on disk."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.patience import PATIENCE
from tests.scenario import DECLARED, PLAN, START, kept
from tests.services.rooms import Hands, room_in
from warroom.domain.board import Board
from warroom.domain.desk import act_on
from warroom.domain.events import (
    AnyEvent,
    Draft,
    IncidentDeclared,
    LinkAdded,
    Place,
    SeverityChanged,
    StatementPublished,
    StatementRevised,
)
from warroom.domain.incident import add_note, change_severity, declare
from warroom.domain.sentence import Refused, say
from warroom.services.room import TIMELINE, Decision, Room, open_room
from warroom.services.words import english
from warroom.store.errors import StoreError
from warroom.store.journal import Entry, iter_log, verify_log

WAITS = replace(
    PLAN, steps=(replace(next(step for step in PLAN.steps if step.id == "first-word"), verify=("first-word", "links")),)
)
"""A plan whose only step waits for its links."""


def published(*places: Place) -> list[AnyEvent]:
    return [
        StatementRevised(statement="S1", revision=1, text="We know.", purpose="first-word", lang="en"),
        StatementPublished(
            statement="S1", revision=1, digest="d", purpose="first-word", places=places, published_at=START
        ),
    ]


async def test_an_act_is_on_disk_when_it_is_shown(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        shown: list[int] = []
        room.on_change(lambda: shown.append(len(list(iter_log(tmp_path / TIMELINE)))))
        recorded = await room.do(lambda board: add_note("plant confirms", now=clock()))
        assert shown == [2]
        assert recorded[0].actor == "AM"
        assert [line.recorded.id for line in room.board.timeline][-1] == recorded[0].id


async def test_the_incident_gets_a_short_name_and_its_events_follow(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        assert room.board.current == "reactions-drink-4471"
        await room.do(raised)
        assert {recorded.inc for _, recorded in iter_log(tmp_path / TIMELINE)} == {"reactions-drink-4471"}


def raised(board: Board) -> SeverityChanged:
    assert board.incident is not None
    return change_severity(board.incident, 3)


async def test_a_refused_decision_writes_nothing(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        with pytest.raises(Refused):
            await room.do(lambda board: add_note(" ", now=clock()))
        assert len(list(iter_log(tmp_path / TIMELINE))) == 1


async def test_a_room_that_is_opened_again_is_the_same(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await room.do(lambda board: act_on(board.desk, kept(), "reply"))
        await room.do(lambda board: add_note("one", now=clock()))
        before = room.board
    async with open_room(tmp_path, clock=clock, actor="PG") as again:
        assert again.board.incidents == before.incidents
        assert again.board.timeline == before.timeline
        assert again.board.desk.mark("x|1") == before.desk.mark("x|1")
        assert again.incident is not None


async def test_a_cancelled_caller_never_splits_a_write_from_its_effect(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        for n in range(20):
            task = asyncio.get_running_loop().create_task(_note(room, clock, n))
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        await room.do(lambda board: add_note("last", now=clock()))
        shown = [line.recorded.id for line in room.board.timeline]
        stored = [recorded.id for _, recorded in iter_log(tmp_path / TIMELINE)]
        assert shown == stored
    assert verify_log(tmp_path / TIMELINE).is_whole


def note(text: str, clock: Hands) -> Decision:
    return lambda board: add_note(text, now=clock())


async def _note(room: Room, clock: Hands, n: int) -> None:
    await room.do(note(f"note {n}", clock))


async def test_what_follows_from_a_write_is_written_with_it_and_never_twice(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock, declared=False) as room:
        await room.do(lambda board: replace(DECLARED, plan=WAITS, proofs="verified"))
        await room.do(lambda board: published(Place("web", "https://a.example/1"), Place("x")))
        async with open_room(tmp_path, clock=clock, actor="PG") as other:
            await other.do(note("nothing new", clock))
            await other.do(lambda board: LinkAdded(statement="S1", network="x", url="https://x.example/1", digest="d"))
            await room.do(note("the end", clock))
            told = [(recorded.data.typ, recorded.actor) for _, recorded in iter_log(tmp_path / TIMELINE)]
            assert told == [
                ("incident.declared", "AM"),
                ("statement.revised", "AM"),
                ("statement.published", "AM"),
                ("step.proved", "AM"),
                ("note.added", "PG"),
                ("statement.link_added", "PG"),
                ("step.done", "PG"),
                ("note.added", "AM"),
            ]
            for board in (room.board, other.board):
                assert board.incident is not None
                assert board.incident.steps["first-word"].last == (clock(), "PG")


async def test_a_write_counts_although_what_follows_from_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock, declared=False) as room:
        await room.do(lambda board: replace(DECLARED, plan=WAITS, proofs="verified"))
        append, appended = room._journal.append, 0

        async def full_after_the_first(drafts: Sequence[Draft], *, after: int | None = None) -> list[Entry]:
            nonlocal appended
            appended += 1
            if appended == 2:
                raise StoreError(say("The disk is full."))
            return await append(drafts, after=after)

        monkeypatch.setattr(room._journal, "append", full_after_the_first)
        await room.do(lambda board: published(Place("web", "https://a.example/1")))
        assert room.incident is not None
        assert room.incident.steps["first-word"].is_open
        await room.do(note("the disk has room again", clock))
        assert not room.incident.steps["first-word"].is_open


async def test_two_consoles_on_one_room_see_each_other(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as one, open_room(tmp_path, clock=clock, actor="PG") as two:
        async with asyncio.TaskGroup() as tasks:
            follow = tasks.create_task(two.follow())
            await asyncio.gather(*(one.do(note(f"one {n}", clock)) for n in range(10)))
            await asyncio.gather(*(two.do(note(f"two {n}", clock)) for n in range(10)))
            await one.do(lambda board: add_note("end", now=clock()))
            async with asyncio.timeout(PATIENCE):
                while two.board.pos < one.board.pos:
                    await asyncio.sleep(0.02)
            follow.cancel()
        assert [line.recorded.id for line in one.board.timeline] == [line.recorded.id for line in two.board.timeline]
        assert len(one.board.timeline) == 22
    assert verify_log(tmp_path / TIMELINE).is_whole


async def test_a_refusal_leaves_the_room_as_a_refusal(tmp_path: Path) -> None:
    clock = Hands()

    async def refused() -> None:
        async with room_in(tmp_path, clock) as room:
            await room.do(lambda board: add_note(" ", now=clock()))

    with pytest.raises(Refused, match="empty"):
        await refused()


async def test_a_changed_byte_is_noticed_when_the_room_is_opened(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await room.do(note("the plant called", clock))
        room.look_whole()
        await room.do(note("and again", clock))
    assert room.doubt is None
    with closing(sqlite3.connect(tmp_path / TIMELINE)) as db:
        db.execute("UPDATE event SET body = replace(body, 'plant', 'plent') WHERE pos = 2")
        db.commit()
    async with room_in(tmp_path, clock) as room:
        room.look_whole()
    assert room.doubt is not None
    assert "position 2" in english().say(room.doubt)


async def test_of_two_consoles_that_declare_at_once_one_is_refused(tmp_path: Path) -> None:
    clock = Hands()

    def declared(board: Board) -> IncidentDeclared:
        return declare(
            title="Reactions",
            severity=2,
            lead="AM",
            objectives=(),
            plan=DECLARED.plan,
            roles={},
            people=DECLARED.people,
            now=clock(),
            zone="UTC",
            open_incident=board.incident,
        )

    async with (
        room_in(tmp_path, clock, declared=False) as one,
        open_room(tmp_path, clock=clock, actor="PG") as two,
    ):
        outcomes = await asyncio.gather(one.do(declared), two.do(declared), return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {list, Refused}
        await asyncio.gather(*(room.do(note(f"{n}", clock)) for n in range(20) for room in (one, two)))
    assert verify_log(tmp_path / TIMELINE).events == 41
