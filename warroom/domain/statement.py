"""A statement: its revisions, who approved which text, where it was published.

An approval is welded to a digest over text, network, language, spokesperson and cited facts. Any edit is a new
text with another digest, which the old approval does not fit. How its events become it is in `statement_fold`.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

import msgspec
from msgspec import Struct

from .events import (
    CheckAnswered,
    CheckOverridden,
    Place,
    StatementKind,
    StatementRevised,
    StatementSentBack,
    StatementSubmitted,
)
from .mention import Segment
from .networks import INTERNAL, reaches_public
from .sentence import Refused, say, say_n


class Revision(Struct, frozen=True, kw_only=True):
    """One text of a statement. Saves of an unsubmitted revision replace its text and keep its number."""

    number: int
    text: str
    purpose: StatementKind
    lang: str
    networks: tuple[str, ...] = ()
    spokesperson: str = ""
    question: str = ""
    facts: tuple[str, ...] = ()
    objective: str = ""
    audiences: tuple[Segment, ...] = ()
    corrects: str = ""
    template: str = ""
    author: str
    at: datetime
    co_authors: tuple[str, ...] = ()
    """Who else wrote on it, where two texts were brought together."""

    @property
    def authors(self) -> tuple[str, ...]:
        return (self.author, *self.co_authors)

    @property
    def digest(self) -> str:
        return digest(self.text, self.networks, self.lang, self.spokesperson, self.facts)


class Approval(Struct, frozen=True, kw_only=True):
    """Who approved which text. `solo` is the typed reason where the author approved alone, `emergency` that of a text
    approved in calm that went out past a silent approver; `roles` are those in which they approved, `stood_in` those of
    them that somebody else held, `holders` who held these at that time, since a role may be handed on later."""

    revision: int
    digest: str
    by: str
    at: datetime
    solo: str = ""
    emergency: str = ""
    roles: tuple[str, ...] = ()
    stood_in: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()


class Override(Struct, frozen=True, kw_only=True):
    """A blocking check that somebody let pass for one text, by name and with a reason."""

    check: str
    digest: str
    by: str
    reason: str
    at: datetime


class Submission(Struct, frozen=True, kw_only=True):
    revision: int
    digest: str
    by: str
    to: str
    at: datetime
    others: tuple[str, ...] = ()


class Publication(Struct, frozen=True, kw_only=True):
    revision: int
    digest: str
    purpose: StatementKind
    places: tuple[Place, ...]
    published_at: datetime
    by: str

    @property
    def is_public(self) -> bool:
        """Whether it is a word in public, and not only one to our own people or to a journalist."""
        return reaches_public([place.network for place in self.places])

    @property
    def links_missing(self) -> tuple[str, ...]:
        return tuple(place.network for place in self.places if place.url is None and place.network not in INTERNAL)


class Statement(Struct, frozen=True, kw_only=True):
    """A statement from its first draft on. `revisions` is never empty; the last one is the head.

    `rivals` are texts that somebody else wrote on an older head at the same time: nothing of theirs is lost, and
    nothing is approved or published until somebody has brought them together.
    """

    id: str
    revisions: tuple[Revision, ...]
    rivals: tuple[Revision, ...] = ()
    submissions: tuple[Submission, ...] = ()
    approvals: tuple[Approval, ...] = ()
    sent_back: tuple[StatementSentBack, ...] = ()
    overrides: tuple[Override, ...] = ()
    answers: frozenset[tuple[str, str]] = frozenset()
    publications: tuple[Publication, ...] = ()

    @property
    def head(self) -> Revision:
        return self.revisions[-1]

    def revision(self, number: int) -> Revision | None:
        return next((kept for kept in self.revisions if kept.number == number), None)

    @property
    def approval(self) -> Approval | None:
        """The last approval that fits the text as it stands; whether it is enough is said in `approval.py`."""
        mark = self.head.digest
        return next((kept for kept in reversed(self.approvals) if kept.digest == mark), None)

    @property
    def voided(self) -> Approval | None:
        """The last approval, where an edit has voided it."""
        return self.approvals[-1] if self.approvals and self.approval is None else None

    @property
    def all_voided(self) -> tuple[Approval, ...]:
        """Every approval of the text that was approved last, where an edit has voided them."""
        last = self.voided
        return () if last is None else tuple(kept for kept in self.approvals if kept.digest == last.digest)

    @property
    def is_sent(self) -> bool:
        """Whether the text as it stands was sent to be approved, and not sent back since."""
        mark = self.head.digest
        sent = sum(one.digest == mark for one in self.submissions)
        return sent > sum(back.digest == mark for back in self.sent_back)

    @property
    def awaits_approval(self) -> bool:
        """Whether it was sent and nobody has approved it yet; who else is missing is said in `approval.py`."""
        return self.is_sent and self.approval is None

    @property
    def links_missing(self) -> tuple[str, ...]:
        """The networks on which any of its texts is out without its link."""
        return tuple(dict.fromkeys(network for out in self.publications for network in out.links_missing))

    @property
    def is_published(self) -> bool:
        """Whether the text as it stands is out."""
        mark = self.head.digest
        return any(out.digest == mark for out in self.publications)

    @property
    def is_wholly_out(self) -> bool:
        """Whether the text as it stands is out on every network that it names; where it names none, on any."""
        mark = self.head.digest
        out = {place.network for done in self.publications if done.digest == mark for place in done.places}
        return bool(out) and out.issuperset(self.head.networks)

    def overridden(self) -> frozenset[str]:
        mark = self.head.digest
        return frozenset(kept.check for kept in self.overrides if kept.digest == mark)

    def answered(self) -> frozenset[str]:
        mark = self.head.digest
        return frozenset(check for check, text in self.answers if text == mark)

    def last_approved(self) -> Revision | None:
        """What an approver compares the head with: the revision approved or published last."""
        marks = [out.revision for out in self.publications] + [kept.revision for kept in self.approvals]
        return self.revision(max(marks)) if marks else None


Statements = Mapping[str, Statement]


def digest(text: str, networks: tuple[str, ...], lang: str, spokesperson: str, facts: tuple[str, ...]) -> str:
    """SHA-256 in hex over what an approval is for; the order of networks and facts does not matter."""
    body = msgspec.json.encode([text, sorted(networks), lang, spokesperson, sorted(facts)])
    return sha256(body).hexdigest()


# --- decisions -----------------------------------------------------------------------------------------


class Unchanged(Refused):
    """Refused because the text is saved already as it stands."""


def new_statement_id(statements: Statements) -> str:
    return f"S{len(statements) + 1}"


def revise(
    statements: Statements,
    statement: str,
    text: str,
    *,
    purpose: StatementKind,
    lang: str,
    networks: tuple[str, ...] = (),
    spokesperson: str = "",
    question: str = "",
    facts: tuple[str, ...] = (),
    objective: str = "",
    audiences: tuple[Segment, ...] = (),
    corrects: str = "",
    template: str = "",
    base: str | None = None,
    parents: tuple[str, ...] = (),
) -> StatementRevised:
    """Save a text. A text that was submitted stays as it is: the next save opens the next revision.

    `base` is the digest of the text that was edited; without it the head is meant. `parents` are the digests of two
    texts that this one brings together.
    """
    known = statements.get(statement)
    event = StatementRevised(
        statement=statement,
        revision=_number(known),
        text=text,
        purpose=purpose,
        lang=lang,
        networks=networks,
        spokesperson=spokesperson,
        question=question,
        facts=facts,
        objective=objective,
        audiences=audiences,
        corrects=corrects,
        template=template,
        base=(base or known.head.digest) if known is not None else None,
        parents=parents,
    )
    if known is not None:
        _must_bring_news(known, event)
    return event


def _number(known: Statement | None) -> int:
    """The revision that a save is of: the head's, unless that was sent or approved."""
    if known is None:
        return 1
    settled = {kept.revision for kept in known.submissions} | {kept.revision for kept in known.approvals}
    return known.head.number + 1 if known.head.number in settled else known.head.number


