"""The look back: what was planned, what happened, why, what changes; deadlines, checks let pass, promises, effect,
actions. Every line comes from the log; what only people can know has its place and says that nobody has written it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from warroom.domain.board import Board
from warroom.domain.checks.names import named
from warroom.domain.clocks import applying, due_at
from warroom.domain.corrections import shaken
from warroom.domain.effect import WINDOWS, Effect, effect
from warroom.domain.incident import Incident
from warroom.domain.names import CLUSTERS, PURPOSES
from warroom.domain.sentence import say
from warroom.domain.steps import StepState
from warroom.services.entries.plan import times_done
from warroom.services.report.marked import clock_in, escaped, table, when, who
from warroom.services.words import Words

VERDICTS = {
    "moved": say("moved"),
    "no visible change": say("no visible change"),
    "too few": say("too few mentions to say"),
}


def after_action(board: Board, incident: Incident, words: Words) -> Iterator[str]:
    """The section of the log that a team reads together when the fire is out."""
    t = words.t
    end = board.ended_at(incident)
    yield f"## {t('Look back')}"
    yield ""
    for title, part in (
        (t("What was planned"), _planned(incident, words)),
        (t("What happened"), _happened(incident, words, end)),
        (t("Deadlines"), _deadlines(incident, words, end)),
        (t("Regulators' clocks"), _clocks(incident, words)),
        (t("Checks let pass"), _let_pass(incident, words)),
        (t("Corrections"), _corrections(incident, words)),
        (t("Effect of what we said"), _effects(board, incident, words, end)),
        (t("Why it went so"), _lessons(incident, words, "why")),
        (t("What changes"), _lessons(incident, words, "change")),
        (t("Actions"), _actions(incident, words)),
    ):
        told = list(part)
        if told:
            yield f"### {title}"
            yield ""
            yield from told
            yield ""


def _planned(incident: Incident, words: Words) -> Iterator[str]:
    t, plan = words.t, incident.plan
    yield f"- {t('First word within {n} min, holding statement within {m} min', n=plan.first_word, m=plan.holding)}"
    yield f"- {t('An update every {n} min', n=plan.cadence)}"
    for objective in incident.objectives:
        yield f"- {t('Objective')}: {escaped(objective)}"


def _happened(incident: Incident, words: Words, end: datetime) -> Iterator[str]:
    t, declared = words.t, incident.declared_at
    if incident.stance is not None:
        stance = incident.stance
        reason = f": {escaped(stance.reason)}" if stance.reason else ""
        yield f"- {t('Kind of crisis')}: {words.say(CLUSTERS[stance.cluster])}{reason} · {who(incident, stance.by)}"
        if stance.turned_down:
            yield f"- {t('Turned down')}: {escaped(stance.turned_down)}"
    for name, at in ((t("First word"), incident.first_word_at), (t("Holding statement"), incident.holding_at)):
        after = t("after {time}", time=words.span(at - declared)) if at is not None else t("never")
        yield f"- {name}: {after}"
    kept = sum(promise.kept is True for promise in incident.promises.values())
    broken = sum(promise.kept is False for promise in incident.promises.values())
    still = sum(promise.is_open for promise in incident.promises.values())
    if incident.promises:
        told = t("Promises: kept {kept}, not kept {broken}, open {open}", kept=kept, broken=broken, open=still)
        late = sum(promise.is_open and promise.due_at < end for promise in incident.promises.values())
        yield f"- {told}" + (f" ({words.tn('{n} past its time', '{n} past their time', late)})" if late else "")
    for question in incident.questions.values():
        state = t("answered") if question.answered_at is not None else t("not answered")
        yield f"- {t('People asked')}: {escaped(question.text)} ({state})"
    released = [item for item in incident.freeze.values() if item.standing == "released"]
    if incident.freeze:
        held = sum(item.standing == "held" for item in incident.freeze.values())
        yield f"- {t('Scheduled posts: held {held}, released {released}', held=held, released=len(released))}"
    for item in released:
        reason = f": {escaped(item.reason)}" if item.reason else ""
        by = f"{who(incident, item.by)}, {clock_in(item.at, incident, words)}"
        yield f"  - {t('released')}: {escaped(item.text)}{reason} · {by}"


def deadline_told(at: datetime, due: datetime, words: Words) -> str:
    """Deadlines are minutes: who is late by less than a second is not late."""
    late = at - due
    return words.t("met") if late < timedelta(seconds=1) else words.t("missed by {time}", time=words.span(late))


def _deadlines(incident: Incident, words: Words, end: datetime) -> Iterator[str]:
    """Each deadline that counted: met or missed, by how much; what was not needed says why. What was not due when it
    was over stands in the plan."""
    t = words.t
    rows = []
    for state in incident.steps.values():
        first = state.deadlines[0].due if state.deadlines else state.due  # what was not needed has none
        due = incident.declared_at + timedelta(minutes=first)
        if state.is_open and end <= due:
            continue
        done = clock_in(state.last[0], incident, words) if state.last is not None else "–"
        told = "; ".join(_met(state, incident, words, end))
        rows.append((escaped(words.name(state.step.name)), clock_in(due, incident, words), done, escaped(told)))
    yield from table((t("Step"), t("Due"), t("Done"), t("Met")), rows, right=(1, 2))


def _met(state: StepState, incident: Incident, words: Words, end: datetime) -> Iterator[str]:
    """Of one step: met or missed, and what belongs to it."""
    t = words.t
    if state.rounds:
        yield from _rounds(state, incident, words, end)
    if state.skipped is not None:
        yield t("not needed: {reason}", reason=state.skipped)
    elif state.done_at is not None and not state.rounds:
        yield deadline_told(state.done_at, state.due_at(incident.declared_at), words)
    elif not state.rounds and state.is_proved and state.proved_at is not None:
        met = deadline_told(state.proved_at, state.due_at(incident.declared_at), words)
        yield t("it happened at {time}: {met}", time=clock_in(state.proved_at, incident, words), met=met)
        yield t("not all that belongs to it is done")
    elif not state.rounds:
        yield t("missed: not done")
    if state.escalated_to:
        yield t("{who} was called", who=state.escalated_to)
    if state.done_reason:
        yield state.done_reason


def _rounds(state: StepState, incident: Incident, words: Words, end: datetime) -> Iterator[str]:
    """Of a step that comes back: how often it was done, how often too late, and whether it was due at the end."""
    t, start = words.t, incident.declared_at
    late = sum(done.at - done.due_at(start) >= timedelta(seconds=1) for done in state.rounds)
    yield words.say(times_done(state))
    yield words.tn("{n} time too late", "{n} times too late", late) if late else t("met")
    if state.is_late(start, end):
        yield t("missed: not done again by {time}", time=clock_in(state.due_at(start), incident, words))
    ended = state.rounds[:-1] if state.done_at is not None else state.rounds
    yield from (f"{clock_in(done.at, incident, words)}: {done.reason}" for done in ended if done.reason)


def _clocks(incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    for regulator in applying(incident.plan, incident.types):
        state, name = incident.clocks.get(regulator.id), escaped(words.name(regulator.name))
        if state is None:
            yield f"- **{name}**: {t('nobody has said whether it applies')}"
        elif state.excluded is not None:
            by = who(incident, state.excluded_by)
            yield f"- **{name}**: {t('does not apply: {reason}', reason=escaped(state.excluded))} · {by}"
        elif state.started_at is not None:
            yield f"- **{name}**: {t('counts from {at}', at=when(state.started_at, words))}"
            for stage in regulator.stages:
                due, met = due_at(stage, state.started_at), state.met.get(stage.id)
                told = t("open, due {at}", at=when(due, words))
                if met is not None:
                    at, by, reference = met
                    # Where the law says “without delay”, every second would be late.
                    at_once = due <= state.started_at
                    told = t("{time} later", time=words.span(at - due)) if at_once else deadline_told(at, due, words)
                    told += f", {clock_in(at, incident, words)} · {who(incident, by)} {escaped(reference)}".rstrip()
                yield f"  - {escaped(words.name(stage.name))}: {told}"


def _let_pass(incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    for statement in incident.statements.values():
        for passed in statement.overrides:
            by = f"{who(incident, passed.by)}, {clock_in(passed.at, incident, words)}"
            yield f"- {statement.id}: {words.say(named(passed.check))} · {by}: {escaped(passed.reason)}"
        for approval in statement.approvals:
            for name, reason in ((t("self-approved"), approval.solo), (t("emergency"), approval.emergency)):
                if reason:
                    by = who(incident, approval.by)
                    yield f"- {statement.id} v{approval.revision}: {name} · {by}: {escaped(reason)}"


def _corrections(incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    for one in shaken(incident):
        facts = ", ".join(one.facts)
        state = t("corrected by {statement}", statement=one.corrected_by) if one.corrected else t("not corrected")
        yield f"- {t('{statement} rested on {facts}', statement=one.statement, facts=facts)}: {state}"


def _effects(board: Board, incident: Incident, words: Words, end: datetime) -> Iterator[str]:
    """Shares before and after each statement, with the numbers; never a cause."""
    rows = [
        (out.purpose, out.published_at, found)
        for out in incident.spoken
        for minutes in WINDOWS
        if (found := effect(board.pulse, out.published_at, minutes, end)) is not None and found.n_before + found.n_after
    ]
    if not rows:
        return
    t = words.t
    heads = (t("Statement"), t("Minutes"), t("Against us before"), t("after"), t("Reading"))
    told = []
    for purpose, at, found in rows:
        name = f"{words.say(PURPOSES[purpose])} {clock_in(at, incident, words)}"
        before, after = (_share(found, words, "before"), _share(found, words, "after"))
        told.append((name, str(found.minutes), before, after, words.say(VERDICTS[found.verdict])))
    yield from table(heads, told, right=(1, 2, 3))
    yield ""
    yield t("Shares of the mentions in the minutes before and after; other things happened in them, too.")


def _share(found: Effect, words: Words, side: Literal["before", "after"]) -> str:
    n = found.n_before if side == "before" else found.n_after
    return f"{words.percent(found.against(side))} (n={words.number(n)})" if n else "–"


def _lessons(incident: Incident, words: Words, side: Literal["why", "change"]) -> Iterator[str]:
    lines = [lesson for lesson in incident.lessons if lesson.side == side]
    for lesson in lines:
        yield f"- {escaped(lesson.text)} · {who(incident, lesson.by)}"
    if not lines:
        yield words.t("Nobody has written it down yet.")


def _actions(incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    for action in incident.actions.values():
        box = "x" if action.done_at is not None else " "
        yield f"- [{box}] **{action.id}** {escaped(action.text)} · {who(incident, action.owner)} · {action.due_on}"
    if not incident.actions:
        yield t("None is agreed yet.")
