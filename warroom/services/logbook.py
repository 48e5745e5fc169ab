"""The log of a crisis, taken from the files of its room and put into a file: for the command line and the console.

What it says is in `report`; this is where its figures come from, and whether the log can be believed.
"""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from warroom.domain.board import Board, Line
from warroom.domain.desk import Desk
from warroom.domain.events import (
    ROOM,
    ActUndone,
    MentionEvent,
    StoodDown,
)
from warroom.domain.incident import Incident
from warroom.domain.pulse import Pulse
from warroom.domain.sentence import Sentence, say
from warroom.domain.triage.triage import Triage
from warroom.services.learnt import learnt
from warroom.services.lexicon import load_lexicon
from warroom.services.report.dossier import as_json
from warroom.services.report.log import markdown
from warroom.services.report.table import as_csv
from warroom.services.room import MENTIONS, TIMELINE, zone_of
from warroom.services.words import Words
from warroom.store.errors import StoreError
from warroom.store.journal import iter_log, verify_log
from warroom.store.windows import MentionReader

Format: TypeAlias = Literal["md", "json", "csv"]


JUMP = timedelta(hours=1)
"""An entry later than both its neighbours by more than this was written by a clock that was set wrong."""
WRONG_AT_MOST = 10
"""Entries in a row that are taken for such ones; of more nobody can say which clock was right."""


class Logbook(NamedTuple):
    """The log of a crisis as text, and what there is to be said against it."""

    text: str
    doubts: tuple[Sentence, ...]


def logbook(
    folder: Path,
    board: Board,
    incident: Incident,
    lang: str,
    *,
    form: Format = "md",
    redact: bool = False,
    triage: Triage | None = None,
) -> Logbook:
    """The log of a crisis of this room. `board` is its own, folded from the whole log: the figures of the crisis take
    the place of the room's. `triage` reads by the organisation's own words, where it has some; it is taught what was
    said in the crisis."""
    words = Words(lang, zone_of(incident))
    verdict = verify_log(folder / TIMELINE)
    head = verdict.head if verdict.is_whole else ""
    doubts: list[Sentence] = []
    if verdict.trouble is not None:
        doubts.append(say("This log cannot be believed as a whole: {doubt}", doubt=verdict.trouble))
    for line in ahead(board.timelines.get(incident.id, ())):
        at = f"{words.day(line.recorded.at)} {words.clock_s(line.recorded.at)}"
        doubts.append(
            say(
                "At position {pos} the clock stood ahead: {time}, an hour or more after its neighbours.",
                pos=line.pos,
                time=at,
            )
        )
    try:
        with_figures(folder, board, incident)
        counted = True
    except StoreError as error:
        # The acts of the team are in the other file, and whole: their log must not wait for a backup.
        doubts.append(say("The mentions could not be counted: {doubt}", doubt=error.sentence))
        counted = False
    found = learnt(board, incident.id, triage or Triage(load_lexicon())) if form != "csv" else None
    match form:
        case "md":
            text = markdown(
                board, incident, words, redact=redact, head=head, doubts=doubts, counted=counted, learnt=found
            )
        case "json":
            text = as_json(
                board, incident, words, redact=redact, head=head, doubts=doubts, counted=counted, learnt=found
            )
        case "csv":
            text = as_csv(board, incident, words, redact=redact)
    return Logbook(text, tuple(doubts))


def ahead(lines: Sequence[Line]) -> list[Line]:
    """The entries whose time is more than an hour after the one before and the one behind, where these two agree."""
    found: list[Line] = []
    before: Line | None = None
    late: list[Line] = []
    for line in lines:
        if before is not None and line.recorded.at - before.recorded.at > JUMP and len(late) < WRONG_AT_MOST:
            late.append(line)
            continue
        if before is not None and late and abs(line.recorded.at - before.recorded.at) <= JUMP:
            found += late
        late, before = [], line
    return found


def with_figures(folder: Path, board: Board, incident: Incident) -> None:
    """What one crisis came to: the mentions written from its first one to its end, and what was done with them. A room
    outlives its crises, and none answers for the mentions of another."""
    since = incident.first_mention_at or incident.declared_at
    ends = [
        line.recorded.after_mention
        for line in board.timelines.get(incident.id, ())
        if isinstance(line.recorded.data, StoodDown)
    ]
    board.desk, board.pulse, board.row = Desk(), Pulse(), 0
    for _, recorded in iter_log(folder / TIMELINE):
        acted = isinstance(recorded.data, MentionEvent | ActUndone)
        if acted and (recorded.inc == incident.id or (recorded.inc == ROOM and recorded.at >= since)):
            board.desk.apply(recorded)
    if (folder / MENTIONS).exists():
        first = int(since.timestamp() // 60)
        with MentionReader(folder / MENTIONS) as reader:
            upto = reader.last_row() if incident.is_open or not ends else ends[-1]
            for minute, segment, n in reader.minute_counts(0, upto):
                if minute >= first:
                    board.pulse.count(minute, segment, n)
                    board.row += n


def write_whole(path: Path, text: str, *, force: bool = False) -> None:
    """The whole text or nothing: on a full disk neither half a file stays nor is an older one lost. `FileExistsError`
    where there is one, unless `force`. What is no ordinary file (/dev/stdout, a pipe) is written to as it is."""
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8", newline="")
        return
    if path.exists() and not force:
        raise FileExistsError
    path = path.resolve()  # a link stays one
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
