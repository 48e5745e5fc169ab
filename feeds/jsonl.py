"""Mentions from JSONL: one object a line, in the record's own names; what has no field of its own stays in `raw`.

A bad line is counted and sampled and never stops the rest.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from feeds.base import Bad, Batch
from feeds.names import called
from feeds.rows import LONGEST_LINE, SAMPLE
from feeds.tables import ROWS, SAMPLES
from feeds.text import plain
from feeds.values import FIELDS, Line, Reading, aware, build_mention, network
from warroom.domain.mention import Mention
from warroom.domain.sentence import Sentence, say

_fast = msgspec.json.Decoder(Line)
_any = msgspec.json.Decoder()


def read_jsonl(stream: Iterable[bytes], how: Reading, before: int | None = 0) -> Iterator[Batch]:
    """The mentions of lines, `before` of which came earlier (None: nobody has counted)."""
    mentions: list[Mention] = []
    bad: list[Bad] = []
    bad_count = number = 0
    now = how.clock()

    def told(why: Sentence) -> Bad:
        shown = line[:SAMPLE].decode("utf-8", "replace").strip()
        return Bad(shown, None if before is None else before + number, why)

    for line in stream:
        number += bool(line)
        if len(line) > LONGEST_LINE:
            bad_count += 1
            if len(bad) < SAMPLES:
                bad.append(told(say("too long")))
            continue
        if not line.strip():
            if not line and (mentions or bad_count):  # a pause
                yield Batch(mentions=mentions, bad=bad, bad_count=bad_count)
                mentions, bad, bad_count, now = [], [], 0, how.clock()
            continue
        try:
            mentions.append(mention_of(line, how, now))
        except ValueError as error:
            bad_count += 1
            if len(bad) < SAMPLES:
                bad.append(told(say(str(error))))
        if len(mentions) >= ROWS:
            yield Batch(mentions=mentions, bad=bad, bad_count=bad_count)
            mentions, bad, bad_count, now = [], [], 0, how.clock()
    if mentions or bad_count:
        yield Batch(mentions=mentions, bad=bad, bad_count=bad_count)


def mention_of(line: bytes, how: Reading, now: datetime) -> Mention:
    """One line as a mention. Raises `ValueError` with a few words where it is none."""
    try:
        found = _fast.decode(line)
    except msgspec.ValidationError:
        return _slowly(line, how, now)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if (whole := mended(line)) != line:
            return mention_of(whole, how, now)
        raise ValueError("no JSON") from error
    if not (found.native_id and (found.text or found.title)):
        return _slowly(line, how, now)
    created, edited, deleted = found.created_at, found.edited_at, found.deleted_at
    if (created is not None and created.tzinfo is None) or edited is not None or deleted is not None:
        created, edited, deleted = (aware(at, how.zone) for at in (created, edited, deleted))
    return Mention(
        source=network(found.source or "") or how.source,
        native_id=found.native_id,
        text=plain(found.text),
        received_at=now,
        feed=how.feed,
        url=found.url,
        kind=found.kind,
        author_name=found.author_name,
        author_handle=found.author_handle,
        author_url=found.author_url,
        author_id=found.author_id,
        followers=found.followers,
        title=found.title,
        lang=found.lang,
        created_at=created,
        edited_at=edited,
        deleted_at=deleted,
        in_reply_to=found.in_reply_to,
        thread=found.thread,
        replies=found.replies,
        reposts=found.reposts,
        likes=found.likes,
        quotes=found.quotes,
        views=found.views,
        score=found.score,
        reach=found.reach,
        raw=found.raw,
    )


_ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a whole character
    rb"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\xed[\xa0-\xbf][\x80-\xbf])"
    rb"|\\.",
    re.DOTALL,
)


def mended(line: bytes) -> bytes:
    """The line with each half of a character (a lone surrogate: an emoji that somebody cut in two) as U+FFFD."""
    return _ESCAPE.sub(lambda found: b"\\ufffd" if found["half"] else found[0], line)


def _slowly(line: bytes, how: Reading, now: datetime) -> Mention:
    """A line with other keys, or numbers as text: what fits is taken, what has no field of its own stays in `raw`."""
    try:
        found = _any.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if (whole := mended(line)) != line:
            return _slowly(whole, how, now)
        raise ValueError("no JSON") from error
    if not isinstance(found, dict):
        raise ValueError("no object")
    own = {key: value for key, value in found.items() if key in FIELDS and value is not None}
    rest = {key: value for key, value in found.items() if key not in FIELDS}
    loose = [key for key, value in rest.items() if isinstance(value, str | int | float)]
    own |= {field: rest.pop(key) for field, key in called(loose, own).items() if field in FIELDS}
    raw = own.get("raw")
    if raw is not None and rest:
        rest["raw"] = raw
    elif isinstance(raw, str):
        return build_mention(own, how, now, raw=raw)
    kept = rest or raw
    return build_mention(own, how, now, raw=None if not kept else msgspec.json.encode(kept).decode())
