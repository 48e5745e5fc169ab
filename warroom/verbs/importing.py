"""import: a file of mentions is streamed into the room, with or without being read."""

import asyncio
import gc
import os
import select
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import IO

from feeds.base import Bad, Batch, FeedError
from feeds.files import read_stream
from feeds.tables import ROWS
from feeds.values import Reading
from warroom.domain.faults import why
from warroom.domain.mention import Mention
from warroom.domain.mention import Reading as How
from warroom.domain.sentence import say
from warroom.domain.text import one_line
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
from warroom.services.room import MENTIONS, folded
from warroom.services.typedpath import path_of
from warroom.store.mentions import MentionStore, open_mentions
from warroom.verbs.failing import FAILED, Failed
from warroom.verbs.files import columns_of, tell_bad
from warroom.verbs.progress import working
from warroom.verbs.setting import Setting, may_wait, now, tell

AT_ONCE = 20_000
"""Rows in a transaction of an import: some 0.3 s of work. With 5,000 an import costs a fifth more."""
READ_AT_ONCE = 2_000
PAUSE = 0.2
"""Seconds without a line from a pipe after which what was read is stored."""


def import_file(
    setting: Setting, file: str, *, columns: Sequence[str], source: str, later: bool, preview: bool
) -> None:
    """Stream a file into the store: idempotent, bad lines counted and sampled, nothing ever lost for one of them."""
    mapping = columns_of(columns)
    may_wait(setting, file)
    how = Reading(feed="import", source=source, clock=now, zone=setting.words.zone, columns=mapping)
    try:
        stream = sys.stdin.buffer if file == "-" else path_of(file).open("rb")
    except OSError as error:
        raise Failed(FAILED, say("{file} cannot be read: {reason}.", file=file, reason=why(error))) from error
    with stream:
        quiet = _pauses(stream) if file == "-" else None
        batches = read_stream(stream, how, name="" if file == "-" else file, quiet=quiet)
        try:
            if preview:
                _preview(setting, batches)
            else:
                asyncio.run(_import(setting, stream, batches, later=later))
        except FeedError as error:
            raise Failed(FAILED, error.sentence) from error


def _pauses(stream: IO[bytes]) -> Callable[[], bool] | None:
    """What waits a moment for a pipe and says whether nothing came; None where what is read never pauses."""
    if os.name != "posix" or stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return None
    return lambda: not select.select([stream], [], [], PAUSE)[0]


def _preview(setting: Setting, batches: Iterator[Batch]) -> None:
    batch = next(batches, Batch())
    for mention in batch.mentions[:5]:
        when = f"{setting.words.day(mention.at)} {setting.words.clock(mention.at)}"
        who = one_line(mention.author_handle or mention.author_name or "—")
        print(f"{when}  {one_line(mention.source)}  {who}: {one_line(mention.title or mention.text)[:90]}")
    tell_bad(setting, batch.bad, batch.bad_count)
    tell(setting, setting.words.t("Nothing was written: this was a preview."))


async def _import(setting: Setting, stream: IO[bytes], batches: Iterator[Batch], *, later: bool) -> None:
    new = edited = repeated = bad_count = 0
    bad: list[Bad] = []
    read = None if later else _reader(setting)
    gc.freeze()
    words = setting.words
    size = _size(stream)
    async with open_mentions(setting.folder / MENTIONS) as mentions:
        with working(setting, words.t("Reading…"), size) as bar:
            for group in _groups(batches):
                heard = (mention for batch in group for mention in batch.mentions)
                rows = [(mention, read(mention) if read else None) for mention in heard]
                added = await mentions.add(rows)
                new, edited, repeated = new + added.new, edited + added.edited, repeated + added.repeated
                bad_count += sum(batch.bad_count for batch in group)
                bad += [line for batch in group for line in batch.bad][: 5 - len(bad)] if len(bad) < 5 else []
                done = stream.tell() if size is not None else 0
                bar.tell(done, words.t("{n} read…", n=new + edited + repeated))
        print(
            words.t("{new} new, {edited} edited, {repeated} known already.", new=new, edited=edited, repeated=repeated)
        )
        tell_bad(setting, bad, bad_count)
        if read is not None:
            await _read_rest(setting, mentions, read)


def _reader(setting: Setting) -> Callable[[Mention], How]:
    """Reads as the console of this room does: with what its operators taught, and as they said where they did."""
    board = folded(setting.folder)
    triage = Triage(load_lexicon(*setting.config.triage.lexicon))
    triage.restore(board.labels.to_learn(board.current))
    triage.learning = board.labels.learning(board.current, setting.config.triage.learning)
    said = {given.key: given.segment for given in board.labels.spoken()}

    def read(mention: Mention) -> How:
        found = triage.read(mention.words)
        segment = said.get(mention.key)
        return found if segment is None else How(segment, found.question)

    return read


def _groups(batches: Iterator[Batch]) -> Iterator[list[Batch]]:
    """Batches of at least `AT_ONCE` mentions, so that a transaction is worth its while; fewer only where the source
    pauses or ends, which is when a batch is not full."""
    group: list[Batch] = []
    size = 0
    for batch in batches:
        group.append(batch)
        size += len(batch.mentions)
        if size >= AT_ONCE or len(batch.mentions) < ROWS:
            yield group
            group, size = [], 0
    if group:
        yield group


async def _read_rest(setting: Setting, mentions: MentionStore, read: Callable[[Mention], How]) -> None:
    """Find the segment of what an earlier import left for later. Stopped in the middle, it goes on the next time."""
    done = 0
    with working(setting, setting.words.t("Sorting by audience…")) as bar:
        while unread := await mentions.unread(READ_AT_ONCE):
            await mentions.set_readings([(kept.row, read(kept.mention)) for kept in unread])
            done += len(unread)
            bar.tell(done, setting.words.t("{n} sorted by audience…", n=done))


def _size(stream: IO[bytes]) -> int | None:
    """How long the file is; None for what is no file."""
    found = os.fstat(stream.fileno())
    return found.st_size if stat.S_ISREG(found.st_mode) else None
