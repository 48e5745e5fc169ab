"""Redaction: what tells who wrote a mention is taken out of a log that leaves the house.

An author is known by more than their name: by the @handle with which others answer them, by the link to their post, by
the telephone number that they wrote down themselves. The team signs with its own names, and those stay.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from warroom.domain.board import Board, Line
from warroom.domain.checks.personal import personal_spans
from warroom.domain.events import IncidentDeclared, MentionActed, MentionEvent, MentionGuided, TitleCorrected
from warroom.domain.incident import Incident
from warroom.domain.sentence import say
from warroom.services.words import Words

HIDDEN = say("(author hidden)")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"”»]+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@/.])@\w[\w.-]*\w(?:@[\w.-]+\w)?|(?<![\w/])/?u/[\w-]{3,}")
_TELLING = re.compile(r"[\d._@-]|\s")
"""What a name has in it that is not an everyday word: then it is looked for without its @ as well."""


class Redaction:
    """Hides the authors of the mentions of one crisis. `own` are names that stay: the team's, the organisation's."""

    def __init__(self, lines: Iterable[Line], words: Words, own: Iterable[str] = ()) -> None:
        events = [line.recorded.data for line in lines]
        authors = {data.mention.author.strip() for data in events if isinstance(data, MentionEvent)}
        titles = (data.title for data in events if isinstance(data, IncidentDeclared | TitleCorrected))
        authors |= {handle for title in titles for handle in _HANDLE.findall(title)}
        stay = {name.casefold() for name in own}
        self._hidden = words.say(HIDDEN)
        self._link = words.t("(link hidden)")
        self._data = words.t("(hidden)")
        forms = {form for author in authors for form in _forms(author) if form.lstrip("@").casefold() not in stay}
        ordered = sorted(map(re.escape, forms), key=len, reverse=True)
        self._known = re.compile(rf"(?<![\w@])(?:{'|'.join(ordered)})(?![\w])", re.IGNORECASE) if ordered else None

    def line(self, line: Line) -> Line:
        """The line with the author of its mention hidden, and whatever in its texts leads to them."""
        data = line.recorded.data
        if not isinstance(data, MentionEvent):
            return line
        ref = msgspec.structs.replace(
            data.mention, author=self._hidden, url=None, excerpt=self.said_outside(data.mention.excerpt)
        )
        told: dict[str, Any] = {"mention": ref}
        if isinstance(data, MentionActed):
            told |= {"text": self.said_outside(data.text), "reason": self.known(data.reason)}
        elif isinstance(data, MentionGuided):
            told["reason"] = self.known(data.reason)
        return line._replace(
            recorded=msgspec.structs.replace(line.recorded, data=msgspec.structs.replace(data, **told))
        )

    def said_outside(self, text: str) -> str:
        """A text from outside, or an answer to one: without handles, links and personal data."""
        text = _HANDLE.sub(self._hidden, _LINK.sub(self._link, text))
        for span in sorted(personal_spans(text), key=lambda span: span.start, reverse=True):
            text = f"{text[: span.start]}{self._data}{text[span.end :]}"
        return self.known(text)

    def known(self, text: str) -> str:
        """A text of ours: without the names of those whose mentions are in this log."""
        return self._known.sub(self._hidden, text) if self._known is not None else text


def _forms(author: str) -> Iterable[str]:
    """How an author may be named in a text."""
    bare = author.lstrip("@")
    if len(bare) < 3:
        return
    yield f"@{bare}"
    if _TELLING.search(bare):
        yield bare


def redaction_of(board: Board, incident: Incident, words: Words) -> Redaction:
    """What hides the authors of this crisis. The names of the team and of the organisation stay."""
    team = [name for person in incident.people for name in (person.name, person.initials)]
    return Redaction(board.timelines.get(incident.id, ()), words, (*team, incident.organisation))


def told_lines(board: Board, incident: Incident, words: Words, *, redact: bool) -> Sequence[Line]:
    """The entries of a crisis as they are told."""
    lines = board.timelines.get(incident.id, ())
    if not redact:
        return lines
    hide = redaction_of(board, incident, words).line
    return [hide(line) for line in lines]
