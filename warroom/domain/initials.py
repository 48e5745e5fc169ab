"""Initials: how the log names people, in every row, on every statement."""

from collections.abc import Iterable

from .sentence import Refused, say

LONGEST = 20
"""Letters; a name fits, a sentence that was typed into the wrong line does not."""


def must_be_initials(who: str) -> None:
    """Refuse what cannot be meant for a person."""
    if len(who.strip()) > LONGEST:
        raise Refused(say("“{start}…” is too long for initials: they stand in every row.", start=who.strip()[:LONGEST]))


def as_signed(team: Iterable[str], typed: str) -> str:
    """Somebody of the team as they sign, however they were typed; whoever nobody knows stays as typed."""
    typed = typed.strip()
    return next((who for who in team if who.casefold() == typed.casefold()), typed)