def _must_bring_news(known: Statement, event: StatementRevised) -> None:
    """Refuses a save of what is saved already, and the union of two texts of which one is another by now."""
    head = known.head
    if event.parents:
        standing = {head.digest, *(rival.digest for rival in known.rivals)}
        if head.digest not in event.parents or not standing.issuperset(event.parents):
            raise Refused(say("One of the two texts has changed since. Look at both again."))
        return
    edited = next((rival for rival in known.rivals if rival.digest == event.base), head)
    if _said(edited) == _said(event):
        raise Unchanged(say("Nothing has changed since it was saved."))


def _said(text: Revision | StatementRevised) -> tuple[object, ...]:
    """What a save can change: the words and what goes with them."""
    return (
        text.text,
        text.purpose,
        text.lang,
        text.networks,
        text.spokesperson,
        text.question,
        text.facts,
        text.objective,
        text.audiences,
        text.corrects,
    )


def submit(
    statement: Statement | None, *, blocking: tuple[str, ...], to: str = "", others: tuple[str, ...] = ()
) -> StatementSubmitted:
    """Send the head to be approved. `blocking` are the checks that still block it, overrides taken off; `to` and
    `others` are who is asked."""
    known = one_headed(drafted(statement))
    must_be_clear(blocking)
    if known.awaits_approval:
        raise Refused(say("Revision {revision} is already waiting for approval.", revision=known.head.number))
    if known.approval is not None:
        raise Refused(say("Revision {revision} is already approved.", revision=known.head.number))
    return StatementSubmitted(
        statement=known.id, revision=known.head.number, digest=known.head.digest, to=to, others=others
    )


