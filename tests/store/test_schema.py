"""Opening a file: it is made, brought up to date, or refused with a sentence; and what a full disk or a lock does."""

import asyncio
import os
import random
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.builders import draft, mention, reading
from tests.store.conftest import ROOT
from warroom.store import journal, schema
from warroom.store.errors import StoreError
from warroom.store.journal import iter_log, open_journal, verify_log
from warroom.store.mentions import open_mentions
from warroom.store.schema import MENTIONS, TIMELINE, connect, connect_read_only
from warroom.store.windows import MentionReader


def fill(file: Path, events: int = 200) -> None:
    async def append() -> None:
        async with open_journal(file) as log:
            await log.append([draft(f"event {n} " + "x" * 200) for n in range(events)])

    asyncio.run(append())


def refusal(file: Path) -> str:
    with pytest.raises(StoreError) as refused:
        connect(file, TIMELINE).close()
    return str(refused.value)


async def test_nobody_else_may_read_what_is_kept(timeline: Path, mentions: Path) -> None:
    old = os.umask(0)
    try:
        async with open_journal(timeline) as log, open_mentions(mentions) as store:
            await log.append([draft()])
            await store.add([(mention(), reading())])
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in timeline.parent.iterdir()}
            assert stat.S_IMODE(timeline.parent.stat().st_mode) == 0o700
    finally:
        os.umask(old)
    assert set(modes.values()) == {0o600}
    assert {"timeline.db", "timeline.db-wal", "mentions.db", "mentions.db-wal"} <= set(modes)


async def test_an_act_is_on_disk_when_a_mention_need_not_be_yet(timeline: Path, mentions: Path) -> None:
    timeline.parent.mkdir()
    with closing(connect(timeline, TIMELINE)) as acts, closing(connect(mentions, MENTIONS)) as heard:
        assert acts.execute("PRAGMA synchronous").fetchone() == (2,)
        assert heard.execute("PRAGMA synchronous").fetchone() == (1,)
        assert acts.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert heard.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_of_a_newer_warroom_is_refused_and_left_alone(timeline: Path) -> None:
    connect(timeline, TIMELINE).close()
    with closing(sqlite3.connect(timeline)) as db:
        db.execute("PRAGMA user_version = 99")
    before = timeline.read_bytes()
    assert "newer warroom" in refusal(timeline)
    assert timeline.read_bytes() == before


def test_an_older_file_gets_the_steps_it_lacks(timeline: Path) -> None:
    connect(timeline, TIMELINE).close()
    newer = replace(TIMELINE, steps=(*TIMELINE.steps, "CREATE TABLE later (x); INSERT INTO later VALUES (1);"))
    with closing(connect(timeline, newer)) as db:
        assert db.execute("SELECT x FROM later").fetchone() == (1,)
        assert db.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_step_that_fails_leaves_the_file_as_it_was(timeline: Path) -> None:
    connect(timeline, TIMELINE).close()
    broken = replace(TIMELINE, steps=(*TIMELINE.steps, "CREATE TABLE later (x); SELECT nonsense;"))
    with pytest.raises(StoreError):
        connect(timeline, broken)
    with closing(connect(timeline, TIMELINE)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").fetchone() == (0,)


def test_what_is_not_a_database_is_refused_and_left_alone(timeline: Path) -> None:
    timeline.parent.mkdir()
    timeline.write_text("Minutes of the meeting\n" * 100)
    assert "not made by warroom" in refusal(timeline)
    assert timeline.read_text().startswith("Minutes")


def test_the_database_of_another_program_is_refused(timeline: Path) -> None:
    timeline.parent.mkdir()
    with closing(sqlite3.connect(timeline)) as db:
        db.execute("CREATE TABLE recipes (name)")
    assert "not made by warroom" in refusal(timeline)


def test_the_two_files_of_a_room_are_not_mixed_up(timeline: Path) -> None:
    connect(timeline, MENTIONS).close()
    assert "not made by warroom" in refusal(timeline)


@pytest.mark.parametrize("checked", [0, schema.CHECKED_ALWAYS])
def test_a_truncated_file_is_refused_however_large(
    timeline: Path, checked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "CHECKED_ALWAYS", checked)
    fill(timeline)
    with timeline.open("r+b") as file:
        file.truncate(timeline.stat().st_size - 3 * 4096)
    assert "damaged" in refusal(timeline)


def test_a_damaged_page_never_makes_a_wrong_timeline_in_silence(timeline: Path) -> None:
    """Every page in turn, a run of bytes anywhere in it: the opening, the fold or the evidence says so."""
    fill(timeline, 60)
    whole = timeline.read_bytes()
    good = list(iter_log(timeline))
    chance = random.Random(5)
    found = 0
    for page in range(len(whole) // 4096):
        spot = page * 4096 + chance.randrange(4096 - 64)
        noise = bytes(byte ^ 0x5A for byte in whole[spot : spot + 64])
        timeline.write_bytes(whole[:spot] + noise + whole[spot + 64 :])
        try:
            connect(timeline, TIMELINE).close()
            same = list(iter_log(timeline)) == good
            assert same or not verify_log(timeline).is_whole
            found += not same
        except StoreError:
            found += 1
    assert found > len(whole) // 4096 // 2


def test_a_missing_file_is_not_made_by_looking(timeline: Path, mentions: Path) -> None:
    with pytest.raises(StoreError, match="There is no"):
        list(iter_log(timeline))
    with pytest.raises(StoreError, match="There is no"):
        MentionReader(mentions)
    assert not timeline.parent.exists()


READ_ONLY = """
import os, sys
from pathlib import Path
from tests.builders import draft
from warroom.store.errors import StoreError
from warroom.store.journal import iter_log, verify_log
from warroom.store.schema import TIMELINE, connect
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
file = Path(sys.argv[1])
print(len(list(iter_log(file))), verify_log(file).is_whole)
try:
    connect(file, TIMELINE).close()
except StoreError as error:
    print(error)
"""


def test_a_read_only_folder_can_be_read_and_says_why_not_written(tmp_path: Path) -> None:
    room = Path("/dev/shm" if os.path.isdir("/dev/shm") else tmp_path) / f"warroom-{os.getpid()}"
    timeline = room / "timeline.db"
    try:
        fill(timeline, 3)
        timeline.chmod(0o444)
        room.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(timeline)], cwd=ROOT, capture_output=True, text=True, check=False
        )
    finally:
        room.chmod(0o700)
        for file in room.iterdir():
            file.unlink()
        room.rmdir()
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == "3 True"
    assert "can only be read" in done.stdout.splitlines()[1]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this machine lets us have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only an administrator may mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


