"""The room as text: list, status, tail, note. The same work without the screen."""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from warroom.domain.board import Board
from warroom.domain.deadlines import next_deadline
from warroom.domain.events import ROOM
from warroom.domain.incident import Incident, add_note
from warroom.domain.mention import Kept
from warroom.domain.sentence import say
from warroom.domain.silence import silent_since
from warroom.domain.steps import StepState
from warroom.domain.text import one_line
from warroom.services.hearing import Hearing, hearing
from warroom.services.room import MENTIONS, TIMELINE, folded, open_room
from warroom.services.words import Words
from warroom.store.errors import StoreError
from warroom.store.journal import glance
from warroom.store.windows import Filter, MentionReader
from warroom.ui.present import SEGMENT_MARKS, author_cell, countdown, network_cell, reach_cell, text_cell
from warroom.verbs.failing import CHECK, Failed
from warroom.verbs.setting import Setting, now, with_pulse

CRISIS_KEYS = (
    "incident",
    "title",
    "severity",
    "lead",
    "declared_at",
    "next_deadline",
    "silent_since",
    "steps_done",
    "steps",
)
LOOKS = 0.5
"""Seconds between two looks of `tail --follow`."""


def say_doubts(setting: Setting, *folders: Path) -> None:
    """Say on standard error where a log does not hold, as far as a glance at its end shows."""
    for folder in folders:
        if not (folder / TIMELINE).exists():
            continue
        doubt = glance(folder / TIMELINE)
        if doubt is not None:
            command = "warroom verify" if folder == setting.folder else f"warroom verify {folder.name}"
            told = say("{doubt} This log cannot be believed as a whole. Run: {command}", doubt=doubt, command=command)
            print(f"warroom: {setting.words.say(told)}", file=sys.stderr)


def show_list(setting: Setting, *, as_json: bool) -> None:
    """Every crisis of the room, the newest last; then the drills and the demo, in rooms of their own."""
    rooms = setting.rooms()
    say_doubts(setting, *rooms)
    found = [
        (incident.id if room == setting.folder else room.name, incident)
        for room in rooms
        for incident in folded(room).incidents.values()
    ]
    words = setting.words
    if as_json:
        _json([_listed(name, incident) for name, incident in found])
        return
    if not found:
        print(words.t("There is no crisis here yet."))
    for name, incident in found:
        state = words.t("still open") if incident.is_open else words.t("closed")
        when = f"{words.day(incident.declared_at)} {words.clock(incident.declared_at)}"
        print(f"{name:<32}  {when}  {incident.severity}/4  {state:<13}  {one_line(incident.title)}")


def _say_due(incident: Incident, late: Sequence[StepState], words: Words, at: datetime) -> None:
    """The nearest deadline, the silence, and the steps that are late."""
    t, deadline = words.t, next_deadline(incident, at)
    if deadline is not None:
        left, what, by = countdown(deadline.at - at), deadline.name, deadline.at
        if by < at:
            print(t("{what}: {left} late (promised for {time})", what=what, left=left, time=by))
        else:
            print(t("{what}: {left} (promised for {time})", what=what, left=left, time=by))
    print(t("Silent for {time}", time=at - silent_since(incident)))
    for state in late:
        step, owner, overdue = state.step.name, state.owner, at - state.due_at(incident.declared_at)
        if owner:
            print(t("Late: {step}, {time}, owner {owner}", step=step, time=overdue, owner=owner))
        else:
            print(t("Late: {step}, {time}, no owner yet", step=step, time=overdue))


def _listed(name: str, incident: Incident) -> dict[str, object]:
    return {
        "incident": name,
        "title": incident.title,
        "mode": incident.mode,
        "severity": incident.severity,
        "declared_at": _utc(incident.declared_at),
        "closed_at": _utc(incident.closed_at) if incident.closed_at else None,
    }


def show_status(setting: Setting, *, as_json: bool, check: bool) -> None:
    """The open crisis in a few lines. With `check`, exit code 4 when a step or a promise is overdue."""
    board, at = folded(setting.folder), now()
    heard: Hearing | None = None
    try:
        with_pulse(setting.folder, board)
        heard = hearing(setting.folder, [feed.name for feed in setting.config.feeds if feed.enabled], board, at)
    except StoreError as error:
        # What the team has done and has to do is in the other file.
        print(f"warroom: {setting.words.say(error.sentence)}", file=sys.stderr)
    say_doubts(setting, setting.folder)
    incident, words = board.incident, setting.words
    late = incident.late_steps(at) if incident is not None else []
    missed = [promise for promise in incident.open_promises if promise.due_at < at] if incident is not None else []
    if as_json:
        _json(_status(incident, at) | _heard(board, heard))
    elif incident is None:
        print(words.t("No open crisis."))
        _say_heard(board, heard, words)
    else:
        t = words.t
        print(f"{one_line(incident.title)} · {t('severity {n} of 4', n=incident.severity)} · {incident.id}")
        print(t("Declared {time}, {ago} ago", time=words.clock(incident.declared_at), ago=at - incident.declared_at))
        _say_due(incident, late, words, at)
        for promise in missed:
            print(t("Promise missed: {text}, {time} ago", text=promise.text, time=at - promise.due_at))
        _say_heard(board, heard, words)
    if check and (late or missed):
        raise Failed(CHECK, say("{n} overdue", n=len(late) + len(missed)))