def answer_check(statement: Statement | None, check: str) -> CheckAnswered:
    """Say yes, by name, where a rule cannot decide. It holds for the text as it stands."""
    known = drafted(statement)
    return CheckAnswered(statement=known.id, check=check, digest=known.head.digest)


def override(statement: Statement | None, check: str, reason: str) -> CheckOverridden:
    """Let a blocking check pass, by name and with a reason. It holds for the text as it stands."""
    known = drafted(statement)
    if not reason.strip():
        raise Refused(say("An override needs a reason; it is logged with your name."))
    return CheckOverridden(statement=known.id, check=check, digest=known.head.digest, reason=reason.strip())


def must_be_read(statement: Statement, digest: str) -> None:
    """Refuses where the head is another text than the one that was read."""
    head = statement.head
    if digest != head.digest:
        raise Refused(say("The text has changed since you read it. Read revision {revision}.", revision=head.number))


def read_and_ready(statement: Statement | None, digest: str) -> Statement:
    """The statement as it can be approved: one head, the text that was read (`digest`), sent."""
    known = one_headed(drafted(statement))
    head = known.head
    must_be_read(known, digest)
    if not known.is_sent:
        raise Refused(say("Revision {revision} has not been sent to approve yet.", revision=head.number))
    return known


def send_back(statement: Statement | None, *, digest: str, reason: str) -> StatementSentBack:
    """Do not approve; the author reads why."""
    known = drafted(statement)
    if not known.is_sent or known.is_published or digest != known.head.digest:
        raise Refused(say("This text is not waiting for approval any more."))
    if not reason.strip():
        raise Refused(say("Say what has to change."))
    return StatementSentBack(statement=known.id, revision=known.head.number, digest=digest, reason=reason.strip())


def must_be_clear(blocking: tuple[str, ...]) -> None:
    """Refuses while a check still blocks."""
    if blocking:
        raise Refused(
            say_n(
                "{n} check still blocks: {checks}. Mend the text, or override by name and reason.",
                "{n} checks still block: {checks}. Mend the text, or override by name and reason.",
                len(blocking),
                checks=", ".join(blocking),
            )
        )


def one_headed(statement: Statement) -> Statement:
    """Refuses while somebody else's text stands beside the head."""
    if statement.rivals:
        who = ", ".join(rival.author for rival in statement.rivals)
        raise Refused(say("{who} edited the same text at the same time. Bring the two together first.", who=who))
    return statement


def drafted(statement: Statement | None) -> Statement:
    """Refuses where there is no text."""
    if statement is None or not statement.head.text.strip():
        raise Refused(say("There is no text yet."))
    return statement
