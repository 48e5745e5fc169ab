"""H1–H11: what a first word and a holding statement have to say, and must not (playbook 4a)."""

import re
from collections.abc import Iterator
from datetime import UTC

from warroom.domain.sentence import Sentence, say

from .caring import comes_first, concern_in
from .doing import says_doing
from .finding import Case, Finding, Group, Level
from .guiding import guides
from .lists import Lists
from .promises import promised
from .text import LINK, MAIL, Span, Text, flat
from .times import MONTHS, WEEK

_WHEN = {
    "en": re.compile(
        r"\b\d{1,2}:\d{2}\b|\b\d{1,2}\s?(?:am|pm|a\.m|p\.m|o'clock)\b|\b(?:at|since|until) \d{1,2}\.\d{2}\b"
        r"|\b(?:half|quarter) past\b|\b(?:minutes?|hours?|days?) ago\b"
        r"|\b(?:today|yesterday|tonight|last night|noon|midday|midnight|this (?:morning|afternoon|evening))\b"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?\s+(?:{MONTHS['en']})\b"
        rf"|\b(?:{MONTHS['en']})\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\b(?:{WEEK['en']})\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b"
    ),
    "es": re.compile(
        r"\b\d{1,2}:\d{2}\b|\blas \d{1,2}\b|\b\d{1,2}\s?h\b"
        r"|\b(?:hoy|ayer|anoche|anteayer|antier|mediodia|medianoche|madrugada|esta (?:ma[nñ]ana|tarde|noche))\b"
        r"|\ba (?:la una|las (?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce))\b"
        r"|\bhace (?:\w+ )?\w+ (?:minutos|horas?|dias?)\b|\bhace (?:una hora|un dia)\b"
        rf"|\b\d{{1,2}} de (?:{MONTHS['es']}|setiembre)\b|\b(?:{WEEK['es']})\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b"
    ),
}
_IN_TIME = {
    "en": re.compile(
        r"\b(?:in|within|less than)\s+(?:about\s+|the next\s+)?"
        r"(\d{1,3}|an?|one|two|three|four|five|six|a few|half an|a couple of)\s+(min|hour|day)(?:ute)?s?\b"
    ),
    "es": re.compile(
        r"\b(?:en|dentro de|menos de)\s+(?:unos\s+(?=\d)|unas\s+(?=\d)|l[ao]s proxim[ao]s\s+)?"
        r"(\d{1,3}|una?|dos|tres|cuatro|cinco|seis|media|pocos|pocas|unos|unas)\s+(min|hora|dia)(?:uto)?s?\b"
    ),
}
"""How long: amount and unit, whatever comes before."""
_PHONE = re.compile(
    r"(?<![\w.,/:-])\+?\(?\d{1,4}\)?(?:[ .-]{0,2}\(?\d{2,4}\)?){2,4}(?![\w/:-]|[.,]\d)"
    r"|(?<!\w)(?:call|phone|tel|telefono|llam[ae]\w{0,4}|linea)(?!\w)[^.;\n\d]{0,30}(?P<short>\d{4}[ -]\d{4})(?![\w-])"
)
_SUM = re.compile(r"\d{1,2}(?:[. ]\d{3})+")
"""Groups of three after one or two digits are a sum, "1 200 000 litres"; a telephone number has 9 to 15 digits."""


def found(
    check: str, level: Level, group: Group, reason: Sentence, source: str, span: Span | None = None, asks: bool = False
) -> Finding:
    """A finding, with its place where there is one. `asks` where words may say it that no list has."""
    return Finding(
        check=check,
        level=level,
        group=group,
        reason=reason,
        source=source,
        start=span.start if span is not None else None,
        end=span.end if span is not None else None,
        asks=asks,
    )


