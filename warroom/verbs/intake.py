"""Mentions without the screen: listen runs the feeds, import streams a file in."""

import asyncio
import gc
import os
import select
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from typing import IO, NamedTuple

import msgspec

from feeds.base import Bad, Batch, FeedError
from feeds.files import read_stream
from feeds.tables import ROWS
from feeds.values import Reading
from warroom.domain.faults import why
from warroom.domain.mention import Mention
from warroom.domain.mention import Reading as How
from warroom.domain.sentence import Sentence, say
from warroom.domain.text import one_line
from warroom.domain.triage.triage import Triage
from warroom.services.feeding import open_feeds
from warroom.services.health import Health
from warroom.services.intake import Intake, running
from warroom.services.lexicon import load_lexicon
from warroom.services.room import MENTIONS, folded, open_room
from warroom.services.typedpath import path_of
from warroom.services.words import Words
from warroom.store.mentions import MentionStore, open_mentions
from warroom.verbs.failing import FAILED, USAGE, Failed
from warroom.verbs.files import columns_of, tell_bad
from warroom.verbs.hearing import intake_of
from warroom.verbs.progress import working
from warroom.verbs.setting import Setting, may_wait, now, tell

AT_ONCE = 20_000
"""Rows in a transaction of an import: some 0.3 s of work. With 5,000 an import costs a fifth more."""
READ_AT_ONCE = 2_000
COUNTS_EVERY = 5.0
"""Seconds between two lines that say how much of one feed could not be read, or had to be let go."""
PAUSE = 0.2
"""Seconds without a line from a pipe after which what was read is stored."""


def listen(setting: Setting, *, as_json: bool, seconds: float | None) -> None:
    """Run the feeds until Ctrl+C; say on standard output when one of them changes its state."""
    asyncio.run(_listen(setting, as_json=as_json, seconds=seconds))


async def _listen(setting: Setting, *, as_json: bool, seconds: float | None) -> None:
    async with AsyncExitStack() as stack:
        room = await stack.enter_async_context(open_room(setting.folder, clock=now, actor="auto"))
        if room.lost is not None:
            print(f"warroom: {setting.words.say(room.lost)}", file=sys.stderr)
        watch = setting.config.watch
        feeds = await stack.enter_async_context(
            open_feeds(setting.config.feeds, terms=watch.terms, exclude=watch.exclude, clock=now)
        )
        if not feeds:
            raise Failed(USAGE, say("No feed is enabled. Enable one in config.yaml, then: warroom doctor"))
        intake = intake_of(setting, room, feeds)
        told: dict[str, tuple[object, ...]] = {}
        lost: dict[str, tuple[int, int]] = {}
        again: dict[str, float] = {}
        around: Around | None = None
        row = room.board.row
        async with running(intake):
            loop = asyncio.get_running_loop()
            begun = loop.time()
            end = None if seconds is None else begun + seconds
            while end is None or loop.time() < end:
                for health in intake.health.values():
                    state = (health.state, health.reason.id if health.reason is not None else None)
                    if told.get(health.name) != state and health.state != "starting":
                        told[health.name] = state
                        _say_state(health, setting.words, as_json=as_json)
                    counts = (health.bad, health.dropped)
                    if counts != lost.get(health.name, (0, 0)) and loop.time() >= again.get(health.name, 0.0):
                        lost[health.name], again[health.name] = counts, loop.time() + COUNTS_EVERY
                        _say_counts(health, setting.words, as_json=as_json)
                if loop.time() - begun > 1.0 and (found := _around(intake)) != around:
                    _say_around(setting, found, around, as_json=as_json)
                    around = found
                await asyncio.sleep(0.2)
        heard = setting.words.tn("{n} new mention.", "{n} new mentions.", room.mentions.last_row() - row)
        tell(setting, heard)


class Around(NamedTuple):
    """What concerns all feeds: whether they run here, and why nothing can be stored."""

    runs_here: bool
    trouble: Sentence | None


def _around(intake: Intake) -> Around:
    error = intake.trouble.error
    trouble = error.sentence if error is not None else None
    return Around(intake.runs_here or trouble is not None, trouble)


def _say_around(setting: Setting, now_: Around, before: Around | None, *, as_json: bool) -> None:
    words = setting.words
    reason: str | None = None
    if now_.trouble is not None:
        reason = one_line(words.say(now_.trouble))
    elif not now_.runs_here:
        reason = words.t("Another warroom runs the feeds of this room; this one takes over when it ends.")
    elif before is None:
        return
    if as_json:
        state = "lost" if now_.trouble is not None else "live" if now_.runs_here else "follows"
        body = {"at": _stamp(), "store": str(setting.folder), "state": state, "reason": reason}
        print(msgspec.json.encode(body).decode(), flush=True)
        return
    text = reason or (
        words.t("Everything is stored again.") if before and before.trouble else words.t("The feeds run here now.")
    )
    print(f"{words.clock_s(now())} {text}", flush=True)


def _stamp() -> str:
    return now().isoformat(timespec="seconds").replace("+00:00", "Z")


def _say_state(health: Health, words: Words, *, as_json: bool) -> None:
    reason = one_line(words.say(health.reason)) if health.reason is not None else ""
    if as_json:
        body = {
            "at": _stamp(),
            "feed": health.name,
            "source": health.source,
            "state": health.state,
            "tries": health.tries,
            "heard": health.heard,
            "bad": health.bad,
            "dropped": health.dropped,
            "reason": reason or None,
        }
        print(msgspec.json.encode(body).decode(), flush=True)
        return
    names = {"live": words.t("live"), "lost": words.t("lost"), "rejected": words.t("needs attention")}
    print(
        f"{words.clock_s(now())} {one_line(health.name)}: {names[health.state]}{': ' + reason if reason else ''}",
        flush=True,
    )


def _say_counts(health: Health, words: Words, *, as_json: bool) -> None:
    """How much of a feed was lost to us so far: what could not be read, and what came too fast."""
    if as_json:
        _say_state(health, words, as_json=True)
        return
    told = []
    if health.bad:
        last = f" ({one_line(words.say(health.bad_last[-1].sentence))})" if health.bad_last else ""
        told.append(words.tn("{n} could not be read", "{n} could not be read", health.bad) + last)
    if health.dropped:
        told.append(
            words.tn(
                "{n} had to be let go: they came too fast", "{n} had to be let go: they came too fast", health.dropped
            )
        )
    print(f"{words.clock_s(now())} {one_line(health.name)}: {', '.join(told)}", flush=True)


# --- import --------------------------------------------------------------------------------------------


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
