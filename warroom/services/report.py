"""The log of an incident as text: markdown, and its entries as CSV (JSON is in `dossier`). Value → text; writing a
file is somebody else's business.

The markdown is CommonMark and reads well as plain text. Whatever was written outside is escaped: no raw HTML, no
images, no links but http(s).
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from warroom.domain.board import Board, Line
from warroom.domain.checks.names import named
from warroom.domain.criteria import judgements
from warroom.domain.events import (
    ActUndone,
    IncidentDeclared,
    LeadChanged,
    MentionActed,
    MentionEvent,
    MentionPinned,
    ShiftHandedOver,
)
from warroom.domain.incident import Incident
from warroom.domain.mention import MentionRef, Segment
from warroom.domain.networks import INTERNAL, network_name
from warroom.domain.sentence import Sentence
from warroom.domain.statement import Statement
from warroom.domain.steps import Standing, StepState
from warroom.domain.text import one_line
from warroom.services.after_action import after_action
from warroom.services.entries import PURPOSES, RISKS, STATUSES, Entry, approved_as, entry, times_done
from warroom.services.learnt import Learnt, ranked_of, told_of
from warroom.services.marked import clock_in, escaped, link, quoted, table, when, who
from warroom.services.readings import readings
from warroom.services.redaction import Redaction
from warroom.services.words import Words

SEGMENT_WORDS = ("hate", "dislike", "neutral", "like", "love")
_FORMULA = re.compile(r"^[\s'\"]*[=+\-@\t\r]")
CLOCK_JUMP = timedelta(seconds=5)
"""An entry that stands after one of so much later was written by a clock that had been set back, or by another one."""


def markdown(
    board: Board,
    incident: Incident,
    words: Words,
    *,
    redact: bool = False,
    head: str = "",
    doubts: Sequence[Sentence] = (),
    counted: bool = True,
    learnt: Learnt | None = None,
) -> str:
    """The whole log. `words` shows times in its zone; `head` is the log's chain head, if it is known; `doubts` say
    what is to be held against it. Not `counted` are mentions that could not be read."""
    lines = told_lines(board, incident, words, redact=redact)
    sections = (
        _title(lines, incident, words),
        _figures(board, incident, words, counted=counted, learnt=learnt),
        _objectives(incident, words),
        _plan(board, incident, words),
        _timeline(lines, incident, words),
        _statements(incident, words),
        _facts(incident, words),
        _pinned(lines, words),
        _promises(incident, words),
        after_action(board, incident, words),
        _proof(lines, words, head, doubts),
    )
    text = "\n".join(line for section in sections for line in section).rstrip() + "\n"
    return redaction_of(board, incident, words).known(text) if redact else text


def redaction_of(board: Board, incident: Incident, words: Words) -> Redaction:
    """What hides the authors of this crisis. The names of the team and of the organisation stay."""
    team = [name for person in incident.people for name in (person.name, person.initials)]
    return Redaction(board.timelines.get(incident.id, ()), words, (*team, incident.organisation))


def told_lines(board: Board, incident: Incident, words: Words, *, redact: bool) -> Sequence[Line]:
    """The entries of a crisis as they are told."""
    lines = board.timelines.get(incident.id, ())
    if not redact:
        return lines
    hide = redaction_of(board, incident, words).line
    return [hide(line) for line in lines]


# --- the parts -----------------------------------------------------------------------------------------


def _leads(lines: Iterable[Line], incident: Incident, words: Words) -> str:
    """Who led, one after the other, each with the time of their taking over."""
    told: list[str] = []
    for line in lines:
        match line.recorded.data:
            case IncidentDeclared(lead=lead):
                told = [who(incident, lead)]
            case LeadChanged(lead=lead) | ShiftHandedOver(lead=lead):
                told.append(f"{who(incident, lead)} ({clock_in(line.recorded.at, incident, words)})")
    return " → ".join(told) or who(incident, incident.lead)


def _title(lines: Iterable[Line], incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    marks = {"live": "", "demo": f"{t('DEMO')} · ", "drill": f"{t('DRILL')} · "}
    yield f"# {marks[incident.mode]}{escaped(incident.title)}"
    yield ""
    if incident.organisation:
        yield f"- **{t('Organisation')}**: {escaped(incident.organisation)}"
    yield f"- **{t('Declared')}**: {when(incident.declared_at, words)}"
    first = incident.severities[0]
    yield f"- **{t('Severity')}**: {t('{n} of 4', n=first.severity)}" + "".join(
        f" → {mark.severity} ({clock_in(mark.at, incident, words)}{': ' + escaped(mark.reason) if mark.reason else ''})"
        for mark in incident.severities[1:]
    )
    yield f"- **{t('Lead')}**: {_leads(lines, incident, words)}"
    if incident.people:
        yield f"- **{t('Team')}**: {', '.join(who(incident, person.initials) for person in incident.people)}"
    name = escaped(words.name(incident.plan.name))
    yield f"- **{t('Plan')}**: {name}, {t('version {n}', n=incident.plan.version)}"
    if incident.closed_at is not None:
        yield f"- **{t('Stood down')}**: {when(incident.closed_at, words)}: {escaped(incident.closed_reason)}"
    else:
        yield f"- **{t('Stood down')}**: {t('still open')}"
    yield ""


def _minutes(delta: timedelta, words: Words) -> str:
    sign = "−" if delta < timedelta(0) else "+"
    return f"{sign}{words.span(abs(delta))}"


def _figures(board: Board, incident: Incident, words: Words, *, counted: bool, learnt: Learnt | None) -> Iterator[str]:
    """First mention, first word, holding statement, longest silence, answered by segment."""
    t, declared = words.t, incident.declared_at
    yield f"## {t('Figures')}"
    yield ""
    rows: list[tuple[str, str]] = []
    first = incident.first_mention_at
    if first is not None:
        rows.append((t("First mention"), f"{when(first, words)}, {_minutes(first - declared, words)}"))
    for name, at, due in (
        (t("First word"), incident.first_word_at, incident.plan.first_word),
        (t("Holding statement"), incident.holding_at, incident.plan.holding),
    ):
        target = t("target {n} min", n=due)
        if at is None:
            rows.append((name, f"{t('none')} ({target})"))
        else:
            late = at - declared - timedelta(minutes=due)
            met = t("met") if late < timedelta(seconds=1) else t("missed by {time}", time=words.span(late))
            rows.append((name, f"{when(at, words)}, {_minutes(at - declared, words)} ({target}: {met})"))
    length, since, until = longest_silence(board, incident)
    rows.append(
        (
            t("Longest silence"),
            f"{words.span(length)} ({clock_in(since, incident, words)}–{clock_in(until, incident, words)})",
        )
    )
    rows.append((t("Mentions kept"), words.number(board.row) if counted else t("not known")))
    if learnt is not None:
        rows.append((t("How they were read"), told_of(learnt, words)))
    if ranked := ranked_of(board, incident.id, words):
        rows.append((t("Read sooner or later"), ranked))
    for name, value in rows:
        yield f"- **{name}**: {value}"
    yield ""
    if not counted:
        return
    names = {
        "hate": t("hate"),
        "dislike": t("dislike"),
        "neutral": t("neutral"),
        "like": t("like"),
        "love": t("love"),
    }
    table_rows = []
    for segment in SEGMENT_WORDS:
        key = Segment(segment)
        total, answered, handled = board.pulse.of(key), board.desk.answered(key), board.desk.handled(key)
        share = f" ({words.percent(answered / total)})" if total else ""
        table_rows.append((names[segment], words.number(total), words.number(answered) + share, words.number(handled)))
    yield from table((t("Audience"), t("Mentions"), t("Answered"), t("Handled")), table_rows, right=(1, 2, 3))
    yield ""


def ended_at(board: Board, incident: Incident) -> datetime:
    """When the crisis was stood down; while it is open, its last entry."""
    lines = board.timelines.get(incident.id, [])
    return incident.closed_at or (lines[-1].recorded.at if lines else incident.declared_at)


def longest_silence(board: Board, incident: Incident) -> tuple[timedelta, datetime, datetime]:
    """Between two words in public, or before the first (from the first mention, else the declaration, as on the
    screen), or from the last to the end: how long, since when, until when."""
    times = [
        incident.first_mention_at or incident.declared_at,
        *(out.published_at for out in incident.spoken),
        ended_at(board, incident),
    ]
    gaps = [(max(after - before, timedelta(0)), before, after) for before, after in pairwise(times)]
    return max(gaps, key=lambda gap: gap[0])


def _objectives(incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    yield f"## {t('Objectives')}"
    yield ""
    if not incident.objectives:
        yield t("None was written down.")
    for place, objective in enumerate(incident.objectives, 1):
        yield f"{place}. {escaped(objective)}"
    yield ""
    if incident.objectives_at is not None:
        at = clock_in(incident.objectives_at, incident, words)
        yield t("Confirmed by {who} at {time}.", who=who(incident, incident.objectives_by), time=at)
    else:
        yield t("Nobody has confirmed them by name.")
    yield ""


def _plan(board: Board, incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    yield f"## {t('Plan')}"
    yield ""
    end = ended_at(board, incident)
    steps = []
    for state in incident.steps.values():
        told = "; ".join(_standing(state, board, incident, end, words))
        due = clock_in(state.due_at(incident.declared_at), incident, words)
        after = f" ({_minutes(timedelta(minutes=state.due), words)})" if state.due else ""
        name = escaped(words.name(state.step.name))
        steps.append((name, f"{due}{after}", escaped(state.owner), escaped(told)))
    yield from table((t("Step"), t("Due"), t("Owner"), t("How it stands")), steps, right=(1,))
    yield ""


def _standing(state: StepState, board: Board, incident: Incident, end: datetime, words: Words) -> Iterator[str]:
    """How a step stands at the end: how often it was done if it comes back, what it waits for if its proof has come."""
    t, declared = words.t, incident.declared_at
    standing = state.standing(declared, end)
    if state.rounds:
        yield words.say(times_done(state))
    if state.done_at is not None and not state.rounds:
        late = state.done_at - state.due_at(declared)
        told = t("done {time} by {who}", time=clock_in(state.done_at, incident, words), who=state.done_by)
        yield f"{told}, {t('{time} late', time=late)}" if late > timedelta(minutes=1) else told
    elif standing is Standing.NOT_NEEDED:
        yield t("not needed: {reason}", reason=state.skipped or "")
    elif standing is Standing.LATE:
        yield t("open, overdue")
    elif state.is_open:
        yield (
            t("next {time}", time=clock_in(state.due_at(declared), incident, words))
            if state.rounds
            else t("not done yet")
        )
    if state.is_open and state.is_proved:
        missing = [seen.state for seen in judgements(state.step, board, incident, end) if not seen.met]
        yield t("it has happened; still open: {what}", what=", ".join(map(words.say, missing)))


CITED = 80
"""Characters of an entry that stand in its correction: enough to find it by."""


def _timeline(lines: Iterable[Line], incident: Incident, words: Words) -> Iterator[str]:
    """Every entry in the order of the log: local time with offset, minutes from the declaration, who, what."""
    t = words.t
    yield f"## {t('Timeline')}"
    yield ""
    day = ""
    latest: datetime | None = None
    earlier: dict[str, Line] = {}
    for line in lines:
        told = entry(line.recorded, incident)
        earlier[told.id] = line
        today = words.day(told.recorded_at)
        if today != day:
            if day:
                yield ""  # else the line would go on as part of the entry above
            day = today
            yield f"**{today}**"
            yield ""
        back = latest is not None and latest - told.recorded_at > CLOCK_JUMP
        corrected = earlier.get(told.corrects) if told.corrects is not None else None
        old = entry(corrected.recorded, incident) if corrected is not None else None
        yield f"- {_entry(told, incident, words, today, old)}{' · ' + t('the clock went back') if back else ''}"
        latest = told.recorded_at
    yield ""


def _entry(told: Entry, incident: Incident, words: Words, today: str, corrected: Entry | None) -> str:
    """`today` is the day under which it stands: that of its writing down."""
    minutes = incident.minutes(told.at)
    offset = f"{'−' if minutes < 0 else '+'}{abs(minutes):02}"
    text = escaped(words.say(told.text))
    if corrected is not None:
        day = "" if words.day(corrected.at) == today else f"{words.day(corrected.at)} "
        said = str(one_line(words.say(corrected.text)))
        said = said if len(said) <= CITED else said[: CITED - 1].rstrip() + "…"
        old = words.t("Corrects the entry of {time}, “{text}”:", time=day + words.clock_s(corrected.at), text=said)
        text = f"{escaped(old)} {text}"
    elif told.corrects is not None:
        text = f"{words.t('Correction of an earlier entry:')} {text}"
    late = (told.recorded_at - told.at).total_seconds() >= 60
    added = f" ({words.t('added {time}', time=words.clock(told.recorded_at))})" if late else ""
    day = words.day(told.at)
    other = "" if day == today else f"{day} "
    return f"{other}{words.stamp(told.at)} · {offset} min · {told.glyph} {text}{added} · {escaped(told.who)}"


def _statements(incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    yield f"## {t('Statements')}"
    yield ""
    if not incident.statements:
        yield t("None was written.")
        yield ""
    for statement in incident.statements.values():
        yield from _statement(statement, incident, words)


def _statement(statement: Statement, incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    for revision in statement.revisions:
        digest = revision.digest
        yield f"### {words.say(PURPOSES[revision.purpose])} {statement.id} v{revision.number}"
        yield ""
        yield quoted(revision.text)
        yield ""
        authors = ", ".join(who(incident, author) for author in revision.authors)
        yield f"- {t('Written by')}: {authors}, {when(revision.at, words)}"
        if revision.spokesperson:
            yield f"- {t('Spoken by')}: {who(incident, revision.spokesperson)}"
        if revision.question:
            yield f"- {t('Answers')}: {escaped(revision.question)}"
        if revision.objective:
            yield f"- {t('Serves')}: {escaped(revision.objective)}"
        for id in revision.facts:
            yield f"- {t('Cites')} {_cited(id, incident, words)}"
        if revision.corrects:
            yield f"- {t('Corrects')}: {revision.corrects}"
        for passed in statement.overrides:
            if passed.digest == digest:
                told = t("Check {check} overridden: {reason}", check=named(passed.check), reason=passed.reason)
                yield f"- {escaped(told)} · {who(incident, passed.by)}, {clock_in(passed.at, incident, words)}"
        for approval in statement.approvals:
            if approval.digest == digest:
                how = ""
                if approval.emergency:
                    how = t("past a silent approver: {why}", why=approval.emergency)
                elif approval.solo:
                    how = f"{t('self-approved')}: {approval.solo}"
                elif approval.roles or approval.stood_in:
                    how = words.say(approved_as(incident, approval.roles, approval.stood_in))
                by = f"{who(incident, approval.by)}, {escaped(how)}" if how else who(incident, approval.by)
                yield f"- {t('Approved by')}: {by} · {when(approval.at, words)}"
        for back in statement.sent_back:
            if back.digest == digest:
                yield f"- {t('Sent back')}: {escaped(back.reason)}"
        for out in statement.publications:
            if out.digest == digest:
                yield f"- {t('Published')}: {when(out.published_at, words)} · {who(incident, out.by)}"
                for place in out.places:
                    name = escaped(words.value(network_name(place.network)))
                    told = link(place.url) or ("" if place.network in INTERNAL else t("link missing"))
                    yield f"  - {name}: {told}" if told else f"  - {name}"
        if any(out.digest == digest for out in statement.publications):
            yield from (f"- {line}" for line in readings(revision, words))
        yield f"- {t('Digest')}: `{digest}`"
        yield ""


def _cited(id: str, incident: Incident, words: Words) -> str:
    """A fact with its words and how it stands now: who reads a text wants to know what it rested on."""
    fact = incident.facts.get(id)
    if fact is None:
        return escaped(id)
    return f"{fact.id}, {words.say(STATUSES[fact.status])}: {escaped(fact.text)}"


def _facts(incident: Incident, words: Words) -> Iterator[str]:
    if not incident.facts:
        return
    yield f"## {words.t('Facts')}"
    yield ""
    for fact in incident.facts.values():
        source = f" ({escaped(fact.source)})" if fact.source else ""
        status = words.say(STATUSES[fact.status])
        kind = f"{words.t('rumour')}, {words.say(RISKS[fact.risk])}, " if fact.rumour else ""
        reason = f" — {escaped(fact.reason)}" if fact.reason else ""
        at = clock_in(fact.at, incident, words)
        yield f"- **{fact.id}**, {kind}{status}, {at}: {escaped(fact.text)}{source}{reason}"
        if fact.channel:
            yield f"  - {words.t('Goes round')}: {escaped(fact.channel)}"
        if fact.answer:
            yield f"  - {words.t('We answer')}: {escaped(fact.answer)}"
    yield ""


def pinned_mentions(lines: Iterable[Line]) -> list[MentionRef]:
    """The mentions that the timeline holds on to: pinned, or passed upwards; not where that was taken back."""
    told = list(lines)
    undone = {line.recorded.data.event for line in told if isinstance(line.recorded.data, ActUndone)}
    pinned: dict[str, MentionRef] = {}
    upwards: dict[str, MentionRef] = {}
    for data in (line.recorded.data for line in told if line.recorded.id not in undone):
        match data:
            case MentionPinned(pinned=True):
                pinned[data.mention.key] = data.mention
            case MentionPinned():
                pinned.pop(data.mention.key, None)
            case MentionActed(act="escalate"):
                upwards[data.mention.key] = data.mention
            case MentionActed(act="new"):
                upwards.pop(data.mention.key, None)
            case _:
                pass
    return list((pinned | upwards).values())


def _pinned(lines: Iterable[Line], words: Words) -> Iterator[str]:
    """The mentions on the timeline: source, author, reach, text, link."""
    refs = pinned_mentions(lines)
    if not refs:
        return
    t = words.t
    yield f"## {t('Mentions pinned and escalated')}"
    yield ""
    for ref in refs:
        people = t("reach {n}", n=words.short(ref.people)) if ref.people is not None else t("reach not known")
        at = f", {when(ref.at, words)}" if ref.at is not None else ""
        yield f"- **{escaped(ref.author) or '—'}** · {escaped(ref.network)} · {people}{at}"
        yield f"  {escaped(ref.excerpt)}"
        if link(ref.url):
            yield f"  {link(ref.url)}"
    yield ""


def _promises(incident: Incident, words: Words) -> Iterator[str]:
    if not incident.promises:
        return
    t = words.t
    yield f"## {t('Promises')}"
    yield ""
    for promise in incident.promises.values():
        if promise.is_open:
            state = f"**{t('still open')}**"
        else:
            at = clock_in(promise.ended_at, incident, words) if promise.ended_at is not None else ""
            state = t("kept {time}", time=at) if promise.kept else t("not kept {time}", time=at)
            late = promise.ended_at - promise.due_at if promise.ended_at is not None else timedelta(0)
            if promise.kept and late > timedelta(minutes=1):
                state += f", {t('{time} late', time=late)}"
            if promise.reason:
                state += f": {escaped(promise.reason)}"
        owner = f" · {who(incident, promise.owner)}" if promise.owner else ""
        if promise.moved:
            before = ", ".join(clock_in(at, incident, words) for at in promise.moved)
            owner += f" · {t('promised before for {times}', times=before)}"
        yield f"- {clock_in(promise.due_at, incident, words)}: {escaped(promise.text)} ({state}){owner}"
    yield ""


def _proof(lines: Iterable[Line], words: Words, head: str, doubts: Sequence[Sentence]) -> Iterator[str]:
    """What this log can be held against later."""
    t = words.t
    yield "---"
    yield ""
    count = sum(1 for _ in lines)
    yield words.tn(
        "{n} entry. Made by warroom from the recorded events.",
        "{n} entries. Made by warroom from the recorded events.",
        count,
    )
    for doubt in doubts:
        yield ""
        yield f"**{escaped(words.say(doubt))}**"
        yield ""
    if head:
        yield t("Head of the chain: {head}. “warroom verify” computes it again.", head=f"`{head}`")


# --- for programs --------------------------------------------------------------------------------------


def rows(board: Board, incident: Incident, words: Words, *, redact: bool = False) -> Iterator[dict[str, object]]:
    """One mapping per entry with stable keys; times UTC in RFC 3339."""
    hide = redaction_of(board, incident, words).known if redact else str
    for line in told_lines(board, incident, words, redact=redact):
        told = entry(line.recorded, incident)
        data = line.recorded.data
        ref = data.mention if isinstance(data, MentionEvent) else None
        yield {
            "pos": line.pos,
            "id": told.id,
            "at": utc(told.at),
            "recorded_at": utc(told.recorded_at),
            "minutes": incident.minutes(told.at),
            "type": line.recorded.data.typ,
            "who": told.who,
            "text": hide(one_line(words.say(told.text))),
            "corrects": told.corrects,
            "source": ref.network if ref else None,
            "author": ref.author if ref else None,
            "reach": ref.people if ref else None,
            "segment": ref.segment.value if ref and ref.segment else None,
            "url": ref.url if ref else None,
        }


def as_csv(board: Board, incident: Incident, words: Words, *, redact: bool = False) -> str:
    """One row per entry; a cell that a spreadsheet would take for a formula gets a leading apostrophe."""
    out = io.StringIO()
    table = list(rows(board, incident, words, redact=redact))
    keys = list(table[0]) if table else ["pos"]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(keys)
    for row in table:
        writer.writerow([_cell(row[key]) for key in keys])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else value


def utc(at: datetime) -> str:
    """RFC 3339 in UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
