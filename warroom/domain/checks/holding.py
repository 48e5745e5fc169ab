"""H1–H11: what a first word and a holding statement have to say, and must not (playbook 4a)."""

import re
from collections.abc import Iterator
from datetime import UTC

from warroom.domain.sentence import Sentence, say

from .finding import Case, Finding, Group, Level
from .lists import Lists
from .promises import promised
from .text import LINK, Span, Text

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_WHEN = {
    "en": re.compile(
        r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s?(?:am|pm)\b"
        r"|\b(?:today|yesterday|tonight|this (?:morning|afternoon|evening))\b"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})\b|\b(?:{_MONTHS})\s+\d{{1,2}}\b"
        r"|\b(?:on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
    ),
    "es": re.compile(
        r"\b\d{1,2}[:.]\d{2}\b|\b(?:hoy|ayer|anoche|esta (?:manana|tarde|noche|madrugada))\b"
        r"|\b\d{1,2} de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b"
        r"|\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
    ),
}
_IN_TIME = {
    "en": re.compile(r"\b(?:in|within|less than)\s+(?:\d{1,3}|an?|one|two|three|a few)\s+(?:minutes?|hours?|days?)\b"),
    "es": re.compile(
        r"\b(?:en|dentro de|menos de)\s+(?:\d{1,3}|una?|dos|tres|pocos|pocas|unas|unos)\s+(?:minutos?|horas?|dias?)\b"
    ),
}


def found(check: str, level: Level, group: Group, reason: Sentence, source: str, span: Span | None = None) -> Finding:
    """A finding, with its place where there is one."""
    return Finding(
        check=check,
        level=level,
        group=group,
        reason=reason,
        source=source,
        start=span.start if span is not None else None,
        end=span.end if span is not None else None,
    )


