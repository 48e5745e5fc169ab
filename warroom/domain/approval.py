"""Who has to approve a text, who has, and who may in their place: the plan's matrix held against the head.

The matrix names roles by severity; a level that is missing asks as the next lower one does, and without a matrix one
person other than the author is enough. There are four ways past somebody who is asked. Where they wrote the text,
where nobody holds the role, where they cannot be reached, and where they are silent longer than the plan allows, the
deputy or the backup of their steps may approve in their place, and the log shows it so. Alone on shift, the author
approves with a typed reason after a short wait. And a text approved in calm, which only fills its gaps, may go out
past an approver who is silent, by name and reason.
"""

from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

from .events import AvailabilityChanged, StatementApproved, StatementSubmitted
from .incident import Incident
from .initials import as_signed
from .plan import Plan
from .prepared import EMERGENCY, Prepared, only_fills_gaps
from .sentence import Param, Refused, Sentence, say
from .statement import Approval, Statement, drafted, one_headed, read_and_ready, submit

Absence: TypeAlias = Literal["", "author", "vacant", "away", "silent"]
"""Why somebody else may approve in the place of who is asked."""
DEPUTY = "deputy"
"""The role of a plan that steps in for any other (playbook 5)."""
FIRST_ASKED = ("lead", DEPUTY, "legal")
"""Who is asked where the plan has no matrix: the first of these that did not write the text."""


class Asked(Struct, frozen=True, kw_only=True):
    """One approval that the text needs. `role` is empty where any person other than the author may give it.

    `since` is when they were asked, None while the text has not been sent; `stand_ins` may approve in their place
    while there is an `absence`.
    """

    role: str
    holder: str
    since: datetime | None = None
    given: Approval | None = None
    absence: Absence = ""
    stand_ins: tuple[str, ...] = ()

    @property
    def stood_in(self) -> bool:
        """Whether it was given in the place of who holds the role."""
        return self.given is not None and self.role in self.given.stood_in

    @property
    def in_place_of(self) -> str:
        """Who held the role when somebody stood in for them; empty where nobody did."""
        held = dict(zip(self.given.stood_in, self.given.holders, strict=True)) if self.given is not None else {}
        return held.get(self.role, "")

    @property
    def awaited(self) -> tuple[str, ...]:
        """Who is waited for: who holds the role, or where they cannot give it, who may in their place."""
        if self.absence in ("author", "vacant", "away"):
            return self.stand_ins
        return (self.holder,) if self.holder else ()


class Standing(Struct, frozen=True, kw_only=True):
    """How the head of a statement stands with those who must approve it."""

    asked: tuple[Asked, ...]
    is_sent: bool
    emergency: Approval | None = None

    @property
    def missing(self) -> tuple[Asked, ...]:
        return () if self.emergency is not None else tuple(asked for asked in self.asked if asked.given is None)

    @property
    def is_whole(self) -> bool:
        """Whether everybody who must approve this text has, or it went past them in an emergency."""
        return not self.missing

    @property
    def awaits(self) -> bool:
        return self.is_sent and not self.is_whole


# --- readings ------------------------------------------------------------------------------------------


def roles_asked(plan: Plan, severity: int) -> tuple[str, ...]:
    """The roles that must approve at this severity; none where the plan leaves it to any other person."""
    for level in range(severity, 0, -1):
        if str(level) in plan.approvals:
            return tuple(dict.fromkeys(plan.approvals[str(level)]))
    return ()


def standing(incident: Incident, statement: Statement, now: datetime) -> Standing:
    """Who is asked for the head as it stands, who has given it, who is missing and may be stood in for."""
    head = statement.head
    given = [approval for approval in statement.approvals if approval.digest == head.digest]
    sent = [one for one in statement.submissions if one.digest == head.digest]
    since = sent[-1].at if sent else None
    emergency = next((approval for approval in given if approval.emergency), None)
    roles = roles_asked(incident.plan, incident.severity)
    if not roles:
        holder = sent[-1].to if sent else first_asked(incident, *head.authors)
        anybody = Asked(role="", holder=holder, since=since, given=given[-1] if given else None)
        return Standing(asked=(anybody,), is_sent=statement.is_sent, emergency=emergency)
    asked = tuple(_asked(incident, role, head.authors, since, now, given) for role in roles)
    return Standing(asked=asked, is_sent=statement.is_sent, emergency=emergency)


