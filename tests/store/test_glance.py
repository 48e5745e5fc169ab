"""A glance at the end of a log: what is wrong there is seen, what is whole is not doubted, however many write."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import draft
from tests.work import work
from warroom.store import journal
from warroom.store.journal import glance, open_journal


async def _filled(file: Path) -> None:
    for seed, machine in enumerate(("one", "two", "one")):
        async with open_journal(file, machine=machine, rng=random.Random(seed)) as log:
            await log.append([draft(f"event {n}") for n in range(40)])


async def test_a_whole_log_is_not_doubted_wherever_the_glance_begins(
    timeline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _filled(timeline)
    for most in (1, 20, 60, 100, 119, 120, 500):
        monkeypatch.setattr(journal, "GLANCED", most)
        assert glance(timeline) is None, most


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE event SET body = replace(body, 'event 30', 'event 31') WHERE pos = 111",
        "DELETE FROM event WHERE pos = 111",
        "DELETE FROM event WHERE pos = 120",
        "UPDATE log SET pos = 130",
        "UPDATE event SET head = zeroblob(32) WHERE pos = 111",
        "UPDATE writer SET ws = ws + 1 WHERE machine = 'one'",
    ],
)
async def test_what_is_wrong_near_its_end_is_seen(timeline: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    await _filled(timeline)
    with closing(sqlite3.connect(timeline)) as db:
        db.execute(damage)
        db.commit()
    for most in (30, 500):
        monkeypatch.setattr(journal, "GLANCED", most)
        assert glance(timeline) is not None, most


async def test_a_glance_costs_less_than_a_look_at_all(timeline: Path) -> None:
    async with open_journal(timeline) as log:
        for _ in range(4):
            await log.append([draft(f"event {n}") for n in range(5000)])
    assert work(lambda: glance(timeline)) < work(lambda: journal.verify_log(timeline))
