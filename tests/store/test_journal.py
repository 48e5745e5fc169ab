"""The log: all or nothing, in order, once, seen by others, and never split by a caller who goes away."""

import asyncio
import contextlib
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import START, draft
from tests.patience import PATIENCE
from tests.store.conftest import Work
from warroom.domain.events import FIRST, MAX_BYTES, NoteAdded, Recorded, UnknownEvent
from warroom.domain.sentence import Refused
from warroom.store.chain import digest
from warroom.store.errors import StoreError
from warroom.store.journal import LOOK_EVERY, iter_log, open_journal, verify_log


def texts(entries: list[tuple[int, Recorded]]) -> list[str]:
    return [recorded.data.text for _, recorded in entries if isinstance(recorded.data, NoteAdded)]


async def test_what_was_appended_is_read_back_in_order_with_its_place_in_the_chain(timeline: Path) -> None:
    async with open_journal(timeline, rng=random.Random(1)) as log:
        first = await log.append([draft("one"), draft("two")])
        second = await log.append([draft("three", inc="other", actor="PG", after_mention=7)])
        everything = await log.read()
        assert everything == first + second
        assert await log.read(after=1, limit=1) == first[1:]
        assert await log.read(until=2) == first
        assert await log.last() == 3
        assert await log.find(second[0][1].id) == second[0]
        assert await log.find("nobody") is None
    assert [pos for pos, _ in everything] == [1, 2, 3]
    assert [recorded.ws for _, recorded in everything] == [1, 2, 3]
    assert len({recorded.wr for _, recorded in everything}) == 1
    third = everything[2][1]
    assert (third.inc, third.actor, third.agg, third.after_mention) == ("other", "PG", "note", 7)
    assert list(iter_log(timeline, after=1)) == everything[1:]
    with closing(sqlite3.connect(timeline)) as db:
        bodies = [body for (body,) in db.execute("SELECT body FROM event ORDER BY pos")]
    assert [recorded.prev for _, recorded in everything] == [FIRST, digest(bodies[0]).hex(), digest(bodies[1]).hex()]


async def test_an_event_id_says_its_time_and_is_made_by_the_chance_it_is_given(timeline: Path, tmp_path: Path) -> None:
    async with open_journal(timeline, rng=random.Random(7)) as log:
        (_, earlier), (_, later) = await log.append([draft("a"), draft("b", at=START + timedelta(milliseconds=1))])
    async with open_journal(tmp_path / "again.db", rng=random.Random(7)) as log:
        ((_, again),) = await log.append([draft("a")])
    assert earlier.id < later.id
    assert earlier.id == again.id
    assert (earlier.id[14], earlier.id[19] in "89ab") == ("7", True)


async def test_nothing_is_written_of_a_batch_that_is_too_large_in_one_place(timeline: Path) -> None:
    async with open_journal(timeline) as log:
        with pytest.raises(Refused) as refused:
            await log.append([draft("short"), draft("x" * MAX_BYTES)])
        assert refused.value.sentence.params["most"] == MAX_BYTES
        assert await log.read() == []
        await log.append([draft("still usable")])
        assert (await log.verify()).is_whole


async def test_an_event_that_has_an_envelope_already_is_not_wrapped_again(timeline: Path) -> None:
    async with open_journal(timeline) as log:
        with pytest.raises(ValueError, match="envelope"):
            await log.append([draft(UnknownEvent(name="moon.landed", body=b"{}"))])


async def test_a_retried_draft_is_not_doubled(timeline: Path) -> None:
    retried, equal = draft("same words"), draft("same words")
    async with open_journal(timeline) as log:
        first = await log.append([retried])
        assert await log.append([retried]) == first
        assert await log.append([draft("between"), retried]) != first
        assert (await log.append([equal]))[0][0] == 3
        assert texts(await log.read()) == ["same words", "between", "same words"]
        assert (await log.verify()).is_whole


async def test_a_cancelled_caller_never_splits_an_append(timeline: Path) -> None:
    batches = [[draft(f"{n}.{part}") for part in range(5)] for n in range(8)]
    async with open_journal(timeline) as log:
        for n, batch in enumerate(batches):
            task = asyncio.get_running_loop().create_task(log.append(batch))
            for _ in range(n):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        written = texts(await log.read())
        for n in range(8):
            assert sum(text.startswith(f"{n}.") for text in written) in (0, 5)
        for batch in batches:
            await log.append(batch)
        assert sorted(texts(await log.read())) == sorted(f"{n}.{part}" for n in range(8) for part in range(5))
        assert (await log.verify()).is_whole


