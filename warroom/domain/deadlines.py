"""Deadlines: what the public, or the law, waits for next."""

from datetime import datetime, timedelta

from msgspec import Struct

from . import clocks
from .incident import Incident
from .sentence import Sentence, say

SOON = timedelta(hours=24)
"""A regulator's clock stands among the deadlines from this long before its end."""


class Deadline(Struct, frozen=True):
    """The next thing the public waits for. `start` is when its clock began."""

    name: Sentence
    at: datetime
    start: datetime


def next_deadline(incident: Incident, now: datetime | None = None) -> Deadline | None:
    """The nearest deadline: first word, holding statement, then updates and what was promised.

    With `now` also the clocks of regulators that end within a day: they are no public word, but they are the law.
    """
    start, plan = incident.declared_at, incident.plan
    waiting: list[Deadline] = []
    if incident.first_word_at is None:
        waiting.append(Deadline(say("First word"), start + timedelta(minutes=plan.first_word), start))
    elif incident.holding_at is None:
        waiting.append(Deadline(say("Holding statement"), start + timedelta(minutes=plan.holding), start))
    elif (update := update_due(incident)) is not None:
        waiting.append(update)
    own = waiting[0].at if waiting else None
    # A promise for the same minute is the same deadline, and the statement is its better name.
    waiting += [
        Deadline(say("Next word promised"), promise.due_at, promise.made_at)
        for promise in incident.open_promises
        if own is None or abs((promise.due_at - own).total_seconds()) > 60
    ]
    if now is not None:
        waiting += [
            Deadline(
                say("{clock}: {stage}", clock=clock.regulator.name, stage=clock.stage.name), clock.due_at, clock.start
            )
            for clock in clocks.running(plan, incident.clocks)
            if clock.due_at - now <= SOON
        ]
    return min(waiting, key=lambda deadline: deadline.at, default=None)


def update_due(incident: Incident) -> Deadline | None:
    """When people have to hear from us again: every `cadence` minutes after the holding statement (which is itself
    the word after the first one), until `slower_after`; from then on what was announced counts (playbook 4i)."""
    last, plan = incident.last_word_at, incident.plan
    if last is None or incident.holding_at is None:
        return None
    at = last + timedelta(minutes=plan.cadence)
    if at > incident.declared_at + timedelta(minutes=plan.slower_after):
        return None
    return Deadline(say("Update"), at, last)
