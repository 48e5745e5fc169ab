"""The seats: who holds which role of the plan now, and who of them has said "here"."""

from collections.abc import Mapping
from datetime import datetime

from .events import SeatNamed, SeatTaken
from .initials import must_be_initials
from .plan import Plan, Roles
from .sentence import Refused, say

Taken = Mapping[str, datetime]
"""Role → when its holder said "here"."""


def needed(plan: Plan, severity: int, types: tuple[str, ...]) -> list[str]:
    """The roles that own a step at this severity and in a crisis of these types, or must approve what is published, in
    the plan's order. An approver whom nobody has named is missed when the text is ready, and that is too late."""
    wanted = {step.owner for step in plan.steps if step.is_needed(severity, types)}
    wanted.update(plan.approvals.get(str(severity), ()))
    return [role for role in plan.roles if role in wanted]


def name_seat(plan: Plan, roles: Roles, role: str, holder: str) -> SeatNamed:
    """Give a role to somebody, by initials."""
    if role not in plan.roles:
        raise Refused(say("The plan has no role {role}.", role=role))
    if not holder.strip():
        raise Refused(say("Say who takes the seat, by initials."))
    must_be_initials(holder)
    if roles.get(role) == holder.strip():
        raise Refused(say("{who} holds this role already.", who=holder.strip()))
    return SeatNamed(role=role, holder=holder.strip())


def take_seat(plan: Plan, roles: Roles, taken: Taken, role: str, by: str) -> SeatTaken:
    """Say "here". Only who holds the role can say so for themselves."""
    if role not in plan.roles:
        raise Refused(say("The plan has no role {role}.", role=role))
    holder = roles.get(role, "")
    if not holder:
        raise Refused(say("Nobody holds this role yet: name somebody first."))
    if holder != by:
        raise Refused(say("{who} holds this role, and says “here” for themselves.", who=holder))
    if role in taken:
        raise Refused(say("You have said “here” already."))
    return SeatTaken(role=role)
