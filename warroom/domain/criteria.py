"""What has to be true before a step is done, as far as the program can see it: met or not, and how it stands.

A judgement looks at the incident and the board and never at the clock; `now` is handed in and may lie before what
was recorded, because clocks jump. What nothing here can see is for a person to say.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from . import clocks, seats, steps
from .board import Board
from .events import StepDone, StepProved
from .freeze import Standing
from .incident import Incident
from .mention import Segment
from .plan import Criterion, Regulator, Step
from .sentence import Refused, Sentence, say, say_n
from .steps import StepState

AUDIENCES = (Segment.HATE, Segment.DISLIKE, Segment.LIKE, Segment.LOVE)
"""The four to whom we talk (advice, the audience)."""
TOP_QUESTIONS = 3
"""Playbook 5, step 8: "top 3 questions"."""
LEAVES: tuple[Criterion, ...] = ("quiet", "answered", "promises", "final-word", "links", "thawed")
"""What is looked at before a stand-down (playbook 5, step 18)."""


AGAIN: Mapping[Criterion, Sentence] = {
    "objectives": say("nobody has confirmed the objectives again since {at}"),
    "handover": say("no incoming lead has confirmed the brief since {at}"),
}
"""What has to be true anew in each round of a step that comes back, and how it is said that it is not."""


class Judgement(Struct, frozen=True, kw_only=True):
    """How one criterion stands. `state` says it in a sentence without a full stop."""

    criterion: Criterion
    met: bool
    state: Sentence


ONLY_YOU = say("this only you can say")
"""Said of a step of which the program can see nothing."""


def judge(
    criterion: Criterion, board: Board, incident: Incident, now: datetime, step: StepState | None = None
) -> Judgement:
    """Whether one criterion is met now, for a `step` that comes back also in this round."""
    met, state = _look(criterion, board, incident, now)
    if met and step is not None and step.rounds and criterion in AGAIN and criterion not in step.seen:
        met, state = False, replace(AGAIN[criterion], params={"at": step.rounds[-1].at})
    return Judgement(criterion=criterion, met=met, state=state)


def judgements(step: Step, board: Board, incident: Incident, now: datetime) -> tuple[Judgement, ...]:
    """How everything stands that the program can check of a step; empty where only a person can say."""
    known = incident.steps.get(step.id)
    return tuple(judge(criterion, board, incident, now, known) for criterion in step.verify)


def proven(board: Board, incident: Incident, now: datetime) -> list[StepDone | StepProved]:
    """What follows where a step's proof has come: the step is done if everything holds that it verifies; else what is
    still open is told, once. Who stands down has given a reason for everything that is open then."""
    events: list[StepDone | StepProved] = []
    for state in incident.steps.values():
        if not state.is_open or not state.is_proved:
            continue
        missing = [seen.criterion for seen in judgements(state.step, board, incident, now) if not seen.met]
        if not missing:
            events.append(StepDone(step=state.id))
        elif state.step.proof == "stand_down" and not incident.is_open:
            events.append(StepDone(step=state.id, reason=incident.closed_reason))
        elif not state.proof_told:
            events.append(StepProved(step=state.id, missing=tuple(missing)))
    return events


def finish(board: Board, step: str, now: datetime, *, items_open_ok: bool = False, reason: str = "") -> StepDone:
    """Complete a step of the open crisis. What the program sees missing is let pass only with a reason."""
    incident = board.incident
    if incident is None:
        raise Refused(say("No crisis is open."))
    known = incident.plan.step(step)
    seen = judgements(known, board, incident, now) if known is not None else ()
    missing = [judgement.state for judgement in seen if not judgement.met]
    return steps.finish_step(incident.steps, step, missing=missing, items_open_ok=items_open_ok, reason=reason)


def _look(criterion: Criterion, board: Board, incident: Incident, now: datetime) -> tuple[bool, Sentence]:
    match criterion:
        case "stance":
            return _stance(incident)
        case "freeze":
            return _freeze(incident)
        case "objectives":
            return _objectives(incident)
        case "seats":
            return _seats(incident)
        case "facts":
            return _facts(incident)
        case "questions":
            return _questions(incident)
        case "rumours":
            return _rumours(incident)
        case "audiences":
            return _audiences(board, incident)
        case "first-word":
            return _out(incident.first_word_at, say("the first word is not out yet"))
        case "holding":
            return _out(incident.holding_at, say("the holding statement is not out yet"))
        case "links":
            return _links(incident)
        case "answered":
            return _answered(incident)
        case "promises":
            return _promises(incident, now)
        case "clocks":
            return _clocks(incident)
        case "regulators":
            return _regulators(incident)
        case "handover":
            return _handover(incident)
        case "quiet":
            return _quiet(board, incident, now)
        case "final-word":
            return _final_word(incident)
        case "thawed":
            return _thawed(incident)
        case "actions":
            return _actions(incident)
        case _:
            assert_never(criterion)


# --- one criterion each --------------------------------------------------------------------------------


def _stance(incident: Incident) -> tuple[bool, Sentence]:
    if incident.stance is None:
        return False, say("nobody has chosen the kind of crisis yet; “unknown” is an answer")
    return True, say("the kind of crisis is chosen, by {who}", who=incident.stance.by)


def _freeze(incident: Incident) -> tuple[bool, Sentence]:
    if not incident.freeze:
        return False, say("nothing is on the freeze list yet")
    undecided = _frozen(incident, "open")
    if undecided:
        return False, say_n("{n} scheduled post is undecided", "{n} scheduled posts are undecided", undecided)
    all_of_them = len(incident.freeze)
    return True, say_n("{n} scheduled post is decided", "all {n} scheduled posts are decided", all_of_them)


def _objectives(incident: Incident) -> tuple[bool, Sentence]:
    if incident.objectives_at is None:
        return False, say("nobody has confirmed the objectives yet")
    if incident.objectives_due:
        return False, say("there was a spike since the objectives were confirmed: read them again")
    return True, say(
        "the objectives are confirmed, by {who} at {at}", who=incident.objectives_by, at=incident.objectives_at
    )


def _seats(incident: Incident) -> tuple[bool, Sentence]:
    needed = seats.needed(incident.plan, incident.severity, incident.types)
    empty = next((role for role in needed if not incident.roles.get(role)), None)
    if empty is not None:
        return False, say("nobody is {role} yet", role=incident.plan.roles[empty])
    here = sum(role in incident.seats for role in needed)
    return here == len(needed), say("{n} of {all} roles have said “here”", n=here, all=len(needed))


def _facts(incident: Incident) -> tuple[bool, Sentence]:
    confirmed = [fact for fact in incident.facts.values() if fact.status == "confirmed" and not fact.rumour]
    if not confirmed:
        return False, say("no fact is confirmed yet")
    sourced = sum(bool(fact.source) for fact in confirmed)
    if not sourced:
        return False, say("no confirmed fact names its source")
    return True, say_n("{n} confirmed fact has a source", "{n} confirmed facts have a source", sourced)


def _questions(incident: Incident) -> tuple[bool, Sentence]:
    n = len(incident.questions)
    if n < TOP_QUESTIONS:
        return False, say("{n} of the {all} top questions are written down", n=n, all=TOP_QUESTIONS)
    return True, say_n("{n} top question is written down", "{n} top questions are written down", n)


def _rumours(incident: Incident) -> tuple[bool, Sentence]:
    rumours = [fact for fact in incident.facts.values() if fact.rumour and fact.status != "retracted"]
    if not rumours:
        return True, say("no rumour is open")
    open_ones = sum(not fact.answer for fact in rumours)
    if open_ones:
        return False, say_n("{n} rumour has no answer yet", "{n} rumours have no answer yet", open_ones)
    return True, say_n("{n} rumour has an answer", "all {n} rumours have an answer", len(rumours))


def _audiences(board: Board, incident: Incident) -> tuple[bool, Sentence]:
    spoke = [segment for segment in AUDIENCES if board.pulse.of(segment)]
    answered = 0
    for segment in spoke:
        last = board.desk.last_answer(segment)
        answered += last is not None and last >= incident.declared_at
    return answered == len(spoke), say("{n} of {all} audiences have had an answer", n=answered, all=len(spoke))


def _out(at: datetime | None, not_yet: Sentence) -> tuple[bool, Sentence]:
    return (False, not_yet) if at is None else (True, say("it is out since {at}", at=at))


def _links(incident: Incident) -> tuple[bool, Sentence]:
    # By the statements: a link that was added later is known to them alone.
    missing = sum(len(out.links_missing) for known in incident.statements.values() for out in known.publications)
    if missing:
        return False, say_n("{n} link is missing", "{n} links are missing", missing)
    if not incident.publications:
        return False, say("nothing is published yet")
    return True, say("every published text has its link")


def _answered(incident: Incident) -> tuple[bool, Sentence]:
    waiting = sum(question.answered_at is None for question in incident.questions.values())
    if waiting:
        return False, say_n("{n} top question has no answer yet", "{n} top questions have no answer yet", waiting)
    if not incident.questions:
        return False, say("no question of the people is written down")
    return True, say("every top question is answered")


def _promises(incident: Incident, now: datetime) -> tuple[bool, Sentence]:
    open_ones = incident.open_promises
    overdue = sum(promise.due_at < now for promise in open_ones)
    if overdue:
        return False, say_n("{n} promise is overdue", "{n} promises are overdue", overdue)
    if open_ones:
        return True, say_n("{n} promise is open, not yet due", "{n} promises are open, none is overdue", len(open_ones))
    return True, say("no promise is open")


def _clocks(incident: Incident) -> tuple[bool, Sentence]:
    undecided = clocks.undecided(incident.plan, incident.clocks, incident.types)
    if undecided:
        return False, say_n("{n} clock is undecided", "{n} clocks are undecided", len(undecided))
    if not clocks.applying(incident.plan, incident.types):
        return True, say("the plan has no clock for this kind of crisis")
    return True, say("every clock is started, or somebody has said that it does not apply")


def _regulators(incident: Incident) -> tuple[bool, Sentence]:
    decided, state = _clocks(incident)
    applying = clocks.applying(incident.plan, incident.types)
    if not decided or not applying:
        return decided, state
    running = sum(not _is_settled(clock, incident.clocks) for clock in applying)
    if running:
        return False, say_n("{n} clock is running", "{n} clocks are running", running)
    return True, say("every clock is met, or somebody has said that it does not apply")


def _is_settled(clock: Regulator, known: Mapping[str, clocks.ClockState]) -> bool:
    state = known[clock.id]
    return not state.is_open or all(stage.id in state.met for stage in clock.stages)


def _handover(incident: Incident) -> tuple[bool, Sentence]:
    if incident.handed_over_at is None:
        return False, say("no incoming lead has confirmed the brief yet")
    return True, say("{who} has confirmed the brief at {at}", who=incident.lead, at=incident.handed_over_at)


def _quiet(board: Board, incident: Incident, now: datetime) -> tuple[bool, Sentence]:
    """From the end of the last spike; without one, from the declaration. Who is blind cannot claim a calm."""
    if board.blind:
        n = len(board.blind)
        return False, say_n("{n} source is blind: calm cannot be told", "{n} sources are blind: calm cannot be told", n)
    spiked, calmed = incident.spiked_at, incident.calmed_at
    if board.spike is not None or (spiked is not None and calmed is None):
        return False, say("the spike is not over")
    since = max(incident.declared_at, calmed) if calmed is not None else incident.declared_at
    quiet = max(timedelta(0), now - since)
    wanted = timedelta(minutes=incident.plan.quiet)
    return quiet >= wanted, say("quiet for {time}; the plan asks for {wanted}", time=quiet, wanted=wanted)


def _final_word(incident: Incident) -> tuple[bool, Sentence]:
    last = incident.last_word_at
    if last is None:
        return False, say("nothing is published yet")
    if incident.spiked_at is not None and last < (incident.calmed_at or incident.spiked_at):
        return False, say("nothing was published since the last spike")
    return True, say("the last word is from {at}", at=last)


def _thawed(incident: Incident) -> tuple[bool, Sentence]:
    if not incident.freeze:
        return True, say("nothing was frozen")
    still = _frozen(incident, "held") + _frozen(incident, "open")
    if still:
        return False, say_n("{n} scheduled post is still frozen", "{n} scheduled posts are still frozen", still)
    return True, say("the freeze is lifted")


def _frozen(incident: Incident, standing: Standing) -> int:
    return sum(item.standing == standing for item in incident.freeze.values())


def _actions(incident: Incident) -> tuple[bool, Sentence]:
    n = len(incident.actions)
    if not n:
        return False, say("no action is agreed yet")
    return True, say_n("{n} action has an owner and a day", "{n} actions have an owner and a day", n)