async def test_callers_at_once_do_not_share_a_transaction(timeline: Path) -> None:
    async with open_journal(timeline) as log:
        results = await asyncio.gather(
            *(log.append([draft(f"{n}"), draft("x" * MAX_BYTES if n % 2 else "fits")]) for n in range(10)),
            return_exceptions=True,
        )
        assert [isinstance(result, Refused) for result in results] == [bool(n % 2) for n in range(10)]
        assert len(await log.read()) == 10
        assert (await log.verify()).is_whole


async def test_two_processes_share_a_log_and_one_chain(timeline: Path, worker: Work) -> None:
    async with open_journal(timeline) as log, worker("journal", timeline, "other", 200) as other:
        assert other.stdout is not None
        first = await other.stdout.readline()
        mine = [await log.append([draft(f"mine {n}")]) for n in range(40)]
        said, _ = await other.communicate()
        everything = await log.read()
        assert other.returncode == 0
        assert len(everything) == 40 + 200 * 3
        ids = [recorded.id for _, recorded in everything]
        assert set((first + said).decode().split()) | {entry[1].id for batch in mine for entry in batch} == set(ids)
        assert len(set(ids)) == len(ids)
        assert len({recorded.wr for _, recorded in everything}) == 1
        assert (await log.verify()).is_whole


async def test_the_tail_sees_what_anybody_appends(timeline: Path, worker: Work) -> None:
    async with open_journal(timeline) as log, contextlib.aclosing(log.tail(0)) as tail, asyncio.TaskGroup() as tasks:
        await log.append([draft("before")])
        assert texts(await anext(tail)) == ["before"]
        for author in ("other", "mine"):
            waiting = tasks.create_task(anext(tail))
            # Until the tail has seen that there is nothing, and waits.
            await asyncio.sleep(2 * LOOK_EVERY)
            assert not waiting.done()
            if author == "mine":
                await log.append([draft("mine")])
            else:
                async with worker("journal", timeline, "other", 1) as other:
                    await other.communicate()
            async with asyncio.timeout(PATIENCE):
                assert texts(await waiting) == (["mine"] if author == "mine" else [f"other 0 {n}" for n in range(3)])


async def test_a_kill_loses_nothing_that_was_acknowledged(timeline: Path, worker: Work) -> None:
    acknowledged: list[str] = []
    for kills in range(4):
        async with worker("journal", timeline) as other:
            assert other.stdout is not None
            for _ in range(1 + 5 * kills):
                acknowledged += (await other.stdout.readline()).decode().split()
            other.kill()
            said, _ = await other.communicate()
            acknowledged += [
                id for line in said.decode().splitlines(keepends=True) if line[-1:] == "\n" for id in line.split()
            ]
    stored = [recorded.id for _, recorded in iter_log(timeline)]
    assert set(acknowledged) <= set(stored)
    assert len(set(stored)) == len(stored)
    assert len(stored) % 3 == 0
    assert verify_log(timeline).is_whole
    async with open_journal(timeline) as log:
        await log.append([draft("usable again")])
        assert (await log.verify()).is_whole


async def test_a_copied_file_gets_a_writer_of_its_own(timeline: Path) -> None:
    async with open_journal(timeline, machine="desk") as log:
        await log.append([draft("original")])
    copy = timeline.with_name("copy.db")
    shutil.copy(timeline, copy)
    async with open_journal(copy, machine="desk") as log:
        ((pos, recorded),) = await log.append([draft("copy")])
        assert (pos, recorded.ws, recorded.prev) == (2, 1, FIRST)
        assert (await log.verify()).is_whole
    async with open_journal(timeline, machine="laptop") as log:
        ((_, elsewhere),) = await log.append([draft("same file on another machine")])
        assert elsewhere.ws == 1
    async with open_journal(timeline, machine="desk") as log:
        ((_, at_home),) = await log.append([draft("and back")])
        assert at_home.ws == 2
        assert (await log.verify()).is_whole


async def test_a_body_that_cannot_be_read_stops_the_fold_with_its_position(timeline: Path) -> None:
    async with open_journal(timeline) as log:
        await log.append([draft("one"), draft("two"), draft("three")])
    db = sqlite3.connect(timeline)
    db.execute("UPDATE event SET body = CAST('{' AS BLOB) WHERE pos = 2")
    db.commit()
    db.close()
    read: list[int] = []
    with pytest.raises(StoreError) as trouble:
        read.extend(pos for pos, _ in iter_log(timeline))
    assert trouble.value.sentence.params["pos"] == 2
    assert read == [1]


async def test_an_event_of_a_newer_program_is_kept_and_read(timeline: Path) -> None:
    async with open_journal(timeline) as log:
        await log.append([draft("one")])
    db = sqlite3.connect(timeline)
    db.execute("UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'note.added', 'moon.landed') AS BLOB)")
    db.commit()
    db.close()
    ((_, recorded),) = iter_log(timeline)
    assert isinstance(recorded.data, UnknownEvent)
    assert recorded.data.name == "moon.landed"