def h1_confirmed_facts(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Says what happened, only confirmed facts."""
    source = "Harrington; Heying; CERC “be right”"
    if case.declared_at is None:
        return
    cited = [case.facts[fact] for fact in case.cited if fact in case.facts]
    if not any(fact.status == "confirmed" for fact in cited):
        reason = say("Cite at least one confirmed fact: t on the desk names it, f records one.")
        yield found("H1", "B", "accountability", reason, source)
    hedged = lists.pattern("hedge", case.lang).search(text.flat) is not None
    for fact in cited:
        if fact.status in ("contested", "retracted") or (fact.status == "unconfirmed" and not hedged):
            reason = say(
                "Fact {fact} is not confirmed: “{text}”. Say so, or leave it out.", fact=fact.id, text=fact.text
            )
            yield found("H1", "B", "accountability", reason, source)


def h2_when(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Date and time, and place if there is one."""
    if _WHEN[case.lang].search(text.flat) is None:
        yield found("H2", "W", "timing", say("Say when it happened: a day or a time."), "Harrington; Heying")


def h3_concern_first(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Concern for those affected, before defence: in the first two sentences."""
    source = "PR Daily, crucial parts; Coombs, initial response"
    hit = lists.pattern("concern", case.lang).search(text.flat)
    if hit is None:
        yield found(
            "H3", "B", "voice", say("Begin with those affected: say that you are sorry, or that you care."), source
        )
        return
    first_two = text.sentences[:2]
    if first_two and hit.start() >= first_two[-1].end:
        reason = say(
            "Concern for those affected comes first: move “{words}” into the first two sentences.", words=hit[0]
        )
        yield found("H3", "B", "voice", reason, source, Span(hit.start(), hit.end()))


def h4_action(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """An action under way: we are checking, we have stopped."""
    if lists.pattern("action", case.lang).search(text.flat) is None:
        yield found(
            "H4",
            "B",
            "accountability",
            say("Say what you are doing now: “we have stopped…”, “we are checking…”."),
            "PR Daily; Heying",
        )


def h5_next_update(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """When or where the next update comes: a time or a link."""
    if promised(text, case.lang, case.now, UTC):
        return
    update = lists.pattern("update", case.lang)
    for sentence in text.sentences:
        said = text.flat[sentence.start : sentence.end]
        if update.search(said) and LINK.search(said):
            return
    reason = say("Say when or where your next word comes: “we will update you here at 16:00”.")
    yield found("H5", "B", "timing", reason, "Harrington; PR News, golden hour; PagerDuty")


def h6_contact(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Contact or a single page to follow."""
    if LINK.search(text.flat) is None and re.search(r"\b\d{3}[ .]?\d{2,3}[ .]?\d{2,3}\b", text.flat) is None:
        yield found(
            "H6",
            "W",
            "pertinence",
            say("Name one place to follow or ask: a page, an address, a handle."),
            "Harrington; dark-site guides",
        )


def h7_no_speculation(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """No speculation, no rumour repeated, no blame on others, no victim names."""
    source = "Harrington; Heying"
    told = {
        "speculation": say("“{words}” guesses. Say what you know, or that you do not know yet."),
        "blame": say("“{words}” puts the blame on others. Say what you are responsible for."),
        "rumour": say("“{words}” repeats a rumour. Say the fact instead, without the rumour."),
    }
    for name, sentence in told.items():
        for hit in lists.pattern(name, case.lang).finditer(text.flat):
            words = text.raw[hit.start() : hit.end()]
            reason = Sentence(sentence.id, {"words": words})
            yield found("H7", "B", "accountability", reason, source, Span(hit.start(), hit.end()))
    lowered = text.raw.casefold()
    for name in case.protected_names:
        place = lowered.find(name.casefold()) if name.strip() else -1
        if place >= 0:
            reason = say("“{name}” must not stand in a statement: it is a protected name.", name=name)
            yield found("H7", "B", "accountability", reason, source, Span(place, place + len(name)))


def h8_may_be_corrected(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Says it may be corrected as facts come in, when a cited fact is not confirmed."""
    cited = [case.facts[fact] for fact in case.cited if fact in case.facts]
    open_facts = [fact for fact in cited if fact.status == "unconfirmed"]
    if open_facts and lists.pattern("hedge", case.lang).search(text.flat) is None:
        reason = say(
            "Fact {fact} is not confirmed: say that you will correct this if it changes.", fact=open_facts[0].id
        )
        yield found("H8", "W", "accountability", reason, "PR News, golden hour")


def h9_no_comment(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """No "no comment"."""
    for hit in lists.pattern("no_comment", case.lang).finditer(text.flat):
        words = text.raw[hit.start() : hit.end()]
        reason = say("“{words}” reads as guilt. Say what you are finding out, and when you speak again.", words=words)
        yield found(
            "H9", "B", "voice", reason, "Hubbell, The art of the holding statement", Span(hit.start(), hit.end())
        )


def h10_no_repair_time(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """No promised repair time unless a confirmed fact holds it."""
    confirmed = " ".join(fact.text.casefold() for fact in case.facts.values() if fact.status == "confirmed")
    repair = lists.pattern("repair", case.lang)
    for hit in _IN_TIME[case.lang].finditer(text.flat):
        sentence = text.sentence_at(hit.start())
        if repair.search(text.flat[sentence.start : sentence.end]) is None or hit[0] in confirmed:
            continue
        words = text.raw[hit.start() : hit.end()]
        reason = say(
            "“{words}” promises a repair time that no confirmed fact holds. Promise your next word instead.",
            words=words,
        )
        yield found("H10", "W", "timing", reason, "PagerDuty, customer liaison guide", Span(hit.start(), hit.end()))


def h11_what_people_can_do(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """What people can do now."""
    if lists.pattern("people_can", case.lang).search(text.flat) is None:
        yield found(
            "H11",
            "W",
            "pertinence",
            say("Say what people can do now: “please keep the carton”, “you can write to…”."),
            "CERC, promote action",
        )
