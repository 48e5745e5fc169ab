"""S1–S9: does the text fit the kind of crisis? Coombs's table of cluster and history, as warnings (playbook 4c).

S9 is the playbook's sentence on the paracrisis, which has no number there: no humour, at any severity.
A denial answers a rumour or a challenge, and also the rumour that the text cites from the ledger.
"""

from collections.abc import Iterator
from functools import lru_cache

from warroom.domain.sentence import say

from .caring import concern_in
from .doing import says_doing
from .finding import Case, Finding, Said
from .holding import found
from .image import DENYING, EXCUSING, OWNING, Label, said, tagged
from .lists import Lists
from .text import Span, Text, prepared

_ADMITTING = ("responsibility", "error")
_KEPT = 1 << 14
"""Statements of the crisis whose stance is remembered while the next one is written."""


def s1_tone(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """The tone is below what the kind of crisis asks for: an excuse where people expect an apology."""
    if case.cluster is None or case.cluster == "unknown":
        return
    cell = lists.scct.cell(case.cluster, case.history)
    if cell.strategy == "rebuild":
        for span in _spans(text, case, lists, EXCUSING):
            reason = say(
                "“{words}” excuses. In this kind of crisis people expect that you admit it and repair it.",
                words=_words(text, span),
            )
            yield found("S1", "W", "accountability", reason, lists.scct.cited, span)
        if case.purpose == "full" and not tagged(text, case.lang, lists, ("mortification", "compensate")):
            reason = say("This kind of crisis asks for an apology and for repair; the text has neither.")
            yield found("S1", "W", "accountability", reason, lists.scct.cited, asks=True)
    if not cell.framing:
        for span in said("framing", text, case.lang, lists):
            reason = say(
                "“{words}”: in this kind of crisis people do not see us as the victim. Speak of those affected.",
                words=_words(text, span),
            )
            yield found("S1", "W", "accountability", reason, lists.scct.cited, span)


def s2_mixed(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Denial mixed with an excuse or an apology in the same crisis, in this text or with what is out already."""
    denied = _spans(text, case, lists, DENYING)
    owned = _owned(text, case.lang, lists)
    if denied and owned:
        reason = say(
            "“{words}” denies, and “{other}” does not: choose one. Both together are believed by nobody.",
            words=_words(text, denied[0]),
            other=_words(text, owned[0]),
        )
        yield found("S2", "W", "accountability", reason, lists.scct.cited, denied[0])
        return
    corrected = {case.corrects, *(earlier.corrects for earlier in case.said)} - {""}
    for earlier in reversed(case.said) if denied or owned else ():
        if earlier.id in corrected:
            continue
        before = _stood(earlier, lists)
        if denied and before[1]:
            reason = say(
                "“{words}” denies, but at {time} we said “{other}”. One line, or a correction that is marked as one.",
                words=_words(text, denied[0]),
                other=before[1],
                time=earlier.at,
            )
            yield found("S2", "W", "accountability", reason, lists.scct.cited, denied[0])
            return
        if owned and before[0]:
            reason = say(
                "At {time} we denied it (“{other}”). If that was wrong, mark this text as its correction.",
                other=before[0],
                time=earlier.at,
            )
            yield found("S2", "W", "accountability", reason, lists.scct.cited, owned[0])
            return


def s3_denial(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Denial outside rumour or challenge."""
    answers_rumour = any(case.facts[fact].rumour for fact in case.cited if fact in case.facts)
    if answers_rumour or lists.scct.allows_denial(case.cause):
        return
    for span in _spans(text, case, lists, ("deny",)):
        reason = say(
            "“{words}” denies. That fits only a rumour or a challenge: say what is known, or cite the rumour.",
            words=_words(text, span),
        )
        yield found("S3", "W", "accountability", reason, lists.scct.cited, span)


def s4_attack(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """An attack on the accuser."""
    for span in _spans(text, case, lists, ("attack",)):
        reason = say("“{words}” attacks who speaks of it. Answer what they say.", words=_words(text, span))
        yield found("S4", "W", "voice", reason, lists.scct.cited, span)


def s5_bolstering(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Past good deeds alone, or before any concern."""
    deeds = _spans(text, case, lists, ("bolster",))
    if not deeds:
        return
    concern = concern_in(text, case.lang, lists)
    if concern is None or deeds[0].start < concern.start():
        reason = say(
            "“{words}” speaks of us first. Good deeds may follow, after concern and facts.",
            words=_words(text, deeds[0]),
        )
        yield found("S5", "I", "voice", reason, lists.scct.cited, deeds[0])


def s6_no_cluster(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """No cluster is chosen; or "unknown" is, and the text goes beyond the base response."""
    if case.cluster is None:
        if case.declared_at is not None:
            reason = say("Nobody has said what kind of crisis it is. “Nobody knows yet” is an answer too.")
            yield found("S6", "W", "accountability", reason, lists.scct.cited)
        return
    if case.cluster != "unknown":
        return
    beyond = [*_spans(text, case, lists, (*DENYING, *EXCUSING)), *said("responsibility", text, case.lang, lists)]
    for span in sorted(beyond, key=lambda span: span.start):
        reason = say(
            "“{words}” takes a side, and nobody knows yet what kind of crisis it is. Keep to what helps people, "
            "concern, and what you are doing.",
            words=_words(text, span),
        )
        yield found("S6", "W", "accountability", reason, lists.scct.cited, span)


def s7_cluster_no_longer_fits(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """An error is admitted while the chosen cluster is "victim"."""
    if case.cluster != "victim":
        return
    for fact in case.facts.values():
        if fact.status == "confirmed" and not fact.rumour and _admits(fact.text, case.lang, lists):
            reason = say(
                "Fact {fact} admits an error of ours, and the kind of crisis says that it hit us too. Choose it again.",
                fact=fact.id,
            )
            yield found("S7", "W", "accountability", reason, lists.scct.cited)
            return
    for earlier in case.said:
        words = _admits(earlier.text, earlier.lang, lists)
        if words:
            reason = say(
                "At {time} we said “{words}”, and the kind of crisis says that it hit us too. Choose it again.",
                time=earlier.at,
                words=words,
            )
            yield found("S7", "W", "accountability", reason, lists.scct.cited)
            return
    for name in _ADMITTING:
        for span in said(name, text, case.lang, lists):
            reason = say(
                "“{words}” admits an error, and the kind of crisis says that it hit us too. Choose it again.",
                words=_words(text, span),
            )
            yield found("S7", "W", "accountability", reason, lists.scct.cited, span)
            return


def s8_sympathy_alone(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Sympathy with no information: nothing that is known, done, or to be done. An apology has parts of its own."""
    if any(letter.isdigit() for letter in text.flat):
        return
    concern = concern_in(text, case.lang, lists)
    if concern is None:
        return
    if any(lists.pattern(name, case.lang).search(text.flat) for name in ("informs", "people_can")):
        return
    if says_doing(text, case.lang, lists):
        return
    reason = say("Sympathy alone: add one thing that is known, that you are doing, or that people can do.")
    source = "DiStaso et al. 2015, Public Relations Review 41"
    yield found("S8", "W", "pertinence", reason, source, Span(concern.start(), concern.end()), asks=True)


def s9_humour(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Humour, which did worst in the experiments on paracrises; best did to change what is criticised."""
    for span in said("humour", text, case.lang, lists):
        reason = say(
            "“{words}” jokes. People take it worst; best they take a change in what they criticise.",
            words=_words(text, span),
        )
        yield found("S9", "W", "voice", reason, "doi 10.1057/s41299-019-00070-4", span)


def _spans(text: Text, case: Case, lists: Lists, wanted: tuple[Label, ...]) -> list[Span]:
    return [tag.span for tag in tagged(text, case.lang, lists, wanted)]


def _words(text: Text, span: Span) -> str:
    return text.raw[span.start : span.end]


def _owned(text: Text, lang: str, lists: Lists) -> list[Span]:
    """Where a text excuses or admits, which a denial cannot stand beside."""
    return [tag.span for tag in tagged(text, lang, lists, (*EXCUSING, *OWNING))]


def _stood(earlier: Said, lists: Lists) -> tuple[str, str]:
    """The first words with which an earlier statement denied, and with which it excused or admitted."""
    return _stood_in(earlier.text, _spoken(earlier.lang), _Same(lists))


def _admits(words: str, lang: str, lists: Lists) -> str:
    """The first words that admit an error; empty where none do."""
    return _admitted_in(words, _spoken(lang), _Same(lists))


def _spoken(lang: str) -> str:
    return lang.lower().replace("_", "-").split("-")[0]


class _Same:
    """The lists as part of a key: the same object is the same lists."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.lists is other.lists

    def __hash__(self) -> int:
        return id(self.lists)


@lru_cache(maxsize=_KEPT)
def _stood_in(raw: str, lang: str, same: _Same) -> tuple[str, str]:
    text = prepared(raw)
    denied = [tag.span for tag in tagged(text, lang, same.lists, DENYING)]
    owned = _owned(text, lang, same.lists)
    return _words(text, denied[0]) if denied else "", _words(text, owned[0]) if owned else ""


@lru_cache(maxsize=_KEPT)
def _admitted_in(raw: str, lang: str, same: _Same) -> str:
    text = prepared(raw)
    spans = [span for name in _ADMITTING for span in said(name, text, lang, same.lists)]
    return _words(text, spans[0]) if spans else ""
