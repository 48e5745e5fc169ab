"""E1–E6: the six principles of crisis communication of the CDC (CERC) as gauges on every statement (playbook 4b).

A gauge says of each principle whether it is met. Its check warns where nobody else does: no first word at all is
M1's, nobody's feeling at all H3's, and in a first word and a holding text nothing to do is H11's.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from warroom.domain.networks import INTERNAL, network_names
from warroom.domain.sentence import Sentence, say

from .caring import concern_in
from .finding import Case, Finding
from .guiding import guides
from .holding import found, harmful, says_action, says_when
from .lists import Lists
from .text import Span, Text, prepared
from .unknowing import says_unknown

Principle: TypeAlias = Literal["first", "right", "credible", "empathy", "action", "respect"]
SOURCE = "CERC (CDC)"
_BY_WORDS: tuple[tuple[Principle, str], ...] = (("right", "E2"), ("empathy", "E4"), ("action", "E5"), ("respect", "E6"))


class Gauge(Struct, frozen=True):
    """One principle. `met` is None where the room cannot say, `said` is what to read beside it."""

    principle: Principle
    check: str
    met: bool | None
    said: Sentence


def gauges(text: str, case: Case, lists: Lists) -> tuple[Gauge, ...]:
    """The six of a text, in the order of the CDC. In a language without lists only what needs no words is said."""
    ready, case = prepared(text), replace(case, lang=case.spoken)
    if not lists.lines("feeling", case.lang):
        unread = [Gauge(principle, check, None, say("This language is not read.")) for principle, check in _BY_WORDS]
        return (_first(case), unread[0], _credible(case), *unread[1:])
    missing = () if "E2" in case.answered else _missing(ready, case, lists)
    feels = _feeling(ready, case, lists) or "E4" in case.answered
    acts = guides(ready, case.lang, lists) or bool({"E5", "H11"} & case.answered)
    rude = lists.pattern("disrespect", case.lang).search(ready.flat) is not None
    rude = rude or next(harmful("blame", ready, case.lang, lists), None) is not None
    right = _not_said(missing) if missing else say("Known, not known and being done are told.")
    empathy = say("A feeling is named.") if feels else say("No feeling is named.")
    action = say("There is something to do.") if acts else say("There is nothing to do.")
    respect = say("Somebody is blamed or talked down to.") if rude else say("Nobody is talked down to.")
    return (
        _first(case),
        Gauge("right", "E2", not missing, right),
        _credible(case),
        Gauge("empathy", "E4", feels, empathy),
        Gauge("action", "E5", acts, action),
        Gauge("respect", "E6", not rude, respect),
    )


# --- be first ------------------------------------------------------------------------------------------------


def first_words(case: Case) -> Mapping[str, timedelta | None]:
    """How long after the declaration each network of the text first heard from us; None: it has not yet."""
    if case.declared_at is None:
        return {}
    heard: dict[str, timedelta | None] = dict.fromkeys(network for network in case.networks if network not in INTERNAL)
    for before in case.said:
        for network in before.networks:
            if network in heard and heard[network] is None:
                heard[network] = before.at - case.declared_at
    return heard


def _silent(case: Case) -> list[str]:
    """The networks that have not heard from us although the first word is due."""
    if case.declared_at is None or case.now - case.declared_at <= timedelta(minutes=case.first_word_due):
        return []
    if not case.said and case.first_word_at is not None:
        return []  # something is out, and the room does not say where
    return [network for network, after in first_words(case).items() if after is None]


def _first(case: Case) -> Gauge:
    if case.declared_at is None:
        return Gauge("first", "E1", None, say("The crisis is not declared."))
    heard = [after for after in first_words(case).values() if after is not None]
    if not case.said and case.first_word_at is not None:
        heard = [case.first_word_at - case.declared_at]
    slowest = max(heard, default=None)
    if _silent(case) or slowest is None:
        since = say("{time} since the declaration.", time=case.now - case.declared_at)
        return Gauge("first", "E1", not _silent(case), since)
    in_time = slowest <= timedelta(minutes=case.first_word_due)
    return Gauge("first", "E1", in_time, say("First word {time} after the declaration.", time=slowest))


def e1_first(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Minutes since the declaration, per network: one that has not heard from us yet."""
    silent = _silent(case)
    if case.declared_at is None or not silent or (case.purpose == "first-word" and case.first_word_at is None):
        return
    reason = say(
        "{time} after the declaration {networks} have heard nothing from us: publish this there too.",
        time=case.now - case.declared_at,
        networks=network_names(silent),
    )
    yield found("E1", "W", "timing", reason, f"{SOURCE}, be first")


