"""Following a store: what comes in and what came before is looked at in slices, and never before a key."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import pytest

from tests.patience import PATIENCE
from tests.services.test_sorting import COMPLAINT, kepts
from warroom.domain.mention import Kept
from warroom.domain.triage.triage import Triage
from warroom.services import breath, following
from warroom.services.breath import LONGEST, Breath, Keys
from warroom.services.following import follow
from warroom.services.lexicon import load_lexicon
from warroom.services.sorting import Sorting


class Store:
    """Rows that are read by the page, and that may go back."""

    def __init__(self, kepts: Sequence[Kept]) -> None:
        self.kepts = list(kepts)
        self.last = len(self.kepts)

    def page(self, first: int, last: int) -> Sequence[Kept]:
        return [kept for kept in self.kepts if first <= kept.row <= last]


@asynccontextmanager
async def followed(store: Store, told: Callable[[Sorting], None]) -> AsyncIterator[Sorting]:
    one = Sorting(Triage(load_lexicon()))
    task = asyncio.get_running_loop().create_task(follow(one, store, lambda: store.last, lambda: told(one)))
    try:
        yield one
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_it_follows_what_comes_in_and_starts_again_when_the_store_goes_back() -> None:
    store = Store(kepts(*[f"{COMPLAINT} {n % 7}" for n in range(200)]))
    told = asyncio.Event()
    async with followed(store, lambda _: told.set()) as one:
        await asyncio.wait_for(told.wait(), PATIENCE)
        assert one.upto == 200
        told.clear()
        store.last = 50
        await asyncio.wait_for(told.wait(), PATIENCE)
        assert one.upto == 50
        assert max(one.copies(1)) <= 50


async def test_a_room_of_more_than_the_newest_is_known_to_its_beginning_by_and_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "BEGINS", 50)
    store = Store(kepts(*[f"{COMPLAINT} {n % 7}" for n in range(400)]))
    times = list[int]()
    async with followed(store, lambda one: times.append(one.since)) as one:
        async with asyncio.timeout(PATIENCE):
            while len(times) < 2:
                await asyncio.sleep(0.01)
        assert times == [351, 1], "first what is newest, and then once more when all is known"
        assert len(one.copies(400)) == 400
        await asyncio.sleep(1)
        assert len(times) == 2, "where nothing comes in, nobody is told"


class Growing(Store):
    """More comes in with each page that is read."""

    def page(self, first: int, last: int) -> Sequence[Kept]:
        self.last = min(len(self.kepts), self.last + 60)
        return super().page(first, last)


async def test_what_comes_in_while_the_newest_are_looked_at_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "BEGINS", 50)
    store = Growing(kepts(*[f"{COMPLAINT} {n % 7}" for n in range(600)]))
    store.last = 100
    async with followed(store, lambda _: None) as one:
        async with asyncio.timeout(PATIENCE):
            while one.upto < 600 or one.since > 1:
                await asyncio.sleep(0.01)
        assert [row for row in range(1, 601) if one.found(row) is None] == []


async def test_rows_that_are_gone_are_passed_over() -> None:
    store = Store([kept for kept in kepts(*[f"{COMPLAINT} {n}" for n in range(60)]) if kept.row % 9])
    store.last = 60
    told = asyncio.Event()
    async with followed(store, lambda _: told.set()) as one:
        await asyncio.wait_for(told.wait(), PATIENCE)
        assert (one.upto, one.found(9), len(one.copies(8))) == (60, None, 54)


async def test_nothing_is_looked_at_while_a_key_is_under_way_and_all_of_it_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("warroom.services.breath.LONGEST", PATIENCE)
    monkeypatch.setattr(following, "SLICE", PATIENCE)
    store = Store(kepts(*[f"{COMPLAINT} {n % 7}" for n in range(300)]))
    began, told = asyncio.Event(), asyncio.Event()
    look = Sorting.look

    def pressed_at_the_tenth(self: Sorting, looked_at: Sequence[Kept]) -> None:
        look(self, looked_at)
        if self.upto == 10:
            self.keys.pressed()
            began.set()

    monkeypatch.setattr(Sorting, "look", pressed_at_the_tenth)
    async with followed(store, lambda _: told.set()) as one:
        await asyncio.wait_for(began.wait(), PATIENCE)
        await asyncio.sleep(0.2)
        assert (one.upto, told.is_set()) == (10, False)
        one.keys.painted()
        await asyncio.wait_for(told.wait(), PATIENCE)
        assert one.upto == 300


async def test_a_key_for_which_nothing_is_painted_holds_nobody_up_for_long() -> None:
    keys = Keys()
    taken = Breath(keys, PATIENCE)
    assert not taken.is_due
    keys.pressed()
    assert taken.is_due
    async with asyncio.timeout(PATIENCE):
        await taken.take()
    assert not keys.under_way
    assert LONGEST <= 0.05, "a tenth of a second is the most that nobody notices"


async def test_a_slice_that_is_over_is_due_and_another_begins_with_the_breath() -> None:
    over = Breath(Keys(), 0.0)
    assert over.is_due
    other = Breath(Keys(), PATIENCE)
    await other.if_due()
    assert not other.is_due


async def test_a_key_that_is_held_and_does_nothing_leaves_most_of_the_time_to_what_comes_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr(breath, "perf_counter", lambda: now)
    keys, held = Keys(), 0
    for _ in range(1_000):  # ten seconds of a key that repeats itself every thirty milliseconds
        now += 0.01
        if round(now * 100) % 3 == 0:
            keys.pressed()
        held += keys.under_way
    assert 0 < held < 300
    keys.painted()
    keys.pressed()
    assert keys.under_way, "after a frame the next key goes first at once"


def test_a_recording_gives_way_to_the_same_keys() -> None:
    room = Sorting(Triage(load_lexicon()))
    assert room.fresh(room.triage).keys is room.keys
