"""Looking: pages by row, filters newest first, searches in which nothing typed is syntax."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import START, mention, minutes, reading
from warroom.domain.desk import Mark
from warroom.domain.mention import Segment
from warroom.store.errors import Interrupted
from warroom.store.mentions import open_mentions
from warroom.store.windows import Filter, MentionReader, search_expression

MARKS = (
    Mark(row=1, state="escalate", owner="AM", pinned=True),
    Mark(row=3, state="reply", owner="PG", outcome="monitor"),
    Mark(row=4, owner="AM"),
    Mark(row=0, state="reply", owner="AM", pinned=True),
)


@pytest.fixture
async def reader(mentions: Path) -> AsyncIterator[MentionReader]:
    rows = [
        (mention(1, "Glass in the jar", lang="en", followers=100), reading(Segment.HATE)),
        (
            mention(2, "¿Es segura la comida?", lang="es", followers=10, reach=5_000),
            reading(Segment.NEUTRAL, question=True),
        ),
        (mention(3, "I don't panic", source="bluesky", kind="reply", author_name="Zoë"), reading(Segment.LIKE)),
        (mention(4, "the jar of glass", title="Jarring", source="rss", kind="article"), reading(Segment.HATE)),
        (mention(5, "unread", source="rss"), None),
    ]
    async with open_mentions(mentions) as store:
        await store.add(rows)
    with MentionReader(mentions) as opened:
        yield opened


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        (Filter(), [5, 4, 3, 2, 1]),
        (Filter(segments=frozenset({Segment.HATE})), [4, 1]),
        (Filter(segments=frozenset({Segment.HATE, Segment.LIKE})), [4, 3, 1]),
        (Filter(sources=frozenset({"rss", "bluesky"})), [5, 4, 3]),
        (Filter(kinds=frozenset({"reply", "article"})), [4, 3]),
        (Filter(lang="es"), [2]),
        (Filter(question=True), [2]),
        (Filter(question=False), [5, 4, 3, 1]),
        (Filter(people=100), [2, 1]),
        (Filter(people=101), [2]),
        (Filter(owner="AM"), [4, 1]),
        (Filter(owner=""), [5, 2]),
        (Filter(owner="AM", pinned=True, states=frozenset({"escalate"})), [1]),
        (Filter(owner="AM", states=frozenset({"new"})), [4]),
        (Filter(owner="PG", states=frozenset({"escalate"})), []),
        (Filter(pinned=True), [1]),
        (Filter(pinned=False), [5, 4, 3, 2]),
        (Filter(states=frozenset({"new"})), [5, 4, 2]),
        (Filter(states=frozenset({"new", "reply"})), [5, 4, 3, 2]),
        (Filter(states=frozenset({"escalate", "reply"})), [3, 1]),
        (Filter(states=frozenset({"new", "reply", "escalate", "ignore", "close"})), [5, 4, 3, 2, 1]),
        (Filter(text="glass"), [4, 1]),
        (Filter(outcomes=frozenset({"monitor"})), [3]),
        (Filter(outcomes=frozenset({"monitor"}), owner="AM"), []),
        (Filter(text="GLASS jar"), [4, 1]),
        (Filter(text="glass in"), [1]),
        (Filter(text='"the jar"'), [4, 1]),
        (Filter(text='"jar of"'), [4]),
        (Filter(text="segura"), [2]),
        (Filter(text="comidá"), [2]),
        (Filter(text="don't"), [3]),
        (Filter(text="zoe"), [3]),
        (Filter(text="jarr"), [4]),
        (Filter(text="jarr "), []),
        (Filter(text='"jarr"'), []),
        (Filter(text="person2@social.example"), [2]),
        (Filter(text="!!!"), []),
        (Filter(text="   "), [5, 4, 3, 2, 1]),
        (Filter(text="glass OR unread"), []),
        (Filter(text="glass", segments=frozenset({Segment.HATE}), owner="AM", sources=frozenset({"rss"})), [4]),
    ],
)
async def test_a_filter_lets_through_what_it_says_newest_first(
    reader: MentionReader, where: Filter, rows: list[int]
) -> None:
    with reader:
        assert reader.rows(where, marks=MARKS) == rows
        assert reader.rows(where, limit=1, marks=MARKS) == rows[:1]
        assert reader.rows(where, before=4, marks=MARKS) == [row for row in rows if row < 4]
        assert reader.rows(where, after=2, marks=MARKS) == [row for row in rows if row > 2]


async def test_an_old_mention_that_we_answered_is_found_however_much_came_since(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        await store.add([(mention(n), None) for n in range(300)])
    with MentionReader(mentions) as reader:
        answered = Filter(states=frozenset({"reply"}))
        assert reader.rows(answered, limit=5, marks=[Mark(row=2, state="reply")]) == [2]


async def test_pages_are_ranges_of_rows_and_a_mention_is_found_by_its_name(reader: MentionReader) -> None:
    with reader:
        assert [kept.row for kept in reader.page(2, 4)] == [2, 3, 4]
        assert [kept.row for kept in reader.page(4, 400)] == [4, 5]
        assert reader.get(0) is None
        third = reader.get(3)
        assert third is not None
        assert reader.find(third.mention.key) == third
        assert reader.find("bluesky|nothing") is None
        assert reader.find("nothing") is None


async def test_a_window_sees_what_came_in_after_it_was_opened(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        with MentionReader(mentions) as reader:
            assert reader.last_row() == 0
            assert reader.received_span(0, 5) is None
            assert reader.first_at() is None
            await store.add([(mention(n), None) for n in (7, 3)])
            assert reader.last_row() == 2
            assert reader.received_span(0, 2) == (START + timedelta(seconds=3), START + timedelta(seconds=7))
            assert reader.received_span(1, 2) == (START + timedelta(seconds=3), START + timedelta(seconds=3))


async def test_counts_of_parts_add_up_to_the_counts_of_the_whole(reader: MentionReader) -> None:
    with reader:
        assert sum(count.n for count in reader.minute_counts(0, 5)) == 5
        parts = [*reader.minute_counts(0, 2), *reader.minute_counts(2, 5)]
        assert sum(count.n for count in parts if count.segment is Segment.HATE) == 2
        assert sorted(reader.minute_counts(0, 5), key=str) == sorted(reader.minutes(START, START + minutes(1)), key=str)


async def test_a_window_cannot_write(reader: MentionReader) -> None:
    with reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader._db.execute("DELETE FROM mention")


async def test_a_search_stops_when_it_is_interrupted(mentions: Path) -> None:
    async with open_mentions(mentions) as store:
        await store.add([(mention(1), None)])
    with closing(sqlite3.connect(mentions)) as db:
        db.execute(
            "INSERT INTO mention (source, native_id, feed, received_at, question, kind, text)"
            " WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
            " SELECT 'x', i, '', 0, 0, 'post', '' FROM n"
        )
        db.commit()
    with MentionReader(mentions) as reader:
        running = asyncio.get_running_loop().run_in_executor(None, reader.rows, Filter(lang="xx"))
        while not running.done():
            reader.interrupt()
            await asyncio.sleep(0)
        with pytest.raises(Interrupted):
            await running
        assert reader.rows(Filter(), limit=1) == [300000]


def test_nothing_typed_is_syntax() -> None:
    assert search_expression("jar NOT (glass*") == '"jar" AND "NOT" AND "(glass*" *'
    assert search_expression('"lab report" fr') == '"lab report" AND "fr" *'
    assert search_expression('say "unfinished quo') == '"say" AND "unfinished quo"'
    assert search_expression(' "" ') == '""'


@pytest.fixture(scope="module")
def words() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5 (x)")
        db.execute("INSERT INTO t VALUES ('glass in the jar')")
        yield db


@given(typed=st.text(st.characters(exclude_categories=["Cs"])) | st.text('ab"*()^:-+ \0NOTAND'))
def test_whatever_is_typed_can_be_searched(words: sqlite3.Connection, typed: str) -> None:
    words.execute("SELECT rowid FROM t WHERE t MATCH ?", (search_expression(typed),)).fetchall()
