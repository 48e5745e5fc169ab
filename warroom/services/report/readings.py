"""How a text that went out reads, for the record: what each paragraph does (Benoit), which parts an apology has
(Lewicki), which of the principles for a crisis it keeps (CDC). The same readings as those of the checks."""

from collections.abc import Iterator

from warroom.domain.checks.apology import score
from warroom.domain.checks.cerc import gauges
from warroom.domain.checks.finding import Case
from warroom.domain.checks.image import NAMES, labels
from warroom.domain.checks.text import prepared
from warroom.domain.sentence import say
from warroom.domain.statement import Revision
from warroom.services.wordlists import load_lists
from warroom.services.words import Words

BY_WORDS = {
    "E2": say("known, not known, being done"),
    "E4": say("a feeling named"),
    "E5": say("something to do"),
    "E6": say("respect"),
}
"""The gauges that need nothing but the text (playbook 4b)."""


def readings(revision: Revision, words: Words) -> Iterator[str]:
    """Lines for the log, without their bullets. Nothing in a language that no list reads."""
    lists, t = load_lists(), words.t
    ready = prepared(revision.text)
    case = Case(lang=revision.lang, purpose=revision.purpose, now=revision.at)
    if not lists.lines("feeling", case.spoken):
        return
    told = [
        f"{number}: {', '.join(words.say(NAMES[label]) for label in paragraph.labels)}"
        for number, paragraph in enumerate(labels(ready, case.spoken, lists), 1)
        if paragraph.labels
    ]
    if told:
        yield f"{t('By paragraph')}: {'; '.join(told)}"
    kept = [
        f"{'✓' if gauge.met else '–'} {words.say(BY_WORDS[gauge.check])}"
        for gauge in gauges(revision.text, case, lists)
        if gauge.check in BY_WORDS
    ]
    yield f"{t('Principles')}: {' · '.join(kept)}"
    if revision.purpose == "apology":
        yield f"{t('Parts of the apology')}: {t('{n} of 6', n=score(ready, case.spoken, lists).n)}"
