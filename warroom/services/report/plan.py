"""The plan in the log: each step, when it was due, who owned it, how it stood at the end."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from warroom.domain.board import Board
from warroom.domain.criteria import judgements
from warroom.domain.incident import Incident
from warroom.domain.steps import Standing, StepState
from warroom.services.entries.plan import times_done
from warroom.services.report.marked import clock_in, escaped, signed, table
from warroom.services.words import Words


def plan(board: Board, incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    yield f"## {t('Plan')}"
    yield ""
    end = board.ended_at(incident)
    steps = []
    for state in incident.steps.values():
        told = "; ".join(_standing(state, board, incident, end, words))
        due = clock_in(state.due_at(incident.declared_at), incident, words)
        after = f" ({signed(timedelta(minutes=state.due), words)})" if state.due else ""
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
