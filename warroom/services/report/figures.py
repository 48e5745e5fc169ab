"""The figures of the log: the first word and the holding statement against their targets, the longest silence, how
mentions were read, and what was answered of each audience."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from warroom.domain.board import Board
from warroom.domain.incident import Incident
from warroom.domain.mention import Segment
from warroom.domain.silence import longest_silence
from warroom.services.learnt import Learnt, ranked_of, told_of
from warroom.services.report.marked import clock_in, signed, table, when
from warroom.services.words import Words


def figures(board: Board, incident: Incident, words: Words, *, counted: bool, learnt: Learnt | None) -> Iterator[str]:
    """Not `counted` are mentions that could not be read: of them nothing is told."""
    t = words.t
    yield f"## {t('Figures')}"
    yield ""
    rows = [*_times(board, incident, words)]
    rows.append((t("Mentions kept"), words.number(board.row) if counted else t("not known")))
    if learnt is not None:
        rows.append((t("How they were read"), told_of(learnt, words)))
    if ranked := ranked_of(board, incident.id, words):
        rows.append((t("Read sooner or later"), ranked))
    for name, value in rows:
        yield f"- **{name}**: {value}"
    yield ""
    if counted:
        yield from _audiences(board, words)
        yield ""


def _times(board: Board, incident: Incident, words: Words) -> Iterator[tuple[str, str]]:
    t = words.t
    first = incident.first_mention_at
    if first is not None:
        yield t("First mention"), f"{when(first, words)}, {signed(first - incident.declared_at, words)}"
    yield t("First word"), _against(incident.first_word_at, incident.plan.first_word, incident, words)
    yield t("Holding statement"), _against(incident.holding_at, incident.plan.holding, incident, words)
    length, since, until = longest_silence(board, incident)
    between = f"{clock_in(since, incident, words)}–{clock_in(until, incident, words)}"
    yield t("Longest silence"), f"{words.span(length)} ({between})"


def _against(at: datetime | None, due: int, incident: Incident, words: Words) -> str:
    """When something was out, against its target (minutes from the declaration)."""
    t = words.t
    target = t("target {n} min", n=due)
    if at is None:
        return f"{t('none')} ({target})"
    after = at - incident.declared_at
    late = after - timedelta(minutes=due)
    met = t("met") if late < timedelta(seconds=1) else t("missed by {time}", time=words.span(late))
    return f"{when(at, words)}, {signed(after, words)} ({target}: {met})"


def _audiences(board: Board, words: Words) -> Iterator[str]:
    t = words.t
    names = {
        Segment.HATE: t("hate"),
        Segment.DISLIKE: t("dislike"),
        Segment.NEUTRAL: t("neutral"),
        Segment.LIKE: t("like"),
        Segment.LOVE: t("love"),
    }
    rows = []
    for segment, name in names.items():
        total, answered = board.pulse.of(segment), board.desk.answered(segment)
        share = f" ({words.percent(answered / total)})" if total else ""
        handled = words.number(board.desk.handled(segment))
        rows.append((name, words.number(total), words.number(answered) + share, handled))
    yield from table((t("Audience"), t("Mentions"), t("Answered"), t("Handled")), rows, right=(1, 2, 3))