def _asked(
    incident: Incident,
    role: str,
    authors: tuple[str, ...],
    since: datetime | None,
    now: datetime,
    given: list[Approval],
) -> Asked:
    holder = incident.roles.get(role, "")
    silent = since is not None and now - since >= timedelta(minutes=incident.plan.silent_after)
    absence: Absence = ""
    if not holder:
        absence = "vacant"
    elif holder in authors:
        absence = "author"
    elif not _is_available(incident, holder):
        absence = "away"
    elif silent:
        absence = "silent"
    return Asked(
        role=role,
        holder=holder,
        since=since,
        given=next((approval for approval in reversed(given) if role in approval.roles), None),
        absence=absence,
        stand_ins=stand_ins(incident, role, *authors),
    )


def stand_ins(incident: Incident, role: str, *authors: str) -> tuple[str, ...]:
    """Who may approve in the place of a role: the deputy, then the backups of the steps that the role owns."""
    backups = [step.backup for step in incident.plan.steps if step.owner == role and step.backup is not None]
    holders = [incident.roles.get(other, "") for other in (DEPUTY, *backups)]
    barred = ("", *authors, incident.roles.get(role, ""))
    return tuple(dict.fromkeys(who for who in holders if who not in barred and _is_available(incident, who)))


def first_asked(incident: Incident, *authors: str) -> str:
    """Who is asked where any other person may approve; empty where there is nobody else."""
    holders = [incident.roles.get(role, "") for role in FIRST_ASKED]
    return next((who for who in holders if who and who not in authors and _is_available(incident, who)), "")


def team(incident: Incident) -> frozenset[str]:
    """The initials of everybody who is in the plan or on the list of people."""
    return frozenset({incident.lead, *incident.roles.values(), *(person.initials for person in incident.people)} - {""})


def initials_of(incident: Incident, typed: str) -> str:
    """Somebody of the team as they sign, however they were typed; whoever nobody knows stays as typed."""
    return as_signed(team(incident), typed)


def _is_available(incident: Incident, initials: str) -> bool:
    person = incident.person(initials)
    return person is None or person.available


def role_name(incident: Incident, role: str) -> Param:
    """What a role is called; where any person may approve, that."""
    if not role:
        return say("one other person")
    return incident.plan.roles.get(role) or role


def still_missing(incident: Incident, stands: Standing) -> Param:
    """Who is still missing, as one name: "Legal (JS) · Lead (AM)"; of a role whose holder cannot, who stands in."""
    names: list[Param] = [
        say("{role} ({who})", role=role_name(incident, asked.role), who=", ".join(asked.awaited))
        if asked.awaited and asked.role
        else role_name(incident, asked.role)
        for asked in stands.missing
    ]
    listed = names[-1] if names else ""
    for name in reversed(names[:-1]):
        listed = say("{first} · {rest}", first=name, rest=listed)
    return listed


# --- decisions -----------------------------------------------------------------------------------------


def send(
    incident: Incident, statement: Statement | None, *, blocking: tuple[str, ...], now: datetime
) -> StatementSubmitted:
    """Send the head to everybody who must approve it."""
    stands = standing(incident, statement, now) if statement is not None else None
    if statement is not None and stands is not None and stands.awaits and statement.approval is not None:
        raise Refused(
            say(
                "Revision {revision} still waits for {who}.",
                revision=statement.head.number,
                who=still_missing(incident, stands),
            )
        )
    holders = [] if stands is None else [to_ask(asked) for asked in stands.asked]
    to, *others = dict.fromkeys(who for who in holders if who) or [""]
    return submit(statement, blocking=blocking, to=to, others=tuple(others))


def to_ask(asked: Asked) -> str:
    """Who gets the text first: the holder, and where they wrote it or cannot be reached the first stand-in."""
    if asked.absence and asked.stand_ins:
        return asked.stand_ins[0]
    return "" if asked.absence == "author" else asked.holder


def approve(
    incident: Incident,
    statement: Statement | None,
    *,
    by: str,
    digest: str,
    now: datetime,
    solo: str = "",
    cooling_off: timedelta = timedelta(minutes=2),
) -> StatementApproved:
    """Put a name to exactly this text, in every role that the person may approve in. `digest` is of what was read."""
    known = read_and_ready(statement, digest)
    head = known.head
    must_be_of_the_team(incident, by)
    stands = standing(incident, known, now)
    if stands.is_whole:
        raise Refused(say("Revision {revision} is already approved.", revision=head.number))
    is_author = by in head.authors
    if is_author and not solo.strip():
        raise Refused(say("You wrote this text. Somebody else approves it; alone, give a reason."))
    may = [asked for asked in stands.missing if _may(asked, by, is_author=is_author)]
    if not may:
        raise Refused(_why_not(incident, stands, by, head.number))
    ready = known.submissions[-1].at + cooling_off
    if is_author and now < ready:
        raise Refused(say("Read it once more: you can approve your own text in {wait}.", wait=ready - now))
    return StatementApproved(
        statement=known.id,
        revision=head.number,
        digest=head.digest,
        solo=solo.strip() if is_author else "",
        roles=tuple(asked.role for asked in may if asked.role),
        stood_in=tuple(asked.role for asked in may if asked.role and asked.holder != by),
    )