async def test_a_full_disk_loses_nothing_and_writing_goes_on_when_there_is_room(small_disk: Path) -> None:
    file, filler = small_disk / "timeline.db", small_disk / "filler"
    async with open_journal(file) as log:
        await log.append([draft("before")])
        filler.write_bytes(bytes(800_000))
        refused = [draft("x" * 30_000) for _ in range(20)]
        for _ in range(2):
            with pytest.raises(StoreError, match="disk is full"):
                await log.append(refused)
            assert await log.last() == 1
        filler.unlink()
        assert len(await log.append(refused)) == 20
        assert await log.last() == 21
        assert (await log.verify()).is_whole


async def test_a_disk_that_is_full_before_the_opening_is_not_called_broken(small_disk: Path) -> None:
    file, filler = small_disk / "timeline.db", small_disk / "filler"
    async with open_journal(file) as log:
        await log.append([draft("before")])
    with suppress(OSError), filler.open("wb") as every_byte:
        while True:
            every_byte.write(bytes(4096))
            every_byte.flush()

    async def opened() -> None:
        async with open_journal(file) as log:
            await log.append([draft("x")])

    with pytest.raises(StoreError, match="disk is full"):
        await opened()


async def test_every_write_that_fails_for_want_of_room_is_all_or_nothing(
    timeline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that may not grow beyond so many pages, for every number of pages that a batch would need."""
    batch = [draft("x" * 3_000) for _ in range(20)]
    outcomes = set()
    for pages in range(10, 40, 3):
        file = timeline.with_name(f"{pages}.db")
        connect(file, TIMELINE).close()
        tight = replace(TIMELINE, pragmas=(*TIMELINE.pragmas, f"max_page_count = {pages}"))
        monkeypatch.setattr(journal, "TIMELINE", tight)
        async with open_journal(file) as log:
            try:
                outcomes.add(len(await log.append(batch)))
            except StoreError as error:
                outcomes.add("disk is full" in str(error) and await log.last())
            assert (await log.verify()).is_whole
    assert outcomes == {0, 20}


async def test_a_file_held_by_another_program_says_so_and_acts_land_after(
    timeline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "TIMELINE", replace(TIMELINE, pragmas=(*TIMELINE.pragmas, "busy_timeout = 50")))
    act = draft("waited")
    async with open_journal(timeline) as log:
        with closing(sqlite3.connect(timeline, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="held by another program"):
                await log.append([act])
            assert await log.read() == []
            other.execute("ROLLBACK")
        assert len(await log.append([act])) == 1


def test_a_first_opening_waits_for_another_one(timeline: Path) -> None:
    """SQLite does not wait by itself before it changes a new file to WAL."""
    timeline.parent.mkdir()
    with closing(sqlite3.connect(timeline, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as pool:
            opening = pool.submit(lambda: connect(timeline, TIMELINE).close())
            with pytest.raises(TimeoutError):
                opening.result(0.1)
            other.execute("ROLLBACK")
            opening.result(5)


def test_first_openings_at_once_make_one_room(timeline: Path) -> None:
    code = (
        "import sys, pathlib; from warroom.store.schema import *; connect(pathlib.Path(sys.argv[1]), TIMELINE).close()"
    )
    for attempt in range(3):
        file = timeline.with_name(f"{attempt}.db")
        both = [subprocess.Popen([sys.executable, "-c", code, str(file)], cwd=ROOT) for _ in range(3)]
        assert [process.wait() for process in both] == [0, 0, 0]
        connect_read_only(file, TIMELINE).close()


def test_a_reader_waits_for_a_file_that_another_process_is_making(tmp_path: Path) -> None:
    path = tmp_path / "mentions.db"
    path.touch()
    making = threading.Timer(0.2, lambda: connect(path, MENTIONS).close())
    making.start()
    try:
        connect_read_only(path, MENTIONS).close()
    finally:
        making.join()