# --- be right, be credible -----------------------------------------------------------------------------------


def _missing(text: Text, case: Case, lists: Lists) -> tuple[str, ...]:
    """Which of the three is not told. A hedge tells of what is not known; in a first word, the search does, too."""

    def tells(name: str) -> bool:
        return lists.pattern(name, case.lang).search(text.flat) is not None

    confirmed = any(fact in case.facts and case.facts[fact].status == "confirmed" for fact in case.cited)
    known = confirmed or tells("known") or says_when(text, case)
    unknown = (
        says_unknown(text, case.lang, lists)
        or tells("hedge")
        or (case.purpose == "first-word" and tells("finding_out"))
    )
    told = {"known": known, "unknown": unknown, "done": says_action(text, case, lists)}
    return tuple(part for part, present in told.items() if not present)


def _not_said(missing: tuple[str, ...]) -> Sentence:
    match missing:
        case ("known",):
            return say("Say what you know.")
        case ("unknown",):
            return say("Say what you do not know yet.")
        case ("done",):
            return say("Say what you are doing.")
        case ("known", "unknown"):
            return say("Say what you know and what you do not know yet.")
        case ("known", "done"):
            return say("Say what you know and what you are doing.")
        case ("unknown", "done"):
            return say("Say what you do not know yet and what you are doing.")
        case _:
            return say("Say what you know, what you do not know yet, and what you are doing.")


def e2_right(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Known, not known, being done: all three. That nothing is being done is H4's, where H4 blocks."""
    missing = tuple(part for part in _missing(text, case, lists) if part != "done")
    if missing:
        yield found("E2", "W", "accountability", _not_said(missing), f"{SOURCE}, be right", asks=True)


def _left_out(case: Case) -> list[str]:
    """The confirmed facts that neither this text nor an earlier one tells."""
    told = set(case.cited).union(*(before.facts for before in case.said))
    return [fact.id for fact in case.facts.values() if fact.status == "confirmed" and fact.id not in told]


def _credible(case: Case) -> Gauge:
    asked = say("Is anything left out because it embarrasses?")
    if case.declared_at is None:
        return Gauge("credible", "E3", None, asked)
    met = "E3" in case.answered or not _left_out(case)
    return Gauge("credible", "E3", met, say("Nothing confirmed is left out.") if met else asked)


def e3_credible(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Nothing confirmed is withheld because it embarrasses. Where every confirmed fact is told, there is nothing to
    ask; else only a person can say why. A text that tells no confirmed fact at all is H1's."""
    tells = any(fact in case.facts and case.facts[fact].status == "confirmed" for fact in case.cited)
    left_out = _left_out(case) if case.declared_at is not None and tells else []
    if left_out:
        reason = say(
            "{facts} is confirmed and not told. Answer yes, by name, if none of it is left out because it embarrasses.",
            facts=", ".join(left_out),
        )
        yield found("E3", "W", "accountability", reason, f"{SOURCE}, be credible", asks=True)


# --- empathy, action, respect --------------------------------------------------------------------------------


def _feeling(text: Text, case: Case, lists: Lists) -> bool:
    return lists.pattern("feeling", case.lang).search(text.flat) is not None


def e4_empathy(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """A feeling named in words. A text without any concern is H3's, which blocks it."""
    if not _feeling(text, case, lists) and concern_in(text, case.lang, lists) is not None:
        reason = say("Name the feeling, theirs or yours: “we know this is frightening”, “we are sorry”.")
        yield found("E4", "W", "voice", reason, f"{SOURCE}, express empathy", asks=True)


def e5_action(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """At least one thing to do."""
    if not guides(text, case.lang, lists):
        reason = say("Give people at least one thing to do: a page to follow counts, if you ask them to.")
        yield found("E5", "W", "pertinence", reason, f"{SOURCE}, promote action", asks=True)


def e6_respect(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """No blame, no sarcasm, no "calm down", no talk of panic. Blame on others is pointed at by H7."""
    for hit in lists.pattern("disrespect", case.lang).finditer(text.flat):
        words = text.raw[hit.start() : hit.end()]
        reason = say("“{words}” talks people down. Say what you know and what helps instead.", words=words)
        yield found("E6", "W", "voice", reason, f"{SOURCE}, show respect", Span(hit.start(), hit.end()))