def h1_confirmed_facts(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Says what happened, only confirmed facts."""
    source = "Harrington; Heying; CERC “be right”"
    if case.declared_at is None:
        return
    cited = [case.facts[fact] for fact in case.cited if fact in case.facts]
    if not any(fact.status == "confirmed" for fact in cited):
        reason = say("Cite at least one confirmed fact.")
        yield found("H1", "B", "accountability", reason, source)
    for id in case.cited:
        if id not in case.facts:
            reason = say("There is no fact {fact}: take it off, or record it.", fact=id)
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
        reason = say("Say when it happened: a day or a time.")
        yield found("H2", "W", "timing", reason, "Harrington; Heying", asks=True)


def says_when(text: Text, case: Case) -> bool:
    """Whether something is told with its day or time, other than the next word."""
    to_come = {text.sentence_number(promise.start) for promise in promised(text, case.lang, case.now, UTC)}
    return any(text.sentence_number(hit.start()) not in to_come for hit in _WHEN[case.lang].finditer(text.flat))


def h3_concern_first(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Concern for those affected, before defence: in the first two sentences, or after two that only tell the facts."""
    source = "PR Daily, crucial parts; Coombs, initial response"
    hit = concern_in(text, case.lang, lists)
    if hit is None:
        reason = say("Begin with those affected: say that you are sorry, or that you care.")
        yield found("H3", "B", "voice", reason, source, asks=True)
        return
    if not comes_first(text, hit.start(), case.lang, lists):
        words = text.raw[hit.start() : hit.end()]
        reason = say(
            "Concern for those affected comes first: move “{words}” into the first two sentences.", words=words
        )
        yield found("H3", "B", "voice", reason, source, Span(hit.start(), hit.end()))


def h4_action(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """An action under way: we are checking, we have stopped. "We are waiting" is none."""
    if not says_action(text, case, lists):
        reason = say("Say what you are doing now: “we have stopped…”, “we are checking…”.")
        yield found("H4", "B", "accountability", reason, "PR Daily; Heying", asks=True)


def says_action(text: Text, case: Case, lists: Lists) -> bool:
    """Whether something is under way or done."""
    return says_doing(text, case.lang, lists, first=case.purpose == "first-word")


def h5_next_update(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """When or where the next update comes: a time or a link. A time for the repair alone is no update."""
    update, repair = lists.pattern("update", case.lang), lists.pattern("repair", case.lang)
    for promise in promised(text, case.lang, case.now, UTC):
        sentence = text.sentence_at(promise.start)
        said = text.flat[sentence.start : sentence.end]
        if update.search(said) or not repair.search(said):
            return
    for sentence in text.sentences:
        said = text.flat[sentence.start : sentence.end]
        if update.search(said) and LINK.search(said):
            return
    reason = say("Say when or where your next word comes: “we will update you here at 16:00”.")
    yield found("H5", "B", "timing", reason, "Harrington; PR News, golden hour; PagerDuty")


def h6_contact(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Contact or a single page to follow."""
    if not (LINK.search(text.flat) or MAIL.search(text.flat) or _has_phone(text)):
        reason = say("Name one place to follow or ask: a page, an address, a handle.")
        yield found("H6", "W", "pertinence", reason, "Harrington; dark-site guides")


def _has_phone(text: Text) -> bool:
    """Whether there is a number to call: here any that people can dial, of whatever country."""
    return any(
        hit["short"] is not None
        or (9 <= sum(map(str.isdigit, hit[0])) <= 15 and _SUM.fullmatch(hit[0].rstrip()) is None)
        for hit in _PHONE.finditer(text.flat)
    )


def harmful(name: str, text: Text, lang: str, lists: Lists) -> Iterator[Span]:
    """Where a phrase of a list stands, but for the turns of speech in which it does no harm."""
    harmless: list[re.Match[str]] | None = None
    for hit in lists.pattern(name, lang).finditer(text.flat):
        if harmless is None:
            harmless = list(lists.pattern("harmless", lang).finditer(text.flat))
        if not any(turn.start() <= hit.start() < turn.end() for turn in harmless):
            yield Span(hit.start(), hit.end())


def h7_no_speculation(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """No speculation, no rumour repeated, no blame on others, no victim names."""
    source = "Harrington; Heying"
    told = {
        "speculation": say("“{words}” guesses. Say what you know, or that you do not know yet."),
        "blame": say("“{words}” puts the blame on others. Say what you are responsible for."),
        "rumour": say("“{words}” repeats a rumour. Say the fact instead, without the rumour."),
    }
    for name, sentence in told.items():
        for span in harmful(name, text, case.lang, lists):
            reason = Sentence(sentence.id, {"words": text.raw[span.start : span.end]})
            yield found("H7", "B", "accountability", reason, source, span)
    for name in case.protected_names:
        words = r"\s+".join(map(re.escape, flat(name).split()))
        for hit in re.finditer(rf"(?<!\w){words}(?!\w)", text.flat) if words else ():
            reason = say("“{name}” must not stand in a statement: it is a protected name.", name=name)
            yield found("H7", "B", "accountability", reason, source, Span(hit.start(), hit.end()))


def h8_may_be_corrected(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Says it may be corrected as facts come in, when a cited fact is not confirmed."""
    cited = [case.facts[fact] for fact in case.cited if fact in case.facts]
    open_facts = [fact for fact in cited if fact.status == "unconfirmed"]
    if open_facts and lists.pattern("hedge", case.lang).search(text.flat) is None:
        reason = say(
            "Fact {fact} is not confirmed: say that you will correct this if it changes.", fact=open_facts[0].id
        )
        yield found("H8", "W", "accountability", reason, "PR News, golden hour", asks=True)


def h9_no_comment(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """No "no comment"."""
    for span in harmful("no_comment", text, case.lang, lists):
        words = text.raw[span.start : span.end]
        reason = say("“{words}” reads as guilt. Say what you are finding out, and when you speak again.", words=words)
        yield found("H9", "B", "voice", reason, "Hubbell, The art of the holding statement", span)


def h10_no_repair_time(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """No promised repair time unless a confirmed fact holds it."""
    confirmed = [flat(fact.text) for fact in case.facts.values() if fact.status == "confirmed"]
    held = {hit.groups() for fact in confirmed for hit in _IN_TIME[case.lang].finditer(fact)}
    repair = lists.pattern("repair", case.lang)
    for hit in _IN_TIME[case.lang].finditer(text.flat):
        sentence = text.sentence_at(hit.start())
        if repair.search(text.flat, sentence.start, sentence.end) is None or hit.groups() in held:
            continue
        words = text.raw[hit.start() : hit.end()]
        reason = say(
            "“{words}” promises a repair time that no confirmed fact holds. Promise your next word instead.",
            words=words,
        )
        yield found("H10", "W", "timing", reason, "PagerDuty, customer liaison guide", Span(hit.start(), hit.end()))


def h11_what_people_can_do(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """What people can do now: "you can…", or a line that tells them to do something."""
    if not guides(text, case.lang, lists):
        reason = say("Say what people can do now: “please keep the carton”, “you can write to…”.")
        yield found("H11", "W", "pertinence", reason, "CERC, promote action", asks=True)
