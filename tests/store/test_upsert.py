"""The rules of hearing a mention again, against a model in a dict; also where every name has the same hash."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import START, mention, reading
from warroom.domain.mention import SEGMENTS, Deleted, Mention, Reading, Segment
from warroom.store import batch, known
from warroom.store.schema import MENTIONS, connect
from warroom.store.windows import Filter, MentionReader
from warroom.store.writer import transaction

NAMES = ("a", "b", "c", "d")
TIMES = [START + timedelta(minutes=n) for n in range(4)]
WORDS = ("glass", "jar", "lab", "safe")

heard = st.builds(
    lambda name, text, edited, segment: (
        mention(native_id=name, text=text, edited_at=edited, received_at=START),
        None if segment is None else reading(segment),
    ),
    st.sampled_from(NAMES),
    st.sampled_from(WORDS),
    st.none() | st.sampled_from(TIMES),
    st.none() | st.sampled_from(SEGMENTS),
)
deletion = st.builds(lambda name, at: Deleted("mastodon", name, at), st.sampled_from(NAMES), st.sampled_from(TIMES))
batches = st.lists(st.tuples(st.lists(heard, max_size=6), st.lists(deletion, max_size=2)), max_size=6)

Batches = list[tuple[list[tuple[Mention, Reading | None]], list[Deleted]]]


class Model:
    """What the store should hold, said in the plainest way."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.text: dict[str, str] = {}
        self.edited: dict[str, datetime | None] = {}
        self.segment: dict[str, Segment | None] = {}
        self.gone: dict[str, datetime] = {}

    def hear(self, mention: Mention, reading: Reading | None) -> None:
        name, known_edit = mention.native_id, self.edited.get(mention.native_id)
        if name in self.rows:
            if mention.edited_at == known_edit:
                if mention.text == self.text[name]:
                    return
            elif mention.edited_at is None or (known_edit is not None and mention.edited_at < known_edit):
                return
        self.rows.setdefault(name, len(self.rows) + 1)
        self.text[name] = mention.text
        self.edited[name] = mention.edited_at
        self.segment[name] = None if reading is None else reading.segment


@contextmanager
def store() -> Iterator[tuple[sqlite3.Connection, Path]]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "mentions.db"
        with closing(connect(file, MENTIONS)) as db:
            db.execute("PRAGMA synchronous = OFF")
            yield db, file


@settings(deadline=None, max_examples=60)
@given(heard_in=batches, spread=st.sampled_from([1, 2, known.LARGEST]))
def test_the_store_keeps_what_the_rules_say(heard_in: Batches, spread: int) -> None:
    model = Model()
    real = known.number
    with pytest.MonkeyPatch.context() as patch, store() as (db, file):
        patch.setattr(known, "number", lambda name: known.LARGEST - real(name) % spread)
        tally = 0
        for mentions, deleted in heard_in:
            with transaction(db):
                added = batch.add(db, mentions, deleted, feed=None, cursor=None, now=START)
            for item, read in mentions:
                model.hear(item, read)
            for gone in deleted:
                model.gone.setdefault(gone.native_id, gone.at)
            assert added.new + added.edited + added.repeated == len(mentions)
            tally += sum(count.n for count in added.minutes)
        with MentionReader(file) as reader:
            assert reader.last_row() == len(model.rows) == tally
            for name, row in model.rows.items():
                kept = reader.find(f"mastodon|{name}")
                assert kept is not None
                assert kept.row == row
                assert kept.mention.text == model.text[name]
                assert kept.mention.edited_at == model.edited[name]
                assert kept.mention.deleted_at == model.gone.get(name)
                assert kept.segment is model.segment[name]
            for word in WORDS:
                holding = sorted((model.rows[name] for name, text in model.text.items() if text == word), reverse=True)
                assert reader.rows(Filter(text=f"{word} ")) == holding
            counts = {count.segment: count.n for count in reader.minutes(START, START + timedelta(minutes=1))}
            segments = list(model.segment.values())
            assert counts == {segment: segments.count(segment) for segment in set(segments)}
        db.execute("INSERT INTO mention_text (mention_text, rank) VALUES ('integrity-check', 1)")


def test_an_edit_that_names_us_no_more_changes_what_is_stored_and_brings_nothing_new() -> None:
    def said(name: str, text: str) -> Mention:
        return mention(native_id=name, text=text, edited_at=TIMES[1], received_at=START)

    with store() as (db, file):
        with transaction(db):
            batch.add(db, [(mention(native_id="a", text="glass", received_at=START), reading())], (), None, None, START)
        with transaction(db):
            added = batch.add(
                db, [], (), None, None, START, edits=[said("a", "safe"), said("b", "jar"), said("a", "safe")]
            )
        assert (added.new, added.edited, added.last_row) == (0, 1, 1)
        with MentionReader(file) as reader:
            kept = reader.find("mastodon|a")
            assert kept is not None
            assert (kept.mention.text, kept.segment) == ("safe", None)
            assert reader.find("mastodon|b") is None
            assert reader.rows(Filter(text="glass ")) == []
            assert sum(count.n for count in reader.minutes(START, START + timedelta(minutes=1))) == 1
