"""T1, P3, M1–M3: the right question, the right person, the right moment (playbook 4g)."""

from collections.abc import Iterator
from datetime import timedelta

from warroom.domain.sentence import say

from .finding import Case, Finding
from .holding import found
from .lists import Lists
from .text import Text


def t1_question(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Which question of which audience does this answer?"""
    if not case.question.strip():
        reason = say("Say which question of which audience this answers (t on the desk).")
        yield found("T1", "B", "objective", reason, "advice, step 3: is it pertinent?")


def p3_spokesperson(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Nobody is named as spokesperson."""
    if not case.spokesperson.strip():
        yield found("P3", "B", "spokesperson", say("Name who speaks (t on the desk)."), "advice, step 3; PRSA")


def m1_first_word_late(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """The first word later than its target."""
    if case.purpose == "first-word" and case.declared_at is not None and case.first_word_at is None:
        late = case.now - case.declared_at - timedelta(minutes=case.first_word_due)
        if late > timedelta(0):
            yield found(
                "M1",
                "W",
                "timing",
                say("The first word is {time} late: send what you know.", time=late),
                "Signal Bridge, first hour",
            )


def m2_holding_late(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """The holding statement later than its target."""
    if case.purpose == "holding" and case.declared_at is not None and case.holding_at is None:
        late = case.now - case.declared_at - timedelta(minutes=case.holding_due)
        if late > timedelta(0):
            yield found(
                "M2", "W", "timing", say("The holding statement is {time} late.", time=late), "Coombs; Harrington"
            )


def m3_silence(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Silence longer than the cadence."""
    if case.last_word_at is not None:
        silent = case.now - case.last_word_at
        if silent > timedelta(minutes=case.cadence):
            yield found(
                "M3",
                "W",
                "timing",
                say("Silent for {time}; the plan says {n} min.", time=silent, n=case.cadence),
                "PagerDuty",
            )
