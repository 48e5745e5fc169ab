"""The report of a drill: times against targets, what was missed. Every line comes from the log of the drill."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from msgspec import Struct

from warroom.domain.board import Board
from warroom.domain.incident import Incident
from warroom.domain.sentence import Param, Sentence, say
from warroom.services.exercise import Exercise, Trap
from warroom.services.words import Words


class Timed(Struct, frozen=True, kw_only=True):
    """Something with a deadline, in time from the declaration. `took` is None where it was not done; then it counts
    only once its deadline is over."""

    name: Param
    target: timedelta
    took: timedelta | None

    @property
    def met(self) -> bool:
        return self.took is not None and self.took < self.target + timedelta(seconds=1)


class Seen(Struct, frozen=True):
    """One of the things not to be missed."""

    name: Param
    met: bool


class Card(Struct, frozen=True, kw_only=True):
    """How a drill went. `declared` is the time from its first minute to the declaration."""

    title: Param
    lasted: timedelta
    declared: timedelta | None
    timed: tuple[Timed, ...]
    seen: tuple[Seen, ...]
    silence: timedelta | None
    """The longest time without a word in public, from the declaration on."""
    answered: int
    broken: int
    """Promises that were due and not kept."""

    @property
    def met(self) -> int:
        return sum(one.met for one in self.timed) + sum(one.met for one in self.seen)

    @property
    def of(self) -> int:
        return len(self.timed) + len(self.seen)


def card(board: Board, exercise: Exercise, begun: datetime, now: datetime) -> Card:
    """The reading of a drill at a moment. Times are those of the drill's own clock."""
    incident = next(reversed(list(board.incidents.values())), None)
    start = begun - timedelta(minutes=exercise.script.begins)
    return Card(
        title=exercise.script.title,
        lasted=max(now - begun, timedelta(0)),
        declared=incident.declared_at - begun if incident is not None else None,
        timed=tuple(_timed(incident, now)) if incident is not None else (),
        seen=tuple(_seen(board, incident, exercise, now - start)),
        silence=_silence(incident, now) if incident is not None else None,
        answered=sum(mark.state in ("reply", "close") for _, mark in board.desk),
        broken=_broken(incident, now) if incident is not None else 0,
    )


def _timed(incident: Incident, now: datetime) -> Iterator[Timed]:
    """The first word, the holding statement, and each deadline of a step that was due."""
    declared, plan = incident.declared_at, incident.plan
    told = {step.id for step in plan.steps if step.proof in ("declared", "first_word", "holding")}
    rows: list[tuple[Param, int, datetime | None]] = [
        (say("First word"), plan.first_word, incident.first_word_at),
        (say("Holding statement"), plan.holding, incident.holding_at),
    ]
    rows += [
        (state.step.name, due, at)
        for state in incident.steps.values()
        if state.id not in told
        for due, at in state.deadlines
    ]
    for name, due, at in sorted(rows, key=lambda row: row[1]):
        target = timedelta(minutes=due)
        if at is not None or declared + target < now:
            yield Timed(name=name, target=target, took=at - declared if at is not None else None)


def _seen(board: Board, incident: Incident | None, exercise: Exercise, gone: timedelta) -> Iterator[Seen]:
    for trap in exercise.script.traps:
        keys = [
            f"{said.source}|{said.native_id}"
            for said in exercise.spoken
            if _holds(said.text, trap, exercise.lang) and said.t <= gone.total_seconds()
        ]
        if not keys:
            continue
        rumours = incident is not None and any(fact.rumour for fact in incident.facts.values())
        yield Seen(trap.name, rumours if trap.rumour else _done(board, keys, trap))


def _done(board: Board, keys: Sequence[str], trap: Trap) -> bool:
    return any(board.desk.mark(key).state in trap.acts for key in keys)


def _holds(text: str, trap: Trap, lang: str) -> bool:
    return trap.wanted.get(lang, "\0") in text


def _silence(incident: Incident, now: datetime) -> timedelta:
    times = [incident.declared_at, *(out.published_at for out in incident.spoken), now]
    return max((after - before for before, after in pairwise(times)), default=timedelta(0))


def _broken(incident: Incident, now: datetime) -> int:
    return sum(
        promise.kept is False or (promise.is_open and promise.due_at < now) for promise in incident.promises.values()
    )


# --- in words ------------------------------------------------------------------------------------------


def told(card: Card, words: Words) -> list[str]:
    """The report as lines of text."""
    t = words.t
    lines = [f"{t('DRILL')} · {words.value(card.title)}", ""]
    if card.declared is None:
        lines += [t("No crisis was declared: no clock ran. {time} went by.", time=card.lasted)]
    else:
        lines += [t("Declared after {time}; the drill lasted {all}.", time=card.declared, all=card.lasted)]
    if card.silence is not None:
        lines += [t("Longest time without a word in public: {time}.", time=card.silence)]
    lines += [words.tn("{n} mention answered.", "{n} mentions answered.", card.answered)]
    if card.broken:
        lines += [words.tn("{n} promise was not kept.", "{n} promises were not kept.", card.broken)]
    lines += ["", *_rows(card, words)]
    if card.seen:
        lines += ["", t("Not to be missed")]
        lines += [f"{'✓' if one.met else '✕'} {words.value(one.name)}" for one in card.seen]
    lines += ["", words.say(result(card))]
    return lines


def _rows(card: Card, words: Words) -> list[str]:
    t = words.t
    table = [(t("Deadline"), t("target"), t("took"))]
    for one in card.timed:
        took = words.span(one.took) if one.took is not None else t("not done")
        table.append((f"{'✓' if one.met else '✕'} {words.value(one.name)}", words.span(one.target), took))
    if len(table) == 1:
        return [t("Nothing was due yet.")]
    wide = [max(len(row[column]) for row in table) for column in range(3)]
    return [f"{name:<{wide[0]}}  {target:>{wide[1]}}  {took:>{wide[2]}}" for name, target, took in table]


def result(card: Card) -> Sentence:
    """The whole in one sentence, which the log keeps."""
    if not card.of:
        return say("Drill: nothing was due yet.")
    return say("Drill: {met} of {all} done in time.", met=card.met, all=card.of)
