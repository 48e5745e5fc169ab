"""R1–R5: a reply answers a person with respect, in their own case, where everybody can read it (playbook 4h)."""

import re
from collections.abc import Iterator

from warroom.domain.mention import Segment
from warroom.domain.sentence import Sentence, say

from .finding import Case, Finding
from .holding import found
from .lists import Lists
from .text import LINK, Span, Text, flat

CANNED = 3
"""So many times the same words in one conversation read as a machine (playbook R2)."""
ALIKE = 0.8
"""Two replies that share this much of their words are the same text with another name in it (own figure)."""
WELL_FOLLOWED = 10_000
"""Followers from which those who read along matter more than the one who writes (own figure)."""
NEAR = 40
"""Characters before an insult in which it may be said whose it is: "we were fools", "you called us liars"."""

_CHART = "US Air Force, Web Posting Response Assessment v2"
_END = re.compile(r"[.!?…\n]")
_READER = re.compile(r"(?<!\w)(?:you|your|you're|tu|tus|usted|ustedes|vos|vosotros|eres|sois)(?!\w)")
_WORD = re.compile(r"[^\W_]+")
_LISTS: tuple[tuple[str, Sentence], ...] = (
    ("reply_insult", say("“{words}” insults. Answer what was asked, and leave the person alone.")),
    ("reply_sarcasm", say("“{words}” reads as mockery. Say it straight, or do not say it.")),
    ("reply_soft", say("“{words}” reads as mockery. Say it straight, or do not say it.")),
    ("reply_threat", say("“{words}” reads as a threat. A threat is never a reply; ask Legal if it must be said.")),
    ("reply_remark", say("“{words}” is about the person, not about the case. Leave it out.")),
)


def r1_respect(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """No insult, sarcasm, threat or personal remark, to anyone. What is said of ourselves, or quoted back, is none."""
    ours = lists.pattern("reply_ourselves", case.lang)
    is_friend = case.answering is not None and case.answering.segment in (Segment.LIKE, Segment.LOVE)
    for name, told in _LISTS:
        if name == "reply_soft" and is_friend:
            continue
        for hit in lists.pattern(name, case.lang).finditer(text.flat):
            if name == "reply_insult" and _is_ours(text, hit.start(), ours):
                continue
            words = text.raw[hit.start() : hit.end()]
            reason = Sentence(told.id, {"words": words})
            yield found("R1", "B", "voice", reason, f"{_CHART}: tone", Span(hit.start(), hit.end()))


def _is_ours(text: Text, place: int, ours: re.Pattern[str]) -> bool:
    """Whether the words just before say so; not where they come to speak of the reader, nor in an address."""
    near = _END.split(text.flat[max(0, place - NEAR) : place])[-1]
    hits = list(ours.finditer(near))
    return bool(hits) and not near.rstrip().endswith(",") and _READER.search(near, hits[-1].end()) is None


def r2_canned(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """The same text for the third time in one conversation; another name or link in it makes it no other text."""
    words = _own_words(text.flat)
    same = sum(_alike(words, _own_words(flat(said))) for said in case.thread)
    if same + 1 >= CANNED:
        reason = say(
            "In this conversation we have said so {n} times already. Answer this case in its own words.", n=same
        )
        yield found("R2", "W", "pertinence", reason, f"{_CHART}: answer only this case; playbook R2")


def r3_only_watched(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """A reply to somebody who was to be left alone."""
    if case.answering is not None and case.answering.outcome == "monitor":
        reason = say("This mention is only watched: an answer feeds it. Go through the guide again to change that.")
        yield found("R3", "W", "pertinence", reason, f"{_CHART}: monitor; PagerDuty: do not chase each post")


def r4_seen_in_public(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """A private channel, and nothing for those who read along."""
    hit = lists.pattern("reply_private", case.lang).search(text.flat)
    if hit is not None and lists.pattern("reply_seen", case.lang).search(text.flat) is None:
        words = text.raw[hit.start() : hit.end()]
        reason = say("“{words}” moves it out of sight. Say here first that you have seen the case.", words=words)
        yield found("R4", "W", "accountability", reason, f"{_CHART}: restoration", Span(hit.start(), hit.end()))


def r5_many_read_along(text: Text, case: Case, lists: Lists) -> Iterator[Finding]:
    """Hostile, but well-followed: answer the audience."""
    to = case.answering
    if to is not None and to.segment is Segment.HATE and (to.followers or 0) >= WELL_FOLLOWED:
        reason = say("{n} people read along. Answer for them: once, with facts, without arguing.", n=to.followers or 0)
        yield found("R5", "I", "objective", reason, f"{_CHART}: influence; hostile does not mean wrong")


def _own_words(flattened: str) -> frozenset[str]:
    """The words of a text without links and handles."""
    return frozenset(_WORD.findall(LINK.sub(" ", flattened)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= ALIKE * len(one | other)
