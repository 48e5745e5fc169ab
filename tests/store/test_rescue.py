"""A damaged room: every event that is intact is kept, nothing is wrong in silence, the damaged files stay untouched."""

import asyncio
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import draft, mention, reading
from warroom.domain.events import encode
from warroom.store.journal import iter_log, open_journal, verify_log
from warroom.store.mentions import open_mentions
from warroom.store.rescue import Rescue, gaps, rescue
from warroom.store.windows import MentionReader

EVENTS, HEARD = 300, 400


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A room whose newest pages are still in the logs beside its files, as after a power cut."""
    room = tmp_path_factory.mktemp("whole")

    async def fill() -> None:
        open_room = room / "open"
        async with open_journal(open_room / "timeline.db") as log, open_mentions(open_room / "mentions.db") as store:
            for n in range(1, EVENTS + 1):
                text = f"event {n} " + "ñandú " * (n % 60) + "x" * (9000 if n % 50 == 0 else 0)
                await log.append([draft(text, after_mention=HEARD if n == EVENTS else n)])
            heard = [(mention(n, f"Mention {n} " + "word " * (n % 50)), reading()) for n in range(1, HEARD + 1)]
            await store.add(heard, feed="brand", cursor=b"here")
            for name in ("timeline.db", "timeline.db-wal", "mentions.db", "mentions.db-wal"):
                shutil.copy(open_room / name, room / name)

    asyncio.run(fill())
    shutil.rmtree(room / "open")
    return room


def closed(whole: Path, folder: Path) -> Path:
    """The same room with everything in its files."""
    shutil.copytree(whole, folder)
    for name in ("timeline.db", "mentions.db"):
        with_log = open_journal if name == "timeline.db" else open_mentions

        async def touch(file: Path, opened: Callable[..., object] = with_log) -> None:
            async with opened(file):  # type: ignore[attr-defined]
                pass

        asyncio.run(touch(folder / name))
    return folder


def bodies(file: Path) -> dict[int, bytes]:
    return {pos: encode(recorded) for pos, recorded in iter_log(file)}


def saved(room: Path, into: Path) -> Rescue:
    before = {file.name: file.read_bytes() for file in room.iterdir()}
    found = rescue(room / "timeline.db", [room / "mentions.db"], into)
    assert {file.name: file.read_bytes() for file in room.iterdir()} == before
    return found


def test_a_whole_room_is_copied_whole_with_what_is_only_in_its_logs(whole: Path, tmp_path: Path) -> None:
    found = saved(whole, tmp_path / "new")
    assert (found.events, found.mentions, found.is_whole) == (EVENTS, HEARD, True)
    assert found.verdict.head == verify_log(closed(whole, tmp_path / "old") / "timeline.db").head
    assert bodies(tmp_path / "new" / "timeline.db") == bodies(tmp_path / "old" / "timeline.db")
    with MentionReader(tmp_path / "new" / "mentions.db") as new, MentionReader(tmp_path / "old" / "mentions.db") as old:
        assert new.page(1, HEARD) == old.page(1, HEARD)
        assert new.minute_counts(0, HEARD) == old.minute_counts(0, HEARD)
        assert new.find(mention(7).key) == old.find(mention(7).key)


@pytest.mark.parametrize("seed", range(24))
def test_whatever_is_damaged_every_intact_event_is_kept_and_the_rest_is_named(
    whole: Path, tmp_path: Path, seed: int
) -> None:
    room, rng = closed(whole, tmp_path / "room"), random.Random(seed)
    truth = bodies(room / "timeline.db")
    file = room / "timeline.db"
    data = bytearray(file.read_bytes())
    pages = len(data) // 4096
    bad = {rng.randrange(pages)}
    if seed % 4 == 0:
        cut = rng.randrange(4096, len(data))
        bad = set(range(cut // 4096, pages))
        del data[cut:]
    elif seed % 4 == 1:
        bad |= {0, rng.randrange(pages)}
    for page in bad if seed % 4 else ():
        data[page * 4096 : (page + 1) * 4096] = rng.randbytes(4096) if seed % 3 else bytes(4096)
    pristine = file.read_bytes()
    file.write_bytes(data)
    found = saved(room, tmp_path / "new")
    kept = bodies(tmp_path / "new" / "timeline.db")
    assert [pos for pos, body in kept.items() if truth.get(pos) != body] == []
    lost = set(truth) - set(kept)
    named = {pos for first, last in found.missing for pos in range(first, last + 1)}
    assert lost == named or (found.open_end and named <= lost)
    if lost:
        assert not found.is_whole
        assert found.open_end or not found.verdict.is_whole
    # What is lost lay, with some part of it, on a page that was damaged.
    for pos in lost:
        parts = [truth[pos][at : at + 40] for at in range(0, len(truth[pos]), 400)]
        assert any(_pages(pristine, part) & bad for part in parts), pos


def _pages(data: bytes, part: bytes) -> set[int]:
    places, at = set(), data.find(part)
    while at >= 0:
        places |= {at // 4096, (at + len(part)) // 4096}
        at = data.find(part, at + 1)
    return places


def test_of_a_log_that_was_cut_off_nobody_says_that_it_is_whole(whole: Path, tmp_path: Path) -> None:
    room = tmp_path / "room"
    shutil.copytree(whole, room)
    log = room / "timeline.db-wal"
    log.write_bytes(log.read_bytes()[:-100])
    found = saved(room, tmp_path / "new")
    assert found.open_end
    assert not found.is_whole


def test_without_the_way_to_them_events_and_mentions_are_found_by_their_bytes(whole: Path, tmp_path: Path) -> None:
    room = closed(whole, tmp_path / "room")
    for name, size in (("timeline.db", 4096), ("mentions.db", 8192)):
        data = bytearray((room / name).read_bytes())
        data[:size] = bytes(size)
        (room / name).write_bytes(data)
    found = saved(room, tmp_path / "new")
    assert (found.events, found.verdict.is_whole, found.mentions) == (EVENTS, True, HEARD)


async def test_one_can_go_on_writing_into_a_room_with_gaps(whole: Path, tmp_path: Path) -> None:
    room = await asyncio.to_thread(closed, whole, tmp_path / "room")
    file = room / "timeline.db"
    where = file.read_bytes().find(b"event 120 ")
    data = bytearray(file.read_bytes())
    data[where] ^= 1
    file.write_bytes(data)
    found = saved(room, tmp_path / "new")
    assert found.missing == ((120, 120),)
    async with open_journal(tmp_path / "new" / "timeline.db") as log:
        [(pos, _)] = await log.append([draft("after the damage")])
    assert pos == EVENTS + 1
    assert verify_log(tmp_path / "new" / "timeline.db").position == 120


async def test_mentions_that_were_set_aside_come_back_with_those_heard_since(whole: Path, tmp_path: Path) -> None:
    room = await asyncio.to_thread(closed, whole, tmp_path / "room")
    aside = room / "mentions.damaged-1.db"
    (room / "mentions.db").rename(aside)
    async with open_mentions(room / "mentions.db") as store:
        await store.add([(mention(HEARD + 1), reading()), (mention(5), reading())])
    found = rescue(room / "timeline.db", [aside, room / "mentions.db"], tmp_path / "new")
    assert found.mentions == HEARD + 1
    with MentionReader(tmp_path / "new" / "mentions.db") as reader:
        assert reader.find(mention(HEARD + 1).key) is not None


def test_gaps_are_named_with_both_ends() -> None:
    assert list(gaps([2, 3, 6], 9)) == [(1, 1), (4, 5), (7, 9)]
    assert list(gaps([], 0)) == []