def _may(asked: Asked, by: str, *, is_author: bool) -> bool:
    """Whether somebody may give this approval. The author may, alone, where who is asked cannot or does not."""
    if is_author:
        return not asked.role or bool(asked.absence)
    return not asked.role or asked.holder == by or (bool(asked.absence) and by in asked.stand_ins)


def is_awaited(stands: Standing, by: str) -> bool:
    """Whether somebody may give what is missing now, other than by a reason for approving alone."""
    return any(
        asked.absence != "author" if asked.holder == by else _may(asked, by, is_author=False)
        for asked in stands.missing
    )


def waits_for(incident: Incident, statement: Statement, who: str, now: datetime) -> bool:
    """Whether the text was sent and waits for this person's word on what somebody else wrote."""
    if not who or who in statement.head.authors:
        return False
    stands = standing(incident, statement, now)
    return stands.awaits and is_awaited(stands, who)


def _why_not(incident: Incident, stands: Standing, by: str, revision: int) -> Sentence:
    missing = still_missing(incident, stands)
    if any(asked.given is not None and asked.given.by == by for asked in stands.asked):
        return say("You have approved revision {revision}; it still waits for {who}.", revision=revision, who=missing)
    if any(by in asked.stand_ins for asked in stands.missing):
        return say(
            "This text waits for {who}. You may approve in their place once they are silent for {n} min.",
            who=missing,
            n=incident.plan.silent_after,
        )
    return say("This text waits for {who}; you hold no role that approves it.", who=missing)


def must_be_of_the_team(incident: Incident, by: str) -> None:
    """Who is not in the plan approves nothing, however they came to this console."""
    if by not in team(incident):
        raise Refused(
            say("{who} is not in the team of this crisis: give them a seat in the plan first.", who=by or "?")
        )


def must_be_approved(incident: Incident, statement: Statement, now: datetime) -> None:
    """Nothing goes out while somebody who must approve it has not."""
    stands = standing(incident, statement, now)
    if statement.approval is not None and stands.missing:
        raise Refused(
            say(
                "Revision {revision} is not approved by everybody yet. Missing: {who}.",
                revision=statement.head.number,
                who=still_missing(incident, stands),
            )
        )


def approve_in_emergency(
    incident: Incident,
    statement: Statement | None,
    *,
    prepared: Prepared | None,
    by: str,
    reason: str,
    now: datetime,
) -> StatementApproved:
    """Let a text approved in calm pass a silent approver, by name and reason.

    `prepared` is the text that the statement began with, as the config has it now. Only a first word or a holding
    statement, only with its gaps filled and nothing else changed, only once everybody missing is past their time.
    """
    known = one_headed(drafted(statement))
    head = known.head
    must_be_of_the_team(incident, by)
    if head.purpose not in EMERGENCY:
        raise Refused(say("Only a first word or a holding statement may go out past a silent approver."))
    if prepared is None or not prepared.is_approved(incident.people):
        raise Refused(say("Only a text that was approved in calm may go out past a silent approver."))
    if not only_fills_gaps(prepared.text, head.text):
        raise Refused(say("More was changed than the gaps of the text that was approved in calm: it needs approval."))
    stands = standing(incident, known, now)
    if not known.is_sent:
        raise Refused(say("Revision {revision} has not been sent to approve yet.", revision=head.number))
    if stands.is_whole:
        raise Refused(say("Revision {revision} is already approved.", revision=head.number))
    ready = known.submissions[-1].at + timedelta(minutes=incident.plan.silent_after)
    if now < ready:
        raise Refused(say("{wait} more for {who} to answer.", who=still_missing(incident, stands), wait=ready - now))
    if not reason.strip():
        raise Refused(say("Say why it cannot wait; it is logged with your name."))
    return StatementApproved(statement=known.id, revision=head.number, digest=head.digest, emergency=reason.strip())


def set_available(incident: Incident, who: str, available: bool) -> AvailabilityChanged:
    """Say that somebody of the team can, or cannot, be reached."""
    person = incident.person(who)
    if person is None:
        raise Refused(say("{who} is not on the list of people.", who=who or "?"))
    if person.available == available:
        raise Refused(
            say("{who} is available already.", who=who) if available else say("{who} is away already.", who=who)
        )
    return AvailabilityChanged(who=who, available=available)
