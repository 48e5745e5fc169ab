"""C1 and C2: no more than people under stress can keep, and an opening that can be said in one breath (playbook 4f).

What a key message is, decided: a line with a heading of its own ("What we know: …"), else a paragraph after the
first; a sentence that opens with "In addition" begins one more. What is known and what is not are one message, and
the next update, the contact and the signature are none.
"""

import re
from collections.abc import Iterator
from datetime import UTC

from warroom.domain.sentence import say

from .finding import Case, Finding
from .holding import found
from .lists import Lists
from .promises import promises
from .reading import is_signature, seconds, words_in
from .text import LINK, MAIL, Span, Text

SOURCE = "Covello, message maps (27/9/3)"
_LINE = re.compile(r"[^\n]+")
_HEADED = re.compile(r"\s*(?:[-•*·]|\d{1,2}[.)])?\s*[^\n.:!?]{3,60}:(?=\s|$)")
_ITEM = re.compile(r"\s*(?:[-•*·]|\d{1,2}[.)])\s")
_GREETING = re.compile(
    r"\s*(?:dear|hello|hi|good (?:morning|afternoon|evening)|hola|buen[oa]s|estimad[oa]s?|querid[oa]s?)\b"
    r"[^.!?\n]{0,60}[,.:!]?\s*"
)
_BRIEF = 110
"""A paragraph this short that names the next update or an address says nothing else."""
_TITLE_WORDS = 10
"""A first line this short without a full stop is a title."""


def c1_messages(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """More than three key messages."""
    messages = key_messages(text, case, lists)
    if len(messages) > lists.measure.messages:
        reason = say(
            "{n} messages; people under stress keep {limit}. Join them under {limit} headings, or leave some out.",
            n=len(messages),
            limit=lists.measure.messages,
        )
        yield found("C1", "W", "pertinence", reason, SOURCE, messages[lists.measure.messages], asks=True)


def key_messages(text: Text, case: Case, lists: Lists) -> list[Span]:
    """Where each key message begins, as the words of its first line."""
    paragraphs = _paragraphs(text)
    lines = [line for paragraph in paragraphs for line in paragraph]
    headed = [
        line
        for line in lines
        if _HEADED.match(text.flat, line.start, line.end) and not _GREETING.fullmatch(text.flat, line.start, line.end)
    ]
    if headed:
        return [line for line in headed if _is_message(text, line, case, lists)]
    firsts: list[Span] = []
    for number, paragraph in enumerate(paragraphs):
        introduced = any(text.flat[line.start : line.end].rstrip().endswith(":") for line in paragraph)
        items = [line for line in paragraph if _ITEM.match(text.flat, line.start, line.end)]
        if len(items) > 1 and not introduced:
            firsts += items
        elif (number > 0 or len(paragraphs) == 1) and any(_is_message(text, line, case, lists) for line in paragraph):
            firsts.append(paragraph[0])
    further = lists.pattern("additive", case.lang)
    firsts += [span for span in text.sentences if further.match(text.flat, span.start)]
    return sorted(dict.fromkeys(firsts), key=lambda span: span.start)


def _paragraphs(text: Text) -> list[list[Span]]:
    """The lines of each paragraph, without the signature; a blank line ends one."""
    found: list[list[Span]] = []
    last = -1
    for hit in _LINE.finditer(text.raw):
        if not hit[0].strip():
            continue
        if last < 0 or text.raw.count("\n", last, hit.start()) > 1:
            found.append([])
        found[-1].append(Span(hit.start(), hit.end()))
        last = hit.end()
    if found and len(found) + len(found[-1]) > 2 and is_signature(text.words(found[-1][-1])):
        found[-1].pop()
    return [paragraph for paragraph in found if paragraph]


def _is_message(text: Text, line: Span, case: Case, lists: Lists) -> bool:
    """Not the next update, not where to ask, not what belongs to "what we know"."""
    said = text.flat[line.start : line.end]
    heading = _HEADED.match(said)
    if heading is not None:
        names = ("unknown", "update", "contact")
        return not any(lists.pattern(name, case.lang).search(heading[0]) for name in names)
    if len(said) > _BRIEF:
        return True
    told = lists.pattern("update", case.lang).search(said) or lists.pattern("hedge", case.lang).search(said)
    return not (told or LINK.search(said) or MAIL.search(said) or promises(said, case.lang, case.now, UTC))


def c2_lead(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """The lead longer than 27 words, or than about 9 seconds aloud."""
    lead = _lead(text)
    if lead is None:
        return
    words, aloud = len(words_in(text.flat, lead)), seconds(text, lead, case.lang, lists.measure)
    if words > lists.measure.lead_words or aloud > lists.measure.lead_seconds:
        reason = say(
            "The opening has {n} words, about {seconds} s aloud: cut it to {words} words and {limit} s.",
            n=words,
            seconds=round(aloud),
            words=lists.measure.lead_words,
            limit=round(lists.measure.lead_seconds),
        )
        yield found("C2", "W", "pertinence", reason, SOURCE, lead)


def _lead(text: Text) -> Span | None:
    """The first sentence that says something: no greeting, no title."""
    for number, span in enumerate(text.sentences):
        said = text.flat[span.start : span.end]
        line_ends = text.raw[span.end : span.end + 1] in ("\n", "\r")
        title = number == 0 and line_ends and said[-1] not in ".!?…" and len(said.split()) <= _TITLE_WORDS
        if not (title or _GREETING.fullmatch(said)):
            return span
    return None