def _say_heard(board: Board, heard: Hearing | None, words: Words) -> None:
    """How much is kept and comes in; of what is not heard any more nothing is said as if it were now."""
    t = words.t
    if heard is None:
        print(t("How many mentions there are is not known."))
        return
    kept = words.tn("{n} mention kept", "{n} mentions kept", board.row)
    rate = words.number(_rate(board, heard))
    if heard.is_live:
        print(t("{kept}, {rate} a minute.", kept=kept, rate=rate))
    elif heard.all_lost and heard.until is not None:
        print(
            t("{kept}, {rate} a minute as of {time}: no source is heard since.", kept=kept, rate=rate, time=heard.until)
        )
    elif heard.until is not None:
        print(t("{kept}. Nobody listens now; the last one came in at {time}.", kept=kept, time=heard.until))
    else:
        print(t("{kept}. Nobody listens now.", kept=kept))
    if heard.lost:
        lost = [t("{feed} since {time}", feed=one_line(name), time=board.blind[name].since) for name in heard.lost]
        print(t("Lost: {feeds}", feeds=words.list_of(lost)))


def _rate(board: Board, heard: Hearing) -> float:
    return board.pulse.rate(int(heard.until.timestamp() // 60)) if heard.until is not None else 0.0


def _heard(board: Board, heard: Hearing | None) -> dict[str, object]:
    if heard is None:
        return {
            "mentions": None,
            "mentions_per_minute": None,
            "listening": None,
            "heard_until": None,
            "lost_sources": [],
        }
    return {
        "mentions": board.row,
        "mentions_per_minute": _rate(board, heard) if heard.listens else None,
        "listening": heard.listens,
        "heard_until": _utc(heard.until) if heard.until is not None else None,
        "lost_sources": list(heard.lost),
    }


def _status(incident: Incident | None, at: datetime) -> dict[str, object]:
    """The same keys with and without a crisis."""
    if incident is None:
        return {"at": _utc(at), **dict.fromkeys(CRISIS_KEYS), "late_steps": [], "open_promises": []}
    deadline = next_deadline(incident, at)
    return {
        "at": _utc(at),
        "incident": incident.id,
        "title": incident.title,
        "severity": incident.severity,
        "lead": incident.lead,
        "declared_at": _utc(incident.declared_at),
        "next_deadline": _utc(deadline.at) if deadline else None,
        "silent_since": _utc(silent_since(incident)),
        "steps_done": sum(state.is_settled(incident.declared_at, at) for state in incident.steps.values()),
        "steps": len(incident.steps),
        "late_steps": [state.id for state in incident.late_steps(at)],
        "open_promises": [
            {"promise": promise.id, "text": promise.text, "due_at": _utc(promise.due_at)}
            for promise in incident.open_promises
        ],
    }


def tail(setting: Setting, *, n: int, search: str, as_json: bool, follow: bool) -> None:
    """The newest mentions, oldest of them first; then, if wanted, those that come."""
    path = setting.folder / MENTIONS
    say_doubts(setting, setting.folder)
    if not path.exists() and not as_json:
        print(setting.words.t("Nothing has come in yet."), file=sys.stderr)
    while not path.exists():
        if not follow:
            return
        time.sleep(LOOKS)
    where = Filter(text=search)
    with MentionReader(path) as reader:
        seen = reader.last_row()
        for kept in _kepts(reader, reversed(reader.rows(where, limit=n))):
            _line(setting, kept, as_json=as_json)
        sys.stdout.flush()
        while follow:
            time.sleep(LOOKS)
            last = reader.last_row()
            if last > seen:
                rows = [row for row in reader.rows(where, limit=last - seen) if row > seen]
                for kept in _kepts(reader, reversed(rows)):
                    _line(setting, kept, as_json=as_json)
                sys.stdout.flush()
                seen = last


def _kepts(reader: MentionReader, rows: Iterator[int]) -> Iterator[Kept]:
    for row in rows:
        kept = reader.get(row)
        if kept is not None:
            yield kept


def _line(setting: Setting, kept: Kept, *, as_json: bool) -> None:
    mention = kept.mention
    if as_json:
        print(msgspec.json.encode(_mention(kept)).decode())
        return
    words = setting.words
    mark = SEGMENT_MARKS[kept.segment] if kept.segment else " "
    reach = reach_cell(mention.people, words)
    head = f"{words.clock_s(mention.at)} {mark:<2} {network_cell(mention.source):<2}"
    print(f"{head} {author_cell(kept)}: {text_cell(kept)} [{reach}]")


def _mention(kept: Kept) -> dict[str, object]:
    """A mention for programs: every field by its own name, null where it is not known; times in UTC (RFC 3339)."""
    mention = kept.mention
    fields = {name: getattr(mention, name) for name in mention.__struct_fields__}
    body = {name: _utc(value) if isinstance(value, datetime) else value for name, value in fields.items()}
    segment = kept.segment.value if kept.segment else None
    return {"row": kept.row, "at": _utc(mention.at), "segment": segment, "question": kept.question, **body}


def write_note(setting: Setting, text: str) -> None:
    """Add a line to the timeline of the open crisis, or of the room in calm."""

    async def work() -> None:
        async with open_room(setting.folder, clock=now, actor=setting.actor) as room:
            await room.do(lambda board: add_note(text, now=now()), inc=room.board.current or ROOM)
            if room.lost is not None:
                print(f"warroom: {setting.words.say(room.lost)}", file=sys.stderr)

    asyncio.run(work())
    print(setting.words.t("Noted."))


def _json(body: object) -> None:
    print(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
