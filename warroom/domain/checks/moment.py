"""T1, T2 and M1–M6: the right question and the right moment (playbook 4g). Who speaks is in `speakers`."""

from collections.abc import Iterator
from datetime import timedelta

from warroom.domain.networks import STAFF
from warroom.domain.sentence import say
from warroom.domain.text import one_line

from .finding import Case, Finding
from .holding import found
from .lists import Lists
from .matter import language_of, touches
from .text import Text, flat

NEAR = timedelta(hours=2)
SHOWN = 80
"""So many characters of a text from elsewhere are shown."""


def t1_question(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Which question of which audience does this answer?"""
    if not case.question.strip():
        reason = say("Say which question of which audience this answers.")
        yield found("T1", "B", "objective", reason, "advice, step 3: is it pertinent?")


def t2_top_question(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """What people ask first is not touched. A question in another language than the text's is not judged."""
    asked = next((question for question in case.questions if question.strip()), "")
    top = flat(asked)
    if not top or top.strip() == flat(case.question).strip() or language_of(top, lists) not in ("", case.lang):
        return
    if not touches(top, text.flat, case.lang, lists):
        reason = say("People ask first: “{question}” Answer it, or say when you will.", question=_cut(asked))
        yield found("T2", "W", "objective", reason, "advice, step 3: is it pertinent?", asks=True)


def m1_first_word_late(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """The first word later than its target."""
    is_first = case.is_public_word and case.purpose == "first-word" and case.first_word_at is None
    if is_first and case.declared_at is not None:
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
    if case.is_public_word and case.purpose == "holding" and case.declared_at is not None and case.holding_at is None:
        late = case.now - case.declared_at - timedelta(minutes=case.holding_due)
        if late > timedelta(0):
            yield found(
                "M2", "W", "timing", say("The holding statement is {time} late.", time=late), "Coombs; Harrington"
            )


def m3_silence(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Silence longer than the cadence, or later than what was announced in its place."""
    if case.is_public_word and case.last_word_at is not None and not case.slower:
        silent = case.now - case.last_word_at
        if silent > timedelta(minutes=case.cadence):
            yield found(
                "M3",
                "W",
                "timing",
                say("Silent for {time}; the plan says {n} min.", time=silent, n=case.cadence),
                "PagerDuty",
            )


def m4_own_people(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Employees told after the public. The first word does not wait for it, and a text for them is what is missing."""
    if STAFF not in case.networks and case.staff_told is False and case.purpose != "first-word":
        reason = say("Our own people have not heard it from us: tell them before they read this.")
        yield found("M4", "W", "timing", reason, "Coombs, initial response")


def m5_break_it(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Nobody outside speaks of it yet: who tells it first is believed more."""
    if case.is_public_word and case.is_public is False and case.first_word_at is None:
        reason = say("Nobody outside speaks of it yet: consider telling it yourself, before others do.")
        source = "Arpan and Roskos-Ewoldsen 2005, doi 10.1016/j.pubrev.2005.05.003"
        yield found("M5", "I", "timing", reason, source)


def m6_scheduled(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Something that nobody has held goes out within two hours of this."""
    for item in case.scheduled:
        if abs(item.goes_out_at - case.now) <= NEAR:
            reason = say(
                "“{text}” goes out at {time} beside this: hold it.", text=_cut(item.text), time=item.goes_out_at
            )
            yield found("M6", "W", "timing", reason, "playbook M6; dark-site guides")


def _cut(words: str) -> str:
    line = one_line(words)
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
