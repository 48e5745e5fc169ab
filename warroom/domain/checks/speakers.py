"""P1–P5: the right person speaks, alone or with an expert, and with one voice (playbook 4g)."""

from collections.abc import Iterator
from datetime import timedelta

from warroom.domain.events import Person
from warroom.domain.sentence import say

from .finding import Case, Finding
from .holding import found
from .lists import Lists
from .matter import shared, stems
from .text import Text, flat

ACTIVE = timedelta(hours=24)
"""So long a voice that has spoken is still heard."""
ALIKE = 0.3
"""Texts that share less of what they speak of have other key messages (own measure)."""
TECHNICAL = 3
"""So many technical words make a text technical (own measure)."""


def p1_level(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Below or above what the severity asks for: too high signals a larger crisis, too low indifference."""
    speaker = _speaker(case)
    if speaker is None or not speaker.speaks_at or case.severity in speaker.speaks_at:
        return
    right = [person.name for person in case.people if _speaks_here(person, case.severity)]
    source = "PRSA Tactics, The spokesperson you choose; Throughline"
    if max(speaker.speaks_at) < case.severity:
        reason = say(
            "{name} does not speak at severity {n}: too low a voice reads as indifference.",
            name=speaker.name,
            n=case.severity,
        )
    else:
        reason = say(
            "{name} is kept for worse than severity {n}: too high a voice makes the crisis larger.",
            name=speaker.name,
            n=case.severity,
        )
    if right:
        reason = say("{reason} At this severity: {names}.", reason=reason, names=", ".join(right))
    yield found("P1", "W", "spokesperson", reason, source)


def p2_expert(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Technical, and no expert speaks or is named."""
    speaker = _speaker(case)
    if speaker is None or speaker.expert:
        return
    terms = {hit[0]: hit for hit in lists.pattern("technical", case.lang).finditer(text.flat)}
    if len(terms) < TECHNICAL:
        return
    if any(person.expert and flat(person.name.split()[-1]) in text.flat for person in case.people if person.name):
        return
    words = ", ".join(f"“{text.raw[hit.start() : hit.end()]}”" for hit in list(terms.values())[:TECHNICAL])
    experts = [person.name for person in case.people if person.expert]
    reason = say("{words}: this is technical. Let an expert stand beside {name}.", words=words, name=speaker.name)
    if experts:
        reason = say("{reason} In the plan: {names}.", reason=reason, names=", ".join(experts))
    yield found("P2", "W", "spokesperson", reason, "PRSA Tactics, The spokesperson you choose")


def p3_spokesperson(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Nobody is named as spokesperson."""
    if not case.spokesperson.strip():
        yield found("P3", "B", "spokesperson", say("Name who speaks."), "advice, step 3; PRSA")


def p4_ready(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Not in the plan, not trained, or not available."""
    source = "PRSA Tactics; advice, step 3: the right person"
    named = case.spokesperson.strip()
    if not named or not case.people:
        return
    speaker = _speaker(case)
    if speaker is None:
        yield found(
            "P4", "W", "spokesperson", say("{name} is not in the plan as somebody who speaks.", name=named), source
        )
        return
    if not speaker.spokesperson and any(person.spokesperson for person in case.people):
        reason = say("{name} is not in the plan as somebody who speaks.", name=speaker.name)
        yield found("P4", "W", "spokesperson", reason, source)
    if not speaker.trained:
        reason = say("{name} has had no media training: practise once, or let somebody else speak.", name=speaker.name)
        yield found("P4", "W", "spokesperson", reason, source)
    if not speaker.available:
        reason = say("{name} is marked as not available: name somebody who can answer now.", name=speaker.name)
        yield found("P4", "W", "spokesperson", reason, source)


def p5_one_voice(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Two voices are heard at once, with different key messages."""
    named = case.spokesperson.strip().casefold()
    for before in reversed(case.said):
        if not named or case.now - before.at > ACTIVE:
            return
        other = before.spokesperson.strip()
        if not other or before.purpose == "reply" or _names(other, case) & _names(case.spokesperson, case):
            continue
        if before.lang[:2] != case.lang:
            continue
        mine, theirs = stems(text.flat, case.lang, lists), stems(flat(before.text), case.lang, lists)
        if shared(mine, theirs) < ALIKE:
            reason = say(
                "{name} spoke {time} ago with another message. One voice: repeat it, or let them speak.",
                name=other,
                time=case.now - before.at,
            )
            yield found("P5", "W", "spokesperson", reason, "Coombs, one voice", asks=True)
        return


def _names(speaker: str, case: Case) -> frozenset[str]:
    """Somebody's initials and name, as either may be written."""
    wanted = speaker.strip().casefold()
    for person in case.people:
        names = frozenset({person.initials.casefold(), person.name.casefold()})
        if wanted in names:
            return names
    return frozenset({wanted})


def _speaker(case: Case) -> Person | None:
    wanted = case.spokesperson.strip().casefold()
    return next((p for p in case.people if wanted and wanted in (p.initials.casefold(), p.name.casefold())), None)


def _speaks_here(person: Person, severity: int) -> bool:
    return person.spokesperson and person.available and severity in person.speaks_at
